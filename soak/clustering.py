"""The forms about clusters, filled in: one proposed, and what it costs a council alone."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localdate, now

from soak import people
from soak.editing import ChangingContact
from soak.filling import Listing
from soak.together import Press
from waywarden.devolution.clusters.models import Cluster, Membership, Role


class ProposingCluster(Listing):
    """Ada proposes a cluster."""

    name = "clusters:propose"

    def __init__(self) -> None:
        ada = people.cast().ada
        self.session, self.acting = people.session_of(ada), people.office_of(ada)

    def press(self, number: int) -> Press:
        starts_on = str(localdate() + timedelta(days=400))
        said = {"acting_in": self.acting, "services": "DPS01", "starts_on": starts_on}
        named = {"name": f"Soak {number}", "members": "Coldbrook\nWychbourne"}
        return Press(self.session, "/clusters/propose/", said | named)

    def other(self, press: Press) -> Press:
        return Press(press.session, press.path, press.fields | {"name": "Something else"})

    def made(self, number: int) -> int:
        return Cluster.objects.filter(name=f"Soak {number}").count()


class SayingAlone(ChangingContact):
    """Several tabs say what Wychbourne pays alone."""

    name = "clusters:alone"

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[int, Membership] = {}

    def opened(self, number: int, editors: int) -> list[Press]:
        cast, starts_on = people.cast(), localdate() + timedelta(days=400)
        named = {"key": f"to-edit-{number}", "name": "To edit", "starts_on": starts_on}
        of = Cluster.objects.create(proposed_by=cast.county_council, status="forming", **named)
        Role.objects.create(cluster=of)
        council = cast.wychbourne_council
        held = Membership.objects.create(cluster=of, body=council, invited_at=now())
        self.held[number] = held
        kept = {"acting_in": self.acting, "version": str(held.version), "alone_source": "A quote"}
        where = f"/clusters/{of.key}/members/{council.key}/alone/"
        return [
            Press(session, where, kept | {"alone": str(editor + 1)})
            for editor, session in enumerate(self.sessions[:editors])
        ]

    def typed(self, press: Press) -> str:
        return press.fields["alone"]

    def stands(self, number: int) -> str:
        self.held[number].refresh_from_db()
        return str((self.held[number].alone_pence or 0) // 100)
