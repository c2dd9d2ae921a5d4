"""Takes up a plan of a county of somebody's own, with the spreadsheet it was made from."""

import json
from dataclasses import replace
from pathlib import Path

from waywarden.planner import Cluster, Council, DeliveryModel, Plan, Problem, Provider
from waywarden.planner.answers.recording import fingerprint
from waywarden.planning.facts import CannotPlan
from waywarden.planning.own.copies import copy_in
from waywarden.planning.own.posing import own_problem
from waywarden.planning.splits.bills import Bill, ClusterBill


def own_bill(file: Path, text: str, made_from: Path | None) -> Bill:
    """Return what is to be shared of the record of a plan, in pence.

    Without ``made_from`` the copy of the spreadsheet beside the file is taken.
    Raises `CannotPlan` where there is none, or the plan was made from another.
    """
    source = made_from or copy_in(file.parent)
    if source is None:
        raise CannotPlan(
            f"{file} does not have the spreadsheet beside it that it was made from. Name it with "
            "--from, such as: --from county.xlsx"
        )
    problem = own_problem(source)
    plan = _plan(file, text, source, problem)
    return Bill(
        county="the county",
        shape=plan.shape,
        cost=_pence(plan.cost),
        clusters=tuple(_cluster(cluster, problem) for cluster in plan.clusters),
        names={council.key: council.name for council in problem.councils},
        problem=in_pence(problem),
    )


def _plan(file: Path, text: str, source: Path, problem: Problem) -> Plan:
    try:
        return Plan.from_json(text, problem)
    except ValueError as error:
        if json.loads(text).get("input") != fingerprint(problem):
            why = f"{file} was not made from {source} as it is now. Plan again."
        else:
            why = f"{file} cannot be shared out. {error}"
        raise CannotPlan(why) from error


def _cluster(cluster: Cluster, problem: Problem) -> ClusterBill:
    names = {lead.key: lead.name for lead in problem.leads}
    return ClusterBill(
        number=cluster.number,
        name=names[cluster.lead],
        members=cluster.members,
        services=tuple(cluster.service_leads),
        cost=_pence(cluster.cost),
    )


def _pence(pounds: float) -> int:
    return round(100 * pounds)


def in_pence(problem: Problem) -> Problem:
    """Return a problem whose money is in pounds with all of it in pence."""
    return replace(
        problem,
        councils=tuple(_council(council) for council in problem.councils),
        providers=tuple(_provider(provider) for provider in problem.providers),
        cost_per_km=100 * problem.cost_per_km,
        per_cluster=100 * problem.per_cluster,
        per_member=100 * problem.per_member,
    )


def _council(council: Council) -> Council:
    work = {
        service: replace(
            one,
            models=_models(one.models),
            outside=tuple(replace(way, cost=100 * way.cost) for way in one.outside),
            payment=100 * one.payment,
        )
        for service, one in council.work.items()
    }
    return replace(council, work=work)


def _provider(provider: Provider) -> Provider:
    models = {service: _models(ways) for service, ways in provider.models.items()}
    return replace(provider, models=models)


def _models(models: tuple[DeliveryModel, ...]) -> tuple[DeliveryModel, ...]:
    return tuple(
        replace(
            model,
            setup=100 * model.setup,
            unit_cost=100 * model.unit_cost,
            call_out=100 * model.call_out,
        )
        for model in models
    )
