"""The page of what the marketplace does: what the docstrings of its rules state, each statement with its label."""

import ast
import inspect
import re
from collections import Counter
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi_mturk import marketplace
from pulumi_mturk.marketplace.api.operations import READS, WRITES
from pulumi_mturk.marketplace.switches import describe
from tools.markdown import table

_CODE = Path(marketplace.__path__[0])
LABELS = ("documented", "observed", "guessed")
_STATEMENT = re.compile(rf"(\S.*?) \(([^()]*\b(?:{'|'.join(LABELS)})\b[^()]*)\)\.(?= |$)")
_SECTION = re.compile(r"\n\s*(?:Args|Raises|Returns|Yields):\n.*", re.DOTALL)
_SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-Z`\"'0-9])")
_WORKERS_SIDE = (
    "answer_keys",
    "answer_validation",
    "eligibility",
    "qualification_requests",
    "question_form_answers",
    "question_forms",
    "worker_assignments",
    "worker_attributes",
    "worker_hits",
    "worker_statistics",
    "workers",
)
"""The modules of `domain` about what workers do; the others are about requesters, or about both."""
_INTRODUCTION = """\
# What the marketplace does, and how sure that is

Generated from the docstrings of `pulumi_mturk/marketplace` by `make generate`: what stands here stands beside the code
that does it. Nothing in the marketplace was ever run against Amazon's service. So each statement has a label:

- **documented**: a document of AWS says so, today's or one of the old API, or the service model does;
- **observed**: somebody saw it on the real service and published it;
- **guessed**: nobody published anything, and this is what seems most likely, or what most clients can live with.

Where more is said of a label, it is in the same cell; a statement with two labels counts as the less sure one. What is
doubtful and matters to clients can be [switched](#switches).
"""


@dataclass(frozen=True)
class Statement:
    """One thing that the marketplace does."""

    text: str
    label: str
    """One of the labels, perhaps with more words."""

    def sureness(self) -> str:
        """The least sure label that is named."""
        return next(label for label in reversed(LABELS) if re.search(rf"\b{label}\b", self.label))


def statements(docstring: str) -> list[Statement]:
    """The statements of a docstring: the sentences that end with a label in brackets."""
    return [Statement(_SENTENCE_END.split(text)[-1], label) for text, label in _STATEMENT.findall(_flowing(docstring))]


def unlabelled(docstring: str) -> list[str]:
    """The sentences of a docstring that have no label; sections such as `Raises:` apart."""
    text = _flowing(docstring)
    before = [part for found in _STATEMENT.finditer(text) for part in _SENTENCE_END.split(found[1])[:-1]]
    rest = _STATEMENT.sub("", text).strip()
    return before + _SENTENCE_END.split(rest) * bool(rest)


def page() -> str:
    """The whole page."""
    rules = {**WRITES, **READS}
    parts = [*_operations(rules), *_shared(rules), *_people(), *_errors(), *_switches()]
    everything = [statement for part in parts for statement in part.statements]
    text = "\n".join(part.text for part in parts)
    return f"{_INTRODUCTION}\n{_counts(everything)}\n{text}"


@dataclass(frozen=True)
class _Part:
    text: str
    statements: list[Statement]


@dataclass(frozen=True)
class _Module:
    """A file of the marketplace: read, not imported, as only its docstrings are wanted."""

    name: str
    docstring: str
    functions: dict[str, str]
    """Docstrings of its functions, in its order."""

    @property
    def title(self) -> str:
        return re.split(r"[:;]|\.(?=\s|$)", self.docstring)[0]


def _operations(rules: dict[str, Callable[..., Any]]) -> Iterator[_Part]:
    yield _Part("## The operations of the API\n", [])
    operations = {(rule.__module__.rpartition(".")[2], rule.__name__): name for name, rule in rules.items()}
    modules = {module.name: module for module in _modules("api")}
    for module in (modules[name] for name in dict.fromkeys(name for name, _ in operations)):
        yield _Part(f"### {module.title}\n", [])
        for function, docstring in module.functions.items():
            if operation := operations.get((module.name, function)):
                found = statements(docstring.removeprefix(f"{operation}: "))
                rows = ((_sentence(statement.text), statement.label) for statement in found)
                yield _Part(f"#### {operation}\n\n{table(('What it does', 'Label'), rows)}", found)


def _shared(rules: dict[str, Callable[..., Any]]) -> Iterator[_Part]:
    yield _Part("## What operations share, and what time brings about\n", [])
    yield from _labelled([module for module in _modules("domain") if module.name not in _WORKERS_SIDE])
    yield from _labelled(_modules("api"), besides={rule.__name__ for rule in rules.values()})
    yield from _labelled([*_modules("server"), *_modules("proxy"), *_modules("testing")])


def _people() -> Iterator[_Part]:
    yield _Part("## The worker's side\n", [])
    yield from _labelled([module for module in _modules("domain") if module.name in _WORKERS_SIDE])
    yield from _labelled(_modules("web"))


def _errors() -> Iterator[_Part]:
    yield _Part("## Errors\n", [])
    yield from _labelled([module for module in _modules(".") if module.name == "errors"])


def _switches() -> Iterator[_Part]:
    rows = (
        (f"`{item.name}`", item.values, f"`{item.default}`" if item.default else "nothing", item.label, item.meaning)
        for item in describe()
    )
    yield _Part(
        "## Switches\n\n`pulumi-mturk marketplace --switch name=value` sets them, or `Marketplace.set_switches`; they "
        "are kept in the\ndatabase. The label says how sure the default is.\n\n"
        + table(("Switch", "Values", "Default", "Label", "Meaning"), rows),
        [Statement(item.meaning, item.label) for item in describe()],
    )


def _labelled(modules: list[_Module], besides: AbstractSet[str] = frozenset()) -> Iterator[_Part]:
    """A table for each module in which anything is labelled."""
    for module in modules:
        docstrings = {"": module.docstring, **module.functions}
        found = [(name, item) for name, text in docstrings.items() if name not in besides for item in statements(text)]
        if found:
            rows = ((f"`{name}`" if name else "", _sentence(item.text), item.label) for name, item in found)
            text = table(("In the code", "What it does", "Label"), rows)
            yield _Part(f"### {module.title}\n\n{text}", [item for _, item in found])


def _modules(folder: str) -> list[_Module]:
    return [_read(file) for file in sorted((_CODE / folder).glob("*.py"))]


def _read(file: Path) -> _Module:
    tree = ast.parse(file.read_bytes())
    functions = {node.name: ast.get_docstring(node) or "" for node in tree.body if isinstance(node, ast.FunctionDef)}
    return _Module(file.stem, ast.get_docstring(tree) or file.stem, functions)


def _counts(everything: list[Statement]) -> str:
    counted = Counter(statement.sureness() for statement in everything)
    return table(("Label", "Statements"), [(label, str(counted[label])) for label in LABELS])


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _flowing(docstring: str) -> str:
    return " ".join(_SECTION.sub("", inspect.cleandoc(docstring)).split())
