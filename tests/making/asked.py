"""What tests say of plans asked for: the county's figures, a question, and a worker's turn."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate
from django_tasks_db.models import DBTaskResult

from tests.cast import ADA, Cast
from waywarden.county.people.models import Office
from waywarden.devolution.making import actions, queries
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.wishes import LIMITS, Question, Wishes
from waywarden.devolution.making.working import make_plan
from waywarden.devolution.plans.facts import register_facts
from waywarden.devolution.plans.models import PlanRun
from waywarden.fabric.work import jobs, workers
from waywarden.planning.costing import costing_for

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
GRASS, SIGNS = "DPS01", "SGN"
WYCHBOURNE, COLDBROOK = "wychbourne-marlshire", "coldbrook-marlshire"
LITTLE_HAYE, MARL_GREEN = "little-haye-marlshire", "marl-green-marlshire"


def counted(cast: Cast) -> Cast:
    """Let the cast's places have grass and signs."""
    amounts = {"wychbourne": 60_000, "coldbrook": 20_000, "little_haye": 9_000, "marl_green": 4_000}
    cast.record(
        *(
            cast.quantity(getattr(cast, place), code, max(amount // less, 1))
            for place, amount in amounts.items()
            for code, less in ((GRASS, 1), (SIGNS, 400))
        ),
        today=localdate(),
    )
    return cast


def question(cast: Cast, **wishes: Any) -> Question:
    """Ask for a quick plan of grass, as if every council took part."""
    asked = {"services": (GRASS,), "effort": "quick"} | wishes
    return Question(register_facts(cast.county, localdate()), Wishes(**asked))


def ask(cast: Cast, now: datetime = NOW, **wishes: Any) -> AskedPlan | PlanRun:
    """Ask for a plan as Ada would."""
    asked = question(cast, **wishes)
    return actions.ask(
        county=cast.county,
        body=cast.county_council,
        question=asked,
        figures=queries.figures_of(cast.county, asked.wishes.services, on=localdate()),
        begin=make_plan.enqueue,
        by=ADA,
        now=now,
    )


def asked(cast: Cast, **wishes: Any) -> AskedPlan:
    """Ask for a plan that is not there yet."""
    found = ask(cast, **wishes)
    assert isinstance(found, AskedPlan)
    return found


def work() -> int:
    """Let a worker do the jobs that are ready."""
    return jobs.run(worker=workers.new_name(), is_over=lambda: False)


def taken_up(of: AskedPlan) -> AskedPlan:
    """Let a worker take a plan up, and get no further."""
    found = actions.take_up(pk=of.pk, job=job_of(of), begin=make_plan.enqueue, now=NOW)
    assert found
    return found


def job_of(of: AskedPlan) -> str:
    """Give the job that is to make a plan."""
    held = jobs.standing(queries.MAKER, of.pk)
    assert held
    return held.pk


def waiting_jobs() -> int:
    """Count the jobs that are in line."""
    return int(DBTaskResult.objects.filter(status="READY").count())


def fields(**typed: Any) -> dict[str, Any]:
    """Fill in the form for a quick plan of grass by everybody."""
    limits = {key: str(costing_for("the county").value(key)) for key in LIMITS}
    ways = {"own_staff": "on", "volunteers": "on"}
    return {"services": [GRASS], "who": "everyone", "effort": "quick"} | limits | ways | typed


def send(browser: Client, where: str, acting: Office, **typed: Any) -> HttpResponse:
    """Fill in a form and send it."""
    sent = {"once": str(uuid4()), "acting_in": str(acting.pk)}
    return browser.post(where, sent | typed, follow=True)


def words(answer: HttpResponse) -> str:
    """Give what a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
