"""What stands in the way of sending an expression, answering it and deciding it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from waywarden.devolution.interest.models import Challenge, Expression, Fund, Hosting
from waywarden.devolution.interest.queries import EnclosedSoFar
from waywarden.fabric.common.wording import day, pounds
from waywarden.rules.challenge import GROUNDS
from waywarden.rules.setting_up import FORMS, SUCH

#: So many papers come with one expression.
MOST_ENCLOSURES = 20
#: So many over its life, with those taken back or replaced, and so much altogether.
MOST_ENCLOSED_EVER = 40
MOST_ENCLOSED_BYTES = 100_000_000
#: No body that is set up now did anything before.
FIRST_YEAR = 1900
#: A host that is silent is asked again so long after its letter, and no sooner.
ASKED_AGAIN_AFTER = timedelta(days=14)
#: So long after it was last saved what was never sent is forgotten; those who gave an address
#: are written to before.
UNSENT_KEPT, WARNED_BEFORE = timedelta(days=90), timedelta(days=14)
WARNED_AFTER = UNSENT_KEPT - WARNED_BEFORE

Status, Outcome = Expression.Status, Expression.Outcome


def obstacles_to_writing_on(of: Expression) -> list[str]:
    """List what keeps an expression from being changed: what was sent stays as it was."""
    if of.is_begun:
        return []
    if of.status == Status.WITHDRAWN:
        return ["It was taken back. Ask anew whenever you like."]
    return ["It was sent: what it says stays as it was. Tell the co-ordinator what has changed."]


def obstacles_to_saying_who(of: Expression, *, stays: bool) -> list[str]:
    """List what keeps who asks from being put right: what is registered stays what it is."""
    obstacles = obstacles_to_writing_on(of)
    if not stays:
        obstacles.append(
            "It is registered, as you noted among the steps: what it is and its number stay. Put "
            "the number right there, or take that step back first."
        )
    return obstacles


def obstacles_to_enclosing(of: Expression, so_far: EnclosedSoFar, *, size: int = 0) -> list[str]:
    """List what keeps a paper from being added: a new certificate may come after it was sent."""
    if of.is_over:
        return [f"It is “{of.stage}”. No papers are added any more."]
    if so_far.there >= MOST_ENCLOSURES:
        return [f"There are {MOST_ENCLOSURES} papers already: no more can be added."]
    return _obstacles_to_more(so_far, size)


def obstacles_to_replacing(of: Expression, so_far: EnclosedSoFar, *, size: int = 0) -> list[str]:
    """List what keeps a paper from being replaced; the one it replaces is kept in the history."""
    return obstacles_to_writing_on(of) or _obstacles_to_more(so_far, size)


def _obstacles_to_more(so_far: EnclosedSoFar, size: int) -> list[str]:
    """List what keeps more from coming: what was taken back lies on the disk as well."""
    if so_far.ever >= MOST_ENCLOSED_EVER:
        return [
            f"{MOST_ENCLOSED_EVER} papers have come with it, with those taken back: no more can "
            "be kept. Tell the co-ordinator of what is missing."
        ]
    if so_far.size + size > MOST_ENCLOSED_BYTES:
        most = MOST_ENCLOSED_BYTES // 1_000_000
        return [
            f"All papers that come with it have {most} MB at most, with those taken back: this "
            "one would be more. Make it smaller, or tell the co-ordinator of it."
        ]
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


def obstacles_to_naming_a_host(of: Expression, *, answer: str) -> list[str]:
    """List what keeps another host from being named once it was sent."""
    if of.is_begun:
        return ["Name your host on the page “How would it be done?”, before you send it."]
    if answer == Hosting.Answer.AGREED:
        return ["Your host agrees. Tell the co-ordinator if it is to be another."]
    return obstacles_to_answering(of)


def is_asked_again(hosting: Hosting | None, *, now: datetime) -> bool:
    """Whether a host that is named as before is asked again: it was not told, or is silent."""
    if hosting is None or not hosting.was_told:
        return True
    return not hosting.answer and hosting.named_at <= now - ASKED_AGAIN_AFTER


def obstacles_to_hosting(of: Expression, hosting: Hosting, *, answer: str = "") -> list[str]:
    """List what keeps a host from answering: it answers once, and may still let go later."""
    if hosting.answer == Hosting.Answer.DECLINED:
        return [f"You have answered already. Tell {of.asked_of} if it is no longer so."]
    if hosting.answer and hosting.answer == answer:
        return ["You have agreed already. Say so here if it is no longer so."]
    return obstacles_to_answering(of)


def obstacles_to_setting_up(of: Expression) -> list[str]:
    """List what keeps those who ask from being led to a body of their own."""
    if of.status == Status.WITHDRAWN or of.erased_on is not None:
        return ["It was taken back. Ask anew whenever you like."]
    if of.kind not in Expression.WITHOUT_LEGAL_FORM and not of.legal_form:
        return ["You have a legal form already, as you say who you are: none has to be set up."]
    return []


def obstacles_to_choosing_a_form(of: Expression, *, is_registered: bool) -> list[str]:
    """List what keeps a form from being chosen: a body that is registered has its own."""
    if is_registered:
        return ["It is registered: take that step back first, where you note what is done."]
    return obstacles_to_setting_up(of)


def obstacles_to_stepping_on(
    of: Expression,
    *,
    days: Sequence[date],
    number: str | None,
    keeps_number: bool,
    today: date,
) -> list[str]:
    """List what keeps steps from being noted as done."""
    obstacles = obstacles_to_setting_up(of)
    form = FORMS.get(of.legal_form)
    if form is None:
        return [*obstacles, "Choose a legal form first: the steps depend on it."]
    if any(on > today for on in days):
        obstacles.append("Enter days that have come: a step is noted once it is done.")
    if any(on.year < FIRST_YEAR for on in days):
        obstacles.append("Enter each day with its whole year, such as 2026.")
    if number == "":
        obstacles.append(f"Enter {SUCH[form.register]}, with the day it was registered.")
    if keeps_number and number is None:
        obstacles.append(
            "Money was awarded to it since it was registered: put its number right, but leave it "
            "there."
        )
    return obstacles


def obstacles_to_answering(of: Expression) -> list[str]:
    """List what keeps the county from working on an expression."""
    if of.is_over:
        return [f"It is “{of.stage}”. Nothing more is done with it."]
    return []


def obstacles_to_noting(of: Expression) -> list[str]:
    """List what keeps a note of the conversation from being kept."""
    if of.erased_on is not None:
        return [f"Who asked was erased on {day(of.erased_on)}: nothing is noted of them any more."]
    if of.status == Status.WITHDRAWN:
        return ["It was withdrawn: those who asked are left in peace."]
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


def obstacles_to_erasing(of: Expression) -> list[str]:
    """List what keeps who asked from being erased."""
    if of.erased_on is not None:
        return [f"Who asked was erased on {day(of.erased_on)} already."]
    return []


def is_to_be_warned(of: Expression, *, saved_at: datetime, now: datetime) -> bool:
    """Whether somebody is written to that what they began is forgotten: once after each saving."""
    is_warned = of.warned_at is not None and of.warned_at >= saved_at
    return _can_be_warned(of) and not is_warned and saved_at <= now - WARNED_AFTER


def forgotten_at(saved_at: datetime, *, warned_at: datetime) -> datetime:
    """Return when it is forgotten: never sooner after the letter than it promises."""
    return max(saved_at + UNSENT_KEPT, warned_at + WARNED_BEFORE)


def is_to_be_forgotten(of: Expression, *, saved_at: datetime, now: datetime) -> bool:
    """Whether what was never sent is forgotten: nobody has saved it for long, and all had notice.

    Who took it back before it was sent wants no letter about it any more.
    """
    if not _can_be_warned(of):
        return saved_at <= now - UNSENT_KEPT
    is_warned = of.warned_at is not None and of.warned_at >= saved_at
    return is_warned and forgotten_at(saved_at, warned_at=of.warned_at or now) <= now


def _can_be_warned(of: Expression) -> bool:
    return of.is_begun and bool(of.contact_email)


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


def obstacles_to_any_change(fund: Fund) -> list[str]:
    """List what keeps a fund from being changed at all."""
    if fund.ended_on is not None:
        return [f"This fund is closed since {day(fund.ended_on)}: nothing of it is changed."]
    return []


def obstacles_to_changing_a_fund(
    fund: Fund, pot_pence: int | None, awarded_pence: int
) -> list[str]:
    """List what keeps a fund from being changed: it holds at least what it has awarded."""
    if obstacles := obstacles_to_any_change(fund):
        return obstacles
    if awarded_pence > (pot_pence or 0):
        return [f"{pounds(awarded_pence)} of it is awarded already: the pot cannot be less."]
    return []


def obstacles_to_any_award(of: Expression) -> list[str]:
    """List what keeps money of any fund from being given to whoever asked."""
    if of.sent_at is None or of.status == Status.WITHDRAWN or of.outcome == Outcome.REFUSED:
        return [f"It is “{of.stage}”: nothing is awarded to it."]
    return []


def obstacles_to_choosing_a_fund(of: Expression, funds: Sequence[tuple[Fund, int]]) -> list[str]:
    """List what keeps an award from being begun: no fund that could give them anything."""
    if obstacles := obstacles_to_any_award(of):
        return obstacles
    if not funds:
        return [
            "No fund of your own council is open from which those who ask could be given anything "
            "more. List one first."
        ]
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
    obstacles = obstacles_to_any_award(of)
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
