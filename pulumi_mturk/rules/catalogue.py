"""All rules by their codes. To load them takes longer than most plans need: who finds something does without."""

from collections.abc import Iterable, Mapping
from types import ModuleType

from pulumi_mturk.common.diagnostics import Rule
from pulumi_mturk.rules import (
    answer_keys,
    configuration,
    csv_files,
    existing_types,
    form,
    grants,
    hit_types,
    imports,
    lab_rules,
    made_up_workers,
    privacy,
    qualification_types,
    questions,
    requirement_values,
    requirements,
    risks_access,
    risks_hit_types,
    risks_plan,
    risks_types,
    rosters,
    system_qualification_types,
    test_files,
)

GROUPS: Mapping[str, str] = {
    "MT0": "The form of any input",
    "MT1": "One qualification requirement",
    "MT2": "Lists of requirements and HIT types",
    "MT3": "Qualification types, tests and answer keys",
    "MT4": "Grants, rosters, blocks and CSV files",
    "MT5": "Risks of a change, as a review of its plan names them",
    "MT6": "Configuration and the pinned place",
    "MT7": "Privacy",
}

# Code -> why it is gone, and what stands in its place.
RETIRED: Mapping[str, str] = {}

_MODULES = (
    form,
    requirements,
    requirement_values,
    system_qualification_types,
    hit_types,
    made_up_workers,
    qualification_types,
    existing_types,
    questions,
    answer_keys,
    test_files,
    grants,
    rosters,
    csv_files,
    risks_access,
    risks_hit_types,
    risks_types,
    risks_plan,
    configuration,
    imports,
    lab_rules,
    privacy,
)


def _catalogue(modules: Iterable[ModuleType]) -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for module in modules:
        for rule in vars(module).values():
            if isinstance(rule, Rule) and found.setdefault(rule.code, rule) is not rule:
                raise ValueError(f"two rules have the code {rule.code}")
    return dict(sorted(found.items()))


CATALOGUE: Mapping[str, Rule] = _catalogue(_MODULES)


def with_prefix(prefix: str) -> list[Rule]:
    """The rules of a code, or of all codes that begin so ("MT2"), whichever case it is written in."""
    return [rule for code, rule in CATALOGUE.items() if code.startswith(prefix.upper())]


def near(code: str) -> list[str]:
    """Codes that somebody who wrote this one may have meant."""
    import difflib  # for a mistake alone: every process would pay for it

    written = code[:20].strip().upper().replace("O", "0").replace("I", "1")
    return difflib.get_close_matches(written, CATALOGUE, n=3, cutoff=0.7)
