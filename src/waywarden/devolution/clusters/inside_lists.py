"""The lists within the pages of a cluster as files: one column list for each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from waywarden.devolution.clusters import leaving, pages, queries
from waywarden.devolution.clusters.leaving import LastBill
from waywarden.devolution.clusters.models import (
    Agreement,
    Cluster,
    Default,
    Handover,
    Meeting,
    Membership,
    Owed,
    Portion,
    Resource,
    Terms,
)
from waywarden.devolution.clusters.pages import Line
from waywarden.fabric.tables.columns import Column

SOURCE = "What the councils of a cluster have recorded here."
LICENCE = "For the members of the cluster, the councils it has asked, and the county."
HOW = {"for": "For it", "against": "Against it", "abstained": "Abstained", "absent": "Not there"}


@dataclass(frozen=True)
class Member:
    """A council that was asked or takes part, and where it stands on a day."""

    held: Membership
    stage: str
    #: What it pays for its last season, as it is reckoned now.
    bill: LastBill | None


def members_of(cluster: Cluster, *, on: date) -> list[Member]:
    """Return who was asked or takes part."""
    return [
        Member(held, held.stage(on), leaving.last_bill_of(held, today=on))
        for held in queries.memberships_of(cluster)
    ]


MEMBERS: list[Column[Member]] = [
    Column("council", "The council", "text", lambda row: row.held.body.name),
    Column("stage", "Where it stands", "text", lambda row: row.stage),
    Column("starts_on", "From which day it takes part", "date", lambda row: row.held.starts_on),
    Column("ends_on", "Its last day, where it leaves", "date", lambda row: row.held.ends_on),
    Column(
        "minute",
        "The minute by which it joined",
        "text",
        lambda row: row.held.decision.reference if row.held.decision else "",
    ),
    Column("alone", "Its cost alone in a year", "pence", lambda row: row.held.alone_pence),
    Column("alone_source", "Where that is from", "text", lambda row: row.held.alone_source),
    Column(
        "is_without_staff",
        "Whether it says it has no staff",
        "yes or no",
        lambda row: row.held.is_without_staff,
    ),
    Column(
        "people_told",
        "How many people it says it has",
        "whole number",
        lambda row: row.held.people_told,
    ),
    Column(
        "last_bill",
        "What it pays for its last season, where it leaves, as reckoned now",
        "pence",
        lambda row: row.bill.pence if row.bill else None,
    ),
    Column(
        "last_bill_terms",
        "By which terms",
        "whole number",
        lambda row: row.bill.terms.number if row.bill else None,
    ),
    Column(
        "last_bill_told",
        "What it was told on giving notice",
        "pence",
        lambda row: row.held.last_bill_pence,
    ),
]


@dataclass(frozen=True)
class Pays:
    """What a member pays by a version of the terms, and by what it agreed to them."""

    line: Line
    agreement: Agreement | None


def shares_of(terms: Terms, *, on: date) -> list[Pays]:
    """Return what each member pays by a version of the terms."""
    agreed = {
        each.membership_id: each
        for each in terms.agreements.select_related("decision")
        if each.stands
    }
    lines = pages.money_of(terms, on=on).lines
    return [Pays(line, agreed.get(line.share.membership_id)) for line in lines]


SHARES: list[Column[Pays]] = [
    Column("council", "The member", "text", lambda row: str(row.line.body)),
    Column("alone", "Its cost alone in a year", "pence", lambda row: row.line.share.alone_pence),
    Column("alone_source", "Where that is from", "text", lambda row: row.line.share.alone_source),
    Column("share", "Its share in a year", "pence", lambda row: row.line.share.pence),
    Column("saves", "What it saves against alone", "pence", lambda row: row.line.share.saves),
    Column("season", "What it pays for the season", "pence", lambda row: row.line.bill),
    Column(
        "exposure", "What it owes at most if another fails", "pence", lambda row: row.line.exposure
    ),
    Column("votes", "Its votes", "whole number", lambda row: row.line.share.votes),
    Column(
        "agreed_by",
        "The minute by which it agreed; blank while it has not",
        "text",
        lambda row: row.agreement.decision.reference if row.agreement else "",
    ),
]


@dataclass(frozen=True)
class Vote:
    """How one member voted on a question."""

    meeting: Meeting
    council: str
    votes: int | None
    how: str


def votes_of(
    cluster: Cluster, meetings: Sequence[Meeting], *, may_read: Callable[[Terms], bool]
) -> Iterator[Vote]:
    """Return how each member voted at meetings; how many votes it had, where the terms are seen."""
    names = {held.body.key: held.body.name for held in queries.memberships_of(cluster)}
    counted = {meeting.terms_number for meeting in meetings}
    votes = {
        terms.number: {share.membership.body.key: share.votes for share in terms.shares.all()}
        for terms in queries.terms_with_shares(cluster, counted)
        if may_read(terms)
    }
    for meeting in meetings:
        known = votes.get(meeting.terms_number, {})
        for key, how in sorted(meeting.cast.items()):
            yield Vote(meeting, names.get(key, key), known.get(key), HOW[how])


VOTES: list[Column[Vote]] = [
    Column("held_on", "The day of the meeting", "date", lambda row: row.meeting.held_on),
    Column("question", "What was voted on", "text", lambda row: row.meeting.question),
    Column("council", "The member", "text", lambda row: row.council),
    Column("votes", "The votes it had", "whole number", lambda row: row.votes),
    Column("how", "How it voted", "text", lambda row: row.how),
    Column("terms", "The terms that counted", "whole number", lambda row: row.meeting.terms_number),
    Column("quorum", "The quorum in votes", "whole number", lambda row: row.meeting.quorum),
    Column("is_carried", "Whether it was carried", "yes or no", lambda row: row.meeting.is_carried),
]

RESOURCES: list[Column[Resource]] = [
    Column("name", "What it is", "text", lambda row: row.name),
    Column("council", "Whose it is", "text", lambda row: row.membership.body.name),
    Column("way", "How the others may have it", "text", lambda row: str(row.get_way_display())),
    Column("on_terms", "On what terms", "text", lambda row: row.on_terms),
]


PORTIONS: list[Column[Portion]] = [
    Column("council", "The member", "text", lambda row: row.membership.body.name),
    Column(
        "balance", "What it is paid; below nought it pays", "pence", lambda row: row.balance_pence
    ),
    Column("assets", "What else it takes over", "text", lambda row: row.assets),
    Column("work", "What else it finishes", "text", lambda row: row.work),
    Column("paid_on", "The day the balance was paid", "date", lambda row: row.paid_on),
    Column("paid_reference", "What shows that", "text", lambda row: row.paid_reference),
]


HANDOVERS: list[Column[Handover]] = [
    Column("what", "What it is", "text", lambda row: row.what),
    Column("who", "Who has or finishes it afterwards", "text", lambda row: row.who),
]


@dataclass(frozen=True)
class Owes:
    """What one of the others owes because a member did not pay."""

    default: Default
    owed: Owed


def unpaid_of(defaults: Iterable[Default]) -> list[Owes]:
    """Return who owes what for which member that did not pay."""
    return [Owes(default, owed) for default in defaults for owed in default.owed.all()]


UNPAID: list[Column[Owes]] = [
    Column("council", "Who did not pay", "text", lambda row: row.default.membership.body.name),
    Column("due_on", "When it was due", "date", lambda row: row.default.due_on),
    Column("unpaid", "What it did not pay", "pence", lambda row: row.default.unpaid_pence),
    Column("reference", "What shows that", "text", lambda row: row.default.reference),
    Column("terms", "By which terms", "whole number", lambda row: row.default.terms.number),
    Column("other", "Who owes or bore it", "text", lambda row: row.owed.membership.body.name),
    Column("owes", "How much", "pence", lambda row: row.owed.pence),
    Column("paid_on", "The day it was paid after all", "date", lambda row: row.default.paid_on),
    Column(
        "ending",
        "How it ended without being paid",
        "text",
        lambda row: str(row.default.get_ending_display()),
    ),
    Column("ended_on", "When that was", "date", lambda row: row.default.ended_on),
    Column("ended_why", "Why", "text", lambda row: row.default.ended_why),
]
