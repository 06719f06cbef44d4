"""What the notes of examples say has to be so at the service, or on the way to it."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest import mock

from pulumi_mturk.common.errors import ConfigurationError
from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.marketplace import Fault, Marketplace
from pulumi_mturk.provider import dynamic_adapter
from pulumi_mturk.provider.handles import FILE as HANDLES
from pulumi_mturk.provider.instance import TEST_VARIABLE, refuse_to_leave_a_test, remarks
from pulumi_mturk.provider.receipts import FOLDER
from pulumi_mturk.provider.shell import Shell
from tests.support.core import publish, publish_of
from tests.support.inputs import CALL_OF_TYPE
from tests.support.rule_examples import SITUATIONS, Stack

Arrange = Callable[[Stack, Marketplace], Iterator[None]]


def situation(note: str) -> Callable[[Arrange], None]:
    def register(arrange: Arrange) -> None:
        SITUATIONS[note] = contextmanager(arrange)

    return register


@situation("the service refuses CreateHITType")
def _create_hit_type_is_refused(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    stack.before_refresh = lambda: marketplace.inject(Fault("access_denied"))
    yield


@situation("a worker holds the type")
def _a_worker_holds_the_type(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    stack.provider.client.grant(stack.resources["tier"].id, "A1EXAMPLE", 1, send_notification=False)
    yield


@situation("A1EXAMPLE holds it with 90")
def _a_worker_holds_the_type_with_another_score(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    stack.provider.client.grant(stack.resources["tier"].id, "A1EXAMPLE", 90, send_notification=False)
    yield


@situation("A1EXAMPLE is blocked for fraud")
def _a_worker_is_blocked(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    stack.provider.client.create_worker_block("A1EXAMPLE", "Fraud.")
    yield


@situation("the type that is deleted is 3EXAMPLEOLD")
def _the_type_has_an_id(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    stack.texts["3EXAMPLEOLD"] = stack.resources["tier"].id
    yield


@situation("another type of the account has the name")
def _another_type_has_the_name(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    stack.provider.client.create_qualification_type(**CALL_OF_TYPE | {"name": "Sentence rater"})
    yield


@situation("3EXAMPLETYPE is a type of the account")
def _a_type_has_an_id(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    values = CALL_OF_TYPE | {"name": "Sentence rater", "keywords": None}
    stack.texts["3EXAMPLETYPE"] = stack.provider.client.create_qualification_type(**values).qualification_type_id
    yield


@situation("the type of the stack is 3EXAMPLEOLD")
def _the_type_of_the_stack_has_an_id(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    stack.texts["3EXAMPLEOLD"] = stack.resources["tier"].id
    yield


_IMPORT_TIER = "`pulumi import mturk:index:QualificationType tier "
_IMPORT_SPAM = "`pulumi import mturk:index:WorkerBlock spam "
_HANDLE = "handle:0123456789abcdef"


@situation(f"{_IMPORT_TIER}careful-reader`")
def _a_type_is_imported_by_a_mistaken_id(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    stack.import_("QualificationType", "tier", "careful-reader")
    yield


@situation(f'{_IMPORT_TIER}"name=Careful reader"`')
def _a_type_is_imported_by_its_name(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    _new_type(stack, "Careful reader")
    stack.import_("QualificationType", "tier", "name=Careful reader")
    yield


@situation(f"{_IMPORT_TIER}3EXAMPLEGONE`")
def _a_type_is_imported_that_is_gone(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    stack.import_("QualificationType", "tier", "3EXAMPLEGONE")
    yield


@situation(f"{_IMPORT_TIER}3EXAMPLETYPE`")
def _a_type_is_imported(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    stack.import_("QualificationType", "tier", _new_type(stack, "Sentence rater"))
    yield


@situation(f"{_IMPORT_SPAM}A1EXAMPLE`")
def _a_block_is_imported_by_the_worker(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    stack.provider.client.create_worker_block("A1EXAMPLE", "Fraud.")
    stack.import_("WorkerBlock", "spam", "A1EXAMPLE")
    yield


@situation(f"{_IMPORT_SPAM}{_HANDLE}`")
def _a_block_is_imported_by_a_handle(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    stack.provider.client.create_worker_block("A1EXAMPLE", "Fraud.")
    HANDLES.write_text(json.dumps({_HANDLE: "A1EXAMPLE"}))
    stack.import_("WorkerBlock", "spam", _HANDLE)
    yield


@situation(f"{_IMPORT_SPAM}{_HANDLE}`, of another folder")
def _a_block_is_imported_by_an_unknown_handle(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    stack.import_("WorkerBlock", "spam", _HANDLE)
    yield


def _new_type(stack: Stack, name: str) -> str:
    values = CALL_OF_TYPE | {"name": name, "description": "Rated sentences well.", "keywords": None}
    return stack.provider.client.create_qualification_type(**values).qualification_type_id


@situation("a run was killed after it had made the type")
def _a_run_was_killed(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    _killed(stack)
    yield


@situation("a run in another folder was killed after it had made the type")
def _a_run_elsewhere_was_killed(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    _killed(stack)
    for receipt in FOLDER.glob("*.json"):
        receipt.unlink()
    yield


def _killed(stack: Stack) -> None:
    """A run whose state is lost, though the service made the type."""
    stack.register("QualificationType", "tier", {"description": "Rated sentences well."})
    stack.resources.clear()
    stack.said.clear()
    stack.begin(stack.configuration)


@situation(".mturk/creating is a file")
def _no_receipt_can_be_kept(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    FOLDER.write_text("no folder")
    yield


@situation("a HIT keeps out who holds the type")
def _a_hit_excludes_by_the_type(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    publish(
        stack.provider.client,
        {"QualificationTypeId": stack.resources["tier"].id, "Comparator": "DoesNotExist"},
    )
    yield


@situation("a HIT of it is open")
def _a_hit_of_the_type_is_open(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    publish_of(stack.provider.client, stack.resources["task"].id)
    yield


@situation("only A1EXAMPLE and A2EXAMPLE are workers there")
def _others_are_unknown(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    marketplace.set_switches(unknown_workers="refuse")
    marketplace.register_worker("A1EXAMPLE", "A2EXAMPLE")
    yield


@situation("a call takes more than a second")
def _calls_are_slow(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    marketplace.set_switches(latency_milliseconds=1_100)
    yield


@situation("5,000 ids are in the configuration")
def _the_configuration_is_long(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    ids = " ".join(f"A{number:06}EXAMPLEWORKER" for number in range(5_000))
    with mock.patch.dict(os.environ, PULUMI_CONFIG=json.dumps({"test:workers": ids})):
        yield


@situation("AWS_ENDPOINT_URL is set")
def _the_variable_is_set(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    with mock.patch.dict(os.environ, AWS_ENDPOINT_URL="https://elsewhere.example.org"):
        stack.said += map(str, remarks(stack.provider.configuration))
        yield


@situation("mturk_stack runs it")
def _a_test_runs_the_program(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    with mock.patch.dict(os.environ, {TEST_VARIABLE: "true"}):
        try:
            refuse_to_leave_a_test(stack.provider.configuration)
        except ConfigurationError as error:
            stack.said += map(str, error.diagnostics)
        yield


@situation("AWS_CONFIG_FILE names no file")
def _a_file_is_not_there(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    with mock.patch.dict(os.environ, AWS_CONFIG_FILE="/nowhere/at/all"):
        stack.said += map(str, remarks(stack.provider.configuration))
        yield


@situation("AWS_CA_BUNDLE names no file")
def _certificates_are_not_there(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    with mock.patch.dict(os.environ, AWS_CA_BUNDLE="/nowhere/at/all"):
        yield


@situation("the variable ends with a line break")
def _a_key_has_a_line_break(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    with mock.patch.dict(os.environ, {"AWS_ACCESS_KEY_ID": "EXAMPLE\n", "AWS_SECRET_ACCESS_KEY": "example"}):
        yield


@situation("the engine asks before it configures")
def _not_configured(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    with mock.patch.object(dynamic_adapter, "_shell", Shell()):
        stack.said += [failure.reason for failure in dynamic_adapter.check("QualificationType", {}, {}).failures]
    stack.stopped = True
    yield


@situation("the engine hands over an unknown value")
def _a_value_is_unknown(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    stack.values = lambda values: values | {"description": UNKNOWN}
    yield


_IDENTITY = b"""<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::444455556666:user/example</Arn><UserId>EXAMPLE</UserId><Account>444455556666</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>"""


@situation("STS says 444455556666")
def _sts(stack: Stack, marketplace: Marketplace) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", str(len(_IDENTITY)))
            self.end_headers()
            self.wfile.write(_IDENTITY)

        def log_message(self, format: str, *args: object) -> None:
            """The test's output stays clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        with mock.patch.dict(os.environ, AWS_ENDPOINT_URL_STS=address, NO_PROXY="127.0.0.1"):
            yield
        server.shutdown()
