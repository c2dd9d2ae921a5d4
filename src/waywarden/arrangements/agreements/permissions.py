"""May this person? Who writes an agreement, reads it, signs it for a party, and ends it."""

from waywarden.arrangements.agreements.models import Agreement, Version
from waywarden.arrangements.agreements.queries import versions_of
from waywarden.county.councils.models import Body
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import (
    OFFICERS,
    SIGNATORIES,
    is_of_its_own,
    may_edit,
    may_sign_for,
    speaks_for_principal_council,
)

#: Who sees, in the council that hands over, what is not in force: other members read it then.
AT_WORK_ON_IT = OFFICERS | SIGNATORIES | {Office.Kind.CABINET_MEMBER}


def may_draft(acting: Office | None) -> bool:
    """Whether they may draft one: officers of the council whose service is handed over."""
    return acting is not None and speaks_for_principal_council(acting)


def may_write(acting: Office | None, agreement: Agreement) -> bool:
    """Whether they may change the draft, send it and bring it into force: who hands over."""
    return acting is not None and may_draft(acting) and may_edit(acting, agreement.body)


def may_see_draft(acting: Office | None, agreement: Agreement) -> bool:
    """Whether they may read the draft: who writes, decides on and signs it for its council."""
    return (
        acting is not None and acting.kind in AT_WORK_ON_IT and acting.body_id == agreement.body_id
    )


def may_read(acting: Office | None, agreement: Agreement) -> bool:
    """Whether they may read anything that was sent of it: one version at least."""
    return may_see_draft(acting, agreement) or any(
        may_read_version(acting, each) for each in versions_of(agreement)
    )


def may_read_version(acting: Office | None, version: Version) -> bool:
    """Whether they may read a version: who works on it, and people of those it was sent to."""
    if acting is None or acting.body_id == version.agreement.body_id:
        return may_see_draft(acting, version.agreement)
    return is_of_its_own(acting) and acting.body.key in version.party_names


def may_act_for_a_party(acting: Office | None, version: Version) -> bool:
    """Whether they may act for their party to a version: give notice, add and confirm paper.

    Whose paper each adds and confirms is asked besides.
    """
    return acting is not None and acting.kind in OFFICERS and acting.body.key in version.party_names


def may_sign(acting: Office | None, version: Version) -> bool:
    """Whether they may sign a version for a party: the offices that sign for it."""
    if acting is None or acting.body.key not in version.party_names:
        return False
    return may_sign_for(acting, Body(pk=acting.body_id))


def may_withdraw(acting: Office | None, version: Version) -> bool:
    """Whether they may withdraw a version: who sent it alone."""
    return may_write(acting, version.agreement)
