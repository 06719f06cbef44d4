import pulumi

import pulumi_mturk as mturk
from pulumi_mturk.eligibility import approval, holds

reader = mturk.QualificationType("careful-reader", description="Reads instructions to the end.")
past = mturk.WorkerExclusion("past-participants", workers=["A1EXAMPLEWORKER"])  # or workers_from_csv("results.csv")
task = mturk.HITType(
    "summaries",
    title="Summarise a page in two sentences",
    description="Read one page and write two sentences about it.",
    reward="0.40",
    assignment_duration_in_seconds=600,
    qualification_requirements=[holds(reader), approval(at_least=95, hits=500), past.requirement],
)
pulumi.export("hit_type_id", task.hit_type_id)
