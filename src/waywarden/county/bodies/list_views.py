"""A body's offices and invitations as lists: to sort, filter and take away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from waywarden.county.bodies import exports, lists, people_lists
from waywarden.county.bodies.permissions import may_see_people
from waywarden.county.councils.models import Body
from waywarden.county.offices.models import Invitation
from waywarden.county.offices.permissions import appoints_in
from waywarden.county.offices.queries import offices_of
from waywarden.county.people.acting import asking
from waywarden.county.people.gate import about_body
from waywarden.county.people.models import Office
from waywarden.fabric.tables.lists import ListPage
from waywarden.fabric.tables.views import beside
from waywarden.fabric.tables.writing import table_response

ABOUT = {"source": lists.OWN, "licence": lists.NOT_OPEN}


@require_safe
@about_body(may_see_people)
def offices(request: HttpRequest, body: Body) -> HttpResponse:
    """List every office of a body: who holds it, held it and will."""
    context = {"body": body} | beside(request, _offices(request, body))
    return render(request, "bodies/offices_list.html", context)


@require_safe
@about_body(may_see_people)
def people_table(request: HttpRequest, body: Body) -> HttpResponse:
    """Download a body's offices with who holds them, as the list shows them."""
    on, rows = localdate(), _offices(request, body).found
    appoints = appoints_in(asking(request), body, timezone.now())
    columns = exports.WITH_ADDRESSES if appoints else exports.OFFICES
    return table_response(request, f"{body.key}-people-{on}", columns, rows, made_on=on, **ABOUT)


@require_safe
@about_body(appoints_in)
def invitations(request: HttpRequest, body: Body) -> HttpResponse:
    """List every invitation to a body's offices, and what came of it."""
    context = {"body": body} | beside(request, _invitations(request, body))
    return render(request, "bodies/invitations_list.html", context)


@require_safe
@about_body(appoints_in)
def invitations_table(request: HttpRequest, body: Body) -> HttpResponse:
    """Download the invitations as the list shows them."""
    on, page = localdate(), _invitations(request, body)
    columns = [column for column in page.columns if column.value]
    name = f"{body.key}-invitations-{on}"
    return table_response(request, name, columns, page.found, made_on=on, **ABOUT)


def _offices(request: HttpRequest, body: Body) -> ListPage[Office]:
    rows = offices_of(body)
    return people_lists.offices_list(rows, request.GET, today=localdate())


def _invitations(request: HttpRequest, body: Body) -> ListPage[Invitation]:
    found = Invitation.objects.to_body(body).select_related("sent_by__body", "body")
    rows = list(found.order_by("-sent_at", "-pk"))
    now, today = timezone.now(), localdate()
    return people_lists.invitations_list(rows, request.GET, now=now, today=today)
