"""An empty marketplace's database for a test: a copy, because to make one takes longer than most tests."""

import uuid
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pulumi_mturk.marketplace import Marketplace


@cache
def _made() -> tuple[bytes, bytes]:
    """One that was made as any is: its file, and its id."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.db"
        with Marketplace.open(path) as marketplace:
            identifier = marketplace.database_id
        return path.read_bytes(), identifier.encode()


def new_database(path: Path) -> Path:
    """Put an empty database there, with an id of its own, unless there is one."""
    if path.exists():
        return path
    content, identifier = _made()
    assert content.count(identifier) == 1
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(content.replace(identifier, uuid.uuid4().hex.encode()))
    return path
