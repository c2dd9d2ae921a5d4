"""Who may see the history of what is a body's own: offices, invitations, papers; or a person's."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import now

from waywarden.county.bodies.naming import for_everybody, for_people_of
from waywarden.county.decisions.models import Decision
from waywarden.county.decisions.permissions import may_read as may_read_decision
from waywarden.county.desk.finding import may_see
from waywarden.county.desk.reading import plainly
from waywarden.county.offices.models import Invitation
from waywarden.county.offices.permissions import appoints_in
from waywarden.county.papers.models import Paper
from waywarden.county.papers.permissions import may_read_all
from waywarden.county.people.acting import asking
from waywarden.county.people.models import Office
from waywarden.fabric.journal.histories import Thing, number_in
from waywarden.fabric.journal.models import Entry


def person(request: HttpRequest, key: str) -> Thing | None:
    """Find what was changed about how somebody signs in: for themselves alone."""
    own = asking(request).person
    if own is None or own.key != key:
        return None
    return Thing("how you sign in", reverse("people:ways"), Entry.objects.about("person", key))


def office(request: HttpRequest, key: str) -> Thing | None:
    """Find an office, for its body's officers and who looks in; others do not learn of it."""
    found = Office.objects.select_related("body").filter(pk=number_in(key, "office-")).first()
    if found is None or not _is_theirs(request, found):
        return None
    lines, named = Entry.objects.about("office", key), for_people_of(found.body)
    return Thing(str(found), f"/bodies/{found.body.key}/", lines, named=named)


def invitation(request: HttpRequest, key: str) -> Thing | None:
    """Find an invitation, for whom the office it offers is: by that office, not by its address."""
    sent = Invitation.objects.select_related("body")
    found = sent.filter(pk=number_in(key, "invitation-")).first()
    # As the list of invitations is: for who says who holds the offices of its body.
    if found is None or not appoints_in(asking(request), found.body, now()):
        return None
    told = Q(before__has_key=found.key) | Q(after__has_key=found.key)
    lines = Entry.objects.about("body", found.body.key).filter(
        told | Q(after__invitation=found.key)
    )
    url, named = f"/bodies/{found.body.key}/people/", for_people_of(found.body)
    return Thing(f"the invitation as {found}", url, lines, named=named)


def paper(request: HttpRequest, key: str) -> Thing | None:
    """Find a paper, for who may read it; once withdrawn, for its body's own people alone."""
    papers = Paper.objects.select_related("body", "file")
    found = papers.filter(pk=number_in(key, "paper-"), body__withdrawn_on__isnull=True).first()
    if found is None:
        return None
    is_open = found.is_public and found.file.withdrawn_on is None
    if not is_open and not may_read_all(asking(request), found.body, now()):
        return None
    of_file = Q(subject_kind="file", subject_key=found.file.subject.key)
    lines = Entry.objects.filter(Q(subject_kind="paper", subject_key=key) | of_file)
    return Thing(found.title, found.subject.url, lines, plainly, for_everybody)


def decision(request: HttpRequest, key: str) -> Thing | None:
    """Find a decision: public, with its words for who may read them."""
    decisions = Decision.objects.select_related("body")
    found = decisions.filter(
        pk=number_in(key, "decision-"), body__withdrawn_on__isnull=True
    ).first()
    if found is None:
        return None
    lines = Entry.objects.about("decision", key)
    may_read = may_read_decision(asking(request), found, now())
    reading = plainly if may_read else _without_words
    return Thing(found.title, found.get_absolute_url(), lines, reading, for_everybody)


#: What stands for the words of a decision that are not for everybody.
NOT_SHOWN = "(not shown)"
WORDS = frozenset({"text", "conditions", "option", "says", "member"})


def _without_words(entry: Entry) -> tuple[dict[str, Any], dict[str, Any]]:
    before, after = plainly(entry)
    return _kept_back(before), _kept_back(after)


def _kept_back(values: dict[str, Any]) -> dict[str, Any]:
    return {name: NOT_SHOWN if name in WORDS else said for name, said in values.items()}


def _is_theirs(request: HttpRequest, found: Office) -> bool:
    return asking(request).person is not None and may_see(request, found.body)
