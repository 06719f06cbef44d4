"""Functions and classes that run with a mock."""

import asyncio
import inspect
import unittest
from collections.abc import AsyncGenerator, Callable, Generator

import boto3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.testing import MockMarketplace, mock_mturk
from tests.testing.conftest import names, new_type, outside


@mock_mturk
def injected(first: int, marketplace: MockMarketplace, *, last: int = 3) -> tuple[int, MockMarketplace, int]:
    return first, marketplace, last


def test_the_marketplace_is_given_by_a_parameter_that_the_signature_hides() -> None:
    assert list(inspect.signature(injected).parameters) == ["first", "last"]
    assert "marketplace" not in inspect.get_annotations(injected)
    found = injected(1, last=2)
    assert (found[0], type(found[1]), found[2]) == (1, MockMarketplace, 2)
    with mock_mturk() as outer:
        assert injected(1)[1] is outer
        assert injected(1, marketplace=None)[1] is None
    assert injected.__name__ == "injected"


def test_a_parameter_that_can_not_be_given_is_told_at_once() -> None:
    def positional(marketplace: object, /) -> None: ...

    with pytest.raises(TypeError, match="make it an ordinary parameter"):
        mock_mturk(positional)


@mock_mturk(balance="3.00")
async def awaited(marketplace: MockMarketplace) -> str:
    await asyncio.sleep(0)
    assert marketplace.worker()
    return boto3.client("mturk").get_account_balance()["AvailableBalance"]


def test_coroutine_functions_stay_so_and_are_answered_to_their_end() -> None:
    async def both() -> set[str]:
        return set(await asyncio.gather(awaited(), awaited()))

    assert inspect.iscoroutinefunction(awaited)
    assert asyncio.run(both()) == {"3.00"}
    assert outside()


def test_generators_are_answered_until_they_end() -> None:
    @mock_mturk
    def yields(marketplace: MockMarketplace) -> Generator[object]:
        yield marketplace
        yield names()

    @mock_mturk
    async def async_yields() -> AsyncGenerator[object]:
        yield names()

    async def use() -> object:
        items = async_yields()
        found = await anext(items)
        assert not outside()
        await items.aclose()
        return found

    running = yields()
    assert outside()
    assert isinstance(next(running), MockMarketplace)
    assert not outside()
    assert next(running) == []
    running.close()
    assert outside()
    assert asyncio.run(use()) == []
    assert outside()


class Unit(unittest.TestCase):
    """Collected by nobody: the test below runs it."""

    __test__ = False

    def setUp(self) -> None:
        new_type(boto3.client("mturk"))

    def test_one(self) -> None:
        self.assertEqual(names(), ["Receipts"])  # noqa: PT009
        new_type(boto3.client("mturk"), "Another")

    def test_two(self, marketplace: MockMarketplace | None = None) -> None:
        self.assertEqual(names(), ["Receipts"])  # noqa: PT009
        self.assertIsInstance(marketplace, MockMarketplace)  # noqa: PT009

    def tearDown(self) -> None:
        assert "Receipts" in names()


def test_each_test_of_a_unittest_class_has_a_marketplace_with_what_set_it_up() -> None:
    class Decorated(Unit): ...

    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(mock_mturk(Decorated)).run(result)

    assert (result.testsRun, result.errors, result.failures) == (2, [], [])
    assert outside()
    for plain in (Unit.setUp, Unit.run):
        assert not hasattr(plain, "__wrapped__")


@mock_mturk
class TestOfPytest:
    """pytest runs it, and its method that sets each test up, with a marketplace for each."""

    def setup_method(self) -> None:
        new_type(boto3.client("mturk"))

    def test_one(self) -> None:
        assert names() == ["Receipts"]
        new_type(boto3.client("mturk"), "Another")

    def test_two(self, tmp_path: object, marketplace: MockMarketplace) -> None:
        assert names() == ["Receipts"]
        assert tmp_path
        assert marketplace.worker()

    @staticmethod
    def test_three() -> None:
        assert names() == ["Receipts"]

    class TestInner:
        def test_four(self) -> None:
            assert names() == []

    def teardown_method(self, method: Callable[[], None]) -> None:
        assert method.__name__.startswith("test_")
        assert "Receipts" in names()


class TestOfPytestAgain(TestOfPytest):
    """Made of a decorated class, with a set-up of its own that does not call the other's."""

    def setup_method(self) -> None:
        assert outside()
        with mock_mturk():
            assert names() == []

    test_one = test_two = test_three = None  # type: ignore[assignment]

    def test_five(self) -> None:
        assert outside()

    def teardown_method(self, method: Callable[[], None]) -> None:
        with mock_mturk():
            new_type(boto3.client("mturk"))
            super().teardown_method(method)


def test_a_plain_class_works_without_pytest_too() -> None:
    @mock_mturk
    class Plain:
        def ask(self) -> list[str]:
            return names()

    assert Plain().ask() == []
    assert outside()


@given(st.integers())
@mock_mturk
def test_each_example_of_hypothesis_has_a_marketplace(number: int, marketplace: MockMarketplace) -> None:
    assert names() == []
    new_type(boto3.client("mturk"), f"Number {number}")
    assert marketplace.worker()
