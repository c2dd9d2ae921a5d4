"""Compiles the loops before they are wanted, so that nobody waits in the middle of a plan."""

from waywarden.planner.councils import Council, DeliveryModel, Outside, Service, Work
from waywarden.planner.efforts import Effort
from waywarden.planner.problems import Problem
from waywarden.planner.solving import SHAPES, plan

A_FEW_MOVES = Effort(
    shared_moves=2_000,
    service_moves=200,
    relaxed_rounds=3,
    exact_rounds=3,
    nodes=2,
    proof_rounds=1,
)


def warm() -> None:
    """Plan a tiny county in every shape: about a minute the first time, a moment ever after."""
    for shape in SHAPES:
        plan(_tiny(), shape=shape, effort=A_FEW_MOVES, threads=1)


def _tiny(size: int = 6) -> Problem:
    work = Work(
        work=10.0,
        peak=5.0,
        models=(DeliveryModel("own", 100.0, 1.0, 40.0), DeliveryModel("hired", 60.0, 2.0)),
        outside=(Outside("alone", 80.0),),
    )
    councils = tuple(
        Council(str(row), str(row), float(row), 0.0, {"a": work, "b": work}) for row in range(size)
    )
    neighbours = tuple((str(row), str(row + 1)) for row in range(size - 1))
    services = (Service("a", "a"), Service("b", "b"))
    return Problem(councils, services, neighbours=neighbours, travel_limit_km=9.0)
