"""A version that was sent, as a paper to print and sign by hand: from its facts alone. Pure."""

from collections.abc import Iterator

from waywarden.arrangements.agreements.facts import line_words, share_words
from waywarden.arrangements.agreements.models import Version
from waywarden.fabric.documents.content import (
    Heading,
    Listed,
    Note,
    Paper,
    Paragraph,
    Part,
    Table,
)

AUTHOR = "waywarden"


def paper_of(version: Version) -> Paper:
    """Write a version as a paper, which bears the hash of what it says."""
    return Paper(
        title=f"{version}: {version.title}",
        author=AUTHOR,
        about=f"SHA-256 {version.hash}",
        made_on=version.sent_on,
        parts=tuple(_parts(version)),
    )


def _parts(version: Version) -> Iterator[Part]:
    facts = version.facts
    yield Note(f"Hash of all of it (SHA-256): {version.hash}")
    yield Table(
        "Parties",
        ("Party", "What it is", "Pays in a year"),
        tuple(_parties(version)),
        frozenset({2}),
    )
    yield Heading("What is handed over")
    rows = tuple((each["service"], each["area"], line_words(each)) for each in facts["schedules"])
    yield Table("Services", ("Service", "Where", "How much, by whom and when"), rows)
    yield from _power(version)
    for clause in facts["terms"]["clauses"]:
        yield Heading(f"{clause['number']}. {clause['heading']}")
        yield Paragraph(clause["says"])
        yield Listed(tuple(f"{row['label']}: {row['says']}" for row in clause["rows"]))
    yield Heading("Signed for the parties")
    names = tuple(version.party_names.values())
    lines = tuple((name, "", "", "") for name in names)
    yield Table("Signatures", ("For", "Name and office", "Signature or seal", "Day"), lines)


def _parties(version: Version) -> Iterator[tuple[str, str, str]]:
    pays = {each["party"]: share_words(each["pence"]) for each in version.facts["shares"]}
    for each in version.facts["parties"]:
        lead = ", lead of the others" if each["is_lead"] else ""
        gives = ", hands over" if each["is_giver"] else ""
        yield each["name"], f"{each['kind']}{gives}{lead}", pays[each["key"]]


def _power(version: Version) -> Iterator[Part]:
    power = version.facts["power"]
    law = f" ({power['law']})" if power["law"] else ""
    yield Heading("The power")
    yield Paragraph(f"{power['name']}{law}.")
    if power["records"]:
        yield Listed(tuple(f"{each['asks']}: {each['says']}" for each in power["records"]))
    for lead, says in (
        ("Confirmed by the monitoring officer:", power["confirmed"]),
        ("Not confirmed yet by the monitoring officer:", power["not_confirmed"]),
    ):
        if says:
            yield Note(lead)
            yield Listed(tuple(says))
