"""The register's tables for download: described, estimates apart, nothing that runs."""

import csv
import io
from datetime import date

import pytest
from django.test import Client

from tests.cast import DAY, Cast
from waywarden.arrangements.register import exports
from waywarden.arrangements.register.queries import answers_for_place
from waywarden.county.councils.models import Body
from waywarden.county.places.models import Area, AreaCode
from waywarden.county.services.models import Standard
from waywarden.fabric.tables.columns import described, write_csv

pytestmark = pytest.mark.django_db

Row = dict[str, str]
ESTIMATES = ["quantity_low_estimate", "quantity_high_estimate"]


def read(text: str) -> list[Row]:
    """Read a table as a spreadsheet would."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def exported(area: Area) -> dict[str, Row]:
    """Give a place's rows by service code."""
    found = exports.lines(answers_for_place(area, on=DAY), {area.pk: "E04000001"}, DAY)
    return {row["service_code"]: row for row in read(write_csv(exports.COLUMNS, found))}


def test_every_column_is_described_and_named_once() -> None:
    about = described(exports.COLUMNS)

    assert len({column["name"] for column in about}) == len(about)
    for column in about:
        assert column["meaning"]
        assert column["name"] == column["name"].lower()
        assert column["type"] in ("text", "number", "date", "yes or no")


def test_a_row_says_where_what_when_who_why_and_under_which_law(cast: Cast) -> None:
    row = exported(cast.coldbrook)["DPS01"]

    assert row["place"] == "Coldbrook"
    assert row["place_key"] == "coldbrook-marlshire"
    assert row["gss_code"] == "E04000001"
    assert row["district"] == "Marlshire"
    assert row["service"] == "Village grass"
    assert row["as_of"] == "2026-04-01"
    assert row["delivered_by"] == "The County Council"
    assert "highway authority" in row["why"]
    assert "Highways Act 1980" in row["power"]
    assert row["confirmed_by"] == ""
    assert row["unit"] == "m2"


def test_what_is_not_known_is_blank_and_never_nought(cast: Cast) -> None:
    row = exported(cast.coldbrook)["FUR"]

    for column in ("delivered_by", "power", "quantity", *ESTIMATES, "quantity_source"):
        assert row[column] == ""


def test_a_measured_quantity_stands_in_its_column_and_nowhere_else(cast: Cast) -> None:
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 0, amount_milli=21_600_500))

    row = exported(cast.coldbrook)["DPS01"]

    assert row["quantity"] == "21600.5"
    assert [row[column] for column in ESTIMATES] == ["", ""]
    assert (row["quantity_source"], row["quantity_confidence"]) == ("Counted by the clerk", "A")


def test_an_estimate_stands_in_the_estimate_columns_and_nowhere_else(cast: Cast) -> None:
    cast.record(cast.estimate(cast.coldbrook, "DPS01", 1200, 1500, 1800))

    row = exported(cast.coldbrook)["DPS01"]

    assert row["quantity"] == ""
    assert [row[column] for column in ESTIMATES] == ["1200", "1800"]
    assert row["quantity_confidence"] == "C"
    assert "1500" not in row.values()


def test_a_measured_nought_is_written_as_nought(cast: Cast) -> None:
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 0))

    assert exported(cast.coldbrook)["DPS01"]["quantity"] == "0"


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1"])
def test_a_name_that_is_a_formula_does_not_run(cast: Cast, name: str) -> None:
    Area.objects.filter(pk=cast.coldbrook.pk).update(name=name)
    Body.objects.filter(pk=cast.county_council.pk).update(name=name)
    cast.coldbrook.refresh_from_db()

    row = exported(cast.coldbrook)["DPS01"]

    for column in ("place", "delivered_by"):
        assert row[column].lstrip(" \t")[0] == "'"


def test_only_a_disputed_quantity_is_called_disputed(cast: Cast) -> None:
    cast.record(
        cast.quantity(cast.coldbrook, "DPS01", 5),
        cast.quantity(cast.coldbrook, "HDG", 5, is_disputed=True, dispute="The parish says 3"),
    )

    rows = exported(cast.coldbrook)

    assert rows["HDG"]["quantity_disputed"] == "yes"
    assert rows["DPS01"]["quantity_disputed"] == "no"
    assert rows["FUR"]["quantity_disputed"] == ""


def test_a_visit_in_several_years_is_written_so_that_it_is_no_date(cast: Cast) -> None:
    # "1/3" opens as the first of March in a spreadsheet.
    Standard.objects.filter(level="minimum").update(visits=1, years=3)

    for row in exported(cast.coldbrook).values():
        for column in ("minimum_visits_a_year", "funded_visits_a_year", "delivered_visits_a_year"):
            assert "/" not in row[column]


# As downloads.


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("/places/coldbrook-marlshire/services.csv", 16),
        ("/counties/the-county/places.csv", 16 * 5),
        ("/counties/the-county/places.csv?service=village-grass", 5),
        ("/counties/the-county/places.csv?service=village-grass&district=marlshire", 5),
        ("/services/village-grass/places.csv", 5),
    ],
)
def test_a_download_holds_a_row_for_each_answer(
    client: Client, cast: Cast, address: str, rows: int
) -> None:
    answer = client.get(address)

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")
    assert ".csv" in answer["Content-Disposition"]
    assert len(read(answer.content.decode())) == rows


def test_a_download_carries_the_code_seen_last(client: Client, cast: Cast) -> None:
    for code, day in (("E04000001", date(2014, 5, 31)), ("E04000009", date(2025, 9, 4))):
        AreaCode.objects.create(area=cast.coldbrook, code=code, seen_on=day, source="A list")

    rows = read(client.get("/places/coldbrook-marlshire/services.csv").content.decode())

    assert {row["gss_code"] for row in rows} == {"E04000009"}


def test_a_download_answers_for_the_day_that_was_asked(client: Client, cast: Cast) -> None:
    address = "/places/coldbrook-marlshire/services.csv?on=2027-04-01"

    assert {row["as_of"] for row in read(client.get(address).content.decode())} == {"2027-04-01"}
