"""The lists of a body's desk: each column says how it is sorted, filtered and shown."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body, Contact
from waywarden.fabric.common.wording import day
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.journal.telling import PAGE
from waywarden.fabric.tables.lists import Listed, ListPage
from waywarden.fabric.tables.stored import Stored, distinct
from waywarden.fabric.tables.views import listed

SOURCE = "What the body’s own officers recorded here."
OF_THE_JOURNAL = "The journal of this site, as far as it concerns the body."
LICENCE = "Kept by the body for its own work: ask it before you pass it on."


def _state(contact: Contact) -> str:
    return "Withdrawn" if contact.ended_on else "Listed"


def _since(contact: Contact) -> str:
    if contact.ended_on:
        return f"Withdrawn on {day(contact.ended_on)}"
    return "Listed"


def _given(contact: Contact) -> str:
    stated = f", {day(contact.stated_on)}" if contact.stated_on else ""
    return f"{contact.source}{stated}"


def _change(contact: Contact) -> str:
    if contact.ended_on:
        return "To list it again, add it"
    where = reverse("desk:contact", args=[contact.body.key, contact.pk])
    hidden = '<span class="govuk-visually-hidden"> {}</span>'
    return format_html(f'<a href="{{}}">Change or withdraw{hidden}</a>', where, contact.value)


CONTACTS: list[Listed[Contact]] = [
    Listed(
        "kind",
        "What it is",
        "text",
        lambda contact: contact.get_kind_display(),
        heading="What it is",
        filtered="choice",
    ),
    Listed(
        "value",
        "The address or number",
        "text",
        lambda contact: contact.value,
        heading="Address or number",
        filtered="text",
    ),
    Listed(
        "source",
        "Who says so",
        "text",
        lambda contact: contact.source,
        heading="Who says so",
        cell=_given,
    ),
    Listed(
        "state",
        "Whether it is listed",
        "text",
        _state,
        heading="State",
        cell=_since,
        filtered="choice",
    ),
]
CHANGE: Listed[Contact] = Listed(
    "change", "", "text", None, heading="Change it", cell=_change, starts=""
)


def contacts_list(
    body: Body, asked: Mapping[str, str], *, may_change: bool = False
) -> ListPage[Contact]:
    """Return a body's contacts as an address asks for them, those listed first."""
    held = Contact.objects.filter(body=body).select_related("body").order_by("kind", "value")
    columns = [*CONTACTS, *([CHANGE] if may_change else [])]
    return listed(columns, list(held), asked, what="contacts", usual_sort="state")


TRAIL: list[Listed[Entry]] = [
    Listed(
        "line",
        "The number of the journal’s line",
        "whole number",
        lambda entry: entry.number,
        heading="Line",
        starts="most",
    ),
    Listed(
        "day",
        "The day",
        "text",
        lambda entry: localtime(entry.at).date().isoformat(),
        heading="Day (year first)",
        starts="",
        filtered="text",
    ),
    Listed(
        "who",
        "Who, by office",
        "text",
        lambda entry: entry.actor_shown_as,
        heading="Who",
        filtered="choice",
    ),
    Listed(
        "did",
        "What was done",
        "text",
        lambda entry: entry.did,
        heading="What was done",
        filtered="choice",
    ),
]
#: What a list reads of a line before it is known which are shown.
READ_FIRST = ("number", "at", "actor_shown_as", "did")


def trail_list(body: Body, asked: Mapping[str, str]) -> ListPage[Entry]:
    """Return the lines of a body's trail as an address asks for them, the newest first."""
    found = journal.trail_of(body.key)
    lines: Stored[Entry] = Stored(found.only(*READ_FIRST), told=lambda line: line)
    return listed(
        TRAIL,
        lines,
        asked,
        what="lines",
        usual_sort="line",
        usual_rows=PAGE,
        is_ordered=True,
        known={
            "who": lambda: distinct(found, "actor_shown_as"),
            "did": lambda: distinct(found, "did"),
        },
    )


def in_full(lines: Sequence[Entry]) -> list[Entry]:
    """Return lines with all they hold, in the same order."""
    found = Entry.objects.in_bulk([line.pk for line in lines])
    return [found[line.pk] for line in lines]
