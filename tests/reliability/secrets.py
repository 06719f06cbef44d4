"""R13 and R14: what is secret stands in no file and no word in the clear, and the state has names of ours for code."""

import base64
import pickletools
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from pulumi.dynamic.dynamic import serialize_provider

from pulumi_mturk import dynamic
from pulumi_mturk.marketplace import Fault
from tests.cli.test_state import CLASSES, PROVIDERS
from tests.reliability.figure import Figure, Measured
from tests.support.pulumi_cli import Stack
from tests.support.question_documents import answer_key
from tests.support.recorded_programs import BLOCKED, FOUR, HOLDER, REASON, place

KEY_CANARY = "canary-in-the-answer-key"
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "AKIAEXAMPLECANARYKEY",
    "AWS_SECRET_ACCESS_KEY": "canary/in/the/secret/key",
    "AWS_SESSION_TOKEN": "canary-in-the-session-token",
}
# The service is told of these, and keeps them.
TOLD = {"answer key": KEY_CANARY, "worker id": HOLDER, "another worker id": BLOCKED, "reason": REASON}
CANARIES = TOLD | {name: value for name, value in CREDENTIALS.items() if name != "AWS_ACCESS_KEY_ID"}
_KEY = answer_key().replace("</AnswerKey>", f"<!-- {KEY_CANARY} --></AnswerKey>")
PROGRAM = FOUR.replace(repr(answer_key()), repr(_KEY))
# What is refused by the provider, each with a canary in it.
REFUSED = {
    "a key that is none": PROGRAM.replace("</AnswerKey>", ""),
    "a key with a wrong score": PROGRAM.replace("<AnswerScore>100<", f"<AnswerScore>{KEY_CANARY}<"),
    "a worker that is none": PROGRAM.replace(f'worker_id="{HOLDER}"', f'worker_id="{HOLDER}?"'),
    "a reason with a control character": PROGRAM.replace(REASON, f"{REASON}\\x07"),
}


def _secrets(_runs: int, _seed: int) -> Measured:
    """R13."""
    shown: Counter[str] = Counter()
    texts = 0

    def scan(where: str, found: Iterable[tuple[str, str]], canaries: dict[str, str] = CANARIES) -> None:
        nonlocal texts
        for _, text in found:
            texts += 1
            for name, canary in canaries.items():
                shown[f"{name} in {where}"] += canary in text

    with TemporaryDirectory() as folder, place(Path(folder)) as there:
        config = {"environment": "sandbox", "endpointUrl": there.url}
        stack = Stack(Path(folder) / "study", Path(folder) / "home", config)
        stack.env |= CREDENTIALS
        stack.env["PULUMI_MTURK_DEBUG"] = "1"
        outputs = [(what, stack.program(text).up("--diff", "--debug").text) for what, text in REFUSED.items()]
        there.marketplace.set_switches(unknown_workers="refuse")
        outputs.append(("refused by the service", stack.program(PROGRAM).up("--diff", "--debug").text))
        there.marketplace.set_switches(unknown_workers="accept")
        there.marketplace.inject(Fault("access_denied", "CreateWorkerBlock"))
        outputs += [
            ("denied", stack.up("--diff", "--debug").text),
            ("plan", stack.preview("--diff", "--debug", "--save-plan", "plan.json").text),
            ("up", stack.up("--diff", "--debug", "--logtostderr", "-v=3").ok().text),
            ("outputs", stack.run("stack", "output").text),
            ("refresh", stack.refresh("--diff", "--debug").ok().text),
        ]
        made = len(stack.resources())
        # What is looked for is there to be found.
        used = all(canary in str(stack.resources(secrets=True)) for canary in TOLD.values())
        scan("the files", _files(stack))
        outputs.append(("destroy", stack.destroy("--diff", "--debug").ok().text))
        scan("what is printed", outputs)
        scan("the files", _files(stack))
        credentials = {name: value for name, value in CANARIES.items() if name in CREDENTIALS}
        dumps = [(file.name, file.read_bytes().decode("latin-1")) for file in Path(folder).glob("place.db*")]
        scan("the marketplace", dumps, credentials)
    found = +shown
    result = f"{len(CANARIES)} canaries in {texts:,} texts and files of a stack of {made}: {found.total()} shown"
    told = "; ".join([result, *(f"{what} ({times})" for what, times in found.items())])
    return Measured(texts, told, reached=not found and used)


def _files(stack: Stack) -> Iterator[tuple[str, str]]:
    """All that Pulumi wrote: state, its backups, history, and saved plans; not the program, which has the secrets."""
    for file in stack.folder.rglob("*"):
        if file.is_file() and file.name != "__main__.py" and "__pycache__" not in file.parts:
            yield file.name, file.read_text(errors="replace")


def _no_code(_runs: int, _seed: int) -> Measured:
    """R14."""
    golden = {CLASSES[name]: pickled for name, pickled in PROVIDERS.items()}
    different = []
    longest = 0
    for provider in dynamic.PROVIDERS.values():
        pickled = serialize_provider(provider())
        operations = pickletools.genops(base64.b64decode(pickled))
        names = [argument for _, argument, _ in operations if isinstance(argument, str)]
        longest = max(longest, len(pickled))
        if pickled != golden.get(provider.__name__) or names != ["pulumi_mturk.dynamic", provider.__name__]:
            different.append(provider.__name__)
    runs = len(dynamic.PROVIDERS)
    complete = golden.keys() == {provider.__name__ for provider in dynamic.PROVIDERS.values()}
    result = f"{runs} providers: {len(different)} other than the golden one, at most {longest} characters, no code"
    return Measured(runs, "; ".join([result, *different]), reached=not different and complete and longest <= 150)


FIGURES = [
    Figure(
        "R13",
        "Answer keys, worker ids, reasons and credentials are shown nowhere",
        "canaries in each, scanned for in state, backups, history, plan, all that is printed with --debug in runs that "
        "succeed and that are refused, tracebacks among it, and the credentials in the marketplace's database",
        "0 in the clear",
        _secrets,
        short=0,
        long=1,
    ),
    Figure(
        "R14",
        "A state holds no code, only the name of a class of ours",
        "the pickled provider of each resource, as the SDK writes it, against the golden one",
        "all equal, at most 150 characters",
        _no_code,
        short=5,
        long=5,
    ),
]
