"""The page of a test by itself, as a worker sees it: one file, for whoever writes the test.

No marketplace is behind it. The form is that of the worker's pages, and can't be handed in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Flask, render_template
from markupsafe import Markup

from pulumi_mturk.marketplace import text
from pulumi_mturk.marketplace.domain.question_forms import read_form
from pulumi_mturk.marketplace.switches import Switches
from pulumi_mturk.marketplace.web import formatted_content

POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src http: https:; media-src http: https:; form-action 'none'"
)
"""Of the page, which has its style in itself: nothing in it runs, and nothing is sent."""


def page(test: str, name: str, seconds: int | None) -> str:
    """The page of a QuestionForm, under the name of its qualification, with the time that a worker has for it."""
    app = Flask("pulumi_mturk.marketplace.web")
    app.jinja_env.filters.update({"formatted_content": formatted_content.sanitize, "duration": text.duration})
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    style = (Path(__file__).parent / "static" / "site.css").read_text(encoding="utf-8")
    with app.app_context():
        return render_template(
            "test_preview.html",
            form=read_form(test, Switches()),
            name=name,
            seconds=seconds,
            policy=POLICY,
            style=Markup(style),  # noqa: S704 - our own file
        )
