"""Which groups of a cluster's members might go by themselves depends on how the plan was made."""

import pytest

from tests.planner.marlshire import marlshire
from waywarden.planner import Infeasible
from waywarden.planning.facts import CannotPlan
from waywarden.planning.splits import splitting
from waywarden.planning.splits.bills import Bill, ClusterBill
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
