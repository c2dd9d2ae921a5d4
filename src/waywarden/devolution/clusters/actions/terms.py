"""Terms are drawn up in numbered versions, and each member agrees to one by its resolution."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from waywarden.county.decisions.policies import Taken
from waywarden.devolution.clusters import leading, letters, policies, queries, sharing
from waywarden.devolution.clusters.actions.locking import locked
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Agreement, Cluster, Membership, Share, Terms
from waywarden.devolution.offers.actions import resolution_of
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal import actions as journal
from waywarden.rules.clusters_terms import digest


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What terms are to say: the rule of shares, the season, notice, default, votes."""

    rule: str
    season_starts_on: date
    season_ends_on: date
    notice_days: int = 180
    on_default: str = Terms.OnDefault.SHARES
    years: int = 3
    extension_years: int = 0
    quorum: int = 1
    says: str = ""
    #: By the key of the member: what the rule needs, in pence, and its votes, 1 where not said.
    figures: Mapping[str, int] = field(default_factory=dict)
    votes: Mapping[str, int] = field(default_factory=dict)


@transaction.atomic
def draw_up(*, cluster: Cluster, draft: Draft, by: Actor, now: datetime) -> Terms:
    """Draw up the next version of the terms, to be agreed to by every member anew."""
    today = localtime(now).date()
    # Of who takes the lead and who draws up terms at once the second sees what the first has done.
    cluster = locked(cluster)
    members, lead = queries.members_of(cluster, on=today), queries.lead_of(cluster)
    CannotCluster.if_any(
        policies.obstacles_to_drawing_up(cluster, members)
        + leading.obstacles_to_paying(lead, draft.on_default)
    )
    shares = _shares(cluster, members, draft)
    made = _written(cluster, draft, by, now)
    for member in members:
        _share(made, member, shares[member.body.key], draft).save()
    made.counted_pence = sum(made.shares.values_list("pence", flat=True))
    made.hash = digest(made.facts())
    # The database refuses terms whose shares, as they are written, are not the whole.
    made.save(update_fields=["hash", "counted_pence"])
    after = {"number": made.number, "hash": made.hash, "rule": made.rule}
    to = queries.subject_of(cluster, on=today)
    journal.write(by=by, did="drew up terms", to=to, after=after | {"shares": shares})
    letters.tell([held.body for held in members], letters.to_agree(made), by=by, today=today)
    return made


def _shares(cluster: Cluster, members: list[Membership], draft: Draft) -> dict[str, int]:
    alone = {held.body.key: held.alone_pence or 0 for held in members}
    figures = {key: pence for key, pence in draft.figures.items() if key in alone}
    try:
        return sharing.divide(draft.rule, cluster.whole_pence or 0, alone=alone, figures=figures)
    except sharing.CannotShare as cannot:
        raise CannotCluster(str(cannot)) from cannot


def _written(cluster: Cluster, draft: Draft, by: Actor, now: datetime) -> Terms:
    newest, lead = next(iter(queries.terms_of(cluster)), None), queries.lead_of(cluster)
    said = {name: value for name, value in vars(draft).items() if name not in ("figures", "votes")}
    made = Terms(
        cluster=cluster,
        number=newest.number + 1 if newest else 1,
        whole_pence=cluster.whole_pence or 0,
        whole_source=cluster.whole_source,
        counted_pence=cluster.whole_pence or 0,
        services=", ".join(each.service.name for each in queries.scope_of(cluster)),
        led_by="" if lead.expression else lead.held_by,
        led_by_group=lead.expression,
        made_at=now,
        made_by=by.shown_as,
        **said,
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Overtaken("Somebody drew up terms meanwhile. Look at them first.") from None
    return made


def _share(terms: Terms, member: Membership, pence: int, draft: Draft) -> Share:
    key = member.body.key
    return Share(
        terms=terms,
        membership=member,
        pence=pence,
        alone_pence=member.alone_pence or 0,
        alone_source=member.alone_source,
        figure_pence=draft.figures.get(key),
        votes=draft.votes.get(key, 1),
    )


@transaction.atomic
def agree(
    *,
    terms: Terms,
    held: Membership,
    shown: str,
    taken: Taken,
    accepts_above_alone: bool,
    by: Actor,
    now: datetime,
) -> Agreement:
    """Record that a member agreed to a version of the terms; ``shown`` is the hash it was shown."""
    today = localtime(now).date()
    newest = next(iter(queries.terms_of(terms.cluster)), None)
    members = queries.members_of(terms.cluster, on=today)
    CannotCluster.if_any(leading.obstacles_to_a_group(terms.cluster, leading.RESOLVING, by=by))
    CannotCluster.if_any(
        policies.obstacles_to_agreeing(
            terms,
            held,
            newest=newest,
            accepts=accepts_above_alone,
            stated_on=taken.stated_on,
            on=today,
            small=queries.savings_of(terms, members, on=today)[0],
        )
    )
    if shown != terms.hash:
        raise Overtaken("The terms you were shown are not these. Read them again.")
    title = f"To agree to terms {terms.number}: {terms.cluster}"
    decision = resolution_of(held.body, title, taken, by=by, now=now)
    # One whose minute was withdrawn is agreed to by another.
    given = {"decision": decision, "hash": shown, "agreed_at": now}
    made, _ = Agreement.objects.update_or_create(
        terms=terms,
        membership=held,
        defaults=given | {"accepts_above_alone": accepts_above_alone},
    )
    after = {"number": terms.number, "hash": shown, "body": held.body.key}
    after |= {"accepts_above_alone": accepts_above_alone}
    to = queries.subject_of(terms.cluster, on=today)
    line = journal.write(by=by, did="agreed to terms", to=to, after=after)
    letters.tell_who_signed(held.body, letters.agreed(terms, line), by=by, today=today)
    return made
