"""Every page with a table is a list to sort, cut into pages and take away, or says why it is none.

The pages are taken from the URLconf: a new table without its files fails here.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.permissions.addresses import Pattern, address, patterns
from tests.permissions.county import County
from tests.permissions.policy import POLICY

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

#: Each list, and what the names of its files begin with.
LISTS = {
    "bodies:bodies": "bodies:bodies",
    "bodies:offices": "bodies:people",
    "bodies:invitations": "bodies:invitations",
    "papers:papers": "papers:papers",
    "offers:rounds": "offers:rounds",
    "offers:councils": "offers:councils",
    "offers:calendar": "offers:calendar",
    "interest:asked": "interest:asked",
    "interest:funding": "interest:funding",
    "clusters:clusters": "clusters:clusters",
    "overview:progress": "overview:progress",
    "clusters:alone-asked": "clusters:alone-asked",
    "decisions:decisions": "decisions:decisions",
    "desk:contacts": "desk:contacts",
    "desk:trail": "desk:trail",
    "imports:index": "imports:sent",
    "notices:log": "notices:log",
    "quantities:quantities": "quantities:quantities",
    "register:county": "register:county",
    "register:services": "register:services",
    "plans:plans": "plans:plans",
    "letters:letters": "letters:letters",
    "plans:councils": "plans:why",
}
ONE_THING = "It tells of one thing, and its tables are parts of it."
#: Pages with a table that is no list, each with its reason.
NO_LIST = {
    "website:components": "It shows what tables look like.",
    "website:home": "Its tables are lists elsewhere.",
    "website:help": ONE_THING,
    "website:guide": ONE_THING,
    "website:glossary": ONE_THING,
    "website:accessibility": ONE_THING,
    "website:privacy": ONE_THING,
    "register:place": "One line for each service; it is downloaded whole.",
    "register:service": "One line for each district; every place is downloaded.",
    "register:methods": ONE_THING,
    "register:at": "It leads on to a place.",
    "overview:overview": "Its councils are a list of their own.",
    "offers:offer": "One line for each service offered to one council; it is downloaded whole.",
    "interest:expression": "Its budget is a part of what one asks.",
    "clusters:cluster": "Its tables are downloaded one by one.",
    "clusters:asked": "What one council is asked, and would pay.",
    "clusters:settlement": "One line for each member; it is downloaded whole.",
    "clusters:leave": "What one member would pay, by its last day.",
    "clusters:models": "One line for each way to deliver a service; it is downloaded whole.",
    "clusters:terms": "One line for each member; it is downloaded whole.",
    "plans:how": ONE_THING,
    "plans:plan": "Its tables are downloaded one by one.",
    "plans:cluster": "Its table is downloaded whole.",
    "letters:letter": ONE_THING,
    "plans:compared": "Two plans side by side; who pays otherwise is downloaded.",
    "bodies:people": "Who is in office now; every office is a list of its own.",
    "imports:send": "It describes the columns of a table.",
    "imports:upload": "Rows of one table, cut into pages; those left out are downloaded.",
    "journal:head": "The latest month; all heads are downloaded.",
    "work:jobs": "What failed and waits for a decision: a few, each with its two buttons.",
}

#: Lists in which one thing is planted: of these the template alone is looked at.
OF_ONE_ROW = frozenset({"desk:contacts", "imports:index", "papers:papers", "plans:plans"})
TEMPLATES = Path(__file__).parents[2] / "src" / "waywarden"


def seen_by(county: County, pattern: Pattern) -> str | None:
    """Name somebody who may open a page."""
    see, body = POLICY[pattern.name].see, county.bodies[0]
    # The clerk of the body first: what is there is planted for her.
    found = sorted(county.people, key=lambda name: name != "Bron")
    return next((name for name in found if county.role(name, body) in see), None)


def opened(county: County, pattern: Pattern, query: str = "") -> str:
    name = seen_by(county, pattern)
    if name is None:
        return ""
    answer = county.browser(name).get(address(pattern, county, county.bodies[0]) + query)
    is_page = answer.status_code == 200 and "html" in answer.get("Content-Type", "")
    return answer.content.decode() if is_page else ""


def test_every_page_with_a_table_is_a_list_or_says_why_not(county: County) -> None:
    with_table = {pattern.name for pattern in patterns() if "<table" in opened(county, pattern)}

    assert with_table - set(LISTS) - set(NO_LIST) == set()
    assert set(LISTS) | set(NO_LIST) <= set(POLICY)


every_list = pytest.mark.parametrize(
    "pattern", [p for p in patterns() if p.name in LISTS], ids=lambda pattern: pattern.name
)


@every_list
def test_a_list_is_sorted_and_cut_into_pages_by_its_address(
    county: County, pattern: Pattern
) -> None:
    whole, cut = opened(county, pattern), opened(county, pattern, "?rows=1")

    assert "Download CSV" in whole
    assert "Download Excel" in whole
    if pattern.name in OF_ONE_ROW:
        assert "Pages of this list" not in cut
    else:
        assert "Pages of this list" in cut
        assert "1 to 1 shown" in cut
        assert "1 to 1 shown" not in whole
    name = seen_by(county, pattern)
    where = address(pattern, county, county.bodies[0])
    assert county.browser(str(name)).get(f"{where}?sort=nonsense").status_code == 400


def test_whatever_is_sorted_can_be_turned_page_by_page() -> None:
    written = {path: path.read_text("utf-8") for path in TEMPLATES.rglob("templates/*/*.html")}
    heads = ("tables/head.html", "tables/sorting.html")
    lists = {
        "/".join(path.parts[-2:]): words
        for path, words in written.items()
        if path.parent.name != "tables" and any(f'"{head}"' in words for head in heads)
    }

    assert "register/services.html" in lists
    assert [name for name, words in lists.items() if '"tables/paging.html"' not in words] == []


@every_list
def test_a_list_can_be_filtered_or_has_one_row_alone(county: County, pattern: Pattern) -> None:
    whole = opened(county, pattern)

    is_filtered = 'class="ww-filter"' in whole
    assert is_filtered or pattern.name in OF_ONE_ROW


@every_list
def test_a_list_is_taken_away_with_its_source_its_licence_and_its_day(
    county: County, pattern: Pattern
) -> None:
    name, body = seen_by(county, pattern), county.bodies[0]
    browser = county.browser(str(name))
    sheet, book = (
        next(p for p in patterns() if p.name == f"{LISTS[pattern.name]}-{kind}")
        for kind in ("csv", "xlsx")
    )

    text = browser.get(address(sheet, county, body)).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    found = load_workbook(io.BytesIO(browser.get(address(book, county, body)).content))

    assert len({len(row) for row in rows}) == 1
    assert found["Table"].max_row == len(rows)
    assert [cell.value for cell in found["Table"][1]] == rows[0]
    beside = {str(line[0].value): line[1].value for line in found["Notes"]}
    assert beside["Source"]
    assert beside["Licence"]
    assert beside["Made on"]
