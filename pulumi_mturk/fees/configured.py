"""The fee schedule that a configuration names: the value of `mturk:feeSchedule`."""

from pathlib import Path

from pulumi_mturk.common.errors import ConfigurationError
from pulumi_mturk.common.projects import project_folder
from pulumi_mturk.common.text import shortened
from pulumi_mturk.fees.schedule import AMAZON_2015, KEY, Schedule
from pulumi_mturk.rules import configuration as rules

DEFAULT = AMAZON_2015.name
NONE = "none"


def schedule(value: str | None = None, folder: Path | None = None) -> Schedule | None:
    """The schedule of a value of `mturk:feeSchedule`: `amazon-2015` (the default), `none` (which is None), or a file.

    A file is named relative to `folder`, by default that of Pulumi.yaml. Raises ConfigurationError: a value that is
    no name of a schedule has to end with .yaml, .yml or .json, and that file to be as `fees.schedule_files` says.
    """
    if value in (None, DEFAULT):
        return AMAZON_2015
    if value == NONE:
        return None
    if not value.endswith((".yaml", ".yml", ".json")):
        said = f"{shortened(value)!r} is no fee schedule; write {DEFAULT}, {NONE}, or the name of a .yaml or .json file"
        raise ConfigurationError(rules.FEE_SCHEDULE.at(KEY, said))
    from pulumi_mturk.fees.schedule_files import read  # for a file alone: it loads YAML

    return read((folder or project_folder()) / value)
