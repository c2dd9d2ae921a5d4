"""The pack of one council as a paper, to print, to circulate and to take to the meeting. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date

from waywarden.county.decisions.relying import Found
from waywarden.devolution.offers.policies import named
from waywarden.devolution.offers.queries import Pack
from waywarden.devolution.offers.readiness import Question
from waywarden.devolution.offers.wording import Wording
from waywarden.fabric.common.wording import day, pounds, whole_pounds
from waywarden.fabric.documents.content import (
    Heading,
    Listed,
    Note,
    Paper,
    Paragraph,
    Part,
    Table,
)
from waywarden.rules.four_numbers import FourNumbers

AUTHOR = "waywarden"
UNKNOWN = "Not known"


def pack_paper(pack: Pack, wording: Wording, questions: Sequence[Question], *, on: date) -> Paper:
    """Write what an offer means for one council as a paper of a day."""
    offer = pack.offer
    return Paper(
        title=f"{offer.round}: offer to {offer.body}",
        author=AUTHOR,
        about=f"What {offer.round.body} offers {offer.body}, as of {day(on)}",
        made_on=on,
        parts=tuple(_parts(pack, wording, questions, on)),
    )


def _parts(pack: Pack, wording: Wording, questions: Sequence[Question], on: date) -> Iterator[Part]:
    of = pack.offer.round
    yield Paragraph(
        f"{of.body} offers {pack.offer.body} to look after the services below from "
        f"{day(of.starts_on)} for {of.years} {'year' if of.years == 1 else 'years'}. Please "
        f"answer by {day(of.answer_by)}. It is all right to say no."
    )
    yield from (
        Paragraph(text) for text in (of.says, pack.costs.cluster if pack.costs else "") if text
    )
    yield from meeting(pack, on=on)
    yield Heading("What it means for you")
    yield _numbers(pack)
    yield Note(f"All sums are for a year.{_how_sure(pack)}")
    yield Heading("Quantities, and what the county pays")
    yield _quantities(pack)
    yield from _standards(pack)
    yield Heading("Are you ready?")
    yield Listed(tuple(_question(question) for question in questions))
    yield Heading("Wording for your meeting")
    for name, text in (
        (wording.item, wording.agenda),
        ("Draft resolution", wording.resolution),
        ("Budget line", wording.budget),
    ):
        yield Paragraph(f"{name}: {' '.join(text.split())}")
    yield from _power(pack)


def _power(pack: Pack) -> Iterator[Part]:
    """Say by which power it is, in its sentence, and what was not confirmed of it."""
    if pack.reliance is None:
        return
    found, power, giver = pack.reliance, pack.reliance.power, pack.offer.round.body
    note = f" Its law is {power.law.note}." if power.law and power.law.note else ""
    yield Heading("By which power")
    yield Paragraph(f"{named(power)}. {power.explains}{note}")
    yield from _said("The law, as read, refuses it:", found.refusals)
    yield from _said("Not recorded here:", found.unknown)
    yield from _said(f"Not confirmed yet by the monitoring officer of {giver}:", found.warnings)
    if found.is_all_confirmed:
        by = ", as another officer noted" if found.is_noted else ""
        yield Note(
            f"The monitoring officer of {giver} has confirmed that the offer may rest on it{by}."
        )


def _said(lead: str, found: Sequence[Found]) -> Iterator[Part]:
    if found:
        yield Note(lead)
        yield Listed(tuple(each.asks for each in found))


def meeting(pack: Pack, *, on: date) -> Iterator[Part]:
    """Say when the council meets, by which day its notice is out, and how that day is counted."""
    notice = pack.notice(on)
    if notice is None:
        return
    if notice.has_met:
        yield Paragraph(notice.meeting)
        return
    yield Paragraph(" ".join(filter(None, (notice.meeting, notice.out_by, notice.why))))
    yield Note(f"{notice.safe} {notice.agreement}")
    yield Listed(tuple(way.whole for way in notice.ways))
    yield from (Note(warning) for warning in notice.warnings)


def _numbers(pack: Pack) -> Table:
    ways = [
        ("In the cluster", pack.together),
        ("Alone", pack.alone),
        ("Your own quote", pack.quoted),
    ]
    rows = tuple(_row(name, numbers) for name, numbers in ways if numbers is not None)
    headings = ("Way", "Cost", "County pays", "Gap to find", "Band D home")
    return Table("Cost, payment, gap and Band D", headings, rows, frozenset({1, 2, 3, 4}))


def _row(name: str, numbers: FourNumbers) -> tuple[str, ...]:
    sums = (numbers.cost, numbers.county_pays, numbers.gap)
    band_d = UNKNOWN if numbers.band_d is None else pounds(numbers.band_d)
    return (name, *(UNKNOWN if pence is None else whole_pounds(pence) for pence in sums), band_d)


def _how_sure(pack: Pack) -> str:
    if not pack.is_estimated:
        return ""
    return " They are estimates (C) until the quantities are agreed."


def _quantities(pack: Pack) -> Table:
    rows = tuple(
        (
            f"{entry.offered.service.name}, {entry.area.name}",
            entry.quantity,
            entry.sureness or UNKNOWN,
            UNKNOWN if entry.pays is None else pounds(entry.pays),
        )
        for entry in pack.lines
    )
    headings = ("Service", "How much", "How sure", "County pays")
    return Table("Your quantities", headings, rows, frozenset({1, 3}))


def _standards(pack: Pack) -> Iterator[Part]:
    said = {entry.offered.service.name: entry.offered.standard for entry in pack.lines}
    asked = tuple(f"{name}: {standard}" for name, standard in said.items() if standard)
    if asked:
        yield Heading("The standards asked for")
        yield Listed(asked)


def _question(question: Question) -> str:
    if question.is_settled:
        return f"{question.asks}: yes."
    return f"{question.asks}: not yet. {question.advice}"
