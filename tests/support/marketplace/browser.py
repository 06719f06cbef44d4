"""What a visitor does in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.support.browser import Scheme, violations

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# Widths and heights are measured where they are shown: what is folded away is unfolded first.
FAULTS = """() => {
  document.querySelectorAll("details").forEach(each => { each.open = true; });
  const faults = [], wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) faults.push(`the page is ${wide} pixels wider than the screen`);
  for (const input of document.querySelectorAll("input[type=radio], input[type=checkbox]")) {
    const words = document.createRange();
    words.selectNodeContents(document.querySelector(`label[for="${input.id}"]`));
    const box = input.getBoundingClientRect(), line = words.getClientRects()[0], middle = (box.top + box.bottom) / 2;
    if (middle < line.top || middle > line.bottom || line.left < box.right)
      faults.push(`the label of ${input.id} is not on its line`);
  }
  for (const each of document.querySelectorAll(".verdict, .verdict *")) {
    const box = each.getBoundingClientRect();
    if (!box.width || !box.height || box.left < 0 || box.right > innerWidth)
      faults.push(`out of view: ${each.textContent}`);
  }
  const actions = "button, .button, nav a, header a, summary, select, textarea, .choice label";
  const fields = "input:not([type=hidden], [type=radio], [type=checkbox])";
  for (const each of document.querySelectorAll(`${actions}, ${fields}, main a, footer a, .choice input`)) {
    const least = each.matches(`${actions}, ${fields}`) ? 44 : 24, height = each.getBoundingClientRect().height;
    if (height < least - 0.01) faults.push(`${height} pixels high, and not ${least}: ${each.outerHTML}`);
  }
  return faults;
}"""


def register(page: Page) -> str:
    page.goto("/")
    page.get_by_label("Country of your address").fill("US")
    page.get_by_label("State, in the US").fill("CA")
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("HITs")
    return next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "worker")


def faults_of(page: Page, schemes: tuple[Scheme, ...]) -> list[Any]:
    """What is wrong with the page as it is shown, and as axe finds it."""
    page.wait_for_load_state()  # a click, and a heading, are ready before the style sheet is
    found: list[Any] = page.evaluate(FAULTS)
    return found + violations(page, schemes)


def go(page: Page, target: Locator, key: str = "Enter") -> None:
    """Press Tab until the target has the focus, then a key."""
    page.wait_for_load_state()  # the keys before may have asked for this page
    expect(target).to_have_count(1)
    for _ in range(40):
        if target.evaluate("element => element === document.activeElement"):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {target}.")
