"""What binds a plan: each rule and limit taken away or loosened, and the plan made again."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Event
from typing import TypeAlias

from waywarden.planner.answers.explaining import UNIT
from waywarden.planner.answers.plans import SHARED, Plan
from waywarden.planner.problems import Problem
from waywarden.planner.questions.leads import Fullness, fullness
from waywarden.planner.questions.replanning import (
    Replan,
    improved,
    problem_of,
    replanner,
    saving,
)

#: How much a limit is loosened, as a part of it, to see whether it binds.
LOOSENING = 0.1

#: A changed problem after the kind of rule it is without or has looser, and that in words.
Change: TypeAlias = tuple[str, str, Problem]


@dataclass(frozen=True)
class Price:
    """What one rule or limit costs a year: at least this, since the search may have missed more.

    ``kind`` is "lock", "together", "apart", "excluded", "travel limit",
    "most members" or "neighbours"; ``rule`` says in words what was changed.
    """

    kind: str
    rule: str
    price: float

    @property
    def binds(self) -> bool:
        """Whether the plan is known to be dearer for it."""
        return self.price > 0

    @property
    def sentence(self) -> str:
        """Say it plainly."""
        if not self.binds:
            return f"{self.rule}: no cheaper plan was found."
        return f"{self.rule}: at least {self.price:,.0f} a year less, {UNIT}."


@dataclass(frozen=True)
class Binding:
    """What binds a plan: how full its leads are, and what each limit and rule costs."""

    fullness: tuple[Fullness, ...]
    limits: tuple[Price, ...]
    rules: tuple[Price, ...]

    @property
    def sentences(self) -> list[str]:
        """Say what binds, the dearest first, and which leads are nine tenths full or more."""
        dear = sorted((*self.limits, *self.rules), key=lambda one: -one.price)
        full = [one for one in self.fullness if one.part is not None and one.part >= 1 - LOOSENING]
        found = [one.sentence for one in dear if one.binds] + [one.sentence for one in full]
        return found or ["Nothing was found that binds this plan."]


def binding(plan: Plan, *, replan: Replan | None = None) -> Binding:
    """Return what binds a plan: its limits a tenth looser, and each of its rules taken away.

    Plans once for each and once as it is, as `price_of_rules` does: some
    seconds apiece in a county. Raises ValueError for a plan of a `Location`.
    """
    problem = problem_of(plan)
    limits, rules = list(_looser(problem, plan)), list(_without(problem))
    prices = _prices(plan, [*limits, *rules], replan or replanner(), Event())
    return Binding(fullness(plan), prices[: len(limits)], prices[len(limits) :])


def price_of_rules(
    plan: Plan,
    *,
    replan: Replan | None = None,
    most: int | None = None,
    stop: Event | None = None,
) -> tuple[Price, ...]:
    """Return what each lock, pair and exclusion costs, taken away one at a time.

    Plans once with nothing changed, so that a price is not what a longer search
    would have saved anyhow, and then once for each, from the cheaper of the two
    plans, so that no price is less than nought. In the order of `rules_of`: only
    the first ``most``, and of these only what was done before ``stop`` was set.
    Raises ValueError for a plan of a `Location`.
    """
    changes = list(_without(problem_of(plan)))[:most]
    return _prices(plan, changes, replan or replanner(), stop or Event())


def rules_of(plan: Plan) -> tuple[str, ...]:
    """Return what `price_of_rules` takes away, each in its words, without planning anything.

    Raises ValueError for a plan of a `Location`.
    """
    return tuple(words for _, words, _ in _without(problem_of(plan)))


def _prices(
    plan: Plan, changes: Sequence[Change], replan: Replan, stop: Event
) -> tuple[Price, ...]:
    if not changes:
        return ()
    best, priced = improved(plan, replan), []
    for kind, rule, changed in changes:
        price = Price(kind, rule, saving(best.cost, replan(changed, best)))
        if stop.is_set():
            break
        priced.append(price)
    return tuple(priced)


def _looser(problem: Problem, plan: Plan) -> Iterator[Change]:
    """Return the problem with each of its limits loosened, and what that is in words."""
    if math.isfinite(problem.travel_limit_km):
        limit = problem.travel_limit_km * (1 + LOOSENING)
        unit = " km" if problem.travel is None else ""
        words = f"With a travel limit of {limit:g}{unit} instead of {problem.travel_limit_km:g}"
        yield "travel limit", words, replace(problem, travel_limit_km=limit)
    more = max(1, math.ceil(problem.most_members * LOOSENING))
    if problem.most_members < len(problem.councils):
        most = problem.most_members + more
        words = f"With at most {most} members a cluster instead of {problem.most_members}"
        yield "most members", words, replace(problem, most_members=most)
    if problem.neighbours is not None and plan.shape == SHARED:
        words = "If clusters need not hang together"
        yield "neighbours", words, replace(problem, neighbours=None)


def _without(problem: Problem) -> Iterator[Change]:
    """Return the problem without each of its rules, and what that is in words."""
    names = {one.key: one.name for one in problem.leads}
    services = {one.key: one.name for one in problem.services}
    for place, lead in problem.locks.items():
        others = {at: held for at, held in problem.locks.items() if at != place}
        words = f"Without {names[lead]} locked to lead {services[place[1]]} for {names[place[0]]}"
        yield "lock", words, replace(problem, locks=others)
    for kind in ("together", "apart"):
        pairs: tuple[tuple[str, str], ...] = getattr(problem, kind)
        for pair in pairs:
            left = tuple(one for one in pairs if one != pair)
            words = f"Without {names[pair[0]]} and {names[pair[1]]} having to be {kind}"
            yield kind, words, _with_pairs(problem, kind, left)
    for key in problem.excluded:
        left_out = tuple(one for one in problem.excluded if one != key)
        words = f"If {names[key]} were not excluded"
        yield "excluded", words, replace(problem, excluded=left_out)


def _with_pairs(problem: Problem, kind: str, pairs: tuple[tuple[str, str], ...]) -> Problem:
    if kind == "together":
        return replace(problem, together=pairs)
    return replace(problem, apart=pairs)
