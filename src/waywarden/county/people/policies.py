"""What stands in the way of changing an office, in words its body's officers can act on."""

from datetime import date, timedelta

from waywarden.county.people.models import Office, Person
from waywarden.fabric.common.subjects import Actor

#: Where the address of somebody erased leads: nowhere, by RFC 2606.
NOWHERE = "erased.invalid"
#: A council's term and a little more. Nobody is given an office, or more of one, for longer.
LONGEST = timedelta(days=5 * 366)
#: How far ahead whoever holds an office may extend it alone: nobody else looks at that.
LONGEST_ALONE = timedelta(days=366)


def obstacles_to_holding(*, starts_on: date, ends_on: date, today: date) -> list[str]:
    """List what keeps somebody from being given an office between two days."""
    obstacles = []
    if ends_on < today:
        obstacles.append(f"The office would have ended on {ends_on:%-d %B %Y} already.")
    elif ends_on < starts_on:
        obstacles.append(
            f"The office would end on {ends_on:%-d %B %Y}, before it starts on "
            f"{starts_on:%-d %B %Y}."
        )
    if ends_on > today + LONGEST:
        obstacles.append(
            f"Nobody holds an office for ever: choose a last day before "
            f"{today + LONGEST:%-d %B %Y}. You can extend it then."
        )
    return obstacles


def told_of_the_same(office: Office, *, today: date) -> str:
    """Say why an office is not given a second time from the same day on."""
    _, ends_on = _days(office)
    if ends_on < today:
        return (
            f"{office.person} was {office.title} of {office.body} from that day until "
            f"{ends_on:%-d %B %Y}. Choose a later first day."
        )
    return f"{office.person} is {office.title} of {office.body} from that day already."


def obstacles_to_ending(office: Office, *, on: date) -> list[str]:
    """List what keeps an office from ending on a day."""
    starts_on, ends_on = _days(office)
    if office.ended_at:
        return [f"The office ended on {ends_on:%-d %B %Y} already."]
    if on < starts_on:
        return [f"The office starts on {starts_on:%-d %B %Y}: it cannot end before that."]
    if on > ends_on:
        return [
            f"The office ends on {ends_on:%-d %B %Y} already. Extend it if it is to go on longer."
        ]
    return []


def obstacles_to_ending_at_once(office: Office, *, today: date) -> list[str]:
    """List what keeps an office from ending this moment."""
    _, ends_on = _days(office)
    if office.ended_at or ends_on < today:
        return [f"The office ended on {ends_on:%-d %B %Y} already."]
    return []


def obstacles_to_extending(office: Office, *, until: date, by: Actor, today: date) -> list[str]:
    """List what keeps an office from going on until a later day."""
    _, ends_on = _days(office)
    if office.ended_at or ends_on < today:
        return [f"The office ended on {ends_on:%-d %B %Y}. Give it anew if it is to go on."]
    if until <= ends_on:
        return [f"The office goes on until {ends_on:%-d %B %Y} anyway: choose a later day."]
    if until > today + LONGEST:
        return [f"Choose a day before {today + LONGEST:%-d %B %Y}. You can extend it again then."]
    if by.key == office.person.key and until > today + LONGEST_ALONE:
        return [
            f"You may extend your own office until {today + LONGEST_ALONE:%-d %B %Y}. Somebody "
            "else who gives offices in your council may extend it further."
        ]
    return []


def _days(office: Office) -> tuple[date, date]:
    """Give an office's first and last day; the database holds that every office has both."""
    return office.starts_on or date.min, office.ends_on or date.max


def obstacles_to_erasing(person: Person, *, today: date, reason: str) -> list[str]:
    """List what keeps somebody from being erased, in words an operator can act on."""
    obstacles = []
    if person.email.endswith(NOWHERE):
        obstacles.append("They are erased already.")
    open_ones = Office.objects.held_by(person).filter(ends_on__gte=today, ended_at=None)
    obstacles += [
        f"They are {office}: end or hand over that office first."
        for office in open_ones.select_related("body").order_by("pk")
    ]
    if not reason.strip():
        obstacles.append("Say why, such as: asked to be forgotten on 1 April.")
    return obstacles
