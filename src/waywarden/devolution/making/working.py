"""The job that makes a plan, outside of requests."""

import logging

from django.conf import settings
from django.utils.timezone import localdate, now
from django_tasks import TaskContext, task

from waywarden.devolution.making import actions
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.searching import Found, Limits, search
from waywarden.fabric.common.refusals import Refusal
from waywarden.planning.facts import CannotPlan

logger = logging.getLogger(__name__)
UPDATED = "The program was brought up to date since this was asked for. Ask for a new plan."
UNFORESEEN = (
    "It could not be made, for a reason we did not foresee. Whoever looks after this site finds it "
    "in the log."
)


@task(takes_context=True)
def make_plan(context: TaskContext, asked: int) -> None:
    """Make a plan that was asked for, unless it is made, withdrawn or not yet its turn."""
    job = str(context.task_result.id)
    taken = actions.take_up(pk=asked, job=job, begin=make_plan.enqueue, now=now())
    if taken is None:
        return
    try:
        _keep(taken, _found(taken))
    except (CannotPlan, Refusal) as refused:
        actions.give_up(asked=taken, why=str(refused), begin=make_plan.enqueue)
    except Exception:
        logger.exception("A plan that was asked for could not be made")
        actions.give_up(asked=taken, why=UNFORESEEN, begin=make_plan.enqueue)


def _found(taken: AskedPlan) -> Found:
    question = taken.asks()
    if question.known_as != taken.input_hash:
        raise CannotPlan(UPDATED)
    limits = Limits(settings.PLAN_SECONDS, settings.PLAN_MEGABYTES)
    return search(question, tell=lambda **told: _tell(taken, **told), limits=limits)


def _tell(taken: AskedPlan, **so_far: object) -> bool:
    return actions.tell(pk=taken.pk, now=now(), **so_far)


def _keep(taken: AskedPlan, found: Found) -> None:
    actions.finish(
        asked=taken,
        report=found.report,
        stopped=found.stopped,
        unlocking=found.unlocking,
        prices=found.prices,
        begin=make_plan.enqueue,
        today=localdate(),
    )
