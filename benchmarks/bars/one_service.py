"""B1, B4 and B8: one service, beside other solvers, at the size of England, and growing."""

from __future__ import annotations

import math
from statistics import median

import numpy as np

from benchmarks.bars.gathering import (
    ANY,
    SAME,
    Ask,
    Found,
    Rows,
    Section,
    best_within,
    number,
    ratios,
    verdict,
)
from benchmarks.steps import PARTS, TIGHTNESS

PEERS = ("HiGHS", "CP-SAT")
HEADINGS = ("Solver", "CPU s", "Proven gap", "Our cost as a part of its own", "As fast", "MB")


def beside_peers(found: Found) -> Section:
    """B1: 320 councils, one service."""
    ours = best_within(found, "B1", 2.5)
    dearer = [
        ratio - 1 for peer in PEERS for ratio in ratios(ours, found.of("B1", solver=peer), "cost")
    ]
    rows = Rows(("Capacity", *HEADINGS))
    for tightness in TIGHTNESS:
        _add_solvers(rows, tightness, found, tightness=tightness)
    return Section(
        "b1",
        "B1: one service of 320 councils",
        "At most 1.0 % proven in at most 2.5 CPU seconds, and never dearer than HiGHS or CP-SAT "
        "given 60 seconds on the same model.",
        verdict(
            Ask("proven gap", ours.median("gap_percent"), 1.0, " %"),
            Ask("CPU seconds", ours.median("cpu_seconds"), 2.5, " s"),
            Ask(
                "most by which ours is dearer than a peer's",
                100 * max(dearer) if dearer else None,
                100 * SAME,
                " %",
                digits=3,
            ),
        ),
        rows.table,
        (SPOPT_WORDS,) if len(found.of("B1", solver="spopt")) else (),
        ("one-service",),
    )


SPOPT_WORDS = (
    "spopt's p-median knows no set-up costs, so it is given an easier problem: how many leads to "
    "open is taken from a plan of ours, and their set-ups are added to its cost afterwards. Every "
    "council reaches every lead there. Its bound is of that other problem and is not shown."
)


def england(found: Found) -> Section:
    """B4: as many councils as England has."""
    ours = found.of("B4", reach=30)
    rows = Rows(("Councils", *HEADINGS))
    _add_solvers(rows, "10,400 drawn", found, bar="B4", reach=30)
    for one in found.of("B4"):
        if one.step == "b4-whole-England":
            whole = Found([one])
            rows.add("England's own", *_cells("waywarden, standard", whole, whole))
    return Section(
        "b4",
        "B4: one service of 10,400 councils, as many as England's",
        "At most 1.5 % proven in at most 60 CPU seconds, in at most 1 GB.",
        verdict(
            Ask("proven gap", ours.median("gap_percent"), 1.5, " %"),
            Ask("CPU seconds", ours.median("cpu_seconds"), 60, " s", digits=1),
            Ask("memory", ours.megabytes, 1_000, " MB", digits=0),
        ),
        rows.table,
        _districts(found),
    )


def _districts(found: Found) -> tuple[str, ...]:
    """Say how far England's districts are planned, each by itself."""
    parts = [one.figures for one in found.of("B4", effort=ANY) if "districts" in one.figures]
    if not parts:
        return ("England's districts by themselves: not measured yet.",)
    total = {name: sum(part[name] for part in parts) for name in ("districts", "planned", "proved")}
    gaps = [gap for part in parts for gap in part["gaps_percent"]]
    seconds = sum(part["cpu_seconds"] for part in parts)
    return (
        f"England's districts, each planned by itself with quick effort: {total['planned']} of "
        f"{total['districts']} planned in {seconds:,.0f} CPU seconds together, {total['proved']} "
        f"proved to the end; the gap is {median(gaps):.2f} % in the middle and {max(gaps):.2f} % "
        f"at its widest. {PARTS} parts of them, of which {len(parts)} are measured.",
    )


def growth(found: Found) -> Section:
    """B8: time as councils are added."""
    ours, rows = found.of("B8"), Rows(("Councils", "CPU s", "µs a council", "Proven gap", "MB"))
    sizes = sorted({one.options["councils"] for one in ours})
    for size in sizes:
        of_size = ours.of("B8", councils=size)
        seconds = of_size.median("cpu_seconds")
        each = seconds / size * 1e6 if seconds is not None else None
        gap = number(of_size.median("gap_percent"), 2, " %")
        memory = number(of_size.megabytes, 0)
        rows.add(f"{size:,}", number(seconds, 1), number(each, 0), gap, memory)
    return Section(
        "b8",
        "B8: growth",
        "Time from 1,000 to 10,000 councils grows no faster than the number to the power of 1.15.",
        verdict(Ask("fitted power", fitted_power(ours), 1.15)),
        rows.table,
        ("The power is fitted by least squares to the logarithms of all runs.",),
        ("growth",),
    )


def fitted_power(ours: Found) -> float | None:
    """Return the power of the number of councils that time grows with; None from one size."""
    points = [
        (math.log(one.options["councils"]), math.log(one.figures["cpu_seconds"]))
        for one in ours.finished()
        if one.figures["cpu_seconds"]
    ]
    if len({size for size, _ in points}) < 2:
        return None
    sizes, seconds = zip(*points, strict=True)
    return float(np.polyfit(sizes, seconds, 1)[0])


def _add_solvers(rows: Rows, name: str, found: Found, bar: str = "B1", **options: object) -> None:
    """Add ours, at each effort, and each of the others that was asked; medians of the seeds."""
    every = found.of(bar, **options, effort=ANY)
    for effort in sorted({one.options.get("effort", "standard") for one in every}):
        ours = found.of(bar, **options, effort=effort)
        rows.add(name, *_cells(f"waywarden, {effort}", ours, ours))
    for solver in (*PEERS, "spopt"):
        theirs = found.of(bar, **options, solver=solver)
        if len(theirs):
            rows.add(name, *_cells(solver, found.of(bar, **options), theirs))


def _cells(solver: str, ours: Found, theirs: Found) -> tuple[str, ...]:
    gap = number(theirs.median("gap_percent"), 2, " %")
    if solver == "spopt" or (not theirs.values("gap_percent") and len(theirs)):
        gap = "none shown" if solver == "spopt" else "none found"
    compared = ("", "") if ours is theirs else _compared(ours, theirs)
    return (
        solver,
        number(theirs.median("cpu_seconds"), 1),
        gap,
        *compared,
        number(theirs.megabytes, 0),
    )


def _compared(ours: Found, theirs: Found) -> tuple[str, str]:
    """Write the worst of our costs as a part of theirs, and how many of our runs fit in theirs."""
    costs, seconds = ratios(ours, theirs, "cost"), ratios(ours, theirs, "cpu_seconds")
    fast = 1 / float(np.median(seconds)) if seconds else None
    return number(max(costs, default=None), 4), number(fast, 0, " times")
