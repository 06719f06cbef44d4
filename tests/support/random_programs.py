"""Random programs, as data: for the stack in memory and for the real CLI alike.

`${name}` in a value stands for the id of another resource of the program.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from hypothesis import strategies as st

from pulumi_mturk.marketplace import Marketplace
from tests.support.inputs import ANSWER_KEY, TEST
from tests.support.pulumi_cli import behind_our_back

# What a resource is, and its inputs as the schema names them; a roster's workers as a list or a mapping.
Resource: TypeAlias = tuple[str, dict[str, Any]]
Program: TypeAlias = dict[str, Resource]

TYPES = ("reader", "typist")
TYPE_KIND = "QualificationType"
_REFERENCE = re.compile(r"\$\{(\w+)\}")
_DESCRIPTIONS = st.sampled_from(("Reads receipts.", "Types what is said.", "Took part & left <early>."))

_types = st.builds(
    lambda description, extra: ("QualificationType", {"description": description} | extra),
    _DESCRIPTIONS,
    st.sampled_from(
        (
            {},
            {"keywords": "receipts, words"},
            {"retryDelayInSeconds": 3600},
            {"autoGranted": True, "autoGrantedValue": 7},
            {"test": TEST, "answerKey": ANSWER_KEY, "testDurationInSeconds": 600},
        )
    ),
)


def _requirement(name: str, comparator: str) -> dict[str, Any]:
    values = {"integerValues": [1]} if comparator.startswith("Greater") else {}
    return {"qualificationTypeId": f"${{{name}}}", "comparator": comparator} | values


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Types, HIT types that require them, grants, rosters and blocks: of each none, one or two."""
    program: Program = {name: draw(_types) for name in TYPES[: draw(st.integers(0, 2))]}
    own = st.sampled_from(sorted(program) or [""])
    for number in range(draw(st.integers(0, 2))):
        comparators = st.sampled_from(("Exists", "DoesNotExist", "GreaterThanOrEqualTo"))
        asked = draw(st.lists(st.builds(_requirement, own, comparators), max_size=1)) if TYPES[0] in program else []
        program[f"task{number}"] = (
            "HITType",
            {
                "title": draw(st.sampled_from(("Transcribe", "Translate"))),
                "description": draw(_DESCRIPTIONS),
                # Two HIT types of equal values are one, which a program that declares both is warned of.
                "reward": f"0.{number + 1}{draw(st.integers(0, 9))}",
                "assignmentDurationInSeconds": draw(st.sampled_from((600, 3600))),
                "qualificationRequirements": asked,
            },
        )
    if TYPES[0] in program:
        for number in range(draw(st.integers(0, 2))):
            program[f"grant{number}"] = (
                "QualificationGrant",
                {
                    "qualificationTypeId": f"${{{draw(own)}}}",
                    "workerId": f"A{number}GRANTEXAMPLE",
                    "integerValue": draw(st.integers(0, 3)),
                },
            )
        for number in range(draw(st.integers(0, 2))):
            workers = [f"A{number}{index}ROSTEREXAMPLE" for index in range(6)]
            scores = draw(st.dictionaries(st.sampled_from(workers), st.integers(0, 3), max_size=6))
            program[f"roster{number}"] = (
                "QualificationRoster",
                {
                    "qualificationTypeId": f"${{{draw(own)}}}",
                    "workers": draw(st.sampled_from((scores, sorted(scores)))),
                },
            )
    for number in range(draw(st.integers(0, 2))):
        reasons = st.sampled_from(("Asked to be left alone.", "Copied answers."))
        program[f"block{number}"] = (
            "WorkerBlock",
            {"workerId": f"A{number}BLOCKEXAMPLE", "reason": draw(reasons)},
        )
    return program


def resolved(value: Any, ids: Mapping[str, str]) -> Any:
    """The value with ids in place of references."""
    if isinstance(value, str):
        return _REFERENCE.sub(lambda found: ids[found.group(1)], value)
    if isinstance(value, dict):
        return {key: resolved(item, ids) for key, item in value.items()}
    return [resolved(item, ids) for item in value] if isinstance(value, list) else value


def expected(program: Program, ids: Mapping[str, str], before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the marketplace holds when the program is in force: types, who holds them with which score, and blocks.

    `before` is what it held until then: a list without scores leaves whoever holds a type with theirs.
    """
    held_before: Mapping[str, dict[str, int]] = before["held"] if before else {}
    held: dict[str, dict[str, int]] = {ids[name]: {} for name, (token, _) in program.items() if token == TYPE_KIND}
    blocks = {}
    for kind, written in program.values():
        inputs = resolved(written, ids)
        if kind == "QualificationGrant":
            held[inputs["qualificationTypeId"]][inputs["workerId"]] = inputs["integerValue"]
        elif kind == "QualificationRoster":
            type_id, workers = inputs["qualificationTypeId"], inputs["workers"]
            if isinstance(workers, list):
                kept = held_before.get(type_id, {})
                workers = {worker: kept.get(worker, 1) for worker in workers}
            held[type_id] |= workers
        elif kind == "WorkerBlock":
            blocks[inputs["workerId"]] = inputs["reason"]
    types = {
        ids[name]: (inputs["description"], "test" in inputs)
        for name, (token, inputs) in program.items()
        if token == TYPE_KIND
    }
    return {"types": types, "held": held, "blocks": blocks}


# A Pulumi program that declares what program.json beside it says.
SOURCE = """
import json
import re
from pathlib import Path

made = {}


def snake(name):
    return re.sub("(?<!^)(?=[A-Z])", "_", name).lower()


def value(item):
    if isinstance(item, str) and item.startswith("${"):
        return made[item[2:-1]].id
    if isinstance(item, list):
        return [value(one) for one in item]
    return {key: value(one) for key, one in item.items()} if isinstance(item, dict) else item


for name, (token, inputs) in json.loads(Path("program.json").read_text()).items():
    made[name] = getattr(mturk, token)(name, **{snake(key): value(item) for key, item in inputs.items()})
pulumi.export("ids", {name: resource.id for name, resource in made.items()})
"""


def written(program: Program) -> str:
    """The text of program.json."""
    return json.dumps(program, indent=1)


def actual(marketplace: Marketplace) -> dict[str, Any]:
    """What the marketplace holds, in the form of `expected`."""

    def listed(operation: str, member: str, **members: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = behind_our_back(marketplace, operation, MaxResults=100, **members)[member]
        assert len(found) < 100
        return found

    types = listed("ListQualificationTypes", "QualificationTypes", MustBeRequestable=False, MustBeOwnedByCaller=True)
    live = [found for found in types if found["QualificationTypeStatus"] != "Disposing"]
    members = "ListWorkersWithQualificationType"
    return {
        "types": {found["QualificationTypeId"]: (found["Description"], "Test" in found) for found in live},
        "held": {
            found["QualificationTypeId"]: {
                one["WorkerId"]: one["IntegerValue"]
                for one in listed(
                    members, "Qualifications", QualificationTypeId=found["QualificationTypeId"], Status="Granted"
                )
            }
            for found in live
        },
        "blocks": {one["WorkerId"]: one["Reason"] for one in listed("ListWorkerBlocks", "WorkerBlocks")},
    }
