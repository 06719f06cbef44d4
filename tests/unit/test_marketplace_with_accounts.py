"""A stack on a team's own marketplace that has accounts: by the keys that boto3 finds, and what wrong ones say."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_mturk.api.errors import AccessDeniedError
from pulumi_mturk.marketplace import Marketplace
from tests.support import core
from tests.support.core import opened
from tests.support.inputs import WORKER
from tests.support.marketplace.new_database import new_database

TYPE = {"name": "Reads receipts", "description": "Has read some.", "qualificationTypeStatus": "Active"}


@pytest.fixture
def marketplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Marketplace]:
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(core, "transport", "http")
    with Marketplace.open(new_database(tmp_path / "market.db")) as marketplace:
        marketplace.accounts.add("Lab")
        yield marketplace


def credentials(folder: Path, monkeypatch: pytest.MonkeyPatch, key_id: str, secret: str) -> None:
    path = folder / "credentials"
    path.write_text(f"[lab]\naws_access_key_id = {key_id}\naws_secret_access_key = {secret}\n")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(path))


def test_a_stack_lives_on_it_by_a_profile(
    marketplace: Marketplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = marketplace.accounts.add_key("Lab")
    credentials(tmp_path, monkeypatch, made.key_id, made.secret)
    with opened(tmp_path, environment="production", profile="lab") as place:
        made_type = place.made("QualificationType", TYPE)
        grant = place.made("QualificationGrant", {"qualificationTypeId": made_type.id, "workerId": WORKER})
        assert grant.read() is not None
        made_type.update({**made_type.inputs, "description": "Has read many."})
        assert {call.account for call in marketplace.calls()} == {2}
        grant.delete()
        made_type.delete()
        assert made_type.read() is None


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (
            "another secret",
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
            "Access Key and signing method. Consult the service documentation for details. "
            "[InvalidSignatureException]; see that the secret access key belongs to the access key, and that this "
            "machine's clock is right",
        ),
        (
            "a revoked key",
            "The security token included in the request is invalid. [UnrecognizedClientException]; the access key is "
            "not known there: see which credentials boto3 finds, and whether the key was deleted",
        ),
    ],
)
def test_a_wrong_key_is_told_with_what_to_do_and_without_the_key(
    marketplace: Marketplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, told: str
) -> None:
    made = marketplace.accounts.add_key("Lab")
    secret = made.secret
    if what == "another secret":
        secret = marketplace.accounts.add_key("Lab").secret
    else:
        marketplace.accounts.revoke_key(made.key_id)
    credentials(tmp_path, monkeypatch, made.key_id, secret)
    with opened(tmp_path, environment="production", profile="lab") as place:
        with pytest.raises(AccessDeniedError) as caught:
            place.made("WorkerBlock", {"workerId": WORKER, "reason": "Spam."})
        assert str(caught.value).endswith(told)
        assert made.key_id not in str(caught.value)
        assert secret not in str(caught.value)


def test_local_sends_no_key_and_is_told_so(marketplace: Marketplace, tmp_path: Path) -> None:
    with opened(tmp_path, environment="local") as place:
        with pytest.raises(AccessDeniedError) as caught:
            place.made("WorkerBlock", {"workerId": WORKER, "reason": "Spam."})
        assert "with mturk:environment local none are sent" in str(caught.value)
