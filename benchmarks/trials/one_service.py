"""One service of a county: planned by us, or by somebody else's solver given the same model."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks import published, writing
from benchmarks.answers import Answer, Figures, timed
from benchmarks.efforts import effort_of
from benchmarks.instances import location
from waywarden.planner import Location, plan, read

WAYWARDEN, HIGHS, CP_SAT, SPOPT = "waywarden", "HiGHS", "CP-SAT", "spopt"


def county_trial(
    *,
    councils: int,
    seed: int,
    reach: int,
    tightness: str = "middling",
    solver: str = WAYWARDEN,
    seconds: float = 60.0,
    effort: str = "standard",
) -> Figures:
    """Plan one service of a county that does not exist."""
    problem = location(councils, seed, reach=reach, tightness=tightness)
    return answered(problem, solver, seconds=seconds, effort=effort, seed=seed)


def published_trial(
    *,
    form: str,
    seed: int,
    name: str = "",
    size: int = 0,
    councils: int = 0,
    ratio: float = 0.0,
    opened: int = 0,
    solver: str = WAYWARDEN,
    seconds: float = 60.0,
    effort: str = "standard",
) -> Figures:
    """Plan a problem in the manner of a published one, read from text in that one's form."""
    if form == "median":
        text = writing.as_median(published.median(size, opened, seed))
    else:
        made = {
            "holmberg": lambda: published.holmberg(name, seed),
            "cap": lambda: published.cap(size, councils, seed),
            "tbed": lambda: published.tbed(size, ratio, seed),
        }[form]()
        text = writing.FORMS[form](made)
    with tempfile.TemporaryDirectory() as folder, timed() as reading:
        problem = read(writing.kept(text, Path(folder), form))
    figures = answered(problem, solver, seconds=seconds, effort=effort, seed=seed)
    return {**figures, "reading_seconds": reading.cpu_seconds}


def answered(problem: Location, solver: str, *, seconds: float, effort: str, seed: int) -> Figures:
    """Let one solver plan a service, and return what is written down of it."""
    if solver == HIGHS:
        from benchmarks.peers.highs import ask_highs

        answer = ask_highs(problem, seconds)
    elif solver == CP_SAT:
        from benchmarks.peers.cp_sat import ask_cp_sat

        answer = ask_cp_sat(problem, seconds)
    elif solver == SPOPT:
        from benchmarks.peers.medians import ask_spopt

        answer = ask_spopt(problem, _leads(problem, seed), seconds)
    else:
        answer = ours(problem, effort=effort, seed=seed)
    size, places, arcs = len(problem.demands), len(problem.setups), len(problem.sites)
    return {**answer.figures(), "councils": size, "sites": places, "arcs": arcs}


def ours(problem: Location, *, effort: str, seed: int) -> Answer:
    """Plan a service through the front door."""
    with timed() as spent:
        found = plan(problem, effort=effort_of(effort), seed=seed)
    return Answer(found.cost, found.bound, spent, more={"leads": len(found.clusters)})


def compiling_trial() -> Figures:
    """Compile every loop into an empty folder, as on the day of installation."""
    from waywarden.planner.warming import warm

    with timed() as spent:
        warm()
    return Answer(0.0, 0.0, spent).figures()


def _leads(problem: Location, seed: int) -> int:
    """Return how many leads a quick plan of ours opens; the time it takes is nobody's."""
    return len(plan(problem, effort="quick", seed=seed).clusters)
