"""The operator's page of jobs that were tried too often."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from waywarden.fabric.notices.whose import who
from waywarden.fabric.work import actions, jobs, policies

#: Lets in who looks after this installation. The room of people supplies it; see the settings.
for_operators = import_string(settings.OPERATOR_GATE)


@require_safe
@for_operators
def set_aside(request: HttpRequest) -> HttpResponse:
    """Show the jobs that were tried too often: which, why, since when."""
    found = [(job, policies.obstacles_to_trying_again(job)) for job in jobs.set_aside()]
    return render(request, "work/set_aside.html", {"jobs": found})


@require_POST
@for_operators
def try_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a worker try a job anew."""

    def change() -> str:
        actions.try_again(pk=str(pk), by=who(request).actor, now=now())
        return "The job will be tried again within a minute."

    return _answered(request, change)


@require_POST
@for_operators
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a job up."""

    def change() -> str:
        actions.drop(pk=str(pk), by=who(request).actor)
        return "The job is dropped. It will not be done."

    return _answered(request, change)


def _answered(request: HttpRequest, change: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, change())
    except actions.CannotMove as refused:
        messages.error(request, str(refused))
    return redirect("work:jobs")
