"""Loading many modules at once in a process that lives for one run."""

import gc
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from types import ModuleType
from typing import Final

_LANGUAGE_HOST: Final = "pulumi-language-python-exec"
"""The script by which `pulumi up` runs a program."""


@contextmanager
def without_collections() -> Iterator[None]:
    """Collect no garbage meanwhile, and look at nothing that is there by the end in later collections either.

    What modules make as they are loaded stays for as long as the process. Looking through it for garbage, more than
    forty times while it grows, takes a tenth of the time of loading.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def module_for_program(path: str) -> ModuleType:
    """A module that a program uses; at its first use the process has imported Pulumi's SDK, and this with it.

    A process that is not one of Pulumi's language host goes on after the program, such as a notebook, a test run or a
    server with the Automation API: its garbage is left alone.
    """
    if path not in sys.modules and any(PurePath(argument).name == _LANGUAGE_HOST for argument in sys.orig_argv):
        with without_collections():
            return importlib.import_module(path)
    return importlib.import_module(path)
