"""Where a Pulumi project is."""

from pathlib import Path

PROJECT_FILES = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")


def project_folder() -> Path:
    """The folder of the project file, or the working directory where there is none.

    A provider process is started in the folder of the program, which is another one where the project file has `main`
    (always a folder below its own), and is not told of the project's [measured].
    """
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if _holds_project(folder)), here)


def _holds_project(folder: Path) -> bool:
    return any((folder / name).is_file() for name in PROJECT_FILES)
