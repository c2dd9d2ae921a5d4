"""What stands in the way of inviting, joining, leading, agreeing, forming and leaving."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.utils.timezone import localtime

from waywarden.county.councils.models import Body
from waywarden.devolution.clusters.models import Cluster, Membership, Role, Scope, Terms
from waywarden.devolution.clusters.queries import has_stood, is_being_paid, lead_of, still_to_agree
from waywarden.fabric.common.wording import amount, day, moment, pounds
from waywarden.rules.clusters_terms import MONTHS, Saving, benefit
from waywarden.rules.procurement import not_known, periods, pooled, reached

NOT_UNDER_WAY = "The cluster is not forming or formed: nothing can be changed in it now."
BEING_PAID = (
    "Balances are paid already by how the cluster is dissolved, to which every member agreed: "
    "nobody joins or leaves any more, and nothing else is drawn up."
)
NOT_AS_HASHED = (
    "What is held of these terms is not what was hashed: somebody changed it behind the pages. "
    "Nobody can agree to it. Draw up the terms anew, and tell whoever runs this site."
)


def obstacles_to_inviting(cluster: Cluster, members: Collection[Membership]) -> list[str]:
    """List what keeps the invitations from going out."""
    if len(members) < 2:
        return ["A cluster has two councils at least: add one to invite."]
    return []


def obstacles_to_adding(
    cluster: Cluster, body: Body, held: Membership | None, *, on: date
) -> list[str]:
    """List what keeps a council from being invited to a cluster."""
    if not cluster.is_proposed and not cluster.is_under_way:
        return [NOT_UNDER_WAY]
    if is_being_paid(cluster):
        return [BEING_PAID]
    if held is not None and held.ends_on is None:
        return [f"{body} is on the list already."]
    if held is not None and held.is_member(on):
        return [f"{body} takes part until its last day: ask it again after that."]
    return []


def obstacles_to_answering(held: Membership, *, on: date) -> list[str]:
    """List what keeps a council from joining or declining."""
    if not held.cluster.is_under_way or held.invited_at is None:
        return [NOT_UNDER_WAY]
    if held.ends_on is not None:
        return [f"{held.body} has given notice. It is asked anew once it has left."]
    if held.has_joined:
        return [f"{held.body} has joined. To go, it leaves with notice."]
    return [BEING_PAID] if is_being_paid(held.cluster) else []


def obstacles_to_leading(role: Role, held: Membership | None, *, on: date) -> list[str]:
    """List what keeps a council from taking a role."""
    if not role.cluster.is_under_way:
        return [NOT_UNDER_WAY]
    if role.is_held:
        return [taken_first(role)]
    if held is None or not held.is_member(on):
        return ["Your council has not joined yet: its resolution comes first."]
    return []


def taken_first(role: Role) -> str:
    """Say who took a role, and when."""
    at = f", on {moment(localtime(role.taken_at))}" if role.taken_at else ""
    return f"{role.held_by} took it first{at}. Nothing was changed."


def warnings_of_lead(role: Role) -> list[str]:
    """List what the law says of who holds a role, which nobody is stopped by."""
    return _warnings_of_group(role) if role.is_held_by_no_council else []


def _warnings_of_group(role: Role) -> list[str]:
    said = [
        f"{role.held_by} is no council: it delivers by contract or grant, not by "
        "delegation under section 101 of the Local Government Act 1972. Ask whether staff "
        "come over to it (TUPE)."
    ]
    if role.expression and role.expression.kind in role.expression.WITHOUT_LEGAL_FORM:
        said.append(
            f"{role.held_by} has no legal form of its own: it cannot sign an agreement. A host "
            "that has one signs for it."
        )
    return said


def warnings_of_capacity(role: Role, scope: Scope, needed: Sequence[int]) -> list[str]:
    """List in which months a service lead can do less than is to be done."""
    if not role.is_held:
        return []
    if len(role.monthly_milli) != MONTHS:
        return [f"{role.held_by} has not said how much it can do in a month."]
    short = [
        f"{date(2000, month + 1, 1):%B}, {amount(need, scope.service.unit)} needed and "
        f"{amount(can, scope.service.unit)} offered"
        for month, (need, can) in enumerate(zip(needed, role.monthly_milli, strict=True))
        if can < need
    ]
    return [f"{role.held_by} can do too little in: {'; '.join(short)}."] if short else []


def obstacles_to_drawing_up(cluster: Cluster, members: Sequence[Membership]) -> list[str]:
    """List what is missing before shares can be worked out."""
    if not cluster.is_under_way:
        return [NOT_UNDER_WAY]
    obstacles = []
    if not members:
        obstacles.append("No council has joined yet.")
    if cluster.whole_pence is None:
        obstacles.append("Say what all of it costs in a year.")
    missing = [member.body.name for member in members if member.alone_pence is None]
    if missing:
        obstacles.append(f"Nobody has said what it costs alone: {', '.join(missing)}.")
    return obstacles


def obstacles_to_agreeing(
    terms: Terms,
    held: Membership,
    *,
    newest: Terms | None,
    accepts: bool,
    stated_on: date,
    on: date,
    small: Sequence[Saving] = (),
) -> list[str]:
    """List what keeps a member from agreeing to a version of the terms.

    ``small`` is what small members save by it: once a cluster is formed nothing comes after
    the agreements that could still keep one from losing.
    """
    if not terms.cluster.is_under_way:
        return [NOT_UNDER_WAY]
    if newest is None or newest.number != terms.number:
        return ["There is a newer version of the terms: agree to that one."]
    share = terms.shares.filter(membership=held).first()
    if share is None or not held.is_member(on):
        return [f"These terms have no share for {held.body}. Draw them up anew."]
    if not terms.is_as_hashed():
        return [NOT_AS_HASHED]
    if any(each.stands for each in terms.agreements.filter(membership=held)):
        return [f"{held.body} has agreed to these terms already."]
    if stated_on < terms.made_on:
        return [
            f"These terms were drawn up on {day(terms.made_on)}: a resolution of "
            f"{day(stated_on)} cannot have been about them."
        ]
    if share.is_above_alone and not accepts:
        return [
            f"{held.body} would pay {pounds(share.pence)}, and {pounds(share.alone_pence)} alone. "
            "That needs its own consent: tick that it was told and agreed."
        ]
    return _obstacles_once_formed(terms, small)


def _obstacles_once_formed(terms: Terms, small: Sequence[Saving]) -> list[str]:
    # Who agrees anew to what all had agreed to already makes nobody worse off.
    is_new = terms.cluster.is_formed and not has_stood(terms)
    return obstacles_of_small_councils(small) if is_new else []


def obstacles_to_forming(
    cluster: Cluster,
    members: Sequence[Membership],
    newest: Terms | None,
    *,
    small: Sequence[Saving] = (),
) -> list[str]:
    """List what keeps a cluster from being formed; ``small`` is what small members save."""
    obstacles = []
    if not cluster.is_forming:
        obstacles.append("Only a cluster whose councils were invited can be formed.")
    if len(members) < 2:
        obstacles.append("A cluster has two members at least.")
    if not lead_of(cluster).is_held:
        obstacles.append("Nobody has taken the role of cluster lead yet.")
    if newest is None:
        obstacles.append("No terms are drawn up yet.")
        return obstacles
    return obstacles + obstacles_in_terms(newest, members) + obstacles_of_small_councils(small)


def obstacles_in_terms(terms: Terms, members: Sequence[Membership]) -> list[str]:
    """List what keeps a version of the terms from being what all members agreed."""
    if not terms.is_as_hashed():
        return [NOT_AS_HASHED]
    shares = {share.membership_id: share for share in terms.shares.all()}
    obstacles = []
    if set(shares) != {member.pk for member in members}:
        obstacles.append("The terms are of other members than there are now. Draw them up anew.")
    if sum(share.pence for share in shares.values()) != terms.whole_pence:
        obstacles.append("The shares do not add up to the whole. Draw up the terms anew.")
    waiting = still_to_agree(terms, members)
    if waiting:
        named = ", ".join(member.body.name for member in waiting)
        obstacles.append(f"Not agreed to the terms yet: {named}.")
    return obstacles


def obstacles_of_small_councils(savings: Sequence[Saving]) -> list[str]:
    """List what is unfair to the small councils of a cluster."""
    found = benefit(savings)
    if found is None or found.lowest >= 0:
        return []
    return [
        f"A small council would lose {pounds(-found.lowest)} a year against going alone. Small "
        "councils must gain as well: choose another rule, or find it elsewhere. (One of which "
        "nobody knows how many people it has counts as small until that is said.)"
    ]


def obstacles_to_leaving(
    held: Membership,
    terms: Terms | None,
    *,
    last: date,
    today: date,
    roles: Collection[Role] = (),
) -> list[str]:
    """List what keeps a member from leaving on a day; ``roles`` are those it holds."""
    if not held.cluster.is_under_way or not held.has_joined or held.ends_on is not None:
        return [f"{held.body} is not a member that could leave."]
    if is_being_paid(held.cluster):
        return [BEING_PAID]
    if roles:
        named = ", ".join(str(role).lower() for role in roles)
        return [f"{held.body} is {named}: give that up first, so that another can take it."]
    soonest = soonest_last_day(held, terms, today=today)
    if last < soonest:
        return [f"By the terms its last day is {day(soonest)} or later."]
    return []


def soonest_last_day(held: Membership, terms: Terms | None, *, today: date) -> date:
    """Return the first day that may be the last of a member: its notice is over, it has begun."""
    soonest = max(today, held.starts_on or today)
    return max(soonest, today + timedelta(days=terms.notice_days)) if terms else soonest


def warnings_of_procurement(terms: Terms, *, on: date) -> list[str]:
    """List what the Procurement Act 2023 asks of what members spend together, as of a day.

    The figure of the day on which buying begins counts: from that day on, or from the start of
    the season where that is sooner, to the start of the season.
    """
    starts_on, years = terms.season_starts_on, terms.years + terms.extension_years
    value = pooled(terms.whole_pence, years=terms.years, extension=terms.extension_years)
    spent = f"{pounds(value)} with VAT over {years} year{'s' if years > 1 else ''}"
    line = reached(value, (min(on, starts_on), starts_on))
    found = [] if line is None else [_at_or_above(spent, line)]
    if not_known(starts_on):
        found.append(_of_unknown_days(spent, starts_on))
    return found


def _at_or_above(spent: str, line: int) -> str:
    return (
        f"Together you would spend {spent}, at or above the {pounds(line)} of the Procurement Act "
        "2023: whoever buys for all must follow its procedures, though no member alone would have "
        "to (to be confirmed)."
    )


def _of_unknown_days(spent: str, starts_on: date) -> str:
    first, last = periods()[0].first, periods()[-1].last
    return (
        f"The threshold of the Procurement Act 2023 is not known for {day(starts_on)}: it is "
        f"recorded from {day(first)} to {day(last)}. Together you would spend {spent}: before you "
        "buy, look up the threshold that holds on the day you begin."
    )
