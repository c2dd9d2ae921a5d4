"""What a plan does and how good it is, and what it assumes: the sentences above its tables."""

from collections.abc import Iterator, Sequence

from waywarden.fabric.common.wording import pounds, whole_pounds
from waywarden.planning.costing import Costing, Price, ServiceCosting
from waywarden.planning.facts import CountyFacts
from waywarden.planning.reports import PRICES, Report
from waywarden.planning.ways import own_rate
from waywarden.planning.words.phrasing import (
    capital,
    counted,
    listed,
    more_or_less,
    rate,
    with_article,
)
from waywarden.planning.words.wording import (
    AT_A_FIRMS_PRICES,
    OUR_ESTIMATE,
    RULES,
    proof,
    saved_percent,
    sentence,
)
from waywarden.rules.units import units

MOST_NAMED = 8
HOLDING = "where it costs no more than its members would pay alone"


def findings_of(
    report: Report, facts: CountyFacts, costing: Costing, asked: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return what is found, the weightiest first; of a report that has no findings yet.

    ``asked`` are the rules that people wanted kept, in words.
    """
    said = [*_standing(report), *_saved(report), *_now(report), *_proof(report, costing, asked)]
    said += [*_holding(report), *_alone(report), *_staying(report), *_uncertain(report, facts)]
    return tuple(said)


def _standing(report: Report) -> Iterator[str]:
    if report.is_everyone:
        yield "This is an illustration: it takes every council that has not answered as willing."
    elif not _taking_part(report):
        yield (
            "No council has said that it would take part, so every service stays with the county "
            "and the plan costs what we estimate the county pays now. Plan as if every council "
            "took part to see an illustration."
        )


def _taking_part(report: Report) -> int:
    return sum(1 for council in report.councils if council.clusters or council.alone.high)


def _saved(report: Report) -> Iterator[str]:
    if not _taking_part(report):
        return
    alone, together = report.alone.expected, report.planned.expected
    yield (
        f"The plan costs {whole_pounds(together)} a year, {_compared(together, alone)} if each "
        f"council went alone: {whole_pounds(alone)}."
    )
    yield from _of_those_who_take_part(report)
    low, high = whole_pounds(report.planned.low), whole_pounds(report.planned.high)
    yield f"At low prices it costs {low} and at high prices {high}."


def _of_those_who_take_part(report: Report) -> Iterator[str]:
    """Say what is theirs, where the county goes on paying for others."""
    kept = report.kept.expected
    if kept <= 0:
        return
    together, alone = report.planned.expected - kept, report.alone.expected - kept
    yield (
        f"Of that {whole_pounds(kept)} is what the county goes on paying for the others. Those who "
        f"take part cost {whole_pounds(together)}, {_compared(together, alone)} if each went "
        f"alone: {whole_pounds(alone)}."
    )


def _compared(together: int, alone: int) -> str:
    saved = alone - together
    if abs(saved) < 50:
        return "as much as"
    part = f" ({saved_percent(alone, together)})" if saved > 0 else ""
    return f"{more_or_less(-saved)}{part} than"


def _now(report: Report) -> Iterator[str]:
    yield (
        f"The same work {AT_A_FIRMS_PRICES}, would cost {whole_pounds(report.now.expected)} a "
        f"year: {OUR_ESTIMATE}."
    )
    for service in report.services:
        if service.published_pence is not None:
            yield (
                f"For {service.name.lower()} that is {whole_pounds(service.now.expected)}; the "
                f"budget published for it in {service.published_year} was "
                f"{pounds(service.published_pence)}."
            )


def _proof(report: Report, costing: Costing, asked: Sequence[str]) -> Iterator[str]:
    if not _taking_part(report):
        return
    yield proof(report)
    yield _rules(report, costing, asked)
    if report.bound_is:
        yield sentence(report.bound_is)


def _rules(report: Report, costing: Costing, asked: Sequence[str]) -> str:
    """Say what bound the clusters of a plan, from the figures it was made with."""
    km = costing.value("travel_limit_km")
    near = f"each council within {km} km by road of its lead"
    time = "no lead with more to do in its busiest month than its people have time for"
    most = f"clusters of at most {costing.value('most_members')} councils"
    touching = "" if report.shape == "per_service" else " whose parishes touch"
    wanted = "".join(f"; as asked, {rule}" for rule in asked)
    return f"{RULES}{most}{touching}; {near}; {time}{wanted}."


def _holding(report: Report) -> Iterator[str]:
    if not report.clusters:
        return
    held = [len(cluster.holds_at) for cluster in report.clusters]
    every, none = held.count(len(PRICES)), held.count(0)
    total = counted(len(held), "cluster", "clusters")
    if every == len(held):
        cost = "costs no more than its" if len(held) == 1 else "cost no more than their"
        yield f"The {total} {cost} members would pay alone, whether prices are low or high."
        return
    parts = [f"{every} {_hold(every)} together at every price"] if every else []
    some = [one.name for one in report.clusters if 0 < len(one.holds_at) < len(PRICES)]
    if some:
        named = f" ({'; '.join(some)})" if len(some) <= MOST_NAMED else ""
        parts.append(f"{len(some)} {_hold(len(some))} together at some prices only{named}")
    parts += [f"{none} {_hold(none)} together at no price"] if none else []
    yield f"Of {total}, {listed(parts)}; one holds together {HOLDING}."


def _hold(count: int) -> str:
    return "holds" if count == 1 else "hold"


def _alone(report: Report) -> Iterator[str]:
    names = [one.name for one in report.councils if not one.clusters and one.alone.high]
    if not names:
        return
    goes = "goes" if len(names) == 1 else "go"
    if len(names) > MOST_NAMED:
        yield f"{capital(counted(len(names), 'council', 'councils'))} {goes} alone."
    else:
        yield f"{listed(names)} {goes} alone."


def _staying(report: Report) -> Iterator[str]:
    staying = sum(1 for council in report.councils if council.stays)
    if staying and _taking_part(report):
        councils = capital(counted(staying, "council", "councils"))
        leave = "leaves" if staying == 1 else "leave"
        yield (
            f"{councils} {leave} something with the county, which goes on paying "
            f"{whole_pounds(report.kept.expected)} a year for it."
        )


def _uncertain(report: Report, facts: CountyFacts) -> Iterator[str]:
    meetings = sum(1 for council in report.councils if council.is_planned_as_meeting)
    if meetings:
        councils = capital(counted(meetings, "council is", "councils are"))
        one = "a parish meeting" if meetings == 1 else "parish meetings"
        yield f"{councils} planned as {one}, which can be served but cannot lead."
    wanted = [service.code for service in report.services]
    gaps = sum(1 for one in facts.councils if not set(wanted) <= set(one.amounts))
    if gaps:
        some = counted(gaps, "council", "councils")
        yield f"Some amount is not known for {some}, and is left out."
    by_reason: dict[str, list[str]] = {}
    for name, reason in report.left_out:
        by_reason.setdefault(reason, []).append(name)
    for reason, names in by_reason.items():
        shown = names if len(names) <= MOST_NAMED else [*names[:MOST_NAMED], "others"]
        yield f"{listed(shown)} {'is' if len(names) == 1 else 'are'} left out. {reason}"


def assumed_of(costing: Costing, codes: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    """Return everything a plan of some services assumes: words, confidence letter and source."""
    lines = list(costing.notes)
    lines += [(one.words, one.confidence, one.source) for one in costing.figures.values()]
    lines += _running(costing)
    for code in codes:
        lines += _of_service(costing.services[code], costing)
    return tuple(lines)


def _running(costing: Costing) -> Iterator[tuple[str, str, str]]:
    yield _line("Running a cluster, each member", costing.member, "a year")
    yield (
        f"Running a cluster, of its work and call-outs: {costing.contract_percent}%",
        costing.member.confidence,
        costing.member.source,
    )
    yield _line("Training to work beside roads, each person", costing.training, "")
    yield _line("Insurance, where people are employed", costing.insurance, "a year")


def _of_service(service: ServiceCosting, costing: Costing) -> Iterator[tuple[str, str, str]]:
    name, each = service.name, with_article(units()[service.unit].singular)
    yield f"{name}: {service.level.words.lower()}", service.level.confidence, service.level.source
    yield _line(f"{name}, by a firm", service.contractor, each)
    if service.call_out:
        yield _line(f"{name}, a firm’s call-out to a village", service.call_out, "a visit")
    if service.own_staff:
        pence = rate(round(own_rate(service, costing) * 1_000))
        yield (
            f"{name}, by a council’s own employees: {pence} {each}",
            service.own_staff.confidence,
            service.own_staff.source,
        )
    if service.volunteers:
        yield _line(f"{name}, by volunteers", service.volunteers, each)
    if service.kit_pence and (service.own_staff or service.volunteers):
        yield (
            f"{name}, equipment: {pounds(service.kit_pence)}",
            service.kit_confidence,
            "The catalogue of services",
        )
    for figure in (service.hourly_milli, service.peak_percent):
        yield figure.words, figure.confidence, figure.source


def _line(what: str, price: Price, per: str) -> tuple[str, str, str]:
    return f"{what}: {rate(price.millipence)} {per}".strip(), price.confidence, price.source
