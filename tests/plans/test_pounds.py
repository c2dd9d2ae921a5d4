"""Whole pounds add up wherever they stand together."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.planning import examples
from waywarden.planning.reports import Range, Report
from waywarden.planning.words.pounds import COORDINATION, KEPT, OUTSIDE, Pounds, handed_down

SUMS = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 10**9), min_size=1)


@given(SUMS)
def test_parts_are_within_a_pound_of_their_pence_and_add_up(parts: dict[str, int]) -> None:
    whole = (sum(parts.values()) + 50) // 100

    pounds = handed_down(whole, parts)

    assert sum(pounds.values()) == whole
    assert all(abs(100 * pounds[key] - pence) <= 150 for key, pence in parts.items())


@pytest.mark.parametrize("parts", [{"a": 0, "b": 0}, {"a": -150, "b": 400}])
def test_nothing_and_less_than_nothing_are_rounded_each_by_itself(parts: dict[str, int]) -> None:
    assert handed_down(3, parts) == {key: (pence + 50) // 100 for key, pence in parts.items()}


@pytest.fixture(scope="module")
def report() -> Report:
    """Give a report of two clusters whose sums end in odd pence."""
    groups = (examples.WALLINGFORD[:3], examples.WALLINGFORD[3:])
    made = examples.report(groups)
    odd = Range(0, 49, 0)
    clusters = [
        replace(
            one,
            services=tuple(replace(led, cost=led.cost + odd) for led in one.services),
            planned=one.planned + odd + odd,
        )
        for one in made.clusters
    ]
    planned = made.planned + odd + odd + odd + odd
    return replace(made, clusters=tuple(clusters), planned=planned)


def test_a_plan_is_the_sum_of_its_clusters_and_of_what_is_outside_them(report: Report) -> None:
    pounds = Pounds(report)

    assert sum(pounds.clusters_planned.values()) == pounds.planned
    assert sum(pounds.clusters_alone.values()) == pounds.alone
    assert pounds.clusters_planned.keys() == {
        *(cluster.key for cluster in report.clusters),
        OUTSIDE,
        KEPT,
    }


def test_a_cluster_is_the_sum_of_its_services_and_its_running(report: Report) -> None:
    pounds, cluster = Pounds(report), report.clusters[0]

    parts = pounds.services(cluster)

    assert COORDINATION in parts
    assert sum(parts.values()) == pounds.clusters_planned[cluster.key]


def test_the_members_of_a_cluster_pay_what_it_costs() -> None:
    report = examples.report()
    pounds, cluster = Pounds(report), report.clusters[0]

    together, alone = pounds.members_together(cluster), pounds.members_alone(cluster)

    assert sum(together.values()) == pounds.clusters_planned[cluster.key] == 15_000
    assert sum(alone.values()) == pounds.clusters_alone[cluster.key] == 20_000


def test_what_the_county_keeps_stands_apart() -> None:
    made = examples.report()
    kept = Range(100_00, 200_00, 300_00)

    pounds = Pounds(replace(made, kept=kept, planned=made.planned + kept))

    assert pounds.clusters_planned[KEPT] == 200
    assert pounds.clusters_planned[OUTSIDE] == Pounds(made).clusters_planned[OUTSIDE]
