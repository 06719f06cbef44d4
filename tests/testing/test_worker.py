"""Workers of a test: tests, permissions and work, by the rules of the marketplace."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError
from mypy_boto3_mturk import MTurkClient

from pulumi_mturk.marketplace.errors import ClockError, MarketplaceError
from pulumi_mturk.testing import MockMarketplace, Worker, WorkerRefusedError, mock_mturk
from pulumi_mturk.testing.errors import MockUsageError
from tests.support.marketplace.api_calls import ADULT, APPROVED, LOCALE, PERCENT_APPROVED, QUESTION, SANDBOX_MASTERS
from tests.testing.conftest import new_tested_type, new_type, publish

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
def client(mturk_client: MTurkClient) -> MTurkClient:
    return mturk_client


def needs(qualification_type_id: str, comparator: str = "Exists", **members: Any) -> dict[str, Any]:
    return {"QualificationTypeId": qualification_type_id, "Comparator": comparator, **members}


def test_a_workers_whole_way(client: MTurkClient, mturk_marketplace: MockMarketplace, mturk_worker: Worker) -> None:
    type_id = new_tested_type(client)
    hit = publish(client, needs(type_id, "GreaterThanOrEqualTo", IntegerValues=[1]))

    assert not mturk_worker.may_accept(hit)
    assert mturk_worker.may_accept(hit).reasons == (
        "You need: a score of at least 1 in 'Receipts'. You have: not this qualification.",
    )
    assert mturk_worker.take_test(type_id, {"q1": "a"}) == 1
    assert mturk_worker.may_accept(hit)
    assignment = mturk_worker.accept(hit).submit({"total": "12.50", "seen": ["shop", "date"], "items": 3})

    (found,) = client.list_assignments_for_hit(HITId=hit)["Assignments"]
    assert (found["AssignmentId"], found["WorkerId"]) == (assignment.id, mturk_worker.id)
    assert re.findall(r"<FreeText>(.*?)</FreeText>", found["Answer"]) == ["12.50", "shop|date", "3"]
    client.approve_assignment(AssignmentId=assignment.id)
    client.send_bonus(WorkerId=mturk_worker.id, AssignmentId=assignment.id, BonusAmount="0.50", Reason="Thank you.")
    assert [(mail.kind, mail.text) for mail in mturk_marketplace.mails] == [("Bonus", "Thank you.")]
    assert [call.operation for call in mturk_marketplace.calls] == [
        "CreateQualificationType",
        "CreateHIT",
        "ListAssignmentsForHIT",
        "ApproveAssignment",
        "SendBonus",
    ]
    assert mturk_marketplace.calls[-1].parameters["BonusAmount"] == "0.50"  # type: ignore[index]


def test_the_requester_decides_on_a_test_without_a_key(client: MTurkClient, mturk_worker: Worker) -> None:
    type_id = new_tested_type(client, key=False)
    hit = publish(client, needs(type_id))

    assert mturk_worker.take_test(type_id, {"q1": "b"}) is None
    assert not mturk_worker.may_accept(hit)
    (request,) = client.list_qualification_requests(QualificationTypeId=type_id)["QualificationRequests"]
    client.accept_qualification_request(QualificationRequestId=request["QualificationRequestId"], IntegerValue=4)
    assert mturk_worker.may_accept(hit)


def test_a_qualification_without_a_test_is_asked_for(client: MTurkClient, mturk_worker: Worker) -> None:
    granted = client.create_qualification_type(
        Name="Anybody", Description="x", QualificationTypeStatus="Active", AutoGranted=True, AutoGrantedValue=7
    )
    tested = new_tested_type(client)

    assert mturk_worker.request_qualification(granted) == 7
    assert mturk_worker.request_qualification(new_type(client, "By hand")) is None
    with pytest.raises(WorkerRefusedError, match="test"):
        mturk_worker.request_qualification(tested)
    with pytest.raises(WorkerRefusedError, match="no test"):
        mturk_worker.take_test(granted["QualificationType"], {})
    with pytest.raises(WorkerRefusedError, match="no question 'q2'"):
        mturk_worker.take_test(tested, {"q2": "a"})


def test_what_a_requirement_guards(client: MTurkClient, mturk_worker: Worker) -> None:
    type_id = new_type(client)
    guards = ("Accept", "PreviewAndAccept", "DiscoverPreviewAndAccept")
    hits = [publish(client, needs(type_id, ActionsGuarded=guard), Title=guard) for guard in guards]

    found = [(mturk_worker.sees(hit), mturk_worker.previews(hit), bool(mturk_worker.may_accept(hit))) for hit in hits]

    assert found == [(True, True, False), (True, False, False), (False, False, False)]
    client.associate_qualification_with_worker(
        QualificationTypeId=type_id, WorkerId=mturk_worker.id, IntegerValue=1, SendNotification=False
    )
    assert all(mturk_worker.sees(hit) and mturk_worker.previews(hit) and mturk_worker.may_accept(hit) for hit in hits)


def test_workers_are_as_they_are_made(client: MTurkClient, mturk_marketplace: MockMarketplace) -> None:
    made = mturk_marketplace.worker
    here = publish(client, needs(LOCALE, "EqualTo", LocaleValues=[{"Country": "US", "Subdivision": "CA"}]))
    experienced = publish(
        client,
        needs(APPROVED, "GreaterThan", IntegerValues=[100]),
        needs(PERCENT_APPROVED, "GreaterThanOrEqualTo", IntegerValues=[95]),
    )
    masters = publish(client, needs(SANDBOX_MASTERS))
    adults = publish(client, needs(ADULT, "EqualTo", IntegerValues=[1]))

    assert made(country="US", subdivision="CA").may_accept(here)
    assert not made(country="US").may_accept(here)
    assert not made().may_accept(here)
    assert made(approved=190, rejected=10).may_accept(experienced)
    assert len(made(approved=90, rejected=11).may_accept(experienced).reasons) == 2
    assert made(masters=True).may_accept(masters)
    assert not made().may_accept(masters)
    assert made(adult=True).may_accept(adults)
    assert not made().may_accept(adults)
    for wrong, told in (
        ({"country": "UK"}, "GB"),
        ({"country": "USA"}, "country: 'USA' is no ISO"),
        ({"approved": -1}, "history"),
    ):
        with pytest.raises(ValueError, match=f"^worker: .*{told}"):
            made(**wrong)


def test_a_worker_of_a_list_is_made_with_the_id_of_there(
    client: MTurkClient, mturk_marketplace: MockMarketplace
) -> None:
    type_id = new_type(client)
    client.associate_qualification_with_worker(QualificationTypeId=type_id, WorkerId="A1EXAMPLEPAST", IntegerValue=1)
    hit = publish(client, needs(type_id, "DoesNotExist"))

    assert not mturk_marketplace.worker("A1EXAMPLEPAST").may_accept(hit)
    assert mturk_marketplace.worker("A2EXAMPLENEW").may_accept(hit)
    assert [mail.kind for mail in mturk_marketplace.mails] == ["Grant"]


def test_every_reason_is_given(client: MTurkClient, mturk_worker: Worker) -> None:
    hit = publish(client, needs(APPROVED, "GreaterThan", IntegerValues=[10]), needs(new_type(client)))
    client.create_worker_block(WorkerId=mturk_worker.id, Reason="Asked to be left alone.")

    blocked, *unmet = mturk_worker.may_accept(hit).reasons

    assert "blocked" in blocked
    assert len(unmet) == 2
    assert mturk_worker.previews(hit)
    with pytest.raises(WorkerRefusedError, match="blocked"):
        mturk_worker.accept(hit)


def test_hits_that_are_taken_over_or_deleted_are_not_there(
    client: MTurkClient, mturk_marketplace: MockMarketplace, mturk_worker: Worker
) -> None:
    hit = publish(client, MaxAssignments=1)
    mturk_marketplace.worker().accept(hit)
    assert not mturk_worker.sees(hit)
    assert "none is left" in mturk_worker.may_accept(hit).reasons[0]

    over = publish(client)
    mturk_marketplace.advance(hours=2)
    client.delete_hit(HITId=over)
    assert not mturk_worker.sees(over)
    assert not mturk_worker.previews(over)
    assert "deleted" in mturk_worker.may_accept(over).reasons[0]


def test_a_wrong_reference_is_no_answer(client: MTurkClient, mturk_worker: Worker) -> None:
    made = client.create_hit(
        Title="A task", Description="x", Reward="0.10", AssignmentDurationInSeconds=60, LifetimeInSeconds=60,
        Question=QUESTION,
    )  # fmt: skip
    for right in (made, made["HIT"], made["HIT"]["HITId"]):
        assert mturk_worker.sees(right)
    for act in (mturk_worker.sees, mturk_worker.previews, mturk_worker.may_accept, mturk_worker.accept):
        with pytest.raises(MockUsageError, match="There is no HIT with the id '3WRONG'"):
            act("3WRONG")
        with pytest.raises(MockUsageError, match="nothing here has a HITId"):
            act({"QualificationType": {}})
    for wrong in (True, None, [None], 1.5):
        with pytest.raises(MockUsageError, match="The answer to 'x' is"):
            mturk_worker.accept(publish(client)).submit({"x": wrong})  # type: ignore[dict-item]


@pytest.fixture
def standing() -> Iterator[MockMarketplace]:
    with mock_mturk(now=NOW) as marketplace:
        yield marketplace


def test_the_clock_stands_where_it_was_put_and_is_turned_on(standing: MockMarketplace) -> None:
    client = boto3.client("mturk")
    hit = publish(client, AutoApprovalDelayInSeconds=3600, LifetimeInSeconds=86400)
    assert client.get_hit(HITId=hit)["HIT"]["Expiration"] == NOW + timedelta(days=1)
    assignment = standing.worker().accept(hit).submit({})
    late = standing.worker().accept(hit)

    standing.advance(hours=1, minutes=1)

    assert standing.now == NOW + timedelta(hours=1, minutes=1)
    found = client.get_assignment(AssignmentId=assignment.id)["Assignment"]
    assert (found["AssignmentStatus"], found["ApprovalTime"]) == ("Approved", NOW + timedelta(hours=1))
    with pytest.raises(WorkerRefusedError, match="time for this assignment is over"):
        late.submit({})
    with pytest.raises(ClockError):
        standing.advance(days=-1)
    assert standing.now == NOW + timedelta(hours=1, minutes=1)


def test_the_machines_clock_goes_on(mturk_marketplace: MockMarketplace) -> None:
    assert abs(mturk_marketplace.now - datetime.now(UTC)) < timedelta(minutes=1)
    mturk_marketplace.advance(weeks=1)
    assert mturk_marketplace.now > datetime.now(UTC) + timedelta(days=6)


class TestFixturesOfOnesOwn:
    @pytest.fixture
    def mturk_marketplace(self) -> Iterator[MockMarketplace]:
        with mock_mturk(environment="production", balance="12.00") as marketplace:
            yield marketplace

    def test_the_others_use_it(self, mturk_client: MTurkClient, mturk_worker: Worker) -> None:
        assert mturk_client.get_account_balance()["AvailableBalance"] == "12.00"
        assert mturk_worker.sees(publish(mturk_client, needs(LOCALE, "EqualTo", LocaleValues=[{"Country": "US"}])))


@pytest.fixture
def once() -> MTurkClient:
    """Asked for behind a mock: a client that repeats nothing by itself."""
    return boto3.client("mturk", config=Config(retries={"total_max_attempts": 1}))


@pytest.mark.usefixtures("mturk_marketplace")
class TestFaults:
    def test_calls_fail_with_a_code_as_often_as_asked(
        self, mturk_marketplace: MockMarketplace, once: MTurkClient
    ) -> None:
        mturk_marketplace.fail("CreateQualificationType", "ThrottlingException", times=2)
        for _ in range(2):
            with pytest.raises(ClientError, match="ThrottlingException"):
                new_type(once)
        new_type(once)
        assert [call.error for call in mturk_marketplace.calls] == ["ThrottlingException", "ThrottlingException", ""]

    @pytest.mark.parametrize(
        ("code", "error"), [("ServiceFault", ClientError), ("ConnectionClosedError", ConnectionClosedError)]
    )
    def test_an_answer_is_lost_after_the_call(
        self, mturk_marketplace: MockMarketplace, once: MTurkClient, code: str, error: type[Exception]
    ) -> None:
        mturk_marketplace.fail("CreateQualificationType", code)
        mturk_marketplace.fail("CreateQualificationType", code, after=True)
        for there in (0, 1):
            with pytest.raises(error):
                new_type(once)
            assert len(mturk_marketplace.marketplace.summary().qualification_types) == there

    def test_access_is_denied_to_any_call(self, mturk_marketplace: MockMarketplace, once: MTurkClient) -> None:
        mturk_marketplace.fail("*", "AccessDeniedException")
        with pytest.raises(ClientError, match="AccessDeniedException"):
            once.list_hits()

    def test_what_can_not_fail_so_is_told(self, mturk_marketplace: MockMarketplace) -> None:
        with pytest.raises(ValueError, match="'Throttling'; write one of ThrottlingException, ServiceFault"):
            mturk_marketplace.fail("CreateHIT", "Throttling")
        with pytest.raises(ValueError, match="after=True goes with ServiceFault, ConnectionClosedError"):
            mturk_marketplace.fail("CreateHIT", "ThrottlingException", after=True)
        with pytest.raises(MarketplaceError, match="no operation 'create_hit'"):
            mturk_marketplace.fail("create_hit", "ServiceFault")
        with pytest.raises(MarketplaceError, match="times from 1"):
            mturk_marketplace.fail("CreateHIT", "ServiceFault", times=0)
