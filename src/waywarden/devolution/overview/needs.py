"""What needs an officer of a county, in words to act on, the worst first. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.devolution.clusters import alone
from waywarden.devolution.clusters.models import Cluster, GoingAlone
from waywarden.devolution.offers.models import MINUTE_WITHDRAWN, Offer
from waywarden.devolution.overview.queries import Held, OpenRound
from waywarden.fabric.common.wording import day

#: How a need is framed, from the worst: overdue, soon to be, and to know.
BAD, WARN, PLAIN = "bad", "warn", ""
TONES = (BAD, WARN, PLAIN)
#: Nobody is called who has agreed or said no.
SETTLED = (Offer.Answer.AGREED.label, Offer.Answer.DECLINED.label)
#: So many of those who wait are named.
NAMED = 3


@dataclass(frozen=True)
class Need:
    """One thing that waits for the officer: how bad it is, what it is, and where to go."""

    tone: str
    title: str
    says: str
    leads: str
    link: str


def needs_of(held: Held) -> list[Need]:
    """List what needs the officer, the worst first."""
    found = [
        *_of_who_asked(held),
        *(need for of in held.rounds for need in _of_round(of)),
        *_of_who_goes_alone(held),
        *_of_disputes(held),
        *(need for each in held.clusters for need in _of_cluster(each, held)),
    ]
    return sorted(found, key=lambda need: TONES.index(need.tone))


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count} {one if count == 1 else more or one + 's'}"


def _of_who_asked(held: Held) -> Iterator[Need]:
    where = reverse("interest:asked")
    late = [line for line in held.asked if line.days_late]
    if late:
        most = max(line.days_late or 0 for line in late)
        said = _many(len(late), "expression of interest is", "expressions of interest are")
        worst = f"The one that has waited longest is {_many(most, 'day')} late."
        yield Need(BAD, f"{said} overdue", worst, where, "Answer them")
    if new := [line for line in held.asked if line.answers is None]:
        said = _many(len(new), "expression of interest has", "expressions of interest have")
        why = "Whoever asks is told whom to speak to."
        yield Need(WARN, f"{said} no co-ordinator", why, where, "Name one")


def _of_round(of: OpenRound) -> Iterator[Need]:
    councils = reverse("offers:councils", args=[of.round.pk])
    if of.days_left < 0:
        why = f"Councils were to answer by {day(of.round.answer_by)}. Close it, or ask again."
        title = f"“{of.round}” is open past its day"
        yield Need(BAD, title, why, of.round.get_absolute_url(), "Open it")
    if lost := of.at(MINUTE_WITHDRAWN):
        said = _many(len(lost), "council has", "councils have")
        why = "It agreed by a minute that it has withdrawn since. Ask what holds now."
        where = f"{councils}?stage=Minute+withdrawn"
        yield Need(BAD, f"{said} withdrawn a minute", why, where, "See which")
    if unsent := of.at("Not sent yet"):
        said = _many(len(unsent), "council has", "councils have")
        why = f"They are in “{of.round}” and know nothing of it."
        where = f"{councils}?stage=Not+sent+yet"
        yield Need(WARN, f"{said} not been written to", why, where, "Write to them")
    yield from _of_calls(of, councils)


def _of_calls(of: OpenRound, councils: str) -> Iterator[Need]:
    calls = [offer for offer in of.offers if offer.call_back and offer.stage not in SETTLED]
    if calls:
        said = _many(len(calls), "council asks", "councils ask")
        who = _named([offer.body for offer in calls])
        yield Need(WARN, f"{said} to be called back", who, councils, "See the numbers")


def _named(bodies: Sequence[Body]) -> str:
    """Name the first of those who wait, and count the others."""
    named = ", ".join(body.name for body in bodies[:NAMED])
    more = f" and {len(bodies) - NAMED} more" if len(bodies) > NAMED else ""
    return f"{named}{more}."


def _of_who_goes_alone(held: Held) -> Iterator[Need]:
    if new := [of for of in held.alone if of.is_asked]:
        said = _many(len(new), "council asks", "councils ask")
        yield _to_judge(f"{said} to go alone, not assessed yet", new, "Asked", "Assess them")
    if due := [of for of in held.alone if alone.can_be_decided(of, today=held.on)]:
        said = _many(len(due), "council", "councils")
        title = f"{said} that would go alone {'is' if len(due) == 1 else 'are'} to be decided on"
        yield _to_judge(title, due, "Assessed", "Decide")
    if back := [of for of in held.alone if alone.is_to_be_looked_at_again(of, today=held.on)]:
        said = _many(len(back), "council", "councils")
        title = f"{said} that would go alone {'was' if len(back) == 1 else 'were'} deferred to now"
        yield _to_judge(title, back, "Decided: deferred", "Look again")


def _to_judge(title: str, waiting: Sequence[GoingAlone], stage: str, link: str) -> Need:
    where = f"{reverse('clusters:alone-asked')}?{urlencode({'stage': stage})}"
    return Need(WARN, title, _named([of.body for of in waiting]), where, link)


def _of_disputes(held: Held) -> Iterator[Need]:
    if not held.disputed:
        return
    oldest = held.disputed[0]
    days = (held.on - localtime(oldest.recorded_at).date()).days
    said = f"{_many(len(held.disputed), 'quantity is', 'quantities are')} disputed"
    since = "since today" if days == 0 else f"for {_many(days, 'day')}"
    why = f"The oldest has waited {since}: {oldest.area}, {oldest.service.name.lower()}."
    where = reverse("quantities:quantities", args=[oldest.area.key])
    yield Need(WARN, said, why, where, f"Settle that of {oldest.area}")


def _of_cluster(of: Cluster, held: Held) -> Iterator[Need]:
    where = of.get_absolute_url()
    if of.is_proposed:
        if of.proposed_by_id == held.body.pk:
            why = "It is proposed, and nobody is invited yet."
            yield Need(PLAIN, f"{of}: invite its councils", why, where, "Read it over")
        return
    silent = [asked for asked in of.memberships.all() if asked.invited_at and not asked.answer]
    if silent:
        said = _many(len(silent), "council has", "councils have")
        why = f"{said} not answered. Telephone those who do not write."
        yield Need(PLAIN, f"{of}: councils are silent", why, where, "See who")
