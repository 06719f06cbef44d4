"""MT36x: qualification types that are there already: made by a run that was cut off, or to be taken over."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import CREATE_TYPE, qualification_type

TYPE_FOUND_AGAIN = Rule(
    "MT360",
    "type-found-again",
    "info",
    "A run that was cut off had made the type already.",
    "Before a type is made, its name and a digest of its values are noted in `.mturk/creating/`, in the folder of the "
    "project file. The next run there finds the type by it, and takes it if it was created since and every value is "
    "the one that the program has. Nothing is made a second time.",
    wrong=Example(qualification_type(), note="a run was killed after it had made the type"),
    right=Example(qualification_type()),
    source=CREATE_TYPE,
    label="documented",
    found_by="run",
)
TYPE_LEFT_BEHIND = Rule(
    "MT361",
    "type-left-behind",
    "warning",
    "A type that was made for the resource is in no state that is known here.",
    "A run that was cut off has made it and the program has changed since, or its state is lost, or a colleague has a "
    "stack of the same name. It is never taken over without being asked: adopt says so.",
    wrong=Example(qualification_type(), note="a run in another folder was killed after it had made the type"),
    right=Example(qualification_type()),
    source=CREATE_TYPE,
    label="documented",
    found_by="run",
)
RECEIPT_NOT_KEPT = Rule(
    "MT362",
    "receipt-not-kept",
    "error",
    "What is about to be made can't be noted in the project's folder.",
    "Without the note in `.mturk/creating/` a run that is killed would leave a type that no stack knows, and that a "
    "later run makes a second time. So it is refused before the call.",
    wrong=Example(qualification_type(), note=".mturk/creating is a file"),
    right=Example(qualification_type()),
    source=CREATE_TYPE,
    label="documented",
    found_by="run",
)
