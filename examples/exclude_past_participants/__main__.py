"""Nobody takes part twice: who is in the results of an earlier study does not find this one."""

from datetime import date, timedelta
from pathlib import Path

import pulumi

import pulumi_mturk as mturk
from pulumi_mturk.eligibility import approval, country, production_only

# Results of batches as the Requester site exports them. README.md says how to keep yours out of git.
folder = Path(__file__).parent / (pulumi.Config().get("earlierStudies") or "earlier_studies")
# Named one by one: of a file that is missing you are told, and of one that a pattern doesn't find you are not.
EARLIER_STUDIES = ["2024_faces.csv", "2025_words.csv"]
# Who took part before that day has forgotten it, and is welcome again.
SINCE = date(2024, 11, 19)

past = mturk.WorkerExclusion(
    "past-participants",
    workers=[worker for name in EARLIER_STUDIES for worker in mturk.workers_from_csv(folder / name, since=SINCE)],
)
memory = mturk.HITType(
    "remember-places",
    title="Remember fifteen places",
    description="Look at a map with fifteen places, and draw them from memory.",
    keywords=["memory", "map"],
    reward="1.50",
    assignment_duration_in_seconds=timedelta(minutes=30),
    auto_approval_delay_in_seconds=timedelta(days=3),
    qualification_requirements=[
        country("US"),
        production_only(approval(at_least=95, hits=100)),
        past.requirement,
    ],
)

pulumi.export("hit_type_id", memory.hit_type_id)
pulumi.export("excluded_workers", past.count)
pulumi.export("exclusion_qualification_type_id", past.qualification_type_id)
