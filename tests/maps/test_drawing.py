"""Still maps: shapes where they belong, names that never overlap, nothing slipped in."""

import gzip
import json
import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.fabric.maps import drawing, features, lettering, signs, tinting
from waywarden.fabric.maps.drawing import Label, Outline, Shape

ROOT = Path(__file__).resolve().parents[2]
TOKENS = ROOT / "src/waywarden/website/static/website/tokens.css"
BADGE = '<script>alert("Marl & Green")</script>'


def square(key: str, west: float, south: float, fill: str = "map-1", side: float = 0.1) -> Shape:
    """A parish as plain as can be."""
    east, north = west + side, south + side
    ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return Shape(key, key.title(), [[ring]], fill, address=f"/places/{key}/")


COLDBROOK = square("coldbrook", -1.3, 51.6)
LITTLE_HAYE = square("little-haye", -1.2, 51.6, "none")
WYCHBOURNE = square("wychbourne", -1.3, 51.7, "unknown")


def test_a_map_is_well_formed_and_says_what_it_shows() -> None:
    svg = drawing.draw(
        [COLDBROOK, LITTLE_HAYE], title="Districts of the county", sheet=drawing.TALL
    )

    root = ElementTree.fromstring(svg)  # noqa: S314
    assert root.attrib["aria-label"] == "Districts of the county"
    assert root.attrib["viewBox"] == "0 0 620 780"


def test_no_parish_is_hatched_and_an_unknown_amount_is_dotted() -> None:
    svg = drawing.draw([COLDBROOK, LITTLE_HAYE, WYCHBOURNE], title="x", sheet=drawing.TALL)

    assert 'fill="url(#none)"' in svg
    assert 'fill="url(#unknown)"' in svg


def test_a_map_needs_no_inline_style() -> None:
    svg = drawing.draw(
        [COLDBROOK], title="x", sheet=drawing.TALL, outlines=[Outline(COLDBROOK.polygons)]
    )

    assert "style=" not in svg
    assert "<style" not in svg


def test_names_cannot_carry_markup_into_a_map() -> None:
    label = Label(BADGE, -1.25, 51.65, 1)

    svg = drawing.draw([COLDBROOK], title=BADGE, sheet=drawing.TALL, labels=[label])

    ElementTree.fromstring(svg)  # noqa: S314
    assert "<script" not in svg


def test_a_map_of_a_place_is_framed_on_it_and_leaves_out_what_is_far_away() -> None:
    far = square("far-away", 1.0, 53.0)

    svg = drawing.draw([COLDBROOK, far], title="x", sheet=drawing.WIDE, about=[COLDBROOK])

    assert svg.count("<path d=") == 1 + 1  # one shape, and the line of the hatch


def test_a_map_of_nothing_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="at least one shape"):
        drawing.draw([], title="x", sheet=drawing.TALL)


def test_north_is_up_and_west_is_left() -> None:
    frame = drawing.frame_for((-1.3, 51.6, -1.1, 51.8), drawing.TALL)

    north_west, south_east = frame.place(-1.3, 51.8), frame.place(-1.1, 51.6)
    assert north_west[0] < south_east[0]
    assert north_west[1] < south_east[1]


def test_the_middle_of_an_area_is_in_its_largest_piece() -> None:
    islet = square("islet", 5.0, 55.0, side=0.001)
    lon, lat = drawing.middle([*islet.polygons, *COLDBROOK.polygons])

    assert (round(lon, 6), round(lat, 6)) == (-1.25, 51.65)


def test_an_area_in_several_pieces_or_in_one_is_read_alike() -> None:
    ring = COLDBROOK.polygons[0]

    assert drawing.polygons_of({"type": "Polygon", "coordinates": ring}) == [ring]
    assert drawing.polygons_of({"type": "MultiPolygon", "coordinates": [ring]}) == [ring]
    with pytest.raises(ValueError, match="not a Point"):
        drawing.polygons_of({"type": "Point", "coordinates": [0, 0]})


names = st.builds(
    lettering.Name,
    words=st.text("abcdefghijklmnop ", min_size=1, max_size=24),
    x=st.floats(0, 620),
    y=st.floats(0, 780),
    has_disc=st.booleans(),
)


@given(st.lists(names, max_size=25))
def test_names_never_overlap_and_never_leave_the_sheet(asked: list[lettering.Name]) -> None:
    written = lettering.arrange(asked, drawing.TALL)

    assert all(name.box.is_on(drawing.TALL) for name in written)
    assert not any(a.box.overlaps(b.box) for a, b in combinations(written, 2))


def test_a_name_gives_way_to_the_disc_of_another_town() -> None:
    town = lettering.Name("Wychbourne", 300, 300)
    near = lettering.Name("Coldbrook", 340, 300)

    written = {name.words: name for name in lettering.arrange([town, near], drawing.TALL)}

    assert written["Wychbourne"].anchor == "end"


def test_a_name_that_fits_nowhere_is_left_out_and_its_disc_stays() -> None:
    crowd = [lettering.Name(f"Parish {i}", 300, 300 + i) for i in range(12)]

    svg = lettering.write(crowd, drawing.TALL)

    assert svg.count("<circle") == 12
    assert svg.count("<text") < 12


def test_districts_that_touch_never_share_a_tint() -> None:
    shapes = [square(f"d{x}{y}", -1.3 + x / 10, 51.6 + y / 10) for x in range(4) for y in range(4)]
    touching = tinting.touching(shapes)

    tints = tinting.tints(touching)

    assert touching["d00"] == {"d01", "d10"}
    assert all(tints[a] != tints[b] for a in touching for b in touching[a])


def test_areas_that_need_a_fifth_tint_still_get_one_of_four() -> None:
    everyone = {key: set("abcde") - {key} for key in "abcde"}

    assert set(tinting.tints(everyone).values()) <= set(drawing.TINTS)


def test_the_live_map_is_given_the_same_drawing() -> None:
    label = Label("Coldbrook", -1.25, 51.65, 1)

    drawn = json.loads(
        features.as_geojson([COLDBROOK], outlines=[Outline(COLDBROOK.polygons)], labels=[label])
    )

    told = [feature["properties"] for feature in drawn["features"]]
    assert [properties["what"] for properties in told] == ["shape", "outline", "name"]
    assert told[0]["address"] == "/places/coldbrook/"
    assert told[0]["said"] == "Coldbrook"


def test_a_map_of_a_whole_county_is_light() -> None:
    cells = json.loads((ROOT / "src/waywarden/data/oxfordshire/cells.geojson").read_text("utf-8"))
    shapes = [
        Shape(str(i), "", drawing.polygons_of(cell["geometry"]), drawing.TINTS[i % 4])
        for i, cell in enumerate(cells["features"])
    ]

    for sheet in (drawing.TALL, drawing.TALL_PHONE):
        svg = drawing.draw(shapes, title="Oxfordshire", sheet=sheet)
        assert len(gzip.compress(svg.encode(), 6)) < 35_000


def test_the_maps_have_the_colours_of_the_pages() -> None:
    tokens = dict(re.findall(r"--ww-([\w-]+):\s*(#[0-9a-f]{6})", TOKENS.read_text("utf-8")))
    names = {"you": "waymark", "stone": "stone-2", "far": "stone-1", "alone": "map-none"}

    for fill, colour in drawing.FILLS.items():
        if not colour.startswith("url("):
            assert tokens[names.get(fill, fill)] == colour, fill
    assert tokens["ink"] == drawing.INK == lettering.INK == signs.INK
    assert tokens["map-edge"] == drawing.EDGE
    assert tokens["brand-tint"] == drawing.GROUND
