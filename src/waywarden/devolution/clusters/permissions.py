"""May this person? Who proposes and runs a cluster, and who sees and does what within it."""

from collections.abc import Callable
from datetime import date

from waywarden.county.councils.models import Body
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import (
    OFFICERS,
    is_of_its_own,
    may_edit,
    speaks_for_county,
    speaks_for_principal_council,
)
from waywarden.devolution.clusters import queries
from waywarden.devolution.clusters.models import (
    Cluster,
    Default,
    GoingAlone,
    Membership,
    Portion,
    Role,
    Settlement,
    Terms,
)
from waywarden.devolution.interest import permissions as interest

Kind = Body.Kind
#: Councils and meetings of parishes.
OF_PARISHES = frozenset({Kind.TOWN, Kind.PARISH, Kind.MEETING, Kind.PARISH_OR_MEETING})


def may_propose(acting: Office) -> bool:
    """Whether they may propose a cluster: officers of a county or of a parish's council."""
    is_parish = acting.kind in OFFICERS and acting.body.kind in OF_PARISHES
    return is_parish or speaks_for_county(acting)


def may_run(acting: Office, cluster: Cluster, on: date) -> bool:
    """Whether they may change a cluster and invite: who proposed it, its lead, and the county."""
    return cluster.pk in queries.run_by(acting, on=on)


def may_see_inside(acting: Office, cluster: Cluster, on: date) -> bool:
    """Whether they see shares and money: people of who is asked or takes part, and who runs it."""
    held = queries.membership_of(acting, cluster, on)
    return may_run(acting, cluster, on) or (held is not None and is_of_its_own(acting))


def may_take_part(acting: Office, cluster: Cluster, on: date) -> bool:
    """Whether they may act for a council in a cluster: its officers, while it is in it."""
    return acting.kind in OFFICERS and queries.membership_of(acting, cluster, on) is not None


def may_call_unpaid(acting: Office, held: Membership, on: date) -> bool:
    """Whether they record that a council did not pay: those who run the cluster."""
    return may_run(acting, held.cluster, on)


def may_put_right(acting: Office, default: Default, on: date) -> bool:
    """Whether they note that what was unpaid is paid: who runs it and who owes, not the debtor."""
    if acting.body_id == default.membership.body_id:
        return False
    owes = default.owed.filter(membership__body=acting.body_id).exists()
    return may_run(acting, default.cluster, on) or (acting.kind in OFFICERS and owes)


def may_end_unpaid(acting: Office, default: Default, on: date) -> bool:
    """Whether they end what is unpaid without its being paid: who runs it, not the debtor."""
    is_debtor = acting.body_id == default.membership.body_id
    return not is_debtor and may_run(acting, default.cluster, on)


def may_note_paid(acting: Office, portion: Portion, on: date) -> bool:
    """Whether they note a balance as paid: who runs it, but not the council that pays it."""
    is_debtor = portion.balance_pence < 0 and acting.body_id == portion.membership.body_id
    return not is_debtor and may_run(acting, portion.settlement.cluster, on)


def may_confirm(acting: Office, cluster: Cluster, on: date) -> bool:
    """Whether they record what the monitoring officer confirms: officers of the county running it.

    Neither a lead nor a group does: it would confirm what favours itself.
    """
    return speaks_for_principal_council(acting) and may_run(acting, cluster, on)


def may_answer(acting: Office, held: Membership, on: date) -> bool:
    """Whether they may act for a council in a cluster: its own officers, once it was invited.

    The county may note what a council has told it. Neither who proposed the
    cluster nor its lead may: no parish answers for another. That a cluster is
    thought of with it a council learns by its invitation.
    """
    if held.invited_at is None and not may_run(acting, held.cluster, on):
        return False
    is_county = queries.answers_for(acting, held.body, on=on)
    return may_edit(acting, held.body) or is_county


def may_see_asked(acting: Office, held: Membership, on: date) -> bool:
    """Whether they see what a council is asked: who answers for it, while it is asked or in it."""
    return may_answer(acting, held, on) and held.is_inside(on)


def may_put_question(acting: Office, held: Membership, on: date) -> bool:
    """Whether they ask about a cluster: the council's own officers, and nobody in its place."""
    return may_edit(acting, held.body) and held.is_inside(on)


def may_ask_again(acting: Office, held: Membership, on: date) -> bool:
    """Whether they ask a council once more and end the link of its letter: who runs the cluster."""
    return may_run(acting, held.cluster, on)


def may_hold(acting: Office, role: Role, on: date) -> bool:
    """Whether they may say what the holder of a role can do, or give it back: its officers.

    For a group or company those who run the cluster do, and its own officers where it has an
    office here.
    """
    if role.expression is not None and role.expression.body is not None:
        is_its = may_edit(acting, role.expression.body)
        return is_its or may_run(acting, role.cluster, on)
    if role.holder_id is None:
        return may_run(acting, role.cluster, on)
    is_own = acting.kind in OFFICERS and acting.body_id == role.holder_id
    holder = role.holder
    return is_own or (holder is not None and queries.answers_for(acting, holder, on=on))


def may_read_why(acting: Office, held: Membership, on: date) -> bool:
    """Whether they read why a council left: its own people, and whom it chose.

    The county reads it only where it was chosen, even where it runs the cluster.
    """
    if not is_of_its_own(acting):
        return False
    if acting.body_id == held.body_id:
        return True
    if held.why_for == held.Readers.COUNTY and queries.answers_for(acting, held.body, on=on):
        return True
    theirs = queries.membership_of(acting, held.cluster, on)
    is_member = theirs is not None and theirs.is_member(on)
    return is_member and held.why_for in (held.Readers.MEMBERS, held.Readers.COUNTY)


def may_erase_why(acting: Office, held: Membership, on: date) -> bool:
    """Whether they erase why a council left: its officers, and the county where it may read it."""
    is_own = may_edit(acting, held.body)
    return may_answer(acting, held, on) and (is_own or may_read_why(acting, held, on))


def may_choose_group(acting: Office, role: Role, on: date) -> bool:
    """Whether they choose a group or company that asked the county: who runs it and sees who asked.

    Of these they see those that asked their own county, and no others.
    """
    return may_run(acting, role.cluster, on) and interest.may_list(acting)


def may_read(acting: Office, terms: Terms, on: date) -> bool:
    """Whether they see a version of the terms: it held while their council was in the cluster."""
    if may_run(acting, terms.cluster, on):
        return True
    later = terms.cluster.terms.filter(number=terms.number + 1).first()
    until = later.made_on if later else None
    theirs = terms.cluster.memberships.filter(body=acting.body_id)
    return is_of_its_own(acting) and any(each.saw(terms.made_on, until) for each in theirs)


def time_of(acting: Office, cluster: Cluster, on: date) -> Callable[[date, date | None], bool]:
    """Return whether what held from a day to another fell into their council's time in a cluster.

    For those who run it all of it did.
    """
    if may_run(acting, cluster, on):
        return lambda first, last: True
    theirs = list(cluster.memberships.filter(body=acting.body_id)) if is_of_its_own(acting) else []
    return lambda first, last: any(each.saw(first, last) for each in theirs)


def may_read_settlement(acting: Office, settlement: Settlement, on: date) -> bool:
    """Whether they see a version of the settlement: it was the newest in their council's time."""
    if not may_see_inside(acting, settlement.cluster, on):
        return False
    later = settlement.cluster.settlements.filter(number=settlement.number + 1).first()
    saw = time_of(acting, settlement.cluster, on)
    return saw(settlement.made_on, later.made_on if later else None)


def may_judge(acting: Office, of: GoingAlone, on: date) -> bool:
    """Whether they assess a council that would go alone: officers of its county."""
    return queries.answers_for(acting, of.body, on=on)


def may_see_alone(acting: Office, of: GoingAlone, on: date) -> bool:
    """Whether they see how it is judged: the council's own people and its county's officers."""
    is_own = acting.body_id == of.body_id and is_of_its_own(acting)
    return is_own or may_judge(acting, of, on)


def may_answer_alone(acting: Office, of: GoingAlone, on: date) -> bool:
    """Whether they answer the assessment: the council's officers, and nobody for them."""
    return may_edit(acting, of.body)


def may_withdraw_alone(acting: Office, of: GoingAlone, on: date) -> bool:
    """Whether they take the wish back: the council's officers, and the county that noted it."""
    is_noted = acting.body_id == of.noted_by_id and may_judge(acting, of, on)
    return may_edit(acting, of.body) or is_noted
