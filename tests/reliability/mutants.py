"""R20: faults put into the provider, one at a time, and whether a test finds each.

A fault is a small change of the syntax tree of a module: another comparison, `and` for `or`, a call, a raise or a
returned value left out, another number. Which ones are tried is drawn from a seed, evenly from all modules.
"""

import ast
import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.reliability.figure import Figure, Measured

ROOT = Path(__file__).parents[2]
PACKAGE = "pulumi_mturk"
# Seconds of one test, and of all: a fault that makes one wait for ever is found by that.
LONGEST, SECONDS = 240, 1800
LIMIT = ("-o", f"faulthandler_timeout={LONGEST}", "-o", "faulthandler_exit_on_timeout=true")
STUCK = "stuck"


def _unit(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/unit/test_{name}.py" for name in names)


def _property(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/property/test_{name}.py" for name in names)


def _cli(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/cli/test_{name}.py" for name in names)


def _plugin(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/plugin/test_{name}.py" for name in names)


_OF_ROSTERS = _unit("roster", "roster_partial", "roster_unknown", "roster_removals", "roster_listing")
_OF_TYPES = _unit(
    "resources",
    "rules",
    "type_updates",
    "lifecycle",
    "adoption",
    "interrupted_creates",
    "marks",
    "lost_replies",
    "closing_account",
)
# Modules, and the tests that have to find a fault in them, those first that find most.
MODULES = {
    "api/client.py": _unit("client", "lost_replies", "failures", "response_checks", "second_witness", "closing_account")
    + _unit("held_already", "find_and_sweep", "roster_listing", "echoes", "importing"),
    "api/connection.py": _unit("aws_variables", "client", "failures", "allowed_accounts", "behind_a_proxy")
    + _unit("configuration", "two_providers", "doctor", "marketplace_with_accounts", "hanging"),
    "api/errors.py": _unit(
        "errors", "failures", "client", "echoes", "lost_replies", "response_checks", "embedded_file"
    ),
    "api/limiter.py": _unit("limiter", "congestion_control", "side_by_side", "stopping", "roster_partial"),
    "api/retry.py": _unit("retry", "client", "lost_replies", "retry_figures", "failures", "congestion_control")
    + _unit("stopping", "hanging"),
    "api/response_checks.py": _unit("response_checks", "failures", "client"),
    "api/calls.py": _unit("client", "response_checks", "lost_replies", "hanging", "stopping", "failures", "echoes"),
    "api/lost_creates.py": _unit("lost_replies", "interrupted_creates", "client") + _property("receipt_properties"),
    "api/request_threads.py": _unit("hanging", "stopping", "side_by_side", "embedded_file"),
    "api/translation.py": _unit("failures", "aws_variables", "response_checks", "echoes", "client", "behind_a_proxy"),
    "plugin/servicer.py": _plugin("servicer"),
    "provider/dynamic_adapter.py": _unit("dynamic_adapter", "engine", "provider_class", "failures")
    + _cli("errors", "environment"),
    "provider/embedded.py": _unit("embedded_file", "client", "lost_replies", "side_by_side", "platforms", "hanging")
    + _unit("stopping"),
    "provider/engine.py": _unit("engine", "provider_class", "route") + _cli("roster_interrupted", "roster_partial"),
    "provider/hit_listing.py": _unit("closing_account", "find_and_sweep", "teardown_command"),
    "provider/instance.py": _unit(
        "lifecycle", "ownership", "of_others", "held_already", "second_witness", "response_checks"
    )
    + _unit("two_providers", "allowed_accounts", "embedded_file", "interrupted_creates", "marks", "hanging")
    + _unit("replacements_after_creates")
    + _cli("environment"),
    "provider/lifecycle.py": _unit("lifecycle", "resources", "rules", "acceptance", "adoption", "importing", "moves")
    + _unit("interrupted_creates", "marks", "roster_partial", "review_inputs", "lab_rules", "closing_account")
    + _property("lifecycle_properties", "unknowns", "published_values"),
    "provider/ownership.py": _unit("ownership", "of_others", "held_already", "two_providers"),
    "provider/receipts.py": _unit("interrupted_creates") + _property("receipt_properties"),
    "provider/shell.py": _unit("dynamic_adapter", "engine", "provider_class", "interrupted_creates", "embedded_file")
    + _plugin("servicer"),
    "resources/adoption.py": _unit(
        "adoption", "interrupted_creates", "replacements_after_creates", "marks", "importing"
    ),
    "resources/closing_account.py": _unit("closing_account", "find_and_sweep", "teardown_command"),
    "resources/grant_changes.py": _unit("resources", "rules")
    + _OF_ROSTERS
    + _unit("held_already", "second_witness")
    + _unit("of_others", "closing_account")
    + _property("roster_properties"),
    "resources/hit_removal.py": _unit("closing_account", "find_and_sweep", "teardown_command"),
    "resources/hit_type.py": _unit("resources", "lifecycle", "rules", "review_inputs", "eligibility_plan", "fees")
    + _unit("eligibility_conflicts_plan", "closing_account", "importing", "moves")
    + _property("lifecycle_properties"),
    "resources/qualification_grant.py": _unit(
        "resources", "lifecycle", "rules", "held_already", "second_witness", "of_others"
    )
    + _unit("closing_account", "importing", "replacement_messages")
    + _property("lifecycle_properties"),
    "resources/qualification_roster.py": _OF_ROSTERS
    + _unit("resources", "rules", "lifecycle", "review_inputs", "held_already", "of_others", "importing", "moves")
    + _property("roster_properties", "lifecycle_properties"),
    "resources/qualification_type.py": _OF_TYPES
    + _unit("characters", "importing", "questions", "moves", "replacement_messages")
    + _property("lifecycle_properties")
    + _cli("qualification_type_changes"),
    "resources/qualification_type_state.py": _OF_TYPES
    + _unit("characters", "importing", "questions", "moves", "replacement_messages")
    + _property("receipt_properties", "lifecycle_properties"),
    "resources/type_creation.py": _unit("interrupted_creates", "marks", "adoption", "lost_replies", "importing")
    + _unit("resources", "find_and_sweep", "replacements_after_creates")
    + _property("receipt_properties"),
    "resources/worker_block.py": _unit(
        "resources", "lifecycle", "rules", "second_witness", "of_others", "closing_account"
    )
    + _unit("importing", "failures")
    + _property("lifecycle_properties"),
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


def tried(mutant: Mutant, copy: Path) -> str:
    """What came of it: caught, survived, stuck in a test that never ends, or flaky: the test fails without it, too."""
    file = copy / PACKAGE / mutant.module
    sound = file.read_text(encoding="utf-8")
    file.write_text(mutant.source, encoding="utf-8")
    try:
        failed = _first_failure(copy, *MODULES[mutant.module])
    finally:
        file.write_text(sound, encoding="utf-8")
    if failed is None:
        return "survived"
    if failed == STUCK:
        return "flaky" if _first_failure(copy, *MODULES[mutant.module]) == STUCK else STUCK
    return "flaky" if _first_failure(copy, failed) else "caught"


def _first_failure(copy: Path, *tests: str) -> str | None:
    """Run tests until one fails; it, without its parameters."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-m", "not slow", "-p", "no:cacheprovider", *LIMIT, *tests]
    environment = {**os.environ, "PYTHONPATH": str(copy), "CI": "true", "HYPOTHESIS_PROFILE": "short"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what the copy holds is compiled once, not for each fault
    try:
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return STUCK
    if not done.returncode:
        return None
    if "Timeout (" in done.stderr:
        return STUCK
    # A fault that no module can be imported with leaves no name of a test.
    found = re.search(r"^(?:FAILED|ERROR) ([^\s\[]+)", done.stdout, re.MULTILINE)
    return found.group(1) if found else tests[0]


def copied(copy: Path) -> Path:
    """A copy of what tests need, in which faults can be put."""
    for name in (PACKAGE, "tests", "tools", "examples", "docs", "benchmarks"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules", "bin"))
    for file in ROOT.glob("*.*"):
        if file.is_file():
            shutil.copy(file, copy)
    shutil.copy(ROOT / "Makefile", copy)
    return copy


def _faults_are_found(runs: int, seed: int) -> Measured:
    chosen = drawn(runs, seed)
    found: dict[Mutant, str] = {}

    def work(mine: list[Mutant]) -> None:
        with TemporaryDirectory() as folder:
            copy = copied(Path(folder))
            for mutant in mine:
                found[mutant] = tried(mutant, copy)
                print(f"   {found[mutant]}: {mutant}", flush=True)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, (chosen[::2], chosen[1::2])))
    counted = Counter(found.values())
    caught = counted["caught"] + counted[STUCK]
    survivors = [mutant for mutant in chosen if found[mutant] not in {"caught", STUCK}]
    unexplained = [mutant for mutant in survivors if (mutant.module, mutant.was) not in EXPLAINED]
    result = f"{caught} of {len(chosen)} caught"
    result += f" ({counted[STUCK]} by waiting for ever)" if counted[STUCK] else ""
    result += f", {len(survivors) - len(unexplained)} survivors explained"
    if unexplained:
        result += f", {len(unexplained)} not: " + "; ".join(map(str, unexplained))
    return Measured(len(chosen), result, reached=caught >= 0.95 * len(chosen) and not unexplained)


FIGURES = [
    Figure(
        "R20",
        "A fault in lifecycle, retry, client, resources or adapters is found by a test",
        f"faults in the syntax tree, one at a time, drawn evenly from {len(MODULES)} modules; the tests of the module "
        "run on each",
        "at least 95 % of 60 caught, survivors explained",
        _faults_are_found,
        short=0,
        long=60,
    ),
]
