"""What makes no sense in a problem, said with the row it stands at and what to do."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from numbers import Integral, Real
from typing import TYPE_CHECKING

from waywarden.planner.councils import (
    Council,
    DeliveryModel,
    Outside,
    Provider,
    Service,
    Willingness,
    Work,
)

if TYPE_CHECKING:
    from waywarden.planner.problems import Problem


def is_whole(amount: object) -> bool:
    """Say whether something is a whole number, and not a yes or no."""
    return isinstance(amount, Integral) and not isinstance(amount, bool)


def is_number(amount: object) -> bool:
    """Say whether something is a number on the line, and not a yes or no."""
    return isinstance(amount, Real) and not isinstance(amount, bool)


def complaints(problem: "Problem") -> Iterator[str]:
    """Say what makes no sense in a problem, the first thing first."""
    yield from _rows("council", problem.councils, Council)
    yield from _rows("service", problem.services, Service)
    if not problem.councils:
        yield "There is no council to plan for. Give at least one."
    if not problem.services:
        yield "There is no service to plan. Name at least one."
    yield from _doubles("service", [service.key for service in problem.services])
    yield from _doubles("council", [council.key for council in problem.councils])
    yield from _limits(problem)
    services = {service.key for service in problem.services}
    for row, council in enumerate(problem.councils, 1):
        yield from _in_council(f"Row {row} ({council.name})", council, services)
    known = {council.key for council in problem.councils}
    if problem.neighbours is not None:
        yield from _in_pairs("neighbours", problem.neighbours, known)
    yield from _in_rules(problem, known, services)


def _rows(what: str, rows: object, kind: type[Council | Service | Provider]) -> Iterator[str]:
    """Complain of rows that are no rows, of another kind, or without a key."""
    if not isinstance(rows, tuple):
        yield f"The {what}s are {rows!r}. Give a list of {kind.__name__}."
    for number, row in enumerate(_items(rows), 1):
        if not isinstance(row, kind):
            yield f"Row {number} of the {what}s is {row!r}. Give a {kind.__name__}."
        else:
            yield from _labels(f"Row {number} of the {what}s", row.name, row.key)


def _labels(where: str, name: object, key: object) -> Iterator[str]:
    if not isinstance(name, str):
        yield f"{where}: the name is {name!r}. Give it as text."
    if not isinstance(key, str) or not key.strip():
        yield f"{where} ({name}): the key is {key!r}. Give a key of its own, as text."


def _doubles(what: str, keys: list[str]) -> Iterator[str]:
    for key, times in Counter(keys).items():
        if times > 1:
            first, second = [row for row, held in enumerate(keys, 1) if held == key][:2]
            yield f"Two {what}s have the key {key}: rows {first} and {second}. Keep one of them."


def _limits(problem: "Problem") -> Iterator[str]:
    amounts = {
        "The travel limit": problem.travel_limit_km,
        "The cost per kilometre": problem.cost_per_km,
        "The road factor": problem.road_factor,
        "The cost per cluster": problem.per_cluster,
        "The cost per member": problem.per_member,
    }
    for what, amount in amounts.items():
        yield from _nonsense(what, amount, is_limit=what == "The travel limit")
    if problem.road_factor == 0:
        yield "The road factor is 0. Give 1 for straight lines, or more."
    if not is_whole(problem.most_members) or problem.most_members < 1:
        yield (
            "The most members of a cluster must be at least 1. "
            f"Give a whole number, not {problem.most_members!r}."
        )
    if problem.everyone not in (True, False):
        yield f"Whether everyone counts is {problem.everyone!r}. Give True or False."


def _in_rules(problem: "Problem", known: set[str], services: set[str]) -> Iterator[str]:
    yield from _rows("provider", problem.providers, Provider)
    yield from _doubles("provider", [provider.key for provider in problem.providers])
    for row, provider in enumerate(problem.providers, 1):
        where = f"Row {row} of the providers ({provider.name})"
        yield from _in_provider(where, provider, known, services)
    leads = known | {provider.key for provider in problem.providers}
    yield from _in_travel(problem.travel, leads, known)
    for what in ("together", "apart"):
        yield from _in_pairs(f"pairs to be {what}", getattr(problem, what), known)
    yield from _in_locks(problem.locks, leads, known, services)
    yield from _in_excluded(problem.excluded, known)


def _in_excluded(excluded: object, known: set[str]) -> Iterator[str]:
    if not isinstance(excluded, tuple):
        yield f"Those excluded are {excluded!r}. Give a list of council keys."
    for key in _items(excluded):
        if not _is_one_of(key, known):
            yield f"Excluded is {key!r}, and no council has that key. Leave it out."


def _in_provider(
    where: str, provider: Provider, known: set[str], services: set[str]
) -> Iterator[str]:
    if provider.key in known:
        yield f"{where}: a council has the key {provider.key} as well. Give another key."
    for amount in (provider.east_km, provider.north_km):
        if not is_number(amount) or not math.isfinite(amount):
            yield f"{where}: its position is not known. Give its easting and northing."
    yield from _in_models_by_service(where, provider.models, services)


def _in_models_by_service(where: str, models: object, services: set[str]) -> Iterator[str]:
    if not isinstance(models, Mapping):
        yield f"{where}: its models are {models!r}. Give a list for each service key."
    else:
        for key in sorted(set(models) - services, key=str):
            yield f"{where}: there is no service {key} in this plan. Add it or leave it out."
        for key, listed in models.items():
            yield from _in_models(f"{where}, service {key}", listed)


def _in_travel(travel: object, leads: set[str], known: set[str]) -> Iterator[str]:
    if travel is not None and not isinstance(travel, Mapping):
        yield f"The travel is {travel!r}. Give a number by (lead key, council key), or None."
    for pair, amount in travel.items() if isinstance(travel, Mapping) else ():
        if not isinstance(pair, tuple) or len(pair) != 2 or not set(pair) <= leads:
            yield (
                f"The travel {pair!r} is not between a lead and a council of this plan. Give the "
                "keys of both."
            )
        elif not set(pair) & known:
            yield f"The travel {' to '.join(pair)} is between two providers. Leave it out."
        else:
            yield from _nonsense(f"The travel {' to '.join(pair)}", amount)


def _in_locks(locks: object, leads: set[str], known: set[str], services: set[str]) -> Iterator[str]:
    if not isinstance(locks, Mapping):
        yield f"The locks are {locks!r}. Give a lead's key by (council key, service key)."
    for place, lead in locks.items() if isinstance(locks, Mapping) else ():
        if not isinstance(place, tuple) or len(place) != 2:
            yield f"The lock {place!r} is no pair. Give (council key, service key)."
        elif place[0] not in known or place[1] not in services or not _is_one_of(lead, leads):
            yield (
                f"The lock of {place[0]}, service {place[1]}, to {lead}: one of these is not in "
                "this plan. Give the keys of a council, a service and a lead."
            )


def _is_one_of(key: object, keys: set[str]) -> bool:
    return isinstance(key, str) and key in keys


def _in_pairs(what: str, pairs: object, known: set[str]) -> Iterator[str]:
    if not isinstance(pairs, tuple):
        yield f"The {what} are {pairs!r}. Give pairs of council keys{_or_none(what)}."
    for pair in _items(pairs):
        yield from _in_pair(what, pair, known)


def _or_none(what: str) -> str:
    return ", or None" if what == "neighbours" else ""


def _in_pair(what: str, pair: object, known: set[str]) -> Iterator[str]:
    keys = list(pair) if isinstance(pair, tuple | list) else []
    if len(keys) != 2 or not all(isinstance(key, str) for key in keys):
        yield f"The {what} {pair!r} are no pair. Give the keys of two councils."
    for key in sorted(set(keys) - known):
        yield f"The {what} {' and '.join(keys)}: no council has the key {key}."
    if len(set(keys)) == 1:
        yield f"Council {keys[0]} is paired with itself in the {what}. Leave that pair out."


def _in_council(where: str, council: Council, services: set[str]) -> Iterator[str]:
    for amount in (council.east_km, council.north_km):
        if not is_number(amount) or not math.isfinite(amount):
            yield f"{where}: its position is not known. Give its easting and northing."
    if council.can_lead not in (True, False):
        yield f"{where}: whether it can lead is {council.can_lead!r}. Give True or False."
    yield from _in_works(where, council.work, services)


def _in_works(where: str, works: object, services: set[str]) -> Iterator[str]:
    if not isinstance(works, Mapping):
        yield f"{where}: its work is {works!r}. Give a Work for each service key."
    else:
        for key in sorted(set(works) - services, key=str):
            yield f"{where}: there is no service {key} in this plan. Add it or leave out its work."
        for key, work in works.items():
            yield from _in_service(f"{where}, service {key}", work)


def _in_service(where: str, work: object) -> Iterator[str]:
    if isinstance(work, Work):
        yield from _in_work(where, work)
    else:
        yield f"{where}: its work is {work!r}. Give a Work, or leave the service out."


def _in_work(where: str, work: Work) -> Iterator[str]:
    amounts = {
        "the work": work.work,
        "the peak month": work.peak,
        "the visits": work.visits,
        "the trips": work.trips,
        "the payment": work.payment,
    }
    for what, amount in amounts.items():
        yield from _nonsense(f"{where}: {what}", amount)
    yield from _in_willingness(where, work.willingness)
    yield from _in_models(where, work.models)
    yield from _in_outside(where, work.outside)


def _in_willingness(where: str, said: object) -> Iterator[str]:
    if not isinstance(said, Willingness):
        words = ", ".join(Willingness)
        yield f"{where}: the willingness is {said!r}. Choose one of {words}."


def _in_models(where: str, models: object) -> Iterator[str]:
    if not isinstance(models, tuple | list):
        yield f"{where}: its models are {models!r}. Give a list of DeliveryModel."
    for model in _items(models):
        if isinstance(model, DeliveryModel):
            yield from _in_model(f"{where}, {model.name}", model)
        else:
            yield f"{where}: a model is {model!r}. Give a DeliveryModel."


def _in_model(where: str, model: DeliveryModel) -> Iterator[str]:
    yield from _nonsense(f"{where}: the set-up cost", model.setup)
    yield from _nonsense(f"{where}: the unit cost", model.unit_cost)
    yield from _nonsense(f"{where}: the call-out", model.call_out)
    yield from _nonsense(f"{where}: the capacity", model.capacity, is_limit=True)
    yield from _in_range(where, model.low, model.high)


def _in_outside(where: str, outside: object) -> Iterator[str]:
    if not isinstance(outside, tuple | list):
        yield f"{where}: its outside options are {outside!r}. Give a list of Outside."
    for option in _items(outside):
        if isinstance(option, Outside):
            yield from _nonsense(f"{where}, {option.name}: the cost", option.cost)
            yield from _in_part(f"{where}, {option.name}", option.by_work)
            yield from _in_range(f"{where}, {option.name}", option.low, option.high)
        else:
            yield f"{where}: an outside option is {option!r}. Give an Outside."


def _in_part(where: str, by_work: float) -> Iterator[str]:
    yield from _nonsense(f"{where}: the part that grows with the work", by_work)
    if by_work > 1:
        yield f"{where}: the part that grows with the work is {by_work:g}. Give at most 1."


def _in_range(where: str, low: float, high: float) -> Iterator[str]:
    yield from _nonsense(f"{where}: the low price", low)
    yield from _nonsense(f"{where}: the high price", high)
    if is_number(low) and is_number(high) and not low <= 1 <= high:
        yield (
            f"{where}: its price may be from {low:g} to {high:g} times what is expected. Give at "
            "most 1, and at least 1."
        )


def _items(rows: object) -> Iterable[object]:
    return rows if isinstance(rows, tuple | list) else ()


def _nonsense(what: str, amount: float, *, is_limit: bool = False) -> Iterator[str]:
    if not is_number(amount):
        yield f"{what} is {amount!r}, which is not a number. Give a number of at least 0."
    elif math.isnan(amount):
        yield f"{what} is not a number. Give a number of at least 0."
    elif amount < 0:
        yield f"{what} is {float(amount):g}. Give a number of at least 0."
    elif math.isinf(amount) and not is_limit:
        yield f"{what} has no end. Give a number of at least 0."
