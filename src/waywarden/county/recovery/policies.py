"""What stands in the way, in words somebody can act on: shown on the page and enforced."""

from datetime import date, datetime, timedelta

from waywarden.county.councils.models import Body
from waywarden.county.offices.policies import moment
from waywarden.county.offices.queries import appointers
from waywarden.county.people.models import Person
from waywarden.county.recovery.models import Recovery

#: How long those who can still invite have to stop a recovery of their own body.
TIME_TO_OBJECT = timedelta(days=7)


def obstacles_to_proposing(body: Body, *, open_one: Recovery | None, now: datetime) -> list[str]:
    """List what keeps a recovery of a body from being proposed."""
    if open_one is None or open_one.lapses_at <= now:
        return []
    return [
        f"A recovery of {body} was proposed on {moment(open_one.proposed_at)} and waits for a "
        "second person. Agree to it, or have it stopped first."
    ]


def obstacles_to_stopping(recovery: Recovery, *, now: datetime) -> list[str]:
    """List what keeps a proposal from being stopped: that nothing could come of it any more."""
    if recovery.status != Recovery.Status.PROPOSED:
        return [f"This proposal is no longer open: {recovery.get_status_display().lower()}."]
    if recovery.lapses_at <= now:
        return [
            f"This proposal lapsed on {moment(recovery.lapses_at)}. Nothing can come of it, so "
            "there is nothing to stop."
        ]
    return []


def obstacles_to_agreeing(
    recovery: Recovery, *, by: Person, now: datetime, today: date
) -> list[str]:
    """List what keeps somebody from being the second person of a recovery."""
    if recovery.status != Recovery.Status.PROPOSED:
        return [f"This proposal is no longer open: {recovery.get_status_display().lower()}."]
    if recovery.lapses_at <= now:
        return [f"This proposal lapsed on {moment(recovery.lapses_at)}. Propose it anew."]
    if recovery.proposed_by_id == by.pk:
        return ["You proposed it yourself. It takes a second person to agree."]
    if _proposer_has_left(recovery, today):
        return ["Whoever proposed it has left that office since. Propose it anew."]
    free_at = recovery.proposed_at + TIME_TO_OBJECT
    holders = [office.title for office in appointers(recovery.body, on=today)]
    if holders and now < free_at:
        return [
            f"{recovery.body} still has somebody who can invite ({', '.join(holders)}). They were "
            f"told, and may stop this until {moment(free_at)}."
        ]
    return []


def _proposer_has_left(recovery: Recovery, today: date) -> bool:
    if recovery.proposed_as is None:
        return not recovery.proposed_by.is_operator
    return not recovery.proposed_as.is_in_force(today)
