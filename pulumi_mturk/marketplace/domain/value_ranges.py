"""Ranges of numbers and times on the wire and in the database."""

from __future__ import annotations

from typing import Final

INT32: Final = range(-(2**31), 2**31)
"""An `integer` of the service model, so the score of a qualification too."""
INT64: Final = range(-(2**63), 2**63)
"""A `long` of the service model."""
EARLIEST_TIME: Final = -62_135_596_800
"""Epoch seconds: the beginning of year 1, before which the clients' date types hold nothing."""
LATEST_TIME: Final = 253_402_300_799
"""Epoch seconds: the end of year 9999."""
LATEST_CLOCK: Final = 221_845_392_000
"""Epoch seconds: the beginning of year 9000. The clock goes no further, so that what lies ahead of it has a date."""
