"""Changes to plans asked for: asked, taken up, told of, stopped, made, given up, asked again."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from waywarden.county.councils.models import Body
from waywarden.county.places.models import Area
from waywarden.devolution.making import policies, queries
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.wishes import Question
from waywarden.devolution.plans import actions as plans
from waywarden.devolution.plans import queries as kept
from waywarden.devolution.plans.models import PlanRun
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.work import jobs
from waywarden.planning.reports import Report

Status = AskedPlan.Status
#: Puts the making of a plan in line, given its key.
Begin = Callable[[int], object]
ENDED = "Each worker that took it up ended before it was made."
STOPPED = "It was stopped before the search was finished, and the best plan so far was kept."


class CannotMake(Refusal):
    """A plan that cannot be asked for, stopped or asked for again; the message says why."""


@transaction.atomic
def ask(
    *,
    county: Area,
    body: Body,
    question: Question,
    figures: Sequence[dict[str, Any]],
    begin: Begin,
    by: Actor,
    now: datetime,
) -> AskedPlan | PlanRun:
    """Have a plan made in the background; return the plan itself where it is there already.

    Whoever asks the same while it is being made is led to what was asked first.
    """
    known_as = question.known_as
    if there := _there(known_as):
        return there
    CannotMake.if_any(policies.obstacles_to_asking(question))
    kept.take_turns()
    if there := _there(known_as):
        return there
    _refuse_too_many(body)
    plain = question.plain()
    asked = AskedPlan.objects.create(
        county=county,
        body=body,
        asked_by_key=by.key,
        asked_by_shown_as=by.shown_as,
        asked_at=now,
        input_hash=known_as,
        wishes=plain["wishes"],
        question=plain,
        figures=list(figures),
    )
    said = {
        "input_hash": known_as,
        "effort": question.wishes.effort,
        "begun_from": question.wishes.begun_from,
    }
    journal.write(by=by, did="asked for a plan", to=asked.subject, after=said)
    if not queries.before(asked):
        begin(asked.pk)
    return asked


def _refuse_too_many(body: Body) -> None:
    waiting = AskedPlan.objects.of(body).filter(status=Status.WAITING).count()
    CannotMake.if_any(policies.obstacles_to_waiting(waiting))


def _there(known_as: str) -> AskedPlan | PlanRun | None:
    """Return the plan of a question, or who waits for it; none where nobody has asked it."""
    return kept.run_following_from(known_as) or queries.live_following_from(known_as)


def _begin_next(body: Body, begin: Begin) -> None:
    """Put the plan that has waited longest in line, unless one of its council is being made."""
    if queries.is_made_for(body):
        return
    if waiting := queries.next_of(body):
        begin(waiting.pk)


@transaction.atomic
def take_up(*, pk: int, job: str, begin: Begin, now: datetime) -> AskedPlan | None:
    """Take a plan up for a worker; none where it is not to be made, or not yet.

    One whose worker ended is taken up again, by the same job, from the start;
    but not for ever: a plan that ends each worker is said to be interrupted, and
    the next has its turn.
    """
    kept.take_turns()
    asked = AskedPlan.objects.select_related("body", "county").get(pk=pk)
    if not _is_for(asked, job):
        return None
    if asked.tries >= policies.MOST_TRIES:
        AskedPlan.objects.change(asked, status=Status.INTERRUPTED, trouble=ENDED)
        _begin_next(asked.body, begin)
        return None
    begun = {"status": Status.RUNNING, "started_at": now, "told_at": now, "job": job}
    AskedPlan.objects.change(asked, tries=asked.tries + 1, seconds=0, done_permille=0, **begun)
    return asked


def _is_for(asked: AskedPlan, job: str) -> bool:
    if asked.is_waiting:
        return not queries.is_made_for(asked.body)
    return asked.is_running and asked.job == job


def tell(*, pk: int, now: datetime, **so_far: Any) -> bool:
    """Say how far a plan is, for those who wait; return whether somebody asked to stop it."""
    AskedPlan.objects.filter(pk=pk, status=Status.RUNNING).update(told_at=now, **so_far)
    return AskedPlan.objects.filter(pk=pk, is_to_stop=True).exists()


@transaction.atomic
def stop(*, asked: AskedPlan, begin: Begin, by: Actor) -> None:
    """Have the search stopped and the best plan so far kept; one that waits is withdrawn."""
    kept.take_turns()
    asked.refresh_from_db(fields=["status", "version"])
    CannotMake.if_any(policies.obstacles_to_stopping(asked))
    if asked.is_waiting:
        was_next = not queries.before(asked)
        AskedPlan.objects.change(asked, status=Status.WITHDRAWN)
        journal.write(by=by, did="withdrew a plan asked for", to=asked.subject)
        if was_next:
            _begin_next(asked.body, begin)
        return
    AskedPlan.objects.filter(pk=asked.pk).update(is_to_stop=True)
    journal.write(by=by, did="stopped a plan being made", to=asked.subject)


@transaction.atomic
def again(*, asked: AskedPlan, begin: Begin, by: Actor, now: datetime) -> None:
    """Have a plan made that could not be, from the same figures as before."""
    kept.take_turns()
    asked.refresh_from_db(fields=["status", "version"])
    CannotMake.if_any(policies.obstacles_to_asking_again(asked))
    if queries.live_following_from(asked.input_hash) not in (None, asked):
        raise CannotMake("The same plan is being made already.")
    if not asked.is_waiting:
        _refuse_too_many(asked.body)
    _forget_job(asked)
    anew = {"tries": 0, "trouble": "", "is_to_stop": False, "told_at": None, "job": ""}
    AskedPlan.objects.change(asked, status=Status.WAITING, asked_at=now, **anew)
    journal.write(by=by, did="asked again for a plan", to=asked.subject)
    if not queries.before(asked):
        _begin_next(asked.body, begin)


def _forget_job(asked: AskedPlan) -> None:
    job = jobs.standing(queries.MAKER, asked.pk)
    if job and job.is_set_aside:
        jobs.throw_away(job.pk)


@transaction.atomic
def give_up(*, asked: AskedPlan, why: str, begin: Begin) -> bool:
    """Say why a plan could not be made, and let the next have its turn."""
    kept.take_turns()
    given_up = AskedPlan.objects.change(asked, status=Status.FAILED, trouble=why)
    _begin_next(asked.body, begin)
    return given_up


@transaction.atomic
def finish(
    *,
    asked: AskedPlan,
    report: Report,
    stopped: str = "",
    unlocking: Sequence[str] = (),
    prices: Sequence[str] = (),
    begin: Begin,
    today: date,
) -> PlanRun | None:
    """Keep a plan that was made, as a trial, and let the next have its turn.

    ``stopped`` says why the search did not come to its end. Such a plan is kept
    under a name of its own: another search of the same may find a cheaper one.
    """
    kept.take_turns()
    if stopped:
        report = replace(report, input_hash=_own_name(asked, report))
    run = plans.keep_run(
        county=asked.county,
        report=report,
        is_trial=True,
        is_stopped=bool(stopped),
        by=asked.asked_by,
        today=today,
    )
    found = {"plan": run, "unlocking": list(unlocking), "prices": list(prices)}
    whole = {"status": Status.DONE, "trouble": stopped, "done_permille": 1000, "stage": ""}
    if not AskedPlan.objects.change(asked, **whole, **found):
        transaction.set_rollback(True)
        return None
    _begin_next(asked.body, begin)
    return run


def _own_name(asked: AskedPlan, report: Report) -> str:
    cost = f"{asked.pk} {asked.version} {report.planned.expected}"
    return sha256(f"{asked.input_hash} stopped {cost}".encode()).hexdigest()
