"""The programs of the README that need files beside them run as they stand."""

import re

from pulumi_mturk.marketplace import Marketplace
from tests.cli.harness import ROOT, Stack
from tests.csv_files import ANN, BEN, CEM, result, results


def test_the_program_of_lists_of_workers(stack: Stack, marketplace: Marketplace) -> None:
    readme = (ROOT / "README.md").read_text()
    (program,) = re.findall(r"<!-- program: lists -->\n```python\n(.*?)```", readme, re.DOTALL)
    (stack.folder / "__main__.py").write_text(program)
    (stack.folder / "team.csv").write_text(f"worker_id,score\n{ANN},85\n{BEN},55\n")
    results(stack.folder / "results.csv", result(CEM), result(ANN, "Submitted"))

    assert "warning" not in stack.up().ok().text

    stack.unchanged()
    assert sorted(item.holders for item in marketplace.summary().qualification_types) == [1, 2]
    assert [item.requirements for item in marketplace.summary().hit_types] == [2]
