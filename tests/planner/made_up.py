"""Small made-up counties to plan: random, but the same for the same seed."""

import numpy as np

from waywarden.planner import (
    Council,
    DeliveryModel,
    Outside,
    Problem,
    Service,
    Willingness,
    Work,
)

SERVICES = (Service("grass", "Village grass", "m2"), Service("paths", "Paths", "m"))


def county(seed, *, size=6, services=2, **rules):
    """Return a county of so many councils; some are meetings, some go alone or say no."""
    random = np.random.default_rng(seed)
    planned = SERVICES[:services]
    councils = tuple(_council(random, row, planned) for row in range(size))
    usual = {"travel_limit_km": 12.0, "cost_per_km": 0.9, "per_cluster": 150.0, "per_member": 60.0}
    return Problem(councils, planned, **usual | rules)


def ring(size):
    """Return neighbours that make a ring of the councils."""
    return tuple((f"council-{row}", f"council-{(row + 1) % size}") for row in range(size))


def _council(random, row, services):
    east, north = random.uniform(0, 8, 2)
    work = {service.key: _work(random) for service in services}
    can_lead = bool(random.random() < 0.8)
    return Council(f"council-{row}", f"Council {row}", east, north, work, can_lead=can_lead)


def _work(random):
    amount = float(random.integers(5, 60))
    setup, price = float(random.integers(200, 900)), float(random.uniform(8, 14))
    firm = float(random.integers(300, 700))
    models = (
        DeliveryModel("own staff", setup, price, capacity=2.5 * amount + 20),
        DeliveryModel("firm", firm, price * 1.3, call_out=4.0, travels=False),
    )
    # A council alone can always hire a firm at a little more.
    outside = (Outside("alone, by a firm", firm + 1.3 * price * amount + 8.0),)
    said = random.choice(list(Willingness), p=[0.6, 0.2, 0.1, 0.05, 0.05])
    return Work(amount, amount / 2, 2.0, 3.0, Willingness(said), models, outside)
