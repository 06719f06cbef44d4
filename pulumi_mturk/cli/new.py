"""`pulumi-mturk new`: a project from one of the templates that the package brings along."""

import re
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from pulumi_mturk.cli.common import Status, argument, examples, file_path, print_error
from pulumi_mturk.common.shipped import shipped
from pulumi_mturk.common.text import count

Template = Literal["study", "team"]
EPILOG: Final = examples(
    ("a study in a new folder", "pulumi-mturk new study memory-2027"),
    ("in this folder, which is empty", "pulumi-mturk new team"),
    (
        "the same from a clone of this project, by Pulumi itself",
        "pulumi new --generate-only ../pulumi-mturk/templates/study",
    ),
)
# What a run of a template's program or tests leaves in it.
_LEFT: Final = {"__pycache__", ".pytest_cache", ".mturk"}
_NEXT: Final = """\
Next, in {folder}:
  python -m pip install -r requirements.txt    # README.md says how, where no package index has pulumi-mturk
  pulumi login --local                         # or any other backend
  pulumi stack init dev
  pulumi up
  python -m pytest
README.md goes on from there."""


def new(
    template: Annotated[Template, typer.Argument(metavar="TEMPLATE", help="study or team.")],
    folder: Annotated[
        Path | None,
        argument(metavar="FOLDER", help="Where to; made if it is not there (default: this one).", parser=file_path),
    ] = None,
) -> int:
    """Make a project of Pulumi from a template: program, test, lists, publish script, CI workflow, and tests of it all.

    `study` is one task for who passes a test and took no part before. `team` is a team with scores from a spreadsheet,
    tasks that pay by them, and a test for who wants to join.

    The folder has to be empty, and the project gets its name.
    """
    target = (folder or Path()).absolute()
    shown = folder or "this folder"
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            print_error(f"{shown} is not an empty folder")
            return Status.ERROR
        made = make(template, target)
    except OSError as error:
        print_error(f"the project can not be written to {shown}: {error.strerror}")
        return Status.ERROR
    print(f"Made the project {project_name(target)!r} from the template {template!r}: {count(made, 'file')}.")
    print(_NEXT.format(folder=shown))
    return Status.DONE


def make(template: Template, target: Path) -> int:
    """Write the template's files to a folder; returns how many. Raises OSError."""
    source, project = templates_folder() / template, project_name(target)
    files = [file.relative_to(source) for file in sorted(source.rglob("*")) if file.is_file()]
    files = [file for file in files if _LEFT.isdisjoint(file.parts)]
    for file in files:
        copy = target / file
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = (source / file).read_text(encoding="utf-8")
        copy.write_text(_filled_in(file.name, text, project), encoding="utf-8")
    return len(files)


def templates_folder() -> Path:
    """Where the templates are."""
    return shipped("templates")


def project_name(folder: Path) -> str:
    """The project's name: that of its folder, in the characters that Pulumi allows, at most 100."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", folder.resolve().name).strip("-")[:100] or "study"


def _filled_in(name: str, text: str, project: str) -> str:
    """A file as `pulumi new` writes it: with the project's name, and without what concerns the template."""
    if name != "Pulumi.yaml":
        return text
    head, _, about = text.partition("template:\n")
    (description,) = re.findall(r"^  description: (.*)$", about, re.MULTILINE)
    return head.replace("${PROJECT}", project).replace("${DESCRIPTION}", description)
