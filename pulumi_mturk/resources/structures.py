"""Structures as the schema shows them. Their values are parsed and checked by `eligibility`, `questions`, `rosters`."""

from pydantic import Field

from pulumi_mturk.eligibility.system_types import ActionsGuarded, Comparator
from pulumi_mturk.provider.model import Model


class Locale(Model):
    """A country, or a subdivision of the US: country US and subdivision CA is California."""

    country: str = Field(description="ISO 3166-1 code, two capital letters.")
    subdivision: str | None = Field(
        default=None, description="ISO 3166-2 code of a subdivision, two capital letters; for the US only."
    )


class ListedWorker(Model):
    """A worker in a list, with a score."""

    worker_id: str = Field(description="The worker's id.")
    integer_value: int | None = Field(
        default=None, description="The score. Without one, a worker who holds it already keeps the score."
    )
    unknown: bool | None = Field(
        default=None,
        description="Whether the environment does not know the worker, who was skipped. Filled in by the provider.",
    )


class ScoredQuestion(Model):
    """A question of a test, and what an answer to it can be worth; never which answer."""

    question_id: str = Field(description="Its QuestionIdentifier.")
    lowest_points: int | None = Field(default=None, description="The least that the answer key gives for it.")
    highest_points: int | None = Field(default=None, description="The most that the answer key gives for it.")
    key_changed: bool | None = Field(
        default=None, description="Whether the last change of the program changed how it is scored."
    )


class QualificationRequirement(Model):
    """What a worker must hold, or must not hold, to find, preview or accept a HIT."""

    qualification_type_id: str = Field(
        description="The qualification type's id (up to 255 bytes), or the name of a system type: Masters, "
        "Worker_Adult, Worker_Locale, Worker_NumberHITsApproved, Worker_PercentAssignmentsApproved. "
        "In Python also the type or the exclusion itself."
    )
    comparator: Comparator = Field(
        description="How the worker's value is compared. Only DoesNotExist lets in who does not hold the type."
    )
    integer_values: list[int] | None = Field(
        default=None,
        description="The whole numbers to compare with: one, or up to 15 with In and NotIn; none with Exists and "
        "DoesNotExist.",
    )
    locale_values: list[Locale] | None = Field(
        default=None,
        description="The locales to compare with, for Worker_Locale only: one, or up to 30 with In and NotIn.",
    )
    actions_guarded: ActionsGuarded = Field(
        default="Accept",
        description="What the requirement guards: accepting the HIT, also previewing it, or also finding it in a "
        "search.",
    )
    production_only: bool = Field(
        default=False,
        description="Whether the requirement is sent in production only. It is no part of the API's structure.",
    )
    qualification_type_name: str | None = Field(
        default=None,
        description="What the program calls the qualification type, for the words in a plan. Filled in where a "
        "resource is given as the type; never sent.",
    )
    qualification_type_urn: str | None = Field(
        default=None,
        description="The URN of the qualification type, by which a review finds it in a plan while its id is not "
        "known. Filled in where a resource is given as the type; never sent.",
    )


class ExclusionRequirement(Model):
    """What a worker must not hold: a requirement that an exclusion gives to HIT types."""

    # No enums: pulumi-yaml lets no output of such a type be an input, even one of the same type.
    qualification_type_id: str = Field(description="The id of the exclusion's qualification type.")
    comparator: str = Field(description="DoesNotExist: it lets in who does not hold the type.")
    actions_guarded: str = Field(description="What the requirement guards.")
    qualification_type_name: str | None = Field(default=None, description="What the program calls the exclusion.")
    qualification_type_urn: str | None = Field(default=None, description="The URN of the qualification type.")
