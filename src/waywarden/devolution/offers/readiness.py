"""Whether a council is ready to take an offer on: what is settled, and what to do about the rest.

The questions are those that councils in Buckinghamshire named as what success needs: a
service that is clearly defined, no cost that nobody pays for, somebody who answers, and a
council that knows what it takes on. Pure: what is known is handed in.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from waywarden.devolution.offers.queries import Pack


@dataclass(frozen=True)
class Question:
    """One thing that ought to be settled: in words, whether it is, and what to do if not."""

    asks: str
    is_settled: bool
    advice: str = ""


def questions_of(pack: Pack, *, contact: str) -> list[Question]:
    """List what ought to be settled; ``contact`` is where whoever offers can be reached."""
    return [*_of_the_offer(pack, contact), *_of_the_council(pack)]


def _of_the_offer(pack: Pack, contact: str) -> Iterator[Question]:
    giver = pack.offer.round.body.name
    undefined = [entry.offered.service.name for entry in pack.lines if not entry.offered.standard]
    yield Question(
        "The standard of every service is written down",
        bool(pack.lines) and not undefined,
        f"Ask {giver} for the standard of: {', '.join(dict.fromkeys(undefined))}.",
    )
    yield Question(
        "Somebody answers questions",
        bool(contact),
        f"{giver} lists no e-mail address. Ask for a call back.",
    )
    estimated = [entry for entry in pack.lines if entry.held and entry.held.is_estimate]
    open_ones = [*pack.disputed, *estimated]
    unsettled = [*pack.missing, *(entry.offered.service.name for entry in open_ones)]
    yield Question(
        "The quantities are agreed",
        bool(pack.lines) and not unsettled,
        f"Not agreed yet: {', '.join(dict.fromkeys(unsettled))}.",
    )


def _of_the_council(pack: Pack) -> Iterator[Question]:
    offer, numbers = pack.offer, pack.quoted or pack.best
    yield Question(
        "What it costs, and what you must find, is known",
        numbers.gap is not None,
        "Get a quote, and enter it here.",
    )
    yield Question(
        "What it means for a Band D home is known",
        numbers.band_d is not None,
        "Enter your tax base.",
    )
    yield Question(
        "The day of the meeting that decides is known",
        offer.meeting_on is not None or offer.decision is not None,
        "Enter your next meeting.",
    )
    has_resolved = offer.decision is not None and not offer.has_lost_its_minute
    yield Question("The council has resolved", has_resolved, "Take the wording to the meeting.")
