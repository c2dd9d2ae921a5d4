"""What is refused before anything is planned, each in a sentence that says where and what to do."""

import math
from collections.abc import Iterator, Sequence

from waywarden.data.names import did_you_mean, nearest, plain, shown
from waywarden.planner import Willingness
from waywarden.planning.costing import Costing, catalogue
from waywarden.planning.facts import KINDS, Amount, CannotPlan, CouncilFacts, CountyFacts


def chosen_services(named: Sequence[str], costing: Costing) -> tuple[str, ...]:
    """Return the codes of the services named, in the catalogue's order; all if none is named.

    A service may be named by its code, its name or the last part of its
    address, in capitals or not.
    """
    if not named:
        return tuple(costing.services)
    found = [_code(name, costing) for name in named]
    for code in found:
        if found.count(code) > 1:
            raise CannotPlan(f"The service {code} is named twice. Name each service once.")
    return tuple(code for code in costing.services if code in found)


def _code(name: str, costing: Costing) -> str:
    rows = catalogue()["service"]
    calls = {plain(row[what]): row for row in rows for what in ("code", "slug", "name")}
    row = calls.get(plain(name))
    if row is None:
        planned = [row for row in rows if row["code"] in costing.services]
        asked = (
            did_you_mean(_likely(name, planned)) or f"Choose from {', '.join(costing.services)}."
        )
        raise CannotPlan(f"There is no service called “{shown(name)}”. {asked}")
    code = str(row["code"])
    if row.get("component"):
        raise CannotPlan(
            f"{code} ({row['name'].lower()}) is a cost component, not a service to plan. "
            f"Choose from {', '.join(costing.services)}."
        )
    if code not in costing.services:
        raise CannotPlan(
            f"{code} ({row['name'].lower()}) cannot be planned yet: too little is known of what it "
            f"costs. Choose from {', '.join(costing.services)}."
        )
    return code


def _likely(name: str, rows: Sequence[dict[str, str]]) -> list[str]:
    """Return the services most like a name, by code and in words."""
    by_call = {row[what]: row for row in rows for what in ("code", "slug", "name")}
    likely = nearest(name, by_call)
    return list(dict.fromkeys(_in_words(by_call[call]) for call in likely))


def _in_words(row: dict[str, str]) -> str:
    return f"{row['code']} ({row['name'].lower()})"


def checked_facts(facts: CountyFacts, costing: Costing) -> None:
    """Refuse facts that cannot be meant."""
    if not facts.councils:
        raise CannotPlan(f"No council is known in {facts.county}, so nothing can be planned.")
    for complaint in _complaints(facts):
        raise CannotPlan(complaint)
    if not any(set(council.amounts) & set(costing.services) for council in facts.councils):
        raise CannotPlan(
            f"No quantity is known in {facts.county}, so nothing can be planned. Load quantities "
            f"of its parishes."
        )


def _complaints(facts: CountyFacts) -> Iterator[str]:
    rows: dict[str, int] = {}
    for row, council in enumerate(facts.councils, 1):
        where = f"Row {row} ({shown(council.name)})"
        if council.key in rows:
            first = rows[council.key]
            yield f"{where} has the same key as row {first}: {council.key}. Keep one of them."
        rows[council.key] = row
        yield from _of_council(where, council)
    for pair in facts.neighbours:
        for key in pair:
            if key not in rows:
                yield f"The neighbours {pair[0]} and {pair[1]}: there is no council {key}."


def _of_council(where: str, council: CouncilFacts) -> Iterator[str]:
    if council.kind not in KINDS:
        yield f"{where}: “{shown(council.kind)}” is no kind of council. Use {', '.join(KINDS)}."
    if not all(math.isfinite(metres) for metres in (council.easting_m, council.northing_m)):
        yield f"{where}: its position is not known. Give its easting and northing."
    if not _is_count(council.population, or_none=True):
        yield f"{where}: its population must be a whole number of at least 0, or not known."
    yield from _unknown_services(where, [*council.amounts, *council.willingness])
    for code, amount in council.amounts.items():
        yield from _of_amount(f"{where}, service {code}", amount)
    for code, will in council.willingness.items():
        if will not in list(Willingness):
            yield (
                f"{where}, service {code}: “{shown(will)}” is no answer. "
                f"Use {', '.join(Willingness)}."
            )


def _unknown_services(where: str, codes: Sequence[str]) -> Iterator[str]:
    services = {str(row["code"]): row for row in catalogue()["service"]}
    for code in codes:
        if code not in services:
            likely = [_in_words(services[near]) for near in nearest(code, services)]
            asked = did_you_mean(likely) or f"Use {', '.join(services)}."
            yield f"{where}: there is no service {shown(code)}. {asked}"


def _of_amount(where: str, amount: Amount) -> Iterator[str]:
    figures = amount.low_milli, amount.expected_milli, amount.high_milli
    if not all(_is_count(milli) for milli in figures):
        yield f"{where}: an amount must be in whole thousandths of at least 0."
    elif not figures[0] <= figures[1] <= figures[2]:
        yield f"{where}: the amount must lie between its low and its high."


def _is_count(number: object, *, or_none: bool = False) -> bool:
    if number is None:
        return or_none
    return isinstance(number, int) and not isinstance(number, bool) and number >= 0
