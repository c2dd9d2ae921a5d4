"""Turns a plan into a report: whole pence, names, shares, reasons and findings."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from waywarden.planner import Cluster, Plan
from waywarden.planner.answers.explaining import NO_GAP
from waywarden.planning.answers.findings import assumed_of, findings_of
from waywarden.planning.answers.ledger import Ledger
from waywarden.planning.answers.numbering import Called, called
from waywarden.planning.answers.reasons import Reasons
from waywarden.planning.costing import Costing, costing_for
from waywarden.planning.facts import CountyFacts
from waywarden.planning.fingerprint import input_hash
from waywarden.planning.reports import (
    NOTHING,
    PRICES,
    ClusterReport,
    CouncilReport,
    LedService,
    Range,
    Report,
    ServiceReport,
)
from waywarden.planning.ways import is_planned_as_meeting
from waywarden.rules.pence import split_pence


def report_of(
    facts: CountyFacts,
    plan: Plan,
    *,
    effort: str,
    costing: Costing | None = None,
    start: Sequence[Sequence[str]] = (),
) -> Report:
    """Return the report of a plan of the problem that `problem_of` makes of the same facts.

    ``effort`` is what the plan was asked for, and ``start`` the groups it began from. Every line
    is in whole pence, rounded once; every total is the sum of its lines.
    """
    costing = costing or costing_for(facts.county)
    ledger = Ledger(facts, plan, costing)
    known = called(facts, ledger)
    reasons = Reasons(ledger, known)
    services = tuple(_service(ledger, code) for code in ledger.services)
    clusters = tuple(_cluster(ledger, one, reasons) for one in known)
    report = Report(
        **_followed_from(facts, ledger, effort, start),
        **_totals(plan, services, clusters),
        services=services,
        clusters=clusters,
        councils=_councils(ledger, known, reasons),
        left_out=tuple((one.name, one.reason) for one in facts.left_out),
        findings=(),
        assumed=assumed_of(costing, ledger.services),
    )
    names = {one.key: one.name for one in facts.councils}
    names |= {service.key: service.name for service in ledger.problem.services}
    asked = [*ledger.asked.words(names)]
    return replace(report, findings=findings_of(report, facts, costing, asked))


def _followed_from(
    facts: CountyFacts, ledger: Ledger, effort: str, start: Sequence[Sequence[str]]
) -> dict[str, Any]:
    """Return what was planned and asked for, as the fields of a report."""
    wishes: dict[str, Any] = {
        "shape": ledger.plan.shape,
        "effort": effort,
        "seed": ledger.plan.seed,
    }
    everyone, asked = ledger.problem.everyone, ledger.asked
    known_as = input_hash(
        facts,
        ledger.services,
        everyone=everyone,
        costing=ledger.costing,
        asked=asked,
        start=start,
        **wishes,
    )
    return wishes | {
        "input_hash": known_as,
        "county": facts.county,
        "is_everyone": everyone,
        "asked": asked.listed,
    }


def _totals(
    plan: Plan, services: Sequence[ServiceReport], clusters: Sequence[ClusterReport]
) -> dict[str, Any]:
    """Return what all of it costs, and how good it is proven to be, as the fields of a report."""
    running = sum((cluster.coordination for cluster in clusters), NOTHING)
    planned = sum((service.planned for service in services), running)
    kept = sum((service.kept for service in services), NOTHING)
    bound = min(planned.expected, math.floor(plan.bound) + kept.expected)
    return {
        "now": sum((service.now for service in services), NOTHING),
        "alone": sum((service.alone for service in services), NOTHING),
        "planned": planned,
        "kept": kept,
        "bound": bound,
        "gap_permille": 0 if plan.gap < NO_GAP else gap_permille(planned.expected, bound),
        "bound_is": plan.bound_is,
    }


def gap_permille(planned: int, bound: int) -> int:
    """Return by how many tenths of a percent a plan could at most be cheaper, rounded up.

    A gap below two millionths is none: a proof keeps back one against rounding.

    >>> gap_permille(1_000_00, 896_01), gap_permille(1_000_00, 1_000_00), gap_permille(0, 0)
    (104, 0, 0)
    >>> gap_permille(1_000_000_00, 999_999_00)
    0
    """
    if (planned - bound) * 500_000 < planned:
        return 0
    return -(-1_000 * (planned - bound) // planned) if planned > 0 else 0


def _service(ledger: Ledger, code: str) -> ServiceReport:
    costing = ledger.costing.services[code]
    kept, alone, apart = NOTHING, NOTHING, NOTHING
    for key in ledger.council:
        if code in ledger.staying[key]:
            kept += ledger.now(key, [code])
        if code in ledger.taken_on[key]:
            alone += ledger.alone(key, [code])
        if code in ledger.by_itself(key):
            apart += ledger.alone(key, [code])
    led = [ledger.led(one, code) for one in ledger.plan.clusters if code in one.service_leads]
    return ServiceReport(
        code=code,
        name=costing.name,
        unit=costing.unit,
        now=sum((ledger.now(key, [code]) for key in ledger.council), NOTHING),
        alone=alone + kept,
        planned=sum(led, apart + kept),
        level=costing.level.words,
        level_source=costing.level.source,
        level_confidence=costing.level.confidence,
        kept=kept,
        published_pence=costing.published_pence,
        published_source=costing.published_source,
        published_year=costing.published_year,
    )


def _cluster(ledger: Ledger, one: Called, reasons: Reasons) -> ClusterReport:
    cluster = one.cluster
    services = tuple(
        _led(ledger, cluster, service)
        for service in ledger.services
        if service in cluster.service_leads
    )
    planned, alone = ledger.cluster(cluster), ledger.cluster_alone(cluster)
    return ClusterReport(
        number=one.number,
        key=one.key,
        name=one.name,
        lead=cluster.lead,
        members=cluster.members,
        services=services,
        coordination=ledger.coordination(cluster),
        planned=planned,
        alone=alone,
        holds_at=tuple(prices for prices in PRICES if planned.at(prices) <= alone.at(prices)),
        tint=one.tint,
        binds=reasons.binds(cluster, {led.service: led.peak_percent for led in services}),
    )


def _led(ledger: Ledger, cluster: Cluster, service: str) -> LedService:
    led = cluster.service_leads[service]
    served = ledger.served(cluster, service)
    peak = sum(ledger.problem.council(key).work[service].peak for key in served)
    ways = ledger.problem.council(led.lead).work[service].models
    capacity = max(way.capacity for way in ways if way.name == led.model)
    return LedService(
        service=service,
        lead=led.lead,
        model=led.model,
        cost=ledger.led(cluster, service),
        peak_percent=None if math.isinf(capacity) else math.ceil(100 * peak / capacity),
    )


def _councils(ledger: Ledger, known: list[Called], reasons: Reasons) -> tuple[CouncilReport, ...]:
    shares: dict[str, Range] = dict.fromkeys(ledger.council, NOTHING)
    numbers: dict[str, list[int]] = {key: [] for key in ledger.council}
    for one in known:
        for key, share in shares_of(ledger, one.cluster).items():
            shares[key] += share
            numbers[key].append(one.number)
    return tuple(
        _council(ledger, key, shares[key], tuple(numbers[key]), reasons) for key in ledger.council
    )


def shares_of(ledger: Ledger, cluster: Cluster) -> Mapping[str, Range]:
    """Divide a cluster's cost between its members, in proportion to what each would pay alone.

    In each price case by itself, to the penny; so nobody pays more than alone
    where the cluster costs no more than its members do alone.
    """
    planned = ledger.cluster(cluster)
    alone = {key: ledger.alone(key, ledger.shared(cluster, key)) for key in cluster.members}
    split = {
        prices: _split(planned.at(prices), {key: one.at(prices) for key, one in alone.items()})
        for prices in PRICES
    }
    return {
        key: Range(split["low"][key], split["expected"][key], split["high"][key])
        for key in cluster.members
    }


def _split(pence: int, weights: Mapping[str, int]) -> dict[str, int]:
    return split_pence(pence, weights if any(weights.values()) else dict.fromkeys(weights, 1))


def _council(
    ledger: Ledger, key: str, share: Range, numbers: tuple[int, ...], reasons: Reasons
) -> CouncilReport:
    facts, taken_on = ledger.council[key], ledger.taken_on[key]
    alone = ledger.alone(key, taken_on)
    together = share + ledger.alone(key, ledger.by_itself(key))
    return CouncilReport(
        key=key,
        name=facts.name,
        kind=facts.kind,
        is_planned_as_meeting=is_planned_as_meeting(facts, ledger.costing),
        cluster=numbers[0] if len(numbers) == 1 else None,
        alone=alone,
        together=together,
        leads=tuple(
            service
            for service in ledger.services
            for cluster in ledger.clusters_of[key]
            if service in cluster.service_leads and cluster.service_leads[service].lead == key
        ),
        alone_models={service: ledger.alone_model(key, service) for service in taken_on},
        why=reasons.why(key, together, alone),
        clusters=numbers,
        stays=ledger.staying[key],
        kept=ledger.now(key, ledger.staying[key]),
    )
