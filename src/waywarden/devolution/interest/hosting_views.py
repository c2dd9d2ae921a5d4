"""The host: another one is named, and whoever was named reads what is asked and answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from waywarden.county.offices.telling import reply_address
from waywarden.devolution.interest import hosting as host_queries
from waywarden.devolution.interest import hosting_actions as actions
from waywarden.devolution.interest import policies, queries
from waywarden.devolution.interest.forms import AnswerHostForm, HostForm
from waywarden.devolution.interest.gate import Visit, for_asker
from waywarden.devolution.interest.hosting_gate import HostVisit, for_host, keep_link
from waywarden.devolution.interest.models import Expression
from waywarden.devolution.interest.ways import way_of
from waywarden.devolution.interest.writing_views import WRITTEN, count_letter
from waywarden.fabric.forms.buckets import limited
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.forms.versions import Saved


@require_http_methods(METHODS)
@limited(WRITTEN)
@for_asker(changes=True)
def host(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Name another host, where the one before declines or does not answer."""
    of = visit.expression
    form = HostForm(request.POST or None, initial=_host_of(of))

    def change() -> str:
        version, named = form.cleaned_data["version"], form.named()
        count_letter(named.host_email)
        made = actions.name_host(of=of, version=version, named=named, by=visit.by, now=now())
        return f"It is saved. {made.name}: {made.stands.lower()}." if made else "It is saved."

    def saved() -> Saved:
        of.refresh_from_db()
        return Saved(_host_of(of), of.version, url=of.get_absolute_url())

    held = host_queries.hosting_of(of)
    obstacles = policies.obstacles_to_naming_a_host(of, answer=held.answer if held else "")
    sheet = Sheet(
        "Name another host",
        "Name them",
        lead=" ".join(obstacles) or "They are told at once, and agree or decline by a link.",
        way=way_of(of),
        is_in_office=not visit.is_by_link,
    )
    return answer(request, form, sheet, change=change, there=of, saved=saved)


def _host_of(of: Expression) -> dict[str, object]:
    return {name: getattr(of, name) for name in HostForm.base_fields}


@require_safe
@never_cache
def by_host_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Open what a host was named for by its link; the address with the secret is left at once."""
    found = host_queries.hosting_by(secret, today=localdate())
    if found is None:
        return render(request, "interest/no_link.html", status=404)
    keep_link(request, found)
    return redirect("interest:hosting", found.expression_id)


@require_http_methods(METHODS)
@limited(WRITTEN)
@for_host
@once
def hosting(request: HttpRequest, visit: HostVisit) -> HttpResponse:
    """Show a host what is asked, and let it agree or decline."""
    held, of = visit.hosting, visit.hosting.expression
    form = AnswerHostForm(request.POST or None)

    def change() -> str:
        actions.answer_as_host(hosting=held, by=visit.by, now=now(), **form.cleaned_data)
        return "Thank you. Those who ask, and the council they ask, read your answer."

    obstacles = policies.obstacles_to_hosting(of, held)
    sheet = Sheet(
        f"{of.who} names you as host",
        "Answer",
        lead=" ".join(obstacles) or "A host signs the agreement and holds the money for them.",
        kicker=f"Asked of {of.asked_of}",
        is_in_office=not visit.is_by_link,
    )
    context = {
        "hosting": held,
        "whole": queries.whole(of),
        "reach": reply_address(of.asked_of),
        "obstacles": obstacles,
    }
    there, page = request.path, "interest/hosting.html"
    return answer(request, form, sheet, change=change, there=there, context=context, template=page)
