"""MT36x: qualification types that are there already: made by a run that was cut off, or to be taken over."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import CREATE_TYPE, GET_TYPE, OURS, UPDATE_TYPE, qualification_type

TYPE_FOUND_AGAIN = Rule(
    "MT360",
    "type-found-again",
    "info",
    "An earlier run has made the type already: it was cut off, got no answer, or its state could not be written.",
    "Before a type is made, its name and a digest of its values are noted in `.mturk/creating/`, in the folder of the "
    "project file. The next run there finds the type by it, and takes it if it was created since and every value is "
    "the one that the program has. Nothing is made a second time. The note goes when a later run sees the type in the "
    "state; until then `pulumi up --replace` finds the type, too, and makes another when it is given once more.",
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
    "A run that was cut off, or got no answer, has made it and the program has changed since, or its state is lost, or "
    "a colleague has a stack of the same name. It is never taken over without being asked, and another one is made. To "
    "have the old one after all, take the resource out of the program and run `pulumi up`, which deletes the new one, "
    "then put it back with adopt; or delete the old one with `pulumi-mturk sweep ID`.",
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

_THERE = "3EXAMPLETYPE is a type of the account"
_OURS = "the type of the stack is 3EXAMPLEOLD"
_ADOPTED = qualification_type(adopt='"3EXAMPLETYPE"')

TYPE_TAKEN_OVER = Rule(
    "MT363",
    "type-taken-over",
    "warning",
    "An existing type is taken over instead of making one.",
    "Nothing is wrong if the line names the type that you mean: read it before you run `pulumi up`. It is told in the "
    "run that takes the type over, and in no later one. Pulumi shows a create; the line tells what will be changed, "
    "and whether the type has the mark of another project, stack or resource. From then on the stack has it, and "
    "`destroy` deletes it.",
    wrong=Example("# It is told here, and that is no mistake.\n" + _ADOPTED, path="adopt", note=_THERE),
    right=Example(
        "# The stack has the type already: there is nothing to be told.\n" + qualification_type(adopt='"3EXAMPLEOLD"'),
        before=qualification_type(),
        note=_OURS,
    ),
    source=UPDATE_TYPE,
    label="documented",
)
NOTHING_TO_ADOPT = Rule(
    "MT364",
    "nothing-to-adopt",
    "error",
    "There is no type of this id that could be taken over.",
    "It has to be a type of this account, in this environment, that is not being deleted. A type that was made a "
    "moment ago may not be listed yet.",
    wrong=Example(qualification_type(adopt='"3EXAMPLEGONE"'), path="adopt"),
    right=Example(_ADOPTED, note=_THERE, along_with=("MT363",)),
    source=GET_TYPE,
    label="documented",
)
NOT_ADOPTABLE = Rule(
    "MT365",
    "not-adoptable",
    "error",
    "What the program says can't be brought about in the type that it takes over.",
    "Name and keywords of a type can't be changed; a test and a retry delay can't be taken away.",
    wrong=Example(qualification_type(adopt='"3EXAMPLETYPE"', keywords='"other"'), path="adopt", note=_THERE),
    right=Example(
        qualification_type(adopt='"3EXAMPLETYPE"', description='"Rated very well."'),
        note=_THERE,
        along_with=("MT363",),
    ),
    source=UPDATE_TYPE,
    label="documented",
)
ADOPT_IN_REPLACEMENT = Rule(
    "MT366",
    "adopt-in-replacement",
    "error",
    "A type is replaced while the program says to take it over.",
    "The replacement would take over the old type, and Pulumi then deletes the old one: the very same.",
    wrong=Example(
        qualification_type(adopt='"3EXAMPLEOLD"', keywords='"rating"'),
        before=qualification_type(),
        path="adopt",
        note=_OURS,
    ),
    right=Example(qualification_type(keywords='"rating"'), before=qualification_type(), along_with=("MT310",)),
    source=OURS,
    label="observed",
    found_by="change",
)
ADOPTS_ANOTHER = Rule(
    "MT367",
    "adopts-another",
    "error",
    "A resource that has a type says to take over another.",
    "It would have to let go of the one that it has: take the resource out of the program and run `pulumi up`, which "
    "deletes that one, then put it back with adopt. The same id, or none, is no difference.",
    wrong=Example(_ADOPTED, before=qualification_type(), path="adopt", note=_THERE),
    right=Example(qualification_type(adopt='"3EXAMPLEOLD"'), before=qualification_type(), note=_OURS),
    source=OURS,
    label="documented",
    found_by="change",
)
ADOPTED_TWICE = Rule(
    "MT368",
    "adopted-twice",
    "error",
    "Two resources of the program are one type.",
    "Each would undo what the other says, and the first to be removed deletes it for both.",
    wrong=Example(
        _ADOPTED + "\n" + qualification_type("bar", adopt='"3EXAMPLETYPE"'),
        path="adopt",
        note=_THERE,
        along_with=("MT363",),
    ),
    right=Example(_ADOPTED + "\n" + qualification_type("bar"), note=_THERE, along_with=("MT363",)),
    source=OURS,
    label="documented",
)
ADOPTED_TYPE_STAYS = Rule(
    "MT369",
    "adopted-type-stays",
    "info",
    "A type is not deleted, for it was taken over in the same run, or a resource of the program has it all the same.",
    "So a resource can be given another name, and take its type along; `pulumi up --replace` deletes nothing that "
    "the program takes over, nor does the next run after it; and of a type that was imported twice one resource can be "
    "removed.",
    wrong=Example(
        qualification_type("rank", adopt='"3EXAMPLEOLD"'),
        before=qualification_type(),
        note=_OURS,
        along_with=("MT363",),
    ),
    right=Example(qualification_type(), before=qualification_type()),
    source=OURS,
    label="documented",
    found_by="run",
)
