"""Question forms rendered with the site's own templates, without a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html

from pulumi_mturk.marketplace.domain.question_forms import read_form
from pulumi_mturk.marketplace.web.app import create_app
from pulumi_mturk.marketplace.web.form_input import read_form_input
from pulumi_mturk.marketplace.web.session import Identity
from tests.support.marketplace.accessibility import accessibility_errors

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from pulumi_mturk.marketplace import Marketplace

SHOWN = """{% extends "base.html" %}{% import "content.html" as content %}{% block title %}A form{% endblock %}
{% block content %}<h2>Your task</h2><form>{{ content.form(form, values, problems) }}</form>{% endblock %}"""


class Renderer:
    """Renders forms with the site's own templates."""

    def __init__(self, marketplace: Marketplace) -> None:
        self._marketplace = marketplace
        self._app = create_app(marketplace)

    def text(self, xml: str, values: dict[str, list[str]] | None = None) -> str:
        form = read_form(xml, self._marketplace.switches)
        problems = read_form_input(form, values).problems if values is not None else {}
        with self._app.test_request_context():
            template = self._app.jinja_env.from_string(SHOWN)
            return template.render(form=form, values=values or {}, problems=problems, me=None, identity=Identity())

    def root(self, xml: str, values: dict[str, list[str]] | None = None) -> HtmlElement:
        root = lxml.html.document_fromstring(self.text(xml, values))
        assert accessibility_errors(root) == []
        return root
