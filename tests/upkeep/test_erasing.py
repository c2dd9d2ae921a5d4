"""Somebody who has left is forgotten everywhere, and the record of what was done still holds."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from tests.cast import Cast
from waywarden.county.offices.models import Invitation
from waywarden.county.people import actions as people
from waywarden.county.people.actions import CannotErase
from waywarden.county.signing_in import queries as signing_in
from waywarden.fabric.common.subjects import COMMAND_LINE
from waywarden.fabric.forms.models import Draft
from waywarden.fabric.imports.models import Upload
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice
from waywarden.fabric.tables.models import SavedView
from waywarden.upkeep.erasing import erase

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NOW = datetime(2027, 5, 1, 9, tzinfo=UTC)
ADDRESS, NAME = "planted-colm@coldbrook.example", "Planted Colm"
PLANTED = ("planted-colm", "Planted Colm")


@pytest.fixture
def leaver(cast: Cast):
    """Give a clerk whose office has ended, and who has left something in every room."""
    office = cast.at_coldbrook
    person = office.person
    person.email, person.shown_as = ADDRESS, NAME
    person.save()
    cast.signed_in(person)
    days = {"starts_on": date(2026, 4, 1), "ends_on": date(2027, 3, 31)}
    Invitation.objects.create(
        body=cast.coldbrook_council,
        kind="clerk",
        address=ADDRESS,
        token_hash="0f",
        sent_at=NOW,
        expires_at=NOW,
        sent_by=office,
        **days,
    )
    Draft.objects.create(who=person.key, form="contact", fields={"value": ADDRESS}, saved_at=NOW)
    SavedView.objects.create(person_key=person.key, path="/services/", query="", name=NAME)
    table = {"headings": ["email"], "rows": [[2, [ADDRESS]]], "problems": []}
    Upload.objects.create(
        kind="offices", by_key="person-99", body_key="x", sha256="0f", name="a", table=table
    )
    Notice.objects.create(
        message_id="<1@example.org>",
        to_key=person.key,
        to_email=ADDRESS,
        to_shown_as=NAME,
        topic="offices",
        subject=f"For {NAME}",
        text="News",
        reply_to=ADDRESS,
        by_key="office-1",
        told_on=date(2026, 4, 1),
        how="now",
        due_at=NOW,
    )
    people.end_office(office=office, on=date(2026, 12, 31), by=COMMAND_LINE, today=date(2026, 4, 1))
    return person


def everything_held() -> str:
    """Give every row of the installation as text."""
    out = StringIO()
    call_command("dumpdata", stdout=out)
    return out.getvalue()


def test_somebody_erased_is_named_nowhere_and_the_journal_still_holds(leaver) -> None:
    # The control: before, they are found.
    assert all(word in everything_held() for word in PLANTED)

    erase(person=leaver, by=COMMAND_LINE, now=NOW, reason="Asked to be forgotten")

    held = everything_held()
    assert [word for word in PLANTED if word in held] == []
    assert journal.faults() == []
    assert Entry.objects.filter(did="erased a person", subject_key=leaver.key).count() == 1
    assert signing_in.person_at(ADDRESS) is None
    assert Notice.objects.get(message_id="<1@example.org>").status == Notice.Status.DROPPED
    assert Upload.objects.get(sha256="0f").status == Upload.Status.LEFT


def test_who_still_holds_an_office_is_not_erased(cast: Cast) -> None:
    bron = cast.at_wychbourne.person

    with pytest.raises(CannotErase, match=r"Clerk, Wychbourne Town Council: end or hand over"):
        erase(person=bron, by=COMMAND_LINE, now=NOW, reason="Asked to be forgotten")

    bron.refresh_from_db()
    assert bron.is_active


def test_nobody_is_erased_twice_or_without_a_reason(leaver) -> None:
    with pytest.raises(CannotErase, match="Say why"):
        erase(person=leaver, by=COMMAND_LINE, now=NOW, reason=" ")
    erase(person=leaver, by=COMMAND_LINE, now=NOW, reason="Asked to be forgotten")

    with pytest.raises(CannotErase, match="erased already"):
        erase(person=leaver, by=COMMAND_LINE, now=NOW, reason="Again")
