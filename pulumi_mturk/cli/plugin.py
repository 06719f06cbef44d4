"""`pulumi-mturk plugin`: install the plugin `pulumi-resource-mturk`, and say which one a project gets."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from pulumi_mturk.cli.common import Status, examples, file_path, option, print_error

app: Final = typer.Typer(
    help="The plugin pulumi-resource-mturk, for what Pulumi's dynamic providers can't do: explicit providers, imports, "
    "programs in YAML. A Python program without these needs none.",
    epilog=examples(
        ("once in each virtual environment", "pulumi-mturk plugin install"),
        ("in a project's folder", "pulumi-mturk plugin status"),
    ),
)
_WAY_OUT: Final = "run `pulumi-mturk plugin install` in the project's virtual environment"


@app.command()
def install(
    folder: Annotated[
        Path | None,
        option(
            "--folder",
            metavar="FOLDER",
            help="Another place, for a project that names it under plugins: in its Pulumi.yaml. Default: Pulumi's "
            "plugin folder, for all projects.",
            parser=file_path,
        ),
    ] = None,
) -> int:
    """Install the plugin of this virtual environment, so that Pulumi finds it.

    A small launcher is written into Pulumi's plugin folder ($PULUMI_HOME/plugins, or ~/.pulumi/plugins), under the
    version of this package. It starts this environment's Python: when the environment is removed, the plugin is gone;
    when the package is upgraded, run this again.
    """
    from pulumi_mturk.plugin import installation

    try:
        launcher = installation.install(folder)
    except OSError as error:
        print_error(f"{error.filename} can not be written: {error.strerror}.")
        return Status.ERROR
    print(launcher)
    return Status.DONE


@app.command()
def status() -> int:
    """Show which plugin the project in this folder gets, where Pulumi looks for it, and what is wrong.

    The places are in Pulumi's order: plugins: in Pulumi.yaml, PATH, Pulumi's plugin folder. A program gets the first
    one that has the version of its package; a program in YAML, which has none, the newest of a place that is no
    pre-release. The exit status is 0 if that is this environment's own, else 2.
    """
    from pulumi_mturk.common.projects import runtime_of
    from pulumi_mturk.common.versions import package_version
    from pulumi_mturk.plugin import installation

    project = _project()
    if project is None:
        return Status.ERROR
    found = installation.look(*project)
    taken = installation.taken(found, project[1])
    whose = (
        "programs in YAML" if runtime_of(project[1]) == "yaml" else f"programs with pulumi-mturk {package_version()}"
    )
    print(f"For {whose}, in the order in which Pulumi looks:")
    for one in found:
        version = f", version {one.version}" if one.version else ""
        print(f"{'*' if one is taken else ' '} {one.place}{version}: {one.path}")
        if one.problem:
            print(f"    {one.problem}")
    if not found:
        print("  none")
    if taken is None:
        print_error(f"there is none for {whose}: {_WAY_OUT}.")
        return Status.ERROR
    if taken.problem:
        way_out = f"{_WAY_OUT}{_first(taken.place, taken.version)}"
        print_error(f"the plugin that is taken (*) is not this environment's own: {way_out}.")
        return Status.ERROR
    print("The plugin that is taken (*) is this environment's own.")
    return Status.DONE


def _first(place: str, version: str | None) -> str:
    """What has to be done for what stands before the one that would be installed."""
    from pulumi_mturk.common.versions import package_version

    if place == "plugin folder" and version != package_version():
        return f", and take the newer one away: `pulumi plugin rm resource mturk {version}`"
    if place == "Pulumi.yaml":
        return ", with --folder and the folder that plugins: names"
    return ", and take the other one off PATH" if place == "PATH" else ""


def _project() -> tuple[Path, Mapping[str, Any]] | None:
    import yaml

    from pulumi_mturk.cli.stack_files import mapping_in
    from pulumi_mturk.common.projects import project_file

    file = project_file()
    if file is None:
        return Path.cwd(), {}
    try:
        return file.parent, mapping_in(file)
    except (OSError, ValueError, yaml.YAMLError):
        print_error(f"{file.name} can not be read as YAML: mend it first.")
        return None
