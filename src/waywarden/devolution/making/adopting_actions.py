"""Clusters of a plan are proposed to its councils."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from waywarden.county.councils.models import Body
from waywarden.county.services import queries as catalogue
from waywarden.county.services.models import Service
from waywarden.devolution.clusters.actions import clusters, members
from waywarden.devolution.clusters.models import Cluster
from waywarden.devolution.making import adopting, policies
from waywarden.devolution.making.adopting import Adoptable
from waywarden.devolution.making.models import Adoption
from waywarden.devolution.plans import queries as plans
from waywarden.devolution.plans.models import PlanRun
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal


class CannotAdopt(Refusal):
    """A plan whose clusters cannot be proposed; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Which clusters of a plan are proposed, by their keys, from when, and what is said of them."""

    keys: Sequence[str]
    starts_on: date
    says: str = ""


@transaction.atomic
def adopt(*, run: PlanRun, body: Body, proposal: Proposal, by: Actor, today: date) -> list[Cluster]:
    """Propose clusters of a plan, each with the plan's figures; nobody is invited yet.

    Of two who propose the same at once the second is told that it was proposed.
    """
    plans.take_turns()
    found = adopting.chosen(adopting.adoptable(run, on=today), proposal.keys)
    CannotAdopt.if_any(policies.obstacles_to_adopting(found, is_hidden=plans.is_hidden(run)))
    services = {each.code: each for each in catalogue.catalogue()}
    made = []
    for each in found:
        idea = clusters.Idea(name=each.name, starts_on=proposal.starts_on, says=proposal.says)
        cluster = _propose(run, body, each, idea, services, by=by)
        _say_costs(run, cluster, each, by=by, today=today)
        made.append(cluster)
    return made


def _propose(
    run: PlanRun,
    body: Body,
    found: Adoptable,
    idea: clusters.Idea,
    services: Mapping[str, Service],
    *,
    by: Actor,
) -> Cluster:
    codes = {led.service for led in found.found.services}
    made = clusters.propose(
        body=body,
        idea=idea,
        members=found.members,
        services=[service for code, service in services.items() if code in codes],
        lead=found.lead,
        leads=found.leads,
        by=by,
    )
    Adoption.objects.update_or_create(run=run, key=found.found.key, defaults={"cluster": made})
    after = {"plan": run.number, "cluster": found.found.key}
    journal.write(by=by, did="took a cluster from a plan", to=made.subject, after=after)
    return made


def _say_costs(run: PlanRun, made: Cluster, found: Adoptable, *, by: Actor, today: date) -> None:
    """Write down what the plan reckons, and that it is an estimate: each council may correct it."""
    source = f"Estimate at expected prices, from {run} of {run.made_on:%-d %B %Y}"
    if found.found.planned.expected > 0 and not found.unheld:
        cost = clusters.Cost(whole_pence=found.found.planned.expected, whole_source=source)
        clusters.say_cost(cluster=made, version=made.version, cost=cost, by=by, today=today)
    pence = found.alone_pence
    for held in made.memberships.select_related("body", "cluster__proposed_by").order_by("pk"):
        if held.body_id in pence:
            alone = members.Alone(alone_pence=pence[held.body_id], alone_source=source)
            members.say_alone(held=held, version=held.version, alone=alone, by=by, today=today)
