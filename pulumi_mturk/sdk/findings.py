"""What a program finds by itself, shown on a resource's row."""

import functools
from typing import TYPE_CHECKING

import pulumi

from pulumi_mturk.common.diagnostics import Diagnostic
from pulumi_mturk.common.errors import FoundError
from pulumi_mturk.sdk.route import Route, known

if TYPE_CHECKING:
    from pulumi_mturk.rules.acceptance import Acceptance


def tell(diagnostic: Diagnostic, resource: pulumi.Resource, route: Route) -> None:
    """Show a finding; a warning that the configuration of the resource's provider accepts is an information."""
    from pulumi_mturk.rules import acceptance  # in most programs nothing is found

    name = resource.pulumi_resource_name
    accepted = _acceptances(known(route.setting("accept")))
    verdict = acceptance.judge(accepted, diagnostic, name, acceptance.today_utc())
    is_fact = verdict.accepted or diagnostic.severity == "info"
    show = pulumi.log.info if is_fact else pulumi.log.warn
    show(verdict.text, resource=resource)


def tell_error(error: FoundError) -> None:
    """Show what is wrong with a value that comes late. It stops nothing: the value that is handed on has to."""
    pulumi.log.error(str(error))


@functools.cache
def _acceptances(text: str | None) -> "tuple[Acceptance, ...]":
    from pulumi_mturk.rules import acceptance

    # What is wrong with them stops the plan, in the provider's words.
    return tuple(acceptance.read(text or "")[0])
