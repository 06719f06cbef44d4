"""What the formats say alike: amounts, operations and directions in words, and text from elsewhere made harmless."""

import re
from collections.abc import Iterable
from decimal import Decimal

from pulumi_mturk.common.text import count
from pulumi_mturk.review.report import Change, EligibilityChange, Movement, Pay, Place, Report

# What can't be seen, or turns the direction of what is read: controls, halves of surrogate pairs, noncharacters, and
# marks of direction. A reviewer must not read another text than the one that is there.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_BLANKS = re.compile(r"[\s\u2028\u2029]+")

QUOTED = r"`[-\w./][-\w ./=]*`"
"""A command or a member's name as our sentences write it."""

_OPERATIONS = {
    "same": "unchanged itself",
    "create": "new",
    "update": "changed",
    "replace": "replaced",
    "create-replacement": "replaced",
    "delete-replaced": "replaced",
    "delete": "deleted",
    "read": "looked up",
    "refresh": "read anew",
    "import": "imported",
    "import-replacement": "imported, replaced",
    "discard": "no longer looked up",
}
NOTHING = "—"


def plain(text: str) -> str:
    """A text on one line, of characters that can be seen; in the place of any other stands U+FFFD."""
    return _UNSEEN.sub("\ufffd", _BLANKS.sub(" ", text)).strip()


def operation(word: str) -> str:
    """What happens to a resource. A word of Pulumi's that is not known here is shown as it is."""
    return _OPERATIONS.get(word) or f"unknown operation: {plain(word)}"


def money(amount: Decimal) -> str:
    """An amount in US dollars: "$1.60", with more decimals only where it has them."""
    exponent = amount.as_tuple().exponent
    decimals = max(2, -exponent) if isinstance(exponent, int) else 2
    return f"${amount:,.{decimals}f}"


def number(value: Decimal) -> str:
    """A number without zeros at its end."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def stack(report: Report) -> str:
    """Project and stack, as far as the plan names them."""
    return f"{plain(report.project)}/{plain(report.stack)}" if report.project or report.stack else "stack not known"


def place(place: Place) -> str:
    """The environment, in a word or two."""
    return plain(place.environment or "") or "environment not known"


def place_rest(place: Place) -> list[str]:
    """Where that is, as far as it is known."""
    found = [f"at {plain(place.endpoint_host)}"] if place.endpoint_host else []
    return [*found, f"account …{plain(place.account)}"] if place.account else found


def extent(report: Report) -> list[str]:
    """Whether the plan is whole, and how much of the stack it changes."""
    end = "exit status not seen" if report.exit_code is None else f"exit {report.exit_code}"
    found = [f"preview {'complete' if report.complete else 'not complete'}, {end}"]
    changing = sum(change.operation != "same" for change in report.changes) + len(report.others)
    verb = "changes" if changing == 1 else "change"
    if not report.complete:
        return [*found, f"at least {count(changing, 'resource')} {verb}" if changing else "what changes is not known"]
    if report.total is None:
        return [*found, f"{count(changing, 'resource')} {verb}"]
    return [*found, f"{changing:,} of {count(report.total, 'resource')} {verb}"]


def who_may_accept(change: Change) -> str:
    """What becomes of the people who may work, by rules and lists together."""
    if change.operation in ("create", "delete"):
        return operation(change.operation)
    rules, lists = change.eligibility, change.people
    more = bool(rules and rules.enters.answer == "yes") or bool(lists and lists.enter)
    fewer = bool(rules and rules.leaves.answer == "yes") or bool(lists and lists.leave)
    open_ = bool(rules and "unknown" in (rules.enters.answer, rules.leaves.answer)) or bool(
        lists and (lists.enter is None or lists.leave is None or lists.unknown != 0)
    )
    known = {(True, True): "others", (True, False): "more", (False, True): "fewer", (False, False): ""}[more, fewer]
    if open_:
        return f"{known}; the rest can't be told" if known else "can't be told"
    return known or "the same"


def by_rules(change: EligibilityChange | None) -> str:
    """The verdict on the rules in a word."""
    if change is None:
        return NOTHING
    words = {"both": "others", "loosened": "more", "tightened": "fewer", "unknown": "can't be told", "new": NOTHING}
    return words.get(change.verdict, change.verdict)


def identity(change: Change) -> str:
    """Whether it keeps its id."""
    return "new" if change.new_id else NOTHING if change.operation == "delete" else "same"


def by_lists(change: Change) -> str:
    """How many come and go by lists: "+3 −38 ~5"; ~ are scores of which numbers don't tell what they do."""  # noqa: RUF002 - a minus sign
    people = change.people
    if people is None:
        return NOTHING
    sides = (("+", people.enter), ("−", people.leave), ("~", people.unknown))  # noqa: RUF001 - a minus sign
    shown = [f"{sign}{'?' if value is None else f'{value:,}'}" for sign, value in sides if value != 0]
    return " ".join(shown) or "same"


def movement(change: Movement, *, enters: bool) -> str:
    """Who comes in or goes out, as a sentence; empty if nobody does."""
    if change.answer == "no":
        return ""
    words = "; ".join(map(plain, change.words))
    if change.answer == "unknown":
        return (
            f"Whether anybody {'comes in' if enters else 'loses access'} can't be told{f': {words}' if words else ''}."
        )
    verb = "Comes in" if enters else "Loses access"
    return f"{verb}: {words}." if words else f"{'Some come in' if enters else 'Some lose access'}."


def examples(change: Movement, *, enters: bool) -> str:
    """The made-up workers who prove it; empty if there are none."""
    if not change.witnesses:
        return ""
    lead = "Now admitted" if enters else "No longer admitted"
    return f"{lead}, for example (made up): {' · '.join(map(plain, change.witnesses))}."


def pay_change(change: Change) -> str:
    """The reward of a HIT type, before and after if it differs."""
    pay = change.pay
    if pay is None or (pay.after is None and change.operation == "delete"):
        return NOTHING
    before, after = ("not known" if side is None else money(side.reward) for side in (pay.before, pay.after))
    return after if pay.before is None or before == after else f"{before} → {after}"


def reward(pay: Pay | None, *, with_minutes: bool) -> str:
    """What an approved assignment pays, and what that is an hour, at the minutes that are stated."""
    if pay is None:
        return NOTHING
    if pay.hourly is None or pay.minutes is None:
        return money(pay.reward)
    minutes = f" an hour at {number(pay.minutes)} min" if with_minutes else ""
    return f"{money(pay.reward)} / {money(pay.hourly)}{minutes}"


def with_fee(pay: Pay | None) -> str:
    """What it costs with up to nine assignments a HIT, and from ten on."""
    if pay is None or (pay.cost_up_to_nine is None and pay.cost_from_ten is None):
        return NOTHING
    sides = (pay.cost_up_to_nine, pay.cost_from_ten)
    return " / ".join(NOTHING if side is None else money(side) for side in sides)


def listed(names: Iterable[str], most: int = 10) -> tuple[list[str], int]:
    """The first names of many, and how many are left out."""
    every = list(names)
    return every[:most], max(0, len(every) - most)
