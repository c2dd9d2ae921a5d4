"""Changes to expressions of interest: begun, written, sent and withdrawn by those who ask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.county.offices.telling import reply_address
from waywarden.county.places.models import Area
from waywarden.county.services.models import Service
from waywarden.devolution.interest import letters, policies, queries
from waywarden.devolution.interest import telling_actions as telling
from waywarden.devolution.interest.models import NUMBERS, Challenge, Expression, Link
from waywarden.devolution.offers.models import Round
from waywarden.fabric.common.refusals import Overtaken, Refusal
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.common.tokens import hash_of, new_token
from waywarden.fabric.common.wording import moment
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.notices import actions as notices
from waywarden.fabric.notices.telling import Recipient
from waywarden.rules.setting_up import FORMS, REGISTERED

Status = Expression.Status
#: What the journal says of what brings an expression to where it stands.
WITHDREW, DECIDED = "withdrew an expression of interest", "decided on an expression of interest"
MOVED = (
    *("sent an expression of interest", "named a co-ordinator"),
    *("assessed an expression of interest", DECIDED, WITHDREW),
)
AGAIN = "Look at it again."


class CannotAsk(Refusal):
    """An expression that cannot be written, sent or answered as asked; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks, and where an answer reaches them."""

    kind: str
    who: str
    charity_number: str = ""
    company_number: str = ""
    contact_name: str = ""
    contact_email: str = ""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What they ask to run, where, and what they would do."""

    services: Sequence[Service]
    places: Sequence[Area]
    what: str
    round: Round | None = None


@dataclass(frozen=True, kw_only=True)
class Named:
    """The host that was named: a body known here, or an address to reach it at."""

    host_kind: str = ""
    host: str = ""
    host_body: Body | None = None
    host_email: str = ""


@dataclass(frozen=True, kw_only=True)
class Means(Named):
    """Who would do it, what help they need, who would host them; whether they challenge."""

    by_whom: str
    since: str = ""
    help_wanted: str = ""
    is_challenge: bool = False


@dataclass(frozen=True, kw_only=True)
class Challenged:
    """What the Right to Challenge asks besides."""

    relevant_body: str
    is_whole: bool
    outcomes: str
    finances: str
    capability: str
    period: str


@dataclass(frozen=True)
class Begun:
    """An expression that was begun, and the hash of the link by which its writer holds it."""

    expression: Expression
    token_hash: str


@transaction.atomic
def begin(
    *,
    asked_of: Body,
    asker: Asker,
    by: Actor,
    now: datetime,
    body: Body | None = None,
    round: Round | None = None,
) -> Begun:
    """Begin an expression. Who gives an address is sent a private link to take it up again."""
    made = Expression.objects.create(
        asked_of=asked_of, body=body, round=round, begun_at=now, **vars(asker)
    )
    token_hash = "" if body else hash_of(_new_link(made, now))
    journal.write(
        by=by, did="began an expression of interest", to=made.subject, after=_said(made, asker)
    )
    if asker.contact_email:
        tell(made, letters.begun, by=by, now=now)
    return Begun(made, token_hash)


def tell(
    of: Expression,
    says: Callable[[Expression], letters.Words],
    *,
    by: Actor,
    now: datetime,
    reply_to: str = "",
) -> bool:
    """Write to whoever asks, with a private link of the letter's own; say whether it goes out.

    What an office has written has no such link: it ends with the office.
    """
    if not of.contact_email:
        return False
    token = "" if of.body_id is not None else _new_link(of, now)
    told = notices.tell(
        # The name is not typed into the letter: it could be another's address and any words.
        to=Recipient(telling.asker_key(of.contact_email), of.contact_email, ""),
        topic=letters.INTEREST,
        says=letters.letter(of, says(of), token),
        why="this address was given with an expression of interest",
        by=by,
        today=localtime(now).date(),
        reply_to=reply_to or reply_address(of.asked_of),
    )
    return told is not None


def forget_letters_to(address: str, *, than_in: Sequence[Expression] = ()) -> None:
    """Drop the letters to an address that no other expression gives any more."""
    if address and not queries.is_given_elsewhere(address, than_in=than_in):
        notices.forget_letters(key=telling.asker_key(address))


def _new_link(of: Expression, now: datetime) -> str:
    token = new_token()
    Link.objects.create(expression=of, token_hash=hash_of(token), made_at=now)
    return token


@transaction.atomic
def say_who(
    *, of: Expression, version: int, asker: Asker, by: Actor, now: datetime, held: str = ""
) -> None:
    """Change who asks; a new address is sent a link of its own, and those to the old one end.

    ``held`` is the hash of the link by which the writer is there, which goes on.
    """
    CannotAsk.if_any(policies.obstacles_to_saying_who(of, stays=_stays_registered(of, asker)))
    old, to = of.contact_email, SimpleNamespace(**vars(asker))
    if asker.kind == Expression.Kind.COUNCIL:
        # A council sets nothing up: the steps go with the form.
        to.legal_form = ""
    _write(of, version, to, did="said who asks", by=by)
    if not of.legal_form:
        of.set_up_steps.all().delete()
    if of.contact_email == old:
        return
    of.links.exclude(token_hash=held).delete()
    forget_letters_to(old)
    tell(of, letters.begun, by=by, now=now)


def _stays_registered(of: Expression, asker: Asker) -> bool:
    """Whether what they noted as registered stays what they are, with its number."""
    if not of.set_up_steps.filter(step=REGISTERED).exists():
        return True
    column = NUMBERS[FORMS[of.legal_form].register]
    number = getattr(of, column)
    return asker.kind == of.kind and getattr(asker, column, number) == number


@transaction.atomic
def say_what(*, of: Expression, version: int, wish: Wish, by: Actor) -> None:
    """Change what is asked for, and where."""
    is_same = set(of.services.all()) == set(wish.services) and set(of.places.all()) == set(
        wish.places
    )
    plain = {"what": wish.what, "round": wish.round}
    if (
        is_same
        and of.version == version
        and all(getattr(of, name) == value for name, value in plain.items())
    ):
        return
    CannotAsk.if_any(policies.obstacles_to_writing_on(of))
    Expression.objects.change_as_read(of, version, **plain)
    of.services.set(wish.services)
    of.places.set(wish.places)
    after = {
        "services": [service.code for service in wish.services],
        "places": [place.key for place in wish.places],
        "what": journal.personal(wish.what, of=of.key),
        "round": wish.round.key if wish.round else "",
    }
    journal.write(by=by, did="said what is asked for", to=of.subject, after=after)


@transaction.atomic
def say_how(*, of: Expression, version: int, means: Means, by: Actor) -> None:
    """Change who would do it and with what; without the tick no challenge is kept."""
    _write(of, version, means, did="said how it would be done", by=by)
    if not means.is_challenge:
        Challenge.objects.filter(expression=of).delete()


@transaction.atomic
def challenge(*, of: Expression, version: int, said: Challenged, by: Actor) -> None:
    """Answer what the Right to Challenge asks of who has ticked it."""
    CannotAsk.if_any(policies.obstacles_to_writing_on(of))
    if not of.is_challenge:
        raise CannotAsk("Tick first that it is under the Community Right to Challenge.")
    held = Challenge.objects.filter(expression=of).first()
    if (
        of.version == version
        and held
        and all(getattr(held, name) == value for name, value in vars(said).items())
    ):
        return
    Expression.objects.change_as_read(of, version, is_challenge=True)
    Challenge.objects.update_or_create(expression=of, defaults=vars(said))
    journal.write(
        by=by, did="said how the service is challenged", to=of.subject, after=_said(of, said)
    )


def _write(of: Expression, version: int, to: object, *, did: str, by: Actor) -> None:
    """Change an expression that was not sent yet."""
    CannotAsk.if_any(policies.obstacles_to_writing_on(of))
    change(of, version, to, did=did, by=by)


def change(of: Expression, version: int, to: object, *, did: str, by: Actor) -> bool:
    """Change an expression as it was read; where nothing differs, leave it alone and say so."""
    if of.version != version:
        raise Overtaken
    changed = {name: value for name, value in vars(to).items() if getattr(of, name) != value}
    if not changed:
        return False
    Expression.objects.change_as_read(of, version, **changed)
    after = {name: value for name, value in _said(of, to).items() if name in changed}
    journal.write(by=by, did=did, to=of.subject, after=after)
    return True


#: What may hold the words and names of people, so that it lies beside the journal.
PERSONAL = frozenset(
    [
        "who",
        "charity_number",
        "company_number",
        "society_number",
        "contact_name",
        "contact_email",
        "what",
        "by_whom",
        "since",
        "help_wanted",
        "host",
        "host_email",
        "outcomes",
        "finances",
        "capability",
    ]
)


def _said(of: Expression, said: object) -> dict[str, Any]:
    """Give what was said as the journal keeps it: words of people beside the chain."""
    return {name: as_kept(of, name, value) for name, value in vars(said).items()}


def as_kept(of: Expression, name: str, value: Any) -> Any:
    """Give one value as the journal keeps it."""
    if isinstance(value, Body):
        return value.key
    return journal.personal(value, of=of.key) if name in PERSONAL and value else value


@transaction.atomic
def send(*, of: Expression, by: Actor, now: datetime) -> None:
    """Send an expression to the county."""
    held = Challenge.objects.filter(expression=of).first()
    counts = {"services": of.services.count(), "places": of.places.count()}
    CannotAsk.if_any(policies.obstacles_to_sending(of, held, **counts))
    move(of, Status.SENT, sent_at=now)
    journal.write(by=by, did="sent an expression of interest", to=of.subject, after=counts)
    tell(of, letters.sent, by=by, now=now)
    telling.ask_host(of, by=by, now=now)


@transaction.atomic
def withdraw(*, of: Expression, reason: str, by: Actor) -> None:
    """Take an expression back. Nobody is written to about it any more."""
    CannotAsk.if_any(policies.obstacles_to_withdrawing(of))
    before = {"stage": of.stage}
    # What was deferred waits for nothing any more.
    move(of, Status.WITHDRAWN)
    after = {"reason": journal.personal(reason, of=of.key)} if reason else {}
    journal.write(by=by, did=WITHDREW, to=of.subject, before=before, after=after)


@transaction.atomic
def take_in(
    *, asked_of: Body, asker: Asker, wish: Wish, received_on: date, sent_at: datetime, by: Actor
) -> Expression:
    """Record an expression that reached the county elsewhere. Nobody is written to about it."""
    made = Expression.objects.create(
        asked_of=asked_of,
        status=Status.SENT,
        is_from_elsewhere=True,
        begun_at=sent_at,
        sent_at=sent_at,
        what=wish.what,
        round=wish.round,
        **vars(asker),
    )
    made.services.set(wish.services)
    made.places.set(wish.places)
    after = _said(made, asker) | {"received_on": str(received_on)}
    journal.write(by=by, did="took in an expression of interest", to=made.subject, after=after)
    return made


def move(of: Expression, to: str, **given: Any) -> None:
    """Move an expression on to another stage, if it still stands where it was read."""
    is_known = to in Expression.MOVES[Status(of.status)]
    if not is_known or not Expression.objects.change(of, status=to, **given):
        of.refresh_from_db()
        said = [f"It is “{of.stage}” by now.", who_was_first(of), AGAIN]
        raise Overtaken(" ".join(filter(None, said)))


def who_was_first(of: Expression) -> str:
    """Say who has brought it to where it stands, and when; nothing where nobody did."""
    found = queries.last_moved(of, did=MOVED)
    if found is None:
        return ""
    return f"That was {found.actor_shown_as}, on {moment(localtime(found.at))}."
