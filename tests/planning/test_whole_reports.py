"""Reports of the real county, and of many made-up ones: what always holds of them."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.hand_made import grown, led_by, plan_of, served
from tests.planning.marlshire import AMOUNTS, CODES, council, marlshire
from waywarden.planner import Plan, Problem, Willingness
from waywarden.planning.answers.keeping import kept, report_from
from waywarden.planning.answers.reporting import report_of
from waywarden.planning.facts import Amount, CountyFacts
from waywarden.planning.fingerprint import input_hash
from waywarden.planning.posing import problem_of
from waywarden.planning.reports import NOTHING, PRICES, Report
from waywarden.planning.shipped import shipped_facts
from waywarden.rules.assumptions import assumptions
from waywarden.rules.estimates import Estimate, county_cost_of


@pytest.fixture(scope="module")
def oxfordshire() -> Report:
    facts = shipped_facts("Oxfordshire")
    problem = problem_of(facts, everyone=True)
    return report_of(facts, plan_of(problem, grown(problem, 10)), effort="quick")


def test_what_the_county_pays_now_is_what_the_rules_say_its_grass_costs(
    oxfordshire: Report,
) -> None:
    # The page of methods shows the same figure, worked out by the rules alone.
    facts = shipped_facts("Oxfordshire")
    grown_here = [one.amounts["DPS01"] for one in facts.councils]
    estimates = [
        Estimate(one.low_milli, one.expected_milli, one.high_milli, "m2") for one in grown_here
    ]
    rules = assumptions()
    beside = county_cost_of(estimates, rules.prices, published_pence=rules.published_pence)

    grass = oxfordshire.services[0]

    assert grass.now.expected == beside.expected_pence
    assert grass.published_pence == 734_000_00
    assert (
        "For village grass that is £271,290; the budget published for it in 2015 was £734,000."
        in oxfordshire.findings
    )


def test_the_real_countys_clusters_run_from_north_to_south(oxfordshire: Report) -> None:
    facts = {one.key: one for one in shipped_facts("Oxfordshire").councils}

    norths = [facts[cluster.lead].northing_m for cluster in oxfordshire.clusters]

    assert norths == sorted(norths, reverse=True)
    assert [one.number for one in oxfordshire.clusters] == list(range(1, len(norths) + 1))
    assert len({one.key for one in oxfordshire.clusters}) == len(norths)


def test_neighbouring_clusters_differ_in_tint(oxfordshire: Report) -> None:
    tint = {key: one.tint for one in oxfordshire.clusters for key in one.members}
    number = {key: one.number for one in oxfordshire.clusters for key in one.members}

    for one, other in shipped_facts("Oxfordshire").neighbours:
        if one in tint and other in tint and number[one] != number[other]:
            assert tint[one] != tint[other]


def test_the_real_report_says_what_it_left_out_and_assumed(oxfordshire: Report) -> None:
    assert oxfordshire.left_out[0][0] == "Heyford Park"
    assert (
        "34 councils are planned as parish meetings, which can be served but cannot lead."
        in oxfordshire.findings
    )
    for words, letter, source in oxfordshire.assumed:
        assert words
        assert letter in ("A", "B", "C")
        assert source
    assert ("Sign cleaning, by volunteers: £4 a sign", "C") in [
        line[:2] for line in oxfordshire.assumed
    ]


# What holds for any plan.

amounts = st.integers(0, 400_000_000).map(
    lambda milli: Amount(milli // 2, milli, 2 * milli, is_estimate=True)
)
wills = st.sampled_from(list(Willingness))


@st.composite
def counties(draw: Callable[..., object]) -> CountyFacts:
    """Facts of up to five councils, any amounts, any answers."""
    keys = draw(st.lists(st.sampled_from(list(AMOUNTS)), min_size=1, max_size=5, unique=True))
    councils = [
        council(
            key,
            draw(st.floats(0, 12)),
            kind=draw(st.sampled_from(["town", "parish", "parish-meeting", "parish-or-meeting"])),
            population=draw(st.one_of(st.none(), st.integers(0, 50_000))),
            amounts=draw(st.dictionaries(st.sampled_from(CODES), amounts, min_size=1)),
            willingness=draw(st.dictionaries(st.sampled_from(CODES), wills.map(str))),
        )
        for key in sorted(keys)  # type: ignore[call-overload]
    ]
    return CountyFacts("Marlshire", tuple(councils), ())


@st.composite
def planned(draw: Callable[..., object]) -> tuple[CountyFacts, Plan]:
    """A county and any plan of it."""
    facts = draw(counties())
    assert isinstance(facts, CountyFacts)
    problem = problem_of(facts, CODES, everyone=bool(draw(st.booleans())))
    keys = [one.key for one in facts.councils]
    homes = {key: draw(st.integers(0, 2)) for key in keys}
    groups = [[key for key in keys if homes[key] == group] for group in range(2)]
    is_apart = bool(draw(st.booleans()))
    wanted = [
        (group, [service])
        for group in groups
        for service in (CODES if is_apart else ("",))
        if len(group) > 1 and could_be_led(problem, group, [service] if is_apart else CODES)
    ]
    return facts, plan_of(
        problem,
        [group for group, _ in wanted],
        shape="per_service" if is_apart else "shared",
        services=[service for _, service in wanted] if is_apart else (),
    )


def could_be_led(problem: Problem, group: list[str], services: Sequence[str]) -> bool:
    """Whether every service of a group has a lead, and all of the group a service in it."""
    wanted = {service: served(problem, group, service) for service in services}
    known = {service: keys for service, keys in wanted.items() if keys}
    return all(led_by(problem, group, service) for service in known) and {
        key for keys in known.values() for key in keys
    } == set(group)


@settings(max_examples=60)
@given(planned())
def test_totals_are_the_sums_of_their_lines_to_the_penny(case: tuple[CountyFacts, Plan]) -> None:
    facts, plan = case

    found = report_of(facts, plan, effort="quick")

    for one in found.clusters:
        assert one.planned == sum((led.cost for led in one.services), one.coordination)
    services, councils = found.services, found.councils
    assert found.now == sum((one.now for one in services), NOTHING)
    assert found.kept == sum((one.kept for one in services), NOTHING)
    assert found.kept == sum((one.kept for one in councils), NOTHING)
    assert found.alone == sum((one.alone for one in services), NOTHING)
    assert found.alone == sum((one.alone for one in councils), found.kept)
    assert found.planned == sum((one.planned for one in services), found.coordination)
    assert found.planned == sum((one.together for one in councils), found.kept)


@settings(max_examples=40)
@given(planned())
def test_a_report_costs_what_its_plan_does_but_for_rounding(
    case: tuple[CountyFacts, Plan],
) -> None:
    facts, plan = case

    found = report_of(facts, plan, effort="quick")

    lines = len(found.councils) * len(CODES) + len(found.clusters) * 4
    assert abs(found.planned.expected - found.kept.expected - plan.cost) <= lines
    assert found.bound <= found.planned.expected


@settings(max_examples=40)
@given(planned())
def test_nobody_pays_more_than_alone_in_a_cluster_that_holds(
    case: tuple[CountyFacts, Plan],
) -> None:
    facts, plan = case

    found = report_of(facts, plan, effort="quick")

    for prices in PRICES:
        if all(prices in one.holds_at for one in found.clusters):
            for one in found.councils:
                assert one.together.at(prices) <= one.alone.at(prices)


@settings(max_examples=40)
@given(planned())
def test_a_report_is_kept_and_read_back_exactly(case: tuple[CountyFacts, Plan]) -> None:
    facts, plan = case
    found = report_of(facts, plan, effort="quick")

    assert report_from(json.loads(json.dumps(kept(found)))) == found


@settings(max_examples=30)
@given(counties())
def test_the_same_facts_have_the_same_hash(facts: CountyFacts) -> None:
    asked = {"shape": "shared", "effort": "quick", "seed": 1, "everyone": True}

    assert input_hash(facts, CODES, **asked) == input_hash(replace(facts), CODES, **asked)  # type: ignore[arg-type]


@settings(max_examples=60)
@given(counties(), st.data())
def test_any_changed_figure_has_another_hash(facts: CountyFacts, data: st.DataObject) -> None:
    asked = {"shape": "shared", "effort": "quick", "seed": 1, "everyone": True}
    row = data.draw(st.integers(0, len(facts.councils) - 1))
    one = facts.councils[row]
    code = data.draw(st.sampled_from(sorted(one.amounts)))
    amount = replace(one.amounts[code], expected_milli=one.amounts[code].expected_milli + 1)
    changed = data.draw(
        st.sampled_from(
            [
                replace(one, amounts={**one.amounts, code: amount}),
                replace(one, easting_m=one.easting_m + 1),
                replace(one, population=(one.population or 0) + 1),
                replace(one, kind="town" if one.kind == "parish" else "parish"),
                replace(one, willingness={**one.willingness, "EPI": "lead"}),
            ]
        )
    )
    councils = (*facts.councils[:row], changed, *facts.councils[row + 1 :])

    before = input_hash(facts, CODES, **asked)  # type: ignore[arg-type]

    assert input_hash(replace(facts, councils=councils), CODES, **asked) != before  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed", [{"shape": "per_service"}, {"effort": "careful"}, {"seed": 2}, {"everyone": False}]
)
def test_any_other_wish_has_another_hash(changed: dict[str, object]) -> None:
    asked = {"shape": "shared", "effort": "quick", "seed": 1, "everyone": True}
    before = input_hash(marlshire(), CODES, **asked)  # type: ignore[arg-type]

    assert input_hash(marlshire(), CODES, **(asked | changed)) != before  # type: ignore[arg-type]
    assert input_hash(marlshire(), CODES[:2], **asked) != before  # type: ignore[arg-type]
