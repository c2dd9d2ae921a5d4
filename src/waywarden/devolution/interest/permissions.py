"""May this person? Who writes an expression of interest, and who answers it."""

from waywarden.county.people.acting import Asking
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import is_of_its_own, may_edit, speaks_for_county
from waywarden.devolution.interest.models import Expression, Fund, Hosting


def may_list(acting: Office) -> bool:
    """Whether they see who has asked: officers of a county or unitary council."""
    return speaks_for_county(acting)


def may_run(acting: Office | None, of: Expression) -> bool:
    """Whether they answer it: an officer of the county it was sent to. Before that it is not."""
    is_theirs = acting is not None and acting.body_id == of.asked_of_id
    return acting is not None and is_theirs and speaks_for_county(acting) and of.sent_at is not None


def may_see(asking: Asking, of: Expression) -> bool:
    """Whether it is theirs to see: the people of the body that asks, and who answers it."""
    acting = asking.acting
    if acting is None:
        return False
    return may_run(acting, of) or (acting.body_id == of.body_id and is_of_its_own(acting))


def may_write(asking: Asking, of: Expression) -> bool:
    """Whether they write it: the officers of the body that asks."""
    return asking.acting is not None and of.body is not None and may_edit(asking.acting, of.body)


def may_host(acting: Office | None, hosting: Hosting) -> bool:
    """Whether they answer as the host: officers of the body it is, where it is known here."""
    is_theirs = acting is not None and acting.body_id == hosting.body_id
    return acting is not None and is_theirs and may_edit(acting, acting.body)


def may_change_fund(acting: Office | None, fund: Fund) -> bool:
    """Whether they put a fund right: officers of the county that lists it."""
    is_theirs = acting is not None and acting.body_id == fund.kept_by_id
    return acting is not None and is_theirs and speaks_for_county(acting)
