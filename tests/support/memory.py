"""How much memory a process holds, as Linux tells it."""

import re
from pathlib import Path


def resident(pid: int) -> int:
    """Bytes that a process holds now."""
    return _status(str(pid), "VmRSS")


def most_resident() -> int:
    """The most bytes that this process has held. What getrusage tells begins with what its parent held."""
    return _status("self", "VmHWM")


def _status(process: str, name: str) -> int:
    (kilobytes,) = re.findall(rf"{name}:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(kilobytes) * 1024
