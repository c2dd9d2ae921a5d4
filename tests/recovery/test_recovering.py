"""AB13: where the last clerk is gone, two people from outside let somebody in, and it is seen."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import Cast, person
from tests.offices.asked import YEAR, send
from tests.offices.letters import last_letter, link_in_last_letter, told
from waywarden.county.offices.actions import Offer
from waywarden.county.offices.hands import Hand
from waywarden.county.offices.models import Invitation
from waywarden.county.people.models import Office, Person
from waywarden.county.recovery import actions
from waywarden.county.recovery.actions import CannotRecover
from waywarden.county.recovery.models import PROPOSED_FOR, Recovery
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

WHERE = "/bodies/coldbrook-council/recovery/"
PEOPLE = "/bodies/coldbrook-council/people/"
WHY = "The clerk left in May and nobody else can sign in"


@pytest.fixture
def opal(cast: Cast) -> Person:
    """Give somebody who looks after the installation."""
    Person.objects.filter(pk=person("Opal").pk).update(is_operator=True)
    return person("Opal")


def proposed(cast: Cast, **more: object) -> Recovery:
    """Let Ada propose to let Fay in as Coldbrook's clerk."""
    fields = {"address": "fay@example.org", "kind": "clerk", "reason": WHY}
    fields |= {"ends_on": (localdate() + YEAR).isoformat()}
    ada = cast.signed_in(cast.ada)
    answer = send(ada, f"{WHERE}propose/", ada_in_office(cast), **(fields | more))
    assert answer.status_code == 302, answer.content.decode()
    return Recovery.objects.get(status="proposed")


def ada_in_office(cast: Cast) -> Office:
    return Office.objects.filter(person=cast.ada).first() or cast.at_the_county


def agree(browser: Client, recovery: Recovery, acting: Office | None) -> str:
    """Press the button; give what the next page says."""
    answer = send(browser, f"{WHERE}{recovery.pk}/agree/", acting)
    assert answer.status_code == 302, answer.content.decode()
    return browser.get(answer["Location"]).content.decode()


def test_ab13_two_people_let_somebody_into_a_council_again_and_it_is_seen(
    cast: Cast, opal: Person
) -> None:
    Office.objects.filter(pk=cast.at_coldbrook.pk).update(ends_on=localdate() - timedelta(days=1))
    recovery = proposed(cast)
    assert not Invitation.objects.exists()

    agree(cast.signed_in(opal), recovery, None)
    Client().post(link_in_last_letter(), {"shown_as": "Fay"})

    fay = Person.objects.get(email="fay@example.org")
    page = cast.signed_in(fay).get(PEOPLE).content.decode()
    assert "Partnerships officer, The County Council proposed to let somebody in" in page
    assert "Answered by The operator" in page
    assert WHY in page
    assert "agreed to a recovery" in page
    lines = str(list(Entry.objects.values()))
    assert "proposed a recovery" in lines
    assert "fay" not in lines.lower()


def test_ab13_nobody_recovers_a_council_alone(cast: Cast) -> None:
    recovery, office = proposed(cast), ada_in_office(cast)
    browser = cast.signed_in(cast.ada)

    page = browser.get(WHERE).content.decode()
    assert "It takes a second person" in page
    assert "Agree, and send" not in page
    assert "It takes a second person" in agree(browser, recovery, office)

    assert not Invitation.objects.exists()
    assert told() == []


def test_ab13_nobody_is_the_second_person_in_another_office_of_their_own(cast: Cast) -> None:
    recovery = proposed(cast)
    second = cast.office(cast.ada, cast.marlshire_council, "chief-executive")
    browser = cast.signed_in(cast.ada)
    browser.post("/account/office/", {"office": second.pk})

    assert "It takes a second person" in agree(browser, recovery, second)

    assert not Invitation.objects.exists()


def test_ab13_while_somebody_can_still_invite_they_are_told_and_can_stop_it(
    cast: Cast, opal: Person
) -> None:
    office = cast.at_coldbrook
    recovery = proposed(cast)
    assert told() == ["colm@example.org"]
    assert WHY in last_letter().text
    assert "still has somebody who can invite (Clerk)" in agree(
        cast.signed_in(opal), recovery, None
    )
    colm = cast.signed_in(cast.colm)
    assert "Stop it" in colm.get(PEOPLE).content.decode()

    answer = send(colm, f"{WHERE}{recovery.pk}/stop/", office)

    assert answer.status_code == 302
    assert Recovery.objects.get().status == "stopped"
    assert "no longer open" in agree_words(opal, recovery)
    assert "no longer open" in stop_again(colm, recovery, office)


def agree_words(opal: Person, recovery: Recovery) -> str:
    """Give why somebody may not agree."""
    given = {"now": timezone.now(), "today": localdate()}
    with pytest.raises(CannotRecover) as refused:
        actions.agree(recovery=recovery, by=Hand(opal, None), **given)
    return str(refused.value)


def stop_again(browser: Client, recovery: Recovery, office: Office) -> str:
    answer = send(browser, f"{WHERE}{recovery.pk}/stop/", office)
    return browser.get(answer["Location"]).content.decode()


def test_ab13_whoever_can_still_invite_has_a_week_to_object(cast: Cast, opal: Person) -> None:
    assert cast.at_coldbrook
    recovery = proposed(cast)
    Recovery.objects.update(proposed_at=timezone.now() - timedelta(days=7))

    agree(cast.signed_in(opal), recovery, None)

    assert Invitation.objects.get().address == "fay@example.org"


def test_a_proposal_lapses(cast: Cast, opal: Person) -> None:
    recovery = proposed(cast)
    Recovery.objects.update(proposed_at=timezone.now() - PROPOSED_FOR)

    assert "lapsed" in agree_words(opal, recovery)
    proposed(cast)

    assert sorted(Recovery.objects.values_list("status", flat=True)) == ["proposed", "stopped"]
    assert cast.at_coldbrook
    people = cast.signed_in(cast.colm).get(PEOPLE).content.decode()
    assert "Lapsed on " in people
    assert "Stopped: nothing came of it" not in people


def test_a_lapsed_proposal_is_said_to_have_lapsed_and_cannot_be_stopped(cast: Cast) -> None:
    office, recovery = cast.at_coldbrook, proposed(cast)
    Recovery.objects.update(proposed_at=timezone.now() - PROPOSED_FOR)
    ada, colm = cast.signed_in(cast.ada), cast.signed_in(cast.colm)

    from_outside, from_inside = ada.get(WHERE).content.decode(), colm.get(PEOPLE).content.decode()
    assert "The last proposal lapsed" in from_outside
    assert "Propose somebody" in from_outside
    assert "<strong>Lapsed on " in from_inside
    assert "Stop it" not in from_outside + from_inside
    answer = send(colm, f"{WHERE}{recovery.pk}/stop/", office)

    assert "there is nothing to stop" in colm.get(answer["Location"]).content.decode()
    assert not Entry.objects.filter(did="stopped a recovery").exists()


def test_who_stops_a_moment_too_late_is_told(
    cast: Cast, opal: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    recovery = proposed(cast)
    stale = actions._as_it_stands(recovery)
    Recovery.objects.update(status="stopped")
    monkeypatch.setattr(actions, "_as_it_stands", lambda _: stale)

    with pytest.raises(CannotRecover, match="before you"):
        actions.stop(recovery=recovery, by=Hand(opal, None), now=timezone.now())


def test_a_proposal_falls_with_the_office_of_whoever_made_it(cast: Cast, opal: Person) -> None:
    recovery = proposed(cast)
    Office.objects.update(ends_on=localdate() - timedelta(days=1))

    assert "has left that office" in agree_words(opal, recovery)


def test_an_operators_proposal_falls_when_they_are_operator_no_more(
    cast: Cast, opal: Person
) -> None:
    given = {"now": timezone.now(), "today": localdate()}
    offer = Offer("fay@example.org", "clerk", localdate(), localdate() + YEAR)
    recovery = actions.propose(
        body=cast.coldbrook_council, offer=offer, reason=WHY, by=Hand(opal, None), **given
    )
    Person.objects.update(is_operator=False)

    assert "has left that office" in agree_words(cast.dot, recovery)


def test_a_body_has_one_proposal_at_a_time(cast: Cast) -> None:
    proposed(cast)
    fields = {"address": "lou@example.org", "kind": "clerk", "reason": WHY}
    fields |= {"ends_on": (localdate() + YEAR).isoformat()}

    answer = send(cast.signed_in(cast.ada), f"{WHERE}propose/", ada_in_office(cast), **fields)

    assert answer.status_code == 400
    assert "waits for a second person" in answer.content.decode()


def test_a_proposal_made_unseen_this_moment_is_refused_by_the_database(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed(cast)
    monkeypatch.setattr(actions.queries, "proposed_recovery", lambda body: None)
    offer = Offer("lou@example.org", "clerk", localdate(), localdate() + YEAR)
    given = {"now": timezone.now(), "today": localdate(), "reason": WHY}

    with pytest.raises(CannotRecover, match="this moment"):
        actions.propose(
            body=cast.coldbrook_council,
            offer=offer,
            by=Hand(cast.ada, ada_in_office(cast)),
            **given,
        )


def test_who_agrees_a_moment_too_late_is_told(
    cast: Cast, opal: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    recovery = proposed(cast)
    stale = actions._as_it_stands(recovery)
    Recovery.objects.update(status="stopped")
    monkeypatch.setattr(actions, "_as_it_stands", lambda _: stale)

    assert "before you" in agree_words(opal, recovery)


def test_a_recovery_needs_a_reason_and_an_office_that_can_invite(cast: Cast) -> None:
    office, browser = ada_in_office(cast), cast.signed_in(cast.ada)
    assert "Nothing is proposed" in browser.get(WHERE).content.decode()
    offered = browser.get(f"{WHERE}propose/").content.decode()
    assert "Deputy clerk" in offered
    assert "Councillor" not in offered
    fields = {"address": "fay@example.org", "ends_on": "2099-01-01", "kind": "clerk"}

    short = send(browser, f"{WHERE}propose/", office, reason="Gone", **fields)
    long = send(browser, f"{WHERE}propose/", office, reason=WHY, **fields)

    assert "Say why in a few words more" in short.content.decode()
    assert "Nobody holds an office for ever" in long.content.decode()
    assert not Recovery.objects.exists()


def test_an_invitation_nobody_took_up_makes_room_for_a_recovery(cast: Cast, opal: Person) -> None:
    office = cast.at_coldbrook
    given = {"address": "fay@example.org", "kind": "clerk", "starts_on": localdate().isoformat()}
    given |= {"ends_on": (localdate() + YEAR).isoformat()}
    send(cast.signed_in(cast.colm), f"{PEOPLE}invite/", office, **given)
    Office.objects.filter(pk=office.pk).update(ends_on=localdate() - timedelta(days=1))

    agree(cast.signed_in(opal), proposed(cast), None)

    assert sorted(Invitation.objects.values_list("status", flat=True)) == ["sent", "withdrawn"]
