"""What docs/testing.md shows is what runs."""

import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "testing.md"
PLAIN = "[pytest]\naddopts = -p no:cacheprovider\nfilterwarnings = error\n"


def test_the_tests_of_the_page_pass(tmp_path: Path) -> None:
    blocks = re.findall(r"(<!-- not run: .*? -->\n)?```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    shown = "\n\n".join(text for not_run, text in blocks if not not_run)
    (tmp_path / "test_page.py").write_text(shown)
    (tmp_path / "pytest.ini").write_text(PLAIN)

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout
    assert f"{len(re.findall(r'def test_', shown))} passed" in done.stdout
