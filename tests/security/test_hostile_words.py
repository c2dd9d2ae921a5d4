"""AB23: whatever somebody writes in any field is shown as words, and nothing of it runs."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.cast import Cast
from tests.pages.addresses import SIGNED_IN
from tests.pages.reading import body_of
from tests.pages.test_methods import HERE
from tests.plans.kept import keep_for
from tests.security import hostile

pytestmark = pytest.mark.django_db

ODD = {
    "a page there is not": f"/places/{hostile.CORPUS[0]}/",
    "a search": f"/search/?q={hostile.CORPUS[1]}",
    "a day that is none": f"/counties/the-county/?on={hostile.CORPUS[2]}",
    "signing in": f"/sign-in/?next={hostile.CORPUS[6]}",
}
EVERY = {name: address for name, address in (HERE | SIGNED_IN | ODD).items() if "csv" not in name}


class Runnable(HTMLParser):
    """Finds what a browser would run in a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "") for name, value in attrs}
        if tag in {"iframe", "object", "embed", "base", "math"}:
            self.found.append(tag)
        if tag == "script" and not given.get("src", "").startswith("/static/"):
            self.found.append(f"script {given}")
        for name, value in given.items():
            runs = re.sub(r"\s", "", value).lower().startswith(("javascript:", "data:text"))
            if name.startswith("on") or name == "srcdoc" or (runs and name in ADDRESSES):
                self.found.append(f"{tag} {name}={value}")


ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "hx-get", "hx-post"}


@pytest.fixture
def planted(cast: Cast) -> Cast:
    """The cast, whose every word tries to run."""
    assert cast.at_wychbourne
    cast.record(cast.estimate(cast.coldbrook, "DPS01", 1, 2, 3))
    hostile.plant()
    keep_for(cast)
    return cast


def test_the_words_are_planted_where_people_read_them(cast: Cast) -> None:
    assert cast.at_wychbourne
    planted = hostile.plant()

    for field in ("places.Area.name", "councils.Body.name", "people.Person.shown_as"):
        assert field in planted
    assert "services.Service.name" in planted
    assert len(planted) > 15


def runs_in(answer: HttpResponse) -> list[str]:
    """Say what in an answer a browser would run."""
    if answer["X-Content-Type-Options"] != "nosniff":
        return ["it may be taken for something else"]
    if not {"svg", "html"} & set(re.findall(r"\w+", answer["Content-Type"])):
        return []
    body = body_of(answer)
    if "svg" in answer["Content-Type"]:
        # One that is not well-formed is refused here.
        elements = list(ElementTree.fromstring(body).iter())  # noqa: S314 - our own picture
        names = {element.tag.rpartition("}")[2] for element in elements}
        given = {name.lower() for element in elements for name in element.attrib}
        runs = {name for name in given if name.startswith("on")}
        return sorted(names & {"script", "foreignObject", "iframe"} | runs)
    return Runnable(body).found


def test_ab23_nothing_that_is_written_anywhere_runs(planted: Cast) -> None:
    bron = planted.signed_in(planted.bron)

    found = {name: runs_in(bron.get(address)) for name, address in EVERY.items()}

    assert {name: runs for name, runs in found.items() if runs} == {}
    assert len(found) > 25


def test_ab23_the_words_are_shown_as_they_were_written(planted: Cast) -> None:
    body = body_of(Client().get("/counties/the-county/"))

    assert "&lt;" in body
    assert hostile.MARK in body
    assert "14{%" not in body


@pytest.mark.parametrize(
    "page",
    [
        f"<script>{hostile.RUN}</script>",
        f"<b onclick='{hostile.RUN}'>x</b>",
        f"<a href=' java\tscript:{hostile.RUN}'>x</a>",
        "<iframe srcdoc='x'></iframe>",
    ],
)
def test_what_runs_is_found(page: str) -> None:
    # The armed control.
    assert Runnable(page).found
