"""Taking in official boundaries: which place each shape is, and files that mean harm."""

from datetime import date

import pytest

from tests.cast import DAY, SQUARES, Cast, middle, square
from tests.intake.files import (
    CODES,
    EARLIER,
    feature,
    polygon,
    shapes,
)
from tests.official.drawing import BEFORE, Load, here, line, real_boundaries, without
from waywarden.county.places import lookup, queries
from waywarden.county.places.models import Area, AreaCode, Boundary, BoundarySet, Neighbour
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.tables.problems import UnreadableTable

pytestmark = pytest.mark.django_db


# What real shapes change.


def test_with_real_shapes_a_point_leads_straight_to_its_place(county: Cast, load: Load) -> None:
    load(shapes())

    found = lookup.place_at(*middle("coldbrook"), county=county.county, on=DAY)

    assert found == lookup.Found(county.coldbrook, (county.coldbrook,), is_approximate=False)


def test_the_days_before_keep_their_modelled_shapes(county: Cast, load: Load) -> None:
    load(shapes())

    found = lookup.place_at(*middle("coldbrook"), county=county.county, on=BEFORE)

    assert found.is_approximate
    assert len(found.choices) > 1


def test_a_real_shape_counts_before_a_modelled_one_that_overlaps_it(
    county: Cast, load: Load
) -> None:
    """Marl Green has no real shape; Coldbrook's real one reaches into its modelled square."""
    west, south, wide, _ = SQUARES["coldbrook"]
    features = [one for one in without("marl_green") if one["properties"]["PAR25NM"] != "Coldbrook"]
    load([*features, feature(CODES["coldbrook"], "Coldbrook", square(west, south, wide, 2))])

    found = lookup.place_at(*middle("marl_green"), county=county.county, on=DAY)

    assert (found.likely, found.choices) == (county.coldbrook, (county.coldbrook,))


def test_neighbours_are_worked_out_from_the_real_shapes(county: Cast, load: Load) -> None:
    preview = load(shapes())

    pair = Neighbour.objects.get(a=county.wychbourne, b=county.coldbrook)
    assert not pair.is_modelled
    # 0.02 of a degree of latitude is 2,225 m here, and of longitude 1,383 m.
    assert pair.shared_edge_m == pytest.approx(2225, abs=5)
    assert pair.distance_m == pytest.approx(1383, abs=5)
    assert "6 pairs of neighbours worked out from the real shapes." in preview.lines()


def test_places_that_meet_at_a_corner_are_no_neighbours(county: Cast, load: Load) -> None:
    load(shapes())

    corner = Neighbour.objects.filter(a=county.wychbourne, b=county.marl_green)
    assert not corner.exists()


def test_a_place_whose_real_shape_touches_none_loses_its_modelled_neighbours(
    county: Cast, load: Load
) -> None:
    west, south = here("wychbourne")[0]
    island = polygon(*[[west + x, south + y] for x, y in ((0, 0), (0.01, 0), (0.01, 0.01))])
    features = [one for one in shapes() if one["properties"]["PAR25NM"] != "Wychbourne"]
    load([*features, feature(CODES["wychbourne"], "Wychbourne", island)])

    assert queries.neighbours_of(county.wychbourne) == []


def test_the_set_says_where_it_is_from_and_that_it_is_real(county: Cast, load: Load) -> None:
    load(shapes(), name="Parishes_December_2025_EN_BGC")

    held = BoundarySet.objects.get(is_approximate=False)
    assert held.starts_on == DAY
    assert held.source == "Parishes_December_2025_EN_BGC, loaded from parishes.geojson"
    assert held.licence.startswith("Open Government Licence")


def test_a_file_that_is_not_the_statistics_office_s_has_no_licence_put_to_it(
    county: Cast, load: Load
) -> None:
    own = shapes()
    for one in own:
        one["properties"] = {"GSS_CODE": one["properties"]["PAR25CD"], "Name": "x"}
    load(own)

    assert "not recorded" in BoundarySet.objects.get(is_approximate=False).licence


def test_the_same_file_again_changes_nothing(county: Cast, load: Load) -> None:
    load(shapes())
    lines = Entry.objects.count()

    preview = load(shapes())

    assert line(preview, "the county: these boundaries are held already, from 1 April 2026.")
    assert Entry.objects.count() == lines


def test_a_newer_set_ends_the_earlier_one_the_day_before(county: Cast, load: Load) -> None:
    load(shapes())
    load(shapes(), on=date(2027, 4, 1), name="Newer")

    ended = Boundary.objects.get(boundary_set__starts_on=DAY, area=county.coldbrook)
    assert ended.ends_on == date(2027, 3, 31)


def test_a_set_cannot_start_before_one_that_is_held(county: Cast, load: Load) -> None:
    load(shapes())

    with pytest.raises(Refusal, match="--on 2026-04-01"):
        load(shapes(), on=BEFORE, name="Older")


def test_a_dry_run_reports_and_saves_nothing(county: Cast, load: Load) -> None:
    preview = load(shapes(), dry_run=True)

    assert "the county: 5 of 5 places found." in preview.lines()
    assert preview.lines()[-1] == "Nothing was saved: a dry run."
    assert real_boundaries() == 0


# Which place a shape is.


def test_a_shape_under_an_earlier_code_is_found_and_reported(county: Cast, load: Load) -> None:
    preview = load(shapes(CODES | EARLIER))

    assert line(preview, "Found by an earlier code").endswith("Coldbrook (E04000902).")
    assert real_boundaries() == 5


def test_a_new_code_is_taken_up_where_name_and_position_agree(county: Cast, load: Load) -> None:
    preview = load(shapes(CODES | {"coldbrook": "E04009999"}))

    assert "Coldbrook (E04009999, was E04000002)" in line(preview, "Found under a code new to us")
    assert AreaCode.objects.filter(area=county.coldbrook, code="E04009999").exists()


def test_a_name_alone_never_makes_a_shape_ours(county: Cast, load: Load) -> None:
    elsewhere = feature("E04009999", "Coldbrook", square(5, 5))
    preview = load([*without("coldbrook"), elsewhere])

    assert line(preview, "No shape in the file for: Coldbrook (E04000002).")
    assert not AreaCode.objects.filter(code="E04009999").exists()


def test_a_position_alone_never_makes_a_shape_ours(county: Cast, load: Load) -> None:
    preview = load(
        [*without("coldbrook"), feature("E04009999", "Newbrook", square(*SQUARES["coldbrook"]))]
    )

    unknown = "Unknown codes within the county, perhaps new parishes: Newbrook (E04009999)."
    assert unknown in preview.lines()
    assert not AreaCode.objects.filter(code="E04009999").exists()


def test_a_shape_of_another_county_is_left_out_without_a_word(county: Cast, load: Load) -> None:
    preview = load([*shapes(), feature("E04009999", "Faraway", square(40, 40))])

    assert not any("Faraway" in line for line in preview.lines())


def test_another_name_for_a_code_is_reported_and_changes_no_name(county: Cast, load: Load) -> None:
    renamed = feature(CODES["coldbrook"], "<b>Cold</b> Brook", square(*SQUARES["coldbrook"]))
    preview = load([*without("coldbrook"), renamed])

    assert line(preview, "Named otherwise").endswith("Coldbrook is “<b>Cold</b> Brook”.")
    assert Area.objects.get(pk=county.coldbrook.pk).name == "Coldbrook"


def test_one_place_twice_is_refused_with_both_shapes_named(load: Load) -> None:
    preview = load([*shapes(), feature("E04000902", "Coldbrook", square(*SQUARES["coldbrook"]))])

    [problem] = preview.problems
    assert str(problem) == (
        "Shape 6 (E04000902): shape 2 is Coldbrook already. Keep one of the two."
    )
    assert real_boundaries() == 0


def test_a_shape_far_from_its_place_has_the_wrong_code(load: Load) -> None:
    far = feature(CODES["coldbrook"], "Coldbrook", square(40, 40))
    [problem] = load([*without("coldbrook"), far]).problems

    assert "km from where Coldbrook is. Check its code." in str(problem)


def test_a_file_of_other_places_is_refused(load: Load) -> None:
    with pytest.raises(UnreadableTable, match="None of the 1 shapes in this file"):
        load([feature("E04009999", "Faraway", square(0, 0))])


def test_a_file_without_codes_is_refused(load: Load) -> None:
    nameless = [{"type": "Feature", "properties": None, "geometry": square(0, 0)}]
    with pytest.raises(UnreadableTable, match="No shape in this file has a code"):
        load(nameless)
