"""Senseless rules, providers and prices are said with what to do; and what a plan costs whom."""

import math
from dataclasses import replace

import pytest

from tests.planner.test_problems import (
    COLDBROOK,
    CUT,
    WYCHBOURNE,
    complaint,
    problem,
    with_model,
    with_work,
)
from tests.planner.test_town_and_parishes import BRIEF, SHAPES, town_and_parishes, without_work
from waywarden.planner import Location, Outside, Provider, Willingness, plan

COMPANY = Provider("company", "Company", 451.0, 210.0, {"grass": CUT.models})
GROUP = replace(COMPANY, key="group", name="Group")


@pytest.mark.parametrize(
    ("providers", "said"),
    [
        (None, "The providers are None. Give a list of Provider."),
        ([WYCHBOURNE], "Row 1 of the providers is Council("),
        ([replace(COMPANY, key="")], "Row 1 of the providers (Company): the key is ''."),
        ([replace(COMPANY, name=3)], "Row 1 of the providers: the name is 3. Give it as text."),
        ([COMPANY, GROUP, COMPANY], "Two providers have the key company: rows 1 and 3."),
        (
            [replace(COMPANY, key="coldbrook")],
            "Row 1 of the providers (Company): a council has the key coldbrook as well. Give",
        ),
        (
            [COMPANY, replace(GROUP, east_km=math.nan)],
            "Row 2 of the providers (Group): its position is not known. Give its easting and",
        ),
        (
            [replace(COMPANY, models=CUT.models)],
            "Row 1 of the providers (Company): its models are (DeliveryModel(",
        ),
        (
            [replace(COMPANY, models={"bins": CUT.models})],
            "Row 1 of the providers (Company): there is no service bins in this plan. Add it or",
        ),
        (
            [replace(COMPANY, models={"grass": CUT.models[0]})],
            "Row 1 of the providers (Company), service grass: its models are DeliveryModel(",
        ),
        (
            [replace(COMPANY, models={"grass": (replace(CUT.models[0], setup=-1.0),)})],
            "Row 1 of the providers (Company), service grass, own staff: the set-up cost is -1.",
        ),
    ],
)
def test_a_senseless_provider_is_named_with_its_row(providers, said):
    assert complaint(providers=providers).startswith(said)


@pytest.mark.parametrize(
    ("travel", "said"),
    [
        ([("wychbourne", "coldbrook", 3.0)], "The travel is [('wychbourne', 'coldbrook', 3.0)]."),
        ("far", "The travel is 'far'. Give a number by (lead key, council key), or None."),
        ({"ab": 3.0}, "The travel 'ab' is not between a lead and a council of this plan. Give"),
        ({("wychbourne",): 3.0}, "The travel ('wychbourne',) is not between a lead and a council"),
        ({("wychbourne", "marl-green"): 3.0}, "The travel ('wychbourne', 'marl-green') is not be"),
        ({(1, 2): 3.0}, "The travel (1, 2) is not between a lead and a council of this plan."),
        ({("company", "group"): 3.0}, "The travel company to group is between two providers."),
        (
            {("company", "coldbrook"): math.nan},
            "The travel company to coldbrook is not a number. Give a number of at least 0.",
        ),
        (
            {("wychbourne", "coldbrook"): math.inf},
            "The travel wychbourne to coldbrook has no end. Give a number of at least 0.",
        ),
        (
            {("wychbourne", "coldbrook"): "3"},
            "The travel wychbourne to coldbrook is '3', which is not a number.",
        ),
        (
            {("wychbourne", "coldbrook"): -3},
            "The travel wychbourne to coldbrook is -3. Give a number of at least 0.",
        ),
    ],
)
def test_a_senseless_way_is_refused(travel, said):
    assert complaint(providers=[COMPANY, GROUP], travel=travel).startswith(said)


@pytest.mark.parametrize("rule", ["together", "apart"])
@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (None, " are None. Give pairs of council keys."),
        ("wychbourne", " are 'wychbourne'. Give pairs of council keys."),
        ([{"wychbourne", "coldbrook"}], " are no pair. Give the keys of two councils."),
        ([("wychbourne", None)], " ('wychbourne', None) are no pair. Give the keys of two"),
        ([("wychbourne", "company")], " wychbourne and company: no council has the key company."),
        ([("coldbrook", "coldbrook")], "Leave that pair out."),
    ],
)
def test_a_senseless_pair_is_refused(rule, pairs, said):
    refused = complaint(providers=[COMPANY], **{rule: pairs})
    assert f"pairs to be {rule}" in refused
    assert said in refused


@pytest.mark.parametrize(
    ("locks", "said"),
    [
        (["wychbourne"], "The locks are ['wychbourne']. Give a lead's key by (council key, servi"),
        ({"ab": "wychbourne"}, "The lock 'ab' is no pair. Give (council key, service key)."),
        ({("wychbourne",): "wychbourne"}, "The lock ('wychbourne',) is no pair. Give (council"),
        (
            {("company", "grass"): "wychbourne"},
            "The lock of company, service grass, to wychbourne: one of these is not in this plan.",
        ),
        ({("coldbrook", "bins"): "wychbourne"}, "The lock of coldbrook, service bins, to wychbou"),
        ({("coldbrook", "grass"): "nobody"}, "The lock of coldbrook, service grass, to nobody:"),
        ({("coldbrook", "grass"): ["company"]}, "The lock of coldbrook, service grass, to ['com"),
    ],
)
def test_a_senseless_lock_is_refused(locks, said):
    assert complaint(providers=[COMPANY], locks=locks).startswith(said)


@pytest.mark.parametrize(
    ("excluded", "said"),
    [
        ("coldbrook", "Those excluded are 'coldbrook'. Give a list of council keys."),
        (True, "Those excluded are True. Give a list of council keys."),
        (None, "Those excluded are None. Give a list of council keys."),
        (["marl-green"], "Excluded is 'marl-green', and no council has that key. Leave it out."),
        ([["coldbrook"]], "Excluded is ['coldbrook'], and no council has that key. Leave it out."),
        (["company"], "Excluded is 'company', and no council has that key. Leave it out."),
    ],
)
def test_only_councils_of_the_plan_are_excluded(excluded, said):
    assert complaint(providers=[COMPANY], excluded=excluded) == said


def test_lists_and_sets_of_pairs_and_keys_are_taken_as_they_come():
    stated = problem(
        providers=[COMPANY],
        travel={("company", "coldbrook"): 2},
        together=[["wychbourne", "coldbrook"]],
        apart=set(),
        locks={("coldbrook", "grass"): "company"},
        excluded={"wychbourne"},
    )
    assert stated.together == (["wychbourne", "coldbrook"],)
    assert (stated.apart, stated.excluded) == ((), ("wychbourne",))
    assert stated.willingness(WYCHBOURNE, "grass") is Willingness.ALONE


def test_a_way_that_is_given_one_way_holds_both_and_what_is_not_given_is_endless():
    stated = problem(providers=[COMPANY], travel={("coldbrook", "wychbourne"): 2.5})
    assert stated.distance_km(WYCHBOURNE, COLDBROOK) == 2.5
    assert stated.distance_km(WYCHBOURNE, WYCHBOURNE) == 0.0
    assert stated.distance_km(COMPANY, COLDBROOK) == math.inf


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"low": 1.2}, "own staff: its price may be from 1.2 to 1 times what is expected."),
        ({"high": 0.9}, "own staff: its price may be from 1 to 0.9 times what is expected."),
        ({"low": -0.5}, "own staff: the low price is -0.5. Give a number of at least 0."),
        ({"high": math.nan}, "own staff: the high price is not a number."),
        ({"high": math.inf}, "own staff: the high price has no end."),
        ({"low": "cheap"}, "own staff: the low price is 'cheap', which is not a number."),
    ],
)
def test_a_senseless_range_of_prices_is_refused(changes, said):
    assert said in complaint(with_model(**changes), COLDBROOK)
    outside = (replace(Outside("own staff", 100.0), **changes),)
    assert said in complaint(with_work(WYCHBOURNE, outside=outside), COLDBROOK)


@pytest.mark.parametrize(
    ("by_work", "said"),
    [
        (1.5, "by a firm: the part that grows with the work is 1.5. Give at most 1."),
        (-0.5, "by a firm: the part that grows with the work is -0.5. Give a number of at le"),
        (math.nan, "by a firm: the part that grows with the work is not a number."),
        ("half", "by a firm: the part that grows with the work is 'half', which is not"),
    ],
)
def test_the_part_that_grows_with_the_work_is_from_nought_to_one(by_work, said):
    outside = (Outside("by a firm", 100.0, by_work=by_work),)
    assert said in complaint(with_work(WYCHBOURNE, outside=outside), COLDBROOK)


@pytest.mark.parametrize("payment", [-1.0, math.nan, "70"])
def test_a_senseless_payment_is_refused(payment):
    assert "the payment is" in complaint(with_work(WYCHBOURNE, payment=payment), COLDBROOK)


def paid(problem, payments):
    """Give councils what the county would pay them for the grass."""
    councils = (
        replace(council, work={"grass": replace(council.work["grass"], payment=payment)})
        for council, payment in zip(problem.councils, payments, strict=True)
    )
    return replace(problem, councils=tuple(councils))


@pytest.mark.parametrize("shape", SHAPES)
def test_what_the_county_pays_is_taken_off_the_cost_to_councils(shape):
    found = plan(paid(town_and_parishes(), [5_000, 700, 500, 300]), shape=shape, effort=BRIEF)
    assert found.cost_to("everyone") == found.cost == pytest.approx(15_042.0)
    # 15,042 - 5,000 - 700 - 500 - 300.
    assert found.cost_to("councils") == pytest.approx(8_542.0)


def test_who_goes_alone_is_paid_and_who_leaves_it_with_the_county_is_not():
    by_themselves = paid(town_and_parishes(most_members=1), [5_000, 700, 500, 300])
    found = plan(by_themselves, effort=BRIEF)
    assert found.cost_to("councils") == pytest.approx(32_952.0 - 6_500)
    without = plan(without_work(by_themselves, "C"), effort=BRIEF)
    assert without.cost - without.cost_to("councils") == pytest.approx(6_200)
    unwilling = by_themselves.councils[3]
    no = replace(unwilling.work["grass"], willingness=Willingness.NO)
    stated = replace(unwilling, work={"grass": no})
    left = plan(
        replace(by_themselves, councils=(*by_themselves.councils[:3], stated)), effort=BRIEF
    )
    assert left.cost - left.cost_to("councils") == pytest.approx(6_200)


def test_there_is_no_other_payer_and_a_location_knows_no_payments():
    found = plan(town_and_parishes(), effort=BRIEF)
    with pytest.raises(ValueError, match="There is no payer 'county'"):
        found.cost_to("county")
    located = plan(Location([0, 1], [0], [1.0], [1.0], [5.0], [3.0], [0], [-1], [9.0]))
    assert located.cost_to("everyone") == 4.0
    with pytest.raises(ValueError, match="the councils of a Location is not known"):
        located.cost_to("councils")
