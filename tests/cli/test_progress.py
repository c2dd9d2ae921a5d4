"""How far a command is: a bar on a terminal, a line for each stage elsewhere."""

import io
import math

import pytest
from rich.console import Console

from waywarden.plan_progress import with_costs
from waywarden.progress import telling


def terminal() -> Console:
    return Console(file=io.StringIO(), force_terminal=True, width=80)


def paper() -> Console:
    """Give a console that is no terminal, as where what is said goes into a file."""
    return Console(file=io.StringIO(), width=80)


def written(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("is_silent", [False, True])
def test_a_terminal_shows_a_bar_with_stage_and_share_and_takes_it_away(is_silent: bool) -> None:
    console = terminal()
    with telling("Planning Marlshire", console, is_silent=is_silent) as tell:
        tell("search", 0.25, "best £1.46m")

    # Of 20 signs a quarter are filled; at the end the line is taken away again.
    assert "search" in written(console)
    assert "25%" in written(console)
    assert "best £1.46m" in written(console)
    assert written(console).endswith("\x1b[2K")


def test_elsewhere_each_stage_is_said_once() -> None:
    console = paper()
    with telling("Planning Marlshire", console) as tell:
        for stage, done in (("search", 0.1), ("search", 0.2), ("proof [1]", 0.9)):
            tell(stage, done)

    assert written(console) == "Planning Marlshire: search\nPlanning Marlshire: proof [1]\n"


def test_beside_json_nothing_is_said_but_on_a_terminal() -> None:
    console = paper()
    with telling("Planning Marlshire", console, is_silent=True) as tell:
        tell("search", 0.1)

    assert written(console) == ""


@pytest.mark.parametrize(
    ("cost", "bound", "beside"),
    [
        (146_000_000, 143_000_000, "best £1.46m, bound £1.43m"),
        (146_000_000, -math.inf, "best £1.46m"),
        (math.inf, 0.0, ""),
    ],
)
def test_a_plan_tells_its_best_cost_and_bound_where_they_are_known(
    cost: float, bound: float, beside: str
) -> None:
    told: list[tuple[str, float, str]] = []
    with_costs(lambda stage, done, beside="", /: told.append((stage, done, beside)))(
        "search", 0.5, cost, bound
    )

    assert told == [("search", 0.5, beside)]
