"""Values as YAML that every reader takes for the same: what some would read as another kind is in quotation marks."""

from dataclasses import dataclass
from typing import Any

import yaml

_WIDEST = 110
_TAG = "tag:yaml.org,2002:"
# Line ends to YAML 1.1, which a block would turn into another.
_NOT_IN_A_BLOCK = ("\r", "\x85", "\u2028", "\u2029")


@dataclass(frozen=True)
class Bare:
    """A number or a truth value, which is written without quotation marks."""

    text: str


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]  # PyYAML has no types
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        """Indent lists within mappings, too."""
        return super().increase_indent(flow, False)


def written(value: Any) -> str:
    """A value as a file."""
    text: str = yaml.serialize(_node(value), Dumper=_Dumper, allow_unicode=True, width=_WIDEST, indent=2)
    return text


def _node(value: Any) -> Any:
    match value:
        case Bare(text):
            # Resolved by its form, so that it stands there without marks.
            tag = yaml.SafeLoader("").resolve(yaml.ScalarNode, text, (True, False))
            return yaml.ScalarNode(tag, text)
        case dict():
            members = [(_node(name), _node(member)) for name, member in value.items()]
            return yaml.MappingNode(f"{_TAG}map", members, flow_style=_is_short(value))
        case list():
            return yaml.SequenceNode(f"{_TAG}seq", [_node(item) for item in value], flow_style=_is_short(value))
        case _:
            in_block = "\n" in value and not any(character in value for character in _NOT_IN_A_BLOCK)
            return yaml.ScalarNode(f"{_TAG}str", value, style="|" if in_block else None)


def _is_short(value: Any) -> bool:
    """Whether a list or mapping fits on a line: of numbers and ids, not of texts."""
    inner = value.values() if isinstance(value, dict) else value
    if not value:
        return True
    if isinstance(value, dict):
        return all(isinstance(one, Bare) for one in inner)
    return all(isinstance(one, str) and len(one) <= 20 and one.isprintable() for one in inner) and len(value) <= 6
