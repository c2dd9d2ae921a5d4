"""The steps of a measurement: each by itself in a process of its own, with a result of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

from benchmarks.answers import Figures

#: Where each kind of trial is made.
TRIALS = {
    "compiling": "one_service.compiling_trial",
    "county": "one_service.county_trial",
    "published": "one_service.published_trial",
    "services": "several_services.services_trial",
    "game": "fair_shares.game_trial",
    "certificate": "fair_shares.certificate_trial",
    "england": "whole_england.england_trial",
    "districts": "whole_england.districts_trial",
    "back-test": "back_test.back_test_trial",
    "pages": "site_pages.pages_trial",
}
#: What a solver asked for no stated time is expected to need at most, in seconds.
USUAL = 60.0
#: No step may take longer than this: one that does is ended, and the result says so.
LONGEST = 540.0
PEERS_SECONDS = 60.0
#: England's districts are planned in so many parts, so that each ends in its time.
PARTS = 4
#: What a peer is given in the short measurement.
HASTY = 20.0

TIGHTNESS = ("tight", "middling", "loose")
SEEDS = (1, 2, 3)
SETS = ("first", "second", "third", "fourth")


@dataclass(frozen=True)
class Step:
    """One thing to measure: a trial with its options, for one bar."""

    name: str
    bar: str
    trial: str
    options: dict[str, Any] = field(default_factory=dict)
    #: About how long it takes on a machine with nothing else to do.
    seconds: float = USUAL

    @property
    def limit(self) -> float:
        """The seconds after which it is ended."""
        return min(LONGEST, 6 * self.seconds + 120)

    def measure(self) -> Figures:
        """Run the trial here and now."""
        module, _, name = TRIALS[self.trial].partition(".")
        trial: Callable[..., Figures] = getattr(import_module(f"benchmarks.trials.{module}"), name)
        return trial(**self.options)


def every_step() -> list[Step]:
    """Return the steps of the full measurement, in the order they are taken."""
    return [step for make in (_beginning, _bars, _manner, _shares, _back_tests) for step in make()]


def quick_steps() -> list[Step]:
    """Return the short measurement: a few of all, one seed each, peers given less time."""
    return [_hastened(step) for step in every_step() if step.name in QUICK]


#: What the short measurement keeps: with `make bench-quick` in less than eight minutes.
QUICK = (
    "compiling",
    "b1-middling-1-waywarden",
    "b1-middling-1-HiGHS",
    "b1-middling-1-CP-SAT",
    "b1-middling-1-spopt",
    "b2-quick-1",
    "b3-Oxfordshire-standard-1",
    "b8-1000-1",
    "b8-2000-1",
    "b5-first-1-waywarden",
    "b5-first-1-HiGHS",
    "b5-fourth-1-waywarden",
    "b5-fourth-1-HiGHS",
    "b6-5-1-waywarden",
    "b6-5-1-HiGHS",
    "b7-600-1",
    "certificate-320-1",
    "back-test-Wycombe-alike-1",
    "pages",
    *(
        f"shares-{rule}-{players}-1-{solver}"
        for rule in ("shapley", "nucleolus")
        for players in (6, 10, 12)
        for solver in ("waywarden", "coopgame-py")
    ),
)


def _hastened(step: Step) -> Step:
    """Return a step with less time for a peer, and fewer rounds of pages."""
    options = dict(step.options)
    seconds = 40.0 if step.trial in ("compiling", "pages") else 15.0
    if options.get("solver") in ("HiGHS", "CP-SAT", "spopt"):
        options["seconds"] = HASTY
        seconds = HASTY + 10
    if "rounds" in options:
        options["rounds"] = 10
    return replace(step, options=options, seconds=min(step.seconds, seconds))


def _beginning() -> Iterator[Step]:
    yield Step("compiling", "compiling", "compiling", seconds=60)
    yield Step("pages", "pages", "pages", {"rounds": 60}, seconds=120)


def _bars() -> Iterator[Step]:
    yield from _one_service()
    yield from _several_services()
    yield from _england()
    yield from _growth()


def _one_service() -> Iterator[Step]:
    """B1: one service of 320 councils, beside three others' solvers."""
    for tightness in TIGHTNESS:
        for seed in SEEDS:
            asked = {"councils": 320, "seed": seed, "reach": 40, "tightness": tightness}
            name = f"b1-{tightness}-{seed}"
            yield Step(f"{name}-waywarden", "B1", "county", asked, seconds=10)
            longer = {**asked, "effort": "standard x 2"}
            yield Step(f"{name}-longer", "B1", "county", longer, seconds=15)
            for peer in ("HiGHS", "CP-SAT"):
                timed = {**asked, "solver": peer, "seconds": PEERS_SECONDS}
                yield Step(f"{name}-{peer}", "B1", "county", timed, PEERS_SECONDS + 15)
        # spopt knows no arcs that are not there: every council reaches every site.
        dense = {"councils": 320, "seed": 1, "reach": 320, "tightness": tightness}
        dense |= {"solver": "spopt", "seconds": 120.0}
        yield Step(f"b1-{tightness}-1-spopt", "B1", "county", dense, seconds=180)


def _several_services() -> Iterator[Step]:
    """B2 and B3: eight services of 320 councils, apart and shared."""
    for seed in SEEDS:
        asked = {"place": "drawn", "councils": 320, "seed": seed, "shape": "per_service"}
        asked["is_contiguous"] = False
        yield Step(f"b2-{seed}", "B2", "services", asked, seconds=40)
        quick = {**asked, "effort": "quick"}
        yield Step(f"b2-quick-{seed}", "B2", "services", quick, seconds=20)
    for effort in ("quick", "standard", "careful"):
        for seed in SEEDS:
            asked = {"place": "Oxfordshire", "seed": seed, "shape": "shared", "effort": effort}
            name = f"b3-Oxfordshire-{effort}-{seed}"
            yield Step(name, "B3", "services", asked, seconds=90 if effort == "careful" else 40)
    for effort in ("standard", "careful"):
        asked = {"place": "Oxfordshire, shipped prices", "seed": 1, "shape": "shared"}
        asked["effort"] = effort
        yield Step(f"b3-shipped-{effort}-1", "B3", "services", asked, seconds=90)


def _england() -> Iterator[Step]:
    """B4: a county as large as England."""
    asked = {"councils": 10_400, "seed": 1, "reach": 30}
    for seed in SEEDS:
        yield Step(f"b4-{seed}-waywarden", "B4", "county", {**asked, "seed": seed}, seconds=120)
    for peer in ("HiGHS", "CP-SAT"):
        timed = {**asked, "solver": peer, "seconds": 150.0}
        yield Step(f"b4-1-{peer}", "B4", "county", timed, seconds=200)
    yield Step("b4-whole-England", "B4", "england", seconds=180)
    for part in range(1, PARTS + 1):
        districts = {"part": part, "parts": PARTS, "effort": "quick"}
        yield Step(f"b4-districts-of-England-{part}", "B4", "districts", districts, seconds=90)


def _growth() -> Iterator[Step]:
    """B8: how time grows with the number of councils."""
    for councils in (1_000, 2_000, 5_000, 10_000):
        for seed in SEEDS:
            asked = {"councils": councils, "seed": seed, "reach": 30}
            yield Step(f"b8-{councils}-{seed}", "B8", "county", asked, seconds=councils / 80 + 5)


def _manner() -> Iterator[Step]:
    yield from _small_published()
    yield from _large_published()
    for opened in (600, 1_000):
        for seed in SEEDS[:2]:
            asked = {"form": "median", "size": 3_038, "opened": opened, "seed": seed}
            yield Step(f"b7-{opened}-{seed}", "B7", "published", asked, seconds=90)
            careful = {**asked, "effort": "careful"}
            yield Step(f"b7-{opened}-{seed}-careful", "B7", "published", careful, seconds=240)


def _small_published() -> Iterator[Step]:
    """B5: in the manner of Holmberg and others, and of the OR-Library."""
    for name in SETS:
        for seed in range(1, 7):
            asked = {"form": "holmberg", "name": name, "seed": seed}
            yield from _beside_highs(f"b5-{name}-{seed}", "B5", asked, PEERS_SECONDS)
    for seed in SEEDS:
        asked = {"form": "cap", "size": 16, "councils": 50, "seed": seed}
        yield from _beside_highs(f"b5-cap-{seed}", "B5", asked, PEERS_SECONDS)


def _large_published() -> Iterator[Step]:
    """B6: in the manner of Test Bed 1."""
    for ratio in (5, 10, 15, 20):
        for seed in SEEDS[:2]:
            asked = {"form": "tbed", "size": 300, "ratio": ratio, "seed": seed}
            yield from _beside_highs(f"b6-{ratio}-{seed}", "B6", asked, 120.0)
            careful = {**asked, "effort": "careful"}
            yield Step(f"b6-{ratio}-{seed}-careful", "B6", "published", careful, seconds=90)


def _beside_highs(name: str, bar: str, asked: dict[str, Any], seconds: float) -> Iterator[Step]:
    yield Step(f"{name}-waywarden", bar, "published", asked, seconds=15)
    peer = {**asked, "solver": "HiGHS", "seconds": seconds}
    yield Step(f"{name}-HiGHS", bar, "published", peer, seconds + 15)


def _shares() -> Iterator[Step]:
    for rule in ("shapley", "nucleolus"):
        for players in (6, 8, 10, 12, 16, 20):
            yield from _games(rule, players)
    for councils, reach, seconds in ((320, 40, 30), (10_400, 30, 500)):
        asked = {"councils": councils, "seed": 1, "reach": reach}
        yield Step(f"certificate-{councils}-1", "certificate", "certificate", asked, seconds)


def _games(rule: str, players: int) -> Iterator[Step]:
    """Shares of random games of one size by one rule, beside coopgame-py."""
    for seed in SEEDS:
        for solver in ("waywarden", "coopgame-py"):
            asked = {"players": players, "seed": seed, "rule": rule, "solver": solver}
            name = f"shares-{rule}-{players}-{seed}-{solver}"
            yield Step(name, "shares", "game", asked, seconds=60 if players > 12 else 3)


def _back_tests() -> Iterator[Step]:
    """The planner's clusters beside one that really formed, with and without its town known."""
    for place in ("Wycombe", "Buckinghamshire"):
        for towns in ("alike", "known"):
            for seed in SEEDS:
                asked = {"place": place, "towns": towns, "seed": seed}
                name = f"back-test-{place}-{towns}-{seed}"
                yield Step(name, "back-test", "back-test", asked, seconds=30)
    lifted = {"place": "Buckinghamshire", "towns": "alike", "seed": 1, "most_members": 30}
    yield Step("back-test-Buckinghamshire-lifted-1", "back-test", "back-test", lifted, seconds=30)
