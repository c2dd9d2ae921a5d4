"""A council that is asked to join: its link, what it would pay, what keeps it from asking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waywarden.county.councils.models import Body
from waywarden.county.offices.telling import reply_addresses
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import OFFICERS
from waywarden.devolution.clusters import policies, queries, sharing
from waywarden.devolution.clusters.models import Cluster, Link, Membership, Terms
from waywarden.fabric.common.tokens import hash_of

#: So many letters with a link are enough for a council that says nothing.
MOST_LETTERS = 4


def link_called(secret: str) -> Link | None:
    """Return the link that a secret opens, whether or not it works any more."""
    found = Link.objects.select_related("membership__cluster__proposed_by", "membership__body")
    return found.filter(token_hash=hash_of(secret)).first()


def newest_link(held: Membership) -> Link | None:
    """Return the link that was sent to a council last."""
    found = held.links.select_related("membership__cluster__proposed_by", "membership__body")
    return found.order_by("-number").first()


def who_sign_in(bodies: Sequence[Body], *, on: date) -> set[int]:
    """Return the numbers of the bodies of which an officer signs in."""
    held = Office.objects.filter(body__in=bodies, kind__in=OFFICERS).as_of(on)
    return set(held.values_list("body_id", flat=True))


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A council that has not answered: its last link, and what keeps it from being asked again."""

    held: Membership
    link: Link | None
    state: Link.State | None
    obstacles: list[str]

    @property
    def works(self) -> bool:
        """Whether a link of its works."""
        return self.state == Link.State.WORKS


def asked_by_letter(cluster: Cluster, *, on: date) -> list[Asked]:
    """Return the councils that may be asked by a link, in as many queries for many as for few."""
    found = cluster.memberships.filter(invited_at__isnull=False, ends_on__isnull=True)
    found = found.select_related("body", "decision", "cluster__proposed_by")
    waiting = [
        held
        for held in found.prefetch_related("links").order_by("body__name", "pk")
        if not held.has_joined
    ]
    bodies = [held.body for held in waiting]
    signing, reach = who_sign_in(bodies, on=on), reply_addresses(bodies)
    return [
        _asked(held, reach.get(held.body_id, ""), held.body_id in signing, on=on)
        for held in waiting
        if held.body_id not in signing or held.links.all()
    ]


def _asked(held: Membership, address: str, signs_in: bool, *, on: date) -> Asked:
    links = _links_of(held)
    state = links[-1].state(on) if links else None
    obstacles = obstacles_to_asking_again(held, links, address=address, signs_in=signs_in, on=on)
    return Asked(held=held, link=links[-1] if links else None, state=state, obstacles=obstacles)


def _links_of(held: Membership) -> list[Link]:
    links = sorted(held.links.all(), key=lambda link: link.number)
    for link in links:
        link.membership = held
    return links


def obstacles_to_asking_again(
    held: Membership, links: Sequence[Link], *, address: str, signs_in: bool, on: date
) -> list[str]:
    """List what keeps a council from being asked once more by a letter with a link."""
    if not held.cluster.is_under_way or held.invited_at is None:
        return [policies.NOT_UNDER_WAY]
    if held.answer == Membership.Answer.DECLINED:
        return [f"{held.body} has declined: it is not asked again."]
    if held.ends_on is not None or held.has_joined:
        return [f"{held.body} has joined already."]
    if signs_in:
        return [f"An officer of {held.body} signs in here, and answers there."]
    if not address:
        return [f"No e-mail address of {held.body} is known. Add one to its contacts."]
    # Who lost its link by no doing of its own gets another, however many letters it has had.
    if links and links[-1].ended_at is None:
        return _obstacles_to_one_more(held, links, on=on)
    return []


def _obstacles_to_one_more(held: Membership, links: Sequence[Link], *, on: date) -> list[str]:
    if links[-1].sent_on == on:
        return [f"A letter to {held.body} went out today already."]
    if len(links) >= MOST_LETTERS:
        return [f"{held.body} has had {len(links)} letters. Telephone instead."]
    return []


def obstacles_to_ending_link(held: Membership, link: Link | None, *, on: date) -> list[str]:
    """List what keeps the link of a council's letter from being ended."""
    if link is None:
        return [f"No link was sent to {held.body}."]
    if not link.works(on):
        return [f"The link of {held.body} opens nothing: {link.state(on).label.lower()}."]
    return []


def obstacles_to_a_question(held: Membership, *, on: date) -> list[str]:
    """List what keeps a council from asking who runs the cluster; who has joined may ask too."""
    if not held.cluster.is_under_way or not held.is_inside(on):
        return [policies.NOT_UNDER_WAY]
    return []


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a council that is asked would pay in a year, and how that is shared."""

    pence: int | None
    #: How it is shared; blank where nothing is known.
    rule: str = ""
    #: What is missing, where it is not known.
    why_not: str = ""
    #: Whether the terms give it a share already; else it is reckoned as if all who are asked join.
    is_share: bool = False


def figures_of(held: Membership, newest: Terms | None, *, on: date) -> Figures:
    """Return what a council would pay: its share, or about that if all who are asked join."""
    share = newest.shares.filter(membership=held).first() if newest else None
    if newest is not None and share is not None:
        return Figures(pence=share.pence, rule=_rule_of(newest), is_share=True)
    asked = [each for each in queries.memberships_of(held.cluster) if each.is_inside(on)]
    whole = held.cluster.whole_pence
    if whole is None:
        return Figures(pence=None, why_not="Nobody has said yet what all of it costs.")
    missing = [each.body.name for each in asked if each.alone_pence is None]
    if missing:
        why_not = f"Nobody has said yet what it costs alone: {', '.join(missing)}."
        return Figures(pence=None, why_not=why_not)
    return _reckoned(held, asked, whole, newest)


def _reckoned(
    held: Membership, asked: Sequence[Membership], whole: int, newest: Terms | None
) -> Figures:
    is_known = newest is not None and newest.rule not in sharing.WITH_FIGURES
    rule = newest.rule if newest and is_known else sharing.ALONE
    alone = {each.body.key: each.alone_pence or 0 for each in asked}
    try:
        shares = sharing.divide(rule, whole, alone=alone, figures={})
    except sharing.CannotShare as refused:
        return Figures(pence=None, why_not=str(refused))
    return Figures(pence=shares[held.body.key], rule=sharing.RULES[rule])


def _rule_of(terms: Terms) -> str:
    return sharing.RULES.get(terms.rule, terms.rule)
