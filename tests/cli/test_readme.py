"""The programs of the README that need files beside them run as they stand."""

import re
import shutil

import pytest

from pulumi_mturk import cli
from pulumi_mturk.marketplace import Marketplace
from tests.support.csv_files import ANN, BEN, CEM, result, results
from tests.support.pulumi_cli import ROOT, Stack

README = (ROOT / "README.md").read_text()


def test_the_first_study_begins_with_the_two_files_that_are_shown(stack: Stack) -> None:
    (project,) = re.findall(r"<!-- project -->\n```yaml\n(.*?)```", README, re.DOTALL)
    (program,) = re.findall(r"<!-- example: \S+ -->\n```python\n(.*?)```", README, re.DOTALL)
    (stack.folder / "Pulumi.yaml").write_text(project)
    (stack.folder / "__main__.py").write_text(program)
    stack.up().ok()
    stack.unchanged()


def test_the_program_of_lists_of_workers(stack: Stack, marketplace: Marketplace) -> None:
    (program,) = re.findall(r"<!-- program: lists -->\n```python\n(.*?)```", README, re.DOTALL)
    (stack.folder / "__main__.py").write_text(program)
    (stack.folder / "team.csv").write_text(f"worker_id,score\n{ANN},85\n{BEN},55\n")
    results(stack.folder / "results.csv", result(CEM), result(ANN, "Submitted"))

    assert "warning" not in stack.up().ok().text

    stack.unchanged()
    assert sorted(item.holders for item in marketplace.summary().qualification_types) == [1, 2]
    assert [item.requirements for item in marketplace.summary().hit_types] == [2]


def test_who_gets_in_is_what_the_crowd_prints(stack: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    command, shown = re.findall(r"```text\n\$ pulumi-mturk (crowd [^\n]*)\n(.*?)```", README, re.DOTALL)[0]
    for name in ("__main__.py", "test.yaml", "test.key.yaml"):
        shutil.copy(ROOT / "examples" / "transcription_study" / name, stack.folder)
    stack.up().ok()

    assert cli.main([*command.split(), "--database", str(stack.database)]) == 0

    # ids, and the ends of generated names, are others in each database
    printed = re.sub(r"LOCAL\w+", "LOCAL…", re.sub(r"\b[0-9a-f]{7}'", "…'", capsys.readouterr().out))
    assert printed == shown
