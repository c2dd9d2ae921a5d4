"""What the operator decides about jobs that were tried too often."""

from datetime import datetime

from django.db import transaction

from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.work import jobs, policies


class CannotMove(Refusal):
    """A job that cannot be tried again or dropped; the message says why."""


@transaction.atomic
def try_again(*, pk: str, by: Actor, now: datetime) -> None:
    """Let a worker try a job anew that was set aside. Of two who ask at once, one is told."""
    job = jobs.aside(pk)
    obstacles = policies.obstacles_to_trying_again(job)
    if job is None or obstacles:
        raise CannotMove(" ".join(obstacles))
    if not jobs.put_back(pk, now=now):
        raise CannotMove(policies.GONE)
    journal.write(by=by, did="tried a job again", to=job.subject, before=_said(job))


@transaction.atomic
def drop(*, pk: str, by: Actor) -> None:
    """Give a job up that was set aside. Of two who ask at once, one is told."""
    job = jobs.aside(pk)
    obstacles = policies.obstacles_to_dropping(job)
    if job is None or obstacles:
        raise CannotMove(" ".join(obstacles))
    if not jobs.throw_away(pk):
        raise CannotMove(policies.GONE)
    journal.write(by=by, did="dropped a job", to=job.subject, before=_said(job))


def _said(job: jobs.SetAside) -> dict[str, object]:
    """Say which job it was; why it failed stays out, for a fault may name somebody."""
    return {"job": job.shown_as, "asked_at": job.asked_at.isoformat(), "tries": job.tries}
