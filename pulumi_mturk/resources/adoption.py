"""Taking over a qualification type that exists, because the program says so: `adopt="ID"`.

Pulumi shows it as a create, and does not call the provider's create in a preview: `check` reads the type, tells what
will change, and refuses what can't be changed in place.
"""

from typing import TYPE_CHECKING, TypeAlias

from pulumi_mturk.api.errors import NotFoundError
from pulumi_mturk.common.diagnostics import Diagnostic, Diagnostics
from pulumi_mturk.common.errors import InvalidInputError, refuse
from pulumi_mturk.common.marks import mark_of, marks_in
from pulumi_mturk.common.names import to_camel
from pulumi_mturk.common.unknown import has_value
from pulumi_mturk.provider.lifecycle import Context, Difference, Resource, compare
from pulumi_mturk.provider.ownership import LIVE_TYPES
from pulumi_mturk.resources import removal_messages
from pulumi_mturk.resources.existing_types import own_type
from pulumi_mturk.resources.qualification_type_state import (
    UPDATABLE,
    QualificationTypeArgs,
    QualificationTypeState,
    seen,
)
from pulumi_mturk.rules import existing_types as rules

if TYPE_CHECKING:
    from pulumi_mturk.api.qualification_types import QualificationTypeInfo

Adopting: TypeAlias = Resource[QualificationTypeArgs, QualificationTypeState]


def read_for_plan(context: Context, args: QualificationTypeArgs) -> QualificationTypeArgs:
    """Read the type that is to be taken over; without a name of the program's own it keeps the one it has."""
    if args.adopt is None or _is_replacement(context):
        return args
    if not has_value(args.adopt):
        # The name is as unknown as the type.
        return args if args.name is not None else args.replace(name=args.adopt, name_generated=True)
    live = own_type(context, args.adopt)
    context.provider.adoptions[context.urn] = live
    if live is None or args.name is not None:
        return args
    return args.replace(name=live.name, name_generated=True)


def validate_new(resource: Adopting, context: Context, args: QualificationTypeArgs) -> Diagnostics:
    """What taking it over changes, and why it can't be."""
    if args.adopt is None:
        return
    if _is_replacement(context):
        yield _in_replacement("the type is replaced")
    if _is_replacement(context) or not has_value(args.adopt):
        return
    live = context.provider.adoptions.get(context.urn)
    if live is None:
        yield _nothing(args.adopt)
        return
    yield from _claim(context, live.name)
    state = seen(live)
    difference = compare(resource, state, args)
    if found := _obstacle(args, difference):
        yield found
        return
    changed = [to_camel(name) for name in difference.changed if name in UPDATABLE]
    changes = f"; {', '.join(changed)} {'changes' if len(changed) == 1 else 'change'}" if changed else ""
    yield rules.TYPE_TAKEN_OVER.at(
        "adopt", f"takes over {args.adopt} ({live.name!r}){changes}{_others_mark(context, live)}"
    )


def validate_change(
    context: Context, args: QualificationTypeArgs, old: QualificationTypeArgs, difference: Difference
) -> Diagnostics:
    """What the stack has already is neither taken over again nor replaced while the program says to take it over."""
    if has_value(old.name):
        yield from _claim(context, old.name)
    if args.adopt is None:
        return
    if replaced := [name for name in difference.replaces if _is_known(args, name)]:
        yield _in_replacement(f"a change of {', '.join(map(to_camel, replaced))} replaces the type")
        return
    if not has_value(args.adopt) or args.adopt == old.adopt:
        return
    live = context.client.get_qualification_type(args.adopt)
    if live is None or live.name != old.name:
        yield rules.ADOPTS_ANOTHER.at(
            "adopt",
            f"names {args.adopt}, and the stack has another type for this resource ({old.name!r}). To keep that one, "
            "take adopt out. To have the other one in its place, take the resource out of the program and run "
            "`pulumi up`, which deletes the one that the stack has, then put it back with adopt. To have both, give "
            "the other one a resource of its own",
        )


def take_over(resource: Adopting, context: Context, args: QualificationTypeArgs) -> tuple[str, QualificationTypeState]:
    """One call that reads it, and at most one that changes it.

    An id that was not known in the plan is looked at here for the first time: another resource may have that type.
    """
    type_id = str(args.adopt)
    live = context.client.get_qualification_type(type_id)
    if live is None:
        raise NotFoundError(str(_nothing(type_id)), operation="GetQualificationType")
    if type_id in context.provider.created_types:
        raise InvalidInputError(_one_type("another resource has made it in this run", live.name))
    refuse(_claim(context, live.name))
    state = seen(live)
    if found := _obstacle(args, compare(resource, state, args)):
        raise InvalidInputError(found)
    outputs = resource.update(context, type_id, state, args)
    context.provider.taken_types.add(type_id)
    return type_id, outputs


def refuses_deletion(context: Context, type_id: str) -> bool:
    """Whether a type stays though an entry of the state that has it is removed: another entry has it, too.

    It was taken in this run, imported twice, or taken by a replacement in an earlier run that did not come to its end.

    Raises InvalidInputError if it is to be taken over yet. `--replace` says nothing of a state to `check` [measured].
    """
    if type_id in context.provider.taken_types:
        context.tell(rules.ADOPTED_TYPE_STAYS.at("", f"{type_id} stays: it was taken over in this run"))
        return True
    if (keeper := context.provider.keeper(type_id)) is not None:
        context.tell(
            rules.ADOPTED_TYPE_STAYS.at("", f"{type_id} stays: the resource {keeper!r} of this program has it")
        )
        return True
    if any(live and live.qualification_type_id == type_id for live in context.provider.adoptions.values()):
        raise InvalidInputError(_in_replacement("the type is to be deleted first"))
    return False


def _is_replacement(context: Context) -> bool:
    """Whether this check, which has no state, is the second of a resource that has one."""
    return context.urn in context.provider.recorded_names


def _claim(context: Context, name: str) -> Diagnostics:
    for other in context.provider.ownership.claim(context.urn, LIVE_TYPES, {name}):
        yield _one_type(f"the resource {other.name!r} is the same type", name)


def _one_type(why: str, name: str) -> Diagnostic:
    return rules.ADOPTED_TWICE.at("adopt", f"{why} ({name!r}); one resource has it, others refer to it")


def _others_mark(context: Context, live: "QualificationTypeInfo") -> str:
    """What to say of a type that was made for another resource. The mark does not tell whether a stack still has it."""
    marks = marks_in(live.keywords)
    if not marks or mark_of(context.urn) in marks:
        return ""
    usage = context.client.usage_of_qualification_type(live.qualification_type_id)
    return (
        f"; it has the mark ({marks[-1]}) of another project, stack or resource. If another stack still has it, take "
        "it out of that stack's state first (`pulumi state delete`), or each of the two deletes it for both: "
        f"destroying this stack deletes it ({removal_messages.counts(usage)})"
    )


def _obstacle(args: QualificationTypeArgs, difference: Difference) -> Diagnostic | None:
    fixed = [to_camel(name) for name in difference.replaces if _is_known(args, name)]
    if not fixed:
        return None
    return rules.NOT_ADOPTABLE.at(
        "adopt",
        f"{args.adopt} has other values of {', '.join(fixed)}, which can't be changed or taken away; write what it "
        "has, or leave adopt out and a new type is made",
    )


def _is_known(args: QualificationTypeArgs, name: str) -> bool:
    return getattr(args, name) is None or has_value(getattr(args, name))


def _nothing(type_id: str) -> Diagnostic:
    return rules.NOTHING_TO_ADOPT.at(
        "adopt",
        f"there is no qualification type {type_id} of this account; `pulumi-mturk find NAME` prints the id of one "
        "(types that were made in the last minutes may not be listed yet)",
    )


def _in_replacement(why: str) -> Diagnostic:
    return rules.ADOPT_IN_REPLACEMENT.at(
        "adopt",
        f"{why}, and the old one, which this names, would be taken over and then deleted; take adopt out: the stack "
        "has the type already",
    )
