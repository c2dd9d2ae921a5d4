"""One search for a plan: on a thread of its own, watched, and stopped at its limits."""

import math
import resource
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any, TypeVar

from waywarden import planner
from waywarden.devolution.making.wishes import SEED, SHAPE, Question
from waywarden.fabric.common.wording import whole_pounds
from waywarden.planner.questions.replanning import replanner
from waywarden.planner.warming import warm
from waywarden.planning.answers.reporting import report_of
from waywarden.planning.reports import Report
from waywarden.planning.words.refusing import refused_plainly

Answer = TypeVar("Answer")
#: How often it is said how far a search is, and looked whether it is to stop.
EVERY_SECONDS = 1.0
PAGE = resource.getpagesize()
#: The hold-outs that are planned again, one by one.
MOST_UNLOCKING = 5
#: The rules without which it is planned again, one by one; of others it is said that they are not.
MOST_PRICED = 10
#: Told how far a search is; says whether somebody asked to stop it.
Tell = Callable[..., bool]


@dataclass(frozen=True)
class Limits:
    """How long a search may take, and how much memory the worker may hold meanwhile."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Found:
    """A plan that was found; ``stopped`` says why the search did not come to its end."""

    report: Report
    stopped: str
    unlocking: list[str]
    prices: list[str]


@dataclass
class SoFar:
    """What a search has told last."""

    stage: str = "getting ready"
    done: float = 0.0
    best: float = math.inf
    bound: float = -math.inf

    def hear(self, stage: str, done: float, best: float, bound: float) -> None:
        """Take down what the planner tells."""
        self.stage, self.done, self.best, self.bound = stage, done, best, bound

    def plain(self, seconds: float) -> dict[str, Any]:
        """Return it as the columns of a row."""
        return {
            "stage": self.stage[:40],
            "done_permille": max(0, min(1000, round(1000 * self.done))),
            "best_pence": round(self.best) if math.isfinite(self.best) else None,
            "bound_pence": round(self.bound) if math.isfinite(self.bound) else None,
            "seconds": int(seconds),
        }


@dataclass
class Watch:
    """Watches a search from the thread that may write to the database."""

    tell: Tell
    limits: Limits
    started: float = field(default_factory=monotonic)
    stop: Event = field(default_factory=Event)
    why: str = ""
    so_far: SoFar = field(default_factory=SoFar)

    def over(self, work: Callable[[], Answer]) -> Answer:
        """Return what some work gives, saying each second how far it is."""
        with self._thread() as pool:
            job: Future[Answer] = pool.submit(work)
            while not wait([job], timeout=EVERY_SECONDS).done:
                self._look()
            return job.result()

    @contextmanager
    def _thread(self) -> Iterator[ThreadPoolExecutor]:
        with ThreadPoolExecutor(1) as pool:
            try:
                yield pool
            except BaseException:
                # What is wrong here must not wait for a search that nobody watches.
                self.stop.set()
                raise

    def _look(self) -> None:
        seconds = monotonic() - self.started
        asked_to = self.tell(**self.so_far.plain(seconds))
        self.why = self.why or self._reason(asked_to, seconds)
        if self.why:
            self.stop.set()

    def _reason(self, asked_to: bool, seconds: float) -> str:
        if asked_to:
            return "Somebody stopped it"
        if seconds >= self.limits.seconds:
            return f"It had taken {self.limits.seconds:g} seconds, the most allowed"
        if megabytes_held() >= self.limits.megabytes:
            return f"The worker held {self.limits.megabytes:g} megabytes, the most allowed"
        return ""


def megabytes_held() -> float:
    """Return how much memory this process holds; nought where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1_000_000
    except (OSError, IndexError, ValueError):
        return 0.0


def search(question: Question, *, tell: Tell, limits: Limits) -> Found:
    """Return the plan of a question, and who would unlock most and what each rule costs.

    That it has begun is told before anything is worked out. Raises `CannotPlan` where there can
    be no plan.
    """
    tell(**SoFar().plain(0.0))
    with refused_plainly():
        problem = question.problem()
        Watch(tell, limits).over(warm)
        watch = Watch(tell, limits)
        plan = watch.over(lambda: _planned(problem, question, watch))
    wishes = question.wishes
    report = report_of(
        question.answered,
        plan,
        effort=wishes.effort,
        costing=question.costing,
        start=wishes.start,
    )
    if watch.why:
        return Found(report, f"{watch.why}. The best plan so far was kept.", [], [])
    return Found(report, "", *_asked_besides(plan, watch))


def _planned(problem: planner.Problem, question: Question, watch: Watch) -> planner.Plan:
    return planner.plan(
        problem,
        shape=SHAPE,
        effort=question.wishes.effort,
        seed=SEED,
        start=question.wishes.start or None,
        # The other core is left to the pages; the plan is the same.
        threads=1,
        stop=watch.stop,
        progress=watch.so_far.hear,
    )


def _asked_besides(plan: planner.Plan, watch: Watch) -> tuple[list[str], list[str]]:
    """Say whose joining would save most and what each rule costs; nothing of what is cut short."""
    replan = replanner("quick", threads=1, stop=watch.stop)
    watch.so_far.hear("who would unlock most", 1.0, plan.cost, plan.bound)
    outside = watch.over(lambda: planner.hold_outs(plan, most=MOST_UNLOCKING, replan=replan))
    unlocking = [] if watch.why else [_unlocks(one) for one in outside]
    watch.so_far.hear("the price of each rule", 1.0, plan.cost, plan.bound)
    price = partial(planner.price_of_rules, most=MOST_PRICED, replan=replan, stop=watch.stop)
    return unlocking, _prices(plan, watch.over(lambda: price(plan)))


def _prices(plan: planner.Plan, priced: Sequence[planner.Price]) -> list[str]:
    """Say what each rule costs, and of which that is not known."""
    left = planner.rules_of(plan)[len(priced) :]
    is_cut = len(priced) < min(MOST_PRICED, len(priced) + len(left))
    why = "there was no time left" if is_cut else f"only the first {MOST_PRICED} rules are"
    return [
        *(_price(one) for one in priced),
        *(f"{rule}: the price is not worked out; {why}." for rule in left),
    ]


def _unlocks(one: planner.HoldOut) -> str:
    services = ", ".join(name.lower() for name in one.service_names)
    return f"{one.name} ({services}): at least {whole_pounds(round(one.saving))} a year"


def _price(one: planner.Price) -> str:
    if not one.binds:
        return f"{one.rule}: no cheaper plan was found, so the rule costs nothing we know of."
    return f"{one.rule}: at least {whole_pounds(round(one.price))} a year less."
