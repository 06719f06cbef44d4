"""Somebody else's dynamic provider in the same stack, and so in the same process: nothing of ours changes theirs."""

import re

import pytest

from pulumi_mturk.marketplace import Fault, Marketplace
from tests.support.pulumi_cli import Stack

FOREIGN = """
from pulumi.dynamic import CreateResult, Resource, ResourceProvider

class Trouble(Exception):
    pass

class Theirs(ResourceProvider):
    def create(self, props):
        if props["fails"]:
            raise Trouble("in words of its own")
        return CreateResult("theirs", props)

class Thing(Resource):
    def __init__(self, name, opts=None, **props):
        super().__init__(Theirs(), name, props, opts)
"""
OURS = 'tier = mturk.QualificationType("tier", description="Took part.")\n'


def failure(text: str) -> str:
    """What is said of theirs, without the numbers of lines."""
    diagnostics = text.partition("Diagnostics:")[2]
    found = re.search(r"Traceback.*?Trouble: in words of its own", diagnostics, re.DOTALL)
    assert found is not None, text
    return re.sub(r"line \d+", "line", found.group())


@pytest.mark.slow
def test_its_errors_are_told_as_without_us_and_its_resources_live(stack: Stack, marketplace: Marketplace) -> None:
    alone = stack.program(FOREIGN + 'Thing("thing", fails=True)\n').up()
    assert alone.code != 0

    marketplace.inject(Fault("access_denied", "DeleteQualificationType"))
    together = FOREIGN + OURS
    both = stack.program(together + 'Thing("thing", fails=True, opts=pulumi.ResourceOptions(depends_on=tier))\n').up()
    assert both.code != 0
    assert failure(both.text) == failure(alone.text)
    assert "tier" in stack.resources()

    stack.program(together + 'Thing("thing", fails=False, opts=pulumi.ResourceOptions(depends_on=tier))\n').up().ok()
    stack.unchanged()
    # Ours is told in a sentence all the same.
    refused = stack.destroy().refused()
    assert "DeleteQualificationType: " in refused.text
    stack.destroy().ok()
