"""Fixtures for pytest, which finds them by the entry point `pytest11`. What they need is imported where one is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.testing.mock_marketplace import MockMarketplace
    from pulumi_mturk.testing.stack import Stacks
    from pulumi_mturk.testing.workers import Worker


@pytest.fixture
def mturk_marketplace() -> Iterator[MockMarketplace]:
    """A fresh marketplace, to which boto3's calls of Mechanical Turk go: `mock_mturk()` for the length of a test.

    Write a fixture of this name with `mock_mturk(environment="production")` or other arguments, and the others use it.
    """
    from pulumi_mturk.testing.mock import mock_mturk

    with mock_mturk() as marketplace:
        yield marketplace


@pytest.fixture
def mturk_worker(mturk_marketplace: MockMarketplace) -> Worker:
    """A worker in the United States who has done nothing yet; others are made by `mturk_marketplace.worker`."""
    return mturk_marketplace.worker(country="US")


@pytest.fixture
def mturk_client(mturk_marketplace: MockMarketplace) -> MTurkClient:
    """The requester's boto3 client."""
    import boto3

    return boto3.client("mturk")


@pytest.fixture
def mturk_stack(mturk_marketplace: MockMarketplace, tmp_path_factory: pytest.TempPathFactory) -> Stacks:
    """Makes stacks of Pulumi projects: `mturk_stack("study", config={…})` is one of Pulumi's Automation API.

    The marketplace, with all that is in it, moves to a file, where the stack's provider finds it.
    """
    from pulumi_mturk.testing.stack import Stacks

    return Stacks(mturk_marketplace, tmp_path_factory)
