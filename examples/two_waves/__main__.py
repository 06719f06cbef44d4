"""A survey in two waves: the second admits only who took part in the first, and the pilots are in neither."""

from datetime import timedelta
from pathlib import Path

import pulumi

import pulumi_mturk as mturk
from pulumi_mturk.eligibility import approval, holds, production_only

# Results of batches as the Requester site exports them. README.md says how to keep yours out of git.
results = Path(__file__).parent / (pulumi.Config().get("results") or "results")

# Pilots know the questions. Whoever saw them is on the list, whether or not the work was approved.
pilots = mturk.WorkerExclusion("pilots", workers=mturk.workers_from_csv(results / "pilot.csv"))

first = mturk.HITType(
    "first-wave",
    title="What do you read? A survey in two parts",
    description="Answer questions about what you read in the past month. The second part follows in six weeks.",
    keywords=["survey", "reading"],
    reward="2.00",
    assignment_duration_in_seconds=timedelta(minutes=45),
    auto_approval_delay_in_seconds=timedelta(days=3),
    qualification_requirements=[production_only(approval(at_least=95, hits=100)), pilots.requirement],
)

# Empty until the first wave is over: its file begins as a line of headers, and then nobody finds the second part.
participation = mturk.QualificationType(
    "first-wave-participation",
    name_prefix="Reading survey, first part ",
    description="Took part in the first part of our reading survey. You will find the second part among the HITs.",
)
participants = mturk.QualificationRoster(
    "first-wave-participants",
    qualification_type_id=participation,
    workers=mturk.workers_from_csv(results / "first_wave.csv", statuses=["Approved"]),
)

second = mturk.HITType(
    "second-wave",
    title="What do you read? The second part",
    description="Answer the questions of the first part once more, six weeks later.",
    keywords=["survey", "reading"],
    reward="3.00",
    assignment_duration_in_seconds=timedelta(minutes=45),
    auto_approval_delay_in_seconds=timedelta(days=3),
    # Given as a roster, the type is asked for only once everybody on the list holds it.
    qualification_requirements=[
        holds(participants, actions_guarded="DiscoverPreviewAndAccept"),
        pilots.requirement,
    ],
)

pulumi.export("first_hit_type_id", first.hit_type_id)
pulumi.export("second_hit_type_id", second.hit_type_id)
pulumi.export("participants", participants.count)
pulumi.export("pilots", pilots.count)
