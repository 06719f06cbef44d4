"""What is found of any resource's inputs, whichever it is: its name, and acceptances of what it does not have."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from pulumi_mturk.common.diagnostics import Diagnostic, Diagnostics
from pulumi_mturk.common.output_text import is_output_text
from pulumi_mturk.common.unknown import Unknown, has_value
from pulumi_mturk.common.worker_ids import contains_worker_id
from pulumi_mturk.rules import configuration, form, privacy
from pulumi_mturk.rules.acceptance import Acceptance

# Nobody reads more of one resource.
_MOST_TOLD = 50

NAMED_AFTER_A_WORKER = privacy.NAMED_AFTER_A_WORKER.at(
    "", "the resource's name holds a worker id, and names are shown everywhere; use a name that tells its role"
)

_NAMED_AFTER_AN_OUTPUT = form.OUTPUT_IN_TEXT.at(
    "",
    "the resource's name holds Pulumi's warning text in place of a value: an Output was put into it, and a name must "
    "be known from the start; use a plain text",
)


def errors(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """The errors among some diagnostics, as they are told."""
    found = [diagnostic for diagnostic in diagnostics if diagnostic.severity == "error"]
    if (more := len(found) - _MOST_TOLD) > 0:
        last = found[_MOST_TOLD - 1]
        found[_MOST_TOLD - 1 :] = [replace(last, message=f"{last.message}; and {more:,} more errors")]
    return list(map(str, found))


def name_findings(name: str, worker_id: Any = None) -> Diagnostics:
    """A resource's name is part of its URN: no worker id in it, which is public, and nothing that only looks known."""
    if is_output_text(name):
        yield _NAMED_AFTER_AN_OUTPUT
    if contains_worker_id(name) or (has_value(worker_id) and worker_id in name):
        yield NAMED_AFTER_A_WORKER


def unused_acceptances(
    accept: Iterable[Acceptance],
    name: str,
    inputs: Mapping[str, Any],
    fired: Collection[str],
    looked_at: Collection[str],
) -> Diagnostics:
    """Entries of `mturk:accept` that name a resource in vain; nothing can be said where an input is not known.

    `fired` are the codes that were found of it, `looked_at` the kinds of rules that were looked at.
    """
    named = [(index, one) for index, one in enumerate(accept) if one.resource == name]
    if not named or _holds_unknown(inputs):
        return
    from pulumi_mturk.rules.catalogue import CATALOGUE  # for a stack that accepts something

    for index, one in named:
        if one.code not in fired and CATALOGUE[one.code].found_by in looked_at:
            yield configuration.ACCEPT_UNUSED.at(
                f"mturk:accept[{index}]", f"{one.code} is not found in {name!r}; remove the entry"
            )


def _holds_unknown(value: Any) -> bool:
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return isinstance(value, Unknown) or any(map(_holds_unknown, parts))
