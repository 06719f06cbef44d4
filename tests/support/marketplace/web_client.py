"""A visitor of the worker's pages without a browser: follows links, fills forms, and looks at each page's HTML."""

from __future__ import annotations

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import lxml.html

from tests.support.marketplace.accessibility import accessibility_errors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

    from pulumi_mturk.marketplace import Server

Fields = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """One answer of the site."""

    status: int
    url: str
    headers: Mapping[str, str]
    root: HtmlElement

    @property
    def heading(self) -> str:
        return str(self.root.xpath("string(//h1)")).strip()

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.root.xpath("//body//text()")).split())

    @property
    def path(self) -> str:
        return urllib.parse.urlsplit(self.url).path

    @property
    def buttons(self) -> list[str]:
        return [button.text_content().strip() for button in self.root.xpath("//button")]

    @property
    def frame(self) -> HtmlElement:
        (frame,) = self.root.xpath("//iframe")
        return frame


@dataclass
class WebClient:
    """Somebody with a browser's cookies; each page they see has to be usable by everybody."""

    server: Server
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)
    token: str = ""
    """That of the forms on the latest page that had one: a form is sent with it."""
    host: str = "127.0.0.1"

    @property
    def origin(self) -> str:
        return self.server.url.replace("127.0.0.1", self.host)

    def open(self, path: str, fields: Fields | None = None, headers: Mapping[str, str] | None = None) -> Page:
        """Go to an address; with fields, send them as a form of the site's own page does."""
        url = urllib.parse.urljoin(self.origin, path)
        if fields is not None and "/mturk/externalSubmit" not in url:  # that is in a requester's own form
            if not self.token:
                self.open("/worker")
            fields = {"csrf_token": self.token, **fields}
        data = None if fields is None else urllib.parse.urlencode(fields, doseq=True).encode()
        request = urllib.request.Request(url, data, {"Origin": self.origin, **(headers or {})})  # noqa: S310
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        try:
            answer = opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            text = answer.read().decode()
            page = Page(answer.status, answer.url, dict(answer.headers), lxml.html.document_fromstring(text or "<p>"))
        for token in page.root.xpath("//input[@name='csrf_token']/@value"):
            self.token = str(token)
        if "text/html" in page.headers.get("Content-Type", "") and "sandbox" not in page.headers.get(
            "Content-Security-Policy", ""
        ):
            assert accessibility_errors(page.root) == [], page.url
        return page

    def follow(self, page: Page, words: str) -> Page:
        """Follow the link with these words."""
        (link,) = [link for link in page.root.xpath("//main//a|//nav//a") if link.text_content().strip() == words]
        return self.open(link.get("href"))

    def press(self, page: Page, words: str, **fields: Any) -> Page:
        """Press the button with these words, with the form's fields as they are but for those given."""
        (form,) = [
            form
            for form in page.root.forms
            if words in [each.text_content().strip() for each in form.xpath(".//button")]
        ]
        values: Fields = {}
        for name, value in form.form_values():
            values.setdefault(name, []).append(value)
        assert set(fields) <= set(form.fields.keys())
        values |= fields
        if form.method == "GET":
            return self.open(f"{form.action}?{urllib.parse.urlencode(values, doseq=True)}")
        return self.open(form.action, values)

    def register(self, **fields: Any) -> str:
        """Register, and be, a worker: the new id."""
        self.press(self.open("/worker"), "Register", **{"country": "US", **fields})
        return self.worker_id

    @property
    def worker_id(self) -> str:
        (value,) = [cookie.value for cookie in self.jar if cookie.name == "worker"]
        return str(value)
