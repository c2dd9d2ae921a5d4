"""May this person? Who records what a council decides, signs it off and declares an interest."""

from datetime import datetime

from waywarden.county.bodies.permissions import may_see_people
from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision, SignOff
from waywarden.county.decisions.queries import is_member
from waywarden.county.people.acting import Asking
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import OFFICERS, may_edit

Kind = Office.Kind
#: Which officers say that a proposal is lawful, or can be paid for.
SIGNERS: dict[str, frozenset[str]] = {
    SignOff.Kind.EQUALITY: OFFICERS,
    SignOff.Kind.LEGAL: frozenset({Kind.MONITORING_OFFICER}),
    SignOff.Kind.FINANCE: frozenset({Kind.SECTION_151_OFFICER, Kind.FINANCE_OFFICER}),
}


def may_record(acting: Office | None, body: Body) -> bool:
    """Whether they may plan, record and withdraw what a body decides: its officers."""
    return acting is not None and may_edit(acting, body)


def may_sign_off(acting: Office | None, body: Body, kind: str) -> bool:
    """Whether they may say of a proposal of their body that it is lawful, paid for or fair."""
    return acting is not None and acting.body_id == body.pk and acting.kind in SIGNERS[kind]


def may_declare(acting: Office | None, body: Body) -> bool:
    """Whether they may declare an interest: members for themselves, officers as it was minuted."""
    if acting is None or acting.body_id != body.pk:
        return False
    return is_member(acting) or acting.kind in OFFICERS


def may_read(asking: Asking, decision: Decision, now: datetime) -> bool:
    """Whether the words of a decision are theirs to read.

    What is exempt is for the body's own people and who looks in. From a member
    who has declared an interest what is still only proposed is kept as well.
    """
    if decision.is_planned and _has_an_interest(asking, decision):
        return False
    return not decision.is_exempt or may_see_people(asking, decision.body, now)


def _has_an_interest(asking: Asking, decision: Decision) -> bool:
    standing = decision.interests.standing().filter(office__isnull=False)
    return asking.person is not None and standing.filter(office__person=asking.person).exists()
