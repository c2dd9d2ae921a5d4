"""What people ask of a plan: who must be together or apart, who leads, who is left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from waywarden.data.names import did_you_mean, nearest, plain, shown
from waywarden.planner import Problem
from waywarden.planning.checking import chosen_services
from waywarden.planning.costing import Costing, costing_for
from waywarden.planning.facts import CannotPlan, CountyFacts

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asked:
    """Rules a plan must keep, by council keys and service codes, as in a `planner.Problem`."""

    together: Pairs = ()
    apart: Pairs = ()
    locks: Mapping[tuple[str, str], str] = field(default_factory=dict)
    excluded: tuple[str, ...] = ()

    def words(self, names: Mapping[str, str]) -> Iterator[str]:
        """Say each rule, given the names of councils by key and of services by code."""
        for pairs, what in ((self.together, "together"), (self.apart, "apart")):
            for one, other in pairs:
                yield f"{names[one]} and {names[other]} {what}"
        for (council, service), lead in self.locks.items():
            yield f"{names[lead]} leads {names[service].lower()} for {names[council]}"
        for key in self.excluded:
            yield f"{names[key]} left out of clusters"

    def plain(self) -> dict[str, list[list[str]]]:
        """Return the rules as plain values, in a fixed order; empty where there are none."""
        told = {
            "together": sorted(sorted(pair) for pair in self.together),
            "apart": sorted(sorted(pair) for pair in self.apart),
            "locks": sorted([*place, lead] for place, lead in self.locks.items()),
            "excluded": sorted([key] for key in self.excluded),
        }
        return {name: found for name, found in told.items() if found}

    @property
    def listed(self) -> tuple[tuple[str, ...], ...]:
        """The rules in a fixed order, each what it is and then the keys that it names."""
        return tuple((name, *keys) for name, found in self.plain().items() for keys in found)


NOTHING_ASKED = Asked()


def asked_again(listed: Sequence[Sequence[str]]) -> Asked:
    """Return the rules that `Asked.listed` told. Raises ValueError for what is no rule."""
    pairs: dict[str, list[tuple[str, str]]] = {"together": [], "apart": []}
    locks: dict[tuple[str, str], str] = {}
    excluded: list[str] = []
    for name, *keys in listed:
        if name == "excluded":
            [key] = keys
            excluded.append(key)
        elif name == "locks":
            council, service, lead = keys
            locks[council, service] = lead
        elif name in pairs:
            one, other = keys
            pairs[name].append((one, other))
        else:
            raise ValueError(f"{name!r} is no rule")
    return Asked(tuple(pairs["together"]), tuple(pairs["apart"]), locks, tuple(excluded))


def asked_in(problem: Problem) -> Asked:
    """Return the rules that a problem has."""
    return Asked(problem.together, problem.apart, problem.locks, problem.excluded)


@dataclass(frozen=True)
class Wanted:
    """Rules as somebody typed them: names with commas between, each list one for each rule."""

    together: Sequence[str] = ()
    apart: Sequence[str] = ()
    locks: Sequence[str] = ()
    excluded: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return not (self.together or self.apart or self.locks or self.excluded)


def asked_of(facts: CountyFacts, wanted: Wanted, services: Sequence[str] = ()) -> Asked:
    """Return the rules that somebody typed, of the councils of a county.

    Councils may be named by name or key. Raises `CannotPlan` where a name is
    not known, with the names most like it, or stands for several councils.
    """
    costing = costing_for(facts.county)
    planned = chosen_services(services, costing)
    locks: dict[tuple[str, str], str] = {}
    for typed in wanted.locks:
        place, lead = _lock(facts, typed, costing)
        if place[1] not in planned:
            raise CannotPlan(f"--lock {shown(typed)}: {place[1]} is not planned here.")
        if locks.get(place, lead) != lead:
            raise CannotPlan(f"--lock {shown(typed)}: another lead is asked for. Keep one of them.")
        locks[place] = lead
    return Asked(
        together=tuple(_pair(facts, "--together", typed) for typed in wanted.together),
        apart=tuple(_pair(facts, "--apart", typed) for typed in wanted.apart),
        locks=locks,
        excluded=tuple(dict.fromkeys(_excluded(facts, typed) for typed in wanted.excluded)),
    )


def _lock(facts: CountyFacts, typed: str, costing: Costing) -> tuple[tuple[str, str], str]:
    council, service, lead = _parts("--lock", typed, "COUNCIL,SERVICE,LEAD")
    [code] = chosen_services([service], costing)
    return (_council(facts, council), code), _council(facts, lead)


def _pair(facts: CountyFacts, option: str, typed: str) -> tuple[str, str]:
    one, other = (_council(facts, name) for name in _parts(option, typed, "COUNCIL,COUNCIL"))
    if one == other:
        raise CannotPlan(f"{option} {shown(typed)} names one council twice. Name two.")
    return one, other


def _parts(option: str, typed: str, form: str) -> list[str]:
    parts = [part.strip() for part in typed.split(",")]
    if len(parts) != form.count(",") + 1 or not all(parts):
        raise CannotPlan(f"{option} is {shown(typed) or 'empty'}. Write it as {option} {form}.")
    return parts


def _excluded(facts: CountyFacts, typed: str) -> str:
    try:
        return _council(facts, typed)
    except CannotPlan as error:
        if "," not in typed:
            raise
        each = " ".join(f"--exclude “{shown(one.strip())}”" for one in typed.split(","))
        raise CannotPlan(f"--exclude takes one name, and may be repeated: {each}") from error


def _council(facts: CountyFacts, typed: str) -> str:
    """Return the key of a council called so. Raises `CannotPlan` where none or several are."""
    called = [
        one.key for one in facts.councils if plain(typed) in (plain(one.name), plain(one.key))
    ]
    for left in facts.left_out if not called else ():
        if plain(typed) == plain(left.name):
            raise CannotPlan(f"{left.name} is left out of every plan: {_small(left.reason)}")
    if not called:
        asked = did_you_mean(nearest(typed, [one.name for one in facts.councils]))
        listing = f"For their names: waywarden parishes --county {facts.county}"
        where = f"No council of {facts.county} is called “{shown(typed)}”."
        raise CannotPlan(f"{where} {asked or listing}")
    if len(called) > 1:
        raise CannotPlan(f"Several councils are called “{shown(typed)}”: name {_or(called)}.")
    return called[0]


def _small(reason: str) -> str:
    return reason[:1].lower() + reason[1:]


def _or(keys: Sequence[str]) -> str:
    return f"{', '.join(keys[:-1])} or {keys[-1]}"
