"""CL10: a clerk hands over to a new clerk."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import Cast, person
from tests.offices.asked import days, send
from tests.offices.letters import link_in_last_letter, told
from waywarden.county.offices import actions as offices
from waywarden.county.offices.actions import Offer
from waywarden.county.offices.models import Invitation
from waywarden.county.people.models import Office, Person
from waywarden.fabric.forms.models import Draft
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

PEOPLE = "/bodies/wychbourne-council/people/"
DAY, YEAR = timedelta(days=1), timedelta(days=365)


def names_fay(cast: Cast, office: Office, **more: object) -> str:
    """Let Bron name Fay as the next clerk; give the address of the invitation's page."""
    fields = {"address": "fay@example.org", "leaves": "before"} | days(localdate() + DAY)
    where = f"{PEOPLE}{office.pk}/hand-over/"
    answer = send(cast.signed_in(cast.bron), where, office, **(fields | more))
    assert answer.status_code == 302, answer.content.decode()
    return link_in_last_letter()


def fay() -> Person:
    return Person.objects.get(email="fay@example.org")


def test_cl10_a_clerk_hands_over_to_a_new_clerk(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The role moves, the history is intact, the old access ends."""
    office, bron = cast.at_wychbourne, cast.signed_in(cast.bron)
    assert bron.get(PEOPLE).status_code == 200
    before = list(Entry.objects.order_by("number").values())

    link = names_fay(cast, office)
    assert "You take over the office" in Client().get(link).content.decode()
    Client().post(link, {"shown_as": "Fay"})

    new = Office.objects.get(person=fay())
    old = Office.objects.get(pk=office.pk)
    assert (new.title, new.body) == (old.title, old.body)
    assert new.starts_on == localdate() + DAY
    assert old.ends_on == localdate()
    assert told() == ["fay@example.org", "bron@example.org"]
    # Until the day comes, Bron is clerk; from then on, Fay is, and Bron nobody.
    assert bron.get(PEOPLE).status_code == 200
    assert cast.signed_in(fay()).get(PEOPLE).status_code == 403
    tomorrow = timezone.now() + DAY
    monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)
    assert cast.signed_in(cast.bron).get(PEOPLE).status_code == 403
    page = cast.signed_in(fay()).get(PEOPLE).content.decode()
    assert "You act as <strong>Clerk, Wychbourne Town Council" in page
    # What was written stays as it was, and says who did it.
    assert list(Entry.objects.order_by("number").values())[: len(before)] == before
    assert journal.faults() == []
    assert "Bron" in page
    assert "ended an office" in page


def test_cl10_the_old_access_ends_at_once_where_that_was_chosen(cast: Cast) -> None:
    office, bron = cast.at_wychbourne, cast.signed_in(cast.bron)
    link = names_fay(cast, office, leaves="at-once", **days())
    assert bron.get(PEOPLE).status_code == 200

    Client().post(link, {"shown_as": "Fay"})

    assert bron.get(PEOPLE).status_code == 403
    assert cast.signed_in(fay()).get(PEOPLE).status_code == 200


def test_cl10_what_the_old_clerk_had_begun_is_the_new_clerks_and_what_they_offered_is_void(
    cast: Cast,
) -> None:
    office, bron = cast.at_wychbourne, cast.bron
    invite = {"address": "lou@example.org", "kind": "councillor"} | days()
    send(cast.signed_in(bron), f"{PEOPLE}invite/", office, **invite)
    lous = link_in_last_letter()
    Draft.objects.create(
        who=bron.key, body="wychbourne-council", form="f", fields={}, saved_at=timezone.now()
    )
    link = names_fay(cast, office, leaves="at-once")

    Client().post(link, {"shown_as": "Fay"})

    assert Draft.objects.get().who == fay().key
    # AB12: what somebody who left had offered is void: it may be to an address of their own.
    Client().post(lous, {"shown_as": "Lou"})
    assert not Office.objects.filter(person__email="lou@example.org").exists()


def left_behind(by: Person) -> None:
    """Let somebody have begun a form for Wychbourne."""
    Draft.objects.create(
        who=by.key, body="wychbourne-council", form="f", fields={}, saved_at=timezone.now()
    )


@pytest.mark.parametrize("kind", ["clerk", "deputy-clerk"])
def test_ab12_what_a_clerk_who_was_ended_had_begun_is_the_next_clerks_and_nobody_elses(
    cast: Cast, kind: str
) -> None:
    office, today = cast.at_wychbourne, localdate()
    deputy = cast.office(cast.dot, cast.wychbourne_council, Office.Kind.DEPUTY_CLERK)
    left_behind(office.person)
    offices.end(office=office, last=None, reason="Left", by=deputy, now=timezone.now(), today=today)
    offer = Offer("fay@example.org", kind, today, today + YEAR)

    offices.appoint(
        body=cast.wychbourne_council, person=person("Fay"), offer=offer, by=deputy, today=today
    )

    expected = person("Fay") if kind == "clerk" else office.person
    assert Draft.objects.get().who == expected.key


def test_what_somebody_who_stays_in_another_office_has_begun_stays_theirs(cast: Cast) -> None:
    office, today = cast.at_wychbourne, localdate()
    deputy = cast.office(cast.dot, cast.wychbourne_council, Office.Kind.DEPUTY_CLERK)
    cast.office(office.person, cast.wychbourne_council, Office.Kind.COUNCILLOR)
    left_behind(office.person)
    offices.end(office=office, last=None, reason="Left", by=deputy, now=timezone.now(), today=today)
    offer = Offer("fay@example.org", "clerk", today, today + YEAR)

    offices.appoint(
        body=cast.wychbourne_council, person=person("Fay"), offer=offer, by=deputy, today=today
    )

    assert Draft.objects.get().who == office.person.key


def test_what_a_clerk_who_was_a_councillor_too_has_begun_is_no_next_councillors(
    cast: Cast,
) -> None:
    office, today = cast.at_wychbourne, localdate()
    deputy = cast.office(cast.dot, cast.wychbourne_council, Office.Kind.DEPUTY_CLERK)
    seat = cast.office(office.person, cast.wychbourne_council, Office.Kind.COUNCILLOR)
    left_behind(office.person)
    for each in (office, seat):
        offices.end(
            office=each, last=None, reason="Left", by=deputy, now=timezone.now(), today=today
        )
    offer = Offer("fay@example.org", "councillor", today, today + YEAR)

    offices.appoint(
        body=cast.wychbourne_council, person=person("Fay"), offer=offer, by=deputy, today=today
    )

    assert Draft.objects.get().who == office.person.key


def test_ab12_a_clerk_invited_after_the_last_one_left_finds_what_was_begun(cast: Cast) -> None:
    office, today = cast.at_wychbourne, localdate()
    deputy = cast.office(cast.dot, cast.wychbourne_council, Office.Kind.DEPUTY_CLERK)
    left_behind(office.person)
    offices.end(office=office, last=None, reason="Left", by=deputy, now=timezone.now(), today=today)
    send(
        cast.signed_in(deputy.person),
        f"{PEOPLE}invite/",
        deputy,
        **{"address": "fay@example.org", "kind": "clerk"} | days(),
    )

    Client().post(link_in_last_letter(), {"shown_as": "Fay"})

    assert Draft.objects.get().who == fay().key


def test_whoever_hands_over_or_saves_a_draft_is_told_that_the_successor_reads_it(
    cast: Cast,
) -> None:
    office, bron = cast.at_wychbourne, cast.signed_in(cast.bron)
    deputy = cast.office(cast.dot, cast.wychbourne_council, Office.Kind.DEPUTY_CLERK)
    add = "/bodies/wychbourne-council/contacts/add/"
    token = re.findall(r'name="draft_of" value="([^"]+)"', bron.get(add).content.decode())[0]

    saved = bron.post("/drafts/", {"draft_of": token, "value": "?"}, follow=True)
    by_script = bron.post("/drafts/", {"draft_of": token}, headers={"HX-Request": "true"})
    warned = bron.get(f"{PEOPLE}{office.pk}/hand-over/").content.decode()
    of_another = cast.signed_in(deputy.person).get(f"{PEOPLE}{office.pk}/hand-over/")

    for answer in (saved, by_script):
        assert "your successor gets it" in answer.content.decode()
    assert "The successor can read drafts" in warned
    assert "Look at what you have begun" in warned
    assert "What Bron has begun" in of_another.content.decode()
    account = bron.get("/account/").content.decode()
    assert "goes to your successor, who can read it" in account
    assert "Nobody else sees" not in account


def test_until_the_successor_accepts_nothing_changes(cast: Cast) -> None:
    office = cast.at_wychbourne

    names_fay(cast, office)

    assert Office.objects.get() == office
    assert Office.objects.get().ends_on == office.ends_on


def test_an_office_is_handed_to_one_successor_at_a_time(cast: Cast) -> None:
    office = cast.at_wychbourne
    names_fay(cast, office)
    fields = {"address": "lou@example.org", "leaves": "before"} | days()

    answer = send(cast.signed_in(cast.bron), f"{PEOPLE}{office.pk}/hand-over/", office, **fields)

    assert answer.status_code == 400
    assert "may still accept. Withdraw" in answer.content.decode()
    assert told() == ["fay@example.org"]


def test_another_successor_is_named_once_the_first_let_it_lapse(cast: Cast) -> None:
    office = cast.at_wychbourne
    names_fay(cast, office)
    Invitation.objects.update(expires_at=timezone.now())

    names_fay(cast, office, address="lou@example.org")

    assert Invitation.objects.get(status="sent").address == "lou@example.org"


def test_an_office_that_was_handed_over_is_not_handed_over_again(cast: Cast) -> None:
    office = cast.at_wychbourne
    Client().post(names_fay(cast, office), {"shown_as": "Fay"})
    fields = {"address": "lou@example.org", "leaves": "before"} | days()

    answer = send(cast.signed_in(cast.bron), f"{PEOPLE}{office.pk}/hand-over/", office, **fields)

    assert answer.status_code == 400
    assert "handed over already" in answer.content.decode()


def test_a_deputy_hands_over_for_a_clerk_but_not_after_the_clerk_has_gone(cast: Cast) -> None:
    office = cast.at_wychbourne
    deputy = cast.office(cast.dot, cast.wychbourne_council, "deputy-clerk")
    Office.objects.filter(pk=office.pk).update(ends_on=localdate() - DAY)
    fields = {"address": "fay@example.org", "leaves": "before"} | days()

    answer = send(cast.signed_in(cast.dot), f"{PEOPLE}{office.pk}/hand-over/", deputy, **fields)

    assert answer.status_code == 400
    assert "invite somebody instead" in answer.content.decode()


def test_nobody_hands_an_office_over_to_themselves(cast: Cast) -> None:
    office = cast.at_wychbourne
    fields = {"address": cast.bron.email.upper(), "leaves": "before"} | days()

    answer = send(cast.signed_in(cast.bron), f"{PEOPLE}{office.pk}/hand-over/", office, **fields)

    assert answer.status_code == 400
    assert "holds this office already: extend it instead" in answer.content.decode()
    assert told() == []


def test_a_successor_cannot_begin_before_the_holder_did(cast: Cast) -> None:
    office = cast.at_wychbourne
    fields = {"address": "fay@example.org", "leaves": "before"}
    fields |= days(office.starts_on - DAY, localdate())

    answer = send(cast.signed_in(cast.bron), f"{PEOPLE}{office.pk}/hand-over/", office, **fields)

    assert "cannot begin before that" in answer.content.decode()


def test_a_successor_who_begins_on_the_holders_own_first_day_ends_that_at_once(
    cast: Cast,
) -> None:
    office = cast.at_wychbourne

    Client().post(names_fay(cast, office, **days(office.starts_on, localdate())), {"shown_as": "F"})

    assert not Office.objects.get(pk=office.pk).is_in_force(localdate())


def test_a_holder_who_leaves_before_the_successor_begins_is_not_brought_back(cast: Cast) -> None:
    office, today = cast.at_wychbourne, localdate()
    cast.office(cast.dot, cast.wychbourne_council, "deputy-clerk")
    deputy = Office.objects.get(person=cast.dot)
    link = names_fay(cast, office, **days(today + 9 * DAY))
    Invitation.objects.update(sent_by=deputy)
    Office.objects.filter(pk=office.pk).update(ends_on=today + DAY)

    Client().post(link, {"shown_as": "Fay"})

    assert Office.objects.get(pk=office.pk).ends_on == today + DAY
    assert Office.objects.get(person=fay()).starts_on == today + 9 * DAY


def test_a_holder_who_left_at_once_meanwhile_is_not_ended_twice(cast: Cast) -> None:
    office, today = cast.at_wychbourne, localdate()
    deputy = cast.office(cast.dot, cast.wychbourne_council, "deputy-clerk")
    link = names_fay(cast, office, leaves="at-once")
    Invitation.objects.update(sent_by=deputy)
    left_at = timezone.now()
    Office.objects.filter(pk=office.pk).update(ends_on=today, ended_at=left_at)

    Client().post(link, {"shown_as": "Fay"})

    assert Office.objects.get(pk=office.pk).ended_at == left_at
    assert Office.objects.filter(person=fay()).exists()


def test_an_office_that_ended_at_once_is_not_handed_over(cast: Cast) -> None:
    office = cast.at_wychbourne
    deputy = cast.office(cast.dot, cast.wychbourne_council, "deputy-clerk")
    Office.objects.filter(pk=office.pk).update(ends_on=localdate(), ended_at=timezone.now())
    fields = {"address": "fay@example.org", "leaves": "before"} | days()

    answer = send(cast.signed_in(cast.dot), f"{PEOPLE}{office.pk}/hand-over/", deputy, **fields)

    assert "invite somebody instead" in answer.content.decode()
