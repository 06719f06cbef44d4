"""The lasting part of a team: its scores, tasks that pay by them, and a test for who wants to join."""

from datetime import timedelta
from pathlib import Path
from typing import Final

import pulumi

import pulumi_mturk as mturk
from pulumi_mturk.eligibility import approval, production_only, score, without

HERE = Path(__file__).parent
# Another file for each stack: `pulumi config set team:file ../private/workers.csv`.
scores = HERE / pulumi.Config("team").require("file")
REGULAR, SENIOR = 60, 85

member = mturk.QualificationType(
    "member",
    name_prefix="Sentence team ",
    description="Your score in our team. It decides which of our tasks you find.",
)
team = mturk.QualificationRoster(
    "team",
    qualification_type_id=member,
    workers=mturk.workers_from_csv(scores, score="score"),
    exclusive=True,  # the file is all there is: who holds the qualification and is not in it, loses it
)
questions = mturk.QuestionnaireTest.from_yaml(HERE / "test.yaml", key=HERE / "test.key.yaml")
test = mturk.QualificationType(
    "joining",
    name_prefix="Joining the sentence team ",
    description="Understands the instructions of our tasks on sentences.",
    test=questions,
)


def task(name: str, reward: str, *rules: object) -> mturk.HITType:
    return mturk.HITType(
        name,
        title="How natural is this sentence?",
        description="Read one sentence and say how natural it sounds to you.",
        keywords=["language", "rating", "short"],
        reward=reward,
        assignment_duration_in_seconds=timedelta(minutes=10),
        auto_approval_delay_in_seconds=timedelta(days=3),
        qualification_requirements=[*rules],
    )


HIDDEN: Final = "DiscoverPreviewAndAccept"
trial = task(
    "trial",
    "0.30",
    score(test, at_least=questions.pass_mark),
    without(member),
    production_only(approval(at_least=95, hits=100)),
)
regular = task("regular", "0.40", score(team, at_least=REGULAR, below=SENIOR, actions_guarded=HIDDEN))
senior = task("senior", "0.60", score(team, at_least=SENIOR, actions_guarded=HIDDEN))

pulumi.export("test_id", test.id)
pulumi.export("environment", regular.environment)
pulumi.export(
    "hit_type_ids", {"trial": trial.hit_type_id, "regular": regular.hit_type_id, "senior": senior.hit_type_id}
)
pulumi.export("team_size", team.count)
