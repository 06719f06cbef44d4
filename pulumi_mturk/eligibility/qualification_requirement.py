"""`QualificationRequirement`, as a program writes it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, Protocol

from pulumi_mturk.common.diagnostics import Diagnostic, Diagnostics
from pulumi_mturk.common.errors import InvalidInputError, refuse
from pulumi_mturk.common.iterables import in_order, is_listing
from pulumi_mturk.common.text import shortened
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.eligibility.parsing import parse_members, parse_requirement
from pulumi_mturk.eligibility.requirement import Requirement
from pulumi_mturk.eligibility.requirement_validation import check_requirement, not_a_requirement
from pulumi_mturk.eligibility.system_types import PERCENTAGES, system_name
from pulumi_mturk.rules import system_qualification_types as rules

if TYPE_CHECKING:
    import pulumi

    from pulumi_mturk.eligibility.locales import Locale
    from pulumi_mturk.eligibility.system_types import ActionsGuarded, Comparator


class HasQualificationTypeId(Protocol):
    """A resource that stands for a qualification type: the type itself, a roster of it, or an exclusion."""

    @property
    def qualification_type_id(self) -> "pulumi.Output[str]":
        """The type's id."""


class QualificationRequirement:
    """What a worker must hold, or must not hold, to find, preview or accept a HIT.

    Every value may be an `Output`. What can't be right, whatever its unknown values become, raises
    `InvalidInputError` here; what depends on the environment or on other requirements is checked at plan time.
    """

    __slots__ = ("_parsed", "_resource")

    _parsed: Requirement
    _resource: Any

    def __init__(
        self,
        qualification_type_id: "pulumi.Input[str] | HasQualificationTypeId",
        comparator: "pulumi.Input[Comparator]",
        integer_values: "pulumi.Input[Iterable[pulumi.Input[int]]] | None" = None,
        locale_values: "pulumi.Input[Iterable[pulumi.Input[Locale | Mapping[str, Any]]]] | None" = None,
        actions_guarded: "pulumi.Input[ActionsGuarded]" = "Accept",
        *,
        production_only: "pulumi.Input[bool]" = False,
        qualification_type_name: "pulumi.Input[str] | None" = None,
        qualification_type_urn: "pulumi.Input[str] | None" = None,
    ) -> None:
        """Declare a requirement.

        :param qualification_type_id: The type or the exclusion itself, an id (up to 255 bytes), or the name of a
            system type: Masters, Worker_Adult, Worker_Locale, Worker_NumberHITsApproved,
            Worker_PercentAssignmentsApproved.
        :param comparator: How the worker's value is compared. Only DoesNotExist lets in who does not hold the type.
        :param integer_values: The whole numbers to compare with: one, or up to 15 with In and NotIn; none with Exists
            and DoesNotExist.
        :param locale_values: The locales to compare with, for Worker_Locale only: one, or up to 30 with In and NotIn.
        :param actions_guarded: What the requirement guards: accepting the HIT, also previewing it, or also finding it.
        :param production_only: Whether the requirement is sent in production only.
        :param qualification_type_name: What a plan calls the type: the resource's name where a resource is given.
        :param qualification_type_urn: By which a review finds the type in a plan: filled in where a resource is given.
        """
        if is_listing(integer_values):
            integer_values = in_order(integer_values)
        parsed = parse_members(
            {
                "qualificationTypeId": qualification_type_id,
                "comparator": comparator,
                "integerValues": integer_values,
                "localeValues": locale_values,
                "actionsGuarded": actions_guarded,
                "productionOnly": production_only,
                "qualificationTypeName": qualification_type_name,
                "qualificationTypeUrn": qualification_type_urn,
            }
        )
        refuse(_fractions(parsed, integer_values))
        refuse(check_requirement(parsed))
        self._parsed = parsed
        self._resource = None if isinstance(qualification_type_id, str | Unknown) else qualification_type_id

    @classmethod
    def from_parsed(cls, parsed: Requirement, resource: Any = None) -> "QualificationRequirement":
        """The requirement of a typed form that was checked before, and the resource that its type is."""
        made = object.__new__(cls)
        made._parsed, made._resource = parsed, resource
        return made

    @property
    def qualification_type_id(self) -> "pulumi.Input[str]":
        """The type's id."""
        return self._parsed.qualification_type_id  # type: ignore[return-value]  # an Output is registered as Unknown

    @property
    def comparator(self) -> "pulumi.Input[Comparator]":
        """How the worker's value is compared."""
        return self._parsed.comparator  # type: ignore[return-value]

    @property
    def integer_values(self) -> "pulumi.Input[Sequence[pulumi.Input[int]]] | None":
        """The whole numbers to compare with."""
        return _listed(self._parsed.integer_values)  # type: ignore[no-any-return]

    @property
    def locale_values(self) -> "pulumi.Input[Sequence[pulumi.Input[Locale]]] | None":
        """The locales to compare with."""
        return _listed(self._parsed.locale_values)  # type: ignore[no-any-return]

    @property
    def actions_guarded(self) -> "pulumi.Input[ActionsGuarded]":
        """What the requirement guards."""
        return self._parsed.actions_guarded  # type: ignore[return-value]

    @property
    def production_only(self) -> "pulumi.Input[bool]":
        """Whether the requirement is sent in production only."""
        return self._parsed.production_only  # type: ignore[return-value]

    @property
    def qualification_type_name(self) -> "pulumi.Input[str] | None":
        """What a plan calls the type, if the program gave a resource or a name."""
        return self._parsed.qualification_type_name  # type: ignore[return-value]

    @property
    def qualification_type_urn(self) -> "pulumi.Input[str] | None":
        """The URN of the type, by which a review finds it, if the program gave a resource."""
        return self._parsed.qualification_type_urn  # type: ignore[return-value]

    @property
    def resource(self) -> Any:
        """The resource that was given as the type, if one was: a program's own rules can look at it."""
        return self._resource

    def doubts(self) -> tuple[Diagnostic, ...]:
        """Warnings about what was in the dict from which it was made, and can't be seen in it any more."""
        return tuple(problem for problem in self._parsed.problems if problem.severity == "warning")

    def meaning_countries(self) -> "QualificationRequirement":
        """The same requirement, about whose country codes there is no doubt."""
        return self.from_parsed(replace(self._parsed, as_countries=True), self._resource)

    def for_production_only(self) -> "QualificationRequirement":
        """The same requirement, sent in production only."""
        return self.from_parsed(replace(self._parsed, production_only=True), self._resource)

    def to_dict(self) -> dict[str, Any]:
        """The plain camelCase dict, with `productionOnly` only where it is set."""
        return self._parsed.to_dict()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, QualificationRequirement):
            return NotImplemented
        return self._parsed == other._parsed and bool(self._resource == other._resource)

    def __hash__(self) -> int:
        return hash(self._parsed)

    def __repr__(self) -> str:
        names = (name for name, value in vars(type(self)).items() if isinstance(value, property) and name != "resource")
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"


def requirement(value: QualificationRequirement | Mapping[str, Any]) -> QualificationRequirement:
    """A requirement from any form that a program may write: the object itself, or a dict.

    A dict's keys may be ours (`qualification_type_id`), those of state (`qualificationTypeId`) or boto3's
    (`QualificationTypeId`). Raises `InvalidInputError` if it is neither, a key is unknown, or a value can't be right.
    """
    if isinstance(value, QualificationRequirement):
        return value
    parsed = parse_requirement(value)
    if isinstance(parsed, Unknown):
        raise InvalidInputError(not_a_requirement(value))
    refuse(parsed.problems)
    refuse(
        found
        for key, given in value.items()
        if str(key).replace("_", "").lower() == "integervalues"
        for found in _fractions(parsed, given)
    )
    refuse(check_requirement(parsed))
    return QualificationRequirement.from_parsed(parsed)


def _percentage(value: object) -> str | None:
    """The percentage that a fraction of 1 was meant for; None for what is none."""
    is_fraction = isinstance(value, Decimal) or (isinstance(value, Real) and not isinstance(value, Integral))
    if not is_fraction:
        return None
    try:
        number = float(value)  # type: ignore[arg-type]
    except (OverflowError, ValueError):  # beyond any float, or a NaN that signals
        return None
    return str(round(number * 100)) if 0 < number <= 1 else None


def _fractions(parsed: Requirement, values: object) -> Diagnostics:
    """Fractions where a percentage is wanted: known by their type, which only the program's own value has."""
    if system_name(parsed.qualification_type_id) not in PERCENTAGES or not isinstance(values, list | tuple):
        return
    for index, value in enumerate(values):
        if (meant := _percentage(value)) is not None:
            one = ", or 1 as an integer" if meant == "100" else ""
            said = f"is {shortened(str(value))}, and percentages are whole numbers; write {meant}{one}"
            yield rules.FRACTION_OF_A_PERCENTAGE.at(f"integerValues[{index}]", said)


def _listed(values: Any) -> Any:
    return list(values) if isinstance(values, tuple) else values
