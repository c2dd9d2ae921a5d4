"""The host: another one is named, and whoever was named reads what is asked and answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from waywarden.county.offices.queries import holder_now
from waywarden.county.offices.telling import reply_address
from waywarden.devolution.interest import hosting as host_queries
from waywarden.devolution.interest import hosting_actions as actions
from waywarden.devolution.interest import policies, queries
from waywarden.devolution.interest.forms import AnswerHostForm, HostForm
from waywarden.devolution.interest.gate import Visit, for_asker
from waywarden.devolution.interest.hosting_gate import HostVisit, ended, for_host, keep_link
from waywarden.devolution.interest.models import Expression
from waywarden.devolution.interest.ways import way_of
from waywarden.devolution.interest.writing_views import WRITTEN
from waywarden.fabric.forms.buckets import limited
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.forms.versions import Saved

HOSTS = "A host signs the agreement and holds the money for them."
AGREED = "You agree to be their host. Say so here if it is no longer so: they look for another."
AGAIN = "It can be asked again 14 days after the last letter to it."
TOLD_AT_ONCE = (
    "They are told at once, and agree or decline by a link. To ask the same host once more, save "
    "it as it stands: where it was not told, or is silent for 14 days."
)


@require_http_methods(METHODS)
@limited(WRITTEN)
@for_asker(changes=True)
def host(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Name another host, where the one before declines or does not answer."""
    of = visit.expression
    form = HostForm(request.POST or None, initial=_host_of(of))

    def change() -> str:
        version, named, at = form.cleaned_data["version"], form.named(), now()
        made = actions.name_host(of=of, version=version, named=named, by=visit.by, now=at)
        if made is None:
            return "It is saved."
        again = "" if made.named_at == at else f" {AGAIN}"
        return f"It is saved. {made.name}: {made.stands.lower()}.{again}"

    def saved() -> Saved:
        of.refresh_from_db()
        return Saved(_host_of(of), of.version, url=of.get_absolute_url())

    held = host_queries.hosting_of(of)
    obstacles = policies.obstacles_to_naming_a_host(of, answer=held.answer if held else "")
    sheet = Sheet(
        "Name another host",
        "Name them",
        lead=" ".join(obstacles) or TOLD_AT_ONCE,
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
        return ended(request)
    keep_link(request, found)
    return redirect("interest:hosting", found.expression_id)


@require_http_methods(METHODS)
@limited(WRITTEN)
@for_host
@once
def hosting(request: HttpRequest, visit: HostVisit) -> HttpResponse:
    """Show a host what is asked, and let it agree or decline."""
    held, of = visit.hosting, visit.hosting.expression
    if of.status == Expression.Status.WITHDRAWN:
        return _taken_back(request)
    form = AnswerHostForm(request.POST or None)

    def change() -> str:
        said = {"is_in_office": not visit.is_by_link, **form.cleaned_data}
        actions.answer_as_host(hosting=held, by=visit.by, now=now(), **said)
        return "Thank you. Those who ask, and the council they ask, read your answer."

    obstacles = policies.obstacles_to_hosting(of, held)
    sheet = Sheet(
        f"{of.who} names you as host",
        "Answer",
        lead=" ".join(obstacles) or (AGREED if held.answer else HOSTS),
        kicker=f"Asked of {of.asked_of}",
        is_in_office=not visit.is_by_link,
    )
    context = {
        "hosting": held,
        "whole": queries.whole(of),
        "answers": holder_now(of.coordinator, on=localdate()) if of.coordinator else None,
        "reach": reply_address(of.asked_of),
        "obstacles": obstacles,
    }
    there, page = request.path, "interest/hosting.html"
    return answer(request, form, sheet, change=change, there=there, context=context, template=page)


def _taken_back(request: HttpRequest) -> HttpResponse:
    """Show of what was taken back no more than that nothing is needed."""
    sheet = Sheet("Nothing more is needed", "")
    said = ["Those who named you as host have taken back what they asked."]
    status = 400 if request.method == "POST" else 200
    context = {"sheet": sheet, "obstacles": said}
    return render(request, "interest/cannot.html", context, status=status)
