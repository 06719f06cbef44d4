"""`QualificationRequirement` and `Locale`, as a program writes them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import Field, PrivateAttr

from pulumi_mturk.common.diagnostics import Diagnostic
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.eligibility.parsing import Structure, read_locale, read_requirement
from pulumi_mturk.eligibility.requirement_validation import check_form, check_locale
from pulumi_mturk.eligibility.system_types import ActionsGuarded, Comparator
from pulumi_mturk.provider.model import Maybe

if TYPE_CHECKING:
    import pulumi


class HasQualificationTypeId(Protocol):
    """A resource that stands for a qualification type: the type itself, a roster of it, or an exclusion."""

    @property
    def qualification_type_id(self) -> "pulumi.Output[str]":
        """The type's id."""


def refuse(diagnostics: Iterable[Diagnostic]) -> None:
    """Raise the errors among some diagnostics as one `InvalidInputError`. Warnings are left to the plan."""
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity == "error"]
    if len(errors) == 1:
        raise InvalidInputError(errors[0].message, errors[0].path)
    if errors:
        raise InvalidInputError(". ".join(map(str, errors)))


class Locale(Structure):
    """A country, or a subdivision of the US: `Locale("US")`, `Locale("US", "CA")`.

    A worker's locale is the mailing address given at sign-up, and a country matches its states too (documented).
    Raises `InvalidInputError` if it is not a country of ISO 3166-1 or a US subdivision of ISO 3166-2.
    """

    country: Maybe[str] = Field(description="ISO 3166-1 code, two capital letters.")
    subdivision: Maybe[str] | None = Field(
        default=None, description="ISO 3166-2 code of a subdivision, two capital letters; for the US only."
    )

    def __init__(self, country: "pulumi.Input[str]", subdivision: "pulumi.Input[str] | None" = None) -> None:
        members, _ = read_locale({"country": country, "subdivision": subdivision})
        refuse(check_locale(members))
        super().__init__(**members)


class QualificationRequirement(Structure):
    """What a worker must hold, or must not hold, to find, preview or accept a HIT.

    Every value may be an `Output`. What can't be right, whatever its unknown values become, raises
    `InvalidInputError` here; what depends on the environment or on other requirements is checked at plan time.
    """

    qualification_type_id: Maybe[str] = Field(
        description="The qualification type's id (up to 255 bytes), or the name of a system type: Masters, "
        "Worker_Adult, Worker_Locale, Worker_NumberHITsApproved, Worker_PercentAssignmentsApproved. "
        "A program can also give the type or the exclusion itself."
    )
    comparator: Maybe[Comparator] = Field(
        description="How the worker's value is compared. Only DoesNotExist lets in who does not hold the type."
    )
    integer_values: Maybe[list[Maybe[int]]] | None = Field(
        default=None,
        description="The whole numbers to compare with: one, or up to 15 with In and NotIn; none with Exists and "
        "DoesNotExist.",
    )
    locale_values: Maybe[list[Maybe[Locale]]] | None = Field(
        default=None,
        description="The locales to compare with, for Worker_Locale only: one, or up to 30 with In and NotIn.",
    )
    actions_guarded: Maybe[ActionsGuarded] = Field(
        default="Accept",
        description="What the requirement guards: accepting the HIT, also previewing it, or also finding it in a "
        "search.",
    )
    production_only: Maybe[bool] = Field(
        default=False,
        description="Whether the requirement is sent in production only. It is no part of the API's structure.",
    )

    qualification_type_name: Maybe[str] | None = Field(
        default=None,
        description="What the program calls the qualification type, for the words in a plan. Filled in where a "
        "resource is given as the type; never sent.",
    )

    _resource: Any = PrivateAttr(default=None)

    def __init__(
        self,
        qualification_type_id: "pulumi.Input[str] | HasQualificationTypeId",
        comparator: "pulumi.Input[Comparator]",
        integer_values: "pulumi.Input[Sequence[pulumi.Input[int]]] | None" = None,
        locale_values: "pulumi.Input[Sequence[pulumi.Input[Locale | Mapping[str, Any]]]] | None" = None,
        actions_guarded: "pulumi.Input[ActionsGuarded]" = "Accept",
        *,
        production_only: "pulumi.Input[bool]" = False,
        qualification_type_name: "pulumi.Input[str] | None" = None,
    ) -> None:
        members, problems = read_requirement(
            {
                "qualificationTypeId": qualification_type_id,
                "comparator": comparator,
                "integerValues": integer_values,
                "localeValues": locale_values,
                "actionsGuarded": actions_guarded,
                "productionOnly": production_only,
                "qualificationTypeName": qualification_type_name,
            }
        )
        refuse([*problems, *check_form(members or {})])
        super().__init__(**(members or {}))
        if not isinstance(qualification_type_id, str | Unknown):
            self._resource = qualification_type_id

    @property
    def resource(self) -> Any:
        """The resource that was given as the type, if one was: a program's own rules can look at it."""
        return self._resource

    def to_dict(self) -> dict[str, Any]:
        """The plain camelCase dict, with `productionOnly` only where it is set."""
        members = super().to_dict()
        if self.production_only is False:
            del members["productionOnly"]
        return members


def requirement(value: "QualificationRequirement | Mapping[str, Any]") -> QualificationRequirement:
    """A requirement from any form that a program may write: the object itself, or a dict.

    A dict's keys may be ours (`qualification_type_id`), those of state (`qualificationTypeId`) or boto3's
    (`QualificationTypeId`). Raises `InvalidInputError` if it is neither, a key is unknown, or a value can't be right.
    """
    if isinstance(value, QualificationRequirement):
        return value
    members, problems = read_requirement(value)
    refuse(problems)
    given = members or {}
    return QualificationRequirement(
        given.get("qualificationTypeId"),  # type: ignore[arg-type]  # what is missing is refused in words
        given.get("comparator"),  # type: ignore[arg-type]
        given.get("integerValues"),
        given.get("localeValues"),
        given.get("actionsGuarded", "Accept"),
        production_only=given.get("productionOnly", False),
        qualification_type_name=given.get("qualificationTypeName"),
    )
