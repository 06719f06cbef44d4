"""What a provider process does when its run ends."""

import threading
import time
from pathlib import Path

from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.provider.instance import ProviderInstance
from pulumi_mturk.provider.receipts import Receipts
from pulumi_mturk.provider.shell import Shell


class OnASlowDisk(Receipts):
    """Receipts whose removal takes as long as a test likes."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.released = threading.Event()

    def settle_answered(self) -> None:
        self.released.wait()


def shell_with(receipts: Receipts) -> Shell:
    shell = Shell()
    shell.instance = ProviderInstance(Configuration(), lambda: None, receipts=receipts)  # type: ignore[arg-type,return-value]
    return shell


def test_a_slow_disk_keeps_no_run_from_its_end(tmp_path: Path) -> None:
    receipts = OnASlowDisk(tmp_path)
    shell = shell_with(receipts)
    begun = time.monotonic()
    shell.cancel()
    assert time.monotonic() - begun < 5  # when the engine gives a provider up
    assert shell.instance is not None
    assert shell.instance.cancelled.is_set()
    receipts.released.set()


def test_receipts_stay_while_an_operation_is_under_way(tmp_path: Path) -> None:
    settled: list[bool] = []

    class Noted(Receipts):
        def settle_answered(self) -> None:
            settled.append(True)

    shell = shell_with(Noted(tmp_path))
    with shell.operation():
        shell.cancel()
        assert settled == []
    shell.cancel()
    assert settled == [True]
