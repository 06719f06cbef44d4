"""`pulumi-mturk test`: qualification tests as files that people write, checked, shown and converted."""

import os
import tempfile
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pulumi_mturk.cli.common import Status, argument, examples, file_path, option, print_error, whole_number
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.text import count, listed

if TYPE_CHECKING:
    from pulumi_mturk.common.diagnostics import Diagnostic
    from pulumi_mturk.questionnaires import Questionnaire

_SECRET: Final = 0o600
_YAML: Final = (".yaml", ".yml")

app: Final = typer.Typer(
    help="Qualification tests as YAML files: docs/qualification-tests.md has the format.",
    epilog=examples(
        ("all that is wrong with a test and its key", "pulumi-mturk test check test.yaml"),
        ("the page, as a worker sees it", "pulumi-mturk test preview test.yaml"),
        ("what you have as XML, as files to write on in", "pulumi-mturk test convert test.xml test.yaml --key key.xml"),
    ),
)

TestFile = Annotated[Path, argument(metavar="TEST", help="The test's YAML file.", parser=file_path)]
KeyFile = Annotated[
    Path | None,
    option(
        "--key",
        metavar="FILE",
        help="The answer key's file (default: the one beside the test that ends in .key.yaml, if there is one).",
        parser=file_path,
    ),
]


@app.command()
def check(test: TestFile, key: KeyFile = None) -> int:
    """Check a test and its answer key.

    All that is wrong, each with its line and the code that `pulumi-mturk explain` explains; then what the test is, and
    the scores that the key can give. The status is 1 if there is an error. No answer is shown.
    """
    try:
        found = _read(test, key)
    except InvalidInputError as error:
        _print_findings(error.diagnostics)
        return Status.REFUSED
    _print_findings(found.findings)
    for line in _summary(found):
        print(line)
    return Status.DONE


@app.command()
def preview(
    test: TestFile,
    output: Annotated[
        Path | None, option("--output", metavar="FILE", help="Write the page to a file instead.", parser=file_path)
    ] = None,
    port: Annotated[
        int | None,
        option(
            "--port",
            metavar="PORT",
            help="Serve the page on 127.0.0.1; it is read anew each time.",
            parser=whole_number,
        ),
    ] = None,
) -> int:
    """Open the page of a test in the browser, as a worker sees it.

    With --port the page is served until it is interrupted, and shows what the file says whenever it is loaded.
    """
    if output is not None and port is not None:
        print_error("give --output or --port, not both")
        return Status.ERROR
    from pulumi_mturk.cli import test_page

    if port is not None:
        return test_page.serve(test, port)
    try:
        page = test_page.page(test)
    except InvalidInputError as error:
        _print_findings(error.diagnostics)
        return Status.REFUSED
    if output is not None:
        return Status.DONE if _written(output, page, "w") else Status.ERROR
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".html", delete=False) as file:
        file.write(page)
    print(file.name)
    webbrowser.open(Path(file.name).as_uri())
    return Status.DONE


@app.command()
def convert(
    source: Annotated[Path, argument(metavar="FROM", help="The test: XML, or YAML.", parser=file_path)],
    target: Annotated[
        Path,
        argument(metavar="TO", help="The file to write, which must not be there: .yaml or .xml.", parser=file_path),
    ],
    key: Annotated[
        Path | None,
        option("--key", metavar="FILE", help="The answer key, in the same form as FROM.", parser=file_path),
    ] = None,
) -> int:
    """Write a test's XML as YAML, or a test's YAML as XML.

    The key becomes a file beside TO, which only you can read: test.key.yaml for test.yaml. Both files are read back and
    compared with what they came from; whatever is not the same to the letter is told.
    """
    to_yaml = target.suffix in _YAML
    if to_yaml == (source.suffix in _YAML):
        print_error("one of the two files must end in .yaml, and the other in .xml")
        return Status.ERROR
    beside = _key_beside(target)
    try:
        test, answers, notes = _to_yaml(source, key) if to_yaml else _to_xml(source, key)
    except InvalidInputError as error:
        _print_findings(error.diagnostics)
        return Status.REFUSED
    wanted = [target] if answers is None else [target, beside]
    if taken := [str(file) for file in wanted if file.exists()]:
        print_error(f"{taken[0]} is there already; name another file, or remove it")
        return Status.ERROR
    if not _written(target, test, "x") or (answers is not None and not _written(beside, answers, "x", _SECRET)):
        return Status.ERROR
    for file in wanted:
        print(f"{file} written")
    for note in notes:
        print(f"note: {note}")
    return Status.DONE


def _read(test: Path, key: Path | None) -> "Questionnaire":
    from pulumi_mturk.questionnaires import read_file

    beside = _key_beside(test)
    return read_file(test, key or (beside if beside.exists() else None))


def _key_beside(test: Path) -> Path:
    return test.with_name(f"{test.stem}.key{test.suffix}")


def _to_yaml(source: Path, key: Path | None) -> tuple[str, str | None, list[str]]:
    from pulumi_mturk.questionnaires import to_yaml
    from pulumi_mturk.questionnaires.questionnaire import content_of

    converted = to_yaml(content_of(source), None if key is None else content_of(key))
    notes = [*converted.notes, "minutes, retry_after and pass_mark are not in the XML: write them into the file"]
    return converted.test, converted.key, notes


def _to_xml(source: Path, key: Path | None) -> tuple[str, str | None, list[str]]:
    found = _read(source, key)
    said = {
        "test_duration_in_seconds": found.test_duration_in_seconds,
        "retry_delay_in_seconds": found.retry_delay_in_seconds,
        "pass_mark": found.pass_mark,
    }
    beside = ", ".join(f"{name}={value}" for name, value in said.items() if value is not None)
    notes = [f"not in the XML: {beside}"] if beside else []
    if found.marked:
        lines = f"line{'s' if len(found.marked) > 1 else ''} {listed(map(str, found.marked))}"
        notes.append(
            f"the emphasis of {lines} becomes XHTML, which comes back as `formatted`, not as a text with marks"
        )
    return found.test, found.answer_key, notes


def _written(file: Path, text: str, how: str, mode: int = 0o666) -> bool:
    """Write a file, and say what is wrong if that can't be done. One that is secret is made so from the beginning."""
    try:
        with open(file, how, encoding="utf-8", opener=lambda path, flags: os.open(path, flags, mode)) as opened:
            opened.write(text)
    except OSError as error:
        print_error(f"{file} can't be written: {error.strerror}")
        return False
    return True


def _print_findings(findings: "tuple[Diagnostic, ...]") -> None:
    for found in findings:
        print(f"{found.severity}: {found}")


def _summary(found: "Questionnaire") -> Iterator[str]:
    from pulumi_mturk.questions import summarise
    from pulumi_mturk.questions.scoring import passing_sums

    yield f"{found.name}: {summarise(found.test, found.answer_key)}"
    minutes = "not said" if found.minutes is None else count(found.minutes, "minute")
    yield f"time for it: {minutes}; another try after: {found.retry_after or 'not said, which is never'}"
    if found.pass_mark is None or found.key is None:
        return
    passing = passing_sums(found.key, found.pass_mark)
    if passing is not None and passing[0]:
        least = min(passing[0] | passing[1])
        most = f" or {min(passing[0])}, by a rounding that is not documented," if least not in passing[0] else ""
        yield f"pass mark {found.pass_mark}: {least}{most} of {found.key.highest} points at least"
