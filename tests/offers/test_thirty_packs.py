"""PO6: thirty parishes are issued a pack: thirty links and PDFs of their own, each logged."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from django.utils.timezone import localdate
from django_tasks_db.models import DBTaskResult

from tests.cast import DAY, Cast
from tests.documents.reading import pdf_words
from tests.offers.asked import GRASS, reachable, send, terms, words
from waywarden.county.councils import actions as councils
from waywarden.county.councils.models import Body
from waywarden.county.people.models import Office
from waywarden.county.places import actions as places
from waywarden.county.places.models import Area, Jurisdiction
from waywarden.devolution.offers import actions, bundling
from waywarden.devolution.offers.models import Offer, Round
from waywarden.fabric.common.subjects import Subject
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice

pytestmark = pytest.mark.django_db

THIRTY = 30


@dataclass(frozen=True)
class Parish:
    """One of thirty: its place, its council, and how many square metres of grass it has."""

    area: Area
    body: Body
    grass: int


@pytest.fixture(autouse=True)
def a_folder_of_its_own(tmp_path: Path, settings: object) -> Iterator[None]:
    """Keep the files of the test apart."""
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    yield


@pytest.fixture
def parishes(cast: Cast) -> list[Parish]:
    """Thirty parishes whose councils can be written to, each with an amount of grass of its own."""
    found = [_parish(cast, number) for number in range(1, THIRTY + 1)]
    said = {"of": Subject("county", "the-county"), "by": cast.by, "today": DAY}
    councils.record_bodies(bodies=[each.body for each in found], **said)
    held = [Jurisdiction(body=p.body, area=p.area, tier=Jurisdiction.Tier.PARISH) for p in found]
    places.record_areas(areas=[each.area for each in found], jurisdictions=held, **said)
    for each in found:
        reachable(cast, each.body, f"clerk@{each.area.key}.example")
    cast.record(*(cast.quantity(each.area, "DPS01", each.grass) for each in found))
    return found


def _parish(cast: Cast, number: int) -> Parish:
    word = f"Number{number:02d}"
    area = Area(
        key=f"{word.lower()}-marlshire",
        name=word,
        kind=Area.Kind.PARISH,
        within=cast.marlshire,
        county=cast.county,
    )
    body = Body(key=f"{word.lower()}-council", name=f"{word} Parish Council", kind="parish")
    return Parish(area, body, 1_000 + 137 * number)


def issue(cast: Cast, ada: tuple[Client, Office]) -> Round:
    """Let Ada open a round and write to all at once, as on the page."""
    browser, acting = ada
    of = actions.begin(body=cast.county_council, terms=_terms_of_today(), by=cast.by)
    actions.offer_service(of=of, service=cast.service("DPS01"), rate=GRASS, by=cast.by)
    send(browser, f"/offers/{of.pk}/open/", acting=acting)
    page = words(send(browser, f"/offers/{of.pk}/write/", acting=acting))
    assert f"{THIRTY} letters are on their way." in page
    return Round.objects.get(pk=of.pk)


def _terms_of_today() -> actions.Terms:
    from datetime import timedelta

    today = localdate()
    return terms(starts_on=today + timedelta(days=400), answer_by=today + timedelta(days=90))


def test_po6_thirty_parishes_are_issued_thirty_packs_and_links_of_their_own_each_logged(
    cast: Cast, ada: tuple[Client, Office], parishes: list[Parish]
) -> None:
    of = issue(cast, ada)

    _each_link_opens_its_own_offer(of, parishes)
    _each_letter_is_logged(of, parishes)
    _each_pack_is_of_one_council(of, ada, parishes)


def _each_link_opens_its_own_offer(of: Round, parishes: list[Parish]) -> None:
    links = set()
    for each in parishes:
        [letter] = Notice.objects.filter(to_email=f"clerk@{each.area.key}.example")
        browser = Client()
        page = browser.get(letter.link, follow=True)
        assert page.status_code == 200
        assert f"{each.grass:,} m²" in words(page)
        assert _named(words(page), parishes) == {each.body.name}
        other = parishes[parishes.index(each) - 1].body.key
        assert browser.get(f"/offers/{of.pk}/councils/{other}/").status_code == 302
        links.add(letter.link)
    assert len(links) == THIRTY


def _each_letter_is_logged(of: Round, parishes: list[Parish]) -> None:
    lines = Entry.objects.filter(did="sent an offer")
    offers = Offer.objects.filter(round=of, body__in=[each.body for each in parishes])
    assert sorted(line.subject_key for line in lines) == sorted(each.key for each in offers)
    assert lines.count() == THIRTY


def _each_pack_is_of_one_council(
    of: Round, ada: tuple[Client, Office], parishes: list[Parish]
) -> None:
    browser, acting = ada
    send(browser, f"/offers/{of.pk}/make-packs/", acting=acting)
    [job] = DBTaskResult.objects.all()
    bundling.make_packs.call(*job.args_kwargs["args"])

    given = browser.get(f"/offers/{of.pk}/packs.zip").content
    file = zipfile.ZipFile(io.BytesIO(given))
    packs = {each.body.key: pdf_words(file.read(f"{each.body.key}.pdf")) for each in parishes}
    assert len(packs) == THIRTY
    for each in parishes:
        said = packs[each.body.key]
        assert f"{each.grass:,}" in said
        assert _named(said, parishes) == {each.body.name}
    [asked] = Entry.objects.filter(did="asked for the packs of a round")
    assert asked.subject_key == of.key


def _named(text: str, parishes: list[Parish]) -> set[str]:
    """Name the councils that a text names."""
    said = text.replace(" ", "")
    return {each.body.name for each in parishes if each.area.name in said}
