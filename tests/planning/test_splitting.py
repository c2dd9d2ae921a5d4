"""Which groups of a cluster's members might go by themselves depends on how the plan was made."""

from types import SimpleNamespace

import pytest

from tests.planner.marlshire import marlshire
from waywarden.planner import Infeasible
from waywarden.planning.facts import CannotPlan
from waywarden.planning.splits import splitting


@pytest.mark.parametrize(("shape", "touching"), [("shared", True), ("per_service", False)])
def test_groups_hang_together_only_where_the_clusters_of_the_plan_must(
    monkeypatch, shape, touching
):
    asked = {}

    def stand_in(problem, members, **wishes):
        asked.update(wishes)
        raise Infeasible("Asked.")

    monkeypatch.setattr(splitting, "cluster_game", stand_in)
    cluster = SimpleNamespace(
        number=1, members=("coldbrook",), services=(), planned=SimpleNamespace(expected=1)
    )
    with pytest.raises(CannotPlan, match="Asked"):
        splitting.splits_of(marlshire(), SimpleNamespace(shape=shape), cluster, ["equal"])
    assert asked["touching"] is touching
