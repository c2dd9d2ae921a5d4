"""What stands in the way of sending an expression, answering it and deciding it."""

from collections.abc import Sequence
from datetime import date

from waywarden.devolution.interest.models import Challenge, Expression, Fund
from waywarden.fabric.common.wording import pounds
from waywarden.rules.challenge import GROUNDS

#: So many papers come with one expression.
MOST_ENCLOSURES = 20

Status, Outcome = Expression.Status, Expression.Outcome


def obstacles_to_writing_on(of: Expression) -> list[str]:
    """List what keeps an expression from being changed: what was sent stays as it was."""
    if of.is_begun:
        return []
    if of.status == Status.WITHDRAWN:
        return ["It was taken back. Ask anew whenever you like."]
    return ["It was sent: what it says stays as it was. Tell the co-ordinator what has changed."]


def obstacles_to_enclosing(of: Expression, *, there: int) -> list[str]:
    """List what keeps a paper from being added: a new certificate may come after it was sent."""
    if of.is_over:
        return [f"It is “{of.stage}”. No papers are added any more."]
    if there >= MOST_ENCLOSURES:
        return [f"There are {MOST_ENCLOSURES} papers already: no more can be added."]
    return []


def obstacles_to_sending(
    of: Expression, challenge: Challenge | None, *, services: int, places: int
) -> list[str]:
    """List what is missing before an expression can be sent."""
    obstacles = obstacles_to_writing_on(of)
    if not (of.contact_name and of.contact_email):
        obstacles.append("Give a name and an e-mail address to answer to.")
    if not services:
        obstacles.append("Choose a service.")
    if not places:
        obstacles.append("Name the parish it is about.")
    if not of.what:
        obstacles.append("Say what you would do.")
    if not of.by_whom:
        obstacles.append("Say who would do it.")
    if of.is_challenge and challenge is None:
        obstacles.append("Answer the questions of the Right to Challenge, or take the tick away.")
    return obstacles


def obstacles_to_answering(of: Expression) -> list[str]:
    """List what keeps the county from working on an expression."""
    if of.is_over:
        return [f"It is “{of.stage}”. Nothing more is done with it."]
    return []


def obstacles_to_assessing(of: Expression, criteria: Sequence[str]) -> list[str]:
    """List what keeps an expression from being held against the criteria."""
    obstacles = obstacles_to_answering(of)
    if of.status == Status.DECIDED:
        obstacles.append("It was decided already.")
    if not criteria:
        obstacles.append(
            "No criteria were published for it. Nobody is judged by what they could not read."
        )
    return obstacles


def obstacles_to_deciding(
    of: Expression, *, outcome: str, ground: str, deferred_until: date | None, today: date
) -> list[str]:
    """List what keeps a decision from being given.

    Under the right to challenge the council may reject only on a ground of the regulations
    (Localism Act 2011, section 83(11); SI 2012/1313).
    """
    obstacles = obstacles_to_answering(of)
    if (outcome == Outcome.DEFERRED) != (deferred_until is not None):
        obstacles.append("Give a day where it is deferred, and only there.")
    if deferred_until is not None and deferred_until <= today:
        obstacles.append("Defer it until a day to come.")
    must_name = of.is_challenge and outcome == Outcome.REFUSED
    if must_name and ground not in GROUNDS:
        obstacles.append("Name the ground: a challenge is refused only on one of those listed.")
    if ground and not must_name:
        obstacles.append("A ground is named only where a challenge is not agreed.")
    return obstacles


def obstacles_to_withdrawing(of: Expression) -> list[str]:
    """List what keeps those who ask from taking it back."""
    return [f"It is “{of.stage}” already."] if of.is_over else []


def warnings_of(of: Expression, challenge: Challenge | None) -> list[str]:
    """List what is worth a thought before sending, which nobody is stopped by."""
    found = []
    if of.needs_a_host:
        found.append(
            "Nobody could sign an agreement for you yet. Name a host, or set up a body of your own."
        )
    if challenge is not None and challenge.period == Challenge.Period.OUTSIDE:
        found.append("The council may refuse a challenge that comes outside the period it set.")
    return found


def obstacles_to_changing_a_fund(
    fund: Fund, pot_pence: int | None, awarded_pence: int
) -> list[str]:
    """List what keeps a fund from being changed: it holds at least what it has awarded."""
    if fund.ended_on is not None:
        return ["This fund is closed."]
    if awarded_pence > (pot_pence or 0):
        return [f"{pounds(awarded_pence)} of it is awarded already: the pot cannot be less."]
    return []


def obstacles_to_awarding(
    fund: Fund,
    of: Expression,
    *,
    amount_pence: int,
    left_pence: int | None,
    had_pence: int,
    today: date,
) -> list[str]:
    """List what keeps money of a fund from being given to whoever asked."""
    obstacles = []
    if of.sent_at is None or of.status == Status.WITHDRAWN or of.outcome == Outcome.REFUSED:
        obstacles.append(f"It is “{of.stage}”: nothing is awarded to it.")
    if fund.kept_by_id != of.asked_of_id or left_pence is None:
        obstacles.append("Award only of a fund of your own council whose pot is recorded.")
    if not fund.is_open(today):
        obstacles.append("This fund is not open.")
    if of.kind not in fund.kinds:
        obstacles.append("This fund is not for those who ask, by what they are.")
    if amount_pence < 1:
        obstacles.append("Award more than nothing.")
    if fund.most_pence is not None and had_pence + amount_pence > fund.most_pence:
        most = pounds(fund.most_pence)
        obstacles.append(f"One applicant is given {most} at most, with what they have already.")
    if left_pence is not None and amount_pence > left_pence:
        obstacles.append(f"Only {pounds(left_pence)} is left.")
    return obstacles
