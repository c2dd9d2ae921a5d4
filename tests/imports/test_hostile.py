"""AB22: hostile tables and map files are refused in words, soon, and harm nothing."""

import io
import json
import time
import zipfile

import pytest
from openpyxl import Workbook

from tests.cast import Cast
from tests.imports.sending import CONTACTS, QUANTITIES, Desk
from tests.imports.test_quantities import GRASS, WALKED, features
from tests.pages.reading import Page, body_of
from waywarden.county.councils.models import Contact
from waywarden.county.services.models import Quantity
from waywarden.fabric.imports.models import Upload

pytestmark = pytest.mark.django_db

#: Generous beside the two seconds wanted, for the machine may have other work.
PATIENCE = 10


@pytest.fixture
def ada(cast: Cast) -> Desk:
    return Desk(cast, cast.at_the_county)


def bomb() -> bytes:
    """A workbook of some kilobytes that unpacks to 200 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 200_000_000)
    return out.getvalue()


def far_corner() -> bytes:
    """A workbook with one cell in its last corner."""
    book = Workbook()
    book.active["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def nested(depth: int) -> bytes:
    return b'{"type":"FeatureCollection","features":' + b"[" * depth + b"]" * depth + b"}"


def a_ring(points: int) -> bytes:
    """A shape of very many points."""
    ring = [[-1.0, 51.0]] * points
    return features(GRASS | {"geometry": {"type": "Polygon", "coordinates": [ring]}})


OTHER_GRID = features(dict(GRASS), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::27700"}})
HOSTILE = {
    "a million columns": b"," * 1_000_000 + b"\n1\n",
    "a million columns with something in each": b"a," * 1_000_000 + b"\n1\n",
    "a line without end": b"x" * 4_000_000,
    "a byte that is in no text": b"kind,value\nweb,\x00",
    "two bytes to a letter": "kind,value\nweb,x.example".encode("utf-16"),
    "a zip that unpacks to too much": bomb(),
    "a cell in the last corner": far_corner(),
    "a broken workbook": b"PK\x03\x04 and no more",
    "a page": b"<html><script>alert(1)</script></html>",
    "a file that is empty": b"",
    "six megabytes": b"kind,value\n" + b"web,x.example\n" * 430_000,
    "six thousand rows": b"place,service,amount,unit,source,date,kind,value\n" + b"a,b\n" * 6_000,
    "a map nested ten thousand deep": nested(10_000),
    "a map of a million points": a_ring(1_000_000),
    "a map in another grid": OTHER_GRID,
    "a map that breaks off": b'{"type":"FeatureCollection","features":[{',
}


@pytest.mark.parametrize("kind", ["quantities", "contacts"])
@pytest.mark.parametrize("name", HOSTILE)
def test_ab22_a_hostile_file_is_refused_in_a_sentence(ada: Desk, kind: str, name: str) -> None:
    begun = time.process_time()

    answer = ada.send(kind, HOSTILE[name], "table.csv")

    assert time.process_time() - begun < PATIENCE
    assert answer.status_code == 400, body_of(answer)[:500]
    page = Page(body_of(answer))
    assert page.texts("title")[0].startswith("Error:")
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [float("nan"), 51.6]},
        {"type": "Point", "coordinates": [float("inf"), 51.6]},
        {"type": "Point", "coordinates": [10**400, 51.6]},
        {"type": "Point", "coordinates": [452_000, 207_000]},
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": "here"},
        {"type": "Polygon", "coordinates": [[[[[[[[1, 1]]]]]]]]},
        [],
    ],
)
def test_ab22_a_feature_that_is_nowhere_on_earth_is_left_out(ada: Desk, geometry: object) -> None:
    content = features(GRASS | {"geometry": geometry}, GRASS | {"place": "Wychbourne"})

    there = ada.send("quantities", content, "assets.geojson")["Location"]
    ada.decide(there)

    assert "It is not drawn in longitude and latitude" in ada.page(there).words
    assert [q.area.name for q in Quantity.objects.all()] == ["Wychbourne"]


def test_ab22_what_properties_say_is_shown_and_never_run(ada: Desk) -> None:
    evil = '<img src=x onerror="alert(1)">'
    content = features(GRASS | {"place": evil}, GRASS | {"source": evil, evil: {"a": [1]}})

    there = ada.send("quantities", content, "assets.geojson")["Location"]
    ada.decide(there)

    for address in (there, "/places/coldbrook-marlshire/"):
        shown = ada.page(address)
        assert not [image for image in shown.of("img") if image.get("src") == "x"]
    assert evil in ada.page(there).words


def test_ab22_a_formula_that_was_sent_does_not_come_back_as_one(ada: Desk) -> None:
    there = ada.paste("contacts", CONTACTS + ",=cmd|' /C calc'!A0,+1+1,@SUM(A1)\n")["Location"]

    text = ada.browser.get(f"{there}left-out.csv").content.decode("utf-8-sig")

    assert "'=cmd|" in text
    assert "'+1+1" in text
    assert "'@SUM(A1)" in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_letters_of_old_and_new_spreadsheets_are_read(ada: Desk, encoding: str) -> None:
    content = (CONTACTS + ",post,“The Old Café” – Marlshire,\n").encode(encoding)

    there = ada.send("contacts", content)["Location"]
    ada.decide(there)

    assert Contact.objects.get().value == "“The Old Café” – Marlshire"


def test_ab22_letters_of_two_encodings_in_one_file_break_nothing(ada: Desk) -> None:
    content = CONTACTS.encode() + b",post,Caf\xe9 \xc3\xa9,\n"

    assert ada.send("contacts", content).status_code == 302


def test_five_thousand_wrong_rows_are_not_read_for_ever(ada: Desk) -> None:
    rows = "".join(f"Nowhere {n},Village grass,1,m2{WALKED}" for n in range(4_900))
    begun = time.process_time()

    page = ada.look(ada.send("quantities", (QUANTITIES + rows).encode()))

    assert time.process_time() - begun < PATIENCE
    assert "More than 500 things are wrong. Is it the right table?" in page.words


def test_the_hostile_files_are_hostile() -> None:
    # The armed control: a file that is sent in the same way and means no harm is taken.
    assert json.loads(features(dict(GRASS)))["features"]
