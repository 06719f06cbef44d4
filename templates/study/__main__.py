"""The lasting part of a study: a test, who took part before, and the task. HITs are made by publish.py."""

from datetime import timedelta
from pathlib import Path

import pulumi

import pulumi_mturk as mturk
from pulumi_mturk.eligibility import approval, country, production_only, score

HERE = Path(__file__).parent
# Another file for each stack: `pulumi config set study:pastParticipants ../private/workers.csv`.
past_participants = HERE / pulumi.Config("study").require("pastParticipants")

questions = mturk.QuestionnaireTest.from_yaml(HERE / "test.yaml", key=HERE / "test.key.yaml")
test = mturk.QualificationType(
    "instructions",
    name_prefix="Reading sentences ",
    description="Understands the instructions of our studies on sentences.",
    test=questions,
)
past = mturk.WorkerExclusion("past-participants", workers=mturk.workers_from_csv(past_participants))
task = mturk.HITType(
    "rate-sentences",
    title="How natural is this sentence?",
    description="Read one sentence and say how natural it sounds to you.",
    keywords=["language", "rating", "short"],
    reward="0.30",
    assignment_duration_in_seconds=timedelta(minutes=10),
    auto_approval_delay_in_seconds=timedelta(days=3),
    qualification_requirements=[
        country("US"),
        production_only(approval(at_least=95, hits=100)),
        score(test, at_least=questions.pass_mark),
        past.requirement,
    ],
)

pulumi.export("test_id", test.id)
pulumi.export("environment", task.environment)
pulumi.export("hit_type_ids", {"rate-sentences": task.hit_type_id})
pulumi.export("excluded_workers", past.count)
