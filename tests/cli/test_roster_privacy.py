"""Lists of workers: in no output, no plan, no log and no file in the clear, from the first preview to the last destroy.

Exempt is what Pulumi itself prints of secrets with `-v=9`, in gRPC logs and of a violated plan: docs/privacy.md warns.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_mturk.marketplace import Fault, Marketplace
from tests.cli.conftest import NewStack
from tests.support.cli_rosters import GRANT, REVOKE, grant, revoke, type_of
from tests.support.csv_files import result, results
from tests.support.pulumi_cli import Output, Stack, assert_absent, messages
from tests.support.recorded_programs import Place, place

# Not all have the shape by which ids are found in texts: with a digit and ten characters or more.
DIGITS, LETTERS, SHORT, LONG = "A1CANARYDIGITS7", "ACANARYLETTERS", "AQZXJK", "ACANARY" + "0Q" * 28
INLINE, MAPPED = (DIGITS, LETTERS, SHORT, LONG), ("A2CANARYSCORED", "ACANARYSCORED")
IN_FILE, IN_SECRET, EXCLUDED = ("A3CANARYFILE", "ACANARYFILE"), ("A4CANARYSECRET", "ACANARYSECRET"), ("ACANARYPILOT",)
ADDED = ("A5CANARYADDED", "ACANARYADDED")
CANARIES = (*INLINE, *MAPPED, *IN_FILE, *IN_SECRET, *EXCLUDED, *ADDED)
# What a user has written and Pulumi has not.
OURS = ("__main__.py", "wave.csv")

PROGRAM = f"""
tier = mturk.QualificationType("tier", description="Took part.")

def roster(name, workers):
    return mturk.QualificationRoster(name, qualification_type_id=tier, workers=workers)

inline = roster("inline", {list(INLINE)!r})
mapped = roster("mapped", {dict.fromkeys(MAPPED, 85)!r})
roster("in-file", mturk.workers_from_csv("wave.csv"))
roster("in-secret", pulumi.Config().require_secret("workers"))
pilots = mturk.WorkerExclusion("pilots", workers={list(EXCLUDED)!r})
task = mturk.HITType(
    "task", title="Transcribe", description="Type what you hear.", reward="0.10", assignment_duration_in_seconds=600,
    qualification_requirements=[pilots.requirement])
pulumi.export("inline", inline.workers)
pulumi.export("mapped", mapped.workers)
pulumi.export("nested", {{"lists": [inline.workers, mapped.workers], "count": inline.count}})
pulumi.export("rules", pulumi.Output.json_dumps(task.qualification_requirements))
pulumi.export("excluded", [pilots.qualification_type_id, pilots.count])
"""

TEAM = """
tier = mturk.QualificationType("tier", description="Took part.")
mturk.QualificationRoster("team", qualification_type_id=tier, workers={!r})
"""


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path) as opened:
        yield opened


def written(stack: Stack) -> dict[Path, str]:
    """All files: state, its backups, history, saved plans, logs of events, configuration, and Pulumi's home."""
    folders = (stack.folder, Path(stack.env["PULUMI_HOME"]))
    return {
        file: file.read_text(errors="replace")
        for folder in folders
        for file in folder.rglob("*")
        if file.is_file() and file.name not in OURS and not {"__pycache__", ".mturk"} & set(file.parts)
    }


def assert_private(stack: Stack, *outputs: Output) -> None:
    assert_absent(CANARIES, *(output.text for output in outputs), *written(stack).values())


def prepared(stack: Stack) -> Stack:
    """The program of all sources, with its file and its secret."""
    results(stack.folder / "wave.csv", *(result(worker) for worker in IN_FILE))
    stack.run("config", "set", "--secret", "workers", ", ".join(IN_SECRET)).ok()
    stack.env["PULUMI_DEBUG_COMMANDS"] = "true"
    return stack.program(PROGRAM)


@pytest.mark.slow
def test_lists_are_in_no_output_and_no_file_from_preview_to_destroy(there: Place, new_stack: NewStack) -> None:
    stack = prepared(new_stack(environment="sandbox", endpointUrl=there.url))
    assert_private(
        stack,
        stack.preview("--diff", "--save-plan", "plan.json", "--event-log", "preview.log").ok(),
        stack.up("--plan", "plan.json", "--diff", "--debug", "--event-log", "up.log").ok(),
    )
    assert {"plan.json", "preview.log", "up.log"} <= {file.name for file in written(stack)}

    hidden = "[secret]"
    outputs = stack.outputs()
    assert (outputs["inline"], outputs["mapped"]) == (hidden, hidden)
    assert outputs["nested"] == {"lists": [hidden, hidden], "count": len(INLINE)}
    assert outputs["excluded"][1] == len(EXCLUDED)
    shown = stack.outputs(secrets=True)
    assert (sorted(shown["inline"]), shown["mapped"]) == (sorted(INLINE), dict.fromkeys(MAPPED, 85))

    changed = PROGRAM.replace(DIGITS, ADDED[0]).replace(MAPPED[0], ADDED[1]).replace("85", "90")
    stack.program(changed)
    plan = stack.preview("--json").ok()
    steps = {step["urn"].rpartition("::")[2]: step for step in json.loads(plan.text)["steps"]}
    assert steps["inline"]["newState"]["inputs"]["workers"] == hidden
    assert_private(
        stack,
        plan,
        stack.preview().ok(),
        stack.preview("--diff", "--logtostderr", "-v=8").ok(),
        stack.up("--diff", "--debug", "--logtostderr", "-v=8").ok(),
        stack.run("stack"),
        stack.run("stack", "output"),
        stack.run("stack", "export").ok(),
        stack.run("config").ok(),
    )

    qualification = type_of(stack)
    revoke(there.marketplace, qualification, [LETTERS])
    grant(there.marketplace, qualification, {MAPPED[1]: 3})
    assert_private(
        stack,
        stack.preview("--refresh", "--diff").ok(),
        stack.refresh("--diff", "--debug").ok(),
        stack.preview("--diff").ok(),
        stack.up("--refresh").ok(),
        stack.destroy("--diff", "--debug", "--event-log", "destroy.log").ok(),
    )
    assert not stack.resources()


@pytest.mark.slow
def test_lists_are_in_no_refusal_and_not_in_what_is_saved_of_a_failed_run(there: Place, new_stack: NewStack) -> None:
    """The service repeats the ids that it refuses."""
    marketplace = there.marketplace
    marketplace.set_switches(unknown_workers="refuse", latency_milliseconds=400)
    marketplace.register_worker(DIGITS, MAPPED[1], IN_FILE[0])
    stack = prepared(new_stack(environment="sandbox", endpointUrl=there.url))
    refused = stack.up("--debug", "--diff", "--event-log", "refused.log").refused()
    assert_private(stack, refused)
    assert "workers: 3 of 4 are not known in environment sandbox, at positions 2, 3, 4 of the list" in refused.text
    assert "workers: 1 of 2 is not known in environment sandbox, at line 3 of wave.csv" in refused.text
    assert {"inline", "mapped", "in-file"} <= stack.resources().keys()

    marketplace.set_switches(latency_milliseconds=0)
    stack.program(PROGRAM.replace(DIGITS, ADDED[0]))
    stack.env["PULUMI_MTURK_DEBUG"] = "1"
    traced = stack.up("--debug")
    assert "Traceback" in traced.text
    assert_private(stack, traced)
    del stack.env["PULUMI_MTURK_DEBUG"]

    marketplace.set_switches(unknown_workers="accept")
    for operation in (GRANT, REVOKE):
        marketplace.inject(Fault("access_denied", operation, times=None))
    denied = stack.up("--diff", "--debug").refused()
    assert "AccessDeniedException" in denied.text
    assert_private(stack, denied, stack.destroy("--diff", "--debug"))


@pytest.mark.slow
def test_a_bad_list_is_told_by_its_places(stack: Stack) -> None:
    # What is left of an id with a slip in it would still tell who is meant.
    for workers, sentence in (
        ([SHORT, f"{DIGITS}x", LETTERS.lower(), f" {LONG}-"], "no worker id at positions 2, 3, 4 of the list"),
        ({SHORT: 1, LETTERS: "85 points", LONG: 2.5}, "is no whole number of 32 bits at positions 2, 3 of the list"),
        (f"{SHORT}=1 {SHORT}=2", "the same worker has two scores at positions 1, 2 of the list"),
    ):
        refused = stack.program(TEAM.format(workers)).preview("--diff", "--debug").refused()
        assert sentence in refused.text
        assert_absent([DIGITS, LETTERS, LETTERS.lower(), SHORT, LONG], refused.text)

    results(stack.folder / "wave.csv", result(DIGITS), result(f"{LETTERS}-"))
    refused = stack.program(TEAM.format("FILE").replace("'FILE'", 'mturk.workers_from_csv("wave.csv")')).preview()
    assert "line 3" in refused.refused().text
    assert_absent([DIGITS, LETTERS], refused.text)

    named = stack.program(TEAM.format([LETTERS]).replace('"team"', f'"team-{LETTERS}"')).preview().refused()
    assert "the resource's name holds a worker id" in named.text


@pytest.mark.slow
def test_the_embedded_marketplace_says_nothing_either_and_progress_has_numbers_alone(
    stack: Stack, marketplace: Marketplace
) -> None:
    # Slow enough for lines of progress, and with workers whom it does not know.
    marketplace.set_switches(unknown_workers="refuse", latency_milliseconds=400)
    known = [f"ACANARY{letter}{other}" for letter in "BCDEFG" for other in "BCDEFG"]
    marketplace.register_worker(*known)
    failed = stack.program(TEAM.format([*known, *INLINE])).up("--debug").refused()
    assert " granted, " in failed.text
    assert "4 of 40 are not known" in " ".join(messages(failed)["team"])
    marketplace.inject(Fault("drop_after", REVOKE))
    again = stack.program(TEAM.format(known[1:])).up("--debug").ok()
    assert_absent(
        [*known, *CANARIES], failed.text, again.text, stack.destroy("--debug").ok().text, *written(stack).values()
    )
