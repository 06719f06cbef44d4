"""A transcription study: a test to pass first, no earlier participants, and one task type.

As it stands it runs on the embedded marketplace, with made-up workers. For a study of your own put what should not be
in git into the stack's configuration, encrypted:

    pulumi config set --secret answerKey < test.key.yaml
    pulumi config set --secret --path 'earlierParticipants[0]' WORKER_ID
    pulumi config set --secret blockedWorker WORKER_ID
"""

from datetime import timedelta
from pathlib import Path

import pulumi

import pulumi_mturk as mturk
from pulumi_mturk.eligibility import approval, country, score, without

here = Path(__file__).parent
config = pulumi.Config()

# Workers who want to take part sit this test first. Who fails may try again after a week, as the file says.
test = mturk.QuestionnaireTest.from_yaml(
    here / "test.yaml", key=config.get_secret("answerKey") or here / "test.key.yaml"
)
conventions = mturk.QualificationType(
    "transcription-conventions",
    description="You know the conventions by which we write down interviews: six questions, fifteen minutes.",
    keywords=["transcription", "audio", "English"],
    test=test,
)

# Nobody does the study twice. Workers can see the name and the description of what they hold, so both are neutral.
earlier = mturk.QualificationType(
    "earlier-participation",
    name_prefix="Earlier participation ",
    description="Took part in one of our earlier studies.",
)
participants: list[str] = config.get_object("earlierParticipants") or ["A1EXAMPLEWORKER", "A2EXAMPLEWORKER"]
for number, worker in enumerate(participants, start=1):
    mturk.QualificationGrant(f"earlier-participant-{number}", qualification_type_id=earlier, worker_id=worker)

transcription = mturk.HITType(
    "transcription",
    title="Write down two minutes of an interview",
    description="Listen to a recording of two minutes and write down what is said, by our conventions.",
    keywords=["transcription", "audio", "English", "interview"],
    reward="1.80",
    assignment_duration_in_seconds=timedelta(minutes=45),
    auto_approval_delay_in_seconds=timedelta(days=3),
    qualification_requirements=[
        approval(at_least=97, hits=500),  # two rules: the rate, and how many approved HITs it rests on
        country("US", "CA", "GB", "AU", "NZ"),
        score(conventions, at_least=test.pass_mark),
        without(earlier),
    ],
)

# A block shuts a worker out of everything of this account, for good, and can cost them theirs: the last resort.
mturk.WorkerBlock(
    "machine-made-work",
    worker_id=config.get_secret("blockedWorker") or "A3EXAMPLEWORKER",
    reason="Sent the same machine-made text for forty recordings.",
)

pulumi.export("hit_type_id", transcription.hit_type_id)
pulumi.export("test_qualification_type_id", conventions.id)
pulumi.export("exclusion_qualification_type_id", earlier.id)
pulumi.export("eligibility", transcription.eligibility)
