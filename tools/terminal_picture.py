"""A review as a terminal shows it, as SVG: docs/pictures/terminal-light.svg and -dark.svg, written by `make pictures`.

It is the review of a recorded preview of the real CLI (tests/review/recorded), up to what a first screen has room for.
Nothing in the picture is loaded from elsewhere: it is drawn with the fonts of whoever looks at it.
"""

import inspect
import re
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from pulumi_mturk.review.formats import terminal
from tests.support.golden_reports import WIDTH, report

OF = "production"
TITLE = "pulumi-mturk review --stack test"
_LINES = 26

# Background, foreground, and the eight colours of a terminal from black to white.
THEMES = {
    "light": TerminalTheme(
        (255, 255, 255),
        (18, 22, 27),
        [
            *((36, 41, 47), (207, 34, 46), (17, 99, 41), (125, 78, 0)),
            *((9, 105, 218), (130, 80, 223), (27, 124, 131), (110, 119, 129)),
        ],
    ),
    "dark": TerminalTheme(
        (13, 17, 23),
        (230, 237, 243),
        [
            *((72, 79, 88), (255, 123, 114), (63, 185, 80), (210, 153, 34)),
            *((88, 166, 255), (188, 140, 255), (57, 197, 207), (177, 186, 196)),
        ],
    ),
}
_FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


def main(folder: Path) -> None:
    """Write both."""
    for scheme in THEMES:
        (folder / f"terminal-{scheme}.svg").write_text(picture(scheme), encoding="utf-8")


def picture(scheme: str) -> str:
    """The picture for a colour scheme."""
    shown = terminal.write(report(OF), width=WIDTH, colours=True).splitlines()[:_LINES]
    console = Console(width=WIDTH, record=True, file=StringIO(), force_terminal=True)
    console.print(Text.from_ansi("\n".join(shown)))
    return console.export_svg(title=TITLE, theme=THEMES[scheme], code_format=_form(scheme), unique_id="review")


def _form(scheme: str) -> str:
    """Rich's own form of a picture, without fonts of the web; on white its frame would not be seen."""
    form: str = inspect.signature(Console.export_svg).parameters["code_format"].default
    form = re.sub(r"@font-face \{\{.*?\}\}\s*", "", form, flags=re.DOTALL)
    form = form.replace("Fira Code, monospace", _FONTS).replace("font-family: arial", "font-family: sans-serif")
    if scheme == "light":
        form = form.replace("    {styles}", "    svg > rect {{ stroke: rgba(31,35,40,0.25); }}\n\n    {styles}")
    return form
