"""What a visitor does in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page


def register(page: Page) -> str:
    page.goto("/")
    page.get_by_label("Country of your address").fill("US")
    page.get_by_label("State, in the US").fill("CA")
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("HITs")
    return next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "worker")
