"""What is found in a program as a whole: what one resource says of another is seen here, and nowhere in the provider.

Advice is shown as warnings on the HIT type's own row. The rules are those of the project's table of eligibility, each
resting on documented behaviour.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pulumi

from pulumi_mturk import questions
from pulumi_mturk.common.diagnostics import Diagnostic, Diagnostics, Rule
from pulumi_mturk.common.errors import refuse
from pulumi_mturk.common.unknown import UNKNOWN, Unknown
from pulumi_mturk.eligibility import QualificationRequirement, Requirement
from pulumi_mturk.eligibility.parsing import parse_requirement
from pulumi_mturk.rules import hit_types as rules
from pulumi_mturk.sdk.base import MturkResource
from pulumi_mturk.sdk.findings import tell
from pulumi_mturk.sdk.qualification_type import DeclaredType, QualificationType

_ABOVE = {"GreaterThan": 1, "GreaterThanOrEqualTo": 0, "EqualTo": 0}
_ADULT = ("00000000000000000060", "Worker_Adult")


def tell_exclusions(requirements: Iterable[Any]) -> None:
    """Let the types know whose holders a HIT type keeps out: their rosters have it as a public input."""
    for rule in requirements:
        if isinstance(rule, QualificationRequirement) and rule.comparator == "DoesNotExist":
            declaration = getattr(rule.resource, "declaration", None)
            if isinstance(declaration, DeclaredType):
                declaration.excludes = True


def check_against_types(hit_type: MturkResource, title: pulumi.Input[str], requirements: Iterable[Any]) -> None:
    """Look at a HIT type's requirements beside the qualification types that they name."""
    said: set[Diagnostic] = set()

    def show(diagnostics: Diagnostics) -> None:
        for diagnostic in diagnostics:
            if diagnostic not in said:
                said.add(diagnostic)
                tell(diagnostic, hit_type, hit_type.route)

    for rule in requirements:
        if not isinstance(rule, QualificationRequirement):
            continue
        if rule.qualification_type_id in _ADULT:
            pulumi.Output.from_input(title).apply(lambda text: show(_on_adult_content(text)))
        declaration = rule.resource.declaration if isinstance(rule.resource, QualificationType) else None
        if declaration is not None and not declaration.plain:
            _look_at(rule, rule.resource.pulumi_resource_name, declaration, show)


def refuse_contradictions(requirements: Sequence[Any]) -> None:
    """Raise `InvalidInputError` for requirements on one resource of the program that nobody can meet together.

    On a first run no id of a type is known, and the provider can't tell two unknown ones apart, but here they are
    different objects. What contradicts by known ids, or by what is not documented, is left to the plan.
    """
    of_resources: list[Requirement | Unknown] = [UNKNOWN] * len(requirements)
    for index, rule in enumerate(requirements):
        if isinstance(rule, QualificationRequirement) and isinstance(rule.qualification_type_id, Unknown):
            of_resources[index] = parse_requirement(rule.to_dict())
    types = [id(each.qualification_type_id) for each in of_resources if isinstance(each, Requirement)]
    if len(set(types)) < len(types):
        from pulumi_mturk.eligibility.conflict_findings import contradicting  # few programs need it

        refuse(each.under("qualificationRequirements") for each in contradicting(tuple(of_resources)))


def _look_at(
    rule: QualificationRequirement, name: str, declaration: DeclaredType, show: Callable[[Diagnostics], None]
) -> None:
    def judge(values: list[Any]) -> None:
        show(_on_requirement(name, declaration.granted, *values))

    # Outputs resolve when the program has run to its end, and so every grant in it is declared by then.
    whole: pulumi.Output[list[Any]] = pulumi.Output.all(
        rule.comparator,
        rule.integer_values,
        rule.actions_guarded,
        declaration.test,
        declaration.answer_key,
        declaration.auto_granted,
        declaration.status,
    )
    whole.apply(judge)


def _on_adult_content(title: str) -> Diagnostics:
    if "adult content" not in title.lower():
        yield rules.ADULT_TITLE.at(
            "title",
            "requires Worker_Adult, and MTurk's guide asks for a warning in the title then: "
            "(WARNING: This HIT may contain adult content. Worker discretion is advised.)",
        )


def _on_requirement(
    name: str,
    granted: bool,
    comparator: str,
    values: list[int] | None,
    guarded: str,
    test: str | None,
    answer_key: str | None,
    auto_granted: bool,
    status: str,
) -> Diagnostics:
    def at(rule: Rule, message: str) -> Diagnostic:
        return rule.at("qualificationRequirements", f"'{name}' {message}")

    excluded = comparator == "DoesNotExist"
    if status == "Inactive":
        yield at(
            rules.REQUIRED_TYPE_INACTIVE,
            "is Inactive, and no HIT can be made that requires it; set qualification_type_status to Active",
        )
    if auto_granted and excluded:
        yield at(
            rules.EXCLUSION_AUTO_GRANTED,
            "is granted automatically, so it shuts out whoever asks for it; leave auto_granted out",
        )
    elif auto_granted:
        yield at(
            rules.REQUIRED_TYPE_AUTO_GRANTED,
            "is granted automatically, so it keeps nobody out: whoever asks for it gets it; leave auto_granted out",
        )
    if test and not excluded and guarded == "DiscoverPreviewAndAccept":
        yield at(
            rules.TEST_NOT_FOUND,
            "has a test, and who has not taken it can't find the HIT; guard Accept or PreviewAndAccept instead",
        )
    if comparator in _ABOVE and values and test and answer_key and not granted:
        reach = questions.score_range(test, answer_key)
        needed = values[0] + _ABOVE[comparator]
        if reach is not None and needed > reach[1]:
            yield at(
                rules.SCORE_OUT_OF_REACH,
                f"is asked for with a score of {needed}, and its answer key gives {reach[1]} at most",
            )
