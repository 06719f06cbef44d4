"""Loading many modules at once in a process that lives for one run."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
