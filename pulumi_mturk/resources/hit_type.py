"""HITType: what a task type asks for, pays, and of whom."""

import json
import re
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BeforeValidator, Field, StringConstraints

from pulumi_mturk import eligibility
from pulumi_mturk.api.errors import AccessDeniedError, ApiError, NotFoundError
from pulumi_mturk.common.amounts import MOST, amount
from pulumi_mturk.common.diagnostics import Diagnostics
from pulumi_mturk.common.entity_ids import ENTITY_ID
from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.integers import fits_64_bits, whole
from pulumi_mturk.common.names import to_camel
from pulumi_mturk.common.unknown import Unknown, has_value
from pulumi_mturk.provider.form_errors import refusal
from pulumi_mturk.provider.lifecycle import Context, Difference, Resource
from pulumi_mturk.provider.model import Args, Mark, Parsed, SchemaOf
from pulumi_mturk.provider.ownership import HIT_TYPES
from pulumi_mturk.resources import closing_account
from pulumi_mturk.resources.fields import (
    Keywords,
    Readable,
    Text2000,
    Whole,
    one_line,
    personal_data,
    refuse_import_id,
)
from pulumi_mturk.resources.structures import QualificationRequirement
from pulumi_mturk.rules import hit_types

A = TypeVar("A", bound="HITTypeArgs")

DEFAULT_AUTO_APPROVAL_DELAY = 2_592_000  # 30 days, which is also the maximum


def _reward(value: Any) -> Any:
    """US dollars with two decimals: "0.1" and "0.10" are the same amount, and so the same HIT type."""
    if isinstance(value, float):
        raise refusal(
            hit_types.FLOAT_REWARD, 'a float has no exact cents; write the reward as a string, such as "0.15"'
        )
    # No largest reward is documented; a billion dollars are a mistake.
    number = whole(value)
    written = value if isinstance(value, str) else str(number) if number is not None and fits_64_bits(number) else ""
    text = written.strip()
    dollars = amount(text) if re.fullmatch(r"[0-9]{1,30}(\.[0-9]{0,2})?", text) else None
    if dollars is None:
        raise refusal(
            hit_types.REWARD_FORM,
            f'write US dollars with at most two decimals and nothing else, such as "0.15", below {MOST:,}',
        )
    return f"{dollars:.2f}"


class HITTypeArgs(Args):
    """Inputs of a HITType. All but `expire_hits` make its identity."""

    told_of: ClassVar = {"eligibility": "qualificationRequirements"}

    title: Annotated[str, StringConstraints(min_length=1, max_length=128), Readable, Mark.REPLACES] = Field(
        description="What workers see in the list of HITs; at most 128 characters."
    )
    description: Annotated[Text2000, Mark.REPLACES] = Field(
        description="What the task is, in more words; at most 2000 characters."
    )
    reward: Annotated[str, BeforeValidator(_reward), Mark.REPLACES] = Field(
        description='What an approved assignment pays, in US dollars: a string with at most two decimals ("0.15").'
    )
    assignment_duration_in_seconds: Annotated[Whole, Mark.REPLACES] = Field(
        ge=30, le=31_536_000, description="How long a worker has for one assignment: 30 to 31536000 (365 days)."
    )
    auto_approval_delay_in_seconds: Annotated[Whole, Mark.REPLACES] = Field(
        default=DEFAULT_AUTO_APPROVAL_DELAY,
        ge=0,
        le=DEFAULT_AUTO_APPROVAL_DELAY,
        description="After how long submitted work counts as approved: 0 to 2592000 (30 days, the default).",
    )
    keywords: Annotated[Keywords, Mark.REPLACES] = Field(
        default=None, description="Words to find the HIT by, separated by commas; at most 1000 characters."
    )
    qualification_requirements: Annotated[
        eligibility.Requirements,
        Parsed(
            list[Annotated[Any, SchemaOf(QualificationRequirement)]],
            eligibility.parse_requirements,
            eligibility.plain,
        ),
        Mark.REPLACES,
    ] = Field(default=(), description="Who may take part: at most ten rules, all of which must hold.")
    expire_hits: Annotated[bool, Mark.DIRECTIVE] = Field(
        default=False,
        description="Whether its HITs are expired when it is removed, and those with nothing left to review deleted "
        "(in production: expired only); all HITs of equal values are its own. Not in a replacement.",
    )
    eligibility: Annotated[list[str] | None, Mark.DERIVED] = Field(
        default=None, description="The requirements in words, for whoever reviews the plan."
    )


class HITTypeState(HITTypeArgs):
    """Outputs of a HITType."""

    hit_type_id: Annotated[str, Mark.STABLE] = Field(default="", description="The HIT type's id, to create HITs with.")
    imported_hit_id: Annotated[str | None, Mark.STABLE] = Field(
        default=None,
        description="Of an imported HIT type: the HIT that showed its values, by which a refresh looks for it.",
    )


class HITTypeResource(Resource[HITTypeArgs, HITTypeState]):
    """CreateHITType. The API can neither read, change nor delete a HIT type."""

    token = "HITType"  # noqa: S105 - a type token
    summary = (
        "What a task type is called, pays and asks for, and who may do it. A HIT type is immutable and addressed by "
        "its content: equal values give the same id, every change gives another one, and nothing deletes it."
    )
    import_id = "hit:ID, where ID is that of a HIT that has it"
    args = HITTypeArgs
    state = HITTypeState
    looked_up_by = tuple(HITTypeArgs.marked(Mark.REPLACES))

    def normalize(self, context: Context, args: HITTypeArgs, old: HITTypeArgs | None) -> HITTypeArgs:
        """Names of system types become ids, and the rules are told in words."""
        rules = args.qualification_requirements
        if isinstance(rules, Unknown):
            return args
        environment = context.configuration.environment
        resolved = eligibility.resolve(rules, environment=environment)
        context.provider.excluding_types.update(filter(has_value, _excluded_by(resolved)))
        args = _with_rules(args, resolved, environment)
        context.provider.ownership.claim(context.urn, HIT_TYPES, {_identity(context, args)})
        return args

    def validate(self, context: Context, args: HITTypeArgs) -> Diagnostics:
        """The rules of eligibility, and words that break MTurk's."""
        environment = context.configuration.environment
        for diagnostic in eligibility.check_requirements(args.qualification_requirements, environment=environment):
            yield diagnostic.under("qualificationRequirements")
        yield from one_line("title", args.title)
        yield from personal_data("title", args.title)
        yield from personal_data("description", args.description)
        if has_value(args.reward) and not amount(args.reward):
            yield hit_types.NO_REWARD.at("reward", "pays nothing; whether MTurk permits that is not documented")

    def validate_change(
        self, context: Context, args: HITTypeArgs, old: HITTypeArgs, difference: Difference
    ) -> Diagnostics:
        """What a change does to HITs, and the danger of an exclusion list that is replaced by an empty one."""
        if difference.replaces:
            yield hit_types.ANOTHER_HIT_TYPE.at(
                "", "this makes another HIT type: HITs that are out keep the old one, and new ones need the new id"
            )
        before, after = (_excluded_by(side.qualification_requirements) for side in (old, args))
        gone = [item for item in before if has_value(item) and item not in after]
        if gone and len(after) >= len(before):
            yield hit_types.EXCLUSION_MOVED.at(
                "qualificationRequirements",
                f"the exclusion by {', '.join(gone)} (DoesNotExist) moves to another qualification type: whoever holds "
                "only the old one is no longer kept out, until the new one is granted to them",
            )

    def unkept(self, context: Context, args: HITTypeArgs, old: HITTypeArgs | None) -> Diagnostics:
        """The rules of the lab on who may work, pay, cost and approval."""
        from pulumi_mturk.resources import lab_rules  # for a stack that has some

        rules, reward, delay = args.qualification_requirements, args.reward, args.auto_approval_delay_in_seconds
        yield from lab_rules.of_hit_type(context, rules, reward, delay)

    def equal(self, name: str, old: HITTypeArgs, new: HITTypeArgs) -> bool:
        """Requirements are a set: their order, and the rules that are not sent here, mean nothing."""
        if super().equal(name, old, new):
            return True
        if name != "qualification_requirements":
            return False
        before, after = (side.qualification_requirements for side in (old, new))
        if not has_value(before) or not has_value(after):
            return False
        environment: Any = new.environment or old.environment
        one, other = (eligibility.sent(requirements, environment=environment) for requirements in (before, after))
        return one == other

    def create(self, context: Context, args: HITTypeArgs) -> tuple[str, HITTypeState]:
        """One call."""
        hit_type_id = self._register(context, args)
        return hit_type_id, HITTypeState.extend(args, hit_type_id=hit_type_id)

    def read(self, context: Context, resource_id: str, state: HITTypeState) -> HITTypeState | None:
        """Register the recorded values again, which is the only way to look.

        The same id means unchanged; another one, or a required type that is gone, means that the HIT type was
        dropped. Anything else leaves the question open: the state stays, and says that it was not verified.
        An imported one may have been registered in another notation of the same values, and so have another id.
        """
        lookup = state.environment is None
        try:
            hit_type_id = self._register(context, state)
        except NotFoundError:
            return None
        except ApiError as error:
            if lookup:
                raise
            denied = "the credentials do not allow it" if isinstance(error, AccessDeniedError) else str(error)
            _tell_not_verified(context, denied)
            return state
        if lookup or hit_type_id == state.hit_type_id:
            return state.replace(hit_type_id=hit_type_id)
        return self._still_shown(context, state) if state.imported_hit_id is not None else None

    def find(self, context: Context, import_id: str) -> tuple[str, HITTypeState] | None:
        """One call, for a HIT that has it. Nothing is registered: an import changes nothing."""
        kind, _, hit_id = import_id.partition(":")
        refuse_import_id(self, kind == "hit" and ENTITY_ID.fullmatch(hit_id))
        live = context.client.hit_type_of(hit_id)
        if live is None:
            return None
        found = {name: value for name, value in vars(live).items() if value is not None}
        state = HITTypeState.load({to_camel(name): value for name, value in found.items()})
        environment = context.configuration.environment
        state = _with_rules(
            state, eligibility.resolve(state.qualification_requirements, environment=environment), environment
        )
        return live.hit_type_id, state.replace(imported_hit_id=hit_id)

    def update(self, context: Context, resource_id: str, state: HITTypeState, args: HITTypeArgs) -> HITTypeState:
        """Nothing to send: whatever is part of the identity replaces."""
        return HITTypeState.extend(args, hit_type_id=resource_id, imported_hit_id=state.imported_hit_id)

    def delete(self, context: Context, resource_id: str, state: HITTypeState) -> None:
        """MTurk has no call for it: the HIT type leaves the stack only. Its HITs are told of, or expired if asked."""
        if (other := context.provider.ownership.owner(HIT_TYPES, _identity(context, state))) is not None:
            said = f"HIT type {resource_id} stays in the stack: the resource {other!r} of this program is the same one"
            context.tell(hit_types.HIT_TYPE_OF_ANOTHER.at("", said))
            return
        removed = not context.provider.is_replaced(context.urn, resource_id)
        hits_go_on = ". HITs of it go on until they expire"
        if removed and state.expire_hits:
            hits_go_on = ""
            hits, _ = closing_account.hits_of(context, lambda hit: hit.hit_type_id == resource_id, whole=True)
            closing_account.expire_hits(context, hits)
        context.tell(
            hit_types.HIT_TYPE_STAYS.at(
                "",
                f"HIT type {resource_id} leaves the stack, but MTurk can't delete HIT types: it stays, unless a "
                f"qualification type that it requires is deleted, in this run or later{hits_go_on}",
            )
        )
        if removed:
            left = closing_account.hits_left_of(context, resource_id)
            closing_account.tell_hits(context, left, resource_id, required=False)

    def _still_shown(self, context: Context, state: HITTypeState) -> HITTypeState:
        """An imported one, if its values give another id here: it was registered in another notation of them."""
        live = context.client.hit_type_of(str(state.imported_hit_id))
        if live is None or live.hit_type_id != state.hit_type_id:
            _tell_not_verified(context, "it was imported from a HIT that is deleted, and its notation is not known")
        return state

    def _register(self, context: Context, args: HITTypeArgs) -> str:
        return context.client.create_hit_type(**_sent(context, args))


def _tell_not_verified(context: Context, why: str) -> None:
    said = f"not verified: whether this HIT type still exists could not be asked ({why})"
    context.tell(hit_types.HIT_TYPE_NOT_VERIFIED.at("", said))


def _with_rules(args: A, resolved: eligibility.Requirements, environment: Environment) -> A:
    """With requirements in the form that is kept, and in words."""
    words = eligibility.describe(resolved, environment=environment) or None
    return args.replace(qualification_requirements=resolved, eligibility=words)


def _sent(context: Context, args: HITTypeArgs) -> dict[str, Any]:
    """The values that make a HIT type, as they are sent."""
    requirements = args.qualification_requirements
    if has_value(requirements):  # a damaged state is sent as it is, and refused by the API
        requirements = eligibility.sent(requirements, environment=context.configuration.environment)
    return {
        "title": args.title,
        "description": args.description,
        "reward": args.reward,
        "assignment_duration_in_seconds": args.assignment_duration_in_seconds,
        "auto_approval_delay_in_seconds": args.auto_approval_delay_in_seconds,
        "keywords": args.keywords,
        "qualification_requirements": eligibility.plain(requirements),
    }


def _identity(context: Context, args: HITTypeArgs) -> str:
    """Two HIT types of one account that have it in common are the same. What is not known yet equals nothing."""
    return json.dumps(_sent(context, args), default=lambda value: f"unknown {id(value)}", sort_keys=True)


def _excluded_by(requirements: eligibility.Requirements | Unknown | None) -> list[Any]:
    """The types whose holders the requirements keep out."""
    if not isinstance(requirements, tuple):
        return []
    return [
        requirement.qualification_type_id
        for requirement in requirements
        if isinstance(requirement, eligibility.Requirement) and requirement.comparator == "DoesNotExist"
    ]
