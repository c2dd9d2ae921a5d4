"""Tables as councils send them: every kind of file, and those sent to do harm."""

import doctest
import io
import time as clock
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from waywarden.fabric.tables import open_workbook, reading
from waywarden.fabric.tables.reading import Problem, UnreadableTable, read_table

WANTED = ("parish", "service", "amount")
PLAIN = "Parish,Service,Amount\nColdbrook,DPS01,500\nLittle Haye,SGN,12\n"


def workbook(*sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows: list[list[str]]) -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    name = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{name}:office:1.0" '
        f'xmlns:table="{name}:table:1.0" xmlns:text="{name}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="One">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{name}:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        "</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", manifest)
        packed.writestr("content.xml", content)
    return out.getvalue()


def refusal_of(source: bytes | Path, wanted: tuple[str, ...] = ()) -> str:
    with pytest.raises(UnreadableTable) as refused:
        read_table(source, wanted=wanted)
    sentence = refused.value.sentence
    assert sentence[0].isupper() or sentence[0] == "/"
    assert sentence.endswith((".", "?"))
    return sentence


def test_the_examples_in_the_docstrings_are_true() -> None:
    assert doctest.testmod(reading).failed == 0
    assert doctest.testmod(open_workbook).failed == 0


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.replace("\n", "\r\n").encode("cp1252"),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        workbook([line.split(",") for line in PLAIN.splitlines()]),
        ods([line.split(",") for line in PLAIN.splitlines()]),
    ],
    ids=["utf-8", "with mark", "windows", "old mac", "semicolons", "tabs", "xlsx", "ods"],
)
def test_the_same_table_is_read_from_every_kind_of_file(content: bytes) -> None:
    sheet = read_table(content, wanted=WANTED)

    assert sheet.keys == WANTED
    assert [(row.number, row["parish"], row["amount"]) for row in sheet.rows] == [
        (2, "Coldbrook", "500"),
        (3, "Little Haye", "12"),
    ]
    assert sheet.problems == ()


def test_old_windows_letters_are_read() -> None:
    sheet = read_table("parish,note\nColdbrook,“café” £5 – yes\n".encode("cp1252"))

    assert sheet.rows[0]["note"] == "“café” £5 – yes"


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "amounts.csv"
    path.write_text(PLAIN)

    assert len(read_table(path).rows) == 2
    assert len(read_table(str(path)).rows) == 2


def test_headings_are_found_below_lines_of_title() -> None:
    table = "Quantities of Marlshire\n\n2026, draft\n" + PLAIN + "\n\n,,\nMarl Green,FUR,3\n"

    sheet = read_table(table.encode(), wanted=("Service", "amount", "PARISH"))

    assert [row.number for row in sheet.rows] == [5, 6, 10]
    assert [row.number for row in read_table(table.encode()).rows] == [5, 6, 10]


def test_the_worksheet_with_the_headings_is_chosen() -> None:
    content = workbook([["Notes"], ["by Bron"]], [], [["parish", "amount"], ["Coldbrook", 5]])

    assert read_table(content, wanted=("parish", "amount")).rows[0]["amount"] == "5"


def test_rows_keep_the_numbers_the_sender_sees_in_a_workbook() -> None:
    book = Workbook()
    book.active["B3"], book.active["C3"] = "parish", "amount"
    book.active["B6"], book.active["C6"] = "Coldbrook", 1.5
    out = io.BytesIO()
    book.save(out)

    row = read_table(out.getvalue(), wanted=("parish", "amount")).rows[0]

    assert (row.number, row["amount"]) == (6, "1.5")


def test_cells_of_a_workbook_come_as_their_reader_sees_them() -> None:
    headings = ["number", "noisy", "long", "day", "moment", "hour", "yes", "empty", "text"]
    moment = datetime(2026, 12, 31, 9, 30)  # noqa: DTZ001 - a spreadsheet knows no time zone
    numbers = [500.0, 0.1 + 0.2, 123456789012.0]
    cells = [*numbers, date(2026, 12, 31), moment, time(9, 30), True, None, " x "]
    content = workbook([headings, cells])

    assert list(read_table(content).rows[0].cells.values()) == [
        "500",
        "0.3",
        "123456789012",
        "2026-12-31",
        "2026-12-31 09:30:00",
        "09:30:00",
        "yes",
        "",
        "x",
    ]


def test_headings_may_be_written_in_many_ways() -> None:
    sheet = read_table("PARISH ,Amount (m²),Stated-on\nColdbrook,5,2026-01-01\n".encode())

    assert sheet.headings == ("PARISH", "Amount (m²)", "Stated-on")
    assert sheet.keys == ("parish", "amount_m2", "stated_on")
    assert sheet.rows[0]["Stated on"] == "2026-01-01"
    assert sheet.rows[0]["no such column"] == ""


def test_a_missing_heading_is_named() -> None:
    told = refusal_of(b"Parish,Sum\nColdbrook,5\n", wanted=("parish", "service", "amount"))

    assert "no column headed 'service' or 'amount'" in told
    assert "parish, service, amount" in told


def test_two_columns_with_one_heading_are_refused() -> None:
    assert "Two columns are headed 'AMOUNT'" in refusal_of(b"parish,amount,AMOUNT\na,1,2\n")


def test_something_under_no_heading_is_a_problem_of_its_row() -> None:
    sheet = read_table(b"parish,amount\nGosford, Water Eaton,5\nColdbrook,3\n")

    assert sheet.problems[0].row_number == 2
    assert isinstance(sheet.problems[0], Problem)
    assert "comma inside a value" in str(sheet.problems[0])


def test_a_short_row_is_filled_up_and_a_column_without_heading_left_out() -> None:
    sheet = read_table(b"parish,,amount\nColdbrook\n")

    assert sheet.headings == ("parish", "amount")
    assert sheet.rows[0].cells == {"parish": "Coldbrook", "amount": ""}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"\n\n , ,\n", "empty"),
        (workbook([]), "empty"),
        (b"parish,amount\n", "no rows below"),
        (b"parish,amount\nCold\0brook,1\n", "characters that no table has"),
        (PLAIN.encode("utf-16"), "characters that no table has"),
        (b"parish,amount\nCold\x81brook,1\n", "CSV UTF-8"),
        (b'parish,amount\n"Coldbrook,1\n', "quotation mark"),
        (b'parish,amount\n"Cold"brook,1\n', "quotation mark"),
        (b"%PDF-1.7 rest", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"<!doctype html><p>", "a web page"),
        (b'\xef\xbb\xbf {"type": "FeatureCollection"}', "a map or data file"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged or have a password"),
        (b"x" * 10_000_001, "10.0 MB"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(content: bytes, told: str) -> None:
    assert told in refusal_of(content)


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(50_000_000)

    assert "There is no file" in refusal_of(tmp_path / "none.csv")
    assert "is not a file" in refusal_of(tmp_path)
    assert "50.0 MB" in refusal_of(large)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a,b\n" + b"1,2\n" * 100_001, "100,000 rows"),
        (b"parish\n" + b"," * 1_000_000 + b"x\n", "columns"),
        (b"parish,amount\n" + b"x" * 1_000_000 + b",1\n", "longer than a page"),
    ],
)
def test_a_table_too_large_is_refused_in_good_time(content: bytes, told: str) -> None:
    started = clock.process_time()

    assert told in refusal_of(content)
    assert clock.process_time() - started < 5


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped(xl__workbook_xml=b"<a/>", xl__sheet1_xml=b"0" * 100_000_001)
    swarm = zipped(**{f"f{number}": b"" for number in range(1_001)})

    assert len(bomb) < 200_000
    assert "too large to read safely" in refusal_of(bomb)
    assert "too large to read safely" in refusal_of(swarm)


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    assert "another kind of file" in refusal_of(zipped(word__document_xml=b"<a/>"))


def test_a_workbook_with_a_cell_in_its_last_corner_harms_nobody() -> None:
    # Five kilobytes that make the reader ask for 500 GB and abort its process.
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "parish", 1
    out = io.BytesIO()
    book.save(out)

    assert len(out.getvalue()) < 10_000
    assert "too large to read safely" in refusal_of(out.getvalue())


def test_a_workbook_wider_than_any_table_is_refused() -> None:
    assert "201 columns" in refusal_of(workbook([["x"] * 201, ["y"] * 201]))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_and_never_anything_else(content: bytes) -> None:
    # The workbooks have their own tests: each opens a process.
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        return
    try:
        sheet = read_table(content)
    except UnreadableTable as refused:
        assert refused.sentence.endswith((".", "?"))
    else:
        assert sheet.rows
