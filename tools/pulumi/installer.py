"""Pulumi's own installer, as Pulumi's Python SDK offers it: `installer.py FOLDER VERSION`.

The SDK knows where the installer is, so no address has to be kept here. It installs into FOLDER and nowhere
else: no shell profile is edited. Run in the project's virtual environment, which has the SDK.
"""

import signal
import sys

from pulumi.automation import PulumiCommand
from semver import VersionInfo

REACH_SECONDS = 8


def reached(event: str, args: tuple[object, ...]) -> None:
    """Stop the clock when the installer, fetched by now, is started: its own download may take minutes."""
    if event == "subprocess.Popen" and "--install-root" in str(args[1]):
        signal.alarm(0)


# The SDK's download has no time limit. The alarm's default action ends this process, wherever it waits: for a
# name server, too, where Python code could not interrupt it.
sys.addaudithook(reached)
signal.alarm(REACH_SECONDS)
PulumiCommand.install(root=sys.argv[1], version=VersionInfo.parse(sys.argv[2]))
