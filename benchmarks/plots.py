"""Draws the pictures of the pages: small, told apart by shape as well as by colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.bars.gathering import Found
from benchmarks.results import Result

#: A picture by its name: what draws it, and what it shows to those who do not see it.
Axes = Any
SOLVERS = {"waywarden": ("o", "#1d4f91"), "HiGHS": ("s", "#c8501e"), "CP-SAT": ("^", "#4c7a34")}
MARKERS = "osv^DPX*"


def one_service(axes: Axes, found: Found) -> bool:
    """Draw the proven gap of each solver over the seconds it took."""
    for solver, (marker, colour) in SOLVERS.items():
        runs = [one for one in found.of("B1", solver=solver) if one.figures.get("gap_percent")]
        seconds = [one.figures["cpu_seconds"] for one in runs]
        gaps = [one.figures["gap_percent"] for one in runs]
        axes.scatter(seconds, gaps, marker=marker, color=colour, label=solver, s=28)
    axes.plot([0.5, 2.5, 2.5], [1.0, 1.0, 0.1], color="black", linewidth=0.8, linestyle="--")
    axes.set(xscale="log", yscale="log", xlabel="CPU seconds", ylabel="proven gap, %")
    _plain(axes.xaxis, axes.yaxis)
    axes.legend(frameon=False)
    return len(found.of("B1")) > 0


def shared_clusters(axes: Axes, found: Found) -> bool:
    """Draw the cost of the best plan and the bound over the seconds of the longest run."""
    runs = found.of("B3", place="Oxfordshire", effort="careful").finished()
    runs = runs if len(runs) else found.of("B3", place="Oxfordshire").finished()
    for one in list(runs)[:1]:
        best, curve = one.figures["cost"], one.figures["curve"]
        for name, place, style in (("best plan", 1, "-"), ("bound", 2, "--")):
            points = [(point[0], 100 * point[place] / best) for point in curve if point[place]]
            points.append((one.figures["cpu_seconds"], 100 * one.figures[BY_PLACE[place]] / best))
            axes.step(*zip(*points, strict=True), where="post", linestyle=style, label=name)
        axes.legend(frameon=False)
    axes.set(xlabel="CPU seconds", ylabel="% of the cost of the plan")
    return len(runs) > 0


BY_PLACE = {1: "cost", 2: "bound"}


def growth(axes: Axes, found: Found) -> bool:
    """Draw seconds over councils, both by their logarithms, with the power that was asked."""
    runs = list(found.of("B8").finished())
    if not runs:
        return False
    sizes = np.array([one.options["councils"] for one in runs], dtype=float)
    seconds = np.array([one.figures["cpu_seconds"] for one in runs])
    axes.scatter(sizes, seconds, marker="o", color=SOLVERS["waywarden"][1], s=24, label="runs")
    least = sizes.min()
    begun = np.median(seconds[sizes == least])
    along = np.array([least, sizes.max()])
    axes.plot(along, begun * (along / least) ** 1.15, "k--", linewidth=0.8, label="power of 1.15")
    axes.set(xscale="log", yscale="log", xlabel="councils", ylabel="CPU seconds")
    _plain(axes.xaxis, axes.yaxis)
    axes.legend(frameon=False)
    return True


def shares(axes: Axes, found: Found) -> bool:
    """Draw seconds over players, for both rules and both libraries."""
    for rule, line in (("shapley", "-"), ("nucleolus", "--")):
        for solver, marker in (("waywarden", "o"), ("coopgame-py", "s")):
            runs = found.of("shares", rule=rule, solver=solver).finished()
            sizes = sorted({one.options["players"] for one in runs})
            medians = [
                found.of("shares", rule=rule, solver=solver, players=size).median("cpu_seconds")
                for size in sizes
            ]
            axes.plot(sizes, medians, marker=marker, linestyle=line, label=f"{solver}, {rule}")
    axes.set(yscale="log", xlabel="players", ylabel="CPU seconds")
    axes.legend(frameon=False, fontsize=7)
    return len(found.of("shares")) > 0


def cluster_map(axes: Axes, one: Result) -> None:
    """Draw where parishes are and who the planner has together, the real cluster ringed."""
    drawn = one.figures["map"]
    at = {key: (east, north) for key, _, east, north, _ in drawn["places"]}
    numbers = {key: number for key, *_, number in drawn["places"]}
    for first, second in drawn["neighbours"]:
        is_together = numbers[first] and numbers[first] == numbers[second]
        style = {"color": "#444444", "linewidth": 1.6} if is_together else FAINT
        axes.plot(*zip(at[first], at[second], strict=True), zorder=1, **style)
    for number in sorted(set(numbers.values())):
        inside = [at[key] for key in at if numbers[key] == number]
        marker = MARKERS[number % len(MARKERS)] if number else "."
        axes.scatter(*zip(*inside, strict=True), marker=marker, s=26, zorder=2)
    real = [row for row in drawn["places"] if row[1] in one.figures["real"]]
    ringed = [(east, north) for _, _, east, north, _ in real]
    axes.scatter(*zip(*ringed, strict=True), s=150, facecolors="none", edgecolors="black", zorder=3)
    middle = sum(east for east, _ in ringed) / len(ringed)
    for _, name, east, north, _ in real:
        is_west = east < middle
        place = {"xytext": (-8 if is_west else 8, 5), "ha": "right" if is_west else "left"}
        axes.annotate(name, (east, north), textcoords="offset points", fontsize=7, **place)
    _scale(axes, list(at.values()))
    axes.set_aspect("equal")
    axes.set_axis_off()


def _scale(axes: Axes, points: Sequence[tuple[float, float]]) -> None:
    """Draw how long five kilometres are, below everything."""
    west, south = (min(point[axis] for point in points) for axis in (0, 1))
    axes.plot([west, west + 5], [south - 2, south - 2], color="black", linewidth=2)
    axes.annotate("5 km; north is up", (west, south - 2), (0, 4), textcoords="offset points")


FAINT = {"color": "#cccccc", "linewidth": 0.6}

PICTURES: dict[str, tuple[Callable[[Axes, Found], bool], str]] = {
    "one-service": (
        one_service,
        "Proven gap over CPU seconds of each solver on 320 councils; the dashed corner is the bar.",
    ),
    "shared-clusters": (
        shared_clusters,
        "Cost of the best shared plan and its bound over CPU seconds, as parts of the final cost.",
    ),
    "growth": (
        growth,
        "CPU seconds over the number of councils, with a dashed line of the power asked.",
    ),
    "shares": (
        shares,
        "CPU seconds over the number of players, for Shapley and nucleolus, ours and coopgame-py.",
    ),
}


def draw(name: str, found: Found, folder: Path) -> Path | None:
    """Draw a picture of the page; None where there is nothing to draw."""
    picture, _ = PICTURES[name]
    drawn: list[bool] = []
    path = folder / f"{name}.svg"
    _saved(path, (5.2, 3.4), lambda axes: drawn.append(picture(axes, found)))
    if not any(drawn):
        path.unlink()
        return None
    return path


def draw_maps(chosen: Sequence[Result], folder: Path) -> list[Path]:
    """Draw a map of each result of the back-test."""
    made = []
    for one in chosen:
        path = folder / f"{one.step}.svg"
        _saved(path, (6.4, 5.6), partial(cluster_map, one=one))
        made.append(path)
    return made


def _plain(*axes: Axes) -> None:
    """Write the numbers of a logarithmic axis as people do: 10 and not a power of ten."""
    for axis in axes:
        axis.set_major_formatter("{x:g}")


def _saved(path: Path, inches: tuple[float, float], draw_on: Callable[[Axes], Any]) -> None:
    """Draw on one pair of axes and write it, text as text: the same results, the same file."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": path.stem, "font.size": 9})
    figure, axes = pyplot.subplots(figsize=inches, layout="constrained")
    draw_on(axes)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
