"""The page of a plan: whole in itself, in words before pictures, and with nothing slipped in."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tests.planning import examples
from waywarden.planning.papers import sections
from waywarden.planning.papers.charting import range_chart
from waywarden.planning.papers.page import plan_page
from waywarden.planning.reports import Range, Report

BADGE = '<script>alert("Marl & Green")</script>'
VOID = {"meta", "link", "img", "source", "br", "path", "circle", "rect"}


class Reader(HTMLParser):
    """Reads a page: which parts it has, whether each is closed, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words += data + " "

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.parts if name == tag]


@pytest.fixture(scope="module")
def report() -> Report:
    return examples.report()


@pytest.fixture(scope="module")
def page(report: Report) -> str:
    return plan_page(examples.ground(report))


@pytest.fixture(scope="module")
def read(page: str) -> Reader:
    return Reader(page)


def test_every_part_of_the_page_is_closed(read: Reader) -> None:
    assert read.open == []


def test_an_illustration_is_headed_as_one(read: Reader) -> None:
    assert "If every council took part: an illustration" in read.words
    assert "No council has said yet whether it would take part" in read.words
    assert len(read.all("h1")) == 1


def test_it_says_three_costs_and_how_good_the_plan_is(read: Reader, report: Report) -> None:
    words = " ".join(read.words.split())

    assert "Now, a year £577k £485k to £767k" in words
    assert "Each council alone, a year £1.28m" in words
    # The four members save 1,000 pounds each, and so does the lead.
    assert "The plan costs £5k a year less than every council going alone." in words
    assert (
        "No plan of shared clusters under these prices and rules can be more than 2% cheaper."
        in words
    )
    assert "The bound is an example." in words


def test_it_asks_nothing_of_any_host_and_runs_no_script(page: str, read: Reader) -> None:
    links = [attrs.get(name) or "" for _, attrs in read.parts for name in ("src", "href", "srcset")]

    assert {link[:5] for link in links if link and not link.startswith("#")} == {"data:"}
    assert not read.all("script")
    assert "url(http" not in page
    assert "@import" not in page


def test_it_has_landmarks_a_language_and_words_for_every_picture(read: Reader) -> None:
    assert read.all("html") == [{"lang": "en-GB"}]
    assert all(len(read.all(part)) == 1 for part in ("header", "main", "footer"))
    assert all(image["alt"] and "Map:" in image["alt"] for image in read.all("img"))
    assert all(head.get("scope") for head in read.all("th"))
    assert "not legal boundaries" in read.words


def test_every_council_and_every_assumption_is_in_it(read: Reader, report: Report) -> None:
    assert all(council.name in read.words for council in report.councils)
    assert "Five cuts a year & no <more>" in read.words
    assert "an estimate or a judgement" in read.words
    assert "Heyford Park" in read.words


def test_no_name_carries_markup_into_the_page(report: Report) -> None:
    first, *rest = report.councils
    cluster = replace(report.clusters[0], name=BADGE, binds=(BADGE,))
    named = replace(
        report,
        county=BADGE,
        councils=(replace(first, name=BADGE), *rest),
        clusters=(cluster,),
        services=tuple(replace(one, name=BADGE, level_source=BADGE) for one in report.services),
        findings=(BADGE,),
        bound_is=BADGE,
    )

    told = plan_page(replace(examples.ground(report), report=named))

    assert "<script" not in told.lower()
    assert Reader(told).open == []


def test_where_nobody_takes_part_it_says_so_and_shows_what_is_paid_now() -> None:
    told = Reader(plan_page(examples.ground(examples.nobody())))
    words = " ".join(told.words.split())

    assert "No council has said that it would take part" in words
    assert "the county pays for what it does now" in words
    assert "Each council alone" not in words
    assert "cheaper" not in words


def test_the_whole_pounds_of_clusters_add_up_to_those_of_all() -> None:
    # Three clusters of £10,000.50 are £30,001.50: rounded up each by itself they would be £30,003.
    made = examples.report([examples.WALLINGFORD[:2], examples.WALLINGFORD[2:4]])
    half = Range(1_000_050, 1_000_050, 1_000_050)
    clusters = [*made.clusters, replace(made.clusters[0], number=3, key="third")]
    odd = tuple(replace(one, planned=half) for one in clusters)

    told = sections.clusters(replace(made, clusters=odd, planned=half + half + half))

    found = [int(pounds.replace(",", "")) for pounds in re.findall(r"£(10,00\d|30,00\d)", told)]
    assert sum(found[:3]) == found[3] == 30_002


def test_who_would_pay_more_is_told_so(report: Report) -> None:
    first = next(one for one in report.councils if one.cluster)
    dear = replace(first, together=examples.spread(5_000))
    councils = tuple(dear if one.key == first.key else one for one in report.councils)

    told = plan_page(examples.ground(replace(report, councils=councils)))

    assert "£5,000, more than alone" in told


def test_services_planned_apart_have_a_map_each(report: Report) -> None:
    told = Reader(plan_page(examples.ground(replace(report, shape="per_service"))))

    alts = [image["alt"] or "" for image in told.all("img")]
    assert any("Village grass in one proposed cluster" in alt for alt in alts)
    assert any("Path clearance in one proposed cluster" in alt for alt in alts)


def test_zero_is_on_the_axis_and_the_dot_between_the_ends_of_its_bar() -> None:
    drawn = range_chart([("Now", examples.spread(1_000))])

    assert ">£0</text>" in drawn
    start, end = map(float, re.findall(r"M([\d.]+) \d+H([\d.]+)", drawn)[0])
    dot = float(re.findall(r'cx="([\d.]+)"', drawn)[0])
    assert start < dot < end


def test_a_chart_of_nothing_is_drawn_all_the_same() -> None:
    assert ">£0</text>" in range_chart([("Now", examples.NOTHING)])
