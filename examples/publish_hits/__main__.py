"""The lasting part of a study: what the task pays, who may do it, and who has done it. HITs come from publish.py."""

from datetime import timedelta

import pulumi

import pulumi_mturk as mturk
from pulumi_mturk.eligibility import approval, production_only, without

done = mturk.QualificationType(
    "sentence-ratings-done",
    name_prefix="Sentence ratings, first round ",
    description="Took part in the first round of our sentence ratings.",
)
ratings = mturk.HITType(
    "sentence-ratings",
    title="How natural is this sentence?",
    description="Read one sentence and say how natural it sounds. Each worker can take part once.",
    keywords=["language", "rating", "short"],
    reward="0.20",
    assignment_duration_in_seconds=timedelta(minutes=5),
    auto_approval_delay_in_seconds=timedelta(days=2),
    qualification_requirements=[production_only(approval(at_least=95, hits=100)), without(done)],
)

pulumi.export("environment", ratings.environment)
pulumi.export("hit_type_id", ratings.hit_type_id)
pulumi.export("exclusion_qualification_type_id", done.id)
