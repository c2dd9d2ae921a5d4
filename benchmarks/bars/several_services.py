"""B2 and B3: eight services, each with clusters of its own, and in shared ones."""

from __future__ import annotations

from statistics import median

from benchmarks.bars.gathering import ANY, Ask, Found, Rows, Section, number, verdict
from benchmarks.results import Result

PLACE = "Oxfordshire"
EFFORTS = ("quick", "standard", "careful")


def apart(found: Found) -> Section:
    """B2: eight services planned by themselves."""
    rows = Rows(("Effort", "Seed", "On the clock, s", "CPU s", "Proven gaps", "MB"))
    for one in found.of("B2", effort=ANY).finished():
        gaps = one.figures["gaps_percent"]
        rows.add(
            one.options.get("effort", "standard"),
            str(one.options["seed"]),
            number(one.figures["wall_seconds"]),
            number(one.figures["cpu_seconds"]),
            f"{min(gaps):.2f} to {max(gaps):.2f} %",
            number(one.megabytes, 0),
        )
    ours = _fastest_within(found, 2.0)
    return Section(
        "b2",
        "B2: eight services of 320 councils, each by itself",
        "At most 2 seconds on the clock, and each service proven to at most 2 %.",
        verdict(
            Ask("seconds on the clock", ours.median("wall_seconds"), 2, " s"),
            Ask("widest gap of a service", _widest(ours), 2, " %"),
        ),
        rows.table,
        ("The clock counts here: on a machine with other things to do it runs on meanwhile.",),
    )


def _fastest_within(found: Found, percent: float) -> Found:
    """Return the runs of the fastest effort that proves so much of each; else of the usual one."""
    runs = [found.of("B2", effort=effort).finished() for effort in EFFORTS]
    enough = [one for one in runs if len(one) and (_widest(one) or 0.0) <= percent]
    fastest = min(enough, key=lambda one: one.median("wall_seconds") or 0.0, default=None)
    return fastest or found.of("B2").finished()


def _widest(found: Found) -> float | None:
    return max((max(one.figures["gaps_percent"]) for one in found), default=None)


def shared(found: Found) -> Section:
    """B3: eight services in shared clusters that hang together."""
    headings = ("Costs", "Effort", "CPU s", "On the clock, s", "Proven gap", "Dearer than best")
    rows = Rows((*headings, "MB"))
    for place, words in ((PLACE, "drawn"), (f"{PLACE}, shipped prices", "shipped")):
        best = _best(found.of("B3", place=place, effort=ANY))
        for effort in EFFORTS:
            _add_effort(rows, words, effort, found.of("B3", place=place, effort=effort), best)
    return Section(
        "b3",
        "B3: eight services of Oxfordshire's 321 councils, shared and contiguous",
        "A plan in at most 5 CPU seconds; proven to at most 3 % within 20 and to at most 1.5 % "
        "within 60.",
        verdict(
            Ask("CPU seconds of the quickest plan", _quickest(found), 5, " s", digits=1),
            Ask("proven within 20 s", _proven_within(found, 20), 3, " %"),
            Ask("proven within 60 s", _proven_within(found, 60), 1.5, " %"),
        ),
        rows.table,
        (SHARED_WORDS,),
        ("shared-clusters",),
    )


SHARED_WORDS = (
    "Councils are where Oxfordshire's are, with its modelled neighbours; costs are drawn, at most "
    "12 councils are in a cluster and none further than 15 km from a lead. The plan is searched "
    "for on one thread while the other proves the bound, so that CPU seconds are of both."
)


def proven_after(one: Result, seconds: float) -> float | None:
    """Return the gap in per cent that stood proven after so many CPU seconds of a run."""
    cost = bound = None
    for at, cost_then, bound_then in one.figures["curve"]:
        if at <= seconds:
            cost, bound = cost_then or cost, bound_then or bound
    if one.figures["cpu_seconds"] <= seconds:
        cost, bound = one.figures["cost"], one.figures["bound"]
    return 100 * (cost - bound) / cost if cost and bound else None


def _proven_within(found: Found, seconds: float) -> float | None:
    """Return the least median gap any effort had proven by then."""
    medians = []
    for effort in EFFORTS:
        runs = found.of("B3", place=PLACE, effort=effort).finished()
        gaps = [proven_after(one, seconds) for one in runs]
        known = [gap for gap in gaps if gap is not None]
        if known and len(known) == len(gaps):
            medians.append(median(known))
    return min(medians, default=None)


def _quickest(found: Found) -> float | None:
    taken = (found.of("B3", place=PLACE, effort=effort).median("cpu_seconds") for effort in EFFORTS)
    return min((seconds for seconds in taken if seconds is not None), default=None)


def _best(found: Found) -> dict[int, float]:
    """Return the cheapest plan of any effort, by the seed of its costs."""
    best: dict[int, float] = {}
    for one in found.finished():
        seed = one.options["seed"]
        best[seed] = min(one.figures["cost"], best.get(seed, float("inf")))
    return best


def _add_effort(rows: Rows, words: str, effort: str, ours: Found, best: dict[int, float]) -> None:
    ratios = [one.figures["cost"] / best[one.options["seed"]] for one in ours.finished()]
    dearer = [100 * (ratio - 1) for ratio in ratios]
    if len(ours):
        rows.add(
            words,
            effort,
            number(ours.median("cpu_seconds"), 1),
            number(ours.median("wall_seconds"), 1),
            number(ours.median("gap_percent"), 2, " %"),
            number(median(dearer) if dearer else None, 2, " %"),
            number(ours.megabytes, 0),
        )
