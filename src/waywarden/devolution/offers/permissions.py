"""May this person? Who runs a round of offers, and who sees and answers one."""

from waywarden.county.councils.models import Body
from waywarden.county.people.acting import Asking
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import (
    is_of_its_own,
    may_edit,
    speaks_for_county,
)
from waywarden.devolution.offers.models import Offer, Round


def may_offer(acting: Office) -> bool:
    """Whether they may begin a round of offers: officers of a county or unitary council."""
    return speaks_for_county(acting)


def may_run(acting: Office | None, of: Round) -> bool:
    """Whether they may change a round, write to councils and note what these answer."""
    return acting is not None and speaks_for_county(acting) and acting.body_id == of.body_id


def may_see(asking: Asking, offer: Offer) -> bool:
    """Whether an offer is theirs to see: its council's officers and members, and who runs it."""
    if asking.acting is None:
        return False
    return may_run(asking.acting, offer.round) or _is_of(asking.acting, offer.body)


def may_answer(asking: Asking, offer: Offer) -> bool:
    """Whether they may answer for the council, or note what it has told them."""
    if asking.acting is None:
        return False
    return may_run(asking.acting, offer.round) or may_edit(asking.acting, offer.body)


def _is_of(acting: Office, body: Body) -> bool:
    return acting.body_id == body.pk and is_of_its_own(acting)
