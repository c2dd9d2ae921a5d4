"""What stands in the way of opening a round, writing to a council and taking its answer."""

from collections.abc import Sequence
from datetime import date

from django.utils.timezone import localtime

from waywarden.county.decisions.relying import Found, Reliance
from waywarden.county.places.models import Area
from waywarden.devolution.offers.models import Offer, OfferedService, Round
from waywarden.devolution.offers.pins import FARTHEST_METRES, Lies
from waywarden.fabric.common.wording import day
from waywarden.rules.powers import Power
from waywarden.rules.timetable import deadlines

#: The fewest days in which a council can be asked to answer: a month between two meetings, and
#: the notice of the second.
FEWEST_DAYS = 42
#: So many letters are enough for a council that says nothing.
MOST_LETTERS = 4
OPENED = "It was opened: what councils were offered stays as it was."


def obstacles_to_writing_on(of: Round) -> list[str]:
    """List what keeps a round from being changed: councils were offered what it says."""
    if of.is_draft:
        return []
    return [OPENED]


def obstacles_to_opening(
    of: Round, services: Sequence[OfferedService], *, today: date
) -> list[str]:
    """List what keeps a round from being opened to councils."""
    obstacles = []
    if not services:
        obstacles.append("Add a service to offer, with what the county pays for it.")
    if of.answer_by <= today:
        obstacles.append(f"Answers are due on {day(of.answer_by)}: choose a day to come.")
    return obstacles


def obstacles_to_relying(reliance: Reliance, of: Round | None = None) -> list[str]:
    """List why the law, as read in its source, refuses a power, and what can be used instead."""
    obstacles = [_with_its_law(found) for found in reliance.refusals]
    names = " or ".join(named(power) for power in reliance.instead)
    if obstacles and of and not of.is_draft:
        obstacles.append(f"{OPENED} {_begin_another(of, names)}")
    elif obstacles and names:
        obstacles.append(f"Choose instead: {names}.")
    return obstacles


def warnings_of_power(of: Round, reliance: Reliance) -> list[str]:
    """List what whoever runs an open round must know once the law refuses its power."""
    return obstacles_to_relying(reliance, of) if of.is_open else []


def _begin_another(of: Round, names: str) -> str:
    this = "Withdraw this one" if of.is_open else "Leave this one closed"
    which = f": {names}" if names else ""
    return f"{this}, and begin another offer by a power that is open{which}."


def _with_its_law(found: Found) -> str:
    law = found.finding.law
    return f"{found.says} ({law.name}.)" if law else found.says


def named(power: Power) -> str:
    """Name a power with the section it rests on."""
    return f"{power.name} ({power.law.name})" if power.law else power.name


def obstacles_to_confirming(
    of: Round, chosen: Sequence[Found], given_on: date, *, is_of_services: bool, today: date
) -> list[str]:
    """List what keeps the monitoring officer's confirmation of a power from being recorded."""
    if of.status == Round.Status.WITHDRAWN:
        return ["It was withdrawn: its power needs no confirmation any more."]
    if not is_of_services:
        return ["Add the services first: a confirmation holds for the services it was given for."]
    return obstacles_to_a_confirmation(chosen, given_on, today=today)


def obstacles_to_a_confirmation(
    chosen: Sequence[Found], given_on: date, *, today: date
) -> list[str]:
    """List what keeps a confirmation from being recorded, whatever rests on the power."""
    if not chosen:
        return ["These warnings do not stand any more: they were confirmed, or fell away."]
    if given_on > today:
        return [f"A confirmation cannot be dated {day(given_on)}, which is still to come."]
    return []


def warnings_of_time(of: Round, *, today: date) -> list[str]:
    """List what is tight in a round's days, which nobody is stopped by."""
    found = []
    if (of.answer_by - today).days < FEWEST_DAYS:
        found.append(
            f"Councils have {(of.answer_by - today).days} days to answer. Many meet every two "
            f"months: give them {FEWEST_DAYS} at least."
        )
    late = [step for step in deadlines(of.starts_on) if step.on < today]
    if late:
        found.append(
            f"For a start on {day(of.starts_on)} the last safe day of “{late[-1].step}” was "
            f"{day(late[-1].on)}."
        )
    return found


def obstacles_to_bundling(of: Round) -> list[str]:
    """List what keeps the packs of a round from being put into one file."""
    if of.opened_at is None:
        return ["It was never opened: no council has a pack yet."]
    return []


def obstacles_to_a_letter(offer: Offer, *, today: date) -> list[str]:
    """List what keeps a letter that asks a council to answer from going with its pack on paper."""
    of = offer.round
    if not of.is_open:
        return [f"The round is {of.get_status_display().lower()}."]
    if offer.answer == Offer.Answer.DECLINED:
        return [f"{offer.body} has said no: it is not asked again."]
    if offer.answer == Offer.Answer.AGREED and not offer.has_lost_its_minute:
        return [f"{offer.body} has agreed already."]
    if of.answer_by < today:
        return [f"Answers were due on {day(of.answer_by)}."]
    return []


def obstacles_to_writing(offer: Offer, *, address: str, today: date) -> list[str]:
    """List what keeps a letter with a link from being sent to a council."""
    if not offer.round.is_open:
        return ["The round is not open."]
    if offer.answer == Offer.Answer.DECLINED:
        return [f"{offer.body} has said no: it is not asked again."]
    if not address:
        return [f"No e-mail address of {offer.body} is known. Add one to its contacts."]
    if offer.round.answer_by < today:
        return [f"Answers were due on {day(offer.round.answer_by)}."]
    # Who lost its link by no doing of its own gets another, however many letters it has had.
    return [] if offer.is_link_ended else _obstacles_to_writing_again(offer, today=today)


def _obstacles_to_writing_again(offer: Offer, *, today: date) -> list[str]:
    if offer.answer == Offer.Answer.AGREED and not offer.has_lost_its_minute:
        return [f"{offer.body} has agreed already."]
    if offer.sent_at and localtime(offer.sent_at).date() == today:
        return [f"A letter to {offer.body} went out today already."]
    if offer.letters >= MOST_LETTERS:
        return [f"{offer.body} has had {offer.letters} letters. Telephone instead."]
    return []


def obstacles_to_ending_link(offer: Offer, *, today: date) -> list[str]:
    """List what keeps the link of a council's letter from being ended."""
    if not offer.token_hash:
        return [f"No link was sent to {offer.body}."]
    if offer.is_link_ended:
        return [f"The link of {offer.body} was ended already."]
    if not offer.link_works(today):
        return [f"The link of {offer.body} works no more."]
    return []


def obstacles_to_having_called(offer: Offer, *, on: date, today: date) -> list[str]:
    """List what keeps a call that was asked for from being ticked off as made on a day."""
    if not offer.call_back or offer.call_back_at is None:
        return [f"Nobody of {offer.body} waits for a call."]
    asked_on = localtime(offer.call_back_at).date()
    if on > today:
        return [f"{day(on)} is still to come: enter the day you called."]
    if on < asked_on:
        return [f"The call was asked for on {day(asked_on)}: enter that day, or a later one."]
    return []


def obstacles_to_a_pin(where: Lies, area: Area) -> list[str]:
    """List what keeps a pin from standing for a place of a dispute: it is somewhere else."""
    if where.is_in_county is False:
        return [
            f"The place you point at is not in {area.county}. Look at the letters and digits again."
        ]
    return []


def warnings_of_a_pin(where: Lies, area: Area) -> list[str]:
    """List what is odd about a pin, which nobody is stopped by."""
    if where.metres_off is None or where.metres_off <= FARTHEST_METRES:
        return []
    away = f"{where.metres_off / 1000:.1f} kilometres"
    return [
        f"The place you point at is about {away} outside {area}, as its boundary is held here. "
        "Send it again if that is a mistake."
    ]


def obstacles_to_answering(
    offer: Offer, *, today: date, is_noted_by_giver: bool = False
) -> list[str]:
    """List what keeps a council's answer from being taken; who offers may note a late one."""
    if not offer.round.is_open:
        return ["The round is not open for answers any more. Write to the council that offers."]
    if today > offer.round.answer_by and not is_noted_by_giver:
        return [
            f"Answers were due on {day(offer.round.answer_by)}. Write to {offer.round.body}: it "
            "may still take yours."
        ]
    return []
