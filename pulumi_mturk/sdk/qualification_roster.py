"""QualificationRoster, as a program writes it."""

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypeAlias

import pulumi

from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.rosters import listing
from pulumi_mturk.rosters.encoding import encode
from pulumi_mturk.rosters.program_input import read_once
from pulumi_mturk.rules import rosters
from pulumi_mturk.sdk.arguments import integer, type_id, type_urn
from pulumi_mturk.sdk.base import MturkResource
from pulumi_mturk.sdk.claims import Claim, grants
from pulumi_mturk.sdk.findings import tell
from pulumi_mturk.sdk.qualification_type import DeclaredType, QualificationType, deleted_with
from pulumi_mturk.sdk.route import sees_whole_program
from pulumi_mturk.sdk.user_errors import without_a_traceback

# Ids, or pairs of id and score, from anything that can be iterated over; a mapping of id to score; or text, or an open
# file of it, with blanks or commas between entries (`A1EXAMPLE`, `A1EXAMPLE=85`).
Workers: TypeAlias = (
    Iterable[pulumi.Input[str]] | Iterable[tuple[str, pulumi.Input[int]]] | Mapping[str, pulumi.Input[int]] | str
)

# The language host hands the whole configuration to a program in one variable, and Linux starts no program with one
# of 128 KiB: about 5,000 ids fit [measured]. Beyond that there is nobody left to warn.
_CONFIGURATION = "PULUMI_CONFIG"
_CONFIGURATION_BYTES = 96 * 1024


class QualificationRoster(MturkResource, name="QualificationRoster", secrets=("workers",)):
    """Many workers hold a qualification, as one resource: a list (membership) or a mapping (scores).

    Who is added is granted it, who is taken off the list loses it, and nothing else is touched.
    """

    qualification_type_id: pulumi.Output[str]
    """The type's id, for whatever must wait until the list is in force."""
    exclusive: pulumi.Output[bool]
    count: pulumi.Output[int]
    """How many workers are listed. Public."""
    lowest_score: pulumi.Output[int | None]
    """The lowest score in the list, if each worker in it has one. Public."""
    highest_score: pulumi.Output[int | None]
    """The highest score in the list, if each worker in it has one. Public."""
    change: pulumi.Output[str]
    """What the last change of the program did to the list, in numbers: `+12 −3 ~4`. Public."""  # noqa: RUF001
    unknown_count: pulumi.Output[int]
    """How many of them the environment does not know, and were skipped."""
    excludes: pulumi.Output[bool | None]
    """Whether HIT types of the program keep out who holds the type. Public. None where the program has its id alone."""
    scores_earned: pulumi.Output[bool | None]
    """Whether workers can earn the type's score by a test; None where the program has the type's id alone."""

    def __init__(
        self,
        resource_name: str,
        *,
        qualification_type_id: pulumi.Input[str] | QualificationType,
        workers: pulumi.Input[Workers],
        integer_value: pulumi.Input[int] = 1,
        exclusive: pulumi.Input[bool] = False,
        unknown_workers: pulumi.Input[Literal["fail", "skip"]] = "fail",
        max_removals: pulumi.Input[int] | None = None,
        force_destroy: pulumi.Input[bool] = False,
        send_notification: pulumi.Input[bool] = False,
        revocation_reason: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare who holds a qualification.

        :param qualification_type_id: A type of your own: the resource, or an id. A change replaces the roster.
        :param workers: Who is to hold it; kept secret. Ids, in a list, a set, a generator or an open file: whoever
            holds it already keeps the score, the others get `integer_value`. A mapping of id to score, or pairs of
            them: these scores. `workers_from_csv` reads both from a file. A secret of the stack's configuration takes
            about 5,000 ids, which is Pulumi's limit.
        :param integer_value: The score of those who get it anew and have none of their own in `workers`.
        :param exclusive: Whether holders who are not listed lose it, however they got it.
        :param unknown_workers: What becomes of ids that the environment does not know: "fail" once all others are
            done, or "skip" and count them.
        :param max_removals: The most workers who may lose it in one change. Without it any number may, but in
            production half of the list, or ten if that is more.
        :param force_destroy: Whether the roster may be removed in production while HITs keep out who is listed.
        :param send_notification: Whether MTurk mails workers about a grant or a new score.
        :param revocation_reason: Sent to workers from whom it is taken back; without it nothing is sent.
        """
        self._type_urn = type_urn(qualification_type_id)
        declaration = (
            qualification_type_id.declaration if isinstance(qualification_type_id, QualificationType) else None
        )
        self._declaration = declaration
        if declaration is not None:
            declaration.granted = True
        text = _text(workers)
        super().__init__(
            resource_name,
            {
                "qualification_type_id": type_id(qualification_type_id),
                "workers": text,
                "integer_value": integer(integer_value, "integer_value"),
                "exclusive": exclusive,
                "unknown_workers": unknown_workers,
                "max_removals": integer(max_removals, "max_removals"),
                "force_destroy": force_destroy,
                "send_notification": send_notification,
                "revocation_reason": revocation_reason,
                "excludes": _excludes(declaration),
                "scores_earned": None if declaration is None else declaration.test is not None,
            },
            deleted_with(qualification_type_id, revocation_reason, opts),
            {"qualificationTypeId": qualification_type_id},
            Claim(kind=grants, path="workers", value=text, type=qualification_type_id, exclusive=exclusive),
        )
        if len(os.environ.get(_CONFIGURATION, "")) > _CONFIGURATION_BYTES:
            tell(
                rosters.LONG_CONFIGURATION.at(
                    "",
                    "the stack's configuration is close to the 128 KiB that Pulumi can hand to a program, which does "
                    "not start beyond that; keep long lists of workers in a file, and read it with workers_from_csv",
                ),
                self,
                self.route,
            )

    @property
    def declaration(self) -> DeclaredType | None:
        """What this program declares of the type; None where it only looks it up, or has its id alone."""
        return self._declaration

    @property
    def qualification_type_urn(self) -> pulumi.Input[str] | None:
        """The URN of the type, if a resource was given as the type: a requirement has it, for a review."""
        return self._type_urn

    @property
    def workers(self) -> pulumi.Output[list[str] | dict[str, int]]:
        """Who holds it: a mapping where scores are managed, else a list. Secret."""
        recorded: pulumi.Output[Any] = pulumi.get(self, "workers")
        return recorded.apply(_plain)

    @classmethod
    def get(
        cls,
        resource_name: str,
        *,
        qualification_type_id: pulumi.Input[str] | QualificationType,
        opts: pulumi.ResourceOptions | None = None,
    ) -> "QualificationRoster":
        """Look up all who hold a type, with their scores; the stack reads them but never changes them.

        It is read at every preview, a hundred workers a call.
        """
        values = {"qualification_type_id": type_id(qualification_type_id), "workers": None}
        types = {"qualificationTypeId": qualification_type_id}
        found = cls._existing(resource_name, f"existing-{resource_name}", values, opts, types)
        found._type_urn = type_urn(qualification_type_id)  # noqa: SLF001 - its own
        return found


def _excludes(declaration: DeclaredType | None) -> pulumi.Output[bool] | None:
    """Whether HIT types keep out the holders of a type, where this process sees all that the program declares."""
    if declaration is None or not sees_whole_program():
        return None
    # Registered when the program has run to its end: every HIT type in it is declared by then.
    return pulumi.Output.from_input(None).apply(lambda _: declaration.excludes)


def _text(workers: Any) -> pulumi.Input[str]:
    if isinstance(workers, Unknown):
        return pulumi.Output.from_input(workers).apply(without_a_traceback(_text))
    read = read_once(workers)
    if not isinstance(read, str) and any(isinstance(part, Unknown) for part in _parts(read)):
        whole: Any = dict(read) if isinstance(read, Mapping) else read
        return pulumi.Output.from_input(whole).apply(without_a_traceback(encode))
    return encode(read)


def _parts(read: Mapping[Any, Any] | list[Any]) -> Iterator[Any]:
    """What may be an Output in a list of workers."""
    for entry in read.values() if isinstance(read, Mapping) else read:
        if isinstance(entry, Mapping):
            yield from entry.values()
        elif isinstance(entry, list):
            yield from entry
        else:
            yield entry


def _plain(recorded: str | list[Any] | None) -> list[str] | dict[str, int]:
    """What a state has: one text, or of the plugin a list."""
    found = listing.read(recorded or "")
    scores = {} if isinstance(found, Unknown) else found.scores
    managed = {worker: score for worker, score in scores.items() if score is not None}
    return managed or list(scores)
