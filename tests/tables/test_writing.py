"""Tables as we send them: readable by Excel, and with nothing in them that runs."""

import csv
import doctest
import io
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from waywarden.fabric.tables import columns
from waywarden.fabric.tables.columns import Column, described, safe, write_csv
from waywarden.fabric.tables.reading import read_table
from waywarden.fabric.tables.writing import csv_response, notes, template_workbook

COLUMNS: list[Column[dict[str, Any]]] = [
    Column("parish", "The parish's name", "text", lambda row: row.get("parish")),
    Column("amount", "How much there is", "thousandths", lambda row: row.get("amount_milli")),
    Column("cost", "What it costs, in pounds", "pence", lambda row: row.get("cost_pence")),
    Column("stated_on", "When it was stated", "date", lambda row: row.get("stated_on")),
    Column("is_disputed", "Whether it is disputed", "yes or no", lambda row: row.get("disputed")),
]
COLDBROOK = {
    "parish": "Coldbrook, Upper",
    "amount_milli": 1_234_500,
    "cost_pence": -12_05,
    "stated_on": date(2026, 4, 1),
    "disputed": False,
}
TEXT: list[Column[str]] = [Column("said", "What was said", "text", lambda said: said)]
# Made of the very characters a spreadsheet cuts and runs by, and a few plain ones.
RISKY = st.text(alphabet=st.sampled_from("=+-@\t\r\n,;|\"' ax1.＝＠"), max_size=12)
RUNNABLE = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def test_the_examples_in_the_docstrings_are_true() -> None:
    assert doctest.testmod(columns).failed == 0


def test_a_table_is_written_as_excel_reads_it() -> None:
    assert write_csv(COLUMNS, [COLDBROOK, {"parish": "Marl Green"}]) == (
        "\ufeffparish,amount,cost,stated_on,is_disputed\r\n"
        '"Coldbrook, Upper",1234.5,-12.05,2026-04-01,no\r\n'
        "Marl Green,,,,\r\n"
    )


def test_what_is_written_can_be_read_back() -> None:
    sheet = read_table(write_csv(COLUMNS, [COLDBROOK]).encode())

    assert sheet.headings == tuple(column.name for column in COLUMNS)
    assert sheet.rows[0]["parish"] == "Coldbrook, Upper"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+44 1865", "'+44 1865"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\rx", "\nx"),
        ('"=1', "\"'=1"),
        ("a;=1", "a;'=1"),
        ("a\n=1", "a\n'=1"),
        ("  =1", "  '=1"),
        ("Coldbrook,\r\nMarlshire", "Coldbrook,\nMarlshire"),
        ("a;\tb", "a;'\tb"),
        ("-5", "-5"),
        ("-5.25", "-5.25"),
        ("-5-6", "'-5-6"),
        ("Marl Green - north", "Marl Green - north"),
        ("bron@wychbourne.example", "bron@wychbourne.example"),
        ("", ""),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(said: str, written: str) -> None:
    assert safe(said) == written


@given(st.lists(RISKY, min_size=1, max_size=4), st.sampled_from(",;\t|"))
def test_nothing_runs_whichever_separator_a_spreadsheet_cuts_by(
    said: list[str], separator: str
) -> None:
    columns: list[Column[list[str]]] = [
        Column(f"said {at}", "", "text", lambda row, at=at: row[at]) for at in range(len(said))
    ]
    text = write_csv(columns, [said]).removeprefix("\ufeff")

    for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        for cell in cells:
            # Cut by a separator that is not ours, the end of a line may open a cell.
            inside = cell if separator == "," else cell.lstrip("\r\n")
            assert NUMBER.fullmatch(inside) or not RUNNABLE.match(inside)


@given(RISKY)
def test_making_a_cell_harmless_only_adds_apostrophes(said: str) -> None:
    plain_ends = said.replace("\r\n", "\n").replace("\r", "\n")

    assert safe(said).replace("'", "") == plain_ends.replace("'", "")


def test_a_table_is_offered_as_a_download() -> None:
    response = csv_response("coldbrook.csv", COLUMNS, [COLDBROOK])

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="coldbrook.csv"'
    assert response.content.startswith(b"\xef\xbb\xbfparish,")


def test_a_file_name_cannot_add_a_header() -> None:
    response = csv_response('a"\u2028b.csv', TEXT, [])

    assert "\n" not in response["Content-Disposition"]


def test_the_columns_describe_themselves() -> None:
    assert described(COLUMNS)[1] == {
        "name": "amount",
        "type": "number",
        "meaning": "How much there is",
    }


def test_source_and_licence_stand_beside_a_table() -> None:
    beside = notes(TEXT, source="Dot", licence="OGL v3", made_on=date(2026, 4, 1), shows="all")

    assert beside == [
        ("Source", "Dot"),
        ("Licence", "OGL v3"),
        ("Made on", "2026-04-01"),
        ("Shows", "all"),
        ("said", "What was said (text)"),
    ]


def test_a_template_can_be_filled_in_and_read_back() -> None:
    beside = [("Source", "the county"), ("=1+1", "\x00never run")]
    content = template_workbook(COLUMNS, notes=beside, rows=[["Coldbrook", "=2+2", "-5"]])

    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Fill in", "Notes"]
    assert book["Fill in"].freeze_panes == "A2"
    for sheet in book:
        assert all(cell.data_type == "s" for row in sheet for cell in row if cell.value)
    assert book["Notes"]["A2"].value == "'=1+1"
    assert read_table(content).rows[0]["amount"] == "'=2+2"


def test_a_template_alone_has_no_values() -> None:
    columns: list[Column[None]] = [Column("parish", "The parish's name", "text")]

    assert write_csv(columns, [None]) == '\ufeffparish\r\n""\r\n'
