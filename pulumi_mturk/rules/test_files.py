"""MT35x, and MT336 and on: tests and answer keys that are written as YAML files."""

from pulumi_mturk.common.diagnostics import Example, Label, Rule, Severity
from pulumi_mturk.rules.programs import ANSWER_KEY, OURS, qualification_type

TEST = """version: 1
minutes: 10
retry_after: 7 days
questions:
  - id: sense
    text: Which sense has *bank* in "a steep bank"?
    choose: one
    choices:
      river: Side of a river
      money: A firm
"""
KEY = """sense:
  - when: [river]
    points: 10
"""
_READ = 'test = mturk.QuestionnaireTest.from_yaml("test.yaml", key="test.key.yaml")\n' + qualification_type(test="test")
_INLINE = f"{TEST}key: inline\nanswers:\n  {KEY.replace(chr(10), chr(10) + '  ').rstrip()}\n"


def _files(test: str = TEST, key: str = KEY, program: str = _READ, path: str = "") -> Example:
    return Example(program, path=path, files={"test.yaml": test, "test.key.yaml": key})


_RIGHT = _files()


def _rule(
    code: str,
    name: str,
    severity: Severity,
    summary: str,
    explanation: str,
    wrong: Example,
    right: Example = _RIGHT,
    source: str = OURS,
    label: Label = "documented",
) -> Rule:
    return Rule(code, name, severity, summary, explanation, wrong, right, source, label, found_by="program")


def _wrong(test: str = TEST, key: str = KEY, path: str = "test.yaml") -> Example:
    return _files(test, key, path=path)


def _ranges(*ranges: str) -> str:
    return f"{TEST}value:\n  ranges:\n" + "".join(f"    - {{{one}}}\n" for one in ranges) + "  otherwise: 0\n"


GAP = _rule(
    "MT336",
    "gap-between-ranges",
    "info",
    "Some sums of points are in no range.",
    "They give the value of `otherwise`. Between two ranges that is seldom meant.",
    _wrong(_ranges("from: 0, to: 4, value: 1", "from: 8, to: 10, value: 2")),
    _files(_ranges("from: 0, to: 7, value: 1", "from: 8, to: 10, value: 2")),
    source=ANSWER_KEY,
)
PASS_MARK_OF_ALL = _rule(
    "MT337",
    "pass-mark-of-all",
    "warning",
    "Everybody reaches the pass mark.",
    "The least that the answer key gives, for whatever answers, is as high.",
    _wrong(f"{TEST}pass_mark: 0\n"),
    _files(f"{TEST}pass_mark: 10\n"),
    source=ANSWER_KEY,
)
PASS_MARK_BY_ROUNDING = _rule(
    "MT338",
    "pass-mark-by-rounding",
    "warning",
    "Whether some answers reach the pass mark depends on the rounding.",
    "How half a per cent and a scaled sum are rounded is not documented. Another pass mark has no such case.",
    _wrong(f"{TEST}value: {{scale: 2.55}}\npass_mark: 26\n"),
    _files(f"{TEST}value: {{scale: 2.55}}\npass_mark: 25\n"),
    source=ANSWER_KEY,
    label="guessed",
)
UNREADABLE = _rule(
    "MT350",
    "test-file-unreadable",
    "error",
    "The file of a test, or of its key, can't be read.",
    "There is none of that name, it is a folder, no text in UTF-8, or far too large. A relative path starts in the "
    "program's folder.",
    Example(_READ, path="test.yaml"),
)
NOT_YAML = _rule(
    "MT351",
    "not-yaml",
    "error",
    "The file of a test, or of its key, is no YAML that can be meant.",
    "Texts with ': ' or ' #' in them, or a sign at the beginning, need quotation marks. Aliases, anchors, tags and "
    "further documents are refused: they hide what a test says.",
    _wrong(TEST.replace("Side of a river", "*side* of a river")),
    _files(TEST.replace("Side of a river", '"*side* of a river"')),
)
KEY_TWICE = _rule(
    "MT352",
    "yaml-key-twice",
    "error",
    "A key of a mapping is there twice.",
    "YAML forbids it, and most programs take the second without a word.",
    _wrong(TEST.replace("money:", "river:")),
)
STRUCTURE = _rule(
    "MT353",
    "test-file-structure",
    "error",
    "A member is missing, not known, or of another form than it must be.",
    "docs/qualification-tests.md has all members; the JSON schema beside it lets an editor complete them.",
    _wrong(TEST.replace("choices:", "options:")),
)
VALUE = _rule(
    "MT354",
    "test-file-value",
    "error",
    "A value is not what the member takes.",
    "Whole numbers are written without quotation marks and without a zero before them, which some read as octal; "
    "addresses begin with https://.",
    _wrong(TEST.replace("minutes: 10", "minutes: 012")),
)
CUT_OFF = _rule(
    "MT355",
    "text-cut-off",
    "warning",
    "A text seems to go on behind a #.",
    "In YAML a # after a blank begins a comment. A text that has one needs quotation marks; a comment is told by a "
    "blank after the #.",
    _wrong(TEST.replace("A firm", "Firm #1")),
    _files(TEST.replace("A firm", '"Firm #1"')),
)
KEY_INLINE = _rule(
    "MT356",
    "key-inline",
    "warning",
    "The answer key is in the test's own file.",
    "Whoever can read the repository can read the answers. Keep the key in a file that git ignores, or in Pulumi's "
    "configuration, encrypted.",
    Example(_READ.replace(', key="test.key.yaml"', ""), path="test.yaml", files={"test.yaml": _INLINE}),
)
KEY_PLACE = _rule(
    "MT357",
    "no-place-of-the-key",
    "error",
    "The test has a value or a pass mark and no answer key, or a key in two places.",
    "A value and a pass mark mean nothing without a key; without this rule, a program that forgets the key would have "
    "each request wait for somebody to decide.",
    Example(
        _READ.replace(', key="test.key.yaml"', ""), path="test.yaml", files={"test.yaml": f"{TEST}pass_mark: 10\n"}
    ),
    _files(f"{TEST}pass_mark: 10\n"),
)
PASS_MARK_OUT_OF_REACH = _rule(
    "MT358",
    "pass-mark-out-of-reach",
    "error",
    "Nobody can reach the pass mark.",
    "It is above the most that the answer key gives, whichever way is rounded.",
    _wrong(f"{TEST}pass_mark: 11\n"),
    _files(f"{TEST}pass_mark: 10\n"),
    source=ANSWER_KEY,
)
