"""Letters leave once, are tried again when refused, and are set aside with the reason."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core import mail
from pytest_django import Settings

from tests.notices.servers import Post
from tests.notices.telling import BRON, CLERK, COLM, TODAY, told
from waywarden.fabric.notices import actions, claims, delivery, times
from waywarden.fabric.notices.models import Notice
from waywarden.fabric.notices.telling import INVITATIONS, Recipient, Says

pytestmark = [pytest.mark.django_db]
LEASE = timedelta(minutes=2)
NAMES = ["Zoë O’Brien", 'Bron "the pen" \\ Smith', "Bron, clerk <x@y>", ""]


def deliver(later: timedelta = timedelta()) -> delivery.Delivered:
    return delivery.deliver(clock=lambda: datetime.now(UTC) + later)


def letters(folder: Path) -> list[EmailMessage]:
    found = sorted(folder.glob("*.eml"))
    return [message_from_bytes(each.read_bytes(), policy=policy.default) for each in found]


def test_without_a_mail_server_a_letter_becomes_a_file(folder: Path) -> None:
    notice = told(reply_to="clerk@wychbourne.example")

    assert deliver().sent == 1

    [letter] = letters(folder)
    assert letter["To"] == "Bron <bron@wychbourne.example>"
    assert letter["Subject"] == notice.subject
    assert letter["Reply-To"] == "clerk@wychbourne.example"
    assert letter["Message-ID"] == notice.message_id
    assert letter["Auto-Submitted"] == "auto-generated"
    notice.refresh_from_db()
    assert (notice.status, notice.went, notice.tries) == ("sent", "file", 1)


def test_a_letter_says_why_it_came_where_to_act_and_how_to_hear_less(folder: Path) -> None:
    told(reply_to="clerk@wychbourne.example")

    deliver()

    [letter] = letters(folder)
    text = letter.get_content()
    assert letter.get_content_type() == "text/plain"
    assert "It ends on 20 December 2026." in text
    assert "http://localhost:8000/account/" in text
    assert "You get this because you are the clerk of Wychbourne Town Council." in text
    assert "Answer this message to write to clerk@wychbourne.example." in text
    assert "http://localhost:8000/account/notices/" in text
    assert "http://localhost:8000/notices/stop/" in text
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_what_is_essential_offers_no_way_to_stop_it(folder: Path) -> None:
    told(topic=INVITATIONS)

    deliver()

    [letter] = letters(folder)
    assert letter["List-Unsubscribe"] is None
    assert "stop" not in letter.get_content()


def test_a_key_sent_by_letter_does_not_stay_here(folder: Path) -> None:
    notice = told(topic=INVITATIONS)

    deliver()

    notice.refresh_from_db()
    assert (notice.text, notice.link) == ("", "")
    assert notice.subject
    assert "It ends on 20 December 2026." in letters(folder)[0].get_content()


@pytest.mark.parametrize("name", NAMES)
def test_a_name_cannot_add_a_recipient(post: Post, name: str) -> None:
    told(Recipient("person-1", "bron@wychbourne.example", name))

    assert deliver().failed == 0

    assert post.recipients == ["bron@wychbourne.example"]


def test_files_are_for_the_operator_alone(folder: Path) -> None:
    told()

    deliver()

    assert folder.stat().st_mode & 0o077 == 0
    assert all(each.stat().st_mode & 0o077 == 0 for each in folder.iterdir())


def test_letters_leave_through_the_mail_server(post: Post) -> None:
    first, second = told(BRON), told(COLM)

    assert deliver().sent == 2

    assert post.recipients == [BRON.email, COLM.email]
    assert [letter["Message-ID"] for letter in post.letters] == [
        first.message_id,
        second.message_id,
    ]
    assert set(Notice.objects.values_list("went", flat=True)) == {"server"}


def test_a_letter_refused_is_tried_five_times_and_set_aside_with_the_reason(post: Post) -> None:
    notice = told()
    post.refuses[BRON.email] = f"550 {BRON.email} is nobody here"
    later = timedelta()

    seen = []
    for _ in range(7):
        deliver(later)
        notice.refresh_from_db()
        seen.append((notice.status, notice.tries))
        later += timedelta(hours=4)

    assert seen == [
        ("failed", 1),
        ("failed", 2),
        ("failed", 3),
        ("failed", 4),
        ("quarantined", 5),
        ("quarantined", 5),
        ("quarantined", 5),
    ]
    assert notice.trouble == ("The mail server said: 550 b•••@wychbourne.example is nobody here")
    assert post.letters == []


def test_a_letter_refused_waits_longer_after_each_try(post: Post) -> None:
    told()
    post.refuses[BRON.email] = "450 later"

    assert deliver().failed == 1
    assert deliver().failed == 0
    assert deliver(timedelta(seconds=90)).failed == 1
    assert deliver(timedelta(seconds=150)).failed == 0
    assert deliver(timedelta(minutes=8)).failed == 1


def test_a_letter_accepted_at_last_is_sent(post: Post) -> None:
    notice = told()
    post.refuses[BRON.email] = "450 later"
    deliver()
    post.refuses.clear()

    assert deliver(timedelta(hours=1)).sent == 1

    notice.refresh_from_db()
    assert (notice.status, notice.tries, notice.trouble) == ("sent", 2, "")


def test_a_letter_refused_does_not_hold_up_the_next(post: Post) -> None:
    told(BRON)
    told(COLM)
    post.refuses[BRON.email] = "550 no"

    done = deliver()

    assert (done.sent, done.failed) == (1, 1)
    assert post.recipients == [COLM.email]


def test_a_server_that_is_away_costs_no_letter_a_try(post: Post, settings: Settings) -> None:
    told(BRON)
    told(COLM)
    settings.EMAIL_PORT = 1

    done = deliver()

    assert "does not answer" in done.away
    assert (done.sent, done.failed) == (0, 0)
    assert list(Notice.objects.order_by("pk").values_list("status", "tries")) == [
        ("failed", 0),
        ("waiting", 0),
    ]
    settings.EMAIL_PORT = post.port
    assert deliver(timedelta(minutes=2)).sent == 2


def test_ab35_a_copy_of_a_site_writes_to_nobody_outside(
    post: Post, folder: Path, settings: Settings
) -> None:
    settings.SEND_MAIL_OUTSIDE = False
    settings.ALLOWED_RECIPIENTS = ["tester@county.example", "@staff.example"]
    inside = ["tester@county.example", "Tester@County.Example", "any@staff.example"]
    outside = [BRON.email, COLM.email, "any@sub.staff.example", "staff.example@evil.example"]
    for address in inside + outside:
        told(Recipient("person-9", address, "Somebody"))

    assert deliver().sent == len(inside + outside)

    assert sorted(post.recipients) == sorted(inside)
    held = letters(folder)
    assert len(held) == len(outside)
    for letter in held:
        assert letter.get_content().startswith("NOT SENT. ")
        assert "SEND_MAIL_OUTSIDE" in letter.get_content()
    assert Notice.objects.filter(went="held").count() == len(outside)


def test_ab35_nor_does_anything_that_writes_letters_by_itself(
    post: Post, folder: Path, settings: Settings
) -> None:
    settings.SEND_MAIL_OUTSIDE = False
    settings.ALLOWED_RECIPIENTS = ["@staff.example"]

    mail.send_mail("Code", "123456", None, ["any@staff.example"])
    mail.EmailMessage("Mixed", "x", to=["any@staff.example"], bcc=[BRON.email]).send()
    mail.EmailMessage("Hidden", "x", to=[f"any@staff.example <{BRON.email}>"]).send()

    assert post.recipients == ["any@staff.example"]
    assert len(letters(folder)) == 2


def test_ab35_the_guard_is_what_keeps_letters_in(post: Post) -> None:
    # The armed control: with the guard off the same letter leaves.
    told(BRON)

    deliver()

    assert post.recipients == [BRON.email]


def test_a_letter_whose_worker_died_leaves_later_under_the_same_name(folder: Path) -> None:
    notice = told()
    taken = claims.take(now=datetime.now(UTC), lease=LEASE)

    assert taken == notice
    assert deliver().sent == 0
    assert deliver(timedelta(minutes=3)).sent == 1
    [letter] = letters(folder)
    assert letter["Message-ID"] == notice.message_id


def test_a_worker_that_comes_too_late_does_not_speak_for_the_next(folder: Path) -> None:
    told()
    now = datetime.now(UTC)
    late = claims.take(now=now, lease=LEASE)
    next_one = claims.take(now=now + LEASE, lease=LEASE)
    assert late
    assert next_one

    assert not claims.fail(late, trouble="late", now=now)
    assert not claims.finish(late, went="file", now=now)
    assert claims.finish(next_one, went="file", now=now)


def test_a_letter_that_ends_every_worker_is_set_aside(folder: Path) -> None:
    notice = told()
    now = datetime.now(UTC)
    for _ in range(times.MOST_TRIES):
        assert claims.take(now=now, lease=LEASE)
        now += LEASE

    assert delivery.deliver(clock=lambda: now).failed == 1

    notice.refresh_from_db()
    assert notice.status == "quarantined"
    assert "ended before it was sent" in notice.trouble
    assert not folder.exists()


def test_a_letter_that_cannot_be_written_is_tried_again_and_others_leave(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, fine = told(BRON), told(COLM)
    letter_of = delivery.letter_of

    def writes(notice: Notice) -> object:
        if notice == broken:
            raise ValueError("no template")
        return letter_of(notice)

    monkeypatch.setattr(delivery, "letter_of", writes)

    done = deliver()

    assert (done.sent, done.failed) == (1, 1)
    fine.refresh_from_db()
    assert fine.status == "sent"


def test_a_round_ends_between_two_letters(folder: Path) -> None:
    told(BRON)
    told(COLM)

    done = delivery.deliver(
        clock=lambda: datetime.now(UTC), is_over=lambda: len(letters(folder)) == 1
    )

    assert done.sent == 1


def test_what_was_put_off_is_not_sent_by_itself(folder: Path) -> None:
    actions.choose(key=BRON.key, choices={"offices": "daily"}, by=CLERK, today=TODAY)
    told(says=Says("Later", "Later."))

    assert deliver(timedelta(days=8)).sent == 0
