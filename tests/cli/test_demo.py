"""`make demo` and `make demo-down` after their set-up: tools/demo, in a copy of what it needs of the tree."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.pulumi_cli import ROOT, run


@dataclass(frozen=True)
class Demo:
    """What the demo printed: up, up again, down, and down when it was down."""

    root: Path
    up: str
    again: str
    down: str
    down_again: str


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    root = tmp_path_factory.mktemp("tree")
    (root / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "demo", root / "tools")
    study = Path("examples", "transcription_study")
    shutil.copytree(ROOT / study, root / study, ignore=shutil.ignore_patterns("__pycache__", ".mturk", "Pulumi.*.yaml"))
    env = {key: value for key, value in os.environ.items() if not key.startswith(("AWS_", "PULUMI_"))} | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    }

    def demo(command: str) -> str:
        return run([root / "tools" / "demo", command], root, env).ok().text

    return Demo(root, demo("up"), demo("up"), demo("down"), demo("down"))


@pytest.mark.slow
def test_the_demo_shows_the_plan_the_outputs_and_what_the_marketplace_holds(demo: Demo) -> None:
    plan, _, rest = demo.up.partition("Updating (demo):")
    outputs, _, contents = rest.partition("What the marketplace in .demo/marketplace.db holds now")

    assert "+ 7 to create" in plan
    assert "score of 'transcription-conventions' at least 75" in plan
    assert 'hit_type_id                    : "LOCAL' in outputs
    assert "Active, 2 holders" in contents
    assert "$1.80, 5 requirements" in contents
    assert "Worker blocks: 1" in contents


@pytest.mark.slow
def test_the_demo_has_nothing_to_do_when_it_is_run_again(demo: Demo) -> None:
    assert demo.again.count("7 unchanged") == 2


@pytest.mark.slow
def test_the_demo_has_no_warning_and_shows_no_worker(demo: Demo) -> None:
    for text in (demo.up, demo.again):
        assert "warning" not in text
        assert "EXAMPLEWORKER" not in text


@pytest.mark.slow
def test_the_demo_goes_away_whole(demo: Demo) -> None:
    contents = demo.down.partition("What the marketplace in .demo/marketplace.db holds now")[2]

    assert [
        line for line in contents.splitlines() if line.startswith((" ", "Qualification types", "Worker blocks"))
    ] == [
        "Qualification types: 0",
        "Worker blocks: 0",
    ]


@pytest.mark.slow
def test_the_demo_says_when_there_is_nothing_to_take_down(demo: Demo) -> None:
    assert demo.down_again.startswith("There is no demo to take down")


@pytest.mark.slow
def test_the_demo_leaves_the_example_as_it_is(demo: Demo) -> None:
    study = demo.root / "examples" / "transcription_study"

    files = ["Pulumi.yaml", "__main__.py", "test.key.yaml", "test.yaml"]
    assert sorted(file.name for file in study.iterdir()) == files
