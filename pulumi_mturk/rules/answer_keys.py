"""MT34x: answer keys (AnswerKey)."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import ANSWER_KEY, QUESTION_FORM, answer_key, choice, form, question, scored, with_test

_ONE = question(choice("river", "money"))
_TEST = form(_ONE)
_KEY = answer_key(scored(("river", 10)))
_RIGHT = Example(with_test(_TEST, _KEY))


def _wrong_key(key: str, test: str = _TEST) -> Example:
    return Example(with_test(test, key), path="answerKey")


_CHECKBOX = "<StyleSuggestion>checkbox</StyleSuggestion>"
_TWO = answer_key(scored(("river money", 10)))


KEY_QUESTION_TWICE = Rule(
    "MT340",
    "key-question-twice",
    "error",
    "The answer key has one question twice.",
    "Which of the two counts is not documented: merge them.",
    wrong=_wrong_key(answer_key(scored(("river", 10)), scored(("money", 5)))),
    right=Example(with_test(_TEST, answer_key(scored(("river", 10), ("money", 5))))),
    source=ANSWER_KEY,
    label="documented",
)
OPTION_NAMES_TWICE = Rule(
    "MT341",
    "option-names-twice",
    "error",
    "An option of the answer key names a selection twice.",
    "An option is the set of what is chosen.",
    wrong=_wrong_key(answer_key(scored(("river river", 10)))),
    right=_RIGHT,
    source=ANSWER_KEY,
    label="documented",
)
OPTION_TWICE = Rule(
    "MT342",
    "option-twice",
    "error",
    "The answer key has one set of selections twice.",
    "Which of the two scores counts is not documented.",
    wrong=_wrong_key(answer_key(scored(("river", 10), ("river", 5)))),
    right=Example(with_test(_TEST, answer_key(scored(("river", 10), ("money", 5))))),
    source=ANSWER_KEY,
    label="documented",
)
RANGE_REVERSED = Rule(
    "MT343",
    "range-reversed",
    "error",
    "A range of sums ends below its beginning.",
    "InclusiveLowerBound is at most InclusiveUpperBound.",
    wrong=_wrong_key(
        answer_key(
            scored(("river", 10)),
            mapping="<RangeMapping><SummedScoreRange><InclusiveLowerBound>9</InclusiveLowerBound><InclusiveUpperBound>5"
            "</InclusiveUpperBound><QualificationValue>1</QualificationValue></SummedScoreRange>"
            "<OutOfRangeQualificationValue>0</OutOfRangeQualificationValue></RangeMapping>",
        )
    ),
    right=Example(
        with_test(
            _TEST,
            answer_key(
                scored(("river", 10)),
                mapping="<RangeMapping><SummedScoreRange><InclusiveLowerBound>5</InclusiveLowerBound>"
                "<InclusiveUpperBound>10</InclusiveUpperBound><QualificationValue>1</QualificationValue>"
                "</SummedScoreRange><OutOfRangeQualificationValue>0</OutOfRangeQualificationValue></RangeMapping>",
            ),
        )
    ),
    source=ANSWER_KEY,
    label="documented",
)
RANGES_OVERLAP = Rule(
    "MT344",
    "ranges-overlap",
    "error",
    "Two ranges of sums overlap.",
    "Both bounds are inclusive, and a sum must be in one range only.",
    wrong=_wrong_key(
        answer_key(
            scored(("river", 10)),
            mapping="<RangeMapping>"
            + "".join(
                f"<SummedScoreRange><InclusiveLowerBound>{low}</InclusiveLowerBound><InclusiveUpperBound>{high}"
                f"</InclusiveUpperBound><QualificationValue>{low}</QualificationValue></SummedScoreRange>"
                for low, high in ((0, 5), (5, 10))
            )
            + "<OutOfRangeQualificationValue>0</OutOfRangeQualificationValue></RangeMapping>",
        )
    ),
    right=Example(
        with_test(
            _TEST,
            answer_key(
                scored(("river", 10)),
                mapping="<RangeMapping>"
                + "".join(
                    f"<SummedScoreRange><InclusiveLowerBound>{low}</InclusiveLowerBound><InclusiveUpperBound>{high}"
                    f"</InclusiveUpperBound><QualificationValue>{low}</QualificationValue></SummedScoreRange>"
                    for low, high in ((0, 4), (5, 10))
                )
                + "<OutOfRangeQualificationValue>0</OutOfRangeQualificationValue></RangeMapping>",
            ),
        )
    ),
    source=ANSWER_KEY,
    label="documented",
)
PERCENTAGE_OF_ANOTHER_SUM = Rule(
    "MT345",
    "percentage-of-another-sum",
    "warning",
    "The best answers are not worth 100 %.",
    "PercentageMapping divides by MaximumSummedScore, which should be the most that the answers can give.",
    wrong=_wrong_key(
        answer_key(
            scored(("river", 10)),
            mapping="<PercentageMapping><MaximumSummedScore>20</MaximumSummedScore></PercentageMapping>",
        )
    ),
    right=Example(
        with_test(
            _TEST,
            answer_key(
                scored(("river", 10)),
                mapping="<PercentageMapping><MaximumSummedScore>10</MaximumSummedScore></PercentageMapping>",
            ),
        )
    ),
    source=ANSWER_KEY,
    label="documented",
)
NO_SUCH_QUESTION = Rule(
    "MT346",
    "no-such-question",
    "error",
    "The answer key scores a question that the test does not have.",
    "Identifiers are compared letter by letter.",
    wrong=_wrong_key(answer_key(scored(("river", 10)), scored(("river", 10), identifier="Sense"))),
    right=_RIGHT,
    source=ANSWER_KEY,
    label="documented",
)
NO_SUCH_SELECTION = Rule(
    "MT347",
    "no-such-selection",
    "error",
    "The answer key names a selection that the test does not offer.",
    "Identifiers are compared letter by letter.",
    wrong=_wrong_key(answer_key(scored(("River", 10)))),
    right=_RIGHT,
    source=ANSWER_KEY,
    label="documented",
)
NEVER_CHOSEN = Rule(
    "MT348",
    "never-chosen",
    "error",
    "An option of the answer key can never be chosen.",
    "An AnswerOption is the whole set that is chosen; alternatives are options of their own.",
    wrong=_wrong_key(answer_key(scored(("river money", 10)))),
    right=Example(with_test(_TEST, answer_key(scored(("river", 10), ("money", 10))))),
    source=ANSWER_KEY,
    label="documented",
)
CHECKBOXES_WITHOUT_A_COUNT = Rule(
    "MT349",
    "checkboxes-without-a-count",
    "warning",
    "The answer key wants two selections of checkboxes for which the test has no MaxSelectionCount.",
    "It is 1 where it is left out (documented), and the option could never be chosen; published forms of several tools "
    "take it for any number. With a MaxSelectionCount there is no question.",
    wrong=_wrong_key(_TWO, form(question(choice("river", "money", before=_CHECKBOX)))),
    right=Example(
        with_test(
            form(
                question(
                    choice("river", "money", before="<MaxSelectionCount>2</MaxSelectionCount>" + _CHECKBOX),
                )
            ),
            _TWO,
        )
    ),
    source=QUESTION_FORM,
    label="documented",
)
