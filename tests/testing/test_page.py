"""What docs/testing.md shows is what runs."""

import re
import subprocess
import sys
from pathlib import Path

from tests.support.pages import held_by

PLAIN = "[pytest]\naddopts = -p no:cacheprovider\nfilterwarnings = error\n"


def test_the_tests_of_the_page_pass(tmp_path: Path) -> None:
    shown = "\n\n".join(block.text for block in held_by(__file__, "testing.md"))
    (tmp_path / "test_page.py").write_text(shown)
    (tmp_path / "pytest.ini").write_text(PLAIN)

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout
    assert f"{len(re.findall(r'def test_', shown))} passed" in done.stdout
