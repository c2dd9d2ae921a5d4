"""A plan goes into files and comes back: as a record, as rows, as a map."""

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest
from pyproj import Transformer

from tests.planner import made_up
from tests.planner.marlshire import COUNCILS, FIRM, marlshire, saying, work
from waywarden.planner import Effort, Location, Plan, hand_made, plan
from waywarden.planner.answers.gridding import degrees_of, metres_of
from waywarden.planner.answers.recording import fingerprint

BRIEF = Effort(shared_moves=2_000, service_moves=200, relaxed_rounds=10, exact_rounds=2)


def made(problem=None):
    """A plan of one cluster, the others alone."""
    return hand_made(problem or marlshire(), [["wychbourne", "coldbrook"]])


def one_site():
    """Return a location problem: one site for two councils, the second of which may stay alone."""
    return Location(
        starts=np.array([0, 1, 2]),
        sites=np.array([0, 0]),
        costs=np.array([1.0, 90.0]),
        demands=np.ones(2),
        capacities=np.array([2.0]),
        setups=np.array([5.0]),
        leads=np.array([0]),
        homes=np.array([0]),
        alone=np.array([np.inf, 3.0]),
    )


@pytest.mark.parametrize("shape", ["shared", "per_service"])
def test_a_plan_comes_back_from_its_record_as_it_was(shape):
    problem = made_up.county(4, size=8)
    found = plan(problem, shape=shape, effort=BRIEF)
    assert Plan.from_json(found.to_json(), problem) == found


def test_a_plan_of_a_location_comes_back_too_endless_costs_and_all():
    found = plan(one_site(), effort=BRIEF)
    record = json.loads(found.to_json())
    assert [one["key"] for one in record["councils"]] == ["0", "1"]
    assert record["clusters"][0]["alone_cost"] is None
    back = Plan.from_json(found.to_json(), found.problem)
    assert (back.clusters, back.alone, back.bound) == (found.clusters, found.alone, found.bound)


def test_a_record_can_be_read_without_the_problem():
    problem = marlshire(
        locks={("coldbrook", "grass"): "coldbrook"},
        apart=(("wychbourne", "marl-green"),),
        providers=(FIRM,),
    )
    record = json.loads(made(problem).to_json())
    assert (record["format"], record["version"]) == ("waywarden plan", 1)
    assert record["councils"][1]["name"] == "Coldbrook"
    assert record["providers"][0]["name"] == "A Firm"
    assert record["services"] == [{"key": "grass", "name": "Village grass", "unit": "m2"}]
    assert record["rules"]["locks"] == [["coldbrook", "grass", "coldbrook"]]
    assert record["rules"]["apart"] == [["wychbourne", "marl-green"]]
    assert record["clusters"][0]["service_leads"]["grass"]["lead"] == "coldbrook"
    assert [one["council"] for one in record["alone"]] == [
        "little-haye",
        "great-haye",
        "marl-green",
    ]
    assert record["cost"] == 1_626 + 3_200


def test_only_the_same_problem_has_the_same_fingerprint():
    first = fingerprint(marlshire())
    assert first == fingerprint(marlshire())
    dearer = replace(COUNCILS[0], work={"grass": work(401)})
    assert first != fingerprint(marlshire(dearer, *COUNCILS[1:]))
    assert first != fingerprint(marlshire(cost_per_km=1.1))
    assert first != fingerprint(marlshire(excluded=("coldbrook",)))
    assert fingerprint(one_site()) == fingerprint(one_site())


def edited(**changes):
    return json.dumps(json.loads(made().to_json()) | changes)


def twice():
    """The record of a plan with its one cluster in it twice over."""
    record = json.loads(made().to_json())
    costs = record["cost"] + record["clusters"][0]["cost"]
    return json.dumps(record | {"clusters": 2 * record["clusters"], "cost": costs})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "it is not JSON"),
        ("[1]", "a plan’s record says that its format is"),
        ('{"format": "something else"}', "a plan’s record says that its format is"),
        (edited(version=2), "of version 2, and only 1 can be read"),
        (edited(input="other"), "made of another problem"),
        (edited(clusters=[{"members": 4}]), "This plan is damaged: KeyError"),
        (edited(clusters=None), "This plan is damaged: TypeError"),
        (edited(alone=[{"council": "no", "service": "grass", "cost": 1}]), "damaged: KeyError"),
        (edited(alone=[]), "its parts cost 1626, and it says 4826"),
        (edited(cost="4826"), "its cost is '4826', which is no number"),
        (edited(bound=float("nan")), "its bound is nan, which is no number to reckon with"),
        (edited(bound=True), "its bound is True, which is no number"),
        (edited(bound=1e18), "its bound, 1e+18, is above its cost of 4826"),
        (edited(shape="triangular"), "there is no shape 'triangular'"),
        (edited(seed=1.5), "its seed is 1.5, which is no whole number"),
        (twice(), "wychbourne is in a cluster for grass twice"),
    ],
)
def test_what_is_no_plan_of_this_problem_is_refused(text, said):
    with pytest.raises(ValueError, match=r"plan") as refused:
        Plan.from_json(text, marlshire())
    assert said in str(refused.value)


def test_every_council_and_service_has_a_row():
    councils = saying({"great-haye": "unknown", "little-haye": "alone"})
    rows = {row["council"]: row for row in made(marlshire(*councils)).rows()}
    assert rows["wychbourne"] == {
        "council": "wychbourne",
        "name": "Wychbourne",
        "service": "grass",
        "willingness": "lead",
        "counts_as": "lead",
        "cluster": 1,
        "lead": "wychbourne",
        "way": "own staff",
        "cluster_cost": 1_606.0,
        "cost_alone": 1_700.0,
    }
    told = ["counts_as", "cluster", "lead", "way", "cost_alone"]
    assert [rows["little-haye"][name] for name in told] == [
        "alone", None, "little-haye", "alone, by a firm", 1_100.0,
    ]  # fmt: skip
    assert [rows["great-haye"][name] for name in told] == ["no", None, None, None, 1_100.0]
    assert rows["marl-green"]["counts_as"] == "join"


def test_rows_are_fit_for_a_spreadsheet_and_unknown_costs_are_empty():
    needy = replace(COUNCILS[1], work={"grass": work(200, outside=())})
    rows = made(marlshire(COUNCILS[0], needy)).rows()
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    assert list(csv.DictReader(io.StringIO(out.getvalue())))[1]["cost_alone"] == ""


def test_a_council_that_leaves_a_service_with_the_county_has_neither_lead_nor_way():
    silent = saying({"coldbrook": "no"}, of=(COUNCILS[0], COUNCILS[1]))
    row = hand_made(marlshire(*silent), []).rows()[1]
    assert (row["lead"], row["way"]) == (None, None)


def test_rows_of_a_location_go_by_numbers():
    rows = plan(one_site(), effort=BRIEF).rows()
    assert rows == [
        {
            "council": "0",
            "service": "service",
            "cluster": 1,
            "lead": "0",
            "way": "site 0",
            "cluster_cost": 6.0,
            "cost_alone": None,
        },
        {
            "council": "1",
            "service": "service",
            "cluster": None,
            "lead": "1",
            "way": None,
            "cluster_cost": None,
            "cost_alone": 3.0,
        },
    ]


def test_a_map_has_every_council_and_a_line_from_each_lead_to_those_it_serves():
    problem = marlshire(providers=(FIRM,))
    drawn = json.loads(made(problem).to_geojson())["features"]
    points = [one for one in drawn if one["geometry"]["type"] == "Point"]
    assert [one["properties"]["key"] for one in points][-2:] == ["marl-green", "firm"]
    wychbourne = points[0]["properties"]
    assert wychbourne["leads"] == ["grass"]
    assert wychbourne["clusters"] == [1]
    assert points[2]["properties"]["alone"] == ["grass"]
    [line] = [one for one in drawn if one["geometry"]["type"] == "LineString"]
    assert line["properties"] == {
        "what": "leads for",
        "cluster": 1,
        "lead": "wychbourne",
        "member": "coldbrook",
        "services": ["grass"],
    }
    assert line["geometry"]["coordinates"] == [
        points[0]["geometry"]["coordinates"],
        points[1]["geometry"]["coordinates"],
    ]


def test_a_map_needs_positions_on_the_national_grid():
    with pytest.raises(ValueError, match="A Location has no positions to draw"):
        plan(one_site(), effort=BRIEF).to_geojson()
    lost = replace(COUNCILS[1], east_km=-3.0)
    with pytest.raises(ValueError, match="Coldbrook: -3000, 210000 is not on the British"):
        hand_made(marlshire(COUNCILS[0], lost), []).to_geojson()


def test_metres_and_degrees_agree_with_the_published_transformation():
    # PROJ, without the Ordnance Survey's correction table, rests on the same change of datum.
    to_degrees = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
    random = np.random.default_rng(1)
    for east, north in random.uniform((80_000, 5_000), (655_000, 1_200_000), (200, 2)):
        degrees = degrees_of(east, north)
        assert degrees == pytest.approx(to_degrees.transform(east, north), abs=1e-7)
        assert metres_of(*degrees) == pytest.approx((east, north), abs=1e-4)
