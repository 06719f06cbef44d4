"""Loading many modules at once in a process that lives for one run."""

import gc
import importlib
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


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

    Other threads than the main one run programs of a process that goes on (Automation API): its garbage is left alone.
    """
    if path not in sys.modules and threading.current_thread() is threading.main_thread():
        with without_collections():
            return importlib.import_module(path)
    return importlib.import_module(path)
