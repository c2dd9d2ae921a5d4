"""Tables as workbooks: real numbers and dates, a sheet of notes, and nothing that runs."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from waywarden.arrangements.register import exports as register
from waywarden.devolution.plans import exports as plans
from waywarden.fabric.tables.columns import Column, write_csv
from waywarden.fabric.tables.sheets import write_workbook
from waywarden.fabric.tables.writing import table_response

COLUMNS: list[Column[dict[str, Any]]] = [
    Column("parish", "The parish's name", "text", lambda row: row.get("parish")),
    Column("amount", "How much there is", "thousandths", lambda row: row.get("amount")),
    Column("cost", "What it costs", "pence", lambda row: row.get("cost")),
    Column("trees", "How many trees", "whole number", lambda row: row.get("trees")),
    Column("stated_on", "When", "date", lambda row: row.get("on")),
    Column("disputed", "Whether", "yes or no", lambda row: row.get("disputed")),
]
COLDBROOK = {
    "parish": "Coldbrook",
    "amount": 1_234_500,
    "cost": -12_05,
    "trees": 7,
    "on": date(2026, 4, 1),
    "disputed": False,
}
#: What a spreadsheet would run, or cut and then run.
HOSTILE = st.text(alphabet=st.sampled_from("=+-@\t\r\n,;|\"' ax1.＝＠#\x00"), max_size=12)
RUNS = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def test_numbers_and_dates_are_real_and_stay_under_their_headings() -> None:
    content = write_workbook(COLUMNS, [COLDBROOK, {"parish": "Marl Green"}], notes=[])

    sheet = opened(content)["Table"]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[0] == [column.name for column in COLUMNS]
    assert values[1][:4] == ["Coldbrook", 1234.5, -12.05, 7]
    assert values[1][4].date() == date(2026, 4, 1)
    assert values[1][5] == "no"
    assert values[2] == ["Marl Green", None, None, None, None, None]
    assert sheet["E2"].is_date
    assert sheet.freeze_panes == "A2"


def test_a_number_longer_than_excel_keeps_is_written_as_text() -> None:
    content = write_workbook(COLUMNS, [{"trees": 10**18 + 1}], notes=[])

    assert opened(content)["Table"]["D2"].value == "1000000000000000001"


def test_a_sheet_of_notes_says_whence_what_filter_when_and_on_what_terms() -> None:
    request = RequestFactory().get("/places.xlsx", {"district": "marlshire", "sort": "-people"})

    answer = table_response(
        request,
        "places",
        COLUMNS,
        [COLDBROOK],
        source="The register",
        licence="OGL v3",
        made_on=date(2026, 4, 1),
    )

    notes = {row[0].value: row[1].value for row in opened(answer.content)["Notes"].iter_rows()}
    assert notes["Source"] == "The register"
    assert notes["Licence"] == "OGL v3"
    assert notes["Made on"] == "2026-04-01"
    assert notes["Shows"] == "district: marlshire; sort: -people"
    assert notes["cost"] == "What it costs (pence)"
    assert answer["Content-Disposition"] == 'attachment; filename="places.xlsx"'


EXPORTS = [register.COLUMNS, plans.CLUSTERS, plans.COUNCILS, COLUMNS]


@pytest.mark.parametrize("columns", EXPORTS)
@given(said=HOSTILE)
def test_no_export_of_ours_runs_in_a_spreadsheet(columns: list[Column[Any]], said: str) -> None:
    """SEC5: every cell of every table is what an attacker typed."""
    hostile = [Column(c.name, c.meaning, "text", lambda row: row) for c in columns]

    for cells in csv.reader(io.StringIO(write_csv(hostile, [said])[1:], newline="")):
        for cell in cells:
            assert NUMBER.fullmatch(cell) or not RUNS.match(cell)
    book = opened(write_workbook(hostile, [said], notes=[(said, said)]))
    for sheet in book:
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row if cell.value is not None} <= {"s"}
            texts = [str(cell.value) for cell in row if cell.value is not None]
            assert not [text for text in texts if RUNS.match(text) and not NUMBER.fullmatch(text)]


def test_the_control_is_armed() -> None:
    # A cell that is not made safe is found: the pattern above sees it.
    raw = write_csv(COLUMNS, [{"parish": "=1+1"}], is_raw=True)

    assert [cell for row in csv.reader(io.StringIO(raw)) for cell in row if RUNS.match(cell)]


@given(said=HOSTILE)
def test_what_machines_are_given_is_true_to_the_byte(said: str) -> None:
    text = write_csv(COLUMNS[:1], [{"parish": said}], is_raw=True)

    assert not text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[1:] == ([[said]] if said else [[""]])


def test_raw_is_asked_for_in_the_address() -> None:
    asked = {"source": "", "licence": "", "made_on": date(2026, 4, 1)}
    rows = [{"parish": "=1+1"}]

    safe = table_response(RequestFactory().get("/p.csv"), "p", COLUMNS, rows, **asked)
    raw = table_response(RequestFactory().get("/p.csv?raw=1"), "p", COLUMNS, rows, **asked)

    assert b"'=1+1" in safe.content
    assert b"\n=1+1," in raw.content
