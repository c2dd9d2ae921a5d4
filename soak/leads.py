"""The lead of a cluster, which two councils take at once, each in two tabs."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.timezone import localdate

from soak import people
from soak.browsers import Answer
from soak.races import Contest
from soak.sites import Site
from soak.together import Press
from waywarden.county.councils.models import Body
from waywarden.county.decisions.models import Decision
from waywarden.devolution.clusters.models import Cluster, Membership, Role
from waywarden.fabric.journal.models import Entry


class TakingTheLead(Contest):
    """The clerks of Wychbourne and Coldbrook both press "We take it"."""

    name = "taking-the-lead"
    told = ("took it first",)

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        cast = people.cast()
        self.bodies = (cast.wychbourne_council, cast.coldbrook_council)
        clerks = (cast.bron, cast.colm)
        self.rivals = [(people.session_of(who), people.office_of(who)) for who in clerks * 2]
        self.minutes = [_minute(body) for body in self.bodies]
        self.roles: dict[int, Role] = {}

    def ready(self, number: int, rivals: int) -> list[Press]:
        self.lines = _lines()
        of = self._cluster(number)
        self.roles[number] = role = Role.objects.create(cluster=of)
        where = f"/clusters/{of.key}/roles/{role.pk}/accept/"
        return [
            Press(session, where, {"acting_in": office}) for session, office in self.rivals[:rivals]
        ]

    def _cluster(self, number: int) -> Cluster:
        starts_on, now = localdate() + timedelta(days=400), timezone.now()
        of = Cluster.objects.create(
            key=f"to-lead-{number}",
            name=f"To lead {number}",
            status=Cluster.Status.FORMING,
            proposed_by=people.cast().county_council,
            starts_on=starts_on,
        )
        for body, minute in zip(self.bodies, self.minutes, strict=True):
            joined = {"answer": "agreed", "invited_at": now, "answered_at": now}
            Membership.objects.create(
                cluster=of, body=body, decision=minute, starts_on=starts_on, **joined
            )
        return of

    def winners(self, number: int) -> int:
        """Count the lines of the journal; where the role is nobody's after all, there is none."""
        self.roles[number].refresh_from_db()
        return _lines() - self.lines if self.roles[number].holder_id else 0

    def is_won(self, answer: Answer) -> bool:
        return "has taken the role" in answer.body


def _minute(body: Body) -> Decision:
    return Decision.objects.create(
        body=body,
        kind=Decision.Kind.MINUTE,
        title="To join clusters",
        outcome=Decision.Outcome.AGREED,
        reference="soak leads",
        stated_on=localdate(),
        received_at=timezone.now(),
    )


def _lines() -> int:
    return Entry.objects.filter(did="took a lead role").count()
