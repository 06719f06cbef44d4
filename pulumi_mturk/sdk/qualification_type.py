"""QualificationType, as a program writes it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pulumi

from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.sdk.arguments import Duration, KeywordsInput, integer, keyword_text, seconds, secret_as
from pulumi_mturk.sdk.base import MturkResource
from pulumi_mturk.sdk.claims import Claim, type_name
from pulumi_mturk.sdk.questionnaire_test import QuestionnaireTest
from pulumi_mturk.sdk.route import route_of


@dataclass
class DeclaredType:
    """What the program says of a type, for advice on the HIT types that require it."""

    test: pulumi.Input[str] | None
    answer_key: pulumi.Input[str] | None
    auto_granted: pulumi.Input[bool]
    status: pulumi.Input[str]
    kept: bool = False
    """Whether it outlives the stack, or can't be deleted: protected, or retained on delete."""
    inherits_retain_on_delete_from: pulumi.Resource | None = None
    """The parent that may have it retained on delete: the engine hands that down, and a program can't see it."""
    excludes: bool = False
    """Whether a HIT type of this program keeps out who holds it."""
    granted: bool = False
    """Whether a grant of this program gives it: a score need not come from the test then."""

    @property
    def plain(self) -> bool:
        """Whether there is nothing about it that advice could be about: outputs are dear, and most types are plain."""
        return self.test is None and self.auto_granted is False and self.status == "Active"


class QualificationType(MturkResource, name="QualificationType", secrets=("answer_key",)):
    """A qualification that workers can hold, with a score.

    They get it by passing its test, by a grant, or by asking for it. Workers read its name and description.
    """

    name: pulumi.Output[str]
    """The name in MTurk: the one given, or a generated one."""
    name_generated: pulumi.Output[bool]
    description: pulumi.Output[str]
    keywords: pulumi.Output[str | None]
    qualification_type_status: pulumi.Output[str]
    retry_delay_in_seconds: pulumi.Output[int | None]
    test: pulumi.Output[str | None]
    answer_key: pulumi.Output[str | None]
    """Secret."""
    test_duration_in_seconds: pulumi.Output[int | None]
    auto_granted: pulumi.Output[bool]
    auto_granted_value: pulumi.Output[int | None]
    granted: pulumi.Output[bool | None]
    """Whether a grant or roster of this program gives it; None of one that is looked up."""
    test_summary: pulumi.Output[str | None]
    """The test in a few words."""
    test_questions: pulumi.Output[list[dict[str, Any]] | None]
    """The questions of the test with their points; never an answer."""
    lowest_score: pulumi.Output[int | None]
    """The lowest score that test and answer key can give."""
    highest_score: pulumi.Output[int | None]
    """The highest score that test and answer key can give."""
    creation_time: pulumi.Output[str]
    """ISO 8601, UTC."""
    is_requestable: pulumi.Output[bool]
    mark: pulumi.Output[str | None]
    """A keyword by which the type can be found if the state is lost; see `mturk:markTypes`."""

    _declaration: DeclaredType | None = None

    def __init__(
        self,
        resource_name: str,
        *,
        description: pulumi.Input[str],
        name: pulumi.Input[str] | None = None,
        name_prefix: pulumi.Input[str] | None = None,
        keywords: KeywordsInput | None = None,
        qualification_type_status: pulumi.Input[Literal["Active", "Inactive"]] = "Active",
        retry_delay_in_seconds: Duration | None = None,
        test: pulumi.Input[str] | QuestionnaireTest | None = None,
        answer_key: pulumi.Input[str] | None = None,
        test_duration_in_seconds: Duration | None = None,
        auto_granted: pulumi.Input[bool] = False,
        auto_granted_value: pulumi.Input[int] | None = None,
        force_destroy: pulumi.Input[bool] = False,
        validate_questions: pulumi.Input[bool] = True,
        adopt: pulumi.Input[str] | None = None,
        expire_hits: pulumi.Input[bool] = False,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a qualification type (CreateQualificationType).

        :param description: What it stands for; workers read it. At most 2000 characters.
        :param name: Unique in the account, read by workers, and taken for up to 48 hours after the type is deleted.
            Default: the resource's name, or `name_prefix`, with a random suffix that is fixed at creation. A change
            replaces the type.
        :param name_prefix: What the generated name begins with.
        :param keywords: Words to find the type by, at most 1000 characters. A change replaces the type.
        :param qualification_type_status: An `Inactive` type can't be requested or required by new HITs.
        :param retry_delay_in_seconds: How long a worker waits before asking again; without it there is one try for
            ever. Taking it away replaces the type.
        :param test: QuestionForm XML, at most 65535 bytes; or a `QuestionnaireTest`, which brings its key and times,
            unless they are given here. Taking it away replaces the type.
        :param answer_key: AnswerKey XML by which the test is scored; kept secret. Without it requests wait for a
            decision.
        :param test_duration_in_seconds: How long a worker has for the test; needed with a test.
        :param auto_granted: Whether everybody who asks gets it at once. Not with a test.
        :param auto_granted_value: The score granted automatically, 1 by default.
        :param force_destroy: Allow deletion and replacement in production of a type that is in use.
        :param validate_questions: Check test and answer key before anything is sent.
        :param adopt: The id of an existing type of the account to take over instead of making one (`pulumi-mturk find
            NAME` prints it). The plan tells what changes by it, and refuses what can't be changed in place. Without
            `name` it keeps its name. Once the stack has the type it means nothing and may be left out; `destroy`
            deletes the type like any other.
        :param expire_hits: On removal, but not in a replacement, expire the HITs that require it, and delete those
            with nothing left to review (in production they are expired only).
        """
        questionnaire: QuestionnaireTest | None = None
        if isinstance(test, QuestionnaireTest):
            questionnaire = test
            if answer_key is None:
                answer_key = test.answer_key
            if test_duration_in_seconds is None:
                test_duration_in_seconds = test.test_duration_in_seconds
            if retry_delay_in_seconds is None:
                retry_delay_in_seconds = test.retry_delay_in_seconds
            test = test.test
        for argument, document in (("test", test), ("answer_key", answer_key)):
            if isinstance(document, Path | bytes):
                raise TypeError(f"{argument}: give the XML itself, such as Path(…).read_text()")
        # Outputs that were never set are unknown in a preview, so what advice looks at is kept as it was written.
        self._declaration = declaration = DeclaredType(test, answer_key, auto_granted, qualification_type_status)
        told_of_test = secret_as(test)
        super().__init__(
            resource_name,
            {
                "description": description,
                "name": name,
                "name_prefix": name_prefix,
                "keywords": keyword_text(keywords),
                "qualification_type_status": qualification_type_status,
                "retry_delay_in_seconds": seconds(retry_delay_in_seconds, "retry_delay_in_seconds"),
                "test": test,
                "answer_key": answer_key,
                "test_duration_in_seconds": seconds(test_duration_in_seconds, "test_duration_in_seconds"),
                "auto_granted": auto_granted,
                "auto_granted_value": integer(auto_granted_value, "auto_granted_value"),
                "force_destroy": force_destroy,
                "validate_questions": validate_questions,
                "adopt": adopt,
                "expire_hits": expire_hits,
                "test_summary": told_of_test,
                "test_questions": told_of_test,
                # Registered when the program has run to its end: every grant in it is declared by then.
                "granted": pulumi.Output.from_input(None).apply(lambda _: declaration.granted),
            },
            opts,
            claim=Claim(kind=type_name, path="name", value=name),
        )
        given = opts or pulumi.ResourceOptions()
        if questionnaire is not None:
            questionnaire.tell_on(self)
        self._declaration.kept = bool(self._protect or self._retained)
        self._declaration.inherits_retain_on_delete_from = given.parent if self._retained is None else None

    @property
    def qualification_type_id(self) -> pulumi.Output[str]:
        """The type's id. It is `id` itself, which stays known in the preview of an update."""
        if "qualification_type_id" not in self.__dict__:
            return self.id
        # Of a type that is looked up Pulumi forgets the id in a preview, but not what was read.
        found: pulumi.Output[str] = pulumi.get(self, "qualification_type_id")
        return found

    @property
    def qualification_type_urn(self) -> pulumi.Input[str]:
        """The resource's URN, which a requirement has of it: a review finds the type by it."""
        return self.urn

    @property
    def declaration(self) -> DeclaredType | None:
        """What this program declares; None for a type that it only looks up."""
        return self._declaration

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> "QualificationType":
        """Look up an existing type, which the stack then reads but never changes. A missing one is an error."""
        return cls._existing(resource_name, id, {"qualification_type_id": None}, opts)


def deleted_with(
    qualification_type: object, revocation_reason: object, opts: pulumi.ResourceOptions | None
) -> pulumi.ResourceOptions | None:
    """The options of a grant: outside production it goes with its type, so that tearing down costs no call a worker.

    In production each grant is taken back, for holders keep what they were granted when the type is deleted; and
    everywhere if workers are to be told, which only a revocation does.
    """
    if not isinstance(qualification_type, QualificationType) or revocation_reason is not None:
        return opts
    declaration = qualification_type.declaration
    environment = route_of(opts).setting("environment")
    # One that the program does not know yet may be production.
    production = environment == "production" or isinstance(environment, Unknown)
    if declaration is None or declaration.kept or production:
        return opts
    if declaration.inherits_retain_on_delete_from is not None:
        # Whatever the type has got from its parent, a grant that has the same parent has got, too.
        given = opts or pulumi.ResourceOptions()
        if (
            given.parent not in (declaration.inherits_retain_on_delete_from, qualification_type)
            or given.retain_on_delete is not None
        ):
            return opts
    return pulumi.ResourceOptions.merge(pulumi.ResourceOptions(deleted_with=qualification_type), opts)
