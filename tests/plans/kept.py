"""A made-up plan kept for a county, so that its pages can be seen: every figure is invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tests.cast import ADA, DAY, Cast
from tests.planning import examples
from waywarden.county.places.models import Area
from waywarden.devolution.plans import actions
from waywarden.devolution.plans.facts import register_facts
from waywarden.devolution.plans.models import PlanRun
from waywarden.planning.reports import Report

#: Cholsey leads one cluster and Thame another; Didcot and the rest go alone.
OXFORDSHIRE = (
    (
        "cholsey-south-oxfordshire",
        "wallingford-south-oxfordshire",
        "crowmarsh-south-oxfordshire",
        "moulsford-south-oxfordshire",
    ),
    ("thame-south-oxfordshire", "towersey-south-oxfordshire", "sydenham-south-oxfordshire"),
)
#: Coldbrook leads Wychbourne; Little Haye and Marl Green go alone.
MARLSHIRE = (("coldbrook-marlshire", "wychbourne-marlshire"),)


def example(
    county: Area, groups: Sequence[Sequence[str]], *, today: date = DAY, **more: Any
) -> Report:
    """Give a report in which each group is a cluster, led by its first."""
    return replace(examples.report(groups, of=register_facts(county, today)), **more)


def keep(
    county: Area, groups: Sequence[Sequence[str]], *, today: date = DAY, **more: Any
) -> PlanRun:
    """Keep a made-up plan as Ada would."""
    report = example(county, groups, today=today, **more)
    return actions.keep_run(county=county, report=report, by=ADA, today=today)


def keep_for(cast: Cast, **more: Any) -> PlanRun:
    """Keep the cast's plan."""
    return keep(cast.county, MARLSHIRE, **more)
