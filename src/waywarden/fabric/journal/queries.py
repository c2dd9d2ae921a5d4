"""Checking the journal, and reading it."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet

from waywarden.fabric.common.subjects import Subject
from waywarden.fabric.forms.versions import Saved
from waywarden.fabric.journal.models import Concern, Entry, Head, PersonalValue, PublishedHead
from waywarden.fabric.journal.verifying import FIRST, Found, Published, verify


def faults() -> list[str]:
    """Say, in order, what is wrong with the chain; nothing when it holds.

    It is checked against every head that was published, too, as this database
    remembers them; whoever could write a journal anew could change those as
    well, so that a copy kept elsewhere says more.
    """
    found = verify(lines(), published_heads())
    more = [f"{found.untold} more faults."] if found.untold else []
    return [*found.faults, *more, *faults_beside_the_chain(found)]


def faults_beside_the_chain(found: Found) -> list[str]:
    """Say what does not agree with the chain: its head, and its list of bodies."""
    head = Head.objects.filter(pk=1).first() or Head()
    said = []
    if (head.number, head.hash) != (found.number, found.hash):
        said.append(f"The journal ends at line {found.number}, but its head says {head.number}.")
    return said + _unlisted()


def lines() -> Iterator[dict[str, Any]]:
    """Return every line from the first to the last, as it is exported."""
    return (entry.as_line() for entry in Entry.objects.order_by("number").iterator())


def lines_for(body: str) -> Iterator[dict[str, Any]]:
    """Return every line for the officers of a body: what concerns it in full, the rest sealed."""
    own = Entry.objects.order_by("number").iterator()
    return (e.as_line() if body in e.bodies else e.as_sealed_line() for e in own)


def published_heads() -> list[Published]:
    """Return the heads that were published, the oldest first."""
    return [head.published for head in PublishedHead.objects.order_by("day")]


def _unlisted() -> list[str]:
    """Say which lines are not found by the bodies they concern, as they must be."""
    listed: dict[int, set[str]] = {}
    for number, body in Concern.objects.values_list("entry_id", "body_key"):
        listed.setdefault(number, set()).add(body)
    named = Entry.objects.exclude(bodies=[]).values_list("number", "bodies")
    meant = {number: set(bodies) for number, bodies in named.iterator()}
    return [
        f"Line {number} is not listed with the bodies it concerns."
        for number in sorted(listed.keys() | meant.keys())
        if listed.get(number) != meant.get(number)
    ]


def version() -> str:
    """Return the hash of the journal's last line: it changes with every change to anything."""
    return Head.objects.filter(pk=1).values_list("hash", flat=True).first() or FIRST


def head_number() -> int:
    """Return the number of the journal's last line; 0 before there is one."""
    return Head.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def first_at(did: str, *, kind: str, keys: Collection[str]) -> dict[str, datetime]:
    """Return when something was first done to each of several subjects of a kind, by their keys."""
    about = Entry.objects.filter(did=did, subject_kind=kind, subject_key__in=keys)
    return dict(about.values_list("subject_key").annotate(first=Min("at")))


def length() -> int:
    """Return how many lines the journal has."""
    return Entry.objects.count()


def last_about(subject: Subject, *did: str) -> Entry | None:
    """Return the newest line about a thing, of all or of those that did one of these."""
    found = Entry.objects.about(subject.kind, subject.key)
    return (found.filter(did__in=did) if did else found).order_by("number").last()


def saved_meanwhile(
    subject: Subject, fields: Mapping[str, Any], *, version: int, url: str
) -> Saved:
    """Return a row as somebody else has saved it, and who that was, for the page of a conflict."""
    last = last_about(subject)
    by, at = (last.actor_shown_as, last.at) if last else ("", None)
    return Saved(fields, version, by, at, url)


def personal_values(references: Collection[UUID]) -> dict[UUID, str]:
    """Return what is kept beside the chain, by its reference; nothing of what was erased."""
    kept = PersonalValue.objects.filter(pk__in=references, erased_at__isnull=True)
    return dict(kept.values_list("pk", "value"))


def trail_of(body: str) -> QuerySet[Entry]:
    """Return the lines that concern a body, the newest first."""
    return Entry.objects.concerning(body).order_by("-number")


def copied_out(lines: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Write lines as a file that can be checked anywhere: one JSON object to a line of text."""
    return (json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def changes_to(subjects: Iterable[Subject]) -> dict[tuple[str, str], tuple[int, datetime]]:
    """Return how often each of several things was changed, and when last, by kind and key."""
    wanted = {(each.kind, each.key) for each in subjects}
    kinds, keys = {kind for kind, _ in wanted}, {key for _, key in wanted}
    about = Entry.objects.filter(subject_kind__in=kinds, subject_key__in=keys)
    counted = about.values_list("subject_kind", "subject_key").annotate(Count("pk"), Max("at"))
    return {(kind, key): (count, at) for kind, key, count, at in counted if (kind, key) in wanted}
