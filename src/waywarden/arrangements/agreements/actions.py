"""Changes to the draft of an agreement: each counts its version up, so that no edit is lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from waywarden.arrangements.agreements import policies, queries
from waywarden.arrangements.agreements.facts import FOLLOWS
from waywarden.arrangements.agreements.models import Agreement, Line, Party
from waywarden.arrangements.agreements.refusing import CannotAgree, refused_plainly
from waywarden.county.councils.models import Body
from waywarden.county.places.models import Area
from waywarden.county.services.models import Service
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal
from waywarden.rules import clauses as wording
from waywarden.rules.agreement_numbers import Number
from waywarden.rules.notice import Notice
from waywarden.rules.powers.table import POWERS


@dataclass(frozen=True, kw_only=True)
class Outline:
    """What an agreement is called, how long it runs, and how notice ends it."""

    title: str
    starts_on: date
    ends_on: date
    notice_months: int | None = None
    is_notice_to_year_end: bool = False


@dataclass(frozen=True, kw_only=True)
class Joining:
    """Who becomes a party: a body, or a group or company by its name."""

    body: Body | None = None
    outside: str = ""
    is_lead: bool = False
    share_pence: int | None = None


@dataclass(frozen=True, kw_only=True)
class Handing:
    """A service that is handed over: where, how much, how well, when, and who delivers it."""

    service: Service
    area: Area
    lead: Party
    starts_on: date
    ends_on: date
    quantity_milli: int | None = None
    standard: str = ""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of an agreement when it is drafted from elsewhere: all that is not is open."""

    power: str = ""
    clauses: Mapping[str, str] = field(default_factory=dict)
    joining: tuple[Joining, ...] = ()


@transaction.atomic
def draft(
    *, body: Body, outline: Outline, by: Actor, now: datetime, known: Known | None = None
) -> Agreement:
    """Begin an agreement of a council that hands services over; it is its first party."""
    known = known or Known()
    _check(outline)
    _check_clauses(known.clauses)
    made = Agreement(body=body, power=known.power, clauses=dict(known.clauses), **vars(outline))
    made.number = _next_number(body, localtime(now).year)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Overtaken("Somebody drafted an agreement at this moment. Send it again.") from None
    Party.objects.create(agreement=made, body=body, is_giver=True)
    for each in known.joining:
        Party.objects.create(agreement=made, **vars(each))
    after = _outline(made) | {"number": made.number, "body": body.key}
    journal.write(by=by, did="drafted an agreement", to=made.subject, after=after)
    return made


def _check_clauses(given: Mapping[str, str]) -> None:
    if follows := FOLLOWS & set(given):
        raise CannotAgree(
            f"{', '.join(sorted(follows))}: that follows from the parties, services and days."
        )
    with refused_plainly():
        wording.drafted(given)


def _next_number(body: Body, year: int) -> str:
    """Return the next number of a council in a year; what was given once is not given again."""
    letters = "".join(one for one in body.name.upper() if "A" <= one <= "Z")
    prefix = letters.removeprefix("THE")[:2] or "WW"
    held = Agreement.objects.filter(number__startswith=f"{prefix}-{year}-")
    counts = [int(each.split("-")[2]) for each in held.values_list("number", flat=True)]
    with refused_plainly():
        return str(Number(prefix, year, max(counts, default=0) + 1))


def _check(outline: Outline) -> None:
    CannotAgree.if_any(policies.obstacles_to_days(outline.starts_on, outline.ends_on))
    if outline.notice_months is not None:
        with refused_plainly():
            Notice(months=outline.notice_months, at_year_end=outline.is_notice_to_year_end)


@transaction.atomic
def change(*, agreement: Agreement, version: int, outline: Outline, by: Actor) -> None:
    """Change what an agreement is called, its days, or how notice ends it."""
    _check(outline)
    before = _outline(agreement)
    _edit(agreement, version, **vars(outline))
    after = _outline(agreement)
    did = "changed the draft of an agreement"
    journal.write(by=by, did=did, to=agreement.subject, before=before, after=after)


@transaction.atomic
def fill_in(*, agreement: Agreement, version: int, given: Mapping[str, str], by: Actor) -> None:
    """Write the words of clauses; what is left blank is not agreed."""
    _check_clauses(given)
    held = {key: words for key, words in agreement.clauses.items() if key not in given}
    typed = {key: words.strip() for key, words in given.items() if words.strip()}
    _edit(agreement, version, clauses=held | typed)
    after = {"filled_in": sorted(typed), "not_agreed": sorted(set(given) - set(typed))}
    did = "changed clauses of an agreement"
    journal.write(by=by, did=did, to=agreement.subject, after=after)


@transaction.atomic
def add_party(*, agreement: Agreement, version: int, joining: Joining, by: Actor) -> Party:
    """Add who is to agree."""
    _edit(agreement, version)
    if joining.is_lead:
        agreement.parties.update(is_lead=False)
    party = Party(agreement=agreement, **vars(joining))
    try:
        with transaction.atomic():
            party.save(force_insert=True)
    except IntegrityError:
        raise CannotAgree(f"{party} is a party already.") from None
    journal.write(by=by, did="added a party", to=agreement.subject, after=_party(party))
    return party


@transaction.atomic
def remove_party(*, party: Party, version: int, by: Actor) -> None:
    """Leave a party out of the draft; what was sent to it before stays as it was sent."""
    CannotAgree.if_any(policies.obstacles_to_removing(party))
    agreement, before = party.agreement, _party(party)
    _edit(agreement, version)
    party.delete()
    journal.write(by=by, did="left a party out", to=agreement.subject, before=before)


@transaction.atomic
def add_line(*, agreement: Agreement, version: int, handing: Handing, by: Actor) -> Line:
    """Add a service that is handed over."""
    obstacles = policies.obstacles_to_a_line(agreement, handing.starts_on, handing.ends_on)
    if handing.lead.agreement_id != agreement.pk:
        obstacles.append(f"{handing.lead} is not a party to this agreement. Add it first.")
    line = Line(agreement=agreement, **vars(handing))
    obstacles += policies.obstacles_to_two_deliverers(line, queries.lines_of(agreement))
    CannotAgree.if_any(obstacles)
    _edit(agreement, version)
    try:
        with transaction.atomic():
            line.save(force_insert=True)
    except IntegrityError:
        raise CannotAgree(f"{line} from that day is in it already. Remove that first.") from None
    journal.write(by=by, did="added a service", to=agreement.subject, after=_line(line))
    return line


@transaction.atomic
def remove_line(*, line: Line, version: int, by: Actor) -> None:
    """Leave a service out of the draft."""
    agreement, before = line.agreement, _line(line)
    _edit(agreement, version)
    line.delete()
    journal.write(by=by, did="left a service out", to=agreement.subject, before=before)


@transaction.atomic
def choose_power(
    *, agreement: Agreement, version: int, power: str, records: Mapping[str, str], by: Actor
) -> None:
    """Say which power it rests on, and where that can be read which the power asks for."""
    if power not in POWERS:
        raise CannotAgree("Choose a power from those listed.")
    before = {"power": agreement.power, "records": agreement.records}
    asked = {each.name for each in queries.records_asked(power)}
    kept = {name: words.strip() for name, words in records.items() if name in asked}
    _edit(agreement, version, power=power, records=kept)
    after = {"power": power, "records": kept}
    did = "chose the power of an agreement"
    journal.write(by=by, did=did, to=agreement.subject, before=before, after=after)


def _edit(agreement: Agreement, version: int, **fields: Any) -> None:
    """Count the version of the draft up, whatever of it changes; raise Overtaken if it moved."""
    Agreement.objects.change_as_read(agreement, version, **fields)


def _outline(agreement: Agreement) -> dict[str, Any]:
    return {
        "title": journal.personal(agreement.title, of=agreement.number),
        "starts_on": str(agreement.starts_on),
        "ends_on": str(agreement.ends_on),
        "notice_months": agreement.notice_months,
        "is_notice_to_year_end": agreement.is_notice_to_year_end,
    }


def _party(party: Party) -> dict[str, Any]:
    name = party.body.key if party.body else journal.personal(str(party), of=party.agreement.number)
    return {"party": name, "is_lead": party.is_lead, "share_pence": party.share_pence}


def _line(line: Line) -> dict[str, Any]:
    return {
        "service": line.service.code,
        "area": line.area.key,
        "quantity_milli": line.quantity_milli,
        "starts_on": str(line.starts_on),
        "ends_on": str(line.ends_on),
    }
