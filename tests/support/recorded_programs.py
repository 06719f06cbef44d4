"""Marketplaces over HTTP in the tests' own process, and two programs that have all resources between them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi_mturk.marketplace import Marketplace, Server
from tests.support.pulumi_cli import Stack
from tests.support.question_documents import answer_key, question_form

# One has the shape by which ids are found in texts, the other has not.
HOLDER, BLOCKED = "A1EXAMPLEHOLDER", "AEXAMPLEBLOCKED"
REASON = "sent the same line ninety times"

FOUR = f"""
reader = mturk.QualificationType(
    "reader", description="Took part.", retry_delay_in_seconds=3600, test_duration_in_seconds=600,
    test={question_form()!r}, answer_key={answer_key()!r})
task = mturk.HITType(
    "task", title="Transcribe", description="Type what you hear.", reward="0.10", assignment_duration_in_seconds=600,
    qualification_requirements=[e.without(reader), e.country("US")])
holder = mturk.QualificationGrant("holder", qualification_type_id=reader, worker_id="{HOLDER}")
blocked = mturk.WorkerBlock("blocked", worker_id="{BLOCKED}", reason="{REASON}")
"""
LISTS = f"""
tier = mturk.QualificationType("tier", description="May take the long tasks.")
team = mturk.QualificationRoster("team", qualification_type_id=tier, workers={{"{HOLDER}": 85, "{BLOCKED}": 70}})
earlier = mturk.WorkerExclusion("earlier", workers=["{BLOCKED}", "{HOLDER}"])
later = mturk.HITType(
    "later", title="Transcribe", description="Type what you hear.", reward="0.10", assignment_duration_in_seconds=600,
    qualification_requirements=[earlier.requirement, e.score(tier, at_least=80)])
"""
# The address that stands in recorded states for the one that the marketplace had.
RECORDED_HOST = "panel.example.org"
NAMES = {"reader", "task", "holder", "blocked"}

Held = dict[str, tuple[str, Any, Any]]


@dataclass(frozen=True)
class Place:
    """A marketplace and its address."""

    marketplace: Marketplace
    url: str

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")


@contextmanager
def place(folder: Path) -> Iterator[Place]:
    """A marketplace that keeps every call with its parameters."""
    with Marketplace.open(folder / "place.db") as marketplace, Server(marketplace) as server:
        marketplace.set_switches(record_calls="parameters")
        yield Place(marketplace, server.url)


def held(stack: Stack) -> Held:
    """Id, inputs and outputs of our resources, secrets in the clear: encrypted anew they look different."""
    return {name: (item["id"], item["inputs"], item["outputs"]) for name, item in stack.resources(secrets=True).items()}
