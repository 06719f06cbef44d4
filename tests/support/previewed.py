"""The changes whose previews are recorded: a program, the one before it, and what happens in between."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from pulumi_mturk.rules.catalogue import CATALOGUE
from tests.support.question_documents import KEY_CANARY, answer_key, question_form

RECORDED = Path(__file__).parents[1] / "review" / "recorded"
WORKER_CANARY = "A1EXAMPLECANARY"
"""Stands in lists, grants and blocks of the programs below, and may stand in no preview and no report."""
ANSWER_CANARY = KEY_CANARY
"""Stands in their answer keys, and may stand there alone."""

WAITING = "waiting"
"""The file that a program makes once it only waits for its end."""

HEADER = """import asyncio
import datetime
import json
from decimal import Decimal
from pathlib import Path

import pulumi

import pulumi_mturk as mturk
from pulumi_mturk.eligibility import *

"""


@dataclass(frozen=True, kw_only=True)
class Previewed:
    """A change, and how its preview is made."""

    program: str
    before: str | None = None
    """What is up; None for a stack that never was."""
    configuration: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, str] | None = None
    """The configuration of the run before, if it was another one."""
    arguments: tuple[str, ...] = ()
    """Of `pulumi preview`, besides those that every recording has."""
    streaming: bool = False
    meanwhile: str = ""
    """What somebody does to the marketplace after the run before: a name of `record_previews.MEANWHILE`."""
    ends: Literal["by itself", "by Ctrl-C", "by a kill"] = "by itself"

    @property
    def digest(self) -> str:
        """What a recording was made from."""
        text = json.dumps([asdict(self), HEADER], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


_TEST, _KEY = question_form(), answer_key()


def _study(
    *,
    description: str = "Rated sentences well.",
    score: int = 70,
    earlier: str = f'["{WORKER_CANARY}", "A2EXAMPLE", "A3EXAMPLE"]',
    reason: str = "Copied answers.",
    reward: str = "1.60",
    rules: str = 'country("US"), approval(at_least=98, hits=1000)',
    team_of: str = "tier",
    member: str = WORKER_CANARY,
    names: str = "one",
) -> str:
    """A stack with each resource."""
    return f'''tier = mturk.QualificationType("tier", description="{description}", name="Tier {names}")
reader = mturk.QualificationType(
    "reader", description="Passed the test.", test="""{_TEST}""", answer_key="""{_KEY}""",
    test_duration_in_seconds=600, retry_delay_in_seconds=86400)
team = mturk.QualificationRoster(
    "team", qualification_type_id={team_of}, workers={{"{WORKER_CANARY}": 85, "A2EXAMPLE": {score}}})
pilot = mturk.QualificationGrant("pilot", qualification_type_id=reader, worker_id="{member}", integer_value={score})
earlier = mturk.WorkerExclusion("earlier-participation", workers={earlier})
spam = mturk.WorkerBlock("spam", worker_id="{member.replace("A1", "A9")}", reason="{reason}")
task = mturk.HITType(
    "rate-sentences", title="Rate sentences", description="Read ten sentences and rate them.", reward="{reward}",
    assignment_duration_in_seconds=600,
    qualification_requirements=[{rules}, earlier.requirement, score(tier, at_least=60)])
'''


def _imported(description: str, team: str) -> str:
    """Two types and a list, which are imported if the file of their ids is there."""
    return f"""
file = Path("ids.json")
ids = json.loads(file.read_text()) if file.exists() else {{}}
there = lambda name: pulumi.ResourceOptions(import_=ids.get(name))
reader = mturk.QualificationType("reader", name="Reader", description="Reads carefully.", opts=there("reader"))
tier = mturk.QualificationType("tier", name="Tier", description="{description}", opts=there("tier"))
mturk.QualificationRoster("team", qualification_type_id=tier, workers={team}, opts=there("tier"))
mturk.HITType(
    "task", title="Rate ten sentences", description="Read ten sentences and rate them.", reward="0.40",
    assignment_duration_in_seconds=600, qualification_requirements=[without(tier), holds(reader)])
"""


STUDY = _study()
_UPDATED = _study(
    description="Rated two hundred sentences.",
    score=55,
    earlier=f'["{WORKER_CANARY}", "A4EXAMPLE"]',
    reason="Copied the answers of others.",
)
_GOT = """
ids = json.loads(Path("ids.json").read_text())
mturk.QualificationType.get("their-tier", ids["tier"])
mturk.QualificationGrant.get("their-pilot", qualification_type_id=ids["reader"], worker_id="A1EXAMPLECANARY")
mturk.QualificationRoster.get("their-team", qualification_type_id=ids["tier"])
mturk.WorkerBlock.get("their-spam", worker_id="A9EXAMPLECANARY")
"""
_OTHERS = """
class Made(pulumi.dynamic.ResourceProvider):
    def create(self, inputs):
        return pulumi.dynamic.CreateResult("made", inputs)


class Bucket(pulumi.dynamic.Resource):
    def __init__(self, name, size, opts=None):
        super().__init__(Made(), name, {{"size": size}}, opts)


lab = pulumi.ComponentResource("lab:index:Study", "study")
Bucket("answers", {size}, pulumi.ResourceOptions(parent=lab))
"""
# Every value of an input that can be is a secret, or known only after another resource is made.
_HIDDEN = f'''
first = mturk.QualificationType("first", description="Made first.")


def late(value):
    return first.id.apply(lambda _: value)


def hidden(value):
    return pulumi.Output.secret(value)


for word, wrap in {{"late": late, "secret": hidden}}.items():
    tier = mturk.QualificationType(
        f"{{word}}-tier", description=wrap("Rated."), name=wrap(f"Tier {{word}}"), keywords=wrap("rating"),
        test=wrap("""{_TEST}"""), answer_key=wrap("""{_KEY}"""), test_duration_in_seconds=wrap(600),
        retry_delay_in_seconds=wrap(86400), qualification_type_status=wrap("Active"))
    mturk.QualificationRoster(
        f"{{word}}-team", qualification_type_id=wrap(first.id), workers=wrap(["{WORKER_CANARY}"]),
        integer_value=wrap(3))
    mturk.QualificationGrant(
        f"{{word}}-pilot", qualification_type_id=wrap(tier.id), worker_id=wrap("{WORKER_CANARY}"),
        integer_value=wrap(3))
    mturk.WorkerBlock(f"{{word}}-spam", worker_id=wrap("A9EXAMPLECANARY"), reason=wrap("Copied answers."))
    mturk.HITType(
        f"{{word}}-task", title=wrap("Rate"), description=wrap("Rate sentences."), reward=wrap("0.40"),
        assignment_duration_in_seconds=wrap(600), auto_approval_delay_in_seconds=wrap(86400), keywords=wrap("rating"),
        qualification_requirements=[
            QualificationRequirement("Worker_Locale", wrap("EqualTo"), locale_values=[Locale(wrap("US"))]),
            score(wrap(first.id), at_least=wrap(3)),
            approval(at_least=wrap(95)),
        ])
'''
_MANY = """
earlier = mturk.WorkerExclusion("earlier-participation", workers=[f"A{{n:06}}EXAMPLE" for n in range({number})])
mturk.HITType(
    "rate-sentences", title="Rate sentences", description="Read ten sentences and rate them.", reward="1.60",
    assignment_duration_in_seconds=600, qualification_requirements=[country("US"), earlier.requirement])
"""
_PRODUCTION = {"environment": "production", "endpointUrl": "https://panel.example.org"}
_FAILS = f'{STUDY.partition("team = ")[0]}raise ValueError("the file of the team is missing")\n'
_WAITS = f"""{STUDY}

async def late():
    await task.urn.future()
    await asyncio.sleep(2)  # the engine has answered the others, too
    Path("{WAITING}").touch()
    await asyncio.sleep(120)
    return "Made late."


mturk.QualificationType("late", description=pulumi.Output.from_input(late()))
"""

# What can't be previewed: a dynamic resource can't be imported (its document is derived, see recorded_previews).
_NOT_PREVIEWED = {"MT560", "MT562"}


def _of_rules() -> dict[str, Previewed]:
    """Each risk's own wrong example."""
    found = {}
    for code, rule in CATALOGUE.items():
        if rule.found_by != "review" or code in _NOT_PREVIEWED:
            continue
        example = rule.wrong
        found[code] = Previewed(
            program=example.program,
            before=example.before,
            configuration=example.configuration,
            earlier=example.earlier,
        )
    return found


PREVIEWS: Mapping[str, Previewed] = {
    **_of_rules(),
    "create": Previewed(program=STUDY),
    "create-again": Previewed(program=STUDY),
    "same": Previewed(program=STUDY, before=STUDY),
    "update": Previewed(program=_UPDATED, before=STUDY),
    "update-again": Previewed(program=_UPDATED, before=STUDY),
    "update-streaming": Previewed(program=_UPDATED, before=STUDY, streaming=True),
    "update-of-one": Previewed(program=_UPDATED, before=STUDY, arguments=("--target", "**team")),
    "replace": Previewed(
        program=_study(reward="1.20", names="two", team_of="reader", member="A1EXAMPLEOTHER"), before=STUDY
    ),
    "replace-in-steps": Previewed(program=_study(reward="1.20"), before=STUDY, arguments=("--show-replacement-steps",)),
    "delete": Previewed(program="", before=STUDY),
    "read": Previewed(program=STUDY + _GOT, before=STUDY),
    "protect": Previewed(
        program=STUDY.replace('name="Tier one")', 'name="Tier one", opts=pulumi.ResourceOptions(protect=True))'),
        before=STUDY,
    ),
    "rename": Previewed(
        program=STUDY.replace('"earlier-participation", ', '"earlier", opts=OPTS, ').replace(
            "earlier = ",
            'OPTS = pulumi.ResourceOptions(aliases=[pulumi.Alias(name="earlier-participation")])\nearlier = ',
        ),
        before=STUDY,
    ),
    "refresh": Previewed(program=_UPDATED, before=STUDY, arguments=("--refresh",), meanwhile="drift"),
    "imported": Previewed(
        program=_imported("Rated sentences very well.", '["A2EXAMPLE"]'),
        before=_imported("Rated sentences well.", f'["{WORKER_CANARY}", "A2EXAMPLE", "A3EXAMPLE"]'),
        configuration={"plugin": "true"},
        meanwhile="forgotten",
    ),
    "production": Previewed(
        program=_study(
            reward="1.20", rules='country("US", "CA"), approval(at_least=95, hits=1000)', earlier='["A2EXAMPLE"]'
        ),
        before=STUDY,
        configuration=_PRODUCTION
        | {
            "accept": '[{"code": "MT530", "resource": "rate-sentences", "reason": "pilot, protocol 2026-14"}]',
            "require": '[{"id": "fair-pay", "minimumHourlyPay": "12.00", "minutes": {"rate-sentences": 8}}]',
        },
        earlier=_PRODUCTION,
    ),
    "production-more-kept-out": Previewed(
        program=_study(earlier=f'["{WORKER_CANARY}", "A2EXAMPLE", "A3EXAMPLE", "A4EXAMPLE", "A5EXAMPLE"]'),
        before=STUDY,
        configuration=_PRODUCTION,
    ),
    "others": Previewed(program=STUDY + _OTHERS.format(size=2), before=STUDY + _OTHERS.format(size=1)),
    "hidden": Previewed(program=_HIDDEN),
    "hundred-thousand-workers": Previewed(program=_MANY.format(number=100_000), before=_MANY.format(number=3)),
    "empty": Previewed(program=""),
    "failed": Previewed(program=_FAILS, before=STUDY),
    "interrupted": Previewed(program=_WAITS, before=STUDY, ends="by Ctrl-C"),
    "killed": Previewed(program=_WAITS, before=STUDY, ends="by a kill"),
}
