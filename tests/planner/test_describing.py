"""Who leads what in a plan, a provider too, and who holds the agreement."""

from dataclasses import replace

import numpy as np
import pytest

from tests.planner.test_contracting import COLDBROOK, LITTLE_HAYE, WYCHBOURNE, three_villages
from tests.planner.test_planning import BRIEF
from waywarden.planner import DeliveryModel, Provider, plan
from waywarden.planner.answers.describing import of_grouping
from waywarden.planner.sharing import sharing_of

CREW = DeliveryModel("crew", 1.0, 0.5)
W, C, H = "wychbourne", "coldbrook", "little-haye"


def company(*services):
    return Provider("company", "Company", 3.0, 0.0, dict.fromkeys(services, (CREW,)))


def in_one_cluster(**rules):
    problem = three_villages(**rules)
    bound = 0.0
    labels = np.zeros(3, dtype=np.int64)
    return of_grouping(problem, sharing_of(problem), labels, bound, "nothing", seed=1)


def test_a_provider_may_lead_though_it_is_no_member():
    found = in_one_cluster(providers=[company("grass")])

    (cluster,) = found.clusters
    # 1 and 0.5 x 36, and 2 trips there and back to each: 2 x 2 x (3 + 0 + 4) kilometres.
    assert cluster.service_leads["grass"].lead == "company"
    assert cluster.service_leads["grass"].model == "crew"
    assert cluster.service_leads["grass"].cost == pytest.approx(1 + 18 + 28)
    assert cluster.members == (W, C, H)
    assert found.lead_of(H, "grass") == "company"
    assert found.lead_of(H, "paths") == ""


def test_the_member_that_leads_most_holds_the_agreement_beside_a_provider():
    # A firm of Coldbrook's does the paths; the company does more, and is no member.
    paths = replace(COLDBROOK.work["paths"], models=(CREW,))
    coldbrook = replace(COLDBROOK, work=COLDBROOK.work | {"paths": paths})
    problem = three_villages(providers=[company("grass")])
    problem = replace(problem, councils=(WYCHBOURNE, coldbrook, LITTLE_HAYE))
    labels, bound = np.zeros(3, dtype=np.int64), 0.0
    (cluster,) = of_grouping(
        problem, sharing_of(problem), labels, bound, "nothing", seed=1
    ).clusters
    assert cluster.service_leads["grass"].cost > cluster.service_leads["paths"].cost
    assert cluster.service_leads["paths"].lead == cluster.lead == C


def test_where_a_provider_leads_everything_the_member_with_the_most_work_holds_it():
    # Wychbourne has 20 of 36 of the grass, and 8 of 12 of the paths.
    cluster = in_one_cluster(providers=[company("grass", "paths")]).clusters[0]
    assert {led.lead for led in cluster.service_leads.values()} == {"company"}
    assert cluster.lead == W


def test_a_provider_may_have_a_contract_with_each_cluster_of_a_service():
    # Four at most in one of its contracts, of 10 and 5 and 3 in the peak month: two contracts.
    crew = DeliveryModel("crew", 1.0, 0.5, capacity=10.0)
    firm = Provider("company", "Company", 3.0, 0.0, {"grass": (crew,)})
    found = plan(three_villages(providers=[firm]), shape="per_service", effort=BRIEF)
    grass = [cluster for cluster in found.clusters if "grass" in cluster.service_leads]
    assert [cluster.service_leads["grass"].lead for cluster in grass] == ["company"] * 2
    assert sorted(cluster.members for cluster in grass) == [(C, H), (W,)]
    assert found.gap < 0.5


def test_councils_that_are_together_are_members_one_by_one():
    found = plan(three_villages(together=[(W, H)]), shape="per_service", effort=BRIEF)
    (grass,) = [cluster for cluster in found.clusters if "grass" in cluster.service_leads]
    assert {W, H} <= set(grass.members)
    assert grass.coordination == 9 + 2 * len(grass.members)
    assert found.cluster_of(H, "grass") is grass


def test_where_there_is_no_work_the_first_by_key_holds_it():
    problem = three_villages(providers=[company("grass", "paths")])
    idle = tuple(
        type(one)(one.key, one.name, one.east_km, one.north_km, no_work(one))
        for one in problem.councils
    )
    bound = 0.0
    problem = type(problem)(idle, problem.services, providers=problem.providers)
    labels = np.zeros(3, dtype=np.int64)
    found = of_grouping(problem, sharing_of(problem), labels, bound, "nothing", seed=1)
    assert found.clusters[0].lead == C


def no_work(council):
    return {
        key: type(one)(0.0, 0.0, willingness="join", outside=one.outside)
        for key, one in council.work.items()
    }
