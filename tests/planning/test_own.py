"""A county of somebody's own: read from a spreadsheet, or refused with every row that is wrong."""

import importlib.util
import math
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.planning.own_county import (
    COUNCILS,
    COUNTY,
    MODELS,
    WORK,
    Rows,
    folder,
    packed,
    with_rows,
    workbook,
)
from waywarden.fabric.tables import limits
from waywarden.fabric.tables.problems import UnreadableTable
from waywarden.planner import Problem, Willingness, hand_made
from waywarden.planning.facts import CannotPlan
from waywarden.planning.own.blank import write_blank
from waywarden.planning.own.columns import SHEETS
from waywarden.planning.own.posing import CannotRead, own_problem

FORMS: list[tuple[str, Callable[[Path, dict[str, Rows]], Path]]] = [
    ("county", folder),
    ("county.zip", packed),
    ("county.xlsx", workbook),
]


def complaints(path: Path) -> list[str]:
    with pytest.raises(CannotRead) as refused:
        own_problem(path)
    return [str(complaint) for complaint in refused.value.complaints]


@pytest.mark.parametrize(("name", "write"), FORMS)
def test_a_county_is_read_alike_from_a_folder_a_zip_file_and_a_workbook(
    tmp_path: Path, name: str, write: Callable[[Path, dict[str, Rows]], Path]
) -> None:
    problem = own_problem(write(tmp_path / name, COUNTY))

    wychbourne, coldbrook, marl_green = problem.councils
    assert (wychbourne.key, wychbourne.east_km, coldbrook.can_lead) == ("Wychbourne", 450.0, True)
    assert not marl_green.can_lead
    work = wychbourne.work["Grass"]
    # 200 twice a year, half of it in the busiest month; a journey for each visit.
    assert (work.work, work.peak, work.visits, work.trips) == (400, 200, 2, 2)
    assert work.willingness is Willingness.LEAD
    assert work.outside[0].cost == 1_700
    assert marl_green.work["Grass"].willingness is Willingness.UNKNOWN
    [way] = work.models
    assert (way.name, way.setup, way.capacity, way.travels) == ("own staff", 1_000, 900, True)
    assert (problem.travel_limit_km, problem.road_factor, problem.neighbours) == (7, 1, None)
    # 1,000 + 400 + 200, no cost for the way or for running it, and Marl Green has not said.
    assert hand_made(problem, [["Wychbourne", "Coldbrook"]]).cost == 1_600


#: A county whose sheets say everything that a sheet can say.
ALL_SAID = {
    "councils": COUNCILS,
    "work": (
        (*WORK[0], "peak", "trips", "way alone", "payment", "unit"),
        ("wychbourne", "grass", "200", "2", "", "alone", "", "150", "3", "", "70", "m2"),
        ("Coldbrook", "Grass", "100", "2", "50", "no", "900", "", "", "a firm", "", ""),
    ),
    "models": (
        (*MODELS[0], "call-out", "travels", "council", "low", "high"),
        ("Grass", "a firm", "300", "1.5", "", "40", "no", "", "0.9", "1.4"),
        ("grass", "our own", "1", "0.0216", "", "", "", "Coldbrook", "", ""),
        ("grass", "contract", "2", "1", "", "", "", "A Firm", "", ""),
    ),
    "providers": (("provider", "easting", "northing"), ("A Firm", "451000", "211000")),
    "neighbours": (("council", "neighbour"), ("Wychbourne", "Coldbrook")),
    "travel": (("from", "to", "way"), ("A Firm", "Coldbrook", "4.5")),
    "rules": (
        ("kind", "council", "other", "service"),
        ("apart", "Wychbourne", "Marl Green", ""),
        ("together", "Wychbourne", "Coldbrook", ""),
        ("lock", "Coldbrook", "A Firm", "Grass"),
        ("lock", "Wychbourne", "", "Grass"),
        ("exclude", "Marl Green", "", ""),
    ),
    "settings": (
        ("setting", "value"),
        ("most members", "5"),
        ("cost per km", "0.9"),
        ("cost per cluster", "10"),
        ("Cost per member", "20"),
        ("everyone", "yes"),
    ),
}


@pytest.fixture
def all_said(tmp_path: Path) -> Problem:
    """Read the county whose sheets say everything."""
    return own_problem(folder(tmp_path / "county", ALL_SAID))


def test_works_and_ways_reach_the_problem_as_the_sheets_say_them(all_said: Problem) -> None:
    problem = all_said

    work = problem.councils[0].work["Grass"]
    assert (work.peak, work.trips, work.payment, work.outside) == (150, 3, 70, ())
    assert problem.councils[1].work["Grass"].outside[0].name == "a firm"
    firm, own = problem.councils[1].work["Grass"].models
    assert (firm.call_out, firm.travels, firm.low, firm.high) == (40, False, 0.9, 1.4)
    assert (own.name, own.unit_cost, own.capacity) == ("our own", 0.0216, math.inf)
    assert [way.name for way in problem.providers[0].models["Grass"]] == ["contract"]
    assert problem.services[0].unit == "m2"


def test_rules_and_settings_reach_the_problem_as_the_sheets_say_them(all_said: Problem) -> None:
    problem = all_said

    assert problem.neighbours == (("Wychbourne", "Coldbrook"),)
    assert problem.travel == {("A Firm", "Coldbrook"): 4.5}
    assert problem.apart == (("Wychbourne", "Marl Green"),)
    assert problem.together == (("Wychbourne", "Coldbrook"),)
    assert problem.locks == {
        ("Coldbrook", "Grass"): "A Firm",
        ("Wychbourne", "Grass"): "Wychbourne",
    }
    assert problem.excluded == ("Marl Green",)
    assert (problem.most_members, problem.cost_per_km, problem.everyone) == (5, 0.9, True)
    assert (problem.per_cluster, problem.per_member) == (10, 20)


WRONG = [
    ("councils", ("Wychbourne", "1", "2", ""), "row 5, council: 'Wychbourne' is named twice."),
    ("councils", ("Aston", "51.6", "210000", ""), "row 5, easting: 51.6 is not in metres"),
    ("councils", ("Aston", "450000", "#REF!", ""), "northing: The formula gives '#REF!'."),
    ("councils", ("Aston", "west", "2", ""), "row 5, easting: 'west' is not a number."),
    ("councils", ("Aston", "900000", "2", ""), "row 5, easting: 900000 is not on the British"),
    ("councils", ("Aston", "1", "2", "maybe"), "row 5, can lead: 'maybe' is neither yes nor no."),
    ("councils", ("", "1", "2", ""), "row 5, council: It is empty, or a formula"),
    (
        "work",
        ("Coldbrok", "Grass", "1", "1", "50", "", ""),
        "row 5, council: 'Coldbrok' is not known. Did you mean Coldbrook?",
    ),
    (
        "work",
        ("Coldbrook", "Gras", "1", "1", "5", "", ""),
        "Did you mean Grass?",
    ),
    (
        "work",
        ("Coldbrook", "Grass", "1", "1", "5", "", ""),
        "service: This council has a row",
    ),
    (
        "work",
        ("Coldbrook", "Grass", "1", "1", "", "", ""),
        "peak share: It is empty, and so",
    ),
    ("work", ("Coldbrook", "Grass", "1", "1", "101", "", ""), "peak share: '101' is more than all"),
    # A workbook gives 50% as 0.5; and a twelfth of the year is 8.3 percent.
    (
        "work",
        ("Coldbrook", "Grass", "1", "1", "0.5", "", ""),
        "peak share: Is '0.5' 50 percent, or 0.5?",
    ),
    ("work", ("Coldbrook", "Grass", "1", "1", "1", "", ""), "Is '1' 100 percent, or 1?"),
    ("work", ("Coldbrook", "Grass", "1", "1", "7.9", "", ""), "peak share: '7.9' is too little"),
    ("work", ("Coldbrook", "Grass", "1", "1", "0", "", ""), "peak share: '0' is too little"),
    ("work", ("Coldbrook", "Grass", "-1", "1", "5", "", ""), "quantity: '-1' is less than nothing"),
    ("work", ("Coldbrook", "Grass", "1", "", "5", "", ""), "visits: It is empty, or a formula"),
    (
        "work",
        ("Coldbrook", "Grass", "1", "1", "5", "perhaps", ""),
        "'perhaps' is none of",
    ),
    ("models", ("Grass", "", "1", "1", ""), "row 3, name: It is empty, or a"),
    ("settings", ("most members", "2.5"), "row 4, value: 2.5 is no number of members"),
    ("settings", ("road factor", "0"), "row 4, value: The road factor is nought"),
    ("settings", ("travel limit", "9"), "row 4, setting: 'travel limit' is given twice."),
    ("settings", ("speed", "9"), "row 4, setting: 'speed' is none of travel limit, cost per km"),
]


@pytest.mark.parametrize(("sheet", "row", "said"), WRONG)
def test_what_is_wrong_is_named_by_sheet_row_and_column(
    tmp_path: Path, sheet: str, row: tuple[str, ...], said: str
) -> None:
    found = complaints(folder(tmp_path / "county", with_rows(sheet, row)))
    assert all(one.startswith(f"Sheet {sheet}, row ") for one in found)
    assert any(said in one for one in found)


def test_an_even_year_and_no_work_at_all_have_a_peak(tmp_path: Path) -> None:
    even = ("Wychbourne", "Signs", "12", "1", "8", "", "")
    none = ("Coldbrook", "Signs", "0", "1", "0", "", "")
    sheets = with_rows("work", even, none)
    sheets["models"] = (*MODELS, ("Signs", "a firm", "1", "1", ""))
    wychbourne, coldbrook, _ = own_problem(folder(tmp_path / "county", sheets)).councils
    # 8 percent of 12.
    assert wychbourne.work["Signs"].peak == pytest.approx(0.96)
    assert coldbrook.work["Signs"].peak == 0


def test_a_wrong_row_of_a_model_does_not_make_its_service_unknown(tmp_path: Path) -> None:
    sheets = {**COUNTY, "models": (MODELS[0], ("Grass", "own staff", "?", "1", "900"))}
    [said] = complaints(folder(tmp_path / "county", sheets))
    assert said.startswith("Sheet models, row 2, setup: '?' is not a number.")


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    sheets = with_rows("work", ("Nowhere", "Grass", "x", "1", "50", "", ""))
    sheets["models"] = (*MODELS, ("Grass", "a firm", "?", "1", ""))
    sheets["settings"] = (("setting", "value"), ("everyone", "sometimes"))
    assert len(complaints(folder(tmp_path / "county", sheets))) == 4


def extra(sheet: str, headings: tuple[str, ...], *rows: tuple[str, ...]) -> dict[str, Rows]:
    return {**COUNTY, sheet: (headings, *rows)}


PLACE = ("kind", "council", "other", "service")


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        (extra("rules", PLACE, ("apart", "Coldbrook", "Coldbrook", "")), "paired with itself"),
        (extra("rules", PLACE, ("apart", "Coldbrook", "", "")), "row 2, other: It is empty, or"),
        (
            extra("rules", PLACE, ("marry", "Coldbrook", "", "")),
            "'marry' is none of",
        ),
        (extra("rules", PLACE, ("exclude", "Nowhere", "", "")), "'Nowhere' is not known."),
        (
            extra("rules", PLACE, ("lock", "Coldbrook", "", "Signs")),
            "'Signs' is not known.",
        ),
        (
            extra(
                "rules",
                PLACE,
                ("lock", "Coldbrook", "Wychbourne", "Grass"),
                ("lock", "Coldbrook", "", "Grass"),
            ),
            "row 3, other: 'Coldbrook' is locked to 'Wychbourne' already.",
        ),
        (
            extra("neighbours", ("council", "neighbour"), ("Wychbourne", "x")),
            "'x' is not",
        ),
        (extra("travel", ("from", "to", "way"), ("Wychbourne", "Coldbrook", "far")), "row 2, way:"),
        (
            {
                **extra("travel", ("from", "to", "way"), ("A", "B", "4")),
                "providers": (
                    ("provider", "easting", "northing"),
                    ("A", "1000", "1000"),
                    ("B", "2000", "2000"),
                ),
            },
            "A way between two providers is not needed.",
        ),
        (
            extra("models", (*MODELS[0], "low", "high"), ("Grass", "a", "1", "1", "", "2", "0.5")),
            "high: 0.5 is less than 1",
        ),
        (
            extra("work", (*WORK[0], "peak"), ("Coldbrook", "Grass", "1", "1", "5", "", "", "6")),
            "peak share: Both are given: keep one.",
        ),
        (
            extra("cuoncils", ("council",), ("x",)),
            "Sheet cuoncils: No sheet has this name. Did you",
        ),
        (extra("councils", (*COUNCILS[0], "colour"), *COUNCILS[1:]), "colour: No column has this"),
        (
            {name: COUNTY[name] for name in ("councils", "work")},
            "Sheet models: There is no such sheet",
        ),
        (
            extra("models", ("service", "name"), ("Grass", "a")),
            "no column headed 'setup' or 'unit cost'",
        ),
    ],
)
def test_rules_sheets_and_columns_that_make_no_sense_are_named(
    tmp_path: Path, sheets: dict[str, Rows], said: str
) -> None:
    found = complaints(folder(tmp_path / "county", sheets))
    assert any(said in one for one in found), found


def test_examples_and_other_sheets_are_not_read(tmp_path: Path) -> None:
    sheets = {
        **COUNTY,
        "councils": (
            ("example", *COUNCILS[0]),
            *(("", *row) for row in COUNCILS[1:]),
            ("Example", "Nowhere", "east", "", ""),
        ),
        "notes": (("anything",), ("at all",)),
        "rules": (("example", *PLACE), ("example", "apart", "A", "B", "")),
    }
    problem = own_problem(folder(tmp_path / "county", sheets))
    assert len(problem.councils) == 3
    assert problem.apart == ()


@pytest.mark.parametrize("name", ["county.xlsx", "county"])
def test_a_blank_spreadsheet_can_be_filled_in(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    write_blank(path)
    assert any("All its rows are examples." in one for one in complaints(path))
    with pytest.raises(CannotPlan, match="is there already, and is left as it is"):
        write_blank(path)


def test_the_examples_of_a_blank_spreadsheet_would_themselves_be_a_county(tmp_path: Path) -> None:
    sheets = {
        sheet.name: (tuple(column.name for column in sheet.columns), *sheet.examples)
        for sheet in SHEETS
    }
    problem = own_problem(folder(tmp_path / "county", sheets))
    assert [council.key for council in problem.councils] == [
        "Wychbourne",
        "Coldbrook",
        "Marl Green",
    ]


def test_a_blank_spreadsheet_is_a_workbook_or_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CannotPlan, match=r"and not \.ods"):
        write_blank(tmp_path / "county.ods")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CannotPlan, match="could not be written"):
        write_blank(tmp_path / "file/county.xlsx")
    monkeypatch.setitem(sys.modules, "waywarden.fabric.tables.templates", None)
    with pytest.raises(CannotPlan, match="only where the web extra is installed"):
        write_blank(tmp_path / "county.xlsx")


def test_without_the_web_extra_workbooks_are_refused_and_csv_files_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, tables = workbook(tmp_path / "a.xlsx", COUNTY), folder(tmp_path / "county", COUNTY)
    monkeypatch.setattr(
        "waywarden.fabric.tables.workbooks.find_spec",
        lambda name: None if name == "python_calamine" else importlib.util.find_spec(name),
    )
    with pytest.raises(UnreadableTable, match="Or save each sheet as a CSV file"):
        own_problem(book)
    assert len(own_problem(tables).councils) == 3


def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableTable, match="There is no file"):
        own_problem(tmp_path / "nothing.xlsx")
    with pytest.raises(UnreadableTable, match="There is no CSV file in the folder"):
        own_problem(tmp_path)
    (tmp_path / "a.csv").write_text("council\nWychbourne\n", encoding="utf-8")
    with pytest.raises(UnreadableTable, match=r"is one table. Give a workbook, or a folder"):
        own_problem(tmp_path / "a.csv")
    (tmp_path / "b.csv").write_bytes(b"a\0b")
    with pytest.raises(UnreadableTable, match=r"b\.csv: This file holds characters"):
        own_problem(tmp_path)
    monkeypatch.setattr(limits, "MOST_UNPACKED_BYTES", 10)
    with pytest.raises(UnreadableTable, match="too large to read"):
        own_problem(packed(tmp_path / "county.zip", COUNTY))
