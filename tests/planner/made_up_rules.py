"""Small made-up counties under rules of every kind: random, but the same for the same seed."""

from dataclasses import replace

import numpy as np

from tests.planner import made_up
from waywarden.planner import DeliveryModel, Provider

#: How often a county has a rule of each kind.
USUAL = {
    "providers": 0.6,
    "travel": 0.4,
    "together": 0.5,
    "apart": 0.4,
    "locks": 0.4,
    "excluded": 0.2,
    "neighbours": 0.4,
    "must_join": 0.3,
    "tight": 0.3,
}


def ruled_county(seed, *, size=5, services=2, often=USUAL, **rules):
    """Return a county of so many councils under a few rules that may well conflict."""
    draw = np.random.default_rng(seed + 10_000)
    problem = made_up.county(seed, size=size, services=services, **rules)
    happens = {rule: draw.random() < often.get(rule, 0.0) for rule in USUAL}
    if happens["must_join"]:
        problem = without_outside(problem, draw)
    if happens["tight"]:
        problem = replace(problem, most_members=int(draw.integers(1, 4)))
    given = {rule: RULES[rule](problem, draw) for rule in RULES if happens[rule]}
    problem = replace(problem, **{k: v for k, v in given.items() if k == "providers"})
    if "travel" in given:
        given["travel"] = some_travel(problem, draw)
    if "locks" in given:
        given["locks"] = some_locks(problem, draw)
    return replace(problem, **given)


def without_outside(problem, draw):
    """Take the outside options from about one council and service in five."""
    councils = []
    for council in problem.councils:
        work = {
            key: replace(one, outside=()) if draw.random() < 0.2 else one
            for key, one in council.work.items()
        }
        councils.append(replace(council, work=work))
    return replace(problem, councils=tuple(councils))


def some_providers(problem, draw):
    providers = []
    for number in range(int(draw.integers(1, 3))):
        models = {
            service.key: (
                DeliveryModel(
                    "crew",
                    float(draw.integers(50, 500)),
                    float(draw.uniform(5, 12)),
                    capacity=float(draw.integers(15, 120)),
                ),
            )
            for service in problem.services
            if draw.random() < 0.8
        }
        east, north = draw.uniform(0, 8, 2)
        name = f"Company {number}"
        providers.append(Provider(f"company-{number}", name, east, north, models))
    return tuple(providers)


def some_travel(problem, draw):
    """Give a way between most leads and councils, at random from 0 to 15."""
    return {
        (lead.key, council.key): float(np.round(draw.uniform(0, 15), 1))
        for lead in problem.leads
        for council in problem.councils
        if lead.key != council.key and draw.random() < 0.8
    }


def some_pairs(problem, draw):
    keys = [council.key for council in problem.councils]
    return tuple(
        tuple(str(key) for key in draw.choice(keys, 2, replace=False))
        for _ in range(int(draw.integers(1, 3)))
    )


def some_locks(problem, draw):
    keys = [council.key for council in problem.councils]
    leads = [lead.key for lead in problem.leads]
    return {
        (str(draw.choice(keys)), str(draw.choice([s.key for s in problem.services]))): str(
            draw.choice(leads)
        )
        for _ in range(int(draw.integers(1, 3)))
    }


def some_excluded(problem, draw):
    return (str(draw.choice([council.key for council in problem.councils])),)


def some_neighbours(problem, draw):
    ring = made_up.ring(len(problem.councils))
    return tuple(pair for pair in ring if draw.random() < 0.8)


RULES = {
    "providers": some_providers,
    "travel": some_travel,
    "together": some_pairs,
    "apart": some_pairs,
    "locks": some_locks,
    "excluded": some_excluded,
    "neighbours": some_neighbours,
}
