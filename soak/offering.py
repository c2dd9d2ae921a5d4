"""The forms about offers, filled in: a round begun, a council's own facts."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localdate, now

from soak import people
from soak.editing import ChangingContact
from soak.filling import Listing
from soak.together import Press
from waywarden.devolution.offers.models import Offer, Round


class Beginning(Listing):
    """Ada begins a round of offers."""

    name = "offers:begin"

    def __init__(self) -> None:
        ada = people.cast().ada
        self.session, self.acting = people.session_of(ada), people.office_of(ada)

    def press(self, number: int) -> Press:
        today = localdate()
        days = {"starts_on": str(today + timedelta(days=400)), "answer_by": str(today)}
        said = {"acting_in": self.acting, "years": "3", "power": "contract"}
        return Press(self.session, "/offers/begin/", days | said | {"title": f"Soak {number}"})

    def other(self, press: Press) -> Press:
        return Press(press.session, press.path, press.fields | {"title": "Something else"})

    def made(self, number: int) -> int:
        return Round.objects.filter(title=f"Soak {number}").count()


class TellingOwn(ChangingContact):
    """Several tabs say what tax base Wychbourne has."""

    name = "offers:own"

    def __init__(self) -> None:
        super().__init__()
        self.offers: dict[int, Offer] = {}

    def opened(self, number: int, editors: int) -> list[Press]:
        today, cast = localdate(), people.cast()
        days = {"starts_on": today + timedelta(days=400), "answer_by": today + timedelta(days=9)}
        state = {"status": "open", "opened_at": now()}
        of = Round.objects.create(body=cast.county_council, title="To edit", **days, **state)
        offer = Offer.objects.create(round=of, body=cast.wychbourne_council)
        self.offers[number] = offer
        kept = {"acting_in": self.acting, "version": str(offer.version)}
        where = f"{offer.get_absolute_url()}own/"
        return [
            Press(session, where, kept | {"tax_base": str(editor + 1)})
            for editor, session in enumerate(self.sessions[:editors])
        ]

    def typed(self, press: Press) -> str:
        return press.fields["tax_base"]

    def stands(self, number: int) -> str:
        self.offers[number].refresh_from_db()
        return str((self.offers[number].tax_base_milli or 0) // 1000)
