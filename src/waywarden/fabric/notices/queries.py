"""Questions about notices and what people chose."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.utils.timezone import localtime

from waywarden.fabric.common.tokens import hash_of
from waywarden.fabric.common.wording import moment
from waywarden.fabric.notices import calendars
from waywarden.fabric.notices.calendars import Followed
from waywarden.fabric.notices.masking import masked
from waywarden.fabric.notices.models import FeedToken, How, Notice, Preference
from waywarden.fabric.notices.telling import DIGEST, topics


def how_told(key: str, topic: str) -> str:
    """Return how somebody wants to be told of a topic: at once unless they chose otherwise."""
    chosen = Preference.objects.filter(key=key, topic=topic).values_list("how", flat=True)
    return chosen.first() or How.NOW


def choices_of(key: str) -> dict[str, str]:
    """Return how somebody is told of every topic that leaves a choice."""
    chosen = dict(Preference.objects.filter(key=key).values_list("topic", "how"))
    return {
        topic.key: chosen.get(topic.key, How.NOW)
        for topic in topics().values()
        if not topic.is_essential
    }


@dataclass(frozen=True)
class Line:
    """One notice as the operator sees it: what became of it, and nothing it says."""

    pk: int
    told_on: date
    topic: str
    to: str
    how: str
    status: str
    tone: str
    tries: int
    sent_at: datetime | None
    went: str
    trouble: str
    is_set_aside: bool

    @property
    def went_at(self) -> str:
        """When it left and where to, in words; blank while it has not."""
        return f"{moment(localtime(self.sent_at))}. {self.went}." if self.sent_at else ""


Status = Notice.Status
TONES = {
    Status.SENT: "good",
    Status.GATHERED: "good",
    Status.DROPPED: "good",
    Status.FAILED: "warn",
    Status.QUARANTINED: "bad",
}


def _line_of(notice: Notice) -> Line:
    known = topics() | {DIGEST.key: DIGEST}
    status = Status(notice.status)
    return Line(
        pk=notice.pk,
        told_on=notice.told_on,
        topic=known[notice.topic].name if notice.topic in known else notice.topic,
        to=masked(notice.to_email) or "erased",
        how=How(notice.how).label,
        status=status.label,
        tone=TONES.get(status, "wait"),
        tries=notice.tries,
        sent_at=notice.sent_at,
        went=Notice.Went(notice.went).label if notice.went else "",
        trouble=notice.trouble,
        is_set_aside=status == Status.QUARANTINED,
    )


#: More than anybody reads; older ones are in the database.
MOST_IN_LOG = 5_000


def letters() -> list[Line]:
    """Return the latest letters, the newest first."""
    return [
        _line_of(notice) for notice in Notice.objects.defer("text").order_by("-pk")[:MOST_IN_LOG]
    ]


def counts() -> list[tuple[str, int]]:
    """Return how many letters stand where."""
    found = dict(
        Notice.objects.values_list("status").annotate(count=Count("pk")).order_by("status")
    )
    return [(status.label, found.get(status.value, 0)) for status in Notice.Status]


@dataclass(frozen=True)
class Feed:
    """A calendar address as whoever made it sees it."""

    pk: int
    shown_as: str
    made_at: datetime
    #: Whether what it follows is still theirs; if not, the address answers nobody.
    is_open: bool


def feeds_of(key: str, *, on: date) -> list[Feed]:
    """Return the calendar addresses somebody made and has not ended, the newest first."""
    made = FeedToken.objects.filter(key=key, revoked_at__isnull=True).order_by("-pk")
    held = calendars.held_by(key, on=on)
    return [Feed(each.pk, each.shown_as, each.made_at, each.what in held) for each in made]


def followed_at(token: str, *, on: date) -> Followed | None:
    """Return what an address shows today; nothing for one that is ended, forged or a leaver's."""
    found = FeedToken.objects.filter(token_hash=hash_of(token), revoked_at__isnull=True).first()
    return calendars.held_by(found.key, on=on).get(found.what) if found else None
