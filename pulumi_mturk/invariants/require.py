"""`Require`: one entry of `mturk:require`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pulumi_mturk.eligibility.system_types import ActionsGuarded


@dataclass(frozen=True, kw_only=True)
class Require:
    """What must hold for every HIT type, list and block of a stack; several demands in one entry must all hold."""

    id: str = field(metadata={"description": "By which reports name it, such as fair-pay; unique in the list."})
    without: str | None = field(
        default=None,
        metadata={
            "description": "Holders of this qualification are kept out of every HIT type: the name of a type, roster "
            "or exclusion of the program, or the id of a type."
        },
    )
    actions: ActionsGuarded = field(
        default="Accept",
        metadata={"description": "What `without` and the demands on workers have to guard at least."},
    )
    approval_at_least: int | None = field(
        default=None, metadata={"description": "The approval rate that every worker has at least, in percent."}
    )
    hits_at_least: int | None = field(
        default=None, metadata={"description": "How many HITs of every worker have been approved at least."}
    )
    locale: tuple[str, ...] = field(
        default=(), metadata={"description": "Where every worker is: countries, or states of the US such as US-CA."}
    )
    minimum_hourly_pay: str | None = field(
        default=None,
        metadata={"description": "What every reward is in an hour at least, in US dollars; with `minutes`."},
    )
    minutes: Mapping[str, str] = field(
        default_factory=dict,
        hash=False,
        metadata={
            "description": "How long an assignment of each HIT type takes, in minutes, by the names of the HIT types."
        },
    )
    auto_approval_at_most_days: str | None = field(
        default=None, metadata={"description": "After how many days submitted work counts as approved at the latest."}
    )
    no_mail: bool = field(default=False, metadata={"description": "Whether no grant or list may mail workers."})
    no_blocks: bool = field(default=False, metadata={"description": "Whether no worker may be blocked."})
    cost_per_assignment_at_most: str | None = field(
        default=None,
        metadata={
            "description": "What a reward and its fee may come to, in US dollars, also in HITs of ten assignments or "
            "more."
        },
    )
    exclusions_never_shrink: bool = field(
        default=False, metadata={"description": "Whether nobody may be taken off a list of whom HIT types keep out."}
    )
    except_: Mapping[str, str] = field(
        default_factory=dict,
        hash=False,
        metadata={"description": "Resources that need not keep it, by their names, each with the reason."},
    )

    @property
    def on_workers(self) -> bool:
        """Whether it says something of who may work."""
        return bool(self.without or self.approval_at_least or self.hits_at_least or self.locale)

    @property
    def asks(self) -> bool:
        """Whether it asks for anything at all."""
        return replace(self, actions="Accept", minutes={}, except_={}) != Require(id=self.id)

    def demands(self) -> tuple[str, ...]:
        """What it asks for, a phrase for each demand."""
        return (*self._of_workers(), *self._of_money_and_people())

    def _of_workers(self) -> Iterator[str]:
        if self.without is not None:
            yield f"keeps out who holds {self.without}{_GUARDS[self.actions]}"
        if self.approval_at_least is not None:
            yield f"approval rate ≥ {self.approval_at_least} %"
        if self.hits_at_least is not None:
            yield f"≥ {self.hits_at_least:,} HITs approved"
        if self.locale:
            from pulumi_mturk.eligibility.country_names import codes_in_words  # for whoever reads the rule

            yield f"in {codes_in_words(self.locale)}"

    def _of_money_and_people(self) -> Iterator[str]:
        if self.minimum_hourly_pay is not None:
            yield f"≥ ${self.minimum_hourly_pay} an hour"
        if self.auto_approval_at_most_days is not None:
            yield f"approved after {self.auto_approval_at_most_days} days at the latest"
        if self.cost_per_assignment_at_most is not None:
            yield f"≤ ${self.cost_per_assignment_at_most} an assignment with its fee"
        if self.no_mail:
            yield "nobody is mailed"
        if self.no_blocks:
            yield "nobody is blocked"
        if self.exclusions_never_shrink:
            yield "nobody is taken off an exclusion"

    @property
    def text(self) -> str:
        """What it asks for, on one line."""
        return "; ".join(self.demands())


_GUARDS: Mapping[ActionsGuarded, str] = {
    "Accept": "",
    "PreviewAndAccept": ", who can't preview either",
    "DiscoverPreviewAndAccept": ", who don't find the HITs",
}
