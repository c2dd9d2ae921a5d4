"""AB8: where several act in the same moment, one wins and the others are told who and when."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import ADA, Cast, introduce
from waywarden.county.offices import actions, policies
from waywarden.county.offices.actions import Offer
from waywarden.county.offices.hands import Hand
from waywarden.county.offices.models import Invitation
from waywarden.county.people import actions as people
from waywarden.county.people.models import Office, Person
from waywarden.county.recovery import actions as recovering
from waywarden.county.recovery.models import Recovery
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.journal import queries as journal

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

WHO = 4


@pytest.fixture
def there(transactional_db: None) -> Cast:
    return introduce()


def all_at_once(act: Callable[[int], object]) -> tuple[list[object], list[str]]:
    """Let several act at the same moment; give what was done, and what the others were told."""
    start, done, told = Barrier(WHO), [], []

    def one(number: int) -> None:
        try:
            start.wait(timeout=20)
            done.append(act(number))
        except Refusal as refused:
            told.append(str(refused))
        finally:
            connection.close()

    with ThreadPoolExecutor(WHO) as pool:
        list(pool.map(one, range(WHO)))
    return done, told


def offer(kind: str = "deputy-clerk", address: str = "fay@example.org") -> Offer:
    today = localdate()
    return Offer(address, kind, today, today + timedelta(days=300))


def an_invitation(cast: Cast, given: Offer | None = None) -> Invitation:
    """Let Bron invite somebody."""
    return actions.invite(
        body=cast.wychbourne_council,
        offer=given or offer(),
        by=cast.at_wychbourne,
        now=timezone.now(),
        today=localdate(),
    )


def accept(invitation: Invitation, number: int = 0) -> Office:
    now, today = timezone.now(), localdate()
    return actions.accept(invitation=invitation, shown_as=f"Fay {number}", now=now, today=today)


def test_ab8_of_several_who_accept_one_invitation_one_holds_the_office(there: Cast) -> None:
    invitation = an_invitation(there)

    done, told = all_at_once(lambda number: accept(invitation, number))

    assert len(done) == 1
    assert Office.objects.filter(kind="deputy-clerk").count() == 1
    assert len(told) == WHO - 1
    assert all("its holder is now Deputy clerk, Wychbourne Town Council" in each for each in told)
    assert all(f"on {localdate():%-d %B %Y at }" in each for each in told)
    assert Person.objects.filter(email="fay@example.org").count() == 1
    assert journal.faults() == []


def test_ab8_of_one_who_accepts_and_one_who_withdraws_one_wins(there: Cast) -> None:
    invitation = an_invitation(there)

    def act(number: int) -> object:
        if number % 2:
            return accept(invitation, number)
        actions.withdraw(invitation=invitation, by=ADA, now=timezone.now())
        return "withdrawn"

    done, told = all_at_once(act)

    assert len(done) == 1
    assert len(told) == WHO - 1
    taken = Office.objects.filter(kind="deputy-clerk").exists()
    assert taken == (done != ["withdrawn"])


def test_ab8_a_loser_who_read_the_invitation_before_it_was_taken_is_told(
    there: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The moment between the question whether it is open and the taking of it.
    invitation = an_invitation(there)
    with transaction.atomic():
        stale = actions._as_it_stands(invitation)
    accept(invitation)
    with transaction.atomic():
        asked = iter([stale, actions._as_it_stands(invitation)])
    monkeypatch.setattr(actions, "_as_it_stands", lambda _: next(asked))

    with pytest.raises(actions.CannotAccept, match="its holder is now Deputy clerk"):
        accept(invitation)


def test_several_invitations_to_one_new_address_make_one_person(there: Cast) -> None:
    kinds = ["councillor", "chair", "deputy-clerk", "operative"]
    by, sent = there.at_wychbourne, []
    for kind in kinds:
        given = {"by": by, "now": timezone.now(), "today": localdate()}
        sent.append(actions.invite(body=by.body, offer=offer(kind), **given))

    done, told = all_at_once(lambda number: accept(sent[number], number))

    assert (len(done), told) == (WHO, [])
    assert Office.objects.filter(person__email="fay@example.org").count() == WHO


def test_a_person_recorded_between_the_look_and_the_writing_is_used(
    there: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    invitation = an_invitation(there)
    fay = Person.objects.create_user("fay@example.org", "Fay")
    real = Person.objects.filter
    looked = iter([Person.objects.none()])
    monkeypatch.setattr(Person.objects, "filter", lambda **asked: next(looked, real(**asked)))

    assert accept(invitation).person == fay


def test_the_same_invitation_sent_by_several_at_once_is_sent_once(there: Cast) -> None:
    by = there.at_wychbourne

    def invite(number: int) -> Invitation:
        given = {"by": by, "now": timezone.now(), "today": localdate()}
        return actions.invite(body=by.body, offer=offer(), **given)

    done, told = all_at_once(invite)

    assert (len(done), len(told)) == (1, WHO - 1)
    assert Invitation.objects.count() == 1


def test_an_invitation_that_another_sent_unseen_is_refused_by_the_database(
    there: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = there.at_wychbourne
    looked = policies.obstacles_to_inviting

    def another_sends_it(*asked: object, **named: object) -> list[str]:
        monkeypatch.setattr(policies, "obstacles_to_inviting", looked)
        given = {"by": by, "now": timezone.now(), "today": localdate()}
        actions.invite(body=by.body, offer=offer(), **given)
        return []

    monkeypatch.setattr(policies, "obstacles_to_inviting", another_sends_it)

    with pytest.raises(actions.CannotInvite, match="this moment"):
        actions.invite(
            body=by.body,
            offer=offer(),
            by=by,
            now=timezone.now(),
            today=localdate(),
        )
    # It was sent within the one that was refused, so it is undone with it.
    assert not Invitation.objects.exists()


def test_a_clerk_whose_office_ends_while_somebody_accepts_has_invited_or_not(there: Cast) -> None:
    invitation, by = an_invitation(there), there.wychbourne_council.offices.get()

    def act(number: int) -> object:
        if number:
            return accept(invitation, number)
        return people.end_at_once(office=by, by=ADA, now=timezone.now(), today=localdate())

    all_at_once(act)

    assert not Office.objects.get(pk=by.pk).is_in_force(localdate())
    taken = Invitation.objects.get().status == Invitation.Status.ACCEPTED
    assert Office.objects.filter(kind="deputy-clerk").count() == int(taken)
    assert journal.faults() == []


def test_ab13_of_several_who_agree_to_a_recovery_one_does(there: Cast) -> None:
    body, today, now = there.coldbrook_council, localdate(), timezone.now()
    first = Hand(there.ada, there.at_the_county)
    recovery = recovering.propose(
        body=body, offer=offer("clerk"), reason="All have left", by=first, now=now, today=today
    )
    hands = []
    for number in range(WHO):
        person = Person.objects.create_user(f"o{number}@example.org", f"Operator {number}")
        Person.objects.filter(pk=person.pk).update(is_operator=True)
        hands.append(Hand(Person.objects.get(pk=person.pk), None))

    done, told = all_at_once(
        lambda number: recovering.agree(recovery=recovery, by=hands[number], now=now, today=today)
    )

    assert (len(done), len(told)) == (1, WHO - 1)
    assert Invitation.objects.count() == 1
    assert Recovery.objects.get().answered_by in {hand.person for hand in hands}
    assert journal.faults() == []
