"""People are told of what was done, never of what was undone, and as they chose."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import transaction

from tests.notices.telling import BRON, CLERK, COLM, NEWS, NOON, TODAY, WHY, tell, told
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices import actions, times
from waywarden.fabric.notices.models import MOVES, How, Notice
from waywarden.fabric.notices.telling import (
    INVITATIONS,
    OFFICES,
    CannotTell,
    Recipient,
    Says,
    Topic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


class Undone(Exception):
    """The change could not be made after all."""


@pytest.mark.django_db(transaction=True)
def test_nobody_is_told_of_a_change_that_was_undone() -> None:
    def change() -> None:
        with transaction.atomic():
            actions.tell(
                to=BRON, topic=OFFICES, says=NEWS, why=WHY, by=CLERK, today=TODAY, reply_to=""
            )
            raise Undone

    with pytest.raises(Undone):
        change()

    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nobody_can_be_told_outside_the_transaction_of_the_change() -> None:
    with pytest.raises(actions.OutsideTransaction):
        actions.tell(to=BRON, topic=OFFICES, says=NEWS, why=WHY, by=CLERK, today=TODAY, reply_to="")


def test_a_notice_holds_what_a_letter_needs() -> None:
    notice = told(reply_to="clerk@wychbourne.example")

    assert (notice.to_key, notice.to_email, notice.to_shown_as) == (
        "person-1",
        "bron@wychbourne.example",
        "Bron",
    )
    assert (notice.subject, notice.text, notice.link) == (NEWS.subject, NEWS.text, NEWS.link)
    assert (notice.why, notice.reply_to) == (WHY, "clerk@wychbourne.example")
    assert (notice.status, notice.how, notice.told_on) == ("waiting", "now", TODAY)
    assert notice.message_id.startswith("<")
    assert notice.message_id != told().message_id
    assert notice.due_at <= datetime.now(UTC)


def test_a_topic_that_is_not_listed_is_a_fault_of_ours() -> None:
    with pytest.raises(LookupError, match="NOTICE_TOPICS"):
        tell(topic=Topic("gossip", "Gossip"))


BREAKS = ("Bron\r\nBcc: everybody@example.org", "Bron\nX: y", "Bron\u2028Bcc: x", "Bron\x00Bcc")


@pytest.mark.parametrize("broken", BREAKS)
def test_ab23_a_line_break_cannot_begin_another_header(broken: str) -> None:
    harmful: list[Callable[[], object]] = [
        lambda: Says(broken, "Text"),
        lambda: Says("Subject", "Text", f"/{broken}"),
        lambda: Recipient("person-1", "bron@example.org", broken),
        lambda: Recipient("person-1", f"bron@example.org{broken[4:]}", "Bron"),
        lambda: tell(reply_to=f"clerk@example.org{broken[4:]}"),
    ]

    for attempt in harmful:
        with pytest.raises(CannotTell):
            attempt()
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("subject", "text", "link"),
    [
        ("", "Text", ""),
        ("Subject", "  ", ""),
        ("Subject", "Text", "https://elsewhere.example/"),
        ("Subject", "Text", "//elsewhere.example/"),
        ("S" * 201, "Text", ""),
    ],
)
def test_a_notice_that_says_nothing_or_leads_elsewhere_is_refused(
    subject: str, text: str, link: str
) -> None:
    with pytest.raises(CannotTell):
        Says(subject, text, link)


def choose(how: str, key: str = BRON.key) -> None:
    actions.choose(key=key, choices={"offices": how}, by=CLERK, today=TODAY)


def test_somebody_who_asked_not_to_hear_of_a_topic_is_not_told() -> None:
    choose(How.NEVER)

    assert tell(BRON) is None
    assert told(COLM).how == "now"


def test_what_is_essential_is_told_at_once_whatever_somebody_chose() -> None:
    choose(How.NEVER)

    assert told(topic=INVITATIONS).how == How.NOW


def test_what_was_put_off_waits_for_the_morning_or_for_monday() -> None:
    choose(How.DAILY)
    daily = told()
    choose(How.WEEKLY)
    weekly = told()

    assert daily.due_at == times.next_morning(daily.due_at.replace(hour=0))
    assert weekly.due_at.astimezone(times.LONDON).strftime("%A %H:%M") == "Monday 07:00"


def test_a_choice_stands_in_the_journal_by_key_alone() -> None:
    choose(How.DAILY)
    choose(How.DAILY)

    line = Entry.objects.get(did="chose how to be told")
    assert line.subject_key == "person-1"
    assert (line.before, line.after) == ({"offices": "now"}, {"offices": "daily"})


def test_what_was_put_off_is_dropped_when_they_want_to_hear_no_more() -> None:
    choose(How.DAILY)
    put_off = told()

    actions.stop(key=BRON.key, topic="offices", today=TODAY)

    put_off.refresh_from_db()
    assert put_off.status == Notice.Status.DROPPED


def test_a_digest_is_stopped_by_stopping_what_it_is_made_of() -> None:
    choose(How.WEEKLY)

    actions.stop(key=BRON.key, topic="digest", today=TODAY)

    assert tell() is None


def test_stopping_a_digest_leaves_what_comes_at_once() -> None:
    actions.stop(key=BRON.key, topic="digest", today=TODAY)

    assert told().how == How.NOW


def test_texts_are_erased_and_that_they_were_sent_stays() -> None:
    old, new, waiting = told(), told(), told()
    sent = {"status": "sent", "sent_at": NOON, "went": "server"}
    Notice.objects.filter(pk=old.pk).update(**sent, due_at=NOON)
    Notice.objects.filter(pk=new.pk).update(**sent)
    Notice.objects.filter(pk=waiting.pk).update(due_at=NOON)

    assert actions.erase_texts(sent_before=NOON.replace(hour=13)) == 1

    old.refresh_from_db()
    assert (old.to_email, old.to_shown_as, old.subject, old.text, old.link, old.why) == ("",) * 6
    assert old.sent_at == NOON
    assert Notice.objects.filter(to_email="").count() == 1


def test_a_letter_that_is_not_set_aside_is_not_put_back() -> None:
    notice = told()

    assert not actions.put_back(notice=notice, by=CLERK, today=TODAY)
    assert not Entry.objects.filter(did="tried a notice again").exists()


def test_a_letter_set_aside_begins_anew() -> None:
    notice = told()
    Notice.objects.update(status="quarantined", tries=5, trouble="Refused")

    assert actions.put_back(notice=notice, by=CLERK, today=TODAY)

    notice.refresh_from_db()
    assert (notice.status, notice.tries, notice.trouble) == ("waiting", 0, "")
    assert Entry.objects.filter(did="tried a notice again").count() == 1


def test_every_status_has_its_moves() -> None:
    assert set(MOVES) == set(Notice.Status)
    assert {move for moves in MOVES.values() for move in moves} | {"waiting"} == set(Notice.Status)
