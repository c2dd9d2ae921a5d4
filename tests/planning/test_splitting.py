"""Which groups of a cluster's members might go by themselves depends on how the plan was made."""

from dataclasses import replace

import pytest

from tests.planner.marlshire import COUNCILS, FIRM, OWN, marlshire, work
from waywarden.planner import Infeasible, hand_made
from waywarden.planning.facts import CannotPlan
from waywarden.planning.splits import splitting
from waywarden.planning.splits.bills import Bill, ClusterBill
from waywarden.planning.splits.own_bills import in_pence
from waywarden.planning.splits.refusals import plainly


@pytest.mark.parametrize(("shape", "touching"), [("shared", True), ("per_service", False)])
def test_groups_hang_together_only_where_the_clusters_of_the_plan_must(
    monkeypatch, shape, touching
):
    asked = {}

    def stand_in(problem, members, **wishes):
        asked.update(wishes)
        raise Infeasible("Asked.")

    monkeypatch.setattr(splitting, "cluster_game", stand_in)
    cluster = ClusterBill(1, "Coldbrook", ("coldbrook",), (), 1)
    bill = Bill("Marlshire", shape, 1, (cluster,), {}, marlshire())
    with pytest.raises(CannotPlan, match="Asked"):
        splitting.splits_of(bill, cluster, ["equal"])
    assert asked["touching"] is touching


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        (
            "whatever the split, some group pays at least 237199 more than it would by itself.",
            "whatever the split, some group pays at least £2,371 a year more than it would by "
            "itself.",
        ),
        (
            "The rule scrb has 1.2e+06 left to share by remaining benefits",
            "The rule scrb has £12,000 a year left to share by remaining benefits",
        ),
        (
            "The share of thame is -500 of a total of 100000: it would be paid by the others.",
            "The share of Thame is −£5 a year of a total of £1,000 a year: it would be paid by the "
            "others.",
        ),
        ("15 members have been given.", "15 members have been given."),
    ],
)
def test_what_the_planner_refuses_is_told_in_names_and_pounds(refused, said):
    assert plainly(Infeasible(refused), {"thame": "Thame"}) == said


@pytest.mark.parametrize("groups", [[], [["wychbourne", "coldbrook"]]])
@pytest.mark.parametrize("setup", [1, 5_000])
def test_in_pence_every_plan_costs_a_hundred_times_as_much(groups, setup):
    called_out = replace(OWN, call_out=7)
    firm = replace(FIRM, models={"grass": (replace(called_out, setup=setup),)})
    paid = work(200, visits=2, payment=70, models=(called_out,))
    councils = [replace(one, work={"grass": paid}) for one in COUNCILS]
    pounds = marlshire(*councils, providers=(firm,), per_cluster=25)

    # Led by the firm where it needs little to begin, and by a member where it needs much.
    one, other = hand_made(pounds, groups), hand_made(in_pence(pounds), groups)
    assert other.cost == pytest.approx(100 * one.cost)
    assert other.cost_to("councils") == pytest.approx(100 * one.cost_to("councils"))
