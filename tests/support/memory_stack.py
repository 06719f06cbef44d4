"""A stack in memory: what Pulumi's engine does with the core's answers [measured], run after run."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn, TypeAlias

from pulumi_mturk.common.errors import MturkError
from pulumi_mturk.provider import lifecycle
from pulumi_mturk.provider.lifecycle import AnyResource, PartialError
from pulumi_mturk.resources import REGISTRY
from pulumi_mturk.rosters import listing
from pulumi_mturk.rosters.encoding import encode
from pulumi_mturk.rosters.roster import Roster
from tests.support.core import Made, Place

# A resource as a program declares it: its token, and its inputs.
Declared: TypeAlias = tuple[str, dict[str, Any]]

GRANT, REVOKE = "AssociateQualificationWithWorker", "DisassociateQualificationFromWorker"
LIST = "ListWorkersWithQualificationType"


def roster(type_id: str, workers: Any, **members: Any) -> Declared:
    return "QualificationRoster", {"qualificationTypeId": type_id, "workers": encode(workers), **members}


def grant(type_id: str, worker: str, **members: Any) -> Declared:
    return "QualificationGrant", {"qualificationTypeId": type_id, "workerId": worker, **members}


def block(worker: str, reason: str = "Asked to be left alone.") -> Declared:
    return "WorkerBlock", {"workerId": worker, "reason": reason}


def many(count: int, first: int = 0) -> list[str]:
    """Made-up ids of one length."""
    return [f"A{number:06}EXAMPLE" for number in range(first, first + count)]


def from_engine(value: Any) -> Any:
    """A value as the engine gives it back: all numbers are floats."""
    return json.loads(json.dumps(value), parse_int=float)


class Stack:
    """The resources of one program, run after run."""

    def __init__(self, place: Place) -> None:
        self.place = place
        # Whether the next runs go through the plugin, whose state has the form that the schema says.
        self.plugin = False
        self.resources: dict[str, Made] = {}
        # Those whose last operation was done in part: the next run updates them, whatever the program says.
        self.unfinished: set[str] = set()
        self.errors: list[str] = []

    def up(self, program: Mapping[str, Declared], *, together: bool = False) -> bool:
        """Apply a program; whether all went well, else `errors` says why not.

        Each resource is checked when it is registered and then applied; `together`, all are checked before the first
        is applied, as may happen too where none waits for another.
        """
        self.place.next_run()
        self.errors = []
        replaced: list[Made] = []
        try:
            if together:
                checked = {name: self._check(name, declared) for name, declared in program.items()}
                for name, declared in program.items():
                    replaced += self._apply(name, declared, checked[name])
            else:
                for name, declared in program.items():
                    replaced += self._apply(name, declared, self._check(name, declared))
            for old in reversed(replaced):
                self._delete(old)
            for name in [name for name in reversed(self.resources) if name not in program]:
                self._delete(self.resources[name])
                self._forget(name)
        except _StoppedError:
            pass
        return not self.errors

    def refresh(self) -> set[str]:
        """Look at everything; the names of what is not as it was."""
        self.place.next_run()
        drifted = set()
        for name, made in list(self.resources.items()):
            found = made.read()
            if found is None:
                self._forget(name)
                drifted.add(name)
                continue
            if lifecycle.diff(made.resource, from_engine(found.outputs), made.inputs).changed:
                drifted.add(name)
            made.outputs, made.inputs = (
                self._kept(made.resource, found.outputs),
                self._kept(made.resource, found.inputs),
            )
            self.unfinished.discard(name)
        return drifted

    def destroy(self) -> bool:
        """Delete everything."""
        return self.up({})

    def changes(self, program: Mapping[str, Declared]) -> set[str]:
        """What a plan of the program would change."""
        self.place.next_run()
        names = self.resources.keys() - program.keys()
        for name, declared in program.items():
            made = self.resources.get(name)
            if made is None or name in self.unfinished or made.diff(self._check(name, declared)).changed:
                names.add(name)
        return set(names)

    def workers(self, name: str = "team") -> str:
        """The list of a roster, as the state of a dynamic resource has it."""
        return str(self.resources[name].outputs["workers"])

    def held(self, name: str = "team") -> dict[str, int | None]:
        """Who holds it by the state."""
        found = listing.read(self.resources[name].outputs["workers"])
        assert isinstance(found, Roster)
        return {worker: score for worker, score in found.scores.items() if worker not in found.unknown}

    def _check(self, name: str, declared: Declared, *, anew: bool = False) -> dict[str, Any]:
        """Checked inputs; `anew`, as for a resource that is not there yet."""
        token, news = declared[0], self._kept(REGISTRY[declared[0]], declared[1])
        old = None if anew else self.resources.get(name)
        checked = self.place.check(token, news, old.inputs if old else None, name=name)
        if checked.failures:
            self.errors += checked.failures
            raise _StoppedError
        return self._kept(REGISTRY[token], checked.inputs)

    def _kept(self, resource: AnyResource, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values as a shell hands them to the engine, and the engine gives them back."""
        return dict(from_engine(lifecycle.published(resource, values) if self.plugin else values))

    def _apply(self, name: str, declared: Declared, inputs: dict[str, Any]) -> list[Made]:
        """Create, update or replace; what is to be deleted at the end."""
        made = self.resources.get(name)
        if made is None:
            self._create(name, declared[0], inputs)
            return []
        difference = made.diff(inputs)
        if name not in self.unfinished:
            if difference.replaces:
                # A replacement is checked once more, as what it is: a new resource.
                self._create(name, declared[0], self._check(name, declared, anew=True))
                return [made]
            if not difference.changed:
                made.inputs = inputs
                return []
        try:
            outputs = lifecycle.update(made.resource, made.context, made.id, made.outputs, inputs)
            made.outputs = self._kept(made.resource, outputs)
        except PartialError as error:
            made.inputs, made.outputs = inputs, self._kept(made.resource, error.outputs)
            self._stop(name, error)
        except MturkError as error:
            self._stop(None, error)
        made.inputs = inputs
        self.unfinished.discard(name)
        return []

    def _create(self, name: str, token: str, inputs: dict[str, Any]) -> None:
        error: MturkError | None = None
        try:
            made = self.place.create(token, inputs, name)
        except PartialError as partial:
            made, error = (partial.resource_id, partial.outputs), partial
        except MturkError as failure:
            self._stop(None, failure)
        resource = REGISTRY[token]
        self.resources[name] = Made(self.place, resource, inputs, made[0], self._kept(resource, made[1]), name)
        if error is not None:
            self._stop(name, error)

    def _delete(self, made: Made) -> None:
        try:
            lifecycle.delete(made.resource, made.context, made.id, made.outputs, made.inputs)
        except MturkError as error:
            self._stop(None, error)

    def _forget(self, name: str) -> None:
        del self.resources[name]
        self.unfinished.discard(name)

    def _stop(self, unfinished: str | None, error: MturkError) -> NoReturn:
        if unfinished is not None:
            self.unfinished.add(unfinished)
        self.errors.append(str(error))
        raise _StoppedError from None


class _StoppedError(Exception):
    """An operation failed, and nothing more of the program is applied."""
