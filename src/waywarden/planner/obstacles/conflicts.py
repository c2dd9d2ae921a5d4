"""Says which rules cannot all be kept, whatever the plan, and what to drop."""

from collections.abc import Iterable, Iterator

import numpy as np

from waywarden.planner.arrays import Ints
from waywarden.planner.clusters.tying import Ties, blocks_of, pairs_of
from waywarden.planner.councils import Council, Provider, Willingness
from waywarden.planner.problems import Problem
from waywarden.planner.sharing import Sharing


def conflicts_of_exclusion(problem: Problem) -> Iterator[str]:
    """Say who is excluded and yet is to be together with somebody, or is locked to a lead."""
    for pair in problem.together:
        for key in set(pair) & set(problem.excluded):
            yield (
                f"{named(problem, key)} is excluded, and must be together with "
                f"{named(problem, pair[key == pair[0]])}. Drop one of these rules."
            )
    for (council, service), lead in problem.locks.items():
        if council in problem.excluded:
            yield (
                f"{named(problem, council)} is excluded, and is locked to "
                f"{_itself_or(problem, council, lead)} for {service}. Drop one of these rules."
            )


def named(problem: Problem, key: str) -> str:
    """Return a council with its row, or a provider by its name."""
    for row, council in enumerate(problem.councils, 1):
        if council.key == key:
            return f"Row {row} ({council.name})"
    return next(provider.name for provider in problem.providers if provider.key == key)


def listed(problem: Problem, rows: Iterable[int]) -> str:
    """Return councils as words: one, two and three."""
    *first, last = [named(problem, problem.councils[row].key) for row in rows]
    return f"{', '.join(first)} and {last}" if first else last


def _with_whom(problem: Problem, pair: tuple[str, str]) -> str:
    return f"{named(problem, pair[0])} must be together with {named(problem, pair[1])}"


def _locked(problem: Problem, council: str, lead: str) -> str:
    return f"{named(problem, council)} is locked to {_itself_or(problem, council, lead)}"


def _itself_or(problem: Problem, council: str, lead: str) -> str:
    return "itself" if council == lead else named(problem, lead)


def conflicts_of_locks(problem: Problem, sharing: Sharing) -> Iterator[str]:
    """Say which leads that councils are locked to cannot lead the service, or not reach them."""
    for row, column in np.argwhere(sharing.takes_part & (sharing.locked >= 0)):
        council, service = problem.councils[row], problem.services[column].key
        lead = int(sharing.locked[row, column])
        cannot = _why_not(problem, sharing, lead, int(column))
        if not cannot and not sharing.road_km(lead, np.array([row]))[0] <= sharing.limit_km:
            cannot = "is too far away"
        if cannot:
            led_by = problem.leads[lead].key
            yield (
                f"{_locked(problem, council.key, led_by)} for {service}, "
                f"{'and' if led_by == council.key else 'which'} {cannot}. Drop the lock, or lock "
                "it to another lead."
            )


def _why_not(problem: Problem, sharing: Sharing, lead: int, column: int) -> str:
    """Return why somebody cannot lead a service, nothing if it can."""
    if np.isfinite(sharing.setup[lead, column]).any():
        return ""
    one, service = problem.leads[lead], problem.services[column].key
    if isinstance(one, Provider):
        return "does not offer it"
    return _why_council_cannot(problem, one, service)


def _why_council_cannot(problem: Problem, council: Council, service: str) -> str:
    if council.key in problem.excluded:
        return "is excluded"
    if service not in council.work:
        return "has no work of it"
    will = problem.willingness(council, service)
    if will is Willingness.LEAD:
        return "has given no way of delivering it"
    if not council.can_lead:
        return "may not lead"
    return "is not willing to lead it"


def conflicts_of_ties(problem: Problem, sharing: Sharing, ties: Ties, column: int) -> Iterator[str]:
    """Say which councils are tied for a service so that they cannot be in one cluster."""
    for one, other in pairs_of(sharing.apart):
        if one < other and ties.torn[one] and ties.block[one] == ties.block[other]:
            both = listed(problem, [int(one), int(other)])
            yield (
                f"{both} must be apart, yet {_chain(problem, ties, int(one), int(other))}. Drop "
                "one of these rules."
            )
    yield from _two_leads(problem, sharing, ties, column)
    for block in np.unique(ties.block[ties.size > sharing.most_members]):
        yield (
            f"{listed(problem, np.flatnonzero(ties.block == block))} must be in one cluster, and "
            f"none may have more than {sharing.most_members} members. Allow more, or drop a rule "
            "that ties them."
        )


def _two_leads(problem: Problem, sharing: Sharing, ties: Ties, column: int) -> Iterator[str]:
    """Say who is tied to one that is locked to another lead."""
    first: dict[int, int] = {}
    for row in np.flatnonzero(sharing.takes_part[:, column] & (sharing.locked[:, column] >= 0)):
        other = first.setdefault(int(ties.block[row]), int(row))
        if sharing.locked[other, column] != sharing.locked[row, column]:
            locks = [
                _locked(problem, problem.councils[at].key, problem.leads[lead].key)
                for at, lead in ((at, sharing.locked[at, column]) for at in (other, row))
            ]
            yield (
                f"{' and '.join(locks)} for {problem.services[column].key}, yet "
                f"{_chain(problem, ties, other, int(row))}. Drop one of these rules."
            )


def _chain(problem: Problem, ties: Ties, one: int, other: int) -> str:
    """Say through whom two councils of a block are tied."""
    came_from, waiting = {one: one}, [one]
    while other not in came_from:
        row = waiting.pop(0)
        for near in ties.together[ties.together[:, 0] == row, 1]:
            if int(near) not in came_from:
                came_from[int(near)] = row
                waiting.append(int(near))
    path = [other]
    while path[-1] != one:
        path.append(came_from[path[-1]])
    links = zip(path[:0:-1], path[-2::-1], strict=True)
    return " and ".join(_link(problem, *pair) for pair in links)


def _link(problem: Problem, one: int, other: int) -> str:
    keys = {problem.councils[one].key, problem.councils[other].key}
    for pair in problem.together:
        if keys == set(pair):
            return _with_whom(problem, pair)
    locks = ((place, lead) for place, lead in problem.locks.items() if keys == {place[0], lead})
    (council, service), lead = next(locks)
    return f"{_locked(problem, council, lead)} for {service}"


def conflicts_of_contiguity(problem: Problem, sharing: Sharing, ties: Ties) -> Iterator[str]:
    """Say which tied councils no chain of neighbours that take part joins."""
    parts = parts_of(sharing)
    for one, other in ties.together:
        for idle in (row for row in (one, other) if not sharing.joins[row]):
            yield (
                f"{listed(problem, [idle])} takes part in no service, yet "
                f"{_link(problem, int(one), int(other))}. Drop the rule, or let it take part."
            )
        if sharing.is_contiguous and parts[one] != parts[other]:
            yield (
                f"{_link(problem, int(one), int(other))}, and no chain of neighbours that take "
                "part joins them. Drop the rule, or add who is next to whom."
            )


def parts_of(sharing: Sharing) -> Ints:
    """Return for each council the first of those that it hangs together with."""
    pairs = pairs_of(sharing.neighbours)
    return blocks_of(pairs[sharing.joins[pairs].all(axis=1)], len(sharing.joins))
