"""What tests say of agreements: one drafted, sent, decided on, signed by all and in force."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.cast import ADA, Cast
from waywarden.arrangements.agreements import actions, queries, signing_actions
from waywarden.arrangements.agreements.actions import Handing, Joining, Outline
from waywarden.arrangements.agreements.models import Agreement, Party, Signature, Version
from waywarden.arrangements.agreements.signing_actions import Word
from waywarden.county.councils.models import Body
from waywarden.county.decisions import actions as decisions
from waywarden.county.decisions.models import Decision
from waywarden.county.decisions.policies import Taken
from waywarden.county.people.models import Office
from waywarden.fabric.documents import actions as documents

NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
TODAY = NOW.date()
FIRST, LAST = date(2027, 4, 1), date(2030, 3, 31)
OUTLINE = Outline(title="Village grass", starts_on=FIRST, ends_on=LAST, notice_months=6)
GRASS, POWER = "DPS01", "LGA2000-s9EA"


def drafted(cast: Cast, **facts: Any) -> Agreement:
    """Let the county draft an agreement."""
    given = {"body": cast.county_council, "outline": OUTLINE, "by": ADA, "now": NOW} | facts
    return actions.draft(**given)


def joins(agreement: Agreement, body: Body | None = None, **facts: Any) -> Party:
    """Add a party to the draft."""
    joining, version = Joining(body=body, **facts), agreement.version
    return actions.add_party(agreement=agreement, version=version, joining=joining, by=ADA)


def hands(cast: Cast, agreement: Agreement, lead: Party, **facts: Any) -> Any:
    """Hand over the cutting of grass in Coldbrook."""
    given = {
        "service": cast.service(GRASS),
        "area": cast.coldbrook,
        "lead": lead,
        "starts_on": FIRST,
        "ends_on": LAST,
        "quantity_milli": 4_000_000,
    }
    handing, version = Handing(**given | facts), agreement.version
    return actions.add_line(agreement=agreement, version=version, handing=handing, by=ADA)


def rests(agreement: Agreement, power: str = POWER, **records: str) -> None:
    """Choose the power."""
    given = {"power": power, "records": records, "version": agreement.version}
    actions.choose_power(agreement=agreement, by=ADA, **given)


def ready(cast: Cast, **facts: Any) -> Agreement:
    """Give a draft with Coldbrook that can be sent."""
    made = drafted(cast, **facts)
    hands(cast, made, joins(made, cast.coldbrook_council, is_lead=True, share_pence=1_200_00))
    rests(made)
    return made


def sent(agreement: Agreement, now: datetime = NOW) -> Version:
    """Send the draft to be signed."""
    given = {"version": agreement.version, "by": ADA, "now": now}
    return signing_actions.send(agreement=agreement, **given)


def decided(body: Body, reference: str = "12.3", **facts: Any) -> Decision:
    """Let a body decide: the county by its executive, long before."""
    is_county = body.kind == Body.Kind.COUNTY
    number = Agreement.objects.latest("pk").number
    title = facts.pop("title", f"To agree {number} and later versions")
    said = {"outcome": "agreed", "reference": reference, "stated_on": date(2027, 1, 4)}
    return decisions.record(
        body=body,
        kind=facts.pop("kind", "executive" if is_county else "minute"),
        title=title,
        taken=Taken(**said | facts),
        by=ADA,
        now=NOW,
    )


def chief(cast: Cast) -> Office:
    """Give the office that signs for the county."""
    held = Office.objects.filter(body=cast.county_council, kind="chief-executive").first()
    return held or cast.office(cast.dot, cast.county_council, "chief-executive")


def clerk(cast: Cast) -> Office:
    """Give the office that signs for Coldbrook."""
    held = Office.objects.filter(body=cast.coldbrook_council, kind="clerk").first()
    return held or cast.at_coldbrook


def signs(version: Version, office: Office, **facts: Any) -> Signature:
    """Sign for the party of an office, by a decision of it."""
    given = {"shown": version.hash, "now": NOW} | facts
    word = given.pop("word", None) or Word(decision=decided(office.body))
    return signing_actions.sign(version=version, word=word, by=office, **given)


def executed(cast: Cast) -> Version:
    """Give a version that both have signed."""
    version = sent(ready(cast))
    signs(version, chief(cast))
    signs(version, clerk(cast))
    version.refresh_from_db()
    return version


def in_force(cast: Cast, on: date = FIRST) -> Version:
    """Bring it into force."""
    version = executed(cast)
    signing_actions.start(version=version, is_ready=True, by=ADA, today=on)
    version.refresh_from_db()
    return version


def scan(text: bytes = b"signed by hand") -> documents.Ready:
    """Give a scan that was received."""
    return documents.received(content=text, name="signed.txt")


def read_again(version: Version) -> Version:
    """Read a version anew."""
    found = queries.version_numbered(version.agreement, version.number)
    assert found
    return found


def later(days: int) -> datetime:
    """Give a moment some days after the others."""
    return NOW + timedelta(days=days)


def starts(version: Version, on: date = FIRST, is_ready: bool = True) -> None:
    """Bring a version into force."""
    signing_actions.start(version=version, is_ready=is_ready, by=ADA, today=on)
