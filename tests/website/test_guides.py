"""The guides are for somebody, lead somewhere, and are read as they were written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve

from waywarden.county.people.models import Office
from waywarden.website import guides

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r'href="([^"]+)"')
ID = re.compile(r'id="([^"]+)"')
every_guide = pytest.mark.parametrize("key", sorted(guides.guides()))


def test_every_guide_is_for_somebody_and_everybody_has_one() -> None:
    assert [key for key, guide in guides.guides().items() if not guides.roles_of(guide)] == []
    assert all(role.guides for role in guides.roles())
    assert len({role.key for role in guides.roles()}) == len(guides.roles()) == 10


def test_a_role_is_called_as_the_office_is() -> None:
    offices = {kind.value for kind in Office.Kind}

    named = {role.key for role in guides.roles()} & offices

    assert named == {
        "clerk",
        "councillor",
        "partnerships-officer",
        "monitoring-officer",
        "finance-officer",
    }


@every_guide
def test_what_a_guide_leads_to_is_there(key: str) -> None:
    for link in LINK.findall(guides.guides()[key].html):
        path, _, part = link.partition("#")
        if path.startswith("/help/"):
            meant = guides.guides()[path.removeprefix("/help/").strip("/")]
            assert not part or part in ID.findall(meant.html), link
        else:
            assert resolve(path), link


@every_guide
def test_a_guide_has_a_title_and_is_short(key: str) -> None:
    guide = guides.guides()[key]

    assert guide.title
    assert not guide.title.startswith("#")
    assert len(guide.text.splitlines()) <= 70
    assert "<h1" not in guide.html


@every_guide
def test_a_guide_is_a_page_that_says_whom_it_is_for(client: Client, db: None, key: str) -> None:
    page = client.get(f"/help/{key}/").content.decode()

    assert f"<h1>{guides.guides()[key].title}</h1>" in page
    assert all(role.name in page for role in guides.roles_of(guides.guides()[key]))


def test_an_address_in_a_guide_is_a_link_and_a_command_is_not() -> None:
    shown = guides.Guide("a", "A", "Open `/offers/`, run `waywarden worker`, see `/x/KEY/`.").html

    assert '<a href="/offers/">/offers/</a>' in shown
    assert "<code>waywarden worker</code>" in shown
    assert "<code>/x/KEY/</code>" in shown


def test_nothing_in_a_guide_is_taken_for_html() -> None:
    shown = guides.Guide("a", "A", "<script>alert(1)</script> and [here](javascript:alert)").html

    assert "<script" not in shown
    assert "href" not in shown


def test_help_leads_everybody_to_their_guides(client: Client, db: None) -> None:
    page = client.get("/help/").content.decode()

    assert all(f'id="{role.key}"' in page for role in guides.roles())
    assert all(f'href="/help/{key}/"' in page for key in guides.guides())


def test_a_guide_that_is_not_there_is_not_found(client: Client, db: None) -> None:
    assert client.get("/help/nothing/").status_code == 404


def test_a_guide_is_found_by_searching(client: Client, db: None) -> None:
    found = client.get("/search/?q=answer+an+offer")

    assert found["Location"] == "/help/answer-an-offer/"


def test_the_list_of_guides_in_docs_is_current() -> None:
    assert (ROOT / "docs/how-to/README.md").read_text("utf-8") == guides.as_markdown()
