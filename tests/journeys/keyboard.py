"""Walking a page with the Tab key alone, and saying what went wrong on the way."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page

#: Lists what the Tab key must reach, in the order of the page, and looks at each as it is reached.
WATCHED = """
() => {
  const wanted = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const shown = (each) => each.checkVisibility({ visibilityProperty: true });
  // One of several radios is reached; the arrow keys lead to the others.
  const first = (each) => each.type !== 'radio' || each === (
    document.querySelector(`input[type=radio][name="${each.name}"]:checked`)
    ?? document.querySelector(`input[type=radio][name="${each.name}"]`));
  const all = [...document.querySelectorAll(wanted)].filter((each) =>
    !each.disabled && each.type !== 'hidden' && each.tabIndex >= 0 && shown(each) && first(each));
  const lookOf = (each) => [[each], [each.nextElementSibling, '::before'], [each.parentElement]]
    .filter(([which]) => which)
    .map(([which, part]) => getComputedStyle(which, part))
    .map((style) => `${style.outlineStyle} ${style.outlineWidth} ${style.boxShadow}`).join('|');
  const before = new Map(all.map((each) => [each, lookOf(each)]));
  const words = (each, number) => `${number}: ${each.tagName.toLowerCase()} `
    + (each.innerText || each.name || each.id).trim().slice(0, 60);
  const walk = { all: all.map(words), reached: [], unseen: [], rounds: 0 };
  document.addEventListener('focusin', ({ target }) => {
    if (target === all[0]) walk.rounds += 1;
    // A box that scrolls may be reached as well, for whoever scrolls with keys.
    if (walk.rounds > 1 || !before.has(target)) return;
    const said = words(target, all.indexOf(target));
    if (walk.reached.at(-1) !== said) walk.reached.push(said);
    const { width } = target.getBoundingClientRect();
    if (lookOf(target) === before.get(target) || width < 2) walk.unseen.push(said);
  });
  window.walk = walk;
  return all.length;
}
"""


def walk(page: Page) -> dict[str, Any]:
    """Press Tab until the page begins anew; give all there is, what was reached, what unseen."""
    much = page.evaluate(WATCHED)
    # A field for a day has several parts, each of which is stepped through.
    for pressed in range(1, much * 2 + 20):
        page.keyboard.press("Tab")
        if pressed >= much and page.evaluate("window.walk.rounds") > 1:
            break
    found: dict[str, Any] = page.evaluate("window.walk")
    return found


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until something is reached."""
    wanted.wait_for()
    aim = wanted.element_handle()
    for _ in range(200):
        if aim.evaluate("(each) => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The Tab key does not reach {wanted}.")


def enter(page: Page, label: str, words: str) -> None:
    """Reach a field by its label and put words in place of what stands there."""
    reach(page, page.get_by_label(label, exact=True))
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def press(page: Page, button: str) -> None:
    """Reach a button by its words and press it."""
    reach(page, page.get_by_role("main").get_by_role("button", name=button, exact=True))
    page.keyboard.press("Enter")


def follow(page: Page, link: str, which: int | None = None) -> None:
    """Reach a link of the page's content by its words and follow it."""
    links = page.get_by_role("main").get_by_role("link", name=link)
    reach(page, links if which is None else links.nth(which))
    with page.expect_navigation():
        page.keyboard.press("Enter")
