import pulumi

import pulumi_mturk as mturk
from pulumi_mturk.eligibility import approval, country

# Ids stand in a file of the repository, so that a commit says who is on the list. Keep such a repository private.
earlier = mturk.WorkerExclusion("earlier-participation", workers=mturk.workers_from_csv("earlier.csv"))
reliable = [country("US"), approval(at_least=98, hits=1000), earlier.requirement]

sentences = mturk.HITType(
    "rate-sentences",
    title="Rate the senses of words in ten sentences",
    description="Read ten sentences and say which sense a word has in each.",
    reward="1.60",
    assignment_duration_in_seconds=1800,
    auto_approval_delay_in_seconds=259200,
    qualification_requirements=reliable,
)
pairs = mturk.HITType(
    "rate-pairs",
    title="Compare ten pairs of sentences",
    description="Say for ten pairs of sentences whether a word has the same sense in both.",
    reward="0.60",
    assignment_duration_in_seconds=900,
    auto_approval_delay_in_seconds=259200,
    qualification_requirements=reliable,
)
pulumi.export("sentences_hit_type_id", sentences.hit_type_id)
pulumi.export("pairs_hit_type_id", pairs.hit_type_id)
pulumi.export("kept_out", earlier.count)
