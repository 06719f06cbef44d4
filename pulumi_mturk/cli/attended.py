"""A command that has the terminal while this process waits for it. POSIX alone: Windows lacks the signals."""

import os
import signal
import subprocess
from typing import Final

from pulumi_mturk.cli.common import Status, print_error

_PASSED_ON: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2)
_FROM_THE_TERMINAL: Final = (signal.SIGINT, signal.SIGQUIT)


def attend(command: list[str], environment: dict[str, str]) -> int:
    """Run a command to its end, and pass on to it the signals that mean it."""
    process: subprocess.Popen[bytes] | None = None
    early: list[int] = []

    def pass_on(number: int, _: object) -> None:
        if process is None:
            early.append(number)
        elif number not in _FROM_THE_TERMINAL or not _in_foreground():
            process.send_signal(number)

    before = {number: signal.signal(number, pass_on) for number in (*_PASSED_ON, *_FROM_THE_TERMINAL)}
    try:
        process = subprocess.Popen(command, env=environment)  # noqa: S603 - what the user asked for
        for number in early:
            process.send_signal(number)
        status = process.wait()
    except FileNotFoundError:
        print_error(f"There is no command {command[0]!r}.")
        return Status.NOT_FOUND
    except OSError as error:
        print_error(f"{command[0]!r} can not be run: {error.strerror}.")
        return Status.NOT_EXECUTABLE
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return status if status >= 0 else 128 - status


def _in_foreground() -> bool:
    """Whether what is typed at a terminal, such as Ctrl-C, comes to the command as it comes to us."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    finally:
        os.close(terminal)
