"""The benchmarks: what they are made from is the same each time, and every step of them runs."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import (
    backtest,
    backtest_page,
    bars,
    child,
    page,
    published,
    results,
    running,
    writing,
)
from benchmarks.answers import Answer, Spent
from benchmarks.bars.gathering import NOT_MEASURED, Ask, Found, best_within, verdict
from benchmarks.bars.manner import is_optimal
from benchmarks.bars.one_service import fitted_power
from benchmarks.efforts import effort_of
from benchmarks.instances import location
from benchmarks.peers.highs import ask_highs
from benchmarks.steps import LONGEST, Step, every_step, quick_steps
from benchmarks.trials.several_services import Curve
from waywarden.planner import EFFORTS, plan, read
from waywarden.planning.costing import costing_for

HURRIED = "quick x 0.05"
#: What stands in a step for its own figures, so that it takes a moment.
SMALL = {"councils": 12, "size": 12, "opened": 4, "reach": 12, "players": 5, "services": 2}
SMALL |= {"seconds": 0.5, "place": "Wycombe"}
#: These need what is not installed for tests, or a site, or all England.
ELSEWHERE = ("CP-SAT", "spopt", "coopgame-py")
HEAVY = ("compiling", "pages", "england")


def kind(step: Step) -> str:
    """Return what tells steps apart that run different code."""
    named = ("solver", "form", "shape", "rule", "towns")
    return " ".join([step.bar, step.trial, *(str(step.options.get(name, "")) for name in named)])


def small(step: Step) -> Step:
    """Return a step that takes a moment."""
    options = {name: SMALL.get(name, value) for name, value in step.options.items()}
    if step.trial == "services":
        options["place"] = "drawn"
        options["councils"], options["services"] = 12, 2
    if step.trial != "game":
        options["effort"] = HURRIED
    return replace(step, options=options)


def different_steps() -> list[Step]:
    steps = [
        step
        for step in every_step()
        if step.options.get("solver") not in ELSEWHERE and step.trial not in HEAVY
    ]
    return list({kind(step): step for step in reversed(steps)}.values())


@pytest.fixture(scope="module")
def measured() -> Found:
    """Every kind of step taken once, on something tiny in place of what it is for."""
    return Found([child.result_of(step, small(step).measure()) for step in different_steps()])


def test_every_kind_of_step_comes_to_its_end(measured: Found) -> None:
    assert {one.bar for one in measured} >= {"B1", "B2", "B3", "B5", "B6", "B7", "back-test"}
    assert all(one.is_finished and one.figures["cpu_seconds"] >= 0 for one in measured)
    assert all(one.megabytes > 10 for one in measured)


def test_results_can_be_written_and_read_back(measured: Found, tmp_path: Path) -> None:
    for one in measured:
        results.keep(one, tmp_path / f"{one.step}.json")

        back = results.read(tmp_path / f"{one.step}.json")

        # A tuple comes back as a list: what is written is what counts.
        assert vars(back) == json.loads(json.dumps(vars(one)))


def test_the_page_has_every_bar_and_says_what_is_not_measured(measured: Found) -> None:
    sections = bars.sections(measured)

    text = page.page(measured, sections, {}, 99)

    assert all(f"## {section.title}" in text for section in sections)
    assert f"{len(measured)} of 99 steps have a result" in text
    assert "## The site's pages\n\nAsked" in text
    assert "Not measured yet." in text
    # Growth wants two sizes; shares have nobody to stand beside here, and there is no site.
    unmeasured = [one.key for one in sections if one.verdict == NOT_MEASURED]
    assert unmeasured == ["b8", "shares", "pages"]


def test_the_page_of_the_back_test_has_the_five(measured: Found) -> None:
    text = backtest_page.page(measured.of("back-test"), [])

    assert "Princes Risborough" in text
    assert "## What it shows" in text


def test_steps_have_names_of_their_own_and_end_in_time() -> None:
    names = [step.name for step in every_step()]

    assert len(names) == len(set(names))
    assert all(step.limit <= LONGEST < 600 for step in every_step())


def test_the_short_measurement_is_short_and_of_everything() -> None:
    quick = quick_steps()

    assert sum(step.seconds for step in quick) < 9 * 60
    assert {step.bar for step in quick} >= {step.bar for step in every_step()} - {"B4"}


@pytest.mark.parametrize("form", ["cap", "holmberg", "tbed"])
def test_a_made_problem_is_read_back_from_its_text(form: str, tmp_path: Path) -> None:
    made = published.holmberg("first", seed=3)

    found = read(writing.kept(writing.FORMS[form](made), tmp_path, form))

    assert found.costs.reshape(50, 10) == pytest.approx(made.costs.T)
    assert found.demands.tolist() == made.demands.tolist()
    assert found.capacities.tolist() == made.capacities.tolist()
    assert found.setups.tolist() == made.setups.tolist()


def test_a_made_median_is_read_back_from_its_text(tmp_path: Path) -> None:
    made = published.median(30, 5, seed=3)

    found = read(writing.kept(writing.as_median(made), tmp_path, "median"))

    # The way from the second place to the first, by Pythagoras.
    assert found.costs.reshape(30, 30)[1, 0] == pytest.approx(
        np.hypot(*(made.points[1] - made.points[0]))
    )
    assert found.opened == 5
    assert found.demands.tolist() == made.demands.tolist()


@pytest.mark.parametrize(
    "make",
    [
        lambda seed: published.holmberg("second", seed).costs,
        lambda seed: published.cap(8, 20, seed).costs,
        lambda seed: published.tbed(20, 5, seed).costs,
        lambda seed: published.median(20, 4, seed).points,
    ],
)
def test_one_seed_gives_one_problem_and_another_seed_another(make: Any) -> None:
    assert (make(7) == make(7)).all()
    assert not (make(7) == make(8)).all()


def test_capacity_is_what_the_recipes_say() -> None:
    # Test Bed 1: ratio times the demand, but for rounding each of 40 capacities by at most 1/2.
    test_bed = published.tbed(40, 20, seed=1)
    assert test_bed.capacities.sum() == pytest.approx(20 * test_bed.demands.sum(), abs=20)

    # Lorena and Senne: the demand over 0.8 times the 10 opened, rounded up.
    median = published.median(200, 10, seed=1)
    assert median.capacities[0] == np.ceil(median.demands.sum() / 8)


def test_highs_opens_as_many_sites_as_are_asked_for(tmp_path: Path) -> None:
    made = published.median(14, 3, seed=2)
    problem = read(writing.kept(writing.as_median(made), tmp_path, "median"))

    found = ask_highs(problem, seconds=30)

    assert found.status == "optimal"
    assert found.cost == pytest.approx(found.bound)
    assert found.cost <= plan(problem, effort="quick").cost * (1 + 1e-6)


def test_a_multiple_of_an_effort_multiplies_every_count() -> None:
    half, whole = effort_of("standard x 0.5"), effort_of("standard")

    assert whole == EFFORTS["standard"]
    assert half.shared_moves == whole.shared_moves / 2
    assert half.exact_rounds == whole.exact_rounds / 2


def test_only_what_has_no_result_is_measured_again(measured: Found, tmp_path: Path) -> None:
    [first, second] = different_steps()[:2]
    results.keep(child.result_of(first, {"status": "done"}), results.path_of(first, tmp_path))

    assert running.to_take([first, second], tmp_path, again=False) == [second]
    assert running.to_take([first, second], tmp_path, again=True) == [first, second]
    assert running.to_take([first], tmp_path, again=False, stale="another planner") == [first]


def test_a_step_that_fails_says_why_and_leaves_no_result(tmp_path: Path) -> None:
    unknown = Step("no-such-step", "B1", "county")

    went = running.taken(unknown, tmp_path, is_quick=False)

    assert "ValueError" in went.complaint
    assert not list(tmp_path.iterdir())


def test_a_bar_is_met_only_if_all_of_it_is() -> None:
    met, missed = Ask("gap", 0.9, 1.0, " %"), Ask("seconds", 2.75, 2.5, " s")

    assert verdict(met) == "Met. gap: 0.90 %."
    # 2.75 - 2.5 = 0.25.
    assert verdict(met, missed) == (
        "Not met. gap: 0.90 %; **seconds: 2.75 s, which is 0.25 s over**."
    )
    assert verdict(Ask("gap", None, 1.0)) == "Not measured yet."
    assert verdict(met, Ask("MB", None, 1.0)).startswith("Met as far as it is measured.")


def came_of(bar: str, options: dict[str, Any], **figures: Any) -> results.Result:
    """Return a result as if a step had been taken."""
    return child.result_of(Step("made-up", bar, "county", options), {"status": "done", **figures})


def test_growth_is_the_power_that_fits() -> None:
    # 1,000^1.1 and 10,000^1.1, in thousandths of a second.
    runs = [
        came_of("B8", {"councils": size}, cpu_seconds=size**1.1 / 1_000) for size in (1_000, 10_000)
    ]

    assert fitted_power(Found(runs)) == pytest.approx(1.1)
    assert fitted_power(Found(runs[:1])) is None


def test_the_effort_that_proves_most_in_time_counts() -> None:
    runs = [
        came_of("B1", {"effort": effort}, cpu_seconds=seconds, gap_percent=gap)
        for effort, seconds, gap in [("quick", 0.5, 1.4), ("standard", 1.2, 1.1), ("long", 3, 0.9)]
    ]

    assert best_within(Found(runs), "B1", 2.5).median("gap_percent") == 1.1
    assert best_within(Found(runs), "B1", 5.0).median("gap_percent") == 0.9
    assert best_within(Found(runs), "B1", 0.1).median("gap_percent") == 1.4


@pytest.mark.parametrize(
    ("gap_percent", "cost", "highs", "is_known"),
    [
        (0.0, 100.0, "stopped at its time", True),  # we proved it
        (1.0, 100.0, "optimal", True),  # HiGHS proved that 100 is the least
        (1.0, 100.1, "optimal", False),
        (1.0, 100.0, "stopped at its time", None),  # nobody knows
    ],
)
def test_a_plan_is_optimal_if_somebody_proved_it(
    gap_percent: float, cost: float, highs: str, is_known: bool | None
) -> None:
    ours = came_of("B5", {"seed": 1}, cost=cost, gap_percent=gap_percent)
    peer = came_of("B5", {"seed": 1, "solver": "HiGHS"}, cost=100.0)
    peer.figures["status"] = highs

    assert is_optimal(ours, Found([peer])) is is_known


def test_nothing_found_is_not_known_and_no_gap_of_nought() -> None:
    nothing = Answer(float("inf"), float("-inf"), Spent()).figures()

    assert nothing["cost"] is nothing["bound"] is nothing["gap_percent"] is None


def test_highs_without_time_has_found_nothing() -> None:
    assert ask_highs(location(60, 1), seconds=0.0).figures()["gap_percent"] is None


def test_a_curve_keeps_the_best_of_both() -> None:
    curve = Curve()
    for cost, bound in [(100.0, 80.0), (120.0, 70.0), (90.0, 85.0)]:
        curve("search", 0.5, cost, bound)

    assert [point[1:] for point in curve.points] == [(100.0, 80.0), (90.0, 85.0)]


def test_the_real_five_are_neighbours_and_could_be_a_cluster() -> None:
    problem = backtest.back_test_problem("Wycombe", backtest.ALIKE)
    five = backtest.real_cluster()

    assert problem.council(five[0]).name == "Princes Risborough"
    assert 0 < backtest.cost_of(problem, five) < float("inf")


def test_likely_neighbours_are_those_the_sources_computed() -> None:
    # 405 pairs among the 169 parishes of Buckinghamshire, as in parish_neighbours_delaunay.csv.
    parishes = backtest.parishes_of("Buckinghamshire")

    assert len(parishes) == 169
    assert len(backtest.likely_neighbours(parishes)) == 405


def test_likeness_is_what_is_common_of_all() -> None:
    # b and c of a, b, c, d.
    assert backtest.likeness("abc", "bcd") == 0.5


def test_a_parish_has_by_area_what_oxfordshire_has() -> None:
    per_hectare = backtest.amounts_per_hectare()

    # Every rule for country verges is 24 thousandths of a kilometre a hectare, wherever it is.
    assert per_hectare["DPS02"] == pytest.approx(24, rel=1e-3)
    assert set(per_hectare) == set(costing_for("Oxfordshire").services)
