"""Makes the pictures of the documentation from real pages, by Chromium: `make pictures`.

A marketplace with a transcription study, as a worker sees it who has just registered.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from pulumi_mturk.marketplace import Marketplace, Server
from tests.support.browser import chromium
from tests.support.marketplace.api_calls import client_of

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
_QUESTION = """\
<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd">
<HTMLContent><![CDATA[<!doctype html><p>Write down the recording.</p>]]></HTMLContent><FrameHeight>0</FrameHeight>
</HTMLQuestion>"""
_TEST = """\
<QuestionForm xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2017-11-06/QuestionForm.xsd">
<Question><QuestionIdentifier>pause</QuestionIdentifier><QuestionContent><Text>How is a pause written?</Text>
</QuestionContent><AnswerSpecification><FreeTextAnswer/></AnswerSpecification></Question></QuestionForm>"""
_LOCALE, _HITS_APPROVED = "00000000000000000071", "00000000000000000040"


def main() -> int:
    """Write each picture."""
    PICTURES.mkdir(exist_ok=True)
    with _served() as address, chromium() as browser:
        _worker_page(browser, address)
    return 0


def _worker_page(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 880, "height": 860}, base_url=address) as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_label("Country of your address").fill("GB")
        page.get_by_role("button", name="Register").click()
        page.get_by_text("Write down two minutes of an interview").first.wait_for()
        page.screenshot(path=PICTURES / "worker.png")


@contextmanager
def _served() -> Iterator[str]:
    """The address of a marketplace with one HIT that asks for the study's test."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Marketplace.open(Path(folder) / "memory-lab.db") as marketplace,
        Server(marketplace) as server,
    ):
        mturk = client_of(server)
        made = mturk.create_qualification_type(
            Name="Transcription conventions",
            Description="You know the conventions by which we write down interviews: six questions.",
            QualificationTypeStatus="Active",
            Test=_TEST,
            TestDurationInSeconds=900,
            RetryDelayInSeconds=604_800,
        )
        conventions = made["QualificationType"]["QualificationTypeId"]
        mturk.create_hit(
            Title="Write down two minutes of an interview",
            Description="Listen to a recording of two minutes and write down what is said, by our conventions.",
            Keywords="transcription, audio, English, interview",
            Reward="1.80",
            MaxAssignments=20,
            AssignmentDurationInSeconds=2700,
            LifetimeInSeconds=604_800,
            Question=_QUESTION,
            QualificationRequirements=[
                {
                    "QualificationTypeId": _LOCALE,
                    "Comparator": "In",
                    "LocaleValues": [{"Country": code} for code in ("US", "CA", "GB", "AU", "NZ")],
                },
                {"QualificationTypeId": _HITS_APPROVED, "Comparator": "GreaterThanOrEqualTo", "IntegerValues": [0]},
                {"QualificationTypeId": conventions, "Comparator": "GreaterThanOrEqualTo", "IntegerValues": [75]},
            ],
        )
        yield server.url


if __name__ == "__main__":
    sys.exit(main())
