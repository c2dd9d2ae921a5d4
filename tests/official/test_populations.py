"""Taking in official populations: which figure is whose, and of when."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.cast import ADA, DAY, Cast
from tests.intake.files import CODES, EARLIER, give_codes, text
from waywarden.county.official import populations
from waywarden.county.places import queries
from waywarden.county.places.models import Measure
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.tables.previews import Preview
from waywarden.fabric.tables.problems import UnreadableTable

pytestmark = pytest.mark.django_db
Load = Callable[..., Preview]
OFFICIAL = (
    'Mid-2024 population estimates\n\nPAR24CD,PAR24NM,All ages\nE04000002,Coldbrook,"1,234"\n'
)


@pytest.fixture
def county(cast: Cast) -> Cast:
    """The cast with their codes."""
    return give_codes(cast)


@pytest.fixture
def load(county: Cast, tmp_path: Path) -> Load:
    """Take in a table of populations."""

    def take_in(content: str, *, name: str = "table.csv", dry_run: bool = False) -> Preview:
        file = text(tmp_path, name, content)
        return populations.take_in_population(file, on=DAY, by=ADA, today=DAY, dry_run=dry_run)

    return take_in


def test_an_official_figure_is_recorded_with_its_year(county: Cast, load: Load) -> None:
    preview = load(OFFICIAL)

    held = Measure.objects.get(area=county.coldbrook)
    assert (held.value, held.reference, held.stated_on) == (1234, "mid-2024", date(2024, 6, 30))
    assert (held.confidence, held.is_modelled) == ("A", False)
    assert preview.lines() == ["1 row read, of mid-2024.", "1 new."]


def test_the_year_may_stand_in_the_name_of_the_file(county: Cast, load: Load) -> None:
    load("code,population\nE04000002,7", name="parishmid2021popest.csv")

    assert Measure.objects.get().reference == "mid-2021"


def test_without_a_year_the_day_given_counts_and_is_said(county: Cast, load: Load) -> None:
    preview = load("code,population\nE04000002,7")

    assert Measure.objects.get().reference == "2026-04-01"
    assert "give it with --on" in preview.lines()[0]


def test_the_same_table_again_changes_nothing(county: Cast, load: Load) -> None:
    load(OFFICIAL)

    assert load(OFFICIAL).lines() == [
        "1 row read, of mid-2024.",
        "1 held already.",
        "Nothing changes.",
    ]


def test_a_revised_figure_counts_and_the_earlier_one_is_kept(county: Cast, load: Load) -> None:
    load(OFFICIAL)
    preview = load(OFFICIAL.replace("1,234", "1,240"))

    assert "1 in place of an earlier figure of the same day." in preview.lines()
    assert queries.populations_of([county.coldbrook])[county.coldbrook.pk].value == 1240
    assert Measure.objects.count() == 2
    assert "1 held already." in load(OFFICIAL.replace("1,234", "1,240")).lines()


def test_a_newer_year_counts_before_an_older_one_loaded_later(county: Cast, load: Load) -> None:
    Measure.objects.create(
        area=county.coldbrook,
        kind="population",
        value=1,
        reference="some day",
        source="A list",
        confidence="A",
        is_modelled=False,
    )
    load(OFFICIAL)
    load(OFFICIAL.replace("2024", "2022").replace("1,234", "1,200"))

    assert queries.populations_of([county.coldbrook])[county.coldbrook.pk].value == 1234


def test_a_figure_under_an_earlier_code_is_reported(county: Cast, load: Load) -> None:
    preview = load(OFFICIAL.replace(CODES["coldbrook"], EARLIER["coldbrook"]))

    assert preview.lines()[-1].endswith("Coldbrook (E04000902).")


def test_codes_of_other_counties_and_footnotes_are_no_fault(county: Cast, load: Load) -> None:
    preview = load(OFFICIAL + "E04999999,Faraway,[c]\n,,\n,Source: ONS,\n")

    assert "1 new, 1 of places we do not hold." in preview.lines()


@pytest.mark.parametrize("cell", ["lots", "-4", "12.5", "", "[c]", "£3", "NaN"])
def test_a_figure_that_is_no_number_of_people_keeps_all_out(
    county: Cast, load: Load, cell: str
) -> None:
    preview = load(OFFICIAL + f"E04000003,Little Haye,{cell}\n")

    [problem] = preview.problems
    assert str(problem).startswith("Row 5, All ages: ")
    assert not Measure.objects.exists()


def test_one_place_twice_names_both_rows(load: Load) -> None:
    [problem] = load(OFFICIAL + "E04000902,Coldbrook,5\n").problems

    assert "Coldbrook stands in row 4 already." in str(problem)


def test_a_dry_run_saves_nothing(county: Cast, load: Load) -> None:
    assert "1 new." in load(OFFICIAL, dry_run=True).lines()
    assert not Measure.objects.exists()


def test_the_sheet_with_the_figures_is_found_behind_others(county: Cast, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["Contents"])
    workbook.active.append(["Notes about this release"])
    sheet = workbook.create_sheet("Mid-2023")
    for row in (["Parishes"], [], ["PAR23CD", "PAR23NM", "Total"], ["E04000002", "x", 99]):
        sheet.append(row)
    workbook.save(tmp_path / "x.xlsx")

    populations.take_in_population(tmp_path / "x.xlsx", on=DAY, by=ADA, today=DAY)

    held = Measure.objects.get()
    assert (held.value, held.reference) == (99, "mid-2023")


def test_two_columns_that_could_each_be_meant_are_refused(load: Load) -> None:
    with pytest.raises(UnreadableTable, match="'Mid-2021' and 'Mid-2022' could each be meant"):
        load("PAR23CD,Mid-2021,Mid-2022\nE04000002,1,2")


@pytest.mark.parametrize("content", ["code,people we think\nE04000002,1", "a,b\n1,2"])
def test_a_table_without_its_two_columns_is_refused(load: Load, content: str) -> None:
    with pytest.raises(UnreadableTable, match="We found no row of headings"):
        load(content)


def test_a_table_of_other_places_is_refused(load: Load) -> None:
    with pytest.raises(Refusal, match="None of the 1 codes in this table"):
        load("code,population\nE04999999,7")


def test_people_cannot_be_counted_in_the_future(load: Load) -> None:
    with pytest.raises(Refusal, match="mid-2026 is in the future"):
        load(OFFICIAL.replace("2024", "2026"))
