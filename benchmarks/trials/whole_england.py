"""One service of all England's parishes together."""

from __future__ import annotations

from benchmarks.answers import Answer, Figures, timed
from benchmarks.efforts import effort_of
from waywarden.planner import plan


def england_trial(*, effort: str = "standard", seed: int = 1) -> Figures:
    """Plan one service of every parish of England as one problem."""
    from benchmarks import england

    problem = england.whole()
    with timed() as spent:
        made = plan(problem, shape="per_service", effort=effort_of(effort), seed=seed)
    clusters = {"leads": len(made.clusters)}
    return Answer(made.cost, made.bound, spent, more=clusters).figures()
