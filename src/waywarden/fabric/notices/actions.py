"""Telling people, and what they choose about being told."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.utils import make_msgid

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.common.tokens import hash_of, new_token
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.notices import queries, times
from waywarden.fabric.notices.calendars import Followed
from waywarden.fabric.notices.models import FeedToken, How, Notice, Preference
from waywarden.fabric.notices.telling import (
    DIGEST,
    Recipient,
    Says,
    Topic,
    check_reply_to,
    topics,
)

NOTHING_SAID = dict.fromkeys(("to_email", "to_shown_as", "subject", "text", "link", "why"), "")
NOT_YET_SENT = (Notice.Status.WAITING, Notice.Status.FAILED, Notice.Status.QUARANTINED)


class OutsideTransaction(transaction.TransactionManagementError):
    """Somebody was to be told of a change that might yet be undone."""


def tell(
    *,
    to: Recipient,
    topic: Topic,
    says: Says,
    why: str,
    by: Actor,
    today: date,
    reply_to: str,
) -> Notice | None:
    """Write a notice inside the transaction of the change it tells of; the worker sends it.

    ``why`` ends the sentence "You get this because", such as "you are the clerk
    of Coldbrook Parish Council". ``reply_to`` is the address of the body
    concerned, blank where none is known. Nothing is written, and nothing returned,
    for somebody who asked not to hear of the topic. The change itself writes the
    line in the journal.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction("Tell people inside the transaction of the change.")
    if topic.key not in topics():
        raise LookupError(f"Add the topic {topic.key} to NOTICE_TOPICS in the settings.")
    check_reply_to(reply_to)
    how = How.NOW if topic.is_essential else queries.how_told(to.key, topic.key)
    if how == How.NEVER:
        return None
    return _written(to, topic.key, says, why, reply_to, by.key, today, how)


def _written(
    to: Recipient, topic: str, says: Says, why: str, reply_to: str, by: str, today: date, how: str
) -> Notice:
    return Notice.objects.create(
        message_id=new_message_id(),
        to_key=to.key,
        to_email=to.email,
        to_shown_as=to.shown_as,
        topic=topic,
        subject=says.subject,
        text=says.text,
        link=says.link,
        why=why,
        reply_to=reply_to,
        by_key=by,
        told_on=today,
        how=how,
        due_at=first_moment(how, datetime.now(UTC)),
    )


def new_message_id() -> str:
    """Return a name for a letter that no other letter anywhere has."""
    return make_msgid(domain=settings.MAIL_DOMAIN)


def first_moment(how: str, now: datetime) -> datetime:
    """Return when a notice written now is due."""
    if how == How.DAILY:
        return times.next_morning(now)
    return times.next_monday(now) if how == How.WEEKLY else now


@transaction.atomic
def choose(*, key: str, choices: Mapping[str, str], by: Actor, today: date) -> None:
    """Keep how somebody wants to be told of each topic.

    What was put off and has not gone out is dropped where they want to hear no more.
    """
    before = queries.choices_of(key)
    changed = {topic: how for topic, how in choices.items() if before.get(topic) != how}
    for topic, how in changed.items():
        Preference.objects.update_or_create(key=key, topic=topic, defaults={"how": how})
    stopped = [topic for topic, how in changed.items() if how == How.NEVER]
    put_off = Notice.objects.filter(to_key=key, topic__in=stopped, status=Notice.Status.WAITING)
    put_off.update(status=Notice.Status.DROPPED)
    if changed:
        journal.write(
            by=by,
            did="chose how to be told",
            to=Subject("person", key),
            before={topic: before[topic] for topic in changed},
            after=changed,
        )


def stop(*, key: str, topic: str, today: date) -> None:
    """Stop a topic at one click; a digest is stopped by stopping all that it is made of."""
    put_off = (How.DAILY, How.WEEKLY)
    choices = queries.choices_of(key)
    stopped = [
        each
        for each, how in choices.items()
        if each == topic or (topic == DIGEST.key and how in put_off)
    ]
    by = Actor(key, "Somebody who follows a link in a letter")
    choose(key=key, choices=dict.fromkeys(stopped, How.NEVER), by=by, today=today)


@transaction.atomic
def put_back(*, notice: Notice, by: Actor, today: date) -> bool:
    """Try a notice again that was set aside; say whether it still was."""
    found = Notice.objects.set_aside().filter(pk=notice.pk)
    now = datetime.now(UTC)
    if not found.update(status=Notice.Status.WAITING, tries=0, trouble="", due_at=now):
        return False
    journal.write(by=by, did="tried a notice again", to=Subject("notice", str(notice.pk)))
    return True


@transaction.atomic
def erase_texts(*, sent_before: datetime) -> int:
    """Erase what was said and to whom in notices sent long ago; that they were sent stays."""
    done = (Notice.Status.SENT, Notice.Status.GATHERED, Notice.Status.DROPPED)
    old = Notice.objects.filter(status__in=done, due_at__lt=sent_before).exclude(to_email="")
    return old.update(**NOTHING_SAID)


@transaction.atomic
def give_up(*, due_before: datetime) -> int:
    """Give up the letters that were set aside before a moment; return how many.

    Why each could not leave stays, without what it said and to whom.
    """
    old = Notice.objects.set_aside().filter(due_at__lt=due_before)
    return old.update(status=Notice.Status.DROPPED, **NOTHING_SAID)


@transaction.atomic
def make_feed(*, key: str, followed: Followed, by: Actor, today: date) -> str:
    """Make a private calendar address; return the token in it, of which only a hash is kept."""
    token = new_token()
    made = FeedToken.objects.create(
        key=key,
        what=followed.key,
        shown_as=followed.shown_as,
        token_hash=hash_of(token),
        made_at=datetime.now(UTC),
    )
    journal.write(
        by=by, did="made a calendar address", to=made.subject, after={"what": followed.key}
    )
    return token


@transaction.atomic
def revoke_feed(*, feed: FeedToken, by: Actor, today: date) -> bool:
    """End a private calendar address; say whether it was still in use."""
    mine = FeedToken.objects.filter(pk=feed.pk, revoked_at__isnull=True)
    if not mine.update(revoked_at=datetime.now(UTC)):
        return False
    journal.write(by=by, did="ended a calendar address", to=feed.subject)
    return True


@transaction.atomic
def forget(*, key: str, email: str) -> None:
    """Erase what was said to somebody and how they are told; what has not gone out is dropped."""
    _unsay(Notice.objects.filter(Q(to_key=key) | Q(to_email__iexact=email)))
    Notice.objects.filter(reply_to__iexact=email).update(reply_to="")
    Preference.objects.filter(key=key).delete()
    FeedToken.objects.filter(key=key).delete()


@transaction.atomic
def forget_letters(*, key: str) -> None:
    """Erase what was said under a key, and drop what has not gone out; what they chose stays."""
    _unsay(Notice.objects.filter(to_key=key))


def _unsay(theirs: QuerySet[Notice]) -> None:
    theirs.filter(status__in=NOT_YET_SENT).update(status=Notice.Status.DROPPED)
    theirs.update(**NOTHING_SAID)
