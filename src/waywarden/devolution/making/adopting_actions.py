"""Clusters of a plan are proposed to its councils."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from waywarden.county.councils.models import Body
from waywarden.county.services import queries as catalogue
from waywarden.county.services.models import Service
from waywarden.devolution.clusters.actions import clusters
from waywarden.devolution.clusters.models import ESTIMATED, Cluster
from waywarden.devolution.making import adopting, policies
from waywarden.devolution.making.adopting import Adoptable
from waywarden.devolution.making.models import Adoption
from waywarden.devolution.plans import queries as plans
from waywarden.devolution.plans.models import PlanRun
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Actor


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
    return [_propose(run, body, each, proposal, services, by=by) for each in found]


def _propose(
    run: PlanRun,
    body: Body,
    found: Adoptable,
    proposal: Proposal,
    services: Mapping[str, Service],
    *,
    by: Actor,
) -> Cluster:
    codes = {led.service for led in found.found.services}
    made = clusters.propose(
        body=body,
        idea=clusters.Idea(name=found.name, starts_on=proposal.starts_on, says=proposal.says),
        members=found.members,
        services=[service for code, service in services.items() if code in codes],
        meant=clusters.Meant(lead=found.lead, leads=found.leads),
        figures=_figures(run, found),
        origin={"plan": run.number, "cluster": found.found.key},
        by=by,
    )
    Adoption.objects.update_or_create(run=run, key=found.found.key, defaults={"cluster": made})
    return made


def _figures(run: PlanRun, found: Adoptable) -> clusters.Figures:
    """Return what the plan reckons; each council may put its own figure in its place."""
    whole = found.found.planned.expected
    return clusters.Figures(
        source=f"{ESTIMATED}{run} of {run.made_on:%-d %B %Y}",
        whole_pence=whole if whole > 0 and not found.unheld else None,
        alone_pence=found.alone_pence,
    )
