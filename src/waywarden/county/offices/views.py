"""Giving, handing over, extending and ending the offices of a body, by those who appoint in it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from waywarden.county.councils.models import Body
from waywarden.county.offices import actions, forms, queries
from waywarden.county.offices.answering import Sheet, answer, answer_button, office_in, sent
from waywarden.county.offices.models import Invitation
from waywarden.county.offices.permissions import acts_in, appoints_in
from waywarden.county.people import actions as people
from waywarden.county.people.acting import office_of
from waywarden.county.people.gate import about_body
from waywarden.county.people.permissions import may_end
from waywarden.fabric.forms.once import once
from waywarden.fabric.forms.sheets import METHODS


@require_http_methods(METHODS)
@about_body(appoints_in)
@once
def appoint(request: HttpRequest, body: Body) -> HttpResponse:
    """Give an office to somebody the body knows."""
    today, known = localdate(), queries.known_people(body)
    form = forms.AppointForm(sent(request), body=body, today=today, people=known)

    def change() -> str:
        by, person = office_of(request), form.who()
        office = actions.appoint(body=body, person=person, offer=form.offer(), by=by, today=today)
        return f"{person} is given the office of {office.title}."

    lead = "These people hold or held an office here. Somebody new is invited instead."
    sheet = Sheet("Give an office to somebody you know", "Give the office", lead)
    return answer(request, body, form, sheet, change=change)


@require_http_methods(METHODS)
@about_body(appoints_in)
@once
def invite(request: HttpRequest, body: Body) -> HttpResponse:
    """Invite somebody new to an office."""
    now, today = timezone.now(), localdate()
    form = forms.InviteForm(sent(request), body=body, today=today)

    def change() -> str:
        by = office_of(request)
        invitation = actions.invite(body=body, offer=form.offer(), by=by, now=now, today=today)
        return f"An invitation went to {invitation.address}."

    lead = "They get an e-mail with a link that works once, for 14 days."
    sheet = Sheet("Invite somebody to an office", "Send the invitation", lead)
    return answer(request, body, form, sheet, change=change)


@require_http_methods(METHODS)
@about_body(appoints_in)
@once
def hand_over(request: HttpRequest, body: Body, number: int) -> HttpResponse:
    """Name the successor in an office."""
    now, today, office = timezone.now(), localdate(), office_in(body, number)
    form = forms.HandOverForm(sent(request), today=today)

    def change() -> str:
        by = office_of(request)
        at_once = form.leaves_at_once()
        invitation = actions.hand_over(
            office=office,
            offer=form.offer(office),
            leaves_at_once=at_once,
            by=by,
            now=now,
            today=today,
        )
        return f"{invitation.address} was asked to take over as {office.title}."

    lead = (
        "Your successor gets an e-mail with a link. When they accept, the office is theirs with "
        "all its history; until then nothing changes."
    )
    title, button = "Hand over an office", "Ask the successor"
    sheet = Sheet(title, button, lead, office=office, passes_drafts_on=True)
    return answer(request, body, form, sheet, change=change)


@require_http_methods(METHODS)
@about_body(acts_in)
def end(request: HttpRequest, body: Body, number: int) -> HttpResponse:
    """End an office: one's own, or, for who appoints, anybody's."""
    now, today, office, by = (
        timezone.now(),
        localdate(),
        office_in(body, number),
        office_of(request),
    )
    if not may_end(by, office):
        raise PermissionDenied
    form = forms.EndForm(sent(request), initial={"version": office.version, "on": today})

    def change() -> str:
        given, held = form.cleaned_data, form.seen(office)
        last = None if given["when"] == "at-once" else given["on"]
        reason = given["reason"]
        actions.end(office=held, last=last, reason=reason, by=by, now=now, today=today)
        if last is None:
            return f"{office.person} is no longer {office.title}."
        return f"{office.person} is {office.title} until {last:%-d %B %Y}."

    title = "Resign from an office" if office.person_id == by.person_id else "End an office"
    is_last = queries.is_last_appointer(office, on=today)
    sheet = Sheet(title, "End the office", office=office, is_grave=is_last)
    # Whoever resigns may see the people no longer.
    there = "bodies:body" if office.person_id == by.person_id else "bodies:people"
    return answer(request, body, form, sheet, change=change, there=there)


@require_http_methods(METHODS)
@about_body(appoints_in)
def extend(request: HttpRequest, body: Body, number: int) -> HttpResponse:
    """Let an office go on until a later day."""
    today, office = localdate(), office_in(body, number)
    form = forms.ExtendForm(sent(request), initial={"version": office.version})

    def change() -> str:
        until, by = form.cleaned_data["until"], office_of(request).actor
        people.extend_office(office=form.seen(office), until=until, by=by, today=today)
        return f"{office.person} is {office.title} until {until:%-d %B %Y}."

    sheet = Sheet("Extend an office", "Extend the office", office=office)
    return answer(request, body, form, sheet, change=change)


@require_POST
@about_body(appoints_in)
def withdraw(request: HttpRequest, body: Body, number: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(Invitation.objects.to_body(body), pk=number)

    def change() -> str:
        by, now = office_of(request).actor, timezone.now()
        actions.withdraw(invitation=invitation, by=by, now=now)
        return f"The invitation to {invitation.address} is withdrawn."

    return answer_button(request, body, change=change)
