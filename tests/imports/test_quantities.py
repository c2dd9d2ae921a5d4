"""Measured quantities through the wizard: totals reconcile, a missing swathe is flagged."""

import json
import re

import pytest

from tests.cast import Cast
from tests.imports.sending import QUANTITIES, Desk, figures
from tests.pages.reading import body_of
from waywarden.county.services.models import Quantity

pytestmark = pytest.mark.django_db

WALKED = ",Walked,2026-03-01\n"
ASSETS = (
    "place,service,amount,unit,swathe,source,date\n"
    "Coldbrook,Village grass,1200,m2,,Walked,2026-03-01\n"
    "Wychbourne,Village grass,800,m2,,Walked,2026-03-01\n"
    "Marl Green,Village grass,300,m,1.5,Walked,2026-03-01\n"
    "Little Haye,Village grass,500,m,,Walked,2026-03-01\n"
    "Total,Village grass,2000,m2,,,\n"
    "Total,Village grass,800,m,,,\n"
)


@pytest.fixture
def ada(cast: Cast) -> Desk:
    return Desk(cast, cast.at_the_county)


def amounts() -> dict[str, int]:
    return {q.area.name: q.amount_milli for q in Quantity.objects.current().select_related("area")}


def test_po2_totals_reconcile_and_a_missing_swathe_is_flagged(cast: Cast, ada: Desk) -> None:
    there = ada.paste("quantities", ASSETS)["Location"]
    page = ada.page(there)

    assert figures(page) == {"new": 3, "changed": 0, "same": 0, "left_out": 1}
    said = "The rows of village grass written in"
    assert (
        f"{said} m2 add up to the file’s own total, 2,000 m2. With the lengths counted by their "
        "swathe they are 2,450 m²." in page.words
    )
    assert "The rows of village grass add up to the file’s own total, 800 m." in page.words
    assert "The good rows hold 2,450 m² of village grass, in 3 places." in page.words
    assert "Row 5, swathe: The swathe is missing: a length is not an area." in page.words

    ada.decide(there)
    assert amounts() == {"Coldbrook": 1_200_000, "Wychbourne": 800_000, "Marl Green": 450_000}
    assert set(Quantity.objects.values_list("unit", flat=True)) == {"m2"}


def test_po2_no_length_is_spoken_of_where_no_row_has_one(ada: Desk) -> None:
    rows = "".join(
        f"{place},{service},{many},m2{WALKED}"
        for place, service, many in (
            ("Coldbrook", "Village grass", 88000),
            ("Wychbourne", "Vilage grss", 5),
        )
    )

    page = ada.look(ada.paste("quantities", f"{QUANTITIES}{rows}Total,,88010,m2,,\n"))

    assert "its rows add up to 88,0" in page.words
    assert "swathe" not in page.words


def test_po2_features_nested_too_deep_are_not_asked_for_as_boundaries(ada: Desk) -> None:
    deep = b'{"type": "FeatureCollection", "features": [' + b"[" * 100_000

    said = body_of(ada.send("quantities", deep, "assets.geojson"))

    assert "nested far deeper than any map" in said
    assert "Send what was counted exported as GeoJSON" in said
    assert "boundaries" not in said.lower().split("nested")[1].split("</p>")[0]


def test_po2_a_total_that_its_rows_do_not_make_is_said(ada: Desk) -> None:
    rows = "Coldbrook,Village grass,1200,m2" + WALKED + "Total,,1300,m2,,\n"

    page = ada.look(ada.paste("quantities", QUANTITIES + rows))

    said = "The file’s own total is 1,300 m2, but its rows add up to 1,200."
    assert f"Row 3, amount: {said} Is a row missing, or counted twice?" in page.words
    assert figures(page)["new"] == 1


HEADINGS = "place,service,amount,unit,swathe,source,date\n"
SWATHES = (
    "Coldbrook,Village grass,1200,sq m,,Walked,2026-03-01\n"
    "Marl Green,DPS01,300,m,1.5,Walked,2026-03-01\n"
)


def test_po2_a_length_with_its_swathe_counts_in_the_files_own_total(ada: Desk) -> None:
    page = ada.look(ada.paste("quantities", HEADINGS + SWATHES + "Total,DPS01,1650,m2,,,\n"))

    said = "The rows of village grass add up to the file’s own total, 1,650 m2, with a length"
    assert f"{said} counted by the swathe." in page.words
    assert "The good rows hold 1,650 m² of village grass, in 2 places." in page.words
    assert figures(page) == {"new": 2, "changed": 0, "same": 0, "left_out": 0}


def test_po2_a_total_that_forgets_the_swathe_is_told_both_sums(ada: Desk) -> None:
    page = ada.look(ada.paste("quantities", HEADINGS + SWATHES + "Total,DPS01,1500,m2,,,\n"))

    said = "but its rows of village grass add up to 1,200, or 1,650 with lengths counted by"
    assert f"The file’s own total is 1,500 m2, {said} their swathe." in page.words


def test_po2_a_total_is_held_against_the_rows_of_its_own_service(ada: Desk) -> None:
    signs = "".join(
        f"{place},Sign cleaning,{many},sign,,Walked,2026-03-01\n"
        for place, many in (("Coldbrook", "4"), ("Wychbourne", "many"))
    )
    totals = "".join(
        f"Total,{service},{many},,,,\n"
        for service, many in (("Village grass", 1650), ("Sign cleaning", 9), ("Bins", 9))
    )
    page = ada.look(ada.paste("quantities", HEADINGS + SWATHES + signs + totals))

    assert "The rows of village grass add up to the file’s own total, 1,650 m²" in page.words
    said = "The file’s own total is 9 signs, but its rows of sign cleaning add up to 4."
    assert f"{said} Is a row missing, or counted twice? Row 5 could not be" in page.words
    assert "Row 8, service: “Bins” is not a service we know." in page.words


def test_po2_a_total_of_metres_and_signs_is_no_total(ada: Desk) -> None:
    rows = SWATHES + "Coldbrook,Sign cleaning,4,sign,,Walked,2026-03-01\nTotal,,1504,,,,\n"
    page = ada.look(ada.paste("quantities", HEADINGS + rows))

    assert "Row 5, unit: Say in which unit it adds up: its rows have many." in page.words


def test_a_row_left_out_is_not_in_what_the_good_rows_hold(ada: Desk) -> None:
    twice = "Coldbrook,Village grass,7,m2,,Walked,2026-03-01\n"
    page = ada.look(ada.paste("quantities", HEADINGS + SWATHES + twice))

    assert "The good rows hold 1,650 m² of village grass, in 2 places." in page.words


def test_a_code_we_do_not_know_is_asked_about_in_words(ada: Desk) -> None:
    page = ada.look(ada.paste("quantities", QUANTITIES + "Coldbrook,DPS1,1,m2" + WALKED))

    assert "“DPS1” is not a service we know. Did you mean Village grass (DPS01)?" in page.words


@pytest.mark.parametrize("total", ["lots", "-5"])
def test_po2_a_total_that_cannot_be_read_is_said(ada: Desk, total: str) -> None:
    rows = "Coldbrook,Village grass,many,m2" + WALKED + f"Total,,{total},m2,,\n"

    page = ada.look(ada.paste("quantities", QUANTITIES + rows))

    assert "Row 3, amount:" in page.words


def test_po2_a_row_that_cannot_be_counted_is_named_beside_the_total(ada: Desk) -> None:
    rows = "Coldbrook,Village grass,many,m2" + WALKED + "Total,,5,m2,,\n"

    page = ada.look(ada.paste("quantities", QUANTITIES + rows))

    assert "Row 2 could not be counted." in page.words


def features(*properties: dict[str, object], **members: object) -> bytes:
    point = {"type": "Point", "coordinates": [-1.29, 51.61]}
    drawn = [
        {"type": "Feature", "geometry": p.pop("geometry", point), "properties": p}
        for p in properties
    ]
    return json.dumps({"type": "FeatureCollection", "features": drawn} | members).encode()


GRASS: dict[str, object] = {
    "place": "Coldbrook",
    "service": "Village grass",
    "amount": 1200.5,
    "unit": "m2",
    "source": "Surveyed",
    "date": "2026-03-01",
}


def test_po2_features_of_a_map_are_taken_in_by_their_properties(ada: Desk) -> None:
    strip = GRASS | {"place": "Marl Green", "amount": 300, "unit": "m", "swathe": 2}

    there = ada.send("quantities", features(dict(GRASS), strip), "assets.geojson")["Location"]
    ada.decide(there)

    assert amounts() == {"Coldbrook": 1_200_500, "Marl Green": 600_000}


def test_the_same_table_again_is_held_already(ada: Desk) -> None:
    rows = QUANTITIES + "Coldbrook,Village grass,1200,m2" + WALKED
    ada.take_in("quantities", rows)

    page = ada.look(ada.paste("quantities", rows))

    assert figures(page) == {"new": 0, "changed": 0, "same": 1, "left_out": 0}


def test_a_measured_figure_says_what_it_takes_the_place_of(cast: Cast, ada: Desk) -> None:
    cast.record(
        cast.estimate(cast.coldbrook, "DPS01", 800, 1000, 1500),
        cast.quantity(cast.wychbourne, "DPS01", 700),
    )
    rows = "".join(f"{p},Village grass,9,m2{WALKED}" for p in ("Coldbrook", "Wychbourne"))

    page = ada.look(ada.paste("quantities", QUANTITIES + rows))

    assert "Coldbrook: village grass, 9 m², in place of an estimate" in page.words
    assert "Wychbourne: village grass, 9 m², in place of 700 m²" in page.words
    assert figures(page)["changed"] == 2


def test_a_parish_speaks_for_itself(cast: Cast) -> None:
    colm = Desk(cast, cast.at_coldbrook)

    colm.take_in("quantities", QUANTITIES + "Coldbrook,Village grass,1200,m2" + WALKED)

    assert amounts() == {"Coldbrook": 1_200_000}


def test_ab1_a_row_about_another_parish_changes_nothing(cast: Cast) -> None:
    colm = Desk(cast, cast.at_coldbrook)
    rows = "".join(f"{p},Village grass,9,m2{WALKED}" for p in ("Wychbourne", "Coldbrook"))

    page = colm.take_in("quantities", QUANTITIES + rows)

    assert amounts() == {"Coldbrook": 9_000}
    assert "Row 2, place: You act for Coldbrook Parish Council" in page.words


def test_the_district_does_not_measure_for_the_county(cast: Cast) -> None:
    dot = Desk(cast, cast.office(cast.dot, cast.marlshire_council, "officer"))

    assert dot.paste("quantities", QUANTITIES).status_code == 403


def test_an_unknown_place_is_asked_about(ada: Desk) -> None:
    page = ada.look(ada.paste("quantities", QUANTITIES + "Coldbrok,Village grass,1,m2" + WALKED))

    assert "“Coldbrok” is not a place we know. Did you mean Coldbrook?" in page.words


def test_a_figure_changed_meanwhile_is_shown_again_though_its_amount_is_the_same(
    cast: Cast,
) -> None:
    desk = Desk(cast, cast.at_coldbrook)
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 100))
    rows = "Coldbrook,Village grass,200,m2,Walked,2026-04-01\n"
    there = desk.paste("quantities", QUANTITIES + rows)["Location"]
    shown = re.search(r'name="seen" value="([0-9a-f]+)"', body_of(desk.browser.get(there)))
    assert shown
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 100, source="Walked by somebody else"))

    assert desk.decide(there, seen=shown[1]).status_code == 409
    assert Quantity.objects.current().get().source == "Walked by somebody else"
