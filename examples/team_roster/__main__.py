"""A team of transcribers whose scores are in a spreadsheet: they decide which task each finds, and what it pays."""

from datetime import timedelta
from pathlib import Path

import pulumi

import pulumi_mturk as mturk
from pulumi_mturk.eligibility import score

# Two columns of a spreadsheet, or more. README.md says how to keep yours out of git.
file = Path(__file__).parent / (pulumi.Config().get("team") or "team.csv")
REGULAR, SENIOR = 60, 85

transcription = mturk.QualificationType(
    "transcription",
    name_prefix="Transcription team ",
    description="Your score in our transcription team. It decides which of our recordings you find.",
)
team = mturk.QualificationRoster(
    "team",
    qualification_type_id=transcription,
    workers=mturk.workers_from_csv(file, score="score"),
    exclusive=True,  # the file is all there is: who holds the qualification and is not in it, loses it
)


def recordings(name: str, reward: str, at_least: int, below: int | None = None) -> mturk.HITType:
    return mturk.HITType(
        name,
        title="Write down five minutes of a recording",
        description="Listen to a recording of five minutes and write down what is said, by our conventions.",
        keywords=["transcription", "audio"],
        reward=reward,
        assignment_duration_in_seconds=timedelta(hours=1),
        auto_approval_delay_in_seconds=timedelta(days=2),
        qualification_requirements=score(
            team, at_least=at_least, below=below, actions_guarded="DiscoverPreviewAndAccept"
        ),
    )


regular = recordings("regular", "2.40", at_least=REGULAR, below=SENIOR)
senior = recordings("senior", "3.60", at_least=SENIOR)

pulumi.export("hit_type_ids", {"regular": regular.hit_type_id, "senior": senior.hit_type_id})
pulumi.export("team_size", team.count)
