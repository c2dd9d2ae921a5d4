"""B5 to B7: problems in the manner of published ones. Nothing is claimed of the published sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from statistics import mean, median

from benchmarks.bars.gathering import (
    SAME,
    Ask,
    Found,
    Rows,
    Section,
    best_costs,
    instance,
    number,
    verdict,
)
from benchmarks.results import Result

SMALL = {
    "first": "first set, 10 x 50",
    "second": "second set, 20 x 50",
    "third": "third set, 30 x 150",
    "fourth": "fourth set, 30 x 200",
}
NOT_THEIRS = (
    "These are **in the manner of** the published problems, which are not to hand: drawn by the "
    "recipe as far as it is published. `benchmarks/published.py` says what is from the paper and "
    "what is ours. Nothing is claimed of the published sets."
)


def small(found: Found) -> Section:
    """B5: 10 to 30 sites and 50 to 200 councils."""
    ours, peers = found.of("B5"), found.of("B5", solver="HiGHS")
    rows = Rows(("Problems", "How many", "Optimal", "CPU s, mean", "HiGHS: CPU s", "Optimal"))
    for name, words in SMALL.items():
        _add_small(rows, words, ours.of("B5", name=name), peers.of("B5", solver="HiGHS", name=name))
    _add_small(
        rows,
        "as `cap`, 16 x 50",
        ours.of("B5", form="cap"),
        peers.of("B5", solver="HiGHS", form="cap"),
    )
    known = [one for one in ours.finished() if is_optimal(one, peers) is not None]
    missed = sum(not is_optimal(one, peers) for one in known)
    unknown = float(len(ours.finished()) - len(known)) if len(ours) else None
    return Section(
        "b5",
        "B5: in the manner of Holmberg, Ronnqvist and Yuan, and of the OR-Library",
        "All solved to optimality, in at most 1 CPU second on average.",
        verdict(
            Ask("not optimal", float(missed) if known else None, 0, digits=0),
            Ask("neither proved nor refuted", unknown, 0, digits=0),
            Ask("CPU seconds on average", _mean(ours), 1, " s"),
        ),
        rows.table,
        (NOT_THEIRS, OPTIMAL_WORDS),
    )


OPTIMAL_WORDS = (
    "A plan counts as optimal if our own bound proves it, or if it costs what HiGHS proved to be "
    "optimal within 60 seconds."
)


def is_optimal(one: Result, peers: Found) -> bool | None:
    """Tell whether a plan is optimal; None where nobody knows."""
    if one.figures["gap_percent"] <= 100 * SAME:
        return True
    for peer in peers:
        if instance(peer) == instance(one) and peer.figures["status"] == "optimal":
            return bool(one.figures["cost"] <= peer.figures["cost"] * (1 + SAME))
    return None


def large(found: Found) -> Section:
    """B6: 300 sites and 300 councils."""
    every = [one for one in found if one.bar == "B6"]
    ours = found.of("B6")
    rows = Rows(("Capacity to demand", *BEST_HEADINGS, "HiGHS: dearer", "HiGHS: CPU s"))
    for ratio in sorted({one.options["ratio"] for one in every}):
        of_ratio = ours.of("B6", ratio=ratio)
        peers = found.of("B6", solver="HiGHS", ratio=ratio)
        theirs = (_dearer(peers, every), peers.median("cpu_seconds"))
        cells = number(theirs[0], 2, " %"), number(theirs[1], 1)
        rows.add(f"{ratio} times", *_beside_best(of_ratio, every), *cells)
    return Section(
        "b6",
        "B6: 300 x 300, in the manner of Test Bed 1 of Avella and Boccia",
        "Within 0.3 % of the best known in at most 20 CPU seconds.",
        verdict(
            Ask("dearer than the best", _worst(ours, every), 0.3, " %"),
            Ask("CPU seconds", ours.most("cpu_seconds"), 20, " s", digits=1),
        ),
        rows.table,
        (NOT_THEIRS, BEST_WORDS),
    )


BEST_HEADINGS = ("CPU s", "Dearer than best", "Proven gap", "MB")
BEST_WORDS = (
    "The best known is the best anybody found here: ours at its usual and its careful effort, and "
    "HiGHS in the time it was given, where it was asked. A proven gap needs no such comparison."
)


def medians(found: Found) -> Section:
    """B7: a p-median of 3,038 places."""
    every, rows = [one for one in found if one.bar == "B7"], Rows(("Opened", *BEST_HEADINGS))
    asks = []
    for opened, within in ((600, 0.5), (1_000, 1.0)):
        ours = found.of("B7", opened=opened)
        if len(ours):
            rows.add(f"{opened:,}", *_beside_best(ours, every))
        words = f"dearer than the best, {opened:,} opened"
        asks.append(Ask(words, _worst(ours, every), within, " %"))
    seconds = found.of("B7").most("cpu_seconds")
    return Section(
        "b7",
        "B7: 3,038 places, in the manner of Lorena and Senne",
        "Within 0.5 % of the best known with 600 opened and within 1 % with 1,000, in at most 60 "
        "CPU seconds.",
        verdict(*asks, Ask("CPU seconds", seconds, 60, " s", digits=1)),
        rows.table,
        (NOT_THEIRS, f"{BEST_WORDS} HiGHS was not asked: the model has nine million unknowns."),
    )


def _add_small(rows: Rows, words: str, ours: Found, peers: Found) -> None:
    if not len(ours):
        return
    told = [is_optimal(one, peers) for one in ours.finished()]
    theirs = sum(one.figures["status"] == "optimal" for one in peers)
    rows.add(
        words,
        str(len(ours)),
        f"{told.count(True)} of {len(told)}",
        number(_mean(ours)),
        number(_mean(peers), 1),
        f"{theirs} of {len(peers)}",
    )


def _mean(found: Found) -> float | None:
    seconds = found.values("cpu_seconds")
    return mean(seconds) if seconds else None


def _beside_best(ours: Found, every: Iterable[Result]) -> tuple[str, ...]:
    return (
        number(ours.median("cpu_seconds"), 1),
        number(_dearer(ours, every), 2, " %"),
        number(ours.median("gap_percent"), 2, " %"),
        number(ours.megabytes, 0),
    )


def _dearer(ours: Found, every: Iterable[Result]) -> float | None:
    """Return the median per cent by which plans are dearer than the best anybody found."""
    over = _all_dearer(ours, every)
    return median(over) if over else None


def _worst(ours: Found, every: Iterable[Result]) -> float | None:
    return max(_all_dearer(ours, every), default=None)


def _all_dearer(ours: Found, every: Iterable[Result]) -> list[float]:
    """Compare with the best; what was planned only once is compared with nothing."""
    every = list(every)
    tried = Counter(instance(one) for one in every)
    best = best_costs(every)
    compared = (one for one in ours.finished() if tried[instance(one)] > 1)
    costs = ((one.figures.get("cost"), best.get(instance(one))) for one in compared)
    return [100 * (cost / least - 1) for cost, least in costs if cost is not None and least]
