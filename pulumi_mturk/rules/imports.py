"""MT64x: what is imported into a stack, and the ids that say which."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import OURS, call, qualification_type

_TIER = qualification_type()
_BLOCK = call("WorkerBlock", "spam", worker_id='"A1EXAMPLE"', reason='"Fraud."')

IMPORT_ID = Rule(
    "MT642",
    "import-id",
    "error",
    "An id does not have the form by which such a resource is imported.",
    "A QualificationType is imported by its id or by `name=` and its exact name, a QualificationGrant by "
    "`TYPE/WORKER`, a QualificationRoster by the id of its type, a WorkerBlock by the worker's id, and a HITType by "
    "`hit:` and the id of a HIT that has it: the API has no call that reads a HIT type. In place of an id that names a "
    "worker a handle is taken.",
    wrong=Example(_TIER, note="`pulumi import mturk:index:QualificationType tier careful-reader`"),
    right=Example(_TIER, note='`pulumi import mturk:index:QualificationType tier "name=Careful reader"`'),
    source=OURS,
    label="documented",
    found_by="run",
)
NOTHING_TO_IMPORT = Rule(
    "MT643",
    "nothing-to-import",
    "error",
    "What is to be imported is not there.",
    "It has to be the account's own, in the environment of the stack. A type that was made in the last minutes may not "
    "be listed yet.",
    wrong=Example(_TIER, note="`pulumi import mturk:index:QualificationType tier 3EXAMPLEGONE`"),
    right=Example(_TIER, note="`pulumi import mturk:index:QualificationType tier 3EXAMPLETYPE`"),
    source=OURS,
    label="documented",
    found_by="run",
)
UNKNOWN_HANDLE = Rule(
    "MT644",
    "unknown-handle",
    "error",
    "A handle by which something is to be imported is not known here.",
    "`pulumi-mturk adopt` writes whom each handle means into `.mturk/handles.json`, beside the project file. Handles "
    "of another working copy mean nothing without that file.",
    wrong=Example(
        _BLOCK, note="`pulumi import mturk:index:WorkerBlock spam handle:0123456789abcdef`, of another folder"
    ),
    right=Example(_BLOCK, note="`pulumi import mturk:index:WorkerBlock spam handle:0123456789abcdef`"),
    source=OURS,
    label="documented",
    found_by="run",
)
