"""What a change of rules does to workers: who comes in, who goes out, and an example of each."""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.text import listed
from pulumi_mturk.eligibility import system_types
from pulumi_mturk.eligibility.assumptions import alternatives, not_documented
from pulumi_mturk.eligibility.differences import Answer, Constraints, Difference, SubjectDifference, difference
from pulumi_mturk.eligibility.locales import Locale
from pulumi_mturk.eligibility.regions import USUAL_HITS, USUAL_RATE, Region, is_open, regions
from pulumi_mturk.eligibility.rule_set import STANDING, Action, Subject, World, guarding, read_rules
from pulumi_mturk.eligibility.rule_text import label
from pulumi_mturk.eligibility.telling import who
from pulumi_mturk.eligibility.worker import Worker

Verdict: TypeAlias = Literal["same", "tightened", "loosened", "both", "unknown"]
_VERDICTS: dict[tuple[Answer, Answer], Verdict] = {
    ("no", "no"): "same",
    ("yes", "no"): "loosened",
    ("no", "yes"): "tightened",
    ("yes", "yes"): "both",
}
_ELSEWHERE = Locale("US", "OH")


@dataclass(frozen=True)
class Movement:
    """Whether anybody comes in, or goes out, by a change of rules."""

    answer: Answer
    words: tuple[str, ...] = ()
    """Who: "approval rates of 95 to 97 %", "Canada". Of an unknown answer: what can't be told."""
    witnesses: tuple[Worker, ...] = ()
    """Made-up workers, one for each of the words' subjects, whom the one list admits and the other does not."""


@dataclass(frozen=True)
class Comparison:
    """What a change of rules does to the workers who may accept, and to what others see."""

    verdict: Verdict
    enters: Movement
    leaves: Movement
    visibility: tuple[str, ...]
    """Who now finds or previews the HIT, or no longer does, and may not accept it either way."""
    assumptions: tuple[str, ...]
    """What is not documented and the verdict rests on."""


@dataclass(frozen=True)
class Subset:
    """Whether whoever some rules admit, others admit too."""

    answer: Answer
    witness: Worker | None
    """Somebody whom the rules admit and the reference does not, if the answer is no."""


def compare(old: Any, new: Any, *, environment: Environment = "production") -> Comparison:
    """Who may accept by the new list of requirements and not by the old one, and the other way round.

    Exact by what is documented of each comparator. Qualification types are compared by their ids. A constraint whose
    meaning is not documented equals only itself: if both lists have it, it cancels, otherwise the answer is "unknown".
    """
    before, after = read_rules(old, environment), read_rules(new, environment)
    enters, leaves = _movement(after, before), _movement(before, after)
    answers = enters.answer, leaves.answer
    visibility, assumptions = _visibility(before, after), _assumptions(before, after, answers)
    return Comparison(_VERDICTS.get(answers, "unknown"), enters, leaves, tuple(visibility), assumptions)


def subset(rules: Any, reference: Any, *, action: Action = "Accept", environment: Environment = "production") -> Subset:
    """Whether whoever `rules` let take an action, `reference` lets too: whether the rules imply the reference."""
    inner, outer = (guarding(read_rules(each, environment), action) for each in (rules, reference))
    found = _movement(inner, outer)
    answer: Answer = {"yes": "no", "no": "yes", "unknown": "unknown"}[found.answer]  # type: ignore[assignment]
    return Subset(answer, next(iter(found.witnesses), None))


def _movement(within: Constraints, outside: Constraints) -> Movement:
    found = difference(within, outside, World())
    if found.answer != "yes":
        return Movement(found.answer, _doubts(within, outside) if found.answer == "unknown" else ())
    words = [word for each in found.subjects for word in _who(each, within, outside)]
    witnesses = [_witness(found, each, within, outside) for each in found.subjects]
    return Movement("yes", tuple(words), tuple(worker for worker in witnesses if worker is not None))


def _who(each: SubjectDifference, within: Constraints, outside: Constraints) -> list[str]:
    everything = [one for one in (*within, *outside) if one.subject == each.subject]
    everywhere = regions(each.subject, everything, World())
    return who(each.subject, each.regions, outside, everywhere, label(each.subject, everything))


def _doubts(within: Constraints, outside: Constraints) -> tuple[str, ...]:
    """What can't be told: what only one of the two lists has, or else what both have."""
    mine, other = ({each.key: each for each in side if is_open(each)} for side in (within, outside))
    found = [each for key, each in (mine | other).items() if key not in mine or key not in other]
    return tuple(dict.fromkeys(map(not_documented, found or mine.values())))


def _witness(
    found: Difference, differing: SubjectDifference, within: Constraints, outside: Constraints
) -> Worker | None:
    """Somebody within the one list and outside the other by one subject alone, if there is somebody."""
    points = {subject: region.point for subject, region in found.inside.items()}
    points[differing.subject] = differing.regions[0].point
    known = dict(points)
    place = known.pop(system_types.LOCALE, None)
    rate, hits = known.pop(STANDING, (USUAL_RATE, USUAL_HITS))
    masters, adult = known.pop(system_types.MASTERS, False), known.pop(system_types.ADULT, False)
    if not all(isinstance(subject, str) for subject, score in known.items() if score is not None):
        return None  # a type that is not known yet has no id to write down
    held = {str(subject): score for subject, score in known.items() if score is not None}
    everything = (*within, *outside)
    told = {*held, *([differing.subject] if isinstance(differing.subject, str) else ())} - {
        STANDING,
        system_types.LOCALE,
    }
    return Worker(
        locale=_ELSEWHERE if place is None else Locale.unchecked(place[0], place[1] or None),
        approval_rate=rate,
        hits_approved=hits,
        masters=masters,
        adult=adult,
        qualifications=held,
        _names={subject: label(subject, everything) for subject in sorted(told)},
    )


def _visibility(before: Constraints, after: Constraints) -> list[str]:
    """Who sees more, or less, of the HIT, and may not accept it either way."""
    found: dict[str, list[str]] = {}
    actions: tuple[tuple[Action, str], ...] = (("Discover", "find"), ("Preview", "preview"))
    for action, verb in actions:
        if {each.key for each in guarding(before, action)} == {each.key for each in guarding(after, action)}:
            continue
        for old, new, sentence in (
            (before, after, "{} now {{}} the HIT, and still can't accept it"),
            (after, before, "{} no longer {{}} the HIT, which they could not accept before either"),
        ):
            if whom := _who_sees(old, new, action):
                found.setdefault(sentence.format(listed(whom)), []).append(verb)
    return [sentence.format(" and ".join(verbs)) for sentence, verbs in found.items()]


def _who_sees(before: Constraints, after: Constraints, action: Action) -> list[str]:
    """Who may take an action after and not before, and may not accept: of what does not let them accept, too."""
    old, new, everything = guarding(before, action), guarding(after, action), (*before, *after)

    def proven(within: Constraints, outside: Constraints) -> dict[Subject, tuple[Region, ...]]:
        found = difference(within, outside, World(), everything)
        return {each.subject: each.regions for each in found.subjects if each.proven}

    if not (seeing := proven(new, old)):
        return []
    accepting, shut_out = proven(after, before), proven(new, after)
    whom = []
    for subject, found in seeing.items():
        told = tuple(region for region in found if region not in accepting.get(subject, ()))
        if not shut_out.keys() - {subject}:
            told = tuple(region for region in told if region in shut_out.get(subject, ()))
        if told:
            whom += _who(SubjectDifference(subject, told, proven=True), everything, old)
    return whom


def _assumptions(before: Constraints, after: Constraints, answers: tuple[Answer, Answer]) -> tuple[str, ...]:
    """What is not documented and two answers rest on: who comes in, and who goes out."""
    found = [
        text
        for text, world in alternatives((*before, *after))
        if answers != (difference(after, before, world).answer, difference(before, after, world).answer)
    ]
    if "yes" in answers:
        shared = {each.key for each in before} & {each.key for each in after}
        found += [not_documented(each) for each in after if each.key in shared and is_open(each)]
    return tuple(dict.fromkeys(found))
