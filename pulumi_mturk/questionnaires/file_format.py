"""The format of a test's file and of its answer key's, version 1: which members there are, and what each may hold.

Whatever reads, describes or completes such a file goes by these tables. `documents` turns what they allow into XML.
"""

from typing import Final

from pulumi_mturk.questionnaires.kinds import (
    AnyOf,
    Either,
    Entries,
    Flag,
    Items,
    Kind,
    Member,
    Members,
    Number,
    OneOf,
    Text,
)

STYLES: Final = ("radiobutton", "checkbox", "list", "dropdown", "combobox", "multichooser")
DURATION: Final = r"([0-9]{1,9}) (second|minute|hour|day|week)s?"
NEVER: Final = "never"
INLINE: Final = "inline"
SUM: Final = "sum"
ONE: Final = "one"

_PLAIN = Text()
_MARKED = Text()  # a text in which *emphasis* and **strong emphasis** are shown as such
_IDENTIFIER = Text(filled=True)
_COUNT = Number(least=0)
_POSITIVE = Number(least=1)

BINARY: Final = Members(
    {
        "type": Member(OneOf(("image", "audio", "video")), "The kind of medium.", required=True),
        "subtype": Member(_PLAIN, "The second half of its media type: png, mpeg, mp4."),
        "url": Member(
            Text(pattern=r"[Hh][Tt][Tt][Pp][Ss]://[^ \t\n\r/?#].*", wanted="an address that begins with https://"),
            "Where it is.",
            required=True,
        ),
        "alt": Member(_PLAIN, "What is said in its place to whoever can't see or hear it.", required=True),
    }
)
_TEXT_BLOCK = Member(_MARKED, "A paragraph, with *emphasis* and **strong emphasis**.")
_BINARY_BLOCK = Member(BINARY, "An image, a recording or a film.")
_FORMATTED_BLOCK = Member(_PLAIN, "XHTML of the documented subset, each tag closed.")
_CHOICE_BLOCKS = {"text": _TEXT_BLOCK, "binary": _BINARY_BLOCK, "formatted": _FORMATTED_BLOCK}
BLOCKS: Final = Members(
    {
        "title": Member(_PLAIN, "A heading."),
        **_CHOICE_BLOCKS,
        "list": Member(Items(_PLAIN), "A list with bullets."),
    },
    either=(("title", "text", "binary", "formatted", "list"),),
)
CONTENT: Final = Either(scalar=_MARKED, items=Items(BLOCKS))

FREE_TEXT: Final = Members(
    {
        "lines": Member(_POSITIVE, "How many lines the field has: a suggestion."),
        "length": Member(
            Members(
                {
                    "min": Member(_COUNT, "The fewest characters."),
                    "max": Member(_POSITIVE, "The most characters."),
                }
            ),
            "How long the answer may be.",
        ),
        "number": Member(
            Members({"min": Member(Number(), "The least number."), "max": Member(Number(), "The greatest number.")}),
            "The answer is a number; {} for any.",
        ),
        "formats": Member(
            Items(
                Members(
                    {
                        "regex": Member(_PLAIN, "A regular expression that is found in the answer.", required=True),
                        "message": Member(_PLAIN, "What a worker is told whose answer has another form."),
                        "flags": Member(_PLAIN, "i: whichever case the letters are in."),
                    }
                )
            ),
            "What the answer has to look like.",
        ),
        "default": Member(_PLAIN, "What the field holds at first."),
    }
)
QUESTION: Final = Members(
    {
        "id": Member(_IDENTIFIER, "QuestionIdentifier: by it the key and the answers name the question.", True),
        "name": Member(_PLAIN, "DisplayName: what the question is called, such as 3a."),
        "required": Member(Flag(), "Whether it has to be answered. Left out, a worker may leave it out."),
        "text": Member(_MARKED, "What is asked, with *emphasis* and **strong emphasis**."),
        "content": Member(Items(BLOCKS), "What is asked, in several blocks."),
        "choose": Member(
            Either(
                scalar=OneOf((ONE,)),
                members=Members(
                    {
                        "min": Member(_COUNT, "The fewest choices.", required=True),
                        "max": Member(_POSITIVE, "The most choices.", required=True),
                    }
                ),
            ),
            "How many of the choices a worker takes: one, or from min to max.",
        ),
        "style": Member(OneOf(STYLES), "How the choices are shown: a suggestion."),
        "choices": Member(
            Entries(
                Either(scalar=_MARKED, members=Members(_CHOICE_BLOCKS, either=(tuple(_CHOICE_BLOCKS),))),
                "the choice's id",
            ),
            "What there is to choose from: the id of each choice, which the key names, and what workers read.",
        ),
        "other": Member(FREE_TEXT, "A choice of the worker's own words. Not with an answer key."),
        "free_text": Member(FREE_TEXT, "The answer is a text that the worker writes. Not with an answer key."),
    },
    either=(("text", "content"), ("choices", "free_text")),
    only_with={"choices": "choose", "choose": "choices", "style": "choices", "other": "choices"},
)
_PART = AnyOf(
    {
        "overview": Members({"overview": Member(CONTENT, "Text between the questions.", required=True)}),
        "xml": Members(
            {"xml": Member(_PLAIN, "A Question or Overview as XML, for what can't be said here.", required=True)}
        ),
    },
    QUESTION,
)
RANGE: Final = Members(
    {
        "from": Member(Number(), "The least sum of the range.", required=True),
        "to": Member(Number(), "The greatest sum of the range.", required=True),
        "value": Member(Number(), "The score for these sums.", required=True),
    }
)
VALUE: Final = Either(
    scalar=OneOf((SUM,)),
    members=Members(
        {
            "percentage": Member(
                Members({"of": Member(_POSITIVE, "The sum of points that is worth 100.", required=True)}),
                "The score is the percentage of a sum.",
            ),
            "scale": Member(Number(fraction=True), "The score is the sum times this number."),
            "ranges": Member(Items(RANGE), "A score for each range of sums; both bounds belong to it."),
            "otherwise": Member(Number(), "The score for a sum that is in no range."),
        },
        either=(("percentage", "scale", "ranges"),),
        only_with={"ranges": "otherwise", "otherwise": "ranges"},
    ),
)
# The scored answers of one question: sets of choices with their points, and what any other answer is worth.
SCORED: Final = Members(
    {
        "when": Member(Items(_IDENTIFIER), "The choices that are taken, all of them and no other.", required=True),
        "points": Member(Number(), "What this answer is worth; may be negative.", required=True),
    }
)
OTHERWISE: Final = Members(
    {"otherwise": Member(Number(), "Alone in an entry: the points of any other answer; 0 by default.", required=True)}
)
ANSWERS: Final[Kind] = Entries(Items(AnyOf({"otherwise": OTHERWISE}, SCORED)), "the id of a question")
TEST: Final = Members(
    {
        "version": Member(OneOf(("1",)), "The version of this format.", required=True),
        "title": Member(_PLAIN, "The heading above everything."),
        "intro": Member(CONTENT, "What is read before the questions."),
        "minutes": Member(Number(least=1, most=10_000_000), "How long a worker has for the test."),
        "retry_after": Member(
            Text(pattern=f"{NEVER}|{DURATION}", wanted='"never", or a time such as "7 days"'),
            "After how long a worker may try again: 12 hours, 7 days; or never.",
        ),
        "pass_mark": Member(Number(), "The score that is asked for. Not sent; checked against what the key can give."),
        "questions": Member(Items(_PART), "The questions, and overviews between them.", required=True),
        "value": Member(VALUE, "How the sum of points becomes the score: sum (the default) or a mapping of it."),
        "key": Member(OneOf((INLINE,)), "Says that the answer key is in this file. Keep it in a secret file instead."),
        "answers": Member(ANSWERS, "The answer key, with key: inline alone."),
    },
    only_with={"key": "answers", "answers": "key"},
)
