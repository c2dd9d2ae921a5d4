"""What is sent, signed, brought into force, ended and withdrawn: every move of a version."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from waywarden.arrangements.agreements import letters, policies, queries
from waywarden.arrangements.agreements.facts import facts_of
from waywarden.arrangements.agreements.models import ALTERED, Agreement, Signature, Version
from waywarden.arrangements.agreements.refusing import CannotAgree, refused_plainly
from waywarden.county.decisions.models import Decision
from waywarden.county.people.models import Office
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal
from waywarden.rules import notice as notices
from waywarden.rules.agreed_facts import Frozen, frozen
from waywarden.rules.agreements_moves import Need, State, Who, after_signing, moved

Way = Signature.Way
READ_AGAIN = (
    "The agreement was changed after it was shown to you, and your signature was not taken. Read "
    "what is different, and sign again if you agree."
)


@transaction.atomic
def send(*, agreement: Agreement, version: int, by: Actor, now: datetime) -> Version:
    """Send the draft to be signed: what it says now is kept under its hash, for every party.

    A version sent before, and not signed by all, is superseded: all parties sign anew.
    """
    agreement = (
        Agreement.objects.select_for_update(of=("self",))
        .select_related("body")
        .get(pk=agreement.pk)
    )
    Agreement.objects.change_as_read(agreement, version)
    number = queries.next_number(agreement)
    kept = _frozen(agreement, number)
    _supersede(agreement, queries.WAITING, {Need.NEXT_SIGNED}, before=number)
    sent = Version.objects.create(
        agreement=agreement,
        number=number,
        facts_json=kept.content.decode(),
        hash=kept.digest,
        sent_at=now,
        sent_by=by.shown_as,
        last_on=agreement.ends_on,
    )
    after = {"version": number, "hash": sent.hash}
    journal.write(by=by, did="sent an agreement to be signed", to=subject_of(sent), after=after)
    _tell(sent, by=by, today=localtime(now).date())
    return sent


def _frozen(agreement: Agreement, number: int) -> Frozen:
    """Return what the draft says now, in the one way it is hashed, if it can be sent."""
    parties, lines = queries.parties_of(agreement), queries.lines_of(agreement)
    reliance = queries.reliance_of(agreement, parties, lines)
    obstacles = policies.obstacles_to_sending(agreement, parties, lines, reliance, number=number)
    if obstacles or reliance is None:
        raise CannotAgree(" ".join(obstacles))
    with refused_plainly():
        return frozen(facts_of(agreement, parties, lines, reliance, number=number))


def _tell(sent: Version, *, by: Actor, today: date) -> None:
    letters.tell(sent, letters.to_sign(sent), by=by, today=today)
    before = next((e for e in queries.versions_of(sent.agreement) if e.number < sent.number), None)
    if before and (gone := set(before.party_names) - set(sent.party_names)):
        letters.tell(sent, letters.left_out(sent), by=by, today=today, to_keys=gone)


def _supersede(
    agreement: Agreement, states: Collection[State], has: Collection[Need], *, before: int
) -> None:
    for each in queries.versions_of(agreement):
        if each.standing in states and each.number < before:
            _move(each, State.SUPERSEDED, by=Who.COUNTY, has=has)


def _move(version: Version, to: State, *, by: Who, has: Collection[Need], **fields: Any) -> None:
    """Move a version on as the table of moves lets it, if it still stands as it was read."""
    with refused_plainly():
        moved(version.standing, to, by=by, has=has)
    if not Version.objects.filter(pk=version.pk, state=version.state).update(state=to, **fields):
        raise Overtaken
    for name, value in fields.items():
        setattr(version, name, value)
    version.state = to


def locked(version: Version) -> Version:
    """Read a version again, so that of two who change it at once one comes after the other.

    Refuse one whose words are not those that were sent: nothing is done with it.
    """
    held = Version.objects.select_for_update(of=("self",))
    found = held.select_related("agreement__body").get(pk=version.pk)
    if not found.is_as_sent:
        raise CannotAgree(ALTERED)
    return found


@dataclass(frozen=True, kw_only=True)
class Word:
    """By which decision a party signs, and how its conditions were met."""

    decision: Decision | None = None
    #: The decision of a party that records none here, and its day.
    reference: str = ""
    decided_on: date | None = None
    conditions_met: str = ""


@transaction.atomic
def sign(*, version: Version, shown: str, word: Word, by: Office, now: datetime) -> Signature:
    """Sign a version for a party by its office; ``shown`` is the hash of what it was shown."""
    version, body = locked(version), by.body
    if shown != version.hash:
        raise Overtaken(READ_AGAIN)
    CannotAgree.if_any(
        policies.obstacles_to_signing(version, body.key)
        + policies.obstacles_to_signing_for_both(version, body.key, by.person_id)
    )
    made = worded(version, body.key, Way.SCREEN, word, on=localtime(now).date())
    keep(made, signed_at=now, added_at=now, office=by)
    journal.write(by=by.actor, did="signed an agreement", to=subject_of(version), after=said(made))
    count(version, by=by.actor, today=localtime(now).date())
    return made


def worded(version: Version, party: str, way: str, word: Word, *, on: date) -> Signature:
    """Return a signature that is not kept yet; refused without a decision that lets it sign."""
    given: dict[str, Any] = {"version": version, "party": party, "hash": version.hash}
    made = Signature(way=way, **given, **vars(word))
    CannotAgree.if_any(policies.obstacles_to_word(version, made, on=on))
    made.warned = " ".join(policies.warnings_to_signing(version, made, on=on))
    return made


def keep(made: Signature, **given: Any) -> Signature:
    """Keep the signature of a party, which signs once."""
    for name, value in given.items():
        setattr(made, name, value)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Overtaken("It was signed meanwhile. Look at it again.") from None
    return made


@transaction.atomic
def name_decision(*, version: Version, shown: str, word: Word, by: Office, now: datetime) -> None:
    """Name another decision of a party that has signed, until what all signed is in force."""
    version = locked(version)
    if shown != version.hash:
        raise Overtaken(READ_AGAIN)
    CannotAgree.if_any(policies.obstacles_to_naming(version, by.body))
    own = next(each for each in queries.signatures_of(version) if each.party == by.body.key)
    before = said(own)
    made = worded(version, own.party, own.way, word, on=localtime(now).date())
    for name in ("decision", "conditions_met", "warned"):
        setattr(own, name, getattr(made, name))
    own.save(update_fields=["decision", "conditions_met", "warned"])
    to, did = subject_of(version), "named another decision"
    journal.write(by=by.actor, did=did, to=to, before=before, after=said(own))


def count(version: Version, *, by: Actor, today: date) -> None:
    """Move a version on by how many of its parties have signed."""
    parties = len(version.party_names)
    to = after_signing(len(queries.signed_keys(version)), parties)
    has = {Need.OWN_DECISION, Need.SIGNATURE}
    if to is State.EXECUTED:
        has.add(Need.ALL_SIGNED)
        _move(version, to, by=Who.PARTY, has=has)
        letters.tell(version, letters.all_signed(version), by=by, today=today)
    else:
        _move(version, to, by=Who.PARTY, has=has)


@transaction.atomic
def start(*, version: Version, is_ready: bool, by: Actor, today: date) -> None:
    """Bring into force what every party has signed, from its first day or today if that is later.

    The version before it is in force to the day before.
    """
    version = locked(version)
    if not is_ready:
        raise CannotAgree("Say that everybody is insured and all is ready, then bring it in force.")
    signatures = queries.signatures_of(version)
    CannotAgree.if_any(policies.obstacles_to_starting(version, signatures, on=today))
    first = max(version.term.starts_on or today, today)
    before = queries.binding_of(version.agreement, on=first)
    _make_way(version, first=first, today=today)
    _move(version, State.MOBILISING, by=Who.COUNTY, has={Need.DECISIONS})
    has = {Need.ALL_SIGNED, Need.DECISIONS, Need.POWER, Need.INSURED, Need.CHECKLIST, Need.STARTED}
    _move(version, State.IN_FORCE, by=Who.COUNTY, has=has, in_force_on=first)
    after = {"version": version.number, "in_force_on": str(first), "hash": version.hash}
    said = {"version": before.number} if before else {}
    did = "brought an agreement into force"
    journal.write(by=by, did=did, to=subject_of(version), before=said, after=after)
    letters.tell(version, letters.in_force(version), by=by, today=today)


def _make_way(version: Version, *, first: date, today: date) -> None:
    """Let the versions before one end on the day before its first."""
    states, has = (*queries.BINDING, State.EXECUTED), {Need.NEXT_VERSION, Need.NEXT_EXECUTED}
    for each in queries.versions_of(version.agreement):
        since = each.in_force_on
        if each.number >= version.number or each.standing not in states:
            continue
        fields: dict[str, Any] = {}
        if since and since > today:
            fields = {"in_force_on": None}
        elif since:
            # What began on this very day was in force on it, until the next one was.
            fields = {"last_on": max(since, min(each.last_on, first - timedelta(days=1)))}
        _move(each, State.SUPERSEDED, by=Who.COUNTY, has=has, **fields)


@transaction.atomic
def give_notice(*, version: Version, reason: str, by: Office, today: date) -> date:
    """End a version by the notice it says, given today; return its last day."""
    version = locked(version)
    if not queries.binds(version, on=today):
        raise CannotAgree(f"Notice ends what is in force. {version.standing.sentence}")
    months = version.facts["terms"]["notice_months"]
    if months is None:
        raise CannotAgree("No notice is agreed. All parties agree to another version instead.")
    with refused_plainly():
        rule = notices.Notice(
            months=months, at_year_end=version.facts["terms"]["is_notice_to_year_end"]
        )
        ending = notices.ends_by(rule, given_on=today, term=version.term)
    before = {"last_on": str(version.last_on)}
    given = {"notice_given_on": today, "notice_by": by.body.name, "last_on": ending.on}
    who = Who.COUNTY if by.body_id == version.agreement.body_id else Who.PARTY
    _move(version, State.UNDER_NOTICE, by=who, has={Need.NOTICE}, **given)
    after = {"last_on": str(ending.on), "by": by.body.key, "version": version.number}
    to, did = subject_of(version), "gave notice of an agreement"
    journal.write(by=by.actor, did=did, to=to, before=before, after=after, reason=reason)
    letters.tell(version, letters.under_notice(version, ending.says), by=by.actor, today=today)
    return ending.on


@transaction.atomic
def end(*, version: Version, reason: str, by: Actor, today: date) -> None:
    """Note that a version is over, once its last day has passed."""
    version = locked(version)
    if today <= version.last_on:
        raise CannotAgree(f"Its last day is {version.last_on:%-d %B %Y}. It ends after that day.")
    _move(version, State.ENDED, by=Who.DAY, has={Need.LAST_DAY, Need.REASON})
    after = {"version": version.number, "last_on": str(version.last_on)}
    to = subject_of(version)
    journal.write(by=by, did="ended an agreement", to=to, after=after, reason=reason)


@transaction.atomic
def withdraw(*, version: Version, reason: str, by: Office, today: date) -> None:
    """Withdraw what was sent: by who sent it, before any other party has signed."""
    version = locked(version)
    if by.body_id != version.agreement.body_id:
        raise CannotAgree(f"Only {version.agreement.body}, which sent it, withdraws it.")
    others = queries.signed_keys(version) - {version.agreement.body.key}
    if others:
        names = ", ".join(version.party_names[key] for key in sorted(others))
        raise CannotAgree(
            f"{names} has signed. What others have signed is undone by nobody alone: send another "
            "version, or let all parties agree."
        )
    _move(version, State.WITHDRAWN, by=Who.COUNTY, has={Need.REASON})
    to, after = subject_of(version), {"version": version.number}
    journal.write(by=by.actor, did="withdrew an agreement", to=to, after=after, reason=reason)
    letters.tell(version, letters.withdrawn(version), by=by.actor, today=today)


def subject_of(version: Version) -> Any:
    """Return the agreement as the journal names it: what is done to it stands in each trail."""
    made = version.agreement.subject
    known = [each["key"] for each in version.facts["parties"] if each["is_known_here"]]
    return type(made)(made.kind, made.key, made.url, bodies=tuple(known))


def said(signature: Signature) -> dict[str, Any]:
    """Return what the journal keeps of a signature."""
    return {
        "version": signature.version.number,
        "party": signature.party,
        "hash": signature.hash,
        "way": signature.way,
        "decision": signature.decision.key if signature.decision else "",
    }
