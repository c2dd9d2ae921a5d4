"""Proposing the clusters of a plan to their councils."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from waywarden.county.people.acting import asking, office_of
from waywarden.county.people.gate import for_officers
from waywarden.devolution.making import adopting, adopting_actions
from waywarden.devolution.making.forms import AdoptForm
from waywarden.devolution.plans import queries as plans
from waywarden.devolution.plans.finding import run_called
from waywarden.devolution.plans.models import PlanRun
from waywarden.devolution.plans.permissions import may_propose
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer

LEAD = (
    "Each cluster you tick is proposed with its councils, its services, who is meant to lead, and "
    "what the plan reckons it costs, marked as an estimate. Nobody is invited yet: you do that on "
    "the page of each cluster, once it says what the councils should read."
)


@require_http_methods(METHODS)
@never_cache
@for_officers()
@once
def adopt(request: HttpRequest, number: int) -> HttpResponse:
    """Propose clusters of a plan."""
    run, on = run_called(request, number), localdate()
    if not may_propose(office_of(request), run, on):
        raise PermissionDenied
    offered = adopting.adoptable(run, on=on)
    form = AdoptForm(request.POST or None, run=run, offered=offered)

    def propose() -> str:
        made = adopting_actions.adopt(
            run=run,
            body=office_of(request).body,
            proposal=form.proposal(),
            by=asking(request).by,
            today=on,
        )
        many = "1 cluster is" if len(made) == 1 else f"{len(made)} clusters are"
        return f"{many} proposed. Nobody is invited yet: open each to read it over and invite."

    context = {"run": run, "adopted": [each for each in offered if each.cluster]}
    context |= {"is_hidden": plans.is_hidden(run), "are_free": form.are_free}
    return answer(
        request,
        form,
        _sheet(run),
        change=propose,
        there=reverse("clusters:clusters"),
        context=context,
        template="making/adopt.html",
    )


def _sheet(run: PlanRun) -> Sheet:
    way = (("Plans", reverse("plans:plans")), (str(run), run.get_absolute_url()))
    return Sheet(
        "Propose its clusters", "Propose those ticked", lead=LEAD, kicker=str(run), way=way
    )
