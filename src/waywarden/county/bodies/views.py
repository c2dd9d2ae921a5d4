"""What anybody may see: the bodies there are, and what each of them is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from waywarden.county.bodies import exports, lists, queries
from waywarden.county.bodies.forms import AsOf
from waywarden.county.bodies.permissions import may_see_desk, may_see_people
from waywarden.county.councils.models import Body
from waywarden.county.looking_in.permissions import may_open_access
from waywarden.county.people.acting import asking
from waywarden.county.recovery.permissions import may_recover
from waywarden.fabric.journal.caching import unless_unchanged
from waywarden.fabric.tables.views import beside
from waywarden.fabric.tables.writing import table_response


@require_safe
@unless_unchanged
def bodies(request: HttpRequest) -> HttpResponse:
    """List the bodies there are, of one kind or of all."""
    page = lists.bodies_list(request.GET, on=localdate())
    return render(request, "bodies/bodies.html", beside(request, page))


@require_safe
def bodies_table(request: HttpRequest) -> HttpResponse:
    """Download the bodies as their page lists them."""
    on = localdate()
    rows = [exports.Line(row, on) for row in lists.bodies_list(request.GET, on=on).found]
    about = {"source": lists.SOURCE, "licence": lists.LICENCE}
    return table_response(request, f"bodies-{on}", exports.BODIES, rows, made_on=on, **about)


@require_safe
@unless_unchanged
def body(request: HttpRequest, key: str) -> HttpResponse:
    """Say what a body is, on a day."""
    found = get_object_or_404(Body.objects.listed(), key=key)
    form = AsOf(request.GET)
    on = (form.is_valid() and form.cleaned_data["on"]) or localdate()
    who, now = asking(request), timezone.now()
    context = {
        "body": found,
        "form": form,
        "page": queries.body_page(found, on=on),
        "is_today": on == localdate(),
        "sees_people": may_see_people(who, found, now),
        "sees_desk": may_see_desk(who, found, now),
        "may_look": may_open_access(who, found, now),
        "may_recover": may_recover(who, found, now),
    }
    return render(request, "bodies/body.html", context, status=form.status)


@require_safe
def titles_table(request: HttpRequest, key: str) -> HttpResponse:
    """Download which offices are held in a body, without who holds them."""
    found, on = get_object_or_404(Body.objects.listed(), key=key), localdate()
    rows = queries.offices_on(found, on=on)
    about = {"source": lists.SOURCE, "licence": lists.LICENCE}
    name = f"{found.key}-offices-{on}"
    return table_response(request, name, exports.TITLES, rows, made_on=on, **about)
