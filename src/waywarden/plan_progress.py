"""Shows how far a plan is: its stage, and the best cost and the bound so far."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

from waywarden.progress import Tell, telling


@contextmanager
def planning(county: str, *, is_silent: bool) -> Iterator[Tell]:
    """Show how far the plan of a county is; beside JSON, on the error output."""
    console = Console(stderr=is_silent)
    with telling(f"Planning {county}", console, is_silent=is_silent) as tell:
        yield tell


def get_ready(tell: Tell) -> None:
    """Compile the planner's loops, which takes a while the first time only."""
    from waywarden.planner.warming import warm

    tell("getting ready, about a minute the first time", 0.0)
    warm()


def with_costs(tell: Tell) -> Callable[[str, float, float, float], None]:
    """Return what the planner tells how far it is, with its costs in pence."""

    def told(stage: str, done: float, cost: float, bound: float) -> None:
        tell(stage, done, _so_far(cost, bound))

    return told


def _so_far(cost: float, bound: float) -> str:
    """Say the best cost and the bound so far, where they are known."""
    from waywarden.planning.words.wording import short_pounds

    told = [("best", cost), ("bound", bound)]
    known = [f"{name} {short_pounds(round(p))}" for name, p in told if math.isfinite(p) and p > 0]
    return ", ".join(known)
