"""Every page for somebody signed in, and what visitors do: fit for axe, keys and a telephone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys import keyboard
from tests.journeys.conftest import PHONE, WIDE, Witness, scrolls_sideways, wait_for_map
from tests.journeys.fitness import complaints, fit
from tests.journeys.inhabited import Inhabited, inhabit
from tests.pages.addresses import SIGNED_IN
from tests.permissions.policy import POLICY
from tests.permissions.test_edit_forms import EDITS
from tests.serving import a_database, serving

FILES = (".csv", ".xlsx", ".jsonl", ".txt", ".pdf", ".docx", ".zip", "/photo/")
#: The pages only somebody signed in sees.
OWN = [name for name, address in SIGNED_IN.items() if not address.endswith(FILES)]
#: The same pages as others see them, and pages for everybody that say more to some.
AS_OTHERS = [
    ("people:account", "Dot"),
    ("people:account", "Una"),
    ("people:account", "Vera"),
    ("people:account", "Opal"),
    ("people:ways", "Una"),
    ("imports:index", "Lou"),
    ("bodies:people", "Lou"),
    ("bodies:people", "Olga"),
    ("website:home", "Bron"),
    ("bodies:body", "Bron"),
    ("bodies:body", "Ada"),
    ("offices:invitation", "Colm"),
    ("papers:papers", "Bron"),
    ("decisions:decisions", "Bron"),
    ("offers:round", "Ada"),
    ("offers:offer", "Ada"),
    ("offers:called", "Ada"),
    ("interest:expression", "Ada"),
    ("interest:open", "Ada"),
    ("clusters:cluster", "Bron"),
    ("clusters:terms", "Bron"),
    ("clusters:models", "Ada"),
    ("clusters:alone-one", "Ada"),
    ("decisions:decision", "Bron"),
    ("letters:letters", "Ada"),
    ("making:make", "Ada"),
    ("making:adopt", "Ada"),
    ("making:change", "Ada"),
    ("making:asked", "Ada"),
    ("journal:history", "Bron"),
    ("notices:stop", "Bron"),
]
#: By the page, who asks for it (blank for whoever may) and the window, but for what stands below.
SEEN = [
    *((name, "", PHONE) for name in OWN),
    *((name, who, window) for name, who in AS_OTHERS for window in (WIDE, PHONE)),
]
#: Pages of the rooms where services are handed over, which anybody may open.
FOR_VISITORS = [
    *("interest:open", "interest:ask", "interest:funding", "interest:fund"),
    *("interest:national-fund", "interest:legal-forms", "offers:rounds", "offers:round"),
    *("clusters:clusters", "clusters:cluster", "clusters:going-alone"),
    *("overview:near", "overview:progress"),
]
#: What a private link opens without an account: those who ask, their host, and a clerk.
BY_LINK = {
    "interest:by-link": "/interest/",
    "interest:by-host-link": "/hosting/",
    "offers:by-link": "/offers/",
    "clusters:by-link": "/clusters/",
}
#: Forms that nobody types into, and forms in which nothing has to be typed.
BARE = (
    *("papers:withdraw", "people:remove-step"),
    *("interest:close-fund", "interest:take-award-back", "interest:take-paper-back"),
    # The council that is planted has answered, and there is no form for it any more.
    *("clusters:erase-why", "clusters:answer"),
)
MAY_BE_EMPTY = (
    *("interest:withdraw", "interest:steps", "interest:host"),
    *("offers:own", "decisions:hand-on"),
)
FORMS = [n for n in OWN if POLICY[n].takes_forms and n not in (*BARE, *MAY_BE_EMPTY)]
#: Empties what is typed into or chosen in a page's own form.
EMPTY = """() => {
  const typed = 'input:not([type=hidden]):not([type=submit]):not([type=button]), select, textarea';
  const own = [...document.querySelectorAll('main form')].find(form => form.method === 'post'
    && new URL(form.action).pathname === location.pathname && form.querySelector(typed));
  for (const field of own.querySelectorAll(typed))
    if (['checkbox', 'radio'].includes(field.type)) field.checked = false; else field.value = '';
  own.noValidate = true; own.dataset.ready = '';
}"""
#: Types into the form that carries a version, as if another version was saved since it was opened.
TYPE = """typed => {
  const form = document.querySelector('main form:has([name=version])');
  const named = (field, value) => [...field.options ?? []].find(o => o.text.includes(value))?.value;
  for (const [name, value] of Object.entries(typed))
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`))
      if (['checkbox', 'radio'].includes(field.type)) field.checked ||= field.value === value;
      else { field.value = value; if (!field.value) field.value = named(field, value); }
  form.querySelector('[name=version]').value = 99;
  form.noValidate = true; form.dataset.ready = '';
}"""

Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inhabited]:
    folder = tmp_path_factory.mktemp("inhabited")
    with a_database(f"inhabited_{folder.parent.name.replace('-', '_')}") as database:
        known = inhabit(folder, database)
        with serving(folder, **database) as address:
            yield Inhabited(address, **known)


@pytest.fixture(scope="module")
def contexts(browser: Browser, county: Inhabited) -> Iterator[dict[str, BrowserContext]]:
    """One browser for each person, for as long as these tests last."""
    entered: dict[str, BrowserContext] = {}
    yield entered
    for context in entered.values():
        context.close()


@pytest.fixture
def opened(
    browser: Browser, county: Inhabited, contexts: dict[str, BrowserContext]
) -> Iterator[Opened]:
    """Give what opens a page as somebody; what goes wrong in it fails the test."""
    witness, pages = Witness(county.address), []

    def open_page(
        name: str, who: str = "", window: dict[str, int] = WIDE, *, is_refused: bool = False
    ) -> Page:
        if is_refused:
            witness.refused.append(county.page(name))
        who = who or county.who_may(name)
        if who not in contexts:
            contexts[who] = county.enter(browser, who)
        page = contexts[who].new_page()
        pages.append(page)
        page.on("console", witness._console)
        page.on("response", witness._response)
        page.set_viewport_size(window)  # type: ignore[arg-type]
        page.goto(county.page(name))
        assert page.url == county.address + county.page(name), f"{who} was sent elsewhere"
        return page

    yield open_page
    for page in pages:
        page.close()
    assert witness.heard == []


@pytest.mark.axe
@pytest.mark.parametrize("name", OWN)
def test_axe_and_the_keyboard_find_nothing_wrong(opened: Opened, name: str) -> None:
    page = opened(name)

    fit(page)
    page.set_viewport_size(PHONE)
    assert not scrolls_sideways(page)


@pytest.mark.axe_matrix
@pytest.mark.parametrize(
    ("name", "who", "window"),
    SEEN,
    ids=[f"{name} {who}".strip() + f" {window['width']}" for name, who, window in SEEN],
)
def test_axe_and_the_keyboard_find_nothing_wrong_for_others_and_on_a_telephone(
    opened: Opened, name: str, who: str, window: dict[str, int]
) -> None:
    page = opened(name, who, window)

    fit(page)
    assert not scrolls_sideways(page)


@pytest.mark.axe
@pytest.mark.parametrize("name", FOR_VISITORS)
def test_a_visitors_page_is_fit_by_keyboard_and_on_a_telephone(opened: Opened, name: str) -> None:
    page = opened(name, "a visitor")

    fit(page)
    page.set_viewport_size(PHONE)
    assert not scrolls_sideways(page)


@pytest.mark.axe
@pytest.mark.parametrize("name", BY_LINK)
def test_what_a_private_link_opens_is_fit_by_keyboard_and_on_a_telephone(
    browser: Browser, county: Inhabited, name: str
) -> None:
    context = county.enter(browser, "a visitor", viewport=PHONE)
    page = context.new_page()
    page.goto(county.page(name))
    assert BY_LINK[name] in page.url
    assert county.page(name) not in page.url

    fit(page)
    assert not scrolls_sideways(page)
    context.close()


def test_without_javascript_a_new_group_asks_and_notes_its_first_step(
    browser: Browser, county: Inhabited
) -> None:
    given = {"viewport": PHONE, "java_script_enabled": False}
    context = county.enter(browser, "a visitor", **given)
    page = context.new_page()
    page.goto(county.page("interest:legal-forms"))
    page.get_by_role("link", name="Ask", exact=True).click()
    page.get_by_label("A group that does not exist yet", exact=True).check()
    page.get_by_label("The name of your council, group or organisation").fill("Green Hands")
    page.get_by_role("button", name="Save and carry on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to run?")

    page.get_by_role("link", name="Go back without saving").click()
    page.get_by_role("link", name="Choose a legal form").click()
    page.get_by_label("Charitable incorporated organisation (CIO).").check()
    page.get_by_role("button", name="Save and carry on").click()
    page.get_by_label("The governing document is agreed: the day").fill("2026-05-11")
    page.get_by_role("button", name="Save what is done").click()

    expect(page.get_by_text("It is saved: 1 done.")).to_be_visible()
    expect(page.get_by_text("Done on 11 May 2026")).to_be_visible()
    assert not scrolls_sideways(page)
    page.goto(county.page("interest:funding"))
    page.get_by_label("Reach").select_option("National")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("link", name="Reach Fund")).to_be_visible()
    context.close()


def test_the_walk_would_find_what_is_unseen_out_of_order_or_holds_the_keyboard(
    opened: Opened,
) -> None:
    # The armed control: three links are spoilt, each in its own way.
    page = opened("people:ways")
    page.evaluate(
        "const [first, second, third] = document.querySelectorAll('footer a');"
        "for (const name of ['outline', 'box-shadow'])"
        "  first.style.setProperty(name, 'none', 'important');"
        "second.tabIndex = 5;"
        "third.addEventListener('keydown', (event) => event.preventDefault());"
    )

    walked = keyboard.walk(page)

    assert [said for said in walked["unseen"] if said.endswith("Help")]
    assert walked["reached"][0].endswith("Words explained")
    assert walked["reached"][-1].endswith("Accessibility")
    assert walked["rounds"] == 1


def sent(page: Page) -> int:
    """Send the form that is ready; give the status of the answer."""
    with page.expect_navigation() as answered:
        page.evaluate("document.querySelector('[data-ready]').requestSubmit()")
    return answered.value.status


@pytest.mark.axe_matrix
@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_empty_is_given_back_fit_for_everybody(opened: Opened, name: str) -> None:
    page = opened(name, window=PHONE, is_refused=True)
    page.evaluate(EMPTY)

    assert sent(page) == 400
    assert page.locator(".govuk-error-message, .govuk-error-summary").count()
    assert complaints(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.axe_matrix
@pytest.mark.parametrize("name", EDITS)
def test_what_another_saved_meanwhile_is_shown_fit_for_everybody(opened: Opened, name: str) -> None:
    page = opened(name, window=PHONE, is_refused=True)
    page.evaluate(TYPE, EDITS[name][0])

    assert sent(page) == 409
    assert complaints(page) == []
    assert not scrolls_sideways(page)


def test_a_council_is_ticked_by_a_tap_on_the_map_and_moved_by_dragging(opened: Opened) -> None:
    page = opened("making:change", "Ada")
    assert wait_for_map(page) == "idle"
    drawn = page.locator(".ww-map__live canvas").bounding_box()
    assert drawn
    # The cast's county: Little Haye lies above Wychbourne, and Coldbrook's cluster below.
    x, above, below = (drawn["width"] * 0.2, drawn["height"] * 0.25, drawn["height"] * 0.75)

    page.locator(".ww-map__live canvas").click(position={"x": x, "y": above})
    ticked = page.get_by_role("checkbox", checked=True)
    expect(ticked).to_have_count(1)
    name = ticked.locator("xpath=../label").inner_text()
    expect(page.locator("#ticked")).to_have_text(f"Ticked: {name}")
    page.mouse.move(drawn["x"] + x, drawn["y"] + above)
    page.mouse.down()
    page.mouse.move(drawn["x"] + x, drawn["y"] + below, steps=8)
    page.mouse.up()

    expect(page.get_by_role("listitem").filter(has_text=f"{name} → Cluster 1")).to_be_visible()
    page.get_by_role("button", name=f"Take back the move of {name}").click()
    expect(page.get_by_text("Nothing so far.")).to_be_visible()
