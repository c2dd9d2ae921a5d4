"""What tests say of clusters: one proposed, its councils joining, its terms agreed to."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.cast import ADA, Cast
from waywarden.county.councils.models import Body
from waywarden.county.decisions.policies import Taken
from waywarden.devolution.clusters import queries
from waywarden.devolution.clusters.actions import clusters, members, roles, terms
from waywarden.devolution.clusters.actions.clusters import Cost, Idea
from waywarden.devolution.clusters.actions.members import Alone
from waywarden.devolution.clusters.actions.terms import Draft
from waywarden.devolution.clusters.models import Agreement, Cluster, Membership, Terms
from waywarden.devolution.offers.actions import Said
from waywarden.fabric.common.subjects import Actor

NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
TODAY = NOW.date()
IDEA = Idea(name="Wychbourne and neighbours", starts_on=date(2027, 4, 1))
#: What each pays alone, and what all of it costs: together they save £1,500.
ALONE = {"wychbourne": 3_000_00, "coldbrook": 1_500_00, "marl_green": 1_000_00}
WHOLE = 4_000_00


def council(cast: Cast, name: str) -> Body:
    """Give a council by the name of its parish."""
    return getattr(cast, {"marl_green": "marl_green_meeting"}.get(name, f"{name}_council"))


def proposed(cast: Cast, *names: str, **facts: Any) -> Cluster:
    """Let the county propose a cluster that cuts village grass."""
    asked = [council(cast, name) for name in names or ALONE]
    said = {"idea": IDEA, "services": [cast.service("DPS01")], "by": cast.by} | facts
    return clusters.propose(body=cast.county_council, members=asked, **said)


def forming(cast: Cast, *names: str, now: datetime = NOW, **facts: Any) -> Cluster:
    """Let it invite the councils."""
    made = proposed(cast, *names, **facts)
    clusters.invite(cluster=made, by=cast.by, now=now)
    return made


def held(cluster: Cluster, body: Body) -> Membership:
    """Give how a council is in a cluster."""
    found = queries.held_by(cluster, body.key)
    assert found
    return found


def resolved(reference: str = "12.3", **facts: Any) -> Taken:
    """Give a resolution of a council."""
    said = {"outcome": "agreed", "reference": reference, "stated_on": date(2026, 10, 12)}
    return Taken(**said | facts)


def join(
    cluster: Cluster, body: Body, *, on: date = IDEA.starts_on, now: datetime = NOW
) -> Membership:
    """Let a council join by its resolution."""
    found = held(cluster, body)
    said = Said(answer="agreed", taken=resolved("Join"))
    members.answer(held=found, said=said, starts_on=on, by=ADA, now=now)
    return found


def peopled(cast: Cast, *names: str, **people: int) -> None:
    """Say how many live in parishes: a thousand where no number is given."""
    census = {"kind": "population", "reference": "2021", "source": "Census", "confidence": "A"}
    for name, value in (dict.fromkeys(names, 1_000) | people).items():
        getattr(cast, name).measures.create(value=value, is_modelled=False, **census)


def say_alone(member: Membership, pence: int, **facts: Any) -> None:
    """Let a council say what it pays alone."""
    alone = Alone(alone_pence=pence, alone_source="A quote", **facts)
    members.say_alone(held=member, version=member.version, alone=alone, by=ADA, today=TODAY)


def joined(cast: Cast, *names: str, whole: int = WHOLE, now: datetime = NOW) -> Cluster:
    """Give a forming cluster whose councils joined and said what they pay alone."""
    made = forming(cast, *names, now=now)
    for name in names or ALONE:
        say_alone(join(made, council(cast, name), now=now), ALONE[name])
    cost = Cost(whole_pence=whole, whole_source="Three quotes")
    clusters.say_cost(cluster=made, version=made.version, cost=cost, by=cast.by, today=TODAY)
    return made


def draft(**facts: Any) -> Draft:
    """Give what terms are to say for the season from April 2027."""
    season = {"season_starts_on": date(2027, 4, 1), "season_ends_on": date(2028, 3, 31)}
    return Draft(**{"rule": "alone", "quorum": 2} | season | facts)


def drawn_up(cluster: Cluster, *, now: datetime = NOW, **facts: Any) -> Terms:
    """Draw up terms."""
    return terms.draw_up(cluster=cluster, draft=draft(**facts), by=ADA, now=now)


def agree(of: Terms, body: Body, **facts: Any) -> Agreement:
    """Let a council agree to terms, as it was shown them."""
    on = facts.pop("stated_on", of.made_on)
    said = {"shown": of.hash, "accepts_above_alone": False, "by": ADA, "now": NOW} | facts
    reference = resolved(f"Terms {of.number}", stated_on=on)
    return terms.agree(terms=of, held=held(of.cluster, body), taken=reference, **said)


def lead(cluster: Cluster, body: Body, *, by: Actor = ADA, now: datetime = NOW) -> None:
    """Let a council take the role of cluster lead."""
    role = queries.lead_of(cluster)
    roles.accept(role=role, held=held(cluster, body), by=by, now=now)


def agreed(cast: Cast, *names: str) -> Terms:
    """Give terms to which every member agreed, in a cluster with a lead."""
    made = joined(cast, *names)
    lead(made, cast.wychbourne_council)
    of = drawn_up(made)
    for name in names or ALONE:
        agree(of, council(cast, name))
    return of


def formed(cast: Cast, *names: str) -> Cluster:
    """Give a cluster that is formed, of councils with one vote each and a quorum of two."""
    made = agreed(cast, *names).cluster
    clusters.form(cluster=made, by=ADA, now=NOW)
    return made
