"""The trail of a body and the history of a paper, in the words and hours of whoever reads them."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tests.cast import Cast
from tests.pages.reading import Page, body_of
from waywarden.county.looking_in.actions import open_access
from waywarden.county.offices.hands import Hand
from waywarden.county.papers import actions as papers
from waywarden.county.people import actions as people
from waywarden.fabric.common.subjects import Subject
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.journal import actions as journal

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 1)
NOON = datetime(2026, 6, 1, 11, 0, 1, 162717, tzinfo=UTC)
COUNCIL = "/bodies/coldbrook-council/"


def words(browser: Client, address: str) -> str:
    return Page(body_of(browser.get(address))).words


def table(browser: Client) -> str:
    return body_of(browser.get(f"{COUNCIL}journal.csv"))


def test_figures_taken_in_together_are_read_with_units_by_place_and_service(cast: Cast) -> None:
    clerk = cast.at_coldbrook
    own = cast.signed_in(clerk.person)
    line = "coldbrook-marlshire DPS01"
    journal.write(
        by=clerk.actor,
        did="recorded quantities",
        to=Subject("area", "marlshire", bodies=("coldbrook-council",)),
        before={line: [90_000_000, None, "m2", "County", None, "A"]},
        after={line: [88_000_000, None, "m2", "Walked", "2026-05-02", "A", True, "It is a wood"]},
    )
    service = cast.service("DPS01").name

    said = words(own, f"{COUNCIL}journal/")
    for told in (said, table(own)):
        assert f"{service} in Coldbrook" in told
        assert "90,000 m² (County, confidence A)" in told
        assert (
            "88,000 m² (Walked, given on 2 May 2026, confidence A, disputed: It is a wood)" in told
        )
        assert "90000000" not in told
        assert "DPS01" not in told


def test_an_estimate_taken_in_with_others_is_read_as_its_range(cast: Cast) -> None:
    clerk = cast.at_coldbrook
    own = cast.signed_in(clerk.person)
    row = [2_000_000, [1_000_000, 4_000_000], "m2", "", None, ""]
    journal.write(
        by=clerk.actor,
        did="recorded quantities",
        to=Subject("area", "marlshire", bodies=("coldbrook-council",)),
        after={"coldbrook-marlshire DPS01": row, "nowhere-known DPS01": row},
    )

    said = words(own, f"{COUNCIL}journal/")

    assert "estimate of 1,000 to 4,000 m²" in said
    assert "Nowhere-known DPS01 estimate of" in said


def test_an_office_ended_at_once_is_told_by_the_clock_of_london_and_never_as_none(
    cast: Cast,
) -> None:
    clerk = cast.at_coldbrook
    own = cast.signed_in(clerk.person)
    second = cast.office(cast.dot, cast.coldbrook_council, "councillor")
    people.end_at_once(office=second, by=clerk.actor, now=NOON, today=TODAY, reason="She left")

    for told in (words(own, f"{COUNCIL}journal/"), table(own)):
        assert "1 June 2026, 12:00" in told
        assert "None" not in told
        assert "11:00:01" not in told


def test_who_looked_in_is_told_from_when_by_the_clock_of_london(cast: Cast) -> None:
    own = cast.signed_in(cast.at_coldbrook.person)
    open_access(
        body=cast.coldbrook_council, reason="A fault in the list", hours=4,
        by=Hand(cast.ada, cast.at_the_county), now=NOON, today=TODAY,
    )  # fmt: skip

    for told in (words(own, f"{COUNCIL}journal/"), table(own)):
        assert "1 June 2026, 12:00" in told
        assert "2026-06-01T11" not in told


def test_a_papers_history_names_its_council_and_the_kind_of_file(
    cast: Cast, client: Client
) -> None:
    ready = documents.made(content=b"We met.", media_type="text/plain", name="a.txt")
    paper = papers.add(
        body=cast.coldbrook_council, title="Minutes", kind="minutes", is_public=True, ready=ready,
        by=cast.at_coldbrook.actor, today=TODAY,
    )  # fmt: skip

    said = words(client, f"/history/paper/paper-{paper.pk}/")

    assert "Coldbrook Parish Council" in said
    assert "Plain text" in said
    assert "7 bytes" in said
    assert "Kind Minutes" in said
    for machine in ("text/plain", "coldbrook-council", "kept for body"):
        assert machine not in said
