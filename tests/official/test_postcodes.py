"""Taking in postcodes: those near our counties, from files of millions."""

import string
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import ADA, DAY, Cast, middle
from tests.intake.files import text
from waywarden.county.official import postcodes
from waywarden.county.official.grid import to_metres
from waywarden.county.places import lookup
from waywarden.county.places.models import Boundary, Postcode
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.tables.previews import Preview
from waywarden.fabric.tables.problems import UnreadableTable

pytestmark = pytest.mark.django_db
Load = Callable[..., Preview]
HERE = "51.61,-1.27"
EAST, NORTH = (round(metres) for metres in to_metres(*middle("coldbrook")))


@pytest.fixture
def load(cast: Cast, tmp_path: Path) -> Load:
    """Take in a file of postcodes."""

    def take_in(content: str, *, dry_run: bool = False) -> Preview:
        file = text(tmp_path, "postcodes.csv", content)
        return postcodes.take_in_postcodes(file, on=DAY, by=ADA, today=DAY, dry_run=dry_run)

    return take_in


def test_a_postcode_of_the_statistics_office_leads_to_its_point(load: Load) -> None:
    preview = load(f"pcd,pcds,doterm,lat,long\nOX1 1AA,OX1 1AA,,{HERE}\n")

    found = lookup.postcode_at("ox1 1aa")
    assert found is not None
    assert (found.latitude, found.longitude) == (51.61, -1.27)
    assert preview.lines() == ["1 row read.", "1 new."]


def test_code_point_open_has_no_headings_and_metres(load: Load) -> None:
    preview = load(f'"OX1 1AA",10,{EAST},{NORTH},"E92000001"\n')

    held = Postcode.objects.get()
    longitude, latitude = middle("coldbrook")
    assert held.longitude == pytest.approx(longitude, abs=1e-4)
    assert held.latitude == pytest.approx(latitude, abs=1e-4)
    assert any("right to about five metres" in line for line in preview.lines())


def test_metres_under_headings_of_degrees_are_noticed(load: Load) -> None:
    load(f"postcode,latitude,longitude\nOX11AA,{NORTH},{EAST}\n")

    assert Postcode.objects.get().latitude == pytest.approx(middle("coldbrook")[1], abs=1e-4)


def test_only_postcodes_within_two_kilometres_are_kept(load: Load) -> None:
    near, far = "51.6,-1.32", "51.6,-1.34"
    preview = load(f"postcode,lat,long\nOX1 1AA,{near}\nOX1 1AB,{far}\n")

    assert [held.code for held in Postcode.objects.all()] == ["OX11AA"]
    assert "1 new, 1 too far away." in preview.lines()


def test_postcodes_out_of_use_or_without_a_position_are_left_out(load: Load) -> None:
    preview = load(
        f"pcds,doterm,lat,long\nOX1 1AA,201001,{HERE}\n"
        f"OX1 1AB,,99.999999,0.000000\nOX1 1AC,,,\nOX1 1AD,,{HERE}\n"
    )

    assert "1 new, 1 no longer in use, 2 without a position." in preview.lines()


def test_the_same_file_again_changes_nothing(load: Load) -> None:
    load(f"postcode,lat,long\nOX1 1AA,{HERE}\n")
    lines = Entry.objects.count()

    preview = load(f"postcode,lat,long\nOX1 1AA,{HERE}\n")

    assert preview.lines()[1:] == ["1 held already.", "Nothing changes."]
    assert Entry.objects.count() == lines


def test_a_postcode_that_moved_is_moved(load: Load) -> None:
    load(f"postcode,lat,long\nOX1 1AA,{HERE}\n")
    preview = load("postcode,lat,long\nOX1 1AA,51.62,-1.27\n")

    assert "1 moved." in preview.lines()
    assert Postcode.objects.get().latitude == 51.62


def test_a_dry_run_saves_nothing(load: Load) -> None:
    preview = load(f"postcode,lat,long\nOX1 1AA,{HERE}\n", dry_run=True)

    assert preview.lines()[-1] == "Nothing was saved: a dry run."
    assert not Postcode.objects.exists()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("NONSENSE,51.6,-1.2", "“NONSENSE” is not a postcode."),
        ("OX1 1AB,north,x", "“x” and “north” are neither longitude and latitude nor"),
        ("OX1 1AB,nan,-1.2", "are neither"),
        ("OX1 1AB,inf,-1.2", "are neither"),
        ("OX1 1AB,51.6", "It breaks off before its position."),
        ("OX1 1AA,51.6,-1.25", "OX11AA stands in row 2 already."),
    ],
)
def test_one_wrong_row_is_named_and_keeps_all_out(load: Load, row: str, sentence: str) -> None:
    preview = load(f"postcode,lat,long\nOX1 1AA,{HERE}\n{row}\n")

    [problem] = preview.problems
    assert str(problem).startswith("Row 3: ")
    assert sentence in str(problem)
    assert not Postcode.objects.exists()


def test_reading_stops_after_fifty_wrong_rows(load: Load) -> None:
    preview = load("postcode,lat,long\n" + "NONSENSE,1,1\n" * 500)

    assert len(preview.problems) == 50
    assert preview.lines() == ["51 rows read. Reading stopped there."]


def test_many_postcodes_are_recorded_a_part_at_a_time(load: Load) -> None:
    letters = string.ascii_uppercase
    codes = [f"OX{n % 9 + 1} {n % 10}{a}{b}" for n in range(10) for a in letters for b in letters]
    preview = load("postcode,lat,long\n" + "".join(f"{code},{HERE}\n" for code in codes))

    assert Postcode.objects.count() == len(codes)
    assert f"{len(codes):,} new." in preview.lines()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "There are no postcodes in this file."),
        ("postcode,lat,long\n", "There are no postcodes in this file."),
        ("name,age\nDot,7\n", "We found no columns of postcodes"),
        ("PK\x03\x04", "This is a zip file or a workbook."),
        ('postcode,lat,long\n"OX1 1AA,51,1\n', "a quotation mark may be open."),
    ],
)
def test_what_is_no_file_of_postcodes_is_refused(load: Load, content: str, sentence: str) -> None:
    with pytest.raises(UnreadableTable) as refused:
        load(content)

    assert sentence in refused.value.sentence


def test_without_shapes_nobody_can_tell_which_are_near(cast: Cast, load: Load) -> None:
    Boundary.objects.all().delete()

    with pytest.raises(Refusal, match="No shapes of places are held"):
        load(f"postcode,lat,long\nOX1 1AA,{HERE}\n")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(rows=st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_whatever_stands_in_the_rows_is_recorded_or_explained(load: Load, rows: str) -> None:
    try:
        preview = load(f"postcode,lat,long\n{rows}", dry_run=True)
    except UnreadableTable as refused:
        assert refused.sentence.endswith(".")
    else:
        assert preview.lines()
