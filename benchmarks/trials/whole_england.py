"""One service of all England's parishes together, and of every district by itself."""

from __future__ import annotations

from benchmarks.answers import Answer, Figures, timed
from benchmarks.efforts import effort_of
from waywarden.planner import Plan, plan, sweep

JOBS = 2
#: A gap of less, in per cent, is a plan proved to be the cheapest.
PROVED = 1e-6


def england_trial(*, effort: str = "standard", seed: int = 1) -> Figures:
    """Plan one service of every parish of England as one problem."""
    from benchmarks import england

    problem = england.whole()
    with timed() as spent:
        made = plan(problem, shape="per_service", effort=effort_of(effort), seed=seed)
    clusters = {"leads": len(made.clusters)}
    return Answer(made.cost, made.bound, spent, more=clusters).figures()


def districts_trial(*, part: int, parts: int, effort: str = "quick", seed: int = 1) -> Figures:
    """Plan one service of districts of England, each by itself: every so many-th of them."""
    from benchmarks import england

    problems = list(england.by_district().values())[part - 1 :: parts]
    with timed() as spent:
        found = sweep(
            problems,
            shape="per_service",
            effort=effort_of(effort),
            seed=seed,
            jobs=JOBS,
        )
    made = [each for each in found if isinstance(each, Plan)]
    gaps = [100 * each.gap for each in made]
    more = {
        "districts": len(found),
        "planned": len(made),
        "proved": sum(gap < PROVED for gap in gaps),
        "gaps_percent": gaps,
    }
    cost, bound = sum(each.cost for each in made), sum(each.bound for each in made)
    return Answer(cost, bound, spent, more=more).figures()
