"""What would come of a council leaving, worked out by hand."""

from dataclasses import replace

import pytest

from tests.planner.marlshire import COUNCILS, FIRM, ROAD, marlshire, work
from tests.planner.test_questions import TRIO, by_service
from waywarden.planner import hand_made, what_if_leaves


def test_the_rest_of_the_cluster_and_the_council_alone_are_priced():
    found = what_if_leaves(hand_made(marlshire(), [TRIO]), "little-haye")

    # 1,712 + 30 for three; without it 1,606 + 20; alone it pays 1,100.
    [rest] = found.clusters
    assert (rest.cost_now, rest.cost_without, found.alone) == (1_742, 1_626, 1_100)
    assert found.more == 1_626 + 1_100 - 1_742
    assert (
        found.sentence
        == "If Little Haye left and did it alone, all together would pay 984 a year more, in the "
        "unit of the costs."
    )


def test_whoever_is_left_by_itself_goes_alone():
    found = what_if_leaves(hand_made(marlshire(), [TRIO[:2]]), "coldbrook")
    assert (found.clusters[0].cost_without, found.alone) == (1_700, 1_300)


def test_a_cluster_that_would_fall_apart_is_named():
    found = what_if_leaves(hand_made(marlshire(neighbours=ROAD), [TRIO]), "coldbrook")
    assert found.more is None
    assert found.sentence == (
        "Coldbrook could not just leave. Without it: Little Haye cannot be reached from the others "
        "through neighbours."
    )


def test_one_left_without_a_way_alone_is_named():
    needy = replace(COUNCILS[1], work={"grass": work(200, outside=())})
    found = hand_made(marlshire(COUNCILS[0], needy), [TRIO[:2]])
    assert (
        what_if_leaves(found, "wychbourne")
        .clusters[0]
        .why_not.startswith("Coldbrook: It has no way alone")
    )
    leaving = what_if_leaves(found, "coldbrook")
    assert (leaving.alone, leaving.more) == (None, None)
    assert "It has no way alone" in leaving.sentence


def test_a_council_outside_all_clusters_has_nothing_to_leave():
    found = what_if_leaves(hand_made(marlshire(), [TRIO]), "marl-green")
    assert (found.clusters, found.sentence) == ((), "Marl Green is in no cluster.")


def test_a_cluster_of_one_service_is_led_anew_or_ends():
    problem = marlshire(travel_limit_km=7.0)
    three = by_service(problem, ["coldbrook", *TRIO[::2]])
    # Wychbourne and Little Haye: 1,000 + 500 + 2 x 6 km, and 20 to run it.
    assert what_if_leaves(three, "coldbrook").clusters[0].cost_without == 1_532
    two, one = by_service(problem, TRIO[:2]), by_service(problem, TRIO[:1])
    assert what_if_leaves(two, "coldbrook").clusters[0].cost_without == 1_700
    assert what_if_leaves(one, "wychbourne").clusters[0].cost_without == 0
    far = by_service(replace(problem, travel_limit_km=4.0), ["coldbrook", *TRIO[::2]])
    said = what_if_leaves(far, "coldbrook")
    assert "Nobody can lead Village grass for all of them" in said.clusters[0].why_not


def test_leaving_may_even_save():
    dear = marlshire(per_member=1_100.0)
    found = what_if_leaves(hand_made(dear, [TRIO]), "little-haye")
    assert found.more is not None
    assert found.more < 0
    assert found.sentence.endswith("a year less, in the unit of the costs.")
    with pytest.raises(KeyError):
        what_if_leaves(hand_made(dear, []), "nowhere")


def test_a_council_that_is_locked_to_a_lead_cannot_just_leave():
    # The firm is 3.606 km from Wychbourne and 2 from Coldbrook: 1,600 and twice that.
    problem = marlshire(providers=(FIRM,), locks={("coldbrook", "grass"): "firm"})
    found = hand_made(problem, [TRIO[:2]])
    assert found.clusters[0].service_leads["grass"].lead == "firm"
    assert "A rule ties it to" in what_if_leaves(found, "coldbrook").sentence
    [rest] = what_if_leaves(found, "wychbourne").clusters
    assert rest.why_not.startswith("Coldbrook: A rule ties it to another council or a lead.")
