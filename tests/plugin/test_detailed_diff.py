"""Where two sides differ, as the engine is told it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pulumi.runtime.proto.provider_pb2 import PropertyDiff

from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.plugin.detailed_diff import detailed_diff

REQUIREMENT = {"qualificationTypeId": "3XTYPE", "comparator": "In", "integerValues": [1, 2]}


def kinds(olds: dict[str, Any], news: dict[str, Any], replaces: tuple[str, ...] = ()) -> dict[str, str]:
    changed = [name for name in sorted(olds.keys() | news.keys()) if olds.get(name) != news.get(name)]
    found = detailed_diff(olds, news, changed, replaces, {"workers"})
    assert all(one.inputDiff for one in found.values())
    return {path: PropertyDiff.Kind.Name(one.kind) for path, one in found.items()}


def test_a_member_of_a_requirement_is_told_by_its_path() -> None:
    changed = REQUIREMENT | {"integerValues": [1, 3, 5], "actionsGuarded": "Accept"}
    assert kinds({"rules": [REQUIREMENT]}, {"rules": [changed]}) == {
        "rules[0].integerValues[1]": "UPDATE",
        "rules[0].integerValues[2]": "ADD",
        "rules[0].actionsGuarded": "ADD",
    }
    assert kinds({"rules": [REQUIREMENT]}, {"rules": []}, ("rules",)) == {"rules[0]": "DELETE_REPLACE"}


def test_what_is_added_removed_unknown_or_of_another_kind() -> None:
    assert kinds({"title": "A"}, {"title": "B"}, ("title",)) == {"title": "UPDATE_REPLACE"}
    assert kinds({}, {"test": "<x/>"}) == {"test": "ADD"}
    assert kinds({"test": "<x/>"}, {}) == {"test": "DELETE"}
    assert kinds({"title": "A"}, {"title": UNKNOWN}) == {"title": "UPDATE"}
    assert kinds({"rules": [{"a": 1}]}, {"rules": "text"}) == {"rules": "UPDATE"}


def test_of_a_list_of_workers_its_name_alone_is_told() -> None:
    assert kinds({"workers": ["A1EXAMPLE"]}, {"workers": ["A1EXAMPLE", "A2EXAMPLE"]}) == {"workers": "UPDATE"}
    assert kinds({"workers": ["A1EXAMPLE"]}, {}) == {"workers": "DELETE"}


def test_a_member_that_was_found_to_differ_is_told_even_if_its_plain_form_is_the_same() -> None:
    assert detailed_diff({"a": 1}, {"a": 1}, ["a"], [], ())["a"].kind == PropertyDiff.UPDATE


trees = st.recursive(
    st.integers(0, 2), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner)
)


@given(st.dictionaries(st.sampled_from("abc"), trees), st.dictionaries(st.sampled_from("abc"), trees))
def test_each_member_that_differs_has_a_path_and_no_other_has(olds: dict[str, Any], news: dict[str, Any]) -> None:
    differing = {name for name in olds.keys() | news.keys() if olds.get(name) != news.get(name)}
    assert {path[0] for path in kinds(olds, news)} == differing
