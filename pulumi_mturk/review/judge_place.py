"""Where a stack's resources are, and whether that is where they were made."""

from collections.abc import Iterator

from pulumi_mturk.review.findings import Finding, found
from pulumi_mturk.review.plan import Side, Step
from pulumi_mturk.review.report import Place
from pulumi_mturk.review.sentences import named
from pulumi_mturk.review.view import View
from pulumi_mturk.rules import risks_plan

_MEMBERS = ("environment", "endpointHost")
_LOCAL = "local:"


def place(view: View) -> Place:
    """The place of the stack, as its resources record it."""
    hosts = sorted({host for step in _ours(view) if (host := _member(step.after or step.before, "endpointHost"))})
    accounts = view.plan.config.get("mturk:allowedAccountIds", "").strip('[]" ')
    # One allowed account is the account; of several a plan doesn't tell which it is.
    account = accounts[-4:] if accounts.isdigit() and len(accounts) == 12 else None
    # An embedded marketplace has the id of its file in place of a host, which tells people nothing.
    shown = next((host for host in hosts if not host.startswith(_LOCAL)), None)
    return Place(environment=view.environment, endpoint_host=shown, account=account)


def place_findings(view: View) -> Iterator[Finding]:
    """Resources that move, and a provider whose resources are in several places."""
    moved: dict[tuple[str, str, str], list[str]] = {}
    for step in _ours(view):
        for member in _MEMBERS:
            was, now = _member(step.before, member), _member(step.after, member)
            if was and now and was != now:
                moved.setdefault((member, was, now), []).append(step.name)
    for (member, was, now), names in sorted(moved.items()):
        what = "environment" if member == "environment" else "endpoint"
        yield found(
            risks_plan.ANOTHER_PLACE,
            None,
            f"The {what} of {named(sorted(names))} is {_shown(now)} now, and was {_shown(was)}: a worker id is "
            "another person there.",
        )
    # Two providers may well be of two places: that is what a program has two for.
    by_provider: dict[str, set[tuple[str, str]]] = {}
    for step in _ours(view):
        if step.after is not None:
            environment, host = (_member(step.after, member) for member in _MEMBERS)
            if environment and host:
                by_provider.setdefault(step.after.provider, set()).add((environment, host))
    for _, places in sorted(by_provider.items()):
        if len(places) > 1:
            listed = named(sorted(f"{environment} at {_shown(host)}" for environment, host in places))
            yield found(risks_plan.ANOTHER_PLACE, None, f"The stack's resources are in several places: {listed}.")


def _ours(view: View) -> list[Step]:
    return [step for step in view.plan.steps if step.kind and step.custom]


def _member(side: Side | None, name: str) -> str:
    value = side.inputs.get(name) if side is not None else None
    return value if isinstance(value, str) else ""


def _shown(host: str) -> str:
    return "another local marketplace" if host.startswith(_LOCAL) else host
