"""A plan in whole pence: worked by hand, then the sums that hold for any plan."""

from dataclasses import replace

import pytest

from tests.planning.hand_made import plan_of
from tests.planning.marlshire import AMOUNTS, CODES, marlshire
from waywarden.fabric.common.wording import whole_pounds
from waywarden.planner import Location
from waywarden.planning.answers.reporting import report_of
from waywarden.planning.costing import costing_for
from waywarden.planning.facts import Amount, CannotPlan
from waywarden.planning.fingerprint import input_hash
from waywarden.planning.posing import problem_of
from waywarden.planning.reports import NOTHING, PRICES, CouncilReport, Range, Report
from waywarden.planning.words.wording import rules
from waywarden.rules.pence import split_pence

HAYES = ["coldbrook", "great-haye", "little-haye"]


def report(
    groups: list[list[str]],
    *,
    everyone: bool = True,
    willingness: dict[str, dict[str, str]] | None = None,
    shape: str = "shared",
    services: list[list[str]] | None = None,
) -> Report:
    facts = marlshire(willingness)
    problem = problem_of(facts, CODES, everyone=everyone)
    plan = plan_of(problem, groups, shape=shape, services=services or ())
    return report_of(facts, plan, effort="quick")


def of(found: Report, key: str) -> CouncilReport:
    return next(one for one in found.councils if one.key == key)


@pytest.fixture(scope="module")
def hayes() -> Report:
    """Three parishes together, the town and the meeting by themselves."""
    return report([HAYES])


def test_each_line_of_a_cluster_is_rounded_once(hayes: Report) -> None:
    # Grass: a clerk £222; 20,000 m² twice a year at 2.625p, £1,050; six call-outs at £63, £378.
    # Signs: £460.67 for clerk, kit, cards and signs; 106 signs at £4.20, £445.20.
    # Path edges: £222; a third of 740 m at £4.725, £1,165.50. Running: three times £300.
    [cluster] = hayes.clusters

    assert [(led.service, led.model, led.cost.expected) for led in cluster.services] == [
        ("DPS01", "contractor", 1_650_00),
        ("SGN", "volunteers", 905_87),
        ("SID", "contractor", 1_387_50),
    ]
    assert cluster.coordination == Range(900_00, 900_00, 900_00)
    assert cluster.planned.expected == 4_843_37


def test_low_and_high_prices_move_the_work_alone(hayes: Report) -> None:
    # £222 + 73 % of £1,428, and 136 % of it.
    [grass, *_] = hayes.clusters[0].services

    assert grass.cost == Range(1_264_44, 1_650_00, 2_164_08)


def test_alone_each_pays_a_clerk_of_its_own(hayes: Report) -> None:
    # Coldbrook: grass £792, signs £582, path edges £672; Great Haye £592, £492, £522;
    # Little Haye £642, £546, £582.
    assert [of(hayes, key).alone.expected for key in HAYES] == [2_046_00, 1_606_00, 1_770_00]
    assert hayes.clusters[0].alone.expected == 5_422_00
    assert hayes.clusters[0].holds_at == PRICES


def test_shares_follow_what_each_would_pay_alone(hayes: Report) -> None:
    # £4,843.37 by 2,046 : 1,606 : 1,770 of 5,422.
    shares = split_pence(4_843_37, dict(zip(HAYES, (2_046, 1_606, 1_770), strict=True)))

    assert {key: of(hayes, key).together.expected for key in HAYES} == shares
    assert shares == {"coldbrook": 1_827_65, "great-haye": 1_434_61, "little-haye": 1_581_11}


def test_outside_a_cluster_a_council_pays_what_it_pays_alone(hayes: Report) -> None:
    town = of(hayes, "wychbourne")

    assert town.cluster is None
    assert town.together == town.alone
    assert town.alone_models == {
        "DPS01": "contractor",
        "SGN": "volunteers",
        "SID": "own_staff",
    }


def test_of_equal_leads_the_plan_names_one(hayes: Report) -> None:
    [cluster] = hayes.clusters

    assert {led.lead for led in cluster.services} == {cluster.lead} == {"coldbrook"}
    assert (cluster.name, cluster.key) == ("Coldbrook", "coldbrook")
    assert of(hayes, "coldbrook").leads == CODES


def test_a_larger_council_leads_where_all_could() -> None:
    facts = marlshire()
    councils = tuple(
        replace(one, population=2_000) if one.key == "little-haye" else one
        for one in facts.councils
    )
    facts = replace(facts, councils=councils)
    plan = plan_of(problem_of(facts, CODES, everyone=True), [HAYES])

    assert report_of(facts, plan, effort="quick").clusters[0].lead == "little-haye"


def test_a_lead_is_within_the_travel_limit_of_all_it_serves() -> None:
    # Wychbourne to Marl Green is 12 km, 15.6 by road: more than 15. From Coldbrook it is 11.7.
    found = report([list(AMOUNTS)])

    assert {led.lead for led in found.clusters[0].services} == {"coldbrook"}


def test_a_council_is_told_why_it_is_where_it_is(hayes: Report) -> None:
    assert of(hayes, "little-haye").why == (
        "Little Haye is in Coldbrook’s cluster.",
        "Coldbrook would have volunteers see to sign cleaning and hire a firm for village grass "
        "and path edges.",
        "By itself Little Haye would hire a firm for everything, for £1,770 a year; together its "
        "share is £1,581.",
        "If it left, the rest of the cluster would no longer hang together, so the plan would "
        "have to be made anew.",
    )
    assert of(hayes, "marl-green").why == (
        "Marl Green goes alone: no cluster the plan found would cost less with it in.",
        "It would hire a firm for everything, for £1,238 a year.",
        "It is a parish meeting, which can be served, but cannot lead or hold money for others.",
    )


def test_what_the_others_pay_when_one_leaves_is_worked_out_afresh(hayes: Report) -> None:
    # Without Great Haye: grass £222 + 30,000 m² at 2.625p + 4 x £63 = £1,261.50; signs £460.67 +
    # 76 x £4.20 = £779.87; edges £222 + 180 m at £4.725 = £1,072.50; running £600: £3,713.87.
    # They pay £4,843.37 - £1,434.61 = £3,408.76 now: £305.11 less. It would pay £1,606 alone.
    assert 3_713_87 - (4_843_37 - 1_434_61) == 305_11
    assert 1_606_00 - 1_434_61 == 171_39
    assert of(hayes, "great-haye").why[-1] == (
        "If it left, with the same leads, it would pay £171 more, and the other members between "
        "them £305 more."
    )


def test_a_council_without_which_the_others_would_not_touch_cannot_simply_leave() -> None:
    # On the road Little Haye lies between Coldbrook and Great Haye; Great Haye is at the end.
    leaving = "If it left, the rest of the cluster would no longer hang together"
    found = report([HAYES])

    assert any(leaving in said for said in of(found, "little-haye").why)
    assert not any(leaving in said for said in of(found, "great-haye").why)


def test_the_findings_say_what_it_costs_and_how_sure_that_is(hayes: Report) -> None:
    assert hayes.findings == (
        "This is an illustration: it takes every council that has not answered as willing.",
        "The plan costs £13,180 a year, £579 less (4%) than if each council went alone: £13,759.",
        "At low prices it costs £10,687 and at high prices £16,504.",
        "The same work at a firm’s prices, with no charge for clerks or clusters, would cost "
        "£11,616 a year: our estimate of what the county pays now.",
        "No plan of shared clusters under these prices and rules can be more than 10.1% cheaper.",
        "The rules: clusters of at most 14 councils whose parishes touch; each council within 15 "
        "km by road of its lead; no lead with more to do in its busiest month than its people "
        "have time for.",
        "The bound is made up.",
        "The one cluster costs no more than its members would pay alone, whether prices are low "
        "or high.",
        "Marl Green and Wychbourne go alone.",
        "One council is planned as a parish meeting, which can be served but cannot lead.",
    )


def test_the_gap_is_rounded_up_and_the_bound_down() -> None:
    # The bound is nine tenths of the cost, before rounding: the gap is just over a tenth.
    found = report([])

    assert found.bound <= found.planned.expected * 0.9
    assert found.gap_permille == 101


def test_a_plan_that_is_proven_best_says_so() -> None:
    facts = marlshire()
    plan = plan_of(problem_of(facts, CODES, everyone=True), [HAYES])
    found = report_of(facts, replace(plan, bound=plan.cost), effort="quick")

    assert found.gap_permille == 0
    assert (
        "No plan of shared clusters under these prices and rules can be cheaper." in found.findings
    )


def test_a_plan_service_by_service_claims_nothing_of_shared_clusters() -> None:
    # Such a plan asks of no cluster that its parishes touch.
    found = report([HAYES], shape="per_service", services=[["DPS01"]])

    [claim] = [said for said in found.findings if said.startswith("No plan")]
    assert claim.startswith("No plan service by service under these prices and rules can be more")
    assert rules(found) == (
        "The rules: clusters of at most 14 councils; each council within 15 km by road of its "
        "lead; no lead with more to do in its busiest month than its people have time for."
    )


def test_where_nobody_would_take_part_the_county_goes_on_paying() -> None:
    found = report([], everyone=False)

    assert found.clusters == ()
    assert found.planned == found.alone == found.now == found.kept
    assert found.saving == NOTHING
    assert found.gap_permille == 0
    assert all(one.together == one.alone == NOTHING for one in found.councils)
    assert found.findings[0] == (
        "No council has said that it would take part, so every service stays with the county and "
        "the plan costs what we estimate the county pays now. Plan as if every council took part "
        "to see an illustration."
    )
    assert of(found, "coldbrook").why == (
        "Coldbrook has not said that it would take part, so everything stays with the county.",
    )


def test_what_some_leave_with_the_county_is_neither_saved_nor_lost() -> None:
    found = report(
        [["coldbrook", "little-haye"]],
        everyone=False,
        willingness={
            "coldbrook": dict.fromkeys(CODES, "lead"),
            "little-haye": {"DPS01": "alone", "SGN": "join", "SID": "no"},
            "wychbourne": dict.fromkeys(CODES, "alone"),
        },
    )
    haye = of(found, "little-haye")

    assert haye.stays == ("SID",)
    assert haye.kept.expected == 360_00  # 80 m a year at £4.50
    assert of(found, "great-haye").stays == CODES
    assert found.alone == sum((one.alone for one in found.councils), found.kept)
    # What the county goes on paying hides no saving of those who take part.
    theirs = sum((one.alone for one in found.councils), NOTHING)
    [said] = [one for one in found.findings if one.startswith("Of that ")]
    assert whole_pounds(found.kept.expected) in said
    assert f"take part cost {whole_pounds((theirs - found.saving).expected)}, " in said
    assert said.endswith(f"if each went alone: {whole_pounds(theirs.expected)}.")
    assert "It takes on village grass by itself." in haye.why
    assert "Little Haye leaves path edges with the county." in haye.why
    assert of(found, "wychbourne").why[0] == "Wychbourne has said that it would go alone."
    assert "If it left, there would be no cluster, and each would pay as if alone." in haye.why


def test_a_cluster_dearer_than_its_members_alone_says_so_at_each_price() -> None:
    # For two, running a cluster costs £600: more than the one clerk it spares on signs.
    willingness = {key: {"SGN": "lead"} for key in ("coldbrook", "little-haye")}
    found = report([["coldbrook", "little-haye"]], everyone=False, willingness=willingness)
    [cluster] = found.clusters

    assert cluster.planned.expected > cluster.alone.expected
    assert cluster.holds_at == ()
    assert (
        "At every price its share would be more than it would pay by itself."
        in of(found, "coldbrook").why
    )
    assert (
        "Of one cluster, 1 holds together at no price; one holds together where it costs no more "
        "than its members would pay alone." in found.findings
    )


def test_service_by_service_each_cluster_carries_one_service() -> None:
    found = report(
        [["coldbrook", "little-haye"], HAYES, ["wychbourne", "coldbrook"]],
        shape="per_service",
        services=[["DPS01"], ["SGN"], ["SID"]],
    )

    assert [(one.number, one.key, one.name) for one in found.clusters] == [
        (1, "coldbrook-village-grass", "Coldbrook, village grass"),
        (2, "coldbrook-sign-cleaning", "Coldbrook, sign cleaning"),
        (3, "wychbourne-path-edges", "Wychbourne, path edges"),
    ]
    assert of(found, "coldbrook").clusters == (1, 2, 3)
    assert of(found, "coldbrook").cluster is None
    assert of(found, "great-haye").cluster == 2
    assert of(found, "coldbrook").why[0] == (
        "Coldbrook would be served by Wychbourne for path edges and lead village grass and sign "
        "cleaning for others."
    )
    assert of(found, "great-haye").why[0] == (
        "Great Haye would be served by Coldbrook for sign cleaning and see to village grass and "
        "path edges by itself."
    )


def test_a_full_cluster_a_busy_team_and_a_long_way_bind() -> None:
    facts = marlshire()
    many = Amount(300_000, 370_000, 400_000, is_estimate=True)
    councils = tuple(
        replace(one, amounts={"SGN": many}) if one.key == "coldbrook" else one
        for one in facts.councils
        if one.key in HAYES
    )
    far = replace(councils[1], easting_m=councils[0].easting_m + 11_000)
    facts = replace(facts, councils=(councils[0], far, councils[2]), neighbours=())
    problem = replace(problem_of(facts, ["SGN"], everyone=True), most_members=2)
    plan = plan_of(problem, [["coldbrook", "great-haye"]])

    [cluster] = report_of(facts, plan, effort="quick").clusters

    # A quarter of 400 signs in the busiest month, of the 96 volunteers can clean: a firm does.
    assert cluster.services[0].model == "contractor"
    assert cluster.binds == (
        "It has two councils, the most a cluster may have.",
        "Great Haye is 14.3 km by road from Coldbrook; the most allowed is 15 km.",
    )


def test_volunteers_near_the_end_of_their_time_bind() -> None:
    facts = marlshire()
    many = Amount(300_000, 330_000, 400_000, is_estimate=True)
    councils = tuple(
        replace(one, amounts={"SGN": many}) if one.key == "coldbrook" else one
        for one in facts.councils
    )
    facts = replace(facts, councils=councils)
    plan = plan_of(problem_of(facts, ["SGN"], everyone=True), [["coldbrook", "little-haye"]])

    [cluster] = report_of(facts, plan, effort="quick").clusters

    # A quarter of 366 signs is 91.5, of 96.
    assert cluster.services[0].peak_percent == 96
    assert cluster.binds == (
        "Coldbrook’s volunteers would have 96% of their time taken up by sign cleaning in the "
        "busiest month.",
    )


def test_two_clusters_of_one_short_name_have_their_district_added() -> None:
    facts = marlshire()
    called = {"coldbrook": "Stoke-on-Marl", "great-haye": "Stoke on the Hill"}
    councils = tuple(
        replace(one, name=called.get(one.key, one.name), district=one.key.title())
        for one in facts.councils
    )
    facts = replace(facts, councils=councils)
    groups = [["coldbrook", "wychbourne"], ["great-haye", "marl-green"]]
    plan = plan_of(problem_of(facts, ["DPS01"], everyone=True), groups)
    plan = replace(plan, clusters=tuple(replace(one, lead=one.members[0]) for one in plan.clusters))

    names = {one.name for one in report_of(facts, plan, effort="quick").clusters}

    assert "Stoke (Great-Haye)" in names or "Stoke" in names
    assert len(names) == 2


def test_a_report_is_of_councils_and_not_of_a_bare_problem() -> None:
    plan = plan_of(problem_of(marlshire(), everyone=True), [])
    bare = replace(plan, problem=Location.__new__(Location))

    with pytest.raises(TypeError, match="a plan of councils"):
        report_of(marlshire(), bare, effort="quick")


def test_a_plan_of_other_facts_is_refused() -> None:
    facts = marlshire()
    problem = problem_of(facts, ["DPS01"], everyone=True)
    plan = plan_of(problem, [["coldbrook", "little-haye"]])
    [cluster] = plan.clusters
    led = {"DPS01": replace(cluster.service_leads["DPS01"], model="own_staff")}
    plan = replace(plan, clusters=(replace(cluster, service_leads=led),))

    with pytest.raises(CannotPlan, match="cannot lead DPS01 as the plan has it"):
        report_of(facts, plan, effort="quick")


# The real county.


def test_another_assumption_has_another_hash_and_the_report_carries_it(hayes: Report) -> None:
    asked = {"shape": "shared", "effort": "quick", "seed": 1, "everyone": True}
    costing = costing_for("Marlshire")
    dearer = replace(costing.figures["pay_pence"], value=19_00)
    other = replace(costing, figures={**costing.figures, "pay_pence": dearer})

    assert hayes.input_hash == input_hash(marlshire(), CODES, **asked)  # type: ignore[arg-type]
    assert hayes.input_hash != input_hash(marlshire(), CODES, **asked, costing=other)  # type: ignore[arg-type]
