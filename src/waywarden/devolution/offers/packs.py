"""What each council of a round is given on paper: its pack, and the letter that goes with it."""

from collections.abc import Iterator
from datetime import date

from django.utils.timezone import localtime

from waywarden.devolution.offers import papers
from waywarden.devolution.offers.queries import Pack, services_of
from waywarden.devolution.offers.readiness import questions_of
from waywarden.devolution.offers.wording import MANNERS, Meant, Wording, wording_of
from waywarden.fabric.common.wording import day, whole_pounds
from waywarden.fabric.documents.content import Listed, Note, Paper, Paragraph, Part
from waywarden.rules.powers.table import POWERS


def paper_of(pack: Pack, *, contact: str, on: date) -> Paper:
    """Return the pack of one council; ``contact`` is where whoever offers can be reached."""
    questions = questions_of(pack, contact=contact)
    return papers.pack_paper(pack, wording_for(pack), questions, on=on)


def wording_for(pack: Pack) -> Wording:
    """Return the wording for a council's meeting."""
    found, of = pack.offer, pack.offer.round
    return wording_of(
        Meant(
            council=found.body.name,
            giver=of.body.name,
            whose=found.whose,
            services=tuple(each.service.name for each in services_of(of)),
            starts_on=of.starts_on,
            years=of.years,
            cluster=pack.costs.cluster if pack.costs else "",
            numbers=pack.best,
            power=POWERS[of.power],
        )
    )


def letter_of(pack: Pack, *, contact: str, on: date) -> Paper:
    """Return the letter that goes with a council's pack. Its link is never in it."""
    offer = pack.offer
    return Paper(
        title=f"{offer.round}: a letter to {offer.body}",
        author=papers.AUTHOR,
        about=f"What {offer.round.body} offers {offer.body}, as of {day(on)}",
        made_on=on,
        parts=tuple(_letter(pack, contact, on)),
    )


def _letter(pack: Pack, contact: str, on: date) -> Iterator[Part]:
    offer, of = pack.offer, pack.offer.round
    giver, services = of.body, tuple(dict.fromkeys(e.offered.service.name for e in pack.lines))
    yield Paragraph(f"To {offer.body}")
    yield Paragraph(
        f"{giver} offers {offer.body} to look after services in its parish itself, or with "
        f"neighbours, from {day(of.starts_on)} for {of.years} "
        f"{'year' if of.years == 1 else 'years'}:"
    )
    yield Listed(services)
    yield Paragraph(_pays(pack))
    yield Paragraph(
        "The pack that goes with this letter holds your own quantities, what the county pays, what "
        f"it may cost you, and the wording for your meeting. Please answer by {day(of.answer_by)}. "
        "It is all right to say no: you are not asked about this again, and can ask to join later."
    )
    yield Paragraph(_how_to_answer(pack, contact, on))
    yield from papers.meeting(pack, on=on)
    if pack.meets is None and MANNERS[offer.whose].why:
        yield Note(MANNERS[offer.whose].why)


def _pays(pack: Pack) -> str:
    if pack.county_pays is None:
        return "What it would pay cannot be said yet: not every quantity is known."
    sure = " It is an estimate until the quantities are agreed." if pack.is_estimated else ""
    giver, pounds = pack.offer.round.body, whole_pounds(pack.county_pays)
    return f"For all of it {giver} would pay {pounds} a year.{sure}"


def _how_to_answer(pack: Pack, contact: str, on: date) -> str:
    offer = pack.offer
    ask = f"Write to {contact}" if contact else f"Ask {offer.round.body}"
    if offer.sent_at is None:
        return f"No e-mail with a link to your page here was sent to you. {ask} to have one sent."
    sent = f"An e-mail with the link to your page here was sent to you on {_day_sent(pack)}"
    if not offer.link_works(on):
        return f"{sent}. That link works no more. {ask} for a new one."
    return (
        f"{sent}. It needs no account and works until {day(offer.link_ends_on)}. {ask} if you "
        "have any question."
    )


def _day_sent(pack: Pack) -> str:
    sent_at = pack.offer.sent_at
    return day(localtime(sent_at).date()) if sent_at else ""
