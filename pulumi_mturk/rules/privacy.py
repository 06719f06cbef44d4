"""MT7xx: worker ids are personal data, and some questions are not to be asked. None of these can be accepted."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import (
    OURS,
    POLICY,
    answer_key,
    call,
    choice,
    form,
    hit_type,
    qualification_type,
    question,
    requiring,
    scored,
    with_test,
)

_KEY = answer_key(scored(("yes", 1), identifier="mail"))
_TIER = qualification_type(variable="tier") + "\n"
_BLOCK = call("WorkerBlock", "spam", worker_id='"A1EXAMPLE"', reason='"Fraud."')


def _grant(resource: str = "ann", **arguments: str) -> str:
    return call(
        "QualificationGrant", resource, qualification_type_id="tier", worker_id='"A1EXAMPLEWORKER"', **arguments
    )


NAMED_AFTER_A_WORKER = Rule(
    "MT701",
    "named-after-a-worker",
    "error",
    "A resource's name holds a worker id.",
    "Names are shown everywhere: in plans, states, logs and URLs.",
    wrong=Example(_TIER + _grant("rater-A1EXAMPLEWORKER")),
    right=Example(_TIER + _grant("first-rater")),
    source=OURS,
    label="documented",
)
WORKER_ID_IN_REASON = Rule(
    "MT702",
    "worker-id-in-reason",
    "error",
    "The reason of a revocation holds a worker's id.",
    "It is shown in plans, and sent to the worker.",
    wrong=Example(_TIER + _grant(revocation_reason='"A1EXAMPLEWORKER left."'), path="revocationReason"),
    right=Example(_TIER + _grant(revocation_reason='"The study is over. Thank you."')),
    source=OURS,
    label="documented",
)
ASKS_FOR_PERSONAL_DATA = Rule(
    "MT703",
    "asks-for-personal-data",
    "warning",
    "A title or description asks workers for personal data.",
    "MTurk's policy forbids to ask for a full name, an e-mail address or a telephone number.",
    wrong=Example(hit_type(description='"Write your e-mail address."'), path="description"),
    right=Example(hit_type(description='"Rate ten sentences."')),
    source=POLICY,
    label="documented",
)
TEST_ASKS_FOR_PERSONAL_DATA = Rule(
    "MT704",
    "test-asks-for-personal-data",
    "warning",
    "A question of a test asks workers for personal data.",
    "MTurk's policy forbids to ask for a full name, an e-mail address or a telephone number.",
    wrong=Example(
        with_test(
            form(question("<FreeTextAnswer/>", "mail", "What is your e-mail address?")),
        ),
        path="test",
        along_with=("MT306",),
    ),
    right=Example(with_test(form(question(choice("yes", "no"), "mail", "Is a@b an e-mail address?")), _KEY)),
    source=POLICY,
    label="documented",
)
WORKER_ID_IN_IMPORT = Rule(
    "MT707",
    "worker-id-in-import",
    "warning",
    "A resource is imported by an id that names a worker.",
    "`opts.import_` keeps the id in the state in the clear, in the history of the stack and in previews, too, as long "
    "as the option stands. While `pulumi import` runs, the id stands in the state as an operation under way: a backend "
    "may keep a copy of that, and if the import fails it stays in the history. A handle says nothing to others: "
    "`.mturk/handles.json` tells whom it means, where `pulumi-mturk adopt` writes one for each block that it finds, "
    "and you can write more.",
    wrong=Example(_BLOCK, note="`pulumi import mturk:index:WorkerBlock spam A1EXAMPLE`"),
    right=Example(_BLOCK, note="`pulumi import mturk:index:WorkerBlock spam handle:0123456789abcdef`"),
    source=OURS,
    label="observed",
    found_by="run",
)
WORKER_ID_IN_ACCEPTANCE = Rule(
    "MT705",
    "worker-id-in-acceptance",
    "error",
    "An entry of mturk:accept holds a worker id.",
    "Its reason is shown in plans and reports.",
    wrong=Example(
        requiring("approval(at_least=98)"),
        path="mturk:accept[0].reason",
        configuration={"accept": '[{"code": "MT204", "reason": "for A1EXAMPLEWORKER"}]'},
    ),
    right=Example(
        requiring("approval(at_least=98)"),
        configuration={"accept": '[{"code": "MT204", "reason": "a pilot with twelve people"}]'},
        along_with=("MT204",),
    ),
    source=OURS,
    label="documented",
    found_by="configuration",
)
WORKER_ID_IN_LAB_RULE = Rule(
    "MT706",
    "worker-id-in-lab-rule",
    "error",
    "An entry of mturk:require holds a worker's id.",
    "Rules, and the reasons of their exceptions, are shown in plans and reports.",
    wrong=Example(
        requiring('country("US")'),
        path="mturk:require[0].except",
        configuration={"require": '[{"id": "where", "locale": ["US"], "except": {"task": "A1EXAMPLEWORKER asked"}}]'},
    ),
    right=Example(
        requiring('country("US")'),
        configuration={"require": '[{"id": "where", "locale": ["US"], "except": {"task": "protocol 2026-14"}}]'},
    ),
    source=OURS,
    label="documented",
    found_by="configuration",
)
