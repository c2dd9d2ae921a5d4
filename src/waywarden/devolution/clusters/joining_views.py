"""What a council that is asked sees and says, by the link of its letter or in an office."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waywarden.county.offices.telling import reply_address
from waywarden.county.people.acting import asking
from waywarden.devolution.clusters import joining, pages, permissions, policies, queries
from waywarden.devolution.clusters.actions import joining as actions
from waywarden.devolution.clusters.actions import members
from waywarden.devolution.clusters.forms import AloneForm, JoinForm
from waywarden.devolution.clusters.gate import of_member
from waywarden.devolution.clusters.joining_forms import EndClusterLinkForm, QuestionForm
from waywarden.devolution.clusters.joining_gate import Visit, for_invited, keep_link, opens_nothing
from waywarden.devolution.clusters.models import Membership, Terms
from waywarden.devolution.clusters.sharing import RULES
from waywarden.devolution.clusters.views import LETTERS, council_of, way
from waywarden.fabric.common.refusals import Overtaken, Refusal
from waywarden.fabric.forms.buckets import Limit, limited
from waywarden.fabric.forms.fields import in_pounds
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS, Sheet, answer
from waywarden.fabric.forms.versions import Saved

#: What is said by the links of letters, from one network in an hour.
SAID = Limit("what councils say of clusters", 60, timedelta(hours=1))


@require_safe
@never_cache
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Open an invitation by the link of its letter; the address with the secret is left at once."""
    link, today = joining.link_called(secret), localdate()
    if link is None or not link.works(today):
        return opens_nothing(request, link, on=today)
    keep_link(request, link)
    return redirect(_page_of(link.membership))


def _page_of(held: Membership) -> str:
    return reverse("clusters:asked", args=[held.cluster.key, held.body.key])


@require_safe
@for_invited(permissions.may_see_asked)
def asked(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show a council what it is asked: services, shares, what it would pay, and the terms."""
    held, today = visit.held, localdate()
    versions = queries.terms_of(held.cluster)
    newest = versions[0] if versions else None
    context = {
        "visit": visit,
        "held": held,
        "cluster": held.cluster,
        "scope": queries.scope_of(held.cluster),
        "asked": [
            (each, each.stage(today))
            for each in queries.memberships_of(held.cluster)
            if each.invited_at is not None
        ],
        "roles": queries.roles_of(held.cluster),
        "figures": joining.figures_of(held, newest, on=today),
        "money": pages.money_of(newest, on=today) if newest else None,
        "terms": newest,
        "rule": _rule(newest),
        "obstacles": policies.obstacles_to_answering(held, on=today),
        "may_ask": _may_ask(request, visit) and not joining.obstacles_to_a_question(held, on=today),
    }
    return render(request, "clusters/asked.html", context)


def _may_ask(request: HttpRequest, visit: Visit) -> bool:
    acting = None if visit.link else asking(request).acting
    return acting is None or permissions.may_put_question(acting, visit.held, localdate())


def _rule(terms: Terms | None) -> str:
    return RULES.get(terms.rule, terms.rule) if terms else ""


#: Where no answer can be written to.
NO_ADDRESS = (
    "Your council has no public address here, so say in your question how you can be reached."
)


@require_http_methods(METHODS)
@limited(SAID)
@for_invited(permissions.may_answer)
@once
def answer_(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take a council's answer; where none can be taken any more, say so instead of asking."""
    held = visit.held
    obstacles = policies.obstacles_to_answering(held, on=localdate())
    sheet = _sheet("What your council decided", "Send it", visit)
    if obstacles and request.method != "POST":
        context = {"sheet": sheet, "obstacles": obstacles}
        return render(request, "clusters/cannot_answer.html", context)
    form = JoinForm(request.POST or None, initial={"answer": request.GET.get("answer", "")})

    def change() -> str:
        starts_on = max(held.cluster.starts_on, localdate())
        members.answer(held=held, said=form.said(), starts_on=starts_on, by=visit.by, now=now())
        return "The answer is recorded."

    return answer(request, form, sheet, change=change, there=_there(visit))


@require_http_methods(METHODS)
@limited(SAID)
@for_invited(permissions.may_answer)
def alone(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say what the services cost a council alone."""
    held = visit.held
    form = AloneForm(request.POST or None, initial=_alone(held) | {"version": held.version})

    def change() -> str:
        version, by, today = form.cleaned_data["version"], visit.by, localdate()
        members.say_alone(held=held, version=version, alone=form.said(), by=by, today=today)
        return "It is kept. Terms that are drawn up already stay as they are."

    def saved() -> Saved:
        held.refresh_from_db()
        return Saved(_alone(held), held.version, url=_there(visit))

    sheet = _sheet("What it costs alone", "Save", visit)
    return answer(request, form, sheet, change=change, there=_there(visit), saved=saved)


def _alone(held: Membership) -> dict[str, object]:
    return {
        "alone": in_pounds(held.alone_pence),
        "alone_source": held.alone_source,
        "is_without_staff": held.is_without_staff,
        "people_told": held.people_told,
    }


@require_http_methods(METHODS)
@limited(SAID)
@for_invited(permissions.may_put_question)
@once
def question(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Bring a question to who runs the cluster."""
    form = QuestionForm(request.POST or None)

    def change() -> str:
        actions.ask_question(held=visit.held, by=visit.by, now=now(), **form.cleaned_data)
        address = reply_address(visit.held.body)
        where = f"The answer comes to {address}." if address else NO_ADDRESS
        return f"Your question is on its way. {where}"

    sheet = _sheet("Ask a question", "Send it", visit)
    return answer(request, form, sheet, change=change, there=_page_of(visit.held))


@require_POST
@limited(LETTERS, council_of)
@of_member(permissions.may_ask_again)
def ask_again(request: HttpRequest, held: Membership) -> HttpResponse:
    """Send a council that has not answered a letter with a new link."""
    try:
        actions.ask_again(held=held, by=asking(request).by, now=now())
        messages.success(request, f"A letter with a new link is on its way to {held.body}.")
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect(held.cluster)


@require_http_methods(METHODS)
@of_member(permissions.may_ask_again)
@once
def end_link(request: HttpRequest, held: Membership) -> HttpResponse:
    """End the link of a council's letter."""
    number = _number_of_link(held)
    form = EndClusterLinkForm(request.POST or None, initial={"letter": number})

    def change() -> str:
        by = asking(request).by
        try:
            actions.end_link(held=held, by=by, now=now(), **form.cleaned_data)
        except Overtaken:
            form.show_newest(_number_of_link(held))
            raise
        return f"The link of {held.body} is ended. You can send it a new one."

    lead = (
        "Whoever has the link, or came in by it, is let in no more. What the council said stays. "
        "Its own officers can still sign in."
    )
    title, kicker = f"End the link of {held.body}", held.cluster.name
    sheet = Sheet(title, "End it", lead=lead, kicker=kicker, way=way(held.cluster))
    return answer(request, form, sheet, change=change, there=held.cluster)


def _number_of_link(held: Membership) -> int:
    link = joining.newest_link(held)
    return link.number if link else 0


def _there(visit: Visit) -> str:
    """Return where one goes on: who came by a link has no other page."""
    return _page_of(visit.held) if visit.is_by_link else visit.held.cluster.get_absolute_url()


def _sheet(title: str, button: str, visit: Visit) -> Sheet:
    held = visit.held
    asked = ((f"What {held.body} is asked", _page_of(held)),) if visit.is_by_link else ()
    return Sheet(
        title,
        button,
        kicker=held.body.name,
        way=(*way(held.cluster), *asked),
        is_in_office=not visit.is_by_link,
    )
