"""R20: faults put into the provider, one at a time, and whether a test finds each.

A fault is a small change of the syntax tree of a module: another comparison, `and` for `or`, a call, a raise or a
returned value left out, another number. Which ones are tried is drawn from a seed, evenly from all modules.
"""

import ast
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.reliability.figure import Figure, Measured

ROOT = Path(__file__).parents[2]
PACKAGE = "pulumi_mturk"
SECONDS = 600
# Modules, and the tests that have to find a fault in them, those first that find most.
MODULES = {
    "api/client.py": ("tests/unit", "tests/property"),
    "api/connection.py": ("tests/unit",),
    "api/errors.py": ("tests/unit",),
    "api/limiter.py": ("tests/unit",),
    "api/retry.py": ("tests/unit",),
    "provider/dynamic_adapter.py": ("tests/unit", "tests/cli/test_errors.py", "tests/cli/test_environment.py"),
    "provider/embedded.py": ("tests/unit",),
    "provider/engine.py": ("tests/unit", "tests/cli/test_roster_interrupted.py", "tests/cli/test_roster_partial.py"),
    "provider/instance.py": ("tests/unit", "tests/cli/test_environment.py"),
    "provider/lifecycle.py": ("tests/unit", "tests/property"),
    "provider/ownership.py": ("tests/unit",),
    "resources/grant_changes.py": ("tests/unit", "tests/property"),
    "resources/hit_type.py": ("tests/unit", "tests/property"),
    "resources/qualification_grant.py": ("tests/unit", "tests/property"),
    "resources/qualification_roster.py": ("tests/unit", "tests/property"),
    "resources/qualification_type.py": ("tests/unit", "tests/property", "tests/cli/test_qualification_type_changes.py"),
    "resources/qualification_type_state.py": ("tests/unit", "tests/property"),
    "resources/worker_block.py": ("tests/unit", "tests/property"),
}
OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
# Faults that no test finds, by module and changed line, and why that is no gap.
EXPLAINED: dict[tuple[str, str], str] = {}


@dataclass(frozen=True)
class Mutant:
    """A module with one fault."""

    module: str
    line: int
    was: str
    now: str
    source: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.was} -> {self.now}"


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of a node."""
    match node:
        case ast.Compare(ops=[operator]):
            changed = deepcopy(node)
            changed.ops = [OPPOSITE[type(operator)]()]
            yield changed
        case ast.BoolOp():
            changed_bool = deepcopy(node)
            changed_bool.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield changed_bool
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.Return(value=value) if value is not None and not isinstance(value, ast.Constant):
            yield ast.Return(value=ast.Constant(None))
        case ast.Raise() if node.exc is not None:
            yield ast.Pass()
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.Constant(value=bool() as truth):
            yield ast.Constant(not truth)
        case ast.Constant(value=int() as number):
            yield ast.Constant(number + 1)


# What holds no behaviour that a test of ours could see: annotations, texts for schemas, imports for types.
_SILENT = ("annotation", "returns", "decorator_list")


def _nodes(parent: ast.AST) -> Iterator[tuple[ast.AST, str, int | None]]:
    """Every node below: its parent, and where it is there."""
    for field, value in ast.iter_fields(parent):
        if field in _SILENT or (isinstance(parent, ast.If) and "TYPE_CHECKING" in ast.unparse(parent.test)):
            continue
        children = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, child in children:
            if isinstance(child, ast.AST):
                yield parent, field, index
                yield from _nodes(child)


def mutants(module: str) -> Iterator[Mutant]:
    """All faults of a module, within its functions."""
    text = (ROOT / PACKAGE / module).read_text(encoding="utf-8")
    tree = ast.parse(text)
    for function in _functions(tree):
        for statement in function.body:
            holder = ast.Module([statement], [])
            for parent, field, index in _nodes(holder):
                value = getattr(parent, field)
                node = value if index is None else value[index]
                for change in _changes(node):
                    was = ast.unparse(node)
                    _put(parent, field, index, ast.copy_location(change, node))
                    if holder.body[0] is not statement:
                        function.body[function.body.index(statement)] = holder.body[0]
                    source = ast.unparse(ast.fix_missing_locations(tree))
                    if holder.body[0] is not statement:
                        function.body[function.body.index(holder.body[0])] = statement
                    _put(parent, field, index, node)
                    yield Mutant(module, node.lineno, was[:120], ast.unparse(change)[:120], source)


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """The functions and methods of a module, without those inside of others."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node)


def _put(parent: ast.AST, field: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[index] = node


def drawn(count: int, seed: int) -> list[Mutant]:
    """So many faults, evenly from all modules."""
    draw = random.Random(seed)  # noqa: S311
    left = {module: list(mutants(module)) for module in MODULES}
    for found in left.values():
        draw.shuffle(found)
    chosen: list[Mutant] = []
    while len(chosen) < count and any(left.values()):
        for found in left.values():
            if found and len(chosen) < count:
                chosen.append(found.pop())
    return chosen


def _is_caught(mutant: Mutant, copy: Path) -> bool:
    file = copy / PACKAGE / mutant.module
    sound = file.read_text(encoding="utf-8")
    file.write_text(mutant.source, encoding="utf-8")
    try:
        return any(_fails(tests, copy) for tests in MODULES[mutant.module])
    finally:
        file.write_text(sound, encoding="utf-8")


def _fails(tests: str, copy: Path) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-m", "not slow", "-p", "no:cacheprovider", tests]
    environment = {**os.environ, "PYTHONPATH": str(copy), "CI": "true", "HYPOTHESIS_PROFILE": "brief"}
    try:
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def _copied(folder: str) -> Path:
    """A copy of what tests need, in which faults can be put."""
    copy = Path(folder)
    for name in (PACKAGE, "tests", "tools", "examples", "docs", "benchmarks"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules", "bin"))
    for file in ROOT.glob("*.*"):
        if file.is_file():
            shutil.copy(file, copy)
    shutil.copy(ROOT / "Makefile", copy)
    return copy


def _faults_are_found(runs: int, seed: int) -> Measured:
    survivors: list[Mutant] = []
    chosen = drawn(runs, seed)

    def work(mine: list[Mutant]) -> None:
        with TemporaryDirectory() as folder:
            copy = _copied(folder)
            for mutant in mine:
                caught = _is_caught(mutant, copy)
                print(f"   {'caught' if caught else 'SURVIVED'}: {mutant}", flush=True)
                if not caught:
                    survivors.append(mutant)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, (chosen[::2], chosen[1::2])))
    caught = len(chosen) - len(survivors)
    unexplained = [mutant for mutant in survivors if (mutant.module, mutant.was) not in EXPLAINED]
    result = f"{caught} of {len(chosen)} caught, {len(survivors) - len(unexplained)} survivors explained"
    if unexplained:
        result += f", {len(unexplained)} not: " + "; ".join(map(str, unexplained))
    return Measured(len(chosen), result, reached=caught >= 0.95 * len(chosen) and not unexplained)


FIGURES = [
    Figure(
        "R20",
        "A fault in lifecycle, retry, client, resources or adapters is found by a test",
        "faults in the syntax tree, one at a time, drawn evenly from 18 modules; the tests of the module run on each",
        "at least 95 % of 60 caught, survivors explained",
        _faults_are_found,
        short=0,
        long=60,
    ),
]
