"""Puts one of each private thing into a body, with the word that nobody else may be sent."""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.timezone import localdate
from django_tasks_db.models import DBTaskResult

from tests.permissions.county import County
from waywarden.arrangements.agreements import queries as agreements
from waywarden.arrangements.agreements.facts import facts_of
from waywarden.arrangements.agreements.models import Agreement, Line, Party, Signature, Version
from waywarden.arrangements.agreements.models import Confirmation as AgreementConfirmation
from waywarden.county.councils import actions as councils
from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision, Interest, Option
from waywarden.county.looking_in.models import OperatorAccess
from waywarden.county.offices.models import Invitation
from waywarden.county.papers.models import Paper
from waywarden.county.people.models import Office, Person
from waywarden.county.recovery.models import Recovery
from waywarden.county.services.models import Quantity
from waywarden.devolution.clusters.actions import terms
from waywarden.devolution.clusters.actions.terms import Draft
from waywarden.devolution.clusters.factors import FACTORS
from waywarden.devolution.clusters.models import (
    Answer,
    Cluster,
    ClusterConfirmation,
    Default,
    Finding,
    GoingAlone,
    Meeting,
    Membership,
    Owed,
    Portion,
    Resource,
    Role,
    Scope,
    Settlement,
    Stated,
    Terms,
)
from waywarden.devolution.clusters.models import Link as ClusterLink
from waywarden.devolution.interest.models import (
    Award,
    Enclosure,
    Expression,
    Fund,
    Hosting,
    Link,
    Note,
)
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.wishes import Question, Wishes
from waywarden.devolution.offers.models import (
    Confirmation,
    Offer,
    OfferedService,
    PackBundle,
    Round,
)
from waywarden.devolution.plans.facts import register_facts
from waywarden.fabric.common.tokens import hash_of
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.forms import actions as forms
from waywarden.fabric.imports import queries as imports
from waywarden.fabric.imports.actions import Sent, receive
from waywarden.fabric.imports.kinds import kinds
from waywarden.fabric.notices import actions as notices
from waywarden.fabric.notices import letters, telling
from waywarden.fabric.notices.calendars import Followed
from waywarden.fabric.notices.models import FeedToken, Notice
from waywarden.fabric.tables import actions as tables
from waywarden.rules.agreed_facts import frozen
from waywarden.rules.clusters_terms import digest

A_YEAR = timedelta(days=365)
REASON = "Nobody has answered for a month"


def clerk_of(county: County, body: Body) -> Person:
    """Give the clerk of a body."""
    name = "Bron" if body == county.cast.wychbourne_council else "Colm"
    found = county.people[name]
    assert found
    return found


def office_of(county: County, body: Body) -> Office:
    """Give the office of a body's clerk."""
    return Office.objects.in_body(body).held_by(clerk_of(county, body)).get()


def somebody(county: County, body: Body, word: str) -> int:
    """A volunteer with a name; gives the number of the office."""
    holder = Person.objects.create_user(f"volunteer-{body.pk}@example.org", word)
    return county.cast.office(holder, body, "volunteer-coordinator").pk


def mailbox(county: County, body: Body, word: str) -> int:
    """A volunteer with an address of their own."""
    holder = Person.objects.create_user(f"{word}@example.org", "A volunteer")
    return county.cast.office(holder, body, "volunteer-coordinator").pk


def invitation(county: County, body: Body, word: str) -> int:
    """An invitation to an address, and another whose page is asked for by its key."""
    county.planted["token", body.key] = f"key-of-{body.key}"
    _invite(county, body, "somebody@example.org", f"key-of-{body.key}")
    return _invite(county, body, f"{word}@example.org", f"another-of-{body.key}").pk


def _invite(county: County, body: Body, address: str, token: str) -> Invitation:
    now, today = timezone.now(), localdate()
    return Invitation.objects.create(
        body=body,
        kind="operative",
        starts_on=today,
        ends_on=today + A_YEAR,
        address=address,
        token_hash=hash_of(token),
        sent_at=now,
        expires_at=now + A_YEAR,
        sent_by=office_of(county, body),
    )


def recovery(county: County, body: Body, word: str) -> int:
    """A recovery that waits for a second person."""
    found = Recovery.objects.create(
        body=body,
        address="lost@example.org",
        kind="clerk",
        ends_on=localdate() + A_YEAR,
        reason=word,
        proposed_by=county.people["Ada"],
        proposed_as=county.office("Ada"),
        proposed_at=timezone.now(),
    )
    return found.pk


def look(county: County, body: Body, word: str) -> int:
    """Olga looks in."""
    found = OperatorAccess.objects.create(
        person=county.people["Olga"],
        body=body,
        reason=word,
        starts_at=timezone.now(),
        hours=4,
    )
    return found.pk


def paper(county: County, body: Body, word: str) -> int:
    """A paper that is not public: its title, its name and its content."""
    by = office_of(county, body).actor
    content = f"%PDF-1.7 {word}".encode()
    ready = documents.made(content=content, media_type="application/pdf", name=f"{word}.pdf")
    file = documents.keep(
        ready=ready, kept_for=body.subject, body_key=body.key, by=by, today=localdate()
    )
    return Paper.objects.create(body=body, file=file, title=word, kind="other").pk


def decision(county: County, body: Body, word: str) -> int:
    """An exempt decision that is planned, one that was taken, and one that was called in."""
    given = {"body": body, "kind": "executive", "title": "To mow", "is_exempt": True, "text": word}
    when = {"stated_on": localdate(), "received_at": timezone.now(), "outcome": "agreed"}
    open_until = {"call_in_ends_on": localdate() + A_YEAR}
    for status in ("decided", "called-in"):
        county.planted[status, body.key] = Decision.objects.create(
            status=status, reference=status, **given, **when, **open_until
        ).pk
    planned = Decision.objects.create(status="planned", due_on=localdate(), **given)
    option = Option.objects.create(decision=planned, title="To wait", says=word)
    county.planted["option", body.key] = option.pk
    declared = {"member": "Councillor One", "nature": "other", "effect": "stayed"}
    interest = Interest.objects.create(decision=planned, declared_at=timezone.now(), **declared)
    county.planted["declaration", body.key] = interest.pk
    return planned.pk


def photo(county: County, body: Body, word: str) -> int:
    """A photo that came with the dispute of a figure: its name, its content, what it shows."""
    place = county.cast.wychbourne if body == county.cast.wychbourne_council else None
    of = {"area": place or county.cast.coldbrook, "service": county.cast.service("DPS01")}
    figure = Quantity.objects.current().get(**of)
    by, subject = office_of(county, body).actor, figure.service.subject
    ready = documents.made(content=word.encode(), media_type="image/jpeg", name=f"{word}.jpg")
    file = documents.keep(ready=ready, kept_for=subject, by=by, today=localdate())
    figure.is_disputed, figure.dispute = True, "It was counted twice"
    figure.photo, figure.photo_shows = file, word
    figure.save()
    return figure.pk


def offer(county: County, body: Body, word: str) -> int:
    """An offer that a council has answered, and the link of its letter."""
    of = Round.objects.filter(status="open").first() or _round(county)
    county.planted["round", body.key] = of.pk
    county.planted["offered", body.key] = of.services.get().pk
    county.planted["offer-link", body.key] = f"offer-to-{body.key}"
    found = Offer.objects.create(
        round=of,
        body=body,
        token_hash=hash_of(f"offer-to-{body.key}"),
        sent_at=timezone.now(),
        letters=1,
        answer="more-time",
        answered_at=timezone.now(),
        reason=word,
        call_back=word,
        call_back_at=timezone.now(),
    )
    return found.pk


def quoted(body: Body) -> int:
    """The price a council was quoted, in pence: one that no page could show by chance."""
    return (7_000_000 + zlib.crc32(body.key.encode()) % 999_999) * 100 + 37


def quote(county: County, body: Body, word: str) -> int:
    """A price that a council was quoted for what it was offered."""
    _ = word
    own = Offer.objects.filter(pk=county.planted["offers", body.key])
    return own.update(own_quote_pence=quoted(body), tax_base_milli=300_000)


def _round(county: County) -> Round:
    """A round of the county that is open."""
    today = localdate()
    days = {"answer_by": today + A_YEAR, "starts_on": today + 2 * A_YEAR}
    body, now = county.cast.county_council, timezone.now()
    draft = Round.objects.create(body=body, title="Grass", **days)
    for each in county.bodies:
        county.planted["round being written", each.key] = draft.pk
    found = Round.objects.create(body=body, title="Grass", status="open", opened_at=now, **days)
    grass = county.cast.service("DPS01")
    OfferedService.objects.create(round=found, service=grass, rate_millipence=5_000)
    _bundle(county, found)
    _confirmation(county, found)
    return found


def _confirmation(county: County, of: Round) -> None:
    """What the monitoring officer confirmed of the power of a round."""
    who = {"recorded_by_key": "person-1", "recorded_by_shown_as": "Ada"}
    when = {"given_on": localdate(), "recorded_at": timezone.now()}
    said = {"power": of.power, "warning": "publicity-of-28-days", "says": "It may be a key one"}
    found = Confirmation.objects.create(round=of, services="DPS01", **said, **who, **when)
    for each in county.bodies:
        county.planted["confirmation", each.key] = found.pk


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("index.csv", "council")
    return packed.getvalue()


def _bundle(county: County, of: Round) -> None:
    """The packs of a round in one file, made for whoever runs it."""
    by, now = county.cast.by, timezone.now()
    ready = documents.made(content=_zip(), media_type="application/zip", name="packs.zip")
    file = documents.keep(ready=ready, kept_for=of.subject, by=by, today=localdate())
    asked = {"asked_by_key": by.key, "asked_by_shown_as": by.shown_as, "asked_at": now}
    PackBundle.objects.create(round=of, file=file, **asked)


def interest(county: County, body: Body, word: str) -> int:
    """What a council has asked to run and sent: its words, and a note that is for it."""
    found = _expression(county, body, word, status="sent", sent_at=timezone.now())
    found.services.add(county.cast.service("DPS01"))
    found.places.add(county.cast.coldbrook)
    noted = {"noted_by": "The county", "noted_at": timezone.now(), "on": localdate()}
    Note.objects.create(expression=found, kind="said", says=word, is_for_asker=True, **noted)
    _award(county, body, found)
    county.planted["interest-paper", body.key] = _enclosed(county, body, found, word)
    Hosting.objects.create(expression=found, name=body.name, body=body, named_at=timezone.now())
    return found.pk


def wish(county: County, body: Body, word: str) -> int:
    """What a council has begun to ask and not sent, and a link to another of nobody's."""
    secret = county.planted["wish-link", body.key] = f"wish-of-{body.key}"
    free = _expression(county, None, "Friends")
    Link.objects.create(expression=free, token_hash=hash_of(secret), made_at=timezone.now())
    key = county.planted["host-link", body.key] = f"host-of-{body.key}"
    named = {"name": "Green CIC", "address": "green@example.org", "token_hash": hash_of(key)}
    Hosting.objects.create(expression=free, named_at=timezone.now(), **named)
    begun = _expression(county, body, word, is_challenge=True, legal_form="cic")
    county.planted["wish-paper", body.key] = _enclosed(county, body, begun, word)
    return begun.pk


def _award(county: County, body: Body, of: Expression) -> None:
    """A fund of the county, and what it has given to a council."""
    said = {"name": "Start-up pot", "given_by": "The county", "reach": "local", "source": "Made up"}
    money = {"pays_for": "both", "kinds": ["council"], "pot_pence": 100_00}
    today, found = localdate(), Fund.objects.first()
    if found is None:
        kept_by = county.cast.county_council
        found = Fund.objects.create(kept_by=kept_by, checked_on=today, **said, **money)
    given = {"expression": of, "amount_pence": 10_00, "awarded_on": today}
    county.planted["fund", body.key] = found.pk
    county.planted["interest-award", body.key] = Award.objects.create(fund=found, **given).pk


def _enclosed(county: County, body: Body, of: Expression, word: str) -> int:
    """A paper that comes with what a council asks: its name and its content."""
    content = f"%PDF-1.7 {word}".encode()
    ready = documents.made(content=content, media_type="application/pdf", name=f"{word}.pdf")
    given = {"by": office_of(county, body).actor, "today": localdate()}
    file = documents.keep(ready=ready, kept_for=of.subject, **given)
    return Enclosure.objects.create(expression=of, file=file, kind="other").pk


def _expression(county: County, body: Body | None, word: str, **facts: object) -> Expression:
    said = {"kind": "council", "who": word, "contact_name": word, "what": word, "by_whom": word}
    return Expression.objects.create(
        asked_of=county.cast.county_council,
        body=body,
        round=_judged(county),
        contact_email="clerk@example.org",
        begun_at=timezone.now(),
        **said,
        **facts,
    )


def _judged(county: County) -> Round:
    """A round with one criterion, and somebody besides Ada who may answer."""
    of, today = county.cast.county_council, localdate()
    days = {"answer_by": today + A_YEAR, "starts_on": today + 2 * A_YEAR}
    found = Round.objects.filter(title="Judged").first()
    if found is None:
        holder = Person.objects.create_user("nia@example.org", "Nia")
        county.cast.office(holder, of, "officer")
        state = {"status": "closed", "opened_at": timezone.now(), "criteria": "It is safe"}
        found = Round.objects.create(body=of, title="Judged", **days, **state)
    return found


def asked_plan(county: County, body: Body, word: str) -> int:
    """A plan that the county has asked for, from figures that somebody entered."""
    found = AskedPlan.objects.filter(input_hash=word).first() or AskedPlan.objects.create(
        county=county.cast.county,
        body=county.cast.county_council,
        asked_by_key="ada",
        asked_by_shown_as=word,
        asked_at=timezone.now(),
        input_hash=word,
        **_question(county),
        figures=[_figure(county, word)],
    )
    return found.pk


def _question(county: County) -> dict[str, object]:
    asks = Question(register_facts(county.cast.county, localdate()), Wishes(("DPS01",), "quick"))
    return {"question": asks.plain(), "wishes": asks.plain()["wishes"]}


def _figure(county: County, word: str) -> dict[str, object]:
    told = {"place": county.cast.coldbrook.key, "name": "Coldbrook", "service": "DPS01"}
    sure = {"is_estimate": False, "is_disputed": False, "confidence": "A", "source": word}
    entered = {"entered_by": word, "recorded_on": "2026-11-20"}
    return told | {"amount_milli": 1_000, "unit": "m2"} | sure | entered


def _settlement(found: Cluster, held: Membership, word: str) -> None:
    """How a cluster would be dissolved."""
    made = Settlement.objects.create(
        cluster=found,
        number=1,
        last_on=localdate() + A_YEAR,
        says=word,
        paid_out_pence=0,
        paid_in_pence=0,
        made_at=timezone.now(),
        made_by="Ada",
    )
    Portion.objects.create(settlement=made, membership=held, balance_pence=0, assets=word)
    Settlement.objects.filter(pk=made.pk).update(hash=digest(made.facts()))


def _asked_by_link(county: County, body: Body, word: str) -> None:
    """Another cluster, which a council is asked to join by a link."""
    key = county.planted["cluster-link", body.key] = f"cluster-of-{body.key}"
    made = Cluster.objects.create(
        key=f"asking-{body.key}",
        name="Asking a council",
        status="forming",
        proposed_by=county.cast.county_council,
        starts_on=localdate() + A_YEAR,
        whole_pence=100,
        whole_source=word,
    )
    Role.objects.create(cluster=made)
    Scope.objects.create(cluster=made, service=county.cast.service("DPS01"))
    alone = {"alone_pence": 200, "alone_source": word}
    now = timezone.now()
    held = Membership.objects.create(cluster=made, body=body, invited_at=now, **alone)
    ClusterLink.objects.create(membership=held, number=1, token_hash=hash_of(key), sent_at=now)


def agreement(county: County, body: Body, word: str) -> int:
    """An agreement of the county with a body, sent and signed by nobody, with a paper of it."""
    now, today = timezone.now(), localdate()
    giver = county.cast.county_council
    made = Agreement.objects.create(
        number=f"CO-2027-{body.pk:04d}",
        body=giver,
        title=f"Village grass {word}",
        power="contract",
        clauses={"payee": word},
        starts_on=today + A_YEAR,
        ends_on=today + A_YEAR,
    )
    Party.objects.create(agreement=made, body=giver, is_giver=True)
    party = made.parties.get()
    if body != giver:
        party = Party.objects.create(agreement=made, body=body)
    line = Line.objects.create(
        agreement=made,
        service=county.cast.service("DPS01"),
        area=county.cast.coldbrook,
        lead=party,
        standard=word,
        starts_on=made.starts_on,
        ends_on=made.ends_on,
    )
    parties, lines = agreements.parties_of(made), agreements.lines_of(made)
    reliance = agreements.reliance_of(made, parties, lines)
    assert reliance
    kept = frozen(facts_of(made, parties, lines, reliance, number=1))
    version = Version.objects.create(
        agreement=made,
        number=1,
        facts_json=kept.content.decode(),
        hash=kept.digest,
        sent_at=now,
        sent_by="Ada",
        last_on=made.ends_on,
    )
    held = office_of(county, body)
    ready = documents.made(
        content=f"%PDF-1.7 signed {word}".encode(), media_type="application/pdf", name="signed.pdf"
    )
    file = documents.keep(
        ready=ready, kept_for=made.subject, body_key=giver.key, by=held.actor, today=today
    )
    signed = Signature.objects.create(
        version=version,
        party=party.key,
        way="paper",
        hash=kept.digest,
        office=held,
        reference=word,
        decided_on=today,
        added_at=now,
        file=file,
    )
    confirmed = AgreementConfirmation.objects.create(
        agreement=made,
        power=made.power,
        warning="in-force",
        says=word,
        given_on=today,
        recorded_by="Ada",
        recorded_at=now,
    )
    planted = {"party": party, "line": line, "paper": signed, "confirmation": confirmed}
    for kind, row in planted.items():
        county.planted[f"agreement-{kind}", body.key] = row.pk
    return made.pk


def cluster(county: County, body: Body, word: str) -> int:
    """A cluster that forms, with one member, its costs and its terms."""
    now, today = timezone.now(), localdate()
    found = Cluster.objects.create(
        key=f"around-{body.key}",
        name="Around a council",
        status="forming",
        proposed_by=county.cast.county_council,
        starts_on=today + A_YEAR,
        whole_pence=100,
        whole_source=word,
    )
    grass = county.cast.service("DPS01")
    meant = {"intended": "local", "intended_why": word}
    scope = Scope.objects.create(cluster=found, service=grass, **meant)
    told = {"model": "local", "aspect": "jobs", "says": word, "said_by": word}
    Stated.objects.create(scope=scope, said_on=today, **told)
    Role.objects.create(cluster=found)
    role = Role.objects.create(cluster=found, service=grass)
    decided = Decision.objects.create(
        body=body,
        kind="minute",
        title="To join",
        status="decided",
        outcome="agreed",
        reference="Join",
        stated_on=today,
        received_at=now,
    )
    held = Membership.objects.create(
        cluster=found,
        body=body,
        invited_at=now,
        answer="agreed",
        answered_at=now,
        decision=decided,
        starts_on=today,
        reason=word,
        alone_pence=200,
        alone_source=word,
    )
    _asked_by_link(county, body, word)
    who = {"recorded_by_key": "person-1", "recorded_by_shown_as": word, "recorded_at": now}
    asked = {"power": "LGA1972-s101", "warning": "the-meeting-is-no-authority", "says": word}
    read = {"given_on": today, "reference": word, "note": word, "taker": body.key}
    confirmed = ClusterConfirmation.objects.create(cluster=found, **asked, **read, **who)
    county.planted["cluster-confirmation", body.key] = confirmed.pk
    draft = Draft(rule="equal", season_starts_on=today, season_ends_on=today + A_YEAR, says=word)
    terms.draw_up(cluster=found, draft=draft, by=county.cast.by, now=now)
    Role.objects.filter(pk=role.pk).update(meant_for=body)
    said = {"name": word, "way": "lend", "on_terms": word, "offered_at": now}
    lent = Resource.objects.create(cluster=found, membership=held, **said)
    county.planted["resource", body.key] = lent.pk
    _settlement(found, held, word)
    agreed = Terms.objects.get(cluster=found)
    owing = {"unpaid_pence": 1, "counted_pence": 1, "due_on": today, "reference": word}
    noted = {"recorded_at": now, "recorded_by": "Ada", "terms": agreed}
    default = Default.objects.create(cluster=found, membership=held, **owing, **noted)
    Owed.objects.create(default=default, membership=held, pence=1)
    county.planted["default", body.key] = default.pk
    vote = {"held_on": today, "question": word, "cast": {body.key: "for"}, "terms_number": 1}
    count = {"present": 1, "votes_for": 1, "votes_against": 0, "quorum": 1, "is_carried": True}
    Meeting.objects.create(cluster=found, recorded_at=now, recorded_by="Ada", **vote, **count)
    county.planted["cluster", body.key] = found.key
    county.planted["role", body.key] = role.pk
    return held.pk


def going_alone(county: County, body: Body, word: str) -> int:
    """What a council would deliver alone, and how the county found it."""
    now = timezone.now()
    found = GoingAlone.objects.create(
        body=body,
        starts_on=localdate() + A_YEAR,
        says=word,
        status="assessed",
        asked_at=now - timedelta(days=40),
        # Long enough ago that a decision waits for no answer.
        assessed_at=now - timedelta(days=30),
    )
    said = {"says": word, "given_at": now - timedelta(days=35)}
    Answer.objects.create(going=found, assessed_at=now - timedelta(days=36), **said)
    found.services.add(county.cast.service("DPS01"))
    said = {"going": found, "step": "partly", "says": word, "evidence": word}
    Finding.objects.bulk_create(Finding(factor=each.key, **said) for each in FACTORS)
    return found.pk


def upload(county: County, body: Body, word: str) -> int:
    """A table that waits to be decided on, and in it an address; a public contact beside it."""
    county.planted["listed", body.key] = councils.add_contact(
        body=body,
        kind="phone",
        value=f"01865 {body.pk:06}",
        by=office_of(county, body).actor,
        today=localdate(),
    ).pk
    content = f"kind,value\nE-mail,{word}@example.org\n".encode()
    kind = kinds()["contacts"]
    sent = Sent(f"{word}.csv", content, imports.sheet_of(content, kind))
    by = office_of(county, body).actor
    return receive(kind=kind, sent=sent, by=by, body_key=body.key).pk


def letter(county: County, body: Body, word: str) -> int:
    """A letter that was set aside, and the key that stops such letters."""
    to = clerk_of(county, body)
    county.planted["stop", body.key] = letters.stop_token(to.key, telling.OFFICES.key)
    told = notices.tell(
        to=telling.Recipient(to.key, f"{word}@example.org", word),
        topic=telling.OFFICES,
        says=telling.Says(word, word),
        why=word,
        by=county.cast.by,
        today=localdate(),
        reply_to="",
    )
    assert told
    Notice.objects.filter(pk=told.pk).update(status=Notice.Status.QUARANTINED, tries=5)
    county.planted["jobs", body.key] = _job(word)
    _feed(county, body)
    return told.pk


def _job(word: str) -> UUID:
    """A job that was set aside, and what it was given."""
    now = timezone.now()
    job = DBTaskResult.objects.create(
        status="FAILED",
        finished_at=now,
        run_after=now,
        task_path="tests.work.poison.fail",
        args_kwargs={"args": [word], "kwargs": {}},
        worker_ids=["w"] * 5,
        backend_name="default",
        exception_class_path="builtins.ValueError",
        traceback=f"File {word}\nValueError: no",
    )
    return job.pk  # type: ignore[no-any-return]


def _feed(county: County, body: Body) -> None:
    """The clerk's own calendar address."""
    office, key = office_of(county, body), clerk_of(county, body).key
    followed = Followed(office.subject.key, str(office))
    said = {"key": key, "followed": followed, "by": office.actor, "today": localdate()}
    county.planted["calendar", body.key] = notices.make_feed(**said)
    county.planted["feed", body.key] = FeedToken.objects.get(key=key).pk


def view(county: County, body: Body, word: str) -> int:
    """A filter that the clerk keeps under a name."""
    key = clerk_of(county, body).key
    return tables.save_view(name=word, path="/services/", query="name=grass", person_key=key).pk


def draft(county: County, body: Body, word: str) -> int:
    """What the clerk has typed into a form and not sent."""
    kept = forms.save_draft(
        who=clerk_of(county, body).key,
        body=body.key,
        form="soak",
        about="",
        fields={"reason": [word]},
        now=timezone.now(),
        called=word,
        back="/soak/",
    )
    return kept.pk
