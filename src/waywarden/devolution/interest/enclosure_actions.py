"""The papers that come with an expression: added, replaced, and taken back before it is sent."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from waywarden.devolution.interest import policies, queries
from waywarden.devolution.interest.actions import CannotAsk
from waywarden.devolution.interest.models import Enclosure, Expression
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.documents.actions import Sound
from waywarden.fabric.journal import actions as journal


@dataclass(frozen=True, kw_only=True)
class Enclosed:
    """What a paper is, and until when an insurance covers."""

    kind: str
    ends_on: date | None = None


@transaction.atomic
def enclose(*, of: Expression, said: Enclosed, sound: Sound, by: Actor, today: date) -> Enclosure:
    """Keep a file that was looked into as a paper of an expression."""
    _lock(of)
    obstacles = policies.obstacles_to_enclosing(of, queries.enclosed(of), size=sound.size)
    CannotAsk.if_any(obstacles)
    made = _keep(of, said, sound, by=by)
    journal.write(by=by, did="added a paper", to=of.subject, after=_noted(made))
    return made


@transaction.atomic
def replace(
    *, enclosure: Enclosure, said: Enclosed, sound: Sound, by: Actor, today: date
) -> Enclosure:
    """Put a file in the place of another, which stays in the history and is offered no more."""
    of = enclosure.expression
    _lock(of)
    obstacles = policies.obstacles_to_replacing(of, queries.enclosed(of), size=sound.size)
    CannotAsk.if_any(obstacles)
    _withdraw(enclosure, today=today)
    made = _keep(of, said, sound, by=by)
    before = _noted(enclosure)
    journal.write(by=by, did="replaced a paper", to=of.subject, before=before, after=_noted(made))
    return made


@transaction.atomic
def take_back(*, enclosure: Enclosure, by: Actor, today: date) -> None:
    """Offer a paper no longer."""
    of = enclosure.expression
    _lock(of)
    CannotAsk.if_any(policies.obstacles_to_writing_on(of))
    _withdraw(enclosure, today=today)
    journal.write(by=by, did="took a paper back", to=of.subject, before=_noted(enclosure))


def _lock(of: Expression) -> None:
    """Let nobody send it, add to it or forget it meanwhile."""
    held = Expression.objects.select_for_update().filter(pk=of.pk).first()
    if held is None:
        raise Overtaken("This was forgotten meanwhile, as it was not sent for long. Ask anew.")
    of.status, of.outcome = held.status, held.outcome


def _withdraw(enclosure: Enclosure, *, today: date) -> None:
    if not documents.stop_offering(file=enclosure.file, today=today):
        raise Overtaken("This paper was taken back or replaced already. Look at the page again.")


def _keep(of: Expression, said: Enclosed, sound: Sound, *, by: Actor) -> Enclosure:
    # No body is named with the file: before it is sent it is nobody's but theirs who ask.
    about = Subject(of.subject.kind, of.key)
    # Only now, when nothing stands in its way, does it go to the disk; the row comes after.
    file = documents.store(ready=sound.to_disk(), kept_for=about, by=by)
    return Enclosure.objects.create(expression=of, file=file, **vars(said))


def _noted(enclosure: Enclosure) -> dict[str, str]:
    """Give a paper as the journal keeps it. Names of files are left out: they may name people."""
    lasts = {"ends_on": str(enclosure.ends_on)} if enclosure.ends_on else {}
    return {"kind": enclosure.kind, "sha256": enclosure.file.sha256} | lasts
