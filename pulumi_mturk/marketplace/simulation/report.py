"""Output of a study as JSON, and the caveat that every output has."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.simulation.study import Study

CAVEAT: Final = (
    "A simulation of assumed people, not a promise: who they are is in the make-up (--show-make-up), and much of it "
    "nobody knows."
)


def as_json(study: Study) -> str:
    """All numbers of the study."""
    return json.dumps({"caveat": CAVEAT, **dataclasses.asdict(study)}, indent=2, ensure_ascii=False)
