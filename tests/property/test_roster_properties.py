"""Whatever is done to a roster, and whatever goes wrong: the run that goes through ends with what the program says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.marketplace import Fault
from pulumi_mturk.marketplace.testing.faults import FaultKind
from pulumi_mturk.provider import lifecycle
from tests.support.core import Place, Ticking, opened
from tests.support.memory_stack import GRANT, LIST, REVOKE, Declared, Stack, grant, many, roster

KNOWN = many(6)
STRANGERS = many(2, first=100)
# Whom no program lists.
OUTSIDERS = many(2, first=200)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with opened(tmp_path_factory.mktemp("place")) as found:
        found.marketplace.set_switches(unknown_workers="refuse", page_tokens="when_more")
        found.marketplace.register_worker(*KNOWN, *OUTSIDERS)
        found.watch = Ticking()  # so that each step of the work is worth a word
        yield found


@pytest.fixture(scope="module")
def type_ids(place: Place) -> Iterator[str]:
    """A type for each example."""
    return (
        place.made("QualificationType", {"description": "Took part.", "name": f"Type {number}"}).id
        for number in range(10**9)
    )


# One roster, whatever happens


@dataclass(frozen=True)
class Program:
    """What the next runs are to make true."""

    workers: tuple[str, ...] | dict[str, int]
    exclusive: bool
    unknown_workers: str
    integer_value: int

    @property
    def wanted(self) -> dict[str, int | None]:
        return dict(self.workers) if isinstance(self.workers, dict) else dict.fromkeys(self.workers)

    def declared(self, type_id: str) -> dict[str, Declared]:
        return {
            "team": roster(
                type_id,
                self.workers,
                exclusive=self.exclusive,
                unknownWorkers=self.unknown_workers,
                integerValue=self.integer_value,
            )
        }


@dataclass(frozen=True)
class Elsewhere:
    """A script beside the stack grants a score, or revokes."""

    worker: str
    score: int | None


# "up" and "refresh" are runs; "move" is to the other shell, the plugin or the dynamic provider.
Step: TypeAlias = Program | Elsewhere | Fault | str

scores = st.integers(1, 3)
listable = st.sampled_from(KNOWN + STRANGERS)
programs = st.builds(
    Program,
    st.lists(listable, max_size=8).map(tuple) | st.dictionaries(listable, scores, max_size=8),
    st.booleans(),
    st.sampled_from(("fail", "skip")),
    scores,
)
elsewhere = st.builds(Elsewhere, st.sampled_from(KNOWN + OUTSIDERS), scores | st.none())
# A call whose reply was lost and whose repetition is refused has taken effect, and nobody knows: not in one history.
KINDS: tuple[tuple[FaultKind, ...], ...] = (
    ("throttle", "service_fault_after", "drop_after"),
    ("throttle", "service_fault", "access_denied"),
)


def faults(kinds: tuple[FaultKind, ...]) -> st.SearchStrategy[Fault]:
    return st.builds(
        Fault,
        st.sampled_from(kinds),
        st.sampled_from((GRANT, REVOKE, LIST)),
        times=st.integers(1, 3),
        probability=st.sampled_from((1.0, 0.3)),
        seed=st.integers(0, 9),
    )


runs = st.sampled_from(("up", "up", "refresh", "move"))
histories = st.sampled_from(KINDS).flatmap(
    lambda kinds: st.lists(programs | elsewhere | faults(kinds) | runs, max_size=12)
)


class History:
    """A roster and its type, and beside them what should be true of both."""

    def __init__(self, place: Place, type_id: str) -> None:
        self.place = place
        self.type_id = type_id
        self.stack = Stack(place)
        self.program = Program((), exclusive=False, unknown_workers="fail", integer_value=1)
        # Who was granted it by the stack, or found by it and listed, and was held at its last look.
        self.ours: set[str] = set()
        self.said: list[str] = []
        place.marketplace.clear_faults()
        place.marketplace.clear_calls()
        for told in (place.warnings, place.remarks, place.progress):
            told.clear()

    @property
    def holders(self) -> dict[str, int]:
        """Asked of the marketplace itself, past all faults."""
        left = self.place.marketplace.faults()
        self.place.marketplace.clear_faults()
        found = self.place.client.holders(self.type_id)
        self.place.marketplace.inject(*left)
        assert found is not None
        return found

    def take(self, step: Step) -> None:
        if isinstance(step, Program):
            self.program = step
        elif isinstance(step, Fault):
            self.place.marketplace.inject(step)
        elif isinstance(step, Elsewhere):
            self.happen(step)
        elif step == "up":
            self.up()
        elif step == "move":
            self.stack.plugin = not self.stack.plugin
        else:
            self.refresh()

    def happen(self, step: Elsewhere) -> None:
        left = self.place.marketplace.faults()
        self.place.marketplace.clear_faults()
        if step.score is None:
            self.place.client.revoke(self.type_id, step.worker, None)
        else:
            self.place.client.grant(self.type_id, step.worker, step.score, send_notification=False)
        self.place.marketplace.inject(*left)

    def up(self) -> bool:
        """One run; whether it went through."""
        before = self.holders
        self.place.counted()
        done = self.stack.up(self.program.declared(self.type_id))
        calls = self.place.counted()
        self.said += self.stack.errors
        after = self.holders
        if not calls:
            # Nothing differs from the state, and what happened elsewhere is for a refresh to find.
            assert done
            assert after == before
        elif done:
            assert after == self.expected(before)
            self.ours = self.program.wanted.keys() & after.keys()
            self.state_is_true()
        elif "team" in self.stack.unfinished:
            others = before.keys() - self.ours - self.program.wanted.keys()
            if not self.program.exclusive:
                assert {worker: after.get(worker) for worker in others} == {worker: before[worker] for worker in others}
            mine = after.keys() if self.program.exclusive else self.ours | self.program.wanted.keys()
            self.ours = mine & after.keys()
            self.state_is_true()
        else:
            # There is no more to keep in mind, unless it be that an exclusive roster of unknown shut others out.
            assert after.items() <= before.items()
            assert after == before or (self.program.exclusive and "team" not in self.stack.resources)
        return done

    def expected(self, before: Mapping[str, int]) -> dict[str, int]:
        """The rules: who holds it once an update has gone through."""
        others = {worker: score for worker, score in before.items() if worker not in self.program.wanted}
        if self.program.exclusive:
            others = {}
        kept = {worker: score for worker, score in others.items() if worker not in self.ours}
        default = self.program.integer_value
        return kept | {
            worker: before.get(worker, default) if score is None else score
            for worker, score in self.program.wanted.items()
            if worker not in STRANGERS
        }

    def refresh(self) -> None:
        left = self.place.marketplace.faults()
        self.place.marketplace.clear_faults()
        self.stack.refresh()
        self.place.marketplace.inject(*left)
        if made := self.stack.resources.get("team"):
            self.ours = set(self.holders) if made.outputs["exclusive"] else self.ours & self.holders.keys()
            self.state_is_true()

    def state_is_true(self) -> None:
        """The state has ours, no more and no less, and such scores as they have."""
        if "team" not in self.stack.resources:
            assert self.ours == set()
            return
        held, live = self.stack.held(), self.holders
        assert held.keys() == self.ours
        assert all(score in (None, live[worker]) for worker, score in held.items())

    def end(self) -> None:
        """Nothing goes wrong any more: the run that follows makes it all true, and one after it changes nothing."""
        self.place.marketplace.clear_faults()
        self.refresh()
        expected = self.expected(self.holders)
        done = self.up()
        unknown = self.program.wanted.keys() & STRANGERS
        assert done == (self.program.unknown_workers == "skip" or not unknown)
        assert self.holders == expected

        self.place.counted()
        if done:
            assert self.stack.refresh() == set()
            assert not self.stack.changes(self.program.declared(self.type_id))
            self.apply_again()
            assert self.stack.resources["team"].outputs["unknownCount"] == len(unknown)
            assert not self.place.counted().keys() & {GRANT, REVOKE}
        else:
            self.stack.up(self.program.declared(self.type_id))
            calls = self.place.counted()
            assert (calls[GRANT], calls[REVOKE]) == (len(unknown), 0)

    def apply_again(self) -> None:
        """An update that the engine has no reason for."""
        made = self.stack.resources["team"]
        before = lifecycle.published(made.resource, made.outputs)
        after = lifecycle.update(made.resource, made.context, made.id, made.outputs, made.inputs)
        assert lifecycle.published(made.resource, after) == before

    def destroy(self) -> None:
        """Nobody of ours is left, and nobody else lost anything."""
        before = self.holders
        while not self.stack.destroy():
            self.said += self.stack.errors
        assert self.stack.resources == {}
        assert self.holders == {worker: score for worker, score in before.items() if worker not in self.ours}

    def names_nobody(self) -> None:
        """Nothing that was said anywhere holds an id."""
        said = [*self.said, *self.place.warnings, *self.place.remarks, *self.place.progress]
        assert not [worker for worker in KNOWN + STRANGERS + OUTSIDERS if any(worker in text for text in said)]
        assert self.place.marketplace.notifications() == []


@given(histories)
def test_a_run_that_goes_through_makes_the_program_true(
    place: Place, type_ids: Iterator[str], steps: list[Step]
) -> None:
    history = History(place, next(type_ids))
    for step in steps:
        history.take(step)
    history.end()
    history.names_nobody()


@given(histories, st.sampled_from(KINDS).flatmap(lambda kinds: st.lists(faults(kinds), max_size=3)))
def test_a_destroy_takes_what_is_ours_and_nothing_else(
    place: Place, type_ids: Iterator[str], steps: list[Step], hindrances: list[Fault]
) -> None:
    history = History(place, next(type_ids))
    for step in steps:
        history.take(step)
    place.marketplace.clear_faults()
    place.marketplace.inject(*hindrances)
    history.destroy()
    history.names_nobody()


# Several resources, among which workers move

OWNERS = ("a", "b", "c", "one", "two")
GRANTS = ("one", "two")
SCORES = {worker: 10 + index for index, worker in enumerate(KNOWN)}


@dataclass(frozen=True)
class Layout:
    """Which resource holds whom; the order in which they are registered, and whether all are before any is applied."""

    owners: dict[str, str]
    order: tuple[str, ...]
    together: bool

    def members(self, name: str) -> list[str]:
        return [worker for worker, owner in self.owners.items() if owner == name]

    def declared(self, type_id: str) -> dict[str, Declared]:
        program: dict[str, Declared] = {}
        for name in self.order:
            members = self.members(name)
            if name in GRANTS and members:
                program[name] = grant(type_id, members[0], integerValue=SCORES[members[0]])
            elif name not in GRANTS and members:
                program[name] = roster(type_id, members)
        return program


def _one_each(owners: dict[str, str]) -> dict[str, str]:
    """A grant holds one worker; whoever comes after is nobody's."""
    found: dict[str, str] = {}
    for worker, owner in owners.items():
        if owner not in GRANTS or owner not in found.values():
            found[worker] = owner
    return found


layouts = st.builds(
    Layout,
    st.dictionaries(st.sampled_from(KNOWN), st.sampled_from(OWNERS)).map(_one_each),
    st.permutations(OWNERS).map(tuple),
    st.booleans(),
)


@given(st.lists(layouts, min_size=2, max_size=4))
def test_whoever_moves_keeps_it_with_the_score(place: Place, type_ids: Iterator[str], programs: list[Layout]) -> None:
    type_id = next(type_ids)
    history = History(place, type_id)
    stack = history.stack
    expected: dict[str, int] = {}
    for layout in programs:
        place.counted()
        assert stack.up(layout.declared(type_id), together=layout.together)
        gone = expected.keys() - layout.owners.keys()
        expected = {
            worker: SCORES[worker] if owner in GRANTS else expected.get(worker, 1)
            for worker, owner in layout.owners.items()
        }
        revoked = place.counted()[REVOKE]
        assert revoked == len(gone) if layout.together else revoked >= len(gone)
        assert history.holders == expected
        assert stack.refresh() == set()
        assert not stack.changes(layout.declared(type_id))
        # Their scores are not those that a roster gives, so that it can be seen who keeps them.
        place.grant_elsewhere(type_id, {worker: SCORES[worker] for worker in expected})
        expected = {worker: SCORES[worker] for worker in expected}
    assert stack.destroy()
    assert history.holders == {}
    history.names_nobody()
