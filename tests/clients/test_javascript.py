"""The JavaScript SDK, version 3, against a server: one process, since starting it is what takes long."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.marketplace.api_calls import QUESTION

if TYPE_CHECKING:
    import subprocess

    from pulumi_mturk.marketplace import Marketplace, Server
    from tests.clients.conftest import Shell

SCENARIO = Path(__file__).parent / "js" / "scenario.mjs"


def run(shell: Shell, server: Server, key_id: str, secret: str) -> subprocess.CompletedProcess[str]:
    return shell(
        "node",
        SCENARIO,
        more={
            "AWS_ENDPOINT_URL_MTURK": server.url,
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": key_id,
            "AWS_SECRET_ACCESS_KEY": secret,
            "QUESTION": QUESTION,
            "NODE_NO_WARNINGS": "1",  # of Node's age
        },
    )


def test_its_signatures_are_verified_also_where_the_marketplaces_clock_was_advanced(
    shell: Shell, server: Server, marketplace: Marketplace
) -> None:
    made = marketplace.accounts.add_key("study")
    marketplace.advance(86_400)  # to whose time it would set its own, if the answers had it
    right = run(shell, server, made.key_id, made.secret)
    assert (right.returncode, right.stderr) == (0, "")
    wrong = run(shell, server, made.key_id, f"{made.secret}x")
    assert "InvalidSignatureException: The request signature we calculated does not match" in wrong.stderr
    assert made.secret not in wrong.stderr


def test_a_scenario_a_paginator_and_an_error(shell: Shell, server: Server, marketplace: Marketplace) -> None:
    done = run(shell, server, "example", "example")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    refused = found.pop("refused")
    assert found == {
        "balance": "10000.00",
        "created": True,
        "granted": ["$metadata"],
        "lifetime": 3_600_000,
        "reward": "0.10",
        "requirement": "Exists",
        "pages": [["A0EXAMPLE", "A1EXAMPLE"], ["A2EXAMPLE", "A3EXAMPLE"], ["A4EXAMPLE"], []],
    }
    assert re.fullmatch(r".*does not exist\. \([0-9]{13}\)", refused.pop("message"))
    assert re.fullmatch(r"[0-9a-f-]{36}", refused.pop("requestId"))
    assert refused == {
        "modelled": True,
        "name": "RequestError",
        "code": "AWS.MechanicalTurk.HITDoesNotExist",
        "status": 400,
    }
    assert [hit.status for hit in marketplace.summary().hits] == ["Reviewable"]
