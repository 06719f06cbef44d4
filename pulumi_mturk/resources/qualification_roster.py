"""QualificationRoster: many workers hold a qualification, as one resource."""

import dataclasses
import re
import uuid
from typing import Any

from pulumi_mturk.api.errors import NotFoundError
from pulumi_mturk.common.diagnostics import Diagnostic, Diagnostics
from pulumi_mturk.common.entity_ids import ENTITY_ID
from pulumi_mturk.common.errors import MturkError, ProtectedError
from pulumi_mturk.common.text import count
from pulumi_mturk.common.unknown import Unknown, has_value
from pulumi_mturk.common.worker_ids import PATTERN, contains_worker_id
from pulumi_mturk.provider.input_findings import NAMED_AFTER_A_WORKER
from pulumi_mturk.provider.lifecycle import Context, Difference, PartialError, Resource
from pulumi_mturk.provider.ownership import grants_of
from pulumi_mturk.resources.fields import DEFAULT_SCORE, refuse_import_id
from pulumi_mturk.resources.grant_changes import GrantChanges
from pulumi_mturk.resources.qualification_roster_state import (
    QualificationRosterArgs,
    QualificationRosterState,
    counted,
    numbers,
    seen,
)
from pulumi_mturk.rosters.roster import Change, Roster
from pulumi_mturk.rosters.roster import change as change_of
from pulumi_mturk.rules import grants, privacy, rosters


class QualificationRosterResource(Resource[QualificationRosterArgs, QualificationRosterState]):
    """ListWorkersWithQualificationType, then AssociateQualificationWithWorker or DisassociateQualificationFromWorker.

    The latter two once for each worker who differs from the list.
    """

    token = "QualificationRoster"  # noqa: S105 - a type token
    summary = (
        "Many workers hold a qualification: a list (membership) or a mapping (scores), as one resource. It is a "
        "desired set: who is added is granted it, who is taken off the list loses it, and nothing else is touched. "
        "A run that was cut off is finished by the next one. Nobody is mailed unless asked."
    )
    import_id = "the id of the qualification type"
    args = QualificationRosterArgs
    state = QualificationRosterState
    looked_up_by = ("qualification_type_id",)

    def validate(self, context: Context, args: QualificationRosterArgs) -> Diagnostics:
        """The list itself, who else grants the type, and words that are shown."""
        roster = args.workers
        if not has_value(roster):
            return
        yield from roster.problems
        if has_value(args.qualification_type_id):
            yield from _conflicts(context, args, roster)
        if _names_any(context.name, roster) and not contains_worker_id(context.name):
            yield NAMED_AFTER_A_WORKER
        if has_value(args.revocation_reason) and _names_any(args.revocation_reason, roster):
            yield privacy.WORKER_ID_IN_REASON.at(
                "revocationReason", "holds a worker's id, and is shown in plans; leave it out"
            )
        if (
            roster.scored
            and None not in roster.scores.values()
            and has_value(args.integer_value)
            and args.integer_value != 1
        ):
            yield rosters.DEFAULT_SCORE_UNUSED.at("integerValue", "has no effect: each worker in the list has a score")
        if args.exclusive is True and _scores_earned(context, args) is True:
            yield rosters.EXCLUSIVE_OVER_A_TEST.at(
                "exclusive",
                "workers who are not listed lose the score that they earned by the type's test, and can't get it back",
            )

    def normalize(
        self, context: Context, args: QualificationRosterArgs, old: QualificationRosterArgs | None
    ) -> QualificationRosterArgs:
        """One form of the list; its numbers, for whoever reviews the plan."""
        context.provider.force_destroy[context.urn] = args.force_destroy is True
        args = args.replace(scores_earned=_scores_earned(context, args, old))
        if _shuts_others_out(context, args, old):
            context.tell(
                rosters.EXCLUSIVE_BEGINS.at(
                    "exclusive",
                    "at `pulumi up` whoever holds the type and is not listed loses it, however they got it; how many "
                    "they are is not in the plan",
                )
            )
        roster = args.workers
        if not has_value(roster):
            return args.replace(count=roster, lowest_score=None, highest_score=None, change=roster)
        if roster.unknown:  # which a state tells, and no program
            roster = dataclasses.replace(roster, unknown=frozenset())
            args = args.replace(workers=roster)
        if old is None and not roster.scores:
            said = (
                "the list is empty, so nobody gets the qualification; an iterator that was read before has nothing left"
            )
            context.tell(rosters.LIST_EMPTY.at("workers", said))
        context.provider.checked_rosters[context.urn] = roster
        before = old.workers if old and old.qualification_type_id == args.qualification_type_id else Roster()
        if not has_value(before):
            return args.replace(**numbers(roster))
        change = change_of(before, roster)
        if change:
            context.tell(rosters.LIST_CHANGE.at("workers", f"{change}, {len(roster.scores):,} in all"))
        return args.replace(**numbers(roster), change=str(change))

    def validate_change(
        self, context: Context, args: QualificationRosterArgs, old: QualificationRosterArgs, difference: Difference
    ) -> Diagnostics:
        """Refuse a list that was emptied by mistake; say what a removal loses."""
        if not has_value(args.workers) or not has_value(old.workers) or "qualification_type_id" in difference.replaces:
            return
        before, roster = old.workers, args.workers
        removed = change_of(before, roster).removed
        if (refusal := _refusal(context, args, removed, len(before.scores))) is not None:
            yield refusal
            return
        if removed and not roster.scores:
            yield rosters.LIST_EMPTIED.at("workers", "the list is empty now: all who are on it lose the qualification")
        if removed and args.scores_earned is True:
            yield rosters.EARNED_SCORES_LOST.at(
                "workers",
                f"{count(removed, 'of them loses', 'of them lose')} it, and with it the score if it was earned by the "
                "test",
            )
        if old.integer_value != args.integer_value and None in roster.scores.values():
            yield rosters.SCORE_OF_NEW_HOLDERS.at(
                "integerValue",
                "is for those who are granted it from now on; who holds it keeps the score. Give a mapping to set "
                "scores",
            )

    def equal(self, name: str, old: QualificationRosterArgs, new: QualificationRosterArgs) -> bool:
        """Lists are compared by whom they name: workers who are unknown and skipped make no difference."""
        if super().equal(name, old, new):
            return True
        before, after = old.workers, new.workers
        if name != "workers" or not has_value(before) or not has_value(after):
            return False
        to_try = before.unknown if new.unknown_workers == "fail" else frozenset[str]()
        return not to_try and before.scores == after.scores

    def unkept(
        self, context: Context, args: QualificationRosterArgs, old: QualificationRosterArgs | None
    ) -> Diagnostics:
        """The rules of the lab that forbid a mail, or that an exclusion shrinks."""
        from pulumi_mturk.resources import lab_rules  # for a stack that has some

        yield from lab_rules.of_list(
            context,
            args.send_notification,
            args.revocation_reason,
            old=None if old is None else old.workers,
            new=args.workers,
            excludes=lab_rules.excludes(context, args.qualification_type_id, args.excludes),
        )

    def create(self, context: Context, args: QualificationRosterArgs) -> tuple[str, QualificationRosterState]:
        """A call for each worker who does not hold it, or not with that score."""
        # Random: an id that was made from the workers' would let anybody confirm a guess.
        resource_id = uuid.uuid4().hex
        state, reasons = _apply(context, args, Roster())
        if reasons and len(state.workers.scores) == state.unknown_count:
            raise MturkError("; ".join(reasons))
        if reasons:
            raise PartialError(resource_id, state, reasons)
        return resource_id, state

    def read(
        self, context: Context, resource_id: str, state: QualificationRosterState
    ) -> QualificationRosterState | None:
        """A page for each hundred holders. Who is not ours is no drift, unless the roster is exclusive."""
        lookup = state.environment is None
        changes = GrantChanges(context, state.qualification_type_id)
        if not changes.read_holders(Roster() if lookup else state.workers):
            return None
        if lookup:
            return counted(state, Roster(changes.holders))
        recorded = state.workers
        extra = changes.holders.keys() - recorded.scores.keys() if state.exclusive else frozenset[str]()
        wanted = dict(recorded.scores) | dict.fromkeys(extra, 0 if recorded.scored else None)
        return counted(state, seen(wanted, changes.holders, recorded.unknown))

    def find(self, context: Context, import_id: str) -> tuple[str, QualificationRosterState] | None:
        """All who hold a type: one call for the type, and a page for each hundred of them.

        With scores if anybody has another one than a list without scores gives.
        """
        refuse_import_id(self, ENTITY_ID.fullmatch(import_id))
        live = context.client.get_qualification_type(import_id)
        changes = GrantChanges(context, import_id)
        if live is None or not changes.read_holders(Roster()):
            return None
        scored = any(score != DEFAULT_SCORE for score in changes.holders.values())
        roster = Roster({worker: score if scored else None for worker, score in changes.holders.items()})
        state = QualificationRosterState(qualification_type_id=import_id, workers="").replace(
            change=str(Change(0, 0, 0)), scores_earned=live.test is not None
        )
        return uuid.uuid4().hex, counted(state, roster)

    def update(
        self, context: Context, resource_id: str, state: QualificationRosterState, args: QualificationRosterArgs
    ) -> QualificationRosterState:
        """A call for each worker who differs. Who is in the state and not in the list any more loses it."""
        after, reasons = _apply(context, args, state.workers)
        if reasons:
            raise PartialError(resource_id, after, reasons)
        return after

    def delete(self, context: Context, resource_id: str, state: QualificationRosterState) -> None:
        """A call for each of ours who still holds it, and whom the program does not grant it elsewhere.

        Whose score is another one than the list has given keeps it: somebody else has granted it since.
        """
        changes = GrantChanges(context, state.qualification_type_id)
        ours = list(state.workers.scores)
        if unclaimed := changes.unclaimed(ours):
            if not changes.read_holders(state.workers):
                return
            theirs = _of_others(state.workers, changes.holders) & set(unclaimed)
            ours = [worker for worker in ours if worker in changes.holders and worker not in theirs]
            if theirs:
                who = count(len(theirs), "worker keeps", "workers keep")
                said = f"{who} it: the score is another one than the list has given, so somebody else has granted it"
                context.tell(grants.SCORE_NOT_OURS.at("workers", f"{said} since. {grants.TAKE_IT_ALL_THE_SAME}"))
            lost = len((changes.holders.keys() & unclaimed) - theirs)
            if lost and context.configuration.environment == "production" and not _forced(context, state):
                _protect(context, state, lost)
            if lost and state.scores_earned:
                who = count(lost, "worker loses", "workers lose")
                context.tell(
                    rosters.EARNED_SCORES_LOST.at(
                        "", f"{who} it, and with it the score if it was earned by the type's test"
                    )
                )
        changes.planned = len(ours)
        changes.revoke(ours, state.revocation_reason)
        if (reason := changes.incomplete()) is not None:
            raise MturkError(reason)


def _scores_earned(
    context: Context, args: QualificationRosterArgs, old: QualificationRosterArgs | None = None
) -> bool | None:
    """Whether workers earn the type's score by a test: by the program, by the type, or as it was known before."""
    if args.scores_earned is not None or not has_value(args.qualification_type_id):
        return args.scores_earned
    told = context.provider.has_test(args.qualification_type_id)
    if told is None and old is not None and old.qualification_type_id == args.qualification_type_id:
        return old.scores_earned
    return told


def _of_others(roster: Roster, holders: dict[str, int]) -> set[str]:
    """Who holds it with another score than the list has given; a list without scores has given none."""
    given = ((worker, score) for worker, score in roster.scores.items() if score is not None)
    return {worker for worker, score in given if holders.get(worker, score) != score}


def _shuts_others_out(context: Context, args: QualificationRosterArgs, old: QualificationRosterArgs | None) -> bool:
    """Whether an exclusive roster begins here, of a type that others may hold."""
    type_id = args.qualification_type_id
    if args.exclusive is not True or not has_value(type_id) or type_id in context.provider.created_types:
        return False
    return old is None or old.exclusive is not True or old.qualification_type_id != type_id


def _forced(context: Context, state: QualificationRosterState) -> bool:
    return context.provider.force_destroy.get(context.urn, False) or state.force_destroy


def _protect(context: Context, state: QualificationRosterState, lost: int) -> None:
    """Refuse to let people in by the back door: a type of which this is the list would be refused only afterwards."""
    hits = context.client.hits_excluding_by(state.qualification_type_id)
    if hits:
        raise ProtectedError(
            rosters.ROSTER_REMOVAL_REFUSED.at(
                "",
                f"the roster is not removed: {count(hits, 'HIT keeps', 'HITs keep')} out who holds the "
                f"qualification, and {count(lost, 'worker')} would be let in. Nothing was "
                "taken back. Let the HITs expire, or put the resource back with force_destroy=True, run `pulumi up`, "
                "and remove it then",
            )
        )


def _names_any(words: str, roster: Roster) -> bool:
    return not roster.scores.keys().isdisjoint(re.findall(PATTERN, words))


def _conflicts(context: Context, args: QualificationRosterArgs, roster: Roster) -> Diagnostics:
    """Two resources that grant the same type to the same worker would take it from each other."""
    group, exclusive = grants_of(args.qualification_type_id), args.exclusive is True
    for other in context.provider.ownership.claim(context.urn, group, roster.scores.keys(), exclusive=exclusive):
        if other.shared:
            yield grants.GRANTED_TWICE.at(
                "workers",
                f"the resource {other.name!r} grants the same type to {other.shared:,} of them; list each worker once",
            )
        elif not exclusive:
            yield grants.NOT_ON_THE_EXCLUSIVE_LIST.at(
                "workers", f"the roster {other.name!r} of this type is exclusive and does not list all of them"
            )
        else:
            yield grants.EXCLUSIVE_IS_NOT_ALONE.at(
                "exclusive",
                f"the resource {other.name!r} grants the same type to workers who are not listed here; an exclusive "
                "roster must be the only one",
            )


def _refusal(context: Context, args: QualificationRosterArgs, removed: int, of: int) -> Diagnostic | None:
    """Why so many may not lose it at once, if so."""
    most: Any = args.max_removals
    if isinstance(most, Unknown):
        return None
    if most is None:
        if context.configuration.environment != "production":
            return None
        most = max(10, of // 2)
    if removed <= most:
        return None
    return rosters.TOO_MANY_REMOVALS.at(
        "workers",
        f"{removed:,} of {of:,} workers would lose the qualification in one change, and {most:,} may; if that is what "
        f"you want, set max_removals={removed}",
    )


def _apply(
    context: Context, args: QualificationRosterArgs, owned: Roster
) -> tuple[QualificationRosterState, list[str]]:
    """Make the difference between who holds the type and who should: the state that is true then, and what is left."""
    wanted = _with_positions(context, args.workers)
    changes = GrantChanges(context, args.qualification_type_id)
    changes.wait_for_releases(wanted.scores.keys())
    if not changes.read_holders(owned):
        raise NotFoundError("qualificationTypeId: there is no such type here, or it is being deleted")
    skip = args.unknown_workers == "skip"
    passed_over = (owned.unknown & wanted.scores.keys()) - changes.holders.keys() if skip else frozenset[str]()
    to_grant = {
        worker: score
        for worker, score in wanted.scores.items()
        if worker not in passed_over
        and (worker not in changes.holders or (score is not None and changes.holders[worker] != score))
    }
    ours = changes.holders.keys() if args.exclusive else changes.holders.keys() & owned.scores.keys()
    to_revoke = sorted(ours - wanted.scores.keys())
    of = max(len(owned.scores), len(ours))
    if (refusal := _refusal(context, args, len(to_revoke), of)) is not None:
        raise ProtectedError(refusal)
    known = not changes.holders.keys().isdisjoint(wanted.scores)
    if extra := len(set(to_revoke) - owned.scores.keys()):
        context.tell(rosters.OTHERS_TAKEN_OFF.at("exclusive", f"not listed, and taken back from: {extra:,}"))
    changes.planned = len(to_grant) + len(to_revoke)
    changes.grant(to_grant, args.integer_value, known=known, send_notification=args.send_notification)
    changes.revoke(to_revoke, args.revocation_reason)

    skipped = changes.unknown | passed_over if skip else frozenset[str]()
    left = {worker: 0 if wanted.scored else None for worker in to_revoke if worker not in changes.kept}
    state = QualificationRosterState.extend(
        args, workers=seen({**wanted.scores, **left}, changes.holders, skipped), unknown_count=len(skipped)
    )
    ended = changes.incomplete()
    unknown = _unknown(context, args, changes.unknown, wanted, all_done=ended is None)
    return state, list(filter(None, [ended, unknown]))


def _with_positions(context: Context, roster: Roster) -> Roster:
    """The same roster as `check` parsed it, with the positions that the program gave its workers."""
    checked = context.provider.checked_rosters.get(context.urn)
    return checked if checked is not None and checked == roster else roster


def _unknown(
    context: Context, args: QualificationRosterArgs, unknown: set[str], wanted: Roster, *, all_done: bool
) -> str | None:
    """What to say of workers whom the environment does not know: a reason to fail, or a warning."""
    if not unknown:
        return None
    message = (
        f"{count(len(unknown), f'of {len(wanted.scores):,} is', f'of {len(wanted.scores):,} are')} not known in "
        f"environment {context.configuration.environment}, at {wanted.where(unknown)}. "
        "Worker ids differ between sandbox, production and a team's own panel"
    )
    if args.unknown_workers == "skip":
        context.tell(rosters.WORKERS_SKIPPED.at("workers", f"{message}. They were skipped"))
        return None
    others = ". All others are done, and `pulumi up` tries just these" if all_done else ""
    return str(
        rosters.UNKNOWN_WORKERS.at("workers", f'{message}: correct the list, or set unknown_workers="skip"{others}')
    )
