"""Files an operator gives to the real Oxfordshire, and what the installation holds."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.cast import ADA, DAY
from tests.intake.files import table, text
from waywarden.county import intake
from waywarden.county.places.models import Area
from waywarden.county.services.models import Quantity
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.tables.previews import Preview

pytestmark = pytest.mark.django_db
Load = Callable[..., Preview]


@pytest.fixture
def load() -> Load:
    """Take in a file as the command line does."""

    def take_in(what: str, file: Path, *, dry_run: bool = False) -> Preview:
        return intake.FILES[what](
            file,
            on=DAY,
            by=ADA,
            today=DAY,
            dry_run=dry_run,
            progress=lambda stage, share: None,
        )

    return take_in


def grass(area: Area) -> Quantity:
    return Quantity.objects.current().get(area=area, service__code="DPS01")


@pytest.fixture
def cholsey(oxfordshire: Area) -> Area:
    """Cholsey, E04008115 until its code changed."""
    return Area.objects.get(key="cholsey-south-oxfordshire")


def populated(folder: Path, people: int) -> Path:
    """Write a table with one population for Cholsey."""
    return text(folder, "mid-2024.csv", f"PAR24CD,Total\nE04008115,{people}\n")


def test_a_new_population_changes_the_estimates_that_rest_on_it(
    cholsey: Area, load: Load, tmp_path: Path
) -> None:
    before = grass(cholsey)

    preview = load("population", populated(tmp_path, 9000))

    assert grass(cholsey).amount_milli > before.amount_milli
    assert grass(cholsey).is_estimate
    assert "estimates changed, worked out again" in preview.lines()[-1]


def test_a_new_population_leaves_what_was_measured_alone(
    cholsey: Area, load: Load, tmp_path: Path
) -> None:
    load("quantities", table(tmp_path, {"place": "Cholsey"}))

    preview = load("population", populated(tmp_path, 9000))

    assert not grass(cholsey).is_estimate
    assert preview.lines()[-1].endswith("1 measured quantity left alone.")


def test_a_dry_run_shows_the_estimates_that_would_change_and_changes_none(
    cholsey: Area, load: Load, tmp_path: Path
) -> None:
    before = grass(cholsey)

    preview = load("population", populated(tmp_path, 9000), dry_run=True)

    assert "estimates changed" in preview.lines()[-2]
    assert preview.lines()[-1] == "Nothing was saved: a dry run."
    assert grass(cholsey) == before


def test_the_two_miltons_of_oxfordshire_are_told_apart_by_code(
    oxfordshire: Area, load: Load, tmp_path: Path
) -> None:
    [problem] = load("quantities", table(tmp_path, {"place": "Milton"})).problems

    assert str(problem) == (
        "Row 2, place: There are two places called Milton. "
        "Write its code: E04008065 (Cherwell) or E04012511 (Vale of White Horse)."
    )


def test_a_place_nearly_spelt_right_is_suggested(
    oxfordshire: Area, load: Load, tmp_path: Path
) -> None:
    [problem] = load("quantities", table(tmp_path, {"place": "Bletchingdn"})).problems

    assert str(problem) == (
        "Row 2, place: “Bletchingdn” is not a place we know. Did you mean Bletchingdon?"
    )


def test_the_holdings_keep_measured_and_estimated_apart(
    cholsey: Area, load: Load, tmp_path: Path
) -> None:
    load("quantities", table(tmp_path, {"place": "Cholsey"}))

    held = intake.holdings()

    assert held[0] == "Counties: Oxfordshire."
    assert held[1] == "Places: 323 parishes, 1 unparished area."
    assert any(line.startswith("Quantities: 1 measured, ") for line in held)
    assert any(line.startswith("Boundaries of places: 0 real, ") for line in held)


# The empty table to fill in.


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_table_to_fill_in_is_written(db: None, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"fill{ending}"

    intake.write_template("quantities", file)

    assert file.stat().st_size


def test_a_file_that_is_there_is_not_written_over(db: None, tmp_path: Path) -> None:
    file = text(tmp_path, "fill.csv", "mine")

    with pytest.raises(Refusal, match="is there already"):
        intake.write_template("quantities", file)

    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    ("what", "name", "sentence"),
    [
        ("quantities", "fill.doc", "ends in .xlsx or .csv, such as fill.xlsx"),
        ("quantities", "no/such/folder/fill.csv", "cannot be written"),
        ("boundaries", "fill.csv", "no table to fill in for boundaries"),
    ],
)
def test_what_cannot_be_written_is_said(
    db: None, tmp_path: Path, what: str, name: str, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        intake.write_template(what, tmp_path / name)


def test_figures_are_of_a_day_that_has_been(oxfordshire: Area, load: Load, tmp_path: Path) -> None:
    tomorrow = date.fromordinal(DAY.toordinal() + 1).isoformat()

    [problem] = load("quantities", table(tmp_path, {"place": "Cholsey", "date": tomorrow})).problems

    assert "is in the future" in str(problem)
