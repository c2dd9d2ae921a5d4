"""How the services of a cluster are delivered: the ways side by side, and what is said of them."""

from collections.abc import Callable
from itertools import chain

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from waywarden.county.people.acting import asking, office_of
from waywarden.devolution.clusters import (
    delivering,
    delivering_lists,
    permissions,
    queries,
    stated_queries,
)
from waywarden.devolution.clusters.actions import delivering as actions
from waywarden.devolution.clusters.delivering_forms import ChooseForm, StateForm, WorkForm
from waywarden.devolution.clusters.gate import of_cluster, of_service
from waywarden.devolution.clusters.models import Cluster, Role, Scope
from waywarden.devolution.clusters.views import way
from waywarden.fabric.forms.fields import in_pounds
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.forms.versions import Saved, VersionedForm
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.tables.writing import table_response

#: What a form of a service would show of it.
Held = Callable[[Scope], dict[str, object]]


@require_safe
@of_cluster(permissions.may_see_inside)
def models(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    """Show the ways to deliver each service of a cluster side by side."""
    today = localdate()
    context = {
        "cluster": cluster,
        "compared": delivering.compared(cluster, on=today),
        "may_change": permissions.may_run(office_of(request), cluster, today)
        and not cluster.is_over,
    }
    return render(request, "clusters/models.html", context)


@require_safe
@of_cluster(permissions.may_see_inside)
def models_table(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    """Download the ways to deliver the services of a cluster."""
    on = localdate()
    rows = chain.from_iterable(each.rows for each in delivering.compared(cluster, on=on))
    about = {"source": delivering_lists.SOURCE, "licence": delivering_lists.LICENCE}
    name = f"{cluster.key}-ways-to-deliver-{on}"
    return table_response(request, name, delivering_lists.MODELS, rows, made_on=on, **about)


@require_http_methods(METHODS)
@of_service(permissions.may_run)
def work(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Say how often a service is done, and in which months."""
    form = WorkForm(request.POST or None, initial=_work(scope))

    def change() -> str:
        version, by, today = form.cleaned_data["version"], asking(request).by, localdate()
        actions.say_work(scope=scope, version=version, work=form.work(), by=by, today=today)
        return "It is kept."

    return _answer(request, form, scope, "How often is it done?", change, _work)


def _work(scope: Scope) -> dict[str, object]:
    return {
        "visits": scope.visits,
        "first_month": str(scope.first_month),
        "last_month": str(scope.last_month),
        "version": scope.version,
    }


@require_http_methods(METHODS)
@of_service(permissions.may_run)
def choose(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Choose how a service is meant to be delivered."""
    form = ChooseForm(request.POST or None, initial=_chosen(scope))

    def change() -> str:
        version, by, today = form.cleaned_data["version"], asking(request).by, localdate()
        actions.choose(scope=scope, version=version, choice=form.choice(), by=by, today=today)
        return "It is kept as what the cluster intends. Nobody is bound by it."

    return _answer(request, form, scope, "Choose how it is meant to be delivered", change, _chosen)


def _chosen(scope: Scope) -> dict[str, object]:
    return {name: getattr(scope, name) for name in ("intended", "intended_why", "version")}


@require_http_methods(METHODS)
@of_service(permissions.may_run)
def state(request: HttpRequest, scope: Scope, model: str) -> HttpResponse:
    """Keep what somebody said of a way to deliver a service."""
    if model not in Scope.Model.values:
        raise Http404("There is no such way to deliver a service.")
    held: Held = lambda of: _stated(of, model)  # noqa: E731
    form = StateForm(request.POST or None, initial=held(scope) | _who(scope, model))

    def change() -> str:
        version, by, today = form.cleaned_data["version"], asking(request).by, localdate()
        said = form.statement(model, _lead_saying(scope, model))
        actions.state(scope=scope, version=version, statement=said, by=by, today=today)
        return "It is kept. What you did not change keeps who said it and when."

    title = str(Scope.Model(model).label)
    return _answer(request, form, scope, title, change, held)


def _stated(scope: Scope, model: str) -> dict[str, object]:
    said = stated_queries.stated_of(scope, model)
    cost = said.pop("cost", None)
    pounds = in_pounds(cost) if isinstance(cost, int) else None
    return {"version": scope.version, "cost": pounds, **said}


def _who(scope: Scope, model: str) -> dict[str, object]:
    """Name the group or company that leads the service, of whose way it is."""
    role = _lead_saying(scope, model)
    return {"said_by": role.held_by if role else "", "said_on": localdate()}


def _lead_saying(scope: Scope, model: str) -> Role | None:
    role = queries.service_lead_of(scope)
    return role if role and queries.model_of(role) == model else None


def _answer(
    request: HttpRequest,
    form: VersionedForm,
    scope: Scope,
    title: str,
    change: Callable[[], str],
    held: Held,
) -> HttpResponse:
    cluster = scope.cluster
    page = reverse("clusters:models", args=[cluster.key])

    def saved() -> Saved:
        scope.refresh_from_db()
        subject = queries.subject_of(cluster, on=localdate())
        return journal.saved_meanwhile(subject, held(scope), version=scope.version, url=page)

    up = (*way(cluster), ("Ways to deliver", page))
    sheet = Sheet(title, "Save", kicker=scope.service.name, way=up)
    return answer(request, form, sheet, change=change, there=page, saved=saved)
