"""Making a qualification type, so that a run that is killed at any moment leaves none that nobody knows of.

A receipt is written before the call (`provider.receipts`). The next run in the same folder finds the type by it, and
takes it only if it was created since and is what this run would make. Without a receipt nothing is ever taken.
"""

import hashlib
import json
import re
import secrets
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pulumi_mturk.api.errors import AlreadyExistsError, ApiError
from pulumi_mturk.common.marks import mark_of, with_mark
from pulumi_mturk.common.unknown import Unknown, has_value
from pulumi_mturk.provider.receipts import Receipt
from pulumi_mturk.resources.fields import KEYWORDS_LIMIT
from pulumi_mturk.rules import existing_types as rules
from pulumi_mturk.rules import qualification_types

if TYPE_CHECKING:
    from pulumi_mturk.api.lost_creates import Look
    from pulumi_mturk.api.qualification_types import QualificationTypeInfo
    from pulumi_mturk.provider.lifecycle import Context
    from pulumi_mturk.resources.qualification_type_state import QualificationTypeArgs

# A generated name ends with a hyphen and seven digits of a random number.
SUFFIX_LENGTH = 8
_SUFFIX = re.compile(rf"[0-9a-f]{{{SUFFIX_LENGTH - 1}}}")
_INTERRUPTED = "an earlier run that was cut off, or got no answer,"


def values_to_send(args: "QualificationTypeArgs") -> dict[str, Any]:
    """What CreateQualificationType is sent, without a mark."""
    return {
        "name": args.name,
        "description": args.description,
        "keywords": args.keywords,
        "qualification_type_status": args.qualification_type_status,
        "retry_delay_in_seconds": args.retry_delay_in_seconds,
        "test": args.test,
        "answer_key": args.answer_key,
        "test_duration_in_seconds": args.test_duration_in_seconds if args.test is not None else None,
        "auto_granted": args.auto_granted,
        "auto_granted_value": args.auto_granted_value if args.auto_granted else None,
    }


def generated_name(context: "Context", args: "QualificationTypeArgs") -> Any:
    """A name for a type that is to be made: the one under which a run that was cut off has begun it, or a new one."""
    prefix = args.name_prefix
    if prefix is not None and not has_value(prefix):
        return prefix  # unknown as its prefix is; the name is generated once that is known
    beginning = prefix or f"{context.name}-"
    receipt = context.provider.receipts.find(context.urn, context.provider.place(create=True))
    if receipt and receipt.name.startswith(beginning) and receipt.arguments == _digest(values_to_send(args)):
        return receipt.name
    # The engine's seed makes the name of a saved plan the name of its run; old engines send none.
    seed = hashlib.sha256(context.seed).hexdigest() if context.seed else secrets.token_hex(4)
    return f"{beginning}{seed[: SUFFIX_LENGTH - 1]}"


def is_generated(name: str, beginning: str) -> bool:
    """Whether a name has the form of those that are generated with a beginning."""
    rest = name.removeprefix(beginning)
    return name.startswith(beginning) and _SUFFIX.fullmatch(rest) is not None


def keeps_name(context: "Context", args: "QualificationTypeArgs", old: "QualificationTypeArgs") -> bool:
    """Whether a program that gives no name still means the name that there is.

    What was imported has no prefix, whatever its name was generated with.
    """
    if old.name_prefix == args.name_prefix:
        return True
    return old.name_prefix is None and has_value(args.name_prefix) and is_generated(old.name or "", args.name_prefix)


def settle(context: "Context", name: str | None) -> None:
    """The state has the type of this name: its receipt goes."""
    context.provider.receipts.settle(context.provider.place(create=False), name)


def mark_for(context: "Context", keywords: str | None) -> str | None:
    """The mark that goes along in the create; None if there is to be none, or no room for it."""
    wanted = context.configuration.mark_types
    if wanted is None:
        wanted = context.configuration.environment != "production"
    mark = mark_of(context.urn)
    return mark if wanted and len(with_mark(keywords, mark)) <= KEYWORDS_LIMIT else None


def create(context: "Context", args: "QualificationTypeArgs", mark: str | None) -> "QualificationTypeInfo":
    """The type: made by one call that changes something, or found to have been made by a run that was cut off."""
    from pulumi_mturk.api.lost_creates import agrees  # a plan makes nothing

    name, generated = str(args.name), args.name_generated
    values = values_to_send(args)
    receipt = _Receipt(context, _digest(values))
    if mark is not None:
        values["keywords"] = with_mark(args.keywords, mark)
    told = _tell_left_behind(context, receipt, name)
    look = context.client.look_for_qualification_type(name)
    since = receipt.since(look)
    if look.found is None:
        _tell_marked(context, mark, {*told, context.provider.recorded_names.get(context.urn)})
        receipt.keep(name, look)
    try:
        return context.client.create_qualification_type(since, unique_name=generated, **values)
    except AlreadyExistsError as error:
        # An earlier run's may not be listed yet. What this one may have made was waited for already.
        wait = receipt.is_earlier and look.found is None and not error.may_have_happened
        found = context.client.find_created(name, wait=wait)
        if found and receipt.is_earlier and since.precedes(found, unique_name=generated) and agrees(found, values):
            return _found_again(context, found)
        if not error.may_have_happened and (generated or not receipt.is_earlier):
            receipt.remove()  # where the name is a generated one, the next run generates another
        probably_ours = receipt.is_earlier or error.may_have_happened
        another = generated and not error.may_have_happened
        raise _name_taken(name, found, look.disposing, probably_ours=probably_ours, another_next=another) from None
    except ApiError as error:
        if not error.may_have_happened and not receipt.is_earlier:
            receipt.remove()
        raise


class _Receipt:
    """The receipt of one create: an earlier run's, if it was for the same name, or the one that is written now."""

    def __init__(self, context: "Context", arguments: str | None) -> None:
        self._receipts = context.provider.receipts
        self._key = (context.urn, context.provider.place(create=False))
        self._arguments = arguments or ""
        self.earlier = self._found = self._receipts.find(*self._key)

    @property
    def is_earlier(self) -> bool:
        """Whether an earlier run has begun the create."""
        return self.earlier is not None

    def drop_earlier(self) -> None:
        """The earlier one is of no more use: the next one is kept in its place."""
        self.earlier = None

    def since(self, look: "Look") -> "Look":
        """The look before the first call: that of the earlier run, or this one."""
        if self.earlier is None:
            return look
        return replace(look, time=datetime.fromisoformat(self.earlier.time) if self.earlier.time else None)

    def keep(self, name: str, look: "Look") -> None:
        """Write it, unless an earlier one is as good."""
        if self.earlier is None:
            time = look.time.isoformat() if look.time else ""
            urn, place = self._key
            self._receipts.write(urn, Receipt(place, name, self._arguments, time), self._found)

    def remove(self) -> None:
        """Nothing was made."""
        self._receipts.remove(*self._key)


def _digest(values: dict[str, Any]) -> str | None:
    """A digest of what a type is made with; None where something is not known yet.

    The answer key is left out: a digest would confirm a guess of it. The name has a field of its own.
    """
    compared = {key: value for key, value in values.items() if key not in ("name", "answer_key")}
    if any(isinstance(value, Unknown) for value in compared.values()):
        return None
    return hashlib.sha256(json.dumps(compared, sort_keys=True).encode()).hexdigest()


def _found_again(context: "Context", live: "QualificationTypeInfo") -> "QualificationTypeInfo":
    context.provider.taken_types.add(live.qualification_type_id)
    context.tell(
        rules.TYPE_FOUND_AGAIN.at(
            "",
            f"an earlier run has made it already ({live.qualification_type_id}), and no state with it was seen since: "
            "nothing was made a second time. If another was to be made by `--replace`, give the same command again",
        )
    )
    return live


def _tell_left_behind(context: "Context", receipt: _Receipt, name: str) -> set[str | None]:
    """Tell what a run that was cut off has made under another name than the one to be used now: such names."""
    from pulumi_mturk.api.lost_creates import Look

    earlier = receipt.earlier
    if earlier is None or earlier.name == name:
        return set()
    found = context.client.find_qualification_type(earlier.name)
    since = receipt.since(Look(found, None))
    receipt.drop_earlier()
    if found is None or not since.precedes(found, unique_name=True):
        return set()
    _tell(context, found, f"{_INTERRUPTED} has made it, with other values than the program has now")
    return {earlier.name}


def _tell_marked(context: "Context", mark: str | None, known: set[str | None]) -> None:
    """Tell of types that were made for this resource, and that the state does not know."""
    if mark is None:
        return
    for live in context.provider.types_marked(mark):
        if live.name not in known and live.qualification_type_id not in context.provider.taken_types:
            _tell(context, live, "a run elsewhere, or one whose state is lost, has made it for a resource of this name")


def _tell(context: "Context", live: "QualificationTypeInfo", why: str) -> None:
    context.tell(
        rules.TYPE_LEFT_BEHIND.at(
            "",
            f"the qualification type {live.qualification_type_id} ({live.name!r}) is not in this stack's state, and "
            f"another is made now: {why}. To keep the old one, take the resource out of the program and run "
            "`pulumi up`, which deletes the new one, then put it back with "
            f'adopt="{live.qualification_type_id}". To keep the new one, delete the old one with '
            f"`pulumi-mturk sweep {live.qualification_type_id}`, unless a stack has it",
        )
    )


def _name_taken(
    name: str,
    taken: "QualificationTypeInfo | None",
    disposing: "QualificationTypeInfo | None",
    *,
    probably_ours: bool,
    another_next: bool,
) -> AlreadyExistsError:
    """`another_next`: the next run generates another name."""
    another = "run again, which generates another name" if another_next else "choose another name"
    if taken is None and disposing is not None:
        way_out = (
            f"the type {disposing.qualification_type_id}, which is being deleted, keeps it, as long as there are HITs "
            f"that require it and for up to 48 hours; `pulumi-mturk teardown {disposing.qualification_type_id}` shows "
            f"the HITs and ends them; {another}, or try again then"
        )
    elif taken is None:
        way_out = (
            "no type of this name is listed; it may belong to one that is being deleted, which keeps a name for up to "
            f"48 hours, or to a new one that is listed later; {another}, or try again then"
        )
    else:
        whose = (
            f"; it may be what {_INTERRUPTED} has made, but it is not what this one would make" if probably_ours else ""
        )
        way_out = (
            f"the type {taken.qualification_type_id} has it{whose}; take it over with "
            f'adopt="{taken.qualification_type_id}", use it as it is with QualificationType.get, or {another}'
        )
    found = qualification_types.NAME_TAKEN.at("name", f"{name!r} is taken in this account: {way_out}")
    return AlreadyExistsError(str(found), operation="CreateQualificationType")
