"""A county put before the planner: what it costs a council to do what, and what is refused."""

from dataclasses import replace

import pytest

from tests.planning.marlshire import council, marlshire
from waywarden.planner import Willingness, Work
from waywarden.planning.costing import costing_for, costing_from, price
from waywarden.planning.facts import Amount, CannotPlan, CountyFacts
from waywarden.planning.posing import problem_of
from waywarden.planning.shipped import shipped_facts


def work_of(key: str, service: str, prices: str = "expected") -> Work:
    return problem_of(marlshire(), everyone=True, prices=prices).council(key).work[service]


def ways(work: Work) -> dict[str, tuple[float, float, float]]:
    """Set-up, price of a unit and call-out of each way in a cluster, in pounds and pence."""
    return {
        way.name: (round(way.setup / 100, 2), round(way.unit_cost, 4), round(way.call_out, 2))
        for way in work.models
    }


def alone(work: Work) -> dict[str, float]:
    return {option.name: round(option.cost / 100, 2) for option in work.outside}


def test_village_grass_by_a_firm_costs_a_clerk_the_cutting_and_a_call_out() -> None:
    # Coldbrook: 9,000 m² twice a year. A clerk: 12 hours at £18.50 = £222.
    # Cutting: 18,000 m² at 2.5p = £450. Two call-outs at £60 = £120. Together £792.
    assert alone(work_of("coldbrook", "DPS01")) == {"contractor": 792.00}


def test_in_a_cluster_the_work_costs_five_per_cent_more() -> None:
    # 2.5p and £60, each with 5 % for running the contract; the clerk is not dearer.
    assert ways(work_of("coldbrook", "DPS01")) == {"contractor": (222.00, 2.625, 6300.00)}


def test_a_town_may_cut_its_grass_with_its_own_employees() -> None:
    # A year: clerk £222; mower and trailer £22,000 over 6 years; two cards at £180 over 5
    # years; a set of signs of £1,000 over 10; insurance £350: £4,410.67.
    # An hour: (£18.50 + £4) and 15 % = £25.875 for 1,200 m²: 2.15625p, in a cluster 5 % more.
    setup, unit, call_out = ways(work_of("wychbourne", "DPS01"))["own_staff"]

    assert setup == 4_410.67
    assert unit == pytest.approx(2.15625 * 1.05, abs=1e-4)
    assert call_out == 0


def test_own_employees_can_cut_only_so_much_in_the_busiest_month() -> None:
    work = work_of("wychbourne", "DPS01")
    [own] = [way for way in work.models if way.name == "own_staff"]

    # 108 hours of 1,200 m²; the town has 60,000 m², of whose two cuts one falls in May.
    assert own.capacity == 129_600
    assert work.peak == 60_000
    assert work.work == 120_000


def test_what_one_team_cannot_do_in_a_month_is_not_offered_with_own_employees() -> None:
    amount = Amount(200_000_000, 200_000_000, 200_000_000, is_estimate=False)
    town = council("wychbourne", 0, amounts={"DPS01": amount})
    county = CountyFacts("Marlshire", (town,), ())

    work = problem_of(county, everyone=True).council("wychbourne").work["DPS01"]

    assert [option.name for option in work.outside] == ["contractor"]


def test_a_place_too_large_for_one_firm_hires_as_many_as_it_needs() -> None:
    # One firm cuts 5 x 108 x 1,200 = 648,000 m² in a month. Half of two cuts of 700,000 m² is
    # more: two firms. 2 x £222 + 1,400,000 m² at 2.5p + £120 = £35,564.
    amount = Amount(700_000_000, 700_000_000, 700_000_000, is_estimate=False)
    town = council("wychbourne", 0, amounts={"DPS01": amount})
    county = CountyFacts("Marlshire", (town,), ())

    work = problem_of(county, everyone=True).council("wychbourne").work["DPS01"]

    assert alone(work) == {"contractor": 35_564.00}


def test_path_edges_are_seen_to_once_in_three_years() -> None:
    # Coldbrook: 300 m, a third of it each year: 100 m at £4.50, and the clerk: £672.
    work = work_of("coldbrook", "SID")

    assert work.work == 100
    assert work.visits == pytest.approx(1 / 3)
    assert alone(work) == {"contractor": 672.00}


def test_a_visit_longer_than_a_day_takes_a_journey_for_each_day() -> None:
    # A day is 6 hours: 7,200 m² of grass, 48 signs. Coldbrook has 9,000 m² cut twice and 40 signs.
    assert work_of("coldbrook", "DPS01").trips == 2 * 9_000 / 7_200
    assert work_of("coldbrook", "SGN").trips == 1


def test_a_parish_may_have_its_signs_cleaned_by_volunteers() -> None:
    # Clerk £222, kit £400 over 6 years, two cards over 5, signs over 10: £460.67; 40 signs at £4.
    assert alone(work_of("coldbrook", "SGN")) == {"contractor": 582.00, "volunteers": 620.67}


def test_a_meeting_neither_leads_nor_has_any_way_but_a_firm() -> None:
    problem = problem_of(marlshire(), everyone=True)
    meeting = problem.council("marl-green")

    assert not meeting.can_lead
    assert problem.willingness(meeting, "SGN") is Willingness.JOIN
    assert [option.name for option in meeting.work["SGN"].outside] == ["contractor"]


@pytest.mark.parametrize(
    ("kind", "population", "can_lead"),
    [
        ("parish-or-meeting", 199, False),
        ("parish-or-meeting", 200, True),
        ("parish-or-meeting", None, False),
        ("parish", 120, True),
        ("town", None, True),
        ("parish-meeting", 900, False),
    ],
)
def test_a_small_council_not_known_to_be_one_is_planned_as_a_meeting(
    kind: str, population: int | None, can_lead: bool
) -> None:
    county = CountyFacts(
        "Marlshire", (council("coldbrook", 0, kind=kind, population=population),), ()
    )

    assert problem_of(county, everyone=True).councils[0].can_lead is can_lead


def test_prices_of_work_move_and_set_up_does_not() -> None:
    # 73 % and 136 % of £450 and £120 with the clerk's £222.
    assert alone(work_of("coldbrook", "DPS01", "low")) == {"contractor": 638.10}
    assert alone(work_of("coldbrook", "DPS01", "high")) == {"contractor": 997.20}


def test_there_are_three_price_cases_and_no_other() -> None:
    with pytest.raises(ValueError, match="low, expected or high"):
        problem_of(marlshire(), everyone=True, prices="dear")


def test_low_and_high_prices_are_as_far_apart_as_the_tenders_at_roade() -> None:
    costing = costing_for("Oxfordshire")
    low, high = costing.value("low_percent"), costing.value("high_percent")

    assert high / low == pytest.approx(25_960 / 13_950, abs=0.005)
    assert low * high / 10_000 == pytest.approx(1, abs=0.01)


def test_what_nobody_knows_a_council_has_is_not_planned_for_it() -> None:
    facts = marlshire()
    first = facts.councils[0]
    amounts = {code: one for code, one in first.amounts.items() if code != "SGN"}
    facts = replace(facts, councils=(replace(first, amounts=amounts), *facts.councils[1:]))

    assert "SGN" not in problem_of(facts, everyone=True).council(first.key).work


def test_an_answer_counts_and_silence_only_in_an_illustration() -> None:
    facts = marlshire({"coldbrook": {"SGN": "join"}})
    for everyone, silent in ((False, Willingness.NO), (True, Willingness.LEAD)):
        problem = problem_of(facts, everyone=everyone)

        assert problem.willingness(problem.council("coldbrook"), "SGN") is Willingness.JOIN
        assert problem.willingness(problem.council("wychbourne"), "SGN") is silent


def test_the_whole_county_is_posed_with_its_eight_services() -> None:
    problem = problem_of(shipped_facts("Oxfordshire"), everyone=True)

    assert [service.key for service in problem.services] == [
        "DPS01", "DPS02", "SGN", "FUR", "HDG", "SID", "WED", "ROW",
    ]  # fmt: skip
    assert len(problem.councils) == 321
    assert sum(1 for one in problem.councils if not one.can_lead) == 34
    assert problem.most_members == 14
    assert problem.travel_limit_km == 15


def test_the_funded_level_is_oxfordshires_and_elsewhere_only_a_guess() -> None:
    here, there = (costing_for(name).services["DPS01"].level for name in ("Oxfordshire", "Devon"))

    assert (here.words, here.confidence) == ("Two cuts a year", "A")
    assert (there.words, there.confidence) == ("Two cuts a year", "C")
    assert costing_for("Oxfordshire").services["SID"].level.words == "One visit every three years"


def test_the_published_budget_stands_beside_oxfordshires_grass_alone() -> None:
    assert costing_for("Oxfordshire").services["DPS01"].published_pence == 734_000_00
    assert costing_for("Oxfordshire").services["SGN"].published_pence is None
    assert costing_for("Devon").services["DPS01"].published_pence is None


def test_every_assumption_has_a_letter_and_a_reason() -> None:
    costing = costing_for("Oxfordshire")

    for figure in costing.figures.values():
        assert figure.confidence in "ABC"
        assert figure.source.endswith(".")
    for service in costing.services.values():
        for figure in (service.hourly_milli, service.peak_percent):
            assert figure.confidence in "ABC"
            assert figure.source.endswith(".")


def test_services_are_named_by_code_or_by_name_and_put_in_order() -> None:
    problem = problem_of(marlshire(), ["sign-cleaning", "dps01"], everyone=True)

    assert [service.key for service in problem.services] == ["DPS01", "SGN"]


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("DPS1", "There is no service called “DPS1”. Did you mean DPS01 (village grass)?"),
        (
            "TM",
            "TM (traffic management) is a cost component, not a service to plan. "
            "Choose from DPS01, DPS02, SGN, FUR, HDG, SID, WED, ROW.",
        ),
        (
            "gully grates",
            "GUL (gully grates) cannot be planned yet: too little is known of what it costs. "
            "Choose from DPS01, DPS02, SGN, FUR, HDG, SID, WED, ROW.",
        ),
    ],
)
def test_a_service_that_cannot_be_planned_is_refused_with_what_could(
    named: str, sentence: str
) -> None:
    with pytest.raises(CannotPlan) as refused:
        problem_of(marlshire(), [named], everyone=True)

    assert str(refused.value) == sentence


def test_a_service_is_named_once() -> None:
    with pytest.raises(CannotPlan, match="SGN is named twice"):
        problem_of(marlshire(), ["SGN", "sign cleaning"], everyone=True)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"key": "little-haye"}, "Row 3 (Little Haye) has the same key as row 1"),
        ({"kind": "city"}, "Row 1 (Coldbrook): “city” is no kind of council"),
        ({"easting_m": float("nan")}, "Row 1 (Coldbrook): its position is not known"),
        ({"population": -1}, "Row 1 (Coldbrook): its population must be a whole number"),
        ({"population": 1.5}, "Row 1 (Coldbrook): its population must be a whole number"),
        (
            {"amounts": {"SGN1": Amount(1, 1, 1, is_estimate=False)}},
            "Row 1 (Coldbrook): there is no service SGN1. Did you mean SGN (sign cleaning)?",
        ),
        (
            {"amounts": {"SGN": Amount(-1, 1, 1, is_estimate=False)}},
            "Row 1 (Coldbrook), service SGN: an amount must be in whole thousandths",
        ),
        (
            {"amounts": {"SGN": Amount(float("nan"), 1, 1, is_estimate=False)}},  # type: ignore[arg-type]
            "Row 1 (Coldbrook), service SGN: an amount must be in whole thousandths",
        ),
        (
            {"amounts": {"SGN": Amount(5, 4, 6, is_estimate=True)}},
            "Row 1 (Coldbrook), service SGN: the amount must lie between its low and its high",
        ),
        (
            {"willingness": {"SGN": "perhaps"}},
            "Row 1 (Coldbrook), service SGN: “perhaps” is no answer. "
            "Use lead, join, alone, no, unknown.",
        ),
    ],
)
def test_facts_that_cannot_be_meant_are_refused_with_their_row(
    changed: dict[str, object], sentence: str
) -> None:
    facts = marlshire()
    first = replace(facts.councils[0], **changed)  # type: ignore[arg-type]

    with pytest.raises(CannotPlan) as refused:
        problem_of(replace(facts, councils=(first, *facts.councils[1:])), everyone=True)

    assert str(refused.value).startswith(sentence)


def test_neighbours_must_be_councils() -> None:
    facts = replace(marlshire(), neighbours=(("coldbrook", "nowhere"),))

    with pytest.raises(CannotPlan, match="there is no council nowhere"):
        problem_of(facts, everyone=True)


@pytest.mark.parametrize("emptied", ["councils", "amounts"])
def test_a_county_of_which_nothing_is_known_is_refused(emptied: str) -> None:
    facts = marlshire()
    councils = tuple(replace(one, amounts={}) for one in facts.councils)
    facts = replace(facts, councils=() if emptied == "councils" else councils, neighbours=())

    with pytest.raises(CannotPlan, match="is known in Marlshire, so nothing can be planned"):
        problem_of(facts, everyone=True)


def test_a_price_that_is_not_in_the_catalogue_is_named() -> None:
    with pytest.raises(CannotPlan, match="no price of SGN called “by balloon”"):
        price("SGN", "by balloon")


def test_assumptions_must_be_whole_numbers() -> None:
    table = {
        "figures": {"team_hours": {"name": "", "value": 1.5, "confidence": "C", "source": ""}},
        "service": [],
        "note": [],
        "running": {
            "each_member": "Proposed for 2026, each member",
            "part_of_contract": "Proposed for 2026, part of the contract",
        },
        "components": {
            "training": "Proposed for 2026",
            "insurance": "Proposed for 2026, where the parish's policy does not cover it",
        },
    }

    with pytest.raises(ValueError, match="The figure team_hours must be a whole number"):
        costing_from(table, county="Oxfordshire")
