"""Changes to offers: a round is begun, opened and closed; councils are written to and answer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.county.decisions import actions as decisions
from waywarden.county.decisions.models import Decision
from waywarden.county.decisions.policies import Taken
from waywarden.county.offices.telling import reply_address
from waywarden.county.services.models import Service
from waywarden.devolution.offers import letters, policies, queries, relying_queries
from waywarden.devolution.offers.models import Offer, OfferedService, Round
from waywarden.fabric.common.refusals import Overtaken, Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.common.tokens import hash_of, new_token
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.notices import actions as notices
from waywarden.fabric.notices.telling import Recipient

Status, Answer = Round.Status, Offer.Answer

NEWER_LINK = (
    "A newer letter went out meanwhile: the link you saw ended with that, and another took its "
    "place. Send this again if that one is to be ended as well."
)


class CannotOffer(Refusal):
    """An offer that cannot be made, sent or answered as asked; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a round offers, on which days and by which power."""

    title: str
    starts_on: date
    answer_by: date
    years: int = 3
    says: str = ""
    criteria: str = ""
    power: str = ""
    plan: int | None = None


@transaction.atomic
def begin(*, body: Body, terms: Terms, by: Actor) -> Round:
    """Begin a round, to be written on before it is opened."""
    made = Round.objects.create(body=body, **vars(terms))
    _refuse_the_power_of(made)
    journal.write(by=by, did="began a round of offers", to=made.subject, after=_plain(terms))
    return made


@transaction.atomic
def change(*, of: Round, version: int, terms: Terms, by: Actor) -> None:
    """Change what a round says while it is still being written."""
    CannotOffer.if_any(policies.obstacles_to_writing_on(of))
    _change(of, version, terms, did="changed a round of offers", by=by)
    _refuse_the_power_of(of)


def _refuse_the_power_of(of: Round) -> None:
    """Refuse a power that the law, as read, does not give for what a round offers."""
    services = [each.service for each in queries.services_of(of)]
    found = relying_queries.reliance_of(of, services)
    CannotOffer.if_any(policies.obstacles_to_relying(found, of))


def _change(row: Round | Offer, version: int, to: object, *, did: str, by: Actor) -> None:
    """Change a row as it was read, and note what changed; where nothing did, leave it alone."""
    before = {name: getattr(row, name) for name in vars(to)}
    changed = {name: value for name, value in vars(to).items() if before[name] != value}
    if row.version != version:
        raise Overtaken
    if not changed:
        return
    type(row).objects.change_as_read(row, version, **changed)
    journal.write(
        by=by,
        did=did,
        to=row.subject,
        before={name: _written(before[name]) for name in changed},
        after={name: _written(value) for name, value in changed.items()},
    )


@dataclass(frozen=True, kw_only=True)
class Rate:
    """What the county pays for a service, and what it asks for that."""

    rate_millipence: int
    visits: int | None = None
    per_years: int = 1
    standard: str = ""


@transaction.atomic
def offer_service(*, of: Round, service: Service, rate: Rate, by: Actor) -> OfferedService:
    """Add a service to a round, or offer it on other terms."""
    CannotOffer.if_any(policies.obstacles_to_writing_on(of))
    offered, _ = OfferedService.objects.update_or_create(
        round=of, service=service, defaults=vars(rate) | {"is_left_out": False}
    )
    _refuse_the_power_of(of)
    after = {"service": service.code} | vars(rate)
    journal.write(by=by, did="offered a service", to=of.subject, after=after)
    return offered


@transaction.atomic
def leave_out(*, offered: OfferedService, by: Actor) -> None:
    """Take a service out of a round that is still being written."""
    of = offered.round
    CannotOffer.if_any(policies.obstacles_to_writing_on(of))
    before = {"service": offered.service.code, "rate_millipence": offered.rate_millipence}
    OfferedService.objects.filter(pk=offered.pk).update(is_left_out=True)
    journal.write(by=by, did="left out a service", to=of.subject, before=before)


@transaction.atomic
def open_round(*, of: Round, by: Actor, now: datetime) -> int:
    """Open a round to every council of the county's parishes; return how many there are."""
    today = localtime(now).date()
    obstacles = policies.obstacles_to_opening(of, queries.services_of(of), today=today)
    CannotOffer.if_any(obstacles)
    _refuse_the_power_of(of)
    _move(of, Status.OPEN, opened_at=of.opened_at or now)
    asked = queries.councils_to_ask(of.body, on=today)
    known = set(Offer.objects.in_round(of).values_list("body", flat=True))
    Offer.objects.bulk_create(Offer(round=of, body=body) for body in asked if body.pk not in known)
    journal.write(
        by=by, did="opened a round of offers", to=of.subject, after={"councils": len(asked)}
    )
    return len(asked)


@transaction.atomic
def close(*, of: Round, by: Actor) -> None:
    """Take no more answers."""
    _move(of, Status.CLOSED)
    journal.write(by=by, did="closed a round of offers", to=of.subject)


@transaction.atomic
def withdraw(*, of: Round, reason: str, by: Actor) -> None:
    """Withdraw a round; what was answered stays on record."""
    _move(of, Status.WITHDRAWN)
    journal.write(by=by, did="withdrew a round of offers", to=of.subject, reason=reason)


def _move(of: Round, to: str, **given: Any) -> None:
    if to not in Round.MOVES[Status(of.status)] or not Round.objects.change(of, status=to, **given):
        of.refresh_from_db()
        raise Overtaken(f"It is “{of.get_status_display()}” by now. Look at it again.")


@transaction.atomic
def write_to(*, offer: Offer, by: Actor, now: datetime) -> None:
    """Send a council the letter with its link; an earlier link ends with it."""
    today, address = localtime(now).date(), reply_address(offer.body)
    CannotOffer.if_any(policies.obstacles_to_writing(offer, address=address, today=today))
    token = new_token()
    sent = {"token_hash": hash_of(token), "sent_at": now, "letters": offer.letters + 1}
    replaces_ended = offer.is_link_ended
    if not Offer.objects.change(offer, **sent, link_ended_at=None):
        raise Overtaken
    told = notices.tell(
        to=Recipient(offer.recipient_key, address, offer.body.name[:200]),
        topic=letters.OFFERS,
        says=letters.offered(offer, token, replaces_ended=replaces_ended),
        why=f"{offer.round.body} offers services to {offer.body}, whose public address this is",
        by=by,
        today=today,
        reply_to=reply_address(offer.round.body),
    )
    if told is None:
        raise CannotOffer(f"{offer.body} has asked not to be written to about offers.")
    journal.write(by=by, did="sent an offer", to=offer.subject, after={"letters": offer.letters})


@transaction.atomic
def end_link(*, offer: Offer, letter: int, reason: str, by: Actor, now: datetime) -> None:
    """End the link of a council's letter: it lets nobody in any more, also who is in by it.

    ``letter`` is which of its letters the link stood in: a newer link is not ended unseen.
    """
    today = localtime(now).date()
    if offer.letters != letter:
        raise Overtaken(NEWER_LINK)
    CannotOffer.if_any(policies.obstacles_to_ending_link(offer, today=today))
    working = Offer.objects.filter(pk=offer.pk, letters=letter, link_ended_at=None)
    if not working.update(link_ended_at=now, version=F("version") + 1):
        raise Overtaken
    offer.refresh_from_db(fields=["link_ended_at", "version"])
    journal.write(by=by, did="ended the link of an offer", to=offer.subject, reason=reason)


@dataclass(frozen=True, kw_only=True)
class Own:
    """What a council says of itself: its meeting, its tax base, a price it was quoted."""

    meeting_on: date | None = None
    tax_base_milli: int | None = None
    own_quote_pence: int | None = None


@transaction.atomic
def tell_own(*, offer: Offer, version: int, own: Own, by: Actor) -> None:
    """Keep what a council says of itself, for the figures and the days on its page."""
    _change(offer, version, own, did=queries.TOLD_OWN, by=by)
    if not queries.has_told_own(offer):
        journal.write(by=by, did=queries.TOLD_OWN, to=offer.subject)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A council's answer: with the minute by which it agreed, or why it did not."""

    answer: str
    taken: Taken | None = None
    reason: str = ""
    is_reason_public: bool = False


@transaction.atomic
def answer(*, offer: Offer, said: Said, by: Actor, now: datetime) -> None:
    """Take a council's answer. Until answers are due it may give another."""
    today, is_noted = localtime(now).date(), by.body == offer.round.body.key
    CannotOffer.if_any(
        policies.obstacles_to_answering(offer, today=today, is_noted_by_giver=is_noted)
    )
    if (said.answer == Answer.AGREED) != (said.taken is not None):
        raise CannotOffer("A council agrees by a resolution: enter its minute reference and day.")
    title = f"To join: {offer.round}"
    decision = said.taken and resolution_of(offer.body, title, said.taken, by=by, now=now)
    before = {"answer": offer.answer}
    given = {
        "answer": said.answer,
        "answered_at": now,
        "reason": said.reason,
        "is_reason_public": said.is_reason_public,
        "decision": decision,
    }
    if not Offer.objects.change(offer, **given):
        raise Overtaken
    after = {
        "answer": said.answer,
        "reason": journal.personal(said.reason, of=offer.key),
        "is_reason_public": said.is_reason_public,
    }
    journal.write(by=by, did="answered an offer", to=offer.subject, before=before, after=after)


def resolution_of(body: Body, title: str, taken: Taken, *, by: Actor, now: datetime) -> Decision:
    """Record what a council resolved; what it recorded itself already is taken as it is."""
    held = Decision.objects.of(body).taken()
    minutes = held.filter(kind=Decision.Kind.MINUTE, reference=taken.reference)
    found = minutes.filter(stated_on=taken.stated_on).first()
    if found is not None and found.outcome != Decision.Outcome.AGREED:
        said = found.get_outcome_display().lower()
        raise CannotOffer(f"{found.reference} is recorded as “{said}”: put that right first.")
    if found is not None:
        return found
    kind, title = Decision.Kind.MINUTE, title[:200]
    return decisions.record(body=body, kind=kind, title=title, taken=taken, by=by, now=now)


@transaction.atomic
def ask_for_a_call(*, offer: Offer, who: str, by: Actor, now: datetime) -> None:
    """Ask to be called back; the name and number are for whoever runs the round."""
    Offer.objects.filter(pk=offer.pk).update(call_back=who, call_back_at=now, called_on=None)
    journal.write(by=by, did="asked for a call back", to=offer.subject)


@dataclass(frozen=True, kw_only=True)
class Called:
    """A call that was made: which request it answers, on which day, and what was said."""

    asked_at: datetime
    on: date
    note: str = ""


@transaction.atomic
def tick_off_call(*, offer: Offer, called: Called, by: Actor, now: datetime) -> None:
    """Note that a council was called back; the name and number it left are erased."""
    today = localtime(now).date()
    obstacles = policies.obstacles_to_having_called(offer, on=called.on, today=today)
    CannotOffer.if_any(obstacles)
    waiting = Offer.objects.filter(pk=offer.pk, call_back_at=called.asked_at).exclude(call_back="")
    if not waiting.update(call_back="", called_on=called.on):
        raise Overtaken("It was ticked off, or asked for anew, meanwhile. Look at it again.")
    said = {"note": journal.personal(called.note, of=offer.key)} if called.note else {}
    after = {"called_on": str(called.on)} | said
    journal.write(by=by, did="called a council back", to=offer.subject, after=after)


def _plain(terms: Terms) -> dict[str, Any]:
    return {name: _written(value) for name, value in vars(terms).items()}


def _written(value: Any) -> Any:
    return str(value) if isinstance(value, date) else value
