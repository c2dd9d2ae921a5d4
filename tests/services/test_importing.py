"""Taking in measured quantities: what is recorded, and what a clerk is told of a row gone wrong."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import ADA, DAY, Cast
from tests.intake.files import CODES, EARLIER, GOOD, give_codes, table, text
from waywarden.county.places.models import Area, AreaCode
from waywarden.county.services import correcting_actions as correcting
from waywarden.county.services import importing
from waywarden.county.services.claims import Claim
from waywarden.county.services.models import Quantity
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.tables.previews import Preview
from waywarden.fabric.tables.problems import UnreadableTable

pytestmark = pytest.mark.django_db
Load = Callable[..., Preview]


@pytest.fixture
def county(cast: Cast) -> Cast:
    """The cast, each place with its code, and estimates of village grass in two of them."""
    give_codes(cast)
    cast.record(
        cast.estimate(cast.coldbrook, "DPS01", 800, 1000, 1500),
        cast.estimate(cast.wychbourne, "DPS01", 8000, 10_000, 15_000),
    )
    return cast


@pytest.fixture
def load(county: Cast, tmp_path: Path) -> Load:
    """Take in rows of quantities, each a good one but for what is given."""

    def take_in(*rows: dict[str, str], dry_run: bool = False) -> Preview:
        return importing.take_in_quantities(
            table(tmp_path, *rows), by=ADA, today=DAY, dry_run=dry_run
        )

    return take_in


def sentences(preview: Preview) -> list[str]:
    return [str(problem) for problem in preview.problems]


def current(cast: Cast, area: Area, code: str = "DPS01") -> Quantity:
    return Quantity.objects.current().get(area=area, service=cast.service(code))


# What is recorded.


def test_a_measured_quantity_takes_the_place_of_an_estimate(county: Cast, load: Load) -> None:
    preview = load({})

    held = current(county, county.coldbrook)
    assert (held.amount_milli, held.unit, held.is_estimate) == (1_200_500, "m2", False)
    assert (held.source, held.stated_on) == ("Walked by the clerk", date(2026, 3, 1))
    assert "the county: 1 in place of an estimate." in preview.lines()


def test_the_superseded_estimate_is_kept(county: Cast, load: Load) -> None:
    load({})

    earlier = Quantity.objects.estimates().get(area=county.coldbrook)
    assert earlier.superseded_on == DAY


def test_the_same_file_again_changes_nothing(county: Cast, load: Load) -> None:
    rows = [{}, {"place": "Wychbourne"}]
    load(*rows)
    lines = Entry.objects.count()

    preview = load(*rows)

    assert "the county: all 2 are held already. Nothing changes." in preview.lines()
    assert Entry.objects.count() == lines


def test_a_dry_run_says_the_same_and_saves_nothing(county: Cast, load: Load) -> None:
    lines = Entry.objects.count()

    preview = load({}, dry_run=True)

    assert current(county, county.coldbrook).is_estimate
    assert Entry.objects.count() == lines
    assert "the county: 1 in place of an estimate." in preview.lines()
    assert preview.lines()[-1] == "Nothing was saved: a dry run."


def test_measured_and_estimated_are_told_apart_and_never_added(load: Load) -> None:
    preview = load({})

    assert preview.lines()[-2:] == [
        "  before: estimate: 8,800 to 17,000 m² for 2 places; not known for 3 places",
        "  after:  measured 1,200.5 m² in 1 place; estimate: 8,000 to 15,000 m² for 1 place; "
        "not known for 3 places",
    ]


def test_new_estimated_and_earlier_figures_are_counted_apart(load: Load) -> None:
    load({})

    preview = load({"amount": "1300"}, {"place": "Wychbourne"}, {"place": "Marl Green"})

    counts = "the county: 1 new, 1 in place of an estimate, 1 in place of an earlier figure."
    assert counts in preview.lines()


def test_one_wrong_row_keeps_every_row_out(county: Cast, load: Load) -> None:
    preview = load({}, {"place": "Wychbourne", "amount": "lots"})

    assert preview.problems
    assert preview.lines() == ["2 rows read, 1 of them wrong."]
    assert current(county, county.coldbrook).is_estimate


def test_a_disputed_figure_keeps_what_is_disputed(county: Cast, load: Load) -> None:
    load({"disputed": "Yes", "dispute_note": "The county counts one side", "confidence": "b"})

    held = current(county, county.coldbrook)
    assert (held.is_disputed, held.dispute) == (True, "The county counts one side")
    assert held.confidence == "B"


@pytest.mark.parametrize("row", [{}, {"disputed": "yes", "dispute_note": "One side"}])
def test_the_same_file_again_leaves_what_is_claimed_with_a_dispute(
    county: Cast, load: Load, row: dict[str, str]
) -> None:
    load({})
    correcting.dispute_quantity(
        area=county.coldbrook,
        service=county.service("DPS01"),
        seen=current(county, county.coldbrook).pk,
        dispute="One side",
        by=ADA,
        today=DAY,
        reason="By telephone",
        claim=Claim(amount_milli=900_000, pin="SU 612 934"),
    )

    preview = load(row)

    held = current(county, county.coldbrook)
    assert (held.dispute, held.claims_milli, held.pin) == ("One side", 900_000, "SU 612 934")
    assert "the county: all 1 are held already. Nothing changes." in preview.lines()


def test_nought_is_a_figure_like_any_other(county: Cast, load: Load) -> None:
    load({"amount": "0"})

    assert current(county, county.coldbrook).amount_milli == 0


@pytest.mark.parametrize(
    "written",
    [
        "coldbrook",
        " COLDBROOK ",
        "coldbrook-marlshire",
        "Coldbrook (Marlshire)",
        "Coldbrook, Marlshire",
        CODES["coldbrook"],
        EARLIER["coldbrook"],
        "e04000002",
    ],
)
def test_a_place_answers_to_its_name_key_and_codes(county: Cast, load: Load, written: str) -> None:
    assert not load({"place": written}).problems
    assert not current(county, county.coldbrook).is_estimate


@pytest.mark.parametrize("written", ["DPS01", "dps01", "village-grass", "Urban grass cutting"])
def test_a_service_answers_to_its_code_and_names(load: Load, written: str) -> None:
    assert not load({"service": written}).problems


@pytest.mark.parametrize(
    ("service", "units"),
    [
        ("DPS01", ["m2", "m²", "sqm", "sq. m", "Square metres", "square meters", "m^2"]),
        ("DPS02", ["km", "KM", "kms", "kilometres", "Kilometers"]),
        ("HDG", ["m", "metres", "linear metres", "meter"]),
        ("SGN", ["sign", "signs", "Signs"]),
        ("GUL", ["gully", "gullies"]),
    ],
)
def test_a_unit_may_be_written_as_people_write_it(
    load: Load, service: str, units: list[str]
) -> None:
    for unit in units:
        assert not load({"service": service, "unit": unit}).problems, unit


# What is refused, and in which words.


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"place": "Coldbrok"}, "“Coldbrok” is not a place we know. Did you mean Coldbrook?"),
        ({"place": ""}, "It is empty: write the name or the code of a place."),
        ({"place": "E04999999"}, "“E04999999” is not the code of a place we know."),
        ({"place": "Marlshire"}, "“Marlshire” is a district. Name a parish"),
        ({"service": "Village gras"}, "is not a service we know. Did you mean Village grass?"),
        ({"service": "Insurance"}, "Insurance only enters a cost"),
        ({"amount": "NaN"}, "'NaN' is not a number."),
        ({"amount": "-3"}, "'-3' is less than nothing"),
        ({"amount": ""}, "It is empty: write a number, or leave out the row"),
        ({"amount": "£40"}, "has a pound sign"),
        ({"amount": "inf"}, "'inf' is not a number."),
        ({"amount": "99999999999"}, "is too large"),
        ({"unit": ""}, "It is empty: write square metres (m2)."),
        ({"unit": "bananas"}, "'bananas' is not a unit we know."),
        ({"source": " "}, "It is empty: write who says so"),
        ({"date": ""}, "It is empty: write the day"),
        ({"date": "2036-01-01"}, "“2036-01-01” is in the future"),
        ({"date": "0206-01-01"}, "“0206-01-01” is before 1900: check the year."),
        ({"date": "31/02/2026"}, "is not a day of the calendar"),
        ({"confidence": "C"}, "C is an estimate, and this table is for what was measured."),
        ({"confidence": "D"}, "“D” is not a letter we know"),
        ({"disputed": "perhaps"}, "“perhaps” is neither yes nor no."),
        ({"dispute_note": "Too few"}, "write yes under disputed"),
    ],
)
def test_what_is_wrong_in_a_row_is_said_with_its_number(
    load: Load, cells: dict[str, str], sentence: str
) -> None:
    [said] = sentences(load({"place": "Wychbourne"}, cells))

    assert said.startswith("Row 3, ")
    assert sentence in said


@pytest.mark.parametrize(
    ("service", "unit", "sentence"),
    [
        ("DPS01", "acres", "Village grass is counted in square metres (m2), not in acres. Convert"),
        ("DPS01", "hectares", "multiply the hectares by 10,000."),
        ("DPS01", "metres", "swathe: The swathe is missing: a length is not an area."),
        ("DPS01", "linear metres", "Write the width that is cut, in metres"),
        ("DPS01", "miles", "A length is not an area"),
        ("DPS02", "m", "not in metres. Convert it: divide the metres by 1,000."),
        ("DPS02", "miles", "multiply the miles by 1.609344."),
        ("HDG", "km", "multiply the kilometres by 1,000."),
        ("SGN", "m2", "Sign cleaning is counted in signs (sign), not in square metres. Check"),
        ("SGN", "acres", "Check whether the right service is named"),
    ],
)
def test_a_wrong_unit_is_refused_with_the_way_to_convert_it(
    load: Load, service: str, unit: str, sentence: str
) -> None:
    [said] = sentences(load({"service": service, "unit": unit}))

    assert sentence in said


def test_everything_wrong_in_a_row_is_said_at_once(load: Load) -> None:
    said = sentences(load({"place": "Nowhere at all", "amount": "x", "source": "", "date": ""}))

    assert len(said) == 4


def test_the_same_place_and_service_twice_names_both_rows(load: Load) -> None:
    [said] = sentences(load({}, {"place": CODES["coldbrook"], "service": "DPS01"}))

    assert said == (
        "Row 3: Row 2 is about Village grass in Coldbrook already. Keep one of rows 2 and 3."
    )


def test_two_places_of_one_name_are_told_apart_by_code(county: Cast, load: Load) -> None:
    arun = Area.objects.create(key="arun", name="Arun", kind="district", county=county.county)
    for within, code in ((county.marlshire, "E04008163"), (arun, "E04009876")):
        area = Area.objects.create(
            key=f"south-stoke-{within.key}",
            name="South Stoke",
            kind=Area.Kind.PARISH,
            within=within,
            county=county.county,
        )
        AreaCode.objects.create(area=area, code=code, source="A list")

    [said] = sentences(load({"place": "South Stoke"}))

    assert said == (
        "Row 2, place: There are two places called South Stoke. "
        "Write its code: E04009876 (Arun) or E04008163 (Marlshire)."
    )
    assert not load({"place": "South Stoke, Arun"}, {"place": "E04008163"}).problems


def test_a_table_without_the_headings_is_refused_as_a_whole(county: Cast, tmp_path: Path) -> None:
    file = text(tmp_path, "x.csv", "parish,amount\nColdbrook,3")

    with pytest.raises(UnreadableTable, match="no column headed 'place'") as refused:
        importing.take_in_quantities(file, by=ADA, today=DAY)

    assert refused.value.is_plain


def test_an_empty_installation_asks_for_a_county_first(db: None, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="waywarden load oxfordshire"):
        importing.take_in_quantities(table(tmp_path, {}), by=ADA, today=DAY)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(cells=st.fixed_dictionaries({}, optional={name: st.text(max_size=30) for name in GOOD}))
def test_whatever_stands_in_a_row_is_recorded_or_explained(
    county: Cast, load: Load, cells: dict[str, str]
) -> None:
    shown = {name: cell.replace("\0", "") for name, cell in cells.items()}
    try:
        preview = load({}, shown, dry_run=True)
    except UnreadableTable as refused:
        assert refused.sentence.endswith((".", '"'))
    else:
        assert preview.lines()
        assert all(problem.row_number >= 2 for problem in preview.problems)


# The empty table to fill in.


def test_the_workbook_to_fill_in_is_read_back_with_its_rows(county: Cast, tmp_path: Path) -> None:
    file = tmp_path / "fill.xlsx"
    file.write_bytes(importing.template(".xlsx"))
    workbook = openpyxl.load_workbook(file)
    sheet = workbook["Fill in"]
    sheet.append(["Coldbrook", "DPS01", 1200.5, "m2", "Clerk", date(2026, 3, 1), "A", "no", ""])
    workbook.save(file)

    preview = importing.take_in_quantities(file, by=ADA, today=DAY)

    assert not preview.problems
    assert current(county, county.coldbrook).stated_on == date(2026, 3, 1)


def test_the_workbook_lists_every_place_with_its_code_and_every_service(
    county: Cast, tmp_path: Path
) -> None:
    file = tmp_path / "fill.xlsx"
    file.write_bytes(importing.template(".xlsx"))

    notes = list(openpyxl.load_workbook(file)["Notes"].values)

    assert ("Coldbrook (Marlshire)", "E04000002") in notes
    assert ("Village grass", "DPS01, counted in square metres (m2)") in notes
    assert not any(name == "Insurance" for name, *_ in notes)


def test_the_csv_to_fill_in_has_the_headings_alone(db: None) -> None:
    headings = "place,service,amount,unit,source,date,confidence,swathe,disputed,dispute_note"

    assert importing.template(".csv").decode("utf-8-sig").strip() == headings
