"""What is wrong with a problem is said with the council and service it stands at."""

import math
from dataclasses import replace
from fractions import Fraction

import pytest

from waywarden.planner import (
    Council,
    DeliveryModel,
    Infeasible,
    Outside,
    Problem,
    Service,
    Willingness,
    Work,
)

CUT = Work(
    work=2_000.0,
    peak=1_000.0,
    visits=2,
    trips=2,
    models=(DeliveryModel("own staff", setup=500, unit_cost=0.02, capacity=5_000),),
    outside=(Outside("alone, by a firm", 100),),
)
WYCHBOURNE = Council("wychbourne", "Wychbourne", 450.0, 210.0, {"grass": CUT})
COLDBROOK = Council("coldbrook", "Coldbrook", 452.0, 211.0, {"grass": CUT})
GRASS = Service("grass", "Village grass", "m2")


def problem(*councils, **rules):
    return Problem(councils or (WYCHBOURNE, COLDBROOK), (GRASS,), **rules)


def with_work(council, **changes):
    return replace(council, work={"grass": replace(CUT, **changes)})


def with_model(**changes):
    return with_work(WYCHBOURNE, models=(replace(CUT.models[0], **changes),))


def complaint(*councils, **rules):
    with pytest.raises(Infeasible) as raised:
        problem(*councils, **rules)
    return str(raised.value)


def test_two_councils_with_one_key_are_named_by_their_rows():
    said = complaint(WYCHBOURNE, COLDBROOK, replace(WYCHBOURNE, name="Wychbourne again"))
    assert said == "Two councils have the key wychbourne: rows 1 and 3. Keep one of them."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"work": math.nan}, "the work is not a number. Give a number of at least 0."),
        ({"peak": -1.0}, "the peak month is -1. Give a number of at least 0."),
        ({"trips": Fraction(-1, 2)}, "the trips is -0.5. Give a number of at least 0."),
        ({"visits": math.inf}, "the visits has no end. Give a number of at least 0."),
        (
            {"outside": (Outside("by a firm", -5.0),)},
            "by a firm: the cost is -5. Give a number of at least 0.",
        ),
    ],
)
def test_a_senseless_amount_is_refused_with_its_row(changes, said):
    wrong = complaint(WYCHBOURNE, with_work(COLDBROOK, **changes))
    assert wrong.startswith("Row 2 (Coldbrook), service grass")
    assert wrong.endswith(said)


@pytest.mark.parametrize("amount", [math.nan, -1.0, math.inf])
@pytest.mark.parametrize("field", ["setup", "unit_cost", "call_out"])
def test_a_senseless_price_names_the_delivery_model(field, amount):
    said = complaint(with_model(**{field: amount}), COLDBROOK)
    assert said.startswith("Row 1 (Wychbourne), service grass, own staff: the ")


def test_a_capacity_may_have_no_end_but_must_be_a_number():
    assert problem(with_model(capacity=math.inf)).councils
    assert "the capacity is not a number" in complaint(with_model(capacity=math.nan))


def test_work_of_a_service_not_in_the_plan_is_refused():
    stray = replace(COLDBROOK, work={"grass": CUT, "bins": CUT})
    assert complaint(WYCHBOURNE, stray) == (
        "Row 2 (Coldbrook): there is no service bins in this plan. Add it or leave out its work."
    )


def test_a_council_without_a_position_is_refused():
    lost = replace(COLDBROOK, east_km=math.nan)
    assert complaint(WYCHBOURNE, lost) == (
        "Row 2 (Coldbrook): its position is not known. Give its easting and northing."
    )


def test_neighbours_must_be_councils_of_the_plan():
    said = complaint(neighbours=(("wychbourne", "little-haye"),))
    assert said == (
        "The neighbours wychbourne and little-haye: no council has the key little-haye."
    )


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"travel_limit_km": math.nan}, "The travel limit is not a number."),
        ({"per_member": -1.0}, "The cost per member is -1."),
        ({"most_members": 0}, "The most members of a cluster must be at least 1."),
        (
            {"most_members": 2.5},
            "The most members of a cluster must be at least 1. Give a whole number, not 2.5.",
        ),
        ({"most_members": True}, "The most members of a cluster must be at least 1."),
        ({"road_factor": 0}, "The road factor is 0. Give 1 for straight lines, or more."),
        ({"per_cluster": "600"}, "The cost per cluster is '600', which is not a number."),
        ({"cost_per_km": True}, "The cost per kilometre is True, which is not a number."),
        ({"everyone": "no"}, "Whether everyone counts is 'no'. Give True or False."),
        ({"neighbours": "wychbourne"}, "The neighbours are 'wychbourne'. Give pairs of council"),
        ({"neighbours": [("wychbourne",)]}, "The neighbours ('wychbourne',) are no pair."),
        ({"neighbours": [(1, 2)]}, "The neighbours (1, 2) are no pair. Give the keys of two"),
        ({"neighbours": ["ab"]}, "The neighbours 'ab' are no pair."),
        (
            {"neighbours": [("coldbrook", "coldbrook")]},
            "Council coldbrook is paired with itself in the neighbours. Leave that pair out.",
        ),
    ],
)
def test_senseless_rules_are_refused(rules, said):
    assert complaint(**rules).startswith(said)


def test_a_plan_needs_somebody_and_something():
    with pytest.raises(Infeasible, match="no council to plan for"):
        Problem((), (GRASS,))
    with pytest.raises(Infeasible, match="no service to plan"):
        Problem((replace(WYCHBOURNE, work={}),), ())


def test_a_council_that_has_not_said_counts_only_in_an_illustration_of_everyone():
    silent = with_work(COLDBROOK, willingness=Willingness.UNKNOWN)
    assert problem(WYCHBOURNE, silent).willingness(silent, "grass") is Willingness.NO
    everyone = problem(WYCHBOURNE, silent, everyone=True)
    assert everyone.willingness(silent, "grass") is Willingness.LEAD


def test_a_parish_meeting_may_join_but_not_lead():
    meeting = replace(COLDBROOK, can_lead=False)
    assert problem(WYCHBOURNE, meeting).willingness(meeting, "grass") is Willingness.JOIN


def test_a_council_with_no_work_of_a_service_has_no_part_in_it():
    idle = replace(COLDBROOK, work={})
    assert problem(WYCHBOURNE, idle).willingness(idle, "grass") is Willingness.NO


def test_the_way_by_road_is_the_straight_line_times_the_road_factor():
    # 3 km east and 4 km north is 5 km straight, 6.5 km at 1.3.
    there = replace(COLDBROOK, east_km=453.0, north_km=214.0)
    assert problem(WYCHBOURNE, there).distance_km(WYCHBOURNE, there) == pytest.approx(6.5)


def test_willingness_may_be_given_as_its_word():
    plainly = with_work(WYCHBOURNE, willingness="lead")
    joining = with_work(COLDBROOK, willingness="join")
    stated = problem(plainly, joining)
    assert stated.willingness(plainly, "grass") is Willingness.LEAD
    assert stated.willingness(joining, "grass") is Willingness.JOIN


@pytest.mark.parametrize("said", ["maybe", "Lead", None, True, ["lead"]])
def test_another_word_for_willingness_is_refused_with_those_allowed(said):
    assert complaint(WYCHBOURNE, with_work(COLDBROOK, willingness=said)) == (
        f"Row 2 (Coldbrook), service grass: the willingness is {said!r}. "
        "Choose one of lead, join, alone, no, unknown."
    )


@pytest.mark.parametrize("amount", ["1", None, True, 1j])
def test_what_is_no_number_is_refused_with_its_row(amount):
    assert complaint(with_model(setup=amount), COLDBROOK) == (
        f"Row 1 (Wychbourne), service grass, own staff: the set-up cost is {amount!r}, which is "
        "not a number. Give a number of at least 0."
    )
    assert f"the work is {amount!r}, which" in complaint(with_work(WYCHBOURNE, work=amount))
    lost = replace(COLDBROOK, north_km=amount)
    assert "Row 2 (Coldbrook): its position is not known." in complaint(WYCHBOURNE, lost)


@pytest.mark.parametrize(
    ("council", "said"),
    [
        ("Coldbrook", "Row 2 of the councils is 'Coldbrook'. Give a Council."),
        (replace(COLDBROOK, name=None), "Row 2 of the councils: the name is None. Give it as"),
        (replace(COLDBROOK, key=" "), "Row 2 of the councils (Coldbrook): the key is ' '. Give a"),
        (replace(COLDBROOK, key=7), "Row 2 of the councils (Coldbrook): the key is 7. Give a key"),
        (replace(COLDBROOK, can_lead="no"), "Row 2 (Coldbrook): whether it can lead is 'no'."),
        (replace(COLDBROOK, work=None), "Row 2 (Coldbrook): its work is None. Give a Work for"),
        (
            replace(COLDBROOK, work={"grass": None}),
            "Row 2 (Coldbrook), service grass: its work is None. Give a Work, or leave",
        ),
        (
            with_work(COLDBROOK, models=CUT.models[0]),
            "Row 2 (Coldbrook), service grass: its models are DeliveryModel(",
        ),
        (
            with_work(COLDBROOK, models=["firm"]),
            "Row 2 (Coldbrook), service grass: a model is 'firm'. Give a DeliveryModel.",
        ),
        (
            with_work(COLDBROOK, outside=100),
            "Row 2 (Coldbrook), service grass: its outside options are 100. Give a list of",
        ),
        (
            with_work(COLDBROOK, outside=[100]),
            "Row 2 (Coldbrook), service grass: an outside option is 100. Give an Outside.",
        ),
    ],
)
def test_what_is_of_another_kind_is_refused_with_its_row(council, said):
    assert complaint(WYCHBOURNE, council).startswith(said)


def test_councils_and_services_must_be_lists_of_them():
    with pytest.raises(Infeasible, match=r"The councils are None\. Give a list of Council\."):
        Problem(None, (GRASS,))
    with pytest.raises(Infeasible, match=r"Row 1 of the services is 'grass'\. Give a Service\."):
        Problem((WYCHBOURNE,), ("grass",))
    listed = Problem([WYCHBOURNE, COLDBROOK], [GRASS], neighbours=[["wychbourne", "coldbrook"]])
    assert listed.councils == (WYCHBOURNE, COLDBROOK)


def test_a_council_there_is_not_has_no_key():
    with pytest.raises(KeyError, match="No council has the key marl-green"):
        problem().council("marl-green")
