"""Carries the letters that are due to the mail server, or into files."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from waywarden.fabric.notices import actions, claims
from waywarden.fabric.notices.letters import letter_of
from waywarden.fabric.notices.masking import without_addresses
from waywarden.fabric.notices.models import Notice
from waywarden.fabric.notices.times import MOST_TRIES
from waywarden.fabric.notices.transport import ServerAway

Clock = Callable[[], datetime]
TEXTS_KEPT = timedelta(days=90)
ENDED_EVERY_TIME = "Each worker that took it up ended before it was sent."


@dataclass
class Delivered:
    """What became of the letters of one round."""

    sent: int = 0
    failed: int = 0
    #: Why the mail server could not be reached, if it could not.
    away: str = ""


def deliver(
    *,
    clock: Clock,
    lease: timedelta | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> Delivered:
    """Send every letter that is due, one after another, until none is left or time is up."""
    lease = lease or timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    connection: BaseEmailBackend = get_connection()
    connection.open()
    done = Delivered()
    try:
        while not is_over() and not done.away:
            notice = claims.take(now=clock(), lease=lease)
            if notice is None:
                break
            _carry(notice, connection, done, clock)
    finally:
        connection.close()
    return done


def _carry(notice: Notice, connection: BaseEmailBackend, done: Delivered, clock: Clock) -> None:
    """Try to send one letter and note how it went."""
    if notice.tries > MOST_TRIES:
        claims.fail(notice, trouble=ENDED_EVERY_TIME, now=clock())
        done.failed += 1
        return
    try:
        letter = letter_of(notice)
        connection.send_messages([letter])
    except ServerAway as away:
        done.away = without_addresses(str(away))
        claims.give_back(notice, trouble=done.away, now=clock())
    except Exception as error:  # noqa: BLE001 (whatever is wrong with one letter, others wait)
        connection.close()
        claims.fail(notice, trouble=_said(error), now=clock())
        done.failed += 1
    else:
        went = getattr(letter, "went", Notice.Went.SERVER)
        claims.finish(notice, went=went, now=clock())
        done.sent += 1


def erase_old(*, today: date, now: datetime) -> int:
    """Erase what was said and to whom in letters sent three months ago."""
    return actions.erase_texts(sent_before=now - TEXTS_KEPT)


def _said(error: Exception) -> str:
    """Put into one line why a letter could not leave, as the mail server said it."""
    if isinstance(error, SMTPRecipientsRefused):
        error = SMTPResponseException(*next(iter(error.recipients.values())))
    if isinstance(error, SMTPResponseException):
        given = error.smtp_error
        words = given.decode("utf-8", "replace") if isinstance(given, bytes) else str(given)
        return without_addresses(f"The mail server said: {error.smtp_code} {words}")[:300]
    return without_addresses(f"{type(error).__name__}: {error}")[:300]
