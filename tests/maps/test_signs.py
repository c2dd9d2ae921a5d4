"""Signs and lines on maps: discs, diamonds, bows, and outlines of parishes together."""

import hashlib
import json
import re
from xml.etree import ElementTree

from tests.maps.test_drawing import BADGE, COLDBROOK, LITTLE_HAYE, square
from waywarden import data
from waywarden.fabric.maps import dissolving, drawing, features, lettering, signs
from waywarden.fabric.maps.drawing import Label, Outline, Shape
from waywarden.fabric.maps.signs import DIAMOND, DISC, Line, Sign

LEAD = Sign(DISC, -1.25, 51.65, "28", "/clusters/wychbourne/", "Wychbourne: leads cluster 28")
HELP = Sign(DIAMOND, -1.15, 51.65)
LINE = Line((-1.25, 51.65), (-1.15, 51.65))
#: What the maps without signs were before there were any, as one hash of four sheets.
AS_BEFORE = "07d3b5d7c05fefd1eab3f2ed439686f23733fca77ee45a8cc76ff7010c1c8ea4"


def drawn(sheet: drawing.Sheet = drawing.TALL, **more: object) -> str:
    return drawing.draw([COLDBROOK, LITTLE_HAYE], title="x", sheet=sheet, **more)  # type: ignore[arg-type]


def test_maps_without_signs_are_what_they_were_to_the_letter() -> None:
    cells = sorted(data.cells("Oxfordshire").items())
    shapes = [
        Shape(key, key, drawing.polygons_of(cell), drawing.TINTS[row % 4])
        for row, (key, cell) in enumerate(cells)
    ]
    labels = [
        Label(one.name, *drawing.middle(one.polygons), rank=row, has_disc=row % 3 > 0)
        for row, one in enumerate(shapes[::20])
    ]
    seen = hashlib.sha256()
    for sheet in (drawing.TALL, drawing.TALL_PHONE, drawing.WIDE, drawing.WIDE_PHONE):
        outlines = [Outline(shapes[0].polygons)]
        svg = drawing.draw(shapes, title="t", sheet=sheet, outlines=outlines, labels=labels)
        seen.update(svg.encode())

    assert seen.hexdigest() == AS_BEFORE


def test_a_lead_has_a_black_disc_with_its_number() -> None:
    svg = drawn(marks=[LEAD])

    assert f'<g fill="{signs.INK}" stroke="#fff" stroke-width=".8"><circle' in svg
    assert ">28</text>" in svg


def test_another_leading_council_has_a_white_diamond_that_no_disc_is_hidden_by() -> None:
    svg = drawn(marks=[LEAD, HELP])

    assert svg.index('stroke-width="1.3"><path') < svg.index('r="9.5"')


def test_what_a_sign_says_cannot_carry_markup_into_a_map() -> None:
    svg = drawn(marks=[Sign(DISC, -1.25, 51.65, BADGE)])

    ElementTree.fromstring(svg)  # noqa: S314
    assert "<script" not in svg


def test_a_line_bows_from_its_lead_to_whom_it_serves() -> None:
    svg = drawn(lines=[LINE])
    frame = drawing.frame_for(drawing.bounds_of([COLDBROOK, LITTLE_HAYE]), drawing.TALL)
    start, end = frame.place(*LINE.start), frame.place(*LINE.end)

    x, y, bend_x, bend_y, end_x, end_y = map(float, re.findall(r"-?[\d.]+", path_of(svg)))

    assert (x, y) == (round(start[0], 1), round(start[1], 1))
    assert abs(x + end_x - end[0]) < 0.2 and abs(y + end_y - end[1]) < 0.2
    # To the left of the way there: going east, the line leans north, which is up.
    assert bend_y < 0 < bend_x < end_x


def path_of(svg: str) -> str:
    return re.findall(r'd="(M[\d. ]+q[^"]+)"', svg)[0]


def test_an_arrow_ends_short_of_the_sign_it_points_at() -> None:
    end = drawing.frame_for(drawing.bounds_of([COLDBROOK, LITTLE_HAYE]), drawing.NEAR).place(
        *LINE.end
    )

    svg = drawn(drawing.NEAR, lines=[LINE], marks=[HELP])

    x, _, _, _, end_x, _ = map(float, re.findall(r"-?[\d.]+", path_of(svg)))
    assert 'marker-end="url(#tip)"' in svg
    assert end[0] - (x + end_x) > drawing.NEAR.diamond * 0.9


def test_a_bow_of_no_length_is_drawn_all_the_same() -> None:
    here = (-1.25, 51.65)

    assert signs.bowed(Line(here, here))[0] == here
    assert "q0.0 0.0" in drawn(drawing.NEAR, lines=[Line(here, here)])


def test_a_name_stands_beside_its_sign_and_gives_way_to_every_other() -> None:
    lead = lettering.Name("Wychbourne", 300, 300, beside=10)
    other = lettering.around(340, 300, 10)

    (written,) = lettering.arrange([lead], drawing.TALL, [lead.room, other])

    assert not written.box.overlaps(other)
    assert not written.box.overlaps(lettering.around(300, 300, 9))
    assert "<circle" not in lettering.write([lead], drawing.TALL, [lead.room])


def test_parishes_together_lose_the_lines_between_them() -> None:
    # Two squares a tenth of a degree wide, side by side: together two tenths by one.
    (whole,) = dissolving.together([COLDBROOK.polygons, LITTLE_HAYE.polygons])

    west, south, east, north = drawing.bounds_of([Shape("a", "a", [whole], "map-1")])
    assert [round(at, 4) for at in (west, south, east, north)] == [-1.3, 51.6, -1.1, 51.7]
    assert len(whole) == 1
    assert len(whole[0]) == 5


def test_a_gap_between_cells_of_two_districts_is_closed_and_a_real_hole_kept() -> None:
    ring = [(0, 0), (3, 0), (3, 3), (0, 3), (0, 0)]
    hole = [(1, 1), (2, 1), (2, 2), (1, 2), (1, 1)]
    beside = square("beside", 3.0002, 0.0, side=3)

    (whole,) = dissolving.together([[[ring, hole]], beside.polygons])

    assert len(whole) == 2
    assert dissolving.together([]) == []


def test_parishes_apart_stay_apart() -> None:
    far = square("far", 1.0, 53.0)

    assert len(dissolving.together([COLDBROOK.polygons, far.polygons])) == 2


def test_the_live_map_is_given_signs_and_lines() -> None:
    label = Label("Wychbourne", -1.25, 51.65, 1, beside=DISC)

    whole = json.loads(
        features.as_geojson([COLDBROOK], labels=[label], lines=[LINE], marks=[LEAD, HELP])
    )

    told = {one["properties"]["what"]: one for one in whole["features"]}
    assert told["name"]["properties"]["beside"] == "disc"
    assert len(told["line"]["geometry"]["coordinates"]) == signs.PIECES + 1
    (lead, diamond) = [
        o["properties"] for o in whole["features"] if o["properties"]["what"] == "sign"
    ]
    assert lead["words"] == "28"
    assert lead["address"] == "/clusters/wychbourne/"
    assert diamond["sign"] == "diamond"
