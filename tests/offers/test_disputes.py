"""CL2: a council disputes a quantity with a figure or a pin; the county is told and sees both."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import Cast, middle
from tests.offers.asked import by_link, offer_to, open_today, send, words
from waywarden.county.official.grid import to_metres
from waywarden.county.people.models import Office
from waywarden.county.places.models import Area, Boundary
from waywarden.county.services import correcting_actions as correcting
from waywarden.county.services.claims import Claim
from waywarden.county.services.models import Quantity
from waywarden.devolution.offers import policies
from waywarden.devolution.offers.models import Offer
from waywarden.devolution.offers.pins import Lies, lies
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice
from waywarden.rules.grid_reference import Square, read

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def pin_in(role: str, north: float = 0) -> str:
    """Give the grid reference of the middle of one of the cast's places, or of north of it."""
    east, up = to_metres(*middle(role))
    return str(Square(int(east) // 10 * 10, int(up + north) // 10 * 10, 10))


def where_of(offer: Offer) -> str:
    """Give the address of the form for the first service in Coldbrook."""
    line = offer.round.services.get().pk
    return f"{offer.get_absolute_url()}quantities/coldbrook-marlshire/{line}/"


def seen(browser: Client, offer: Offer) -> int:
    """Give the version of the figure that the form shows."""
    version: int = browser.get(where_of(offer)).context["form"].initial["version"]
    return version


def held() -> Quantity:
    return Quantity.objects.current().get(service__code="DPS01", area__name="Coldbrook")


class TestDisputes:
    def test_cl2_a_dispute_with_a_figure_and_a_pin_is_told_and_shown_to_the_county(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        clerk, pin = by_link(cast, offer), pin_in("coldbrook")
        said = {"dispute": "The green was sold", "claims": "8,500", "pin": pin.lower()}
        length = Entry.objects.count()

        page = words(send(clerk, where_of(offer), version=seen(clerk, offer), **said))

        assert "It is marked as disputed" in page
        for browser in (clerk, ada[0]):
            shown = words(browser.get(offer.get_absolute_url()))
            assert "Disputed" in shown
            assert f"The green was sold Counted instead: 8,500 m². Where: {pin}." in shown
        officers = words(ada[0].get("/places/coldbrook-marlshire/quantities/village-grass/"))
        assert f"Counted instead: 8,500 m². Where: {pin}." in officers
        [letter] = Notice.objects.filter(topic="figures")
        assert f"Counted instead: 8,500 m². Where: {pin}." in letter.text
        [line] = Entry.objects.filter(number__gt=length)
        assert line.did == "disputed a quantity"
        assert (line.after["claims_milli"], line.after["pin"]) == (8_500_000, pin)

    def test_words_alone_are_enough(self, cast: Cast, offer: Offer) -> None:
        clerk = by_link(cast, offer)

        send(clerk, where_of(offer), version=seen(clerk, offer), dispute="Too much")

        assert (held().is_disputed, held().claimed) == (True, "")
        assert "pin" not in Entry.objects.order_by("-number")[0].after

    @pytest.mark.parametrize(
        ("typed", "why"),
        [
            ({"pin": "behind the church"}, "Enter a grid reference, such as SU 612 934"),
            ({"pin": "SU 61 93"}, "Give six digits or more, such as SU 612 934"),
            ({"pin": "SU 612 93"}, "Enter as many digits for east as for north"),
            ({"pin": "SU 612 93400"}, "Enter as many digits for east as for north"),
            ({"claims": "many"}, "Enter a number, such as 1,200"),
            ({"pin": "NT 250 730"}, "The place you point at is not in the county."),
        ],
    )
    def test_what_cannot_be_taken_is_given_back_with_what_was_typed(
        self, cast: Cast, offer: Offer, typed: dict[str, str], why: str
    ) -> None:
        clerk = by_link(cast, offer)
        said = {"dispute": "The green was sold"} | typed

        page = send(clerk, where_of(offer), version=seen(clerk, offer), **said)

        assert page.status_code == 400
        assert why in words(page)
        for each in said.values():
            assert each in page.content.decode()
        assert not held().is_disputed

    def test_a_pin_outside_the_place_is_taken_with_a_warning_and_one_nearby_without(
        self, cast: Cast, offer: Offer
    ) -> None:
        clerk = by_link(cast, offer)
        far, near = pin_in("marl_green"), pin_in("coldbrook", north=1_300)

        far_page = words(
            send(clerk, where_of(offer), version=seen(clerk, offer), dispute="Far", pin=far)
        )
        near_page = words(
            send(clerk, where_of(offer), version=seen(clerk, offer), dispute="Near", pin=near)
        )

        assert "kilometres outside Coldbrook, as its boundary is held here." in far_page
        assert "It is marked as disputed" in far_page
        assert "outside Coldbrook" not in near_page
        assert held().pin == near

    def test_the_form_begins_with_what_was_said_before(self, cast: Cast, offer: Offer) -> None:
        clerk, pin = by_link(cast, offer), pin_in("coldbrook")
        said = {"dispute": "The green was sold", "claims": "8500.5", "pin": pin}
        send(clerk, where_of(offer), version=seen(clerk, offer), **said)

        form = clerk.get(where_of(offer)).context["form"]

        assert {name: form.initial[name] for name in said} == said

    def test_somebody_who_was_overtaken_is_shown_both_pins(self, cast: Cast, offer: Offer) -> None:
        clerk = by_link(cast, offer)
        version = seen(clerk, offer)
        send(clerk, where_of(offer), version=version, dispute="Sold", pin=pin_in("coldbrook"))

        late = send(
            clerk, where_of(offer), version=version, dispute="Sold", pin=pin_in("wychbourne")
        )

        assert late.status_code == 409
        assert pin_in("coldbrook") in words(late)
        assert pin_in("wychbourne") in late.content.decode()

    def test_a_figure_that_is_put_right_claims_nothing_any_more(
        self, cast: Cast, offer: Offer
    ) -> None:
        clerk = by_link(cast, offer)
        send(clerk, where_of(offer), version=seen(clerk, offer), dispute="Sold", claims="8500")

        correcting.correct_quantity(
            area=cast.coldbrook,
            service=cast.service("DPS01"),
            seen=held().pk,
            amount_milli=8_400_000,
            source="Measured together",
            stated_on=localdate(),
            by=cast.at_coldbrook.actor,
            today=localdate(),
        )

        assert (held().claims_milli, held().pin, held().claimed) == (None, "", "")

    def test_disputed_anew_in_words_of_others_the_claim_goes(
        self, cast: Cast, offer: Offer
    ) -> None:
        of = {"area": cast.coldbrook, "service": cast.service("DPS01"), "today": localdate()}
        own = {"by": cast.at_coldbrook.actor}
        claim = Claim(amount_milli=8_500_000, pin="SU 612 934")
        first = correcting.dispute_quantity(
            seen=held().pk, dispute="Sold", claim=claim, **of, **own
        )

        theirs = {"by": cast.at_the_county.actor, "reason": "By telephone"}
        correcting.dispute_quantity(seen=first.pk, dispute="Sold in May", **of, **theirs)

        assert (held().claimed, held().claims_milli) == ("", None)


class TestWhereAPinLies:
    def test_it_is_in_the_county_and_in_the_place(self, cast: Cast) -> None:
        found = lies(read(pin_in("coldbrook")), cast.coldbrook, on=localdate())

        assert found == Lies(is_in_county=True, metres_off=0)

    def test_a_square_that_reaches_into_the_county_is_in_it(self, cast: Cast) -> None:
        pin = read(pin_in("coldbrook"))
        wide = Square(pin.easting, pin.northing, 1_000)
        outside = Square(pin.easting - 200_000, pin.northing, 100)

        assert lies(wide, cast.coldbrook, on=localdate()).is_in_county
        assert lies(outside, cast.coldbrook, on=localdate()).is_in_county is False

    def test_where_some_places_have_no_boundary_a_pin_may_lie_in_them(self, cast: Cast) -> None:
        Boundary.objects.filter(area=cast.marl_green).delete()
        outside = Square(261_200, 193_400, 100)

        assert lies(outside, cast.coldbrook, on=localdate()).is_in_county is None

    def test_where_no_boundary_is_held_nothing_is_known_and_nothing_stands_in_the_way(
        self, cast: Cast
    ) -> None:
        Boundary.objects.all().delete()
        found = lies(read("NT 250 730"), cast.coldbrook, on=localdate())

        assert found == Lies(is_in_county=None, metres_off=None)
        assert policies.obstacles_to_a_pin(found, cast.coldbrook) == []
        assert policies.warnings_of_a_pin(found, cast.coldbrook) == []

    def test_a_place_of_no_county_is_looked_at_by_itself(self, cast: Cast) -> None:
        alone = Area.objects.get(pk=cast.coldbrook.pk)
        alone.county = None

        found = lies(read(pin_in("coldbrook")), alone, on=localdate())

        assert found == Lies(is_in_county=None, metres_off=0)


def test_a_figure_nobody_holds_any_more_is_shown_as_nothing(cast: Cast) -> None:
    from waywarden.devolution.offers.dispute_forms import disputed

    _ = offer_to(open_today(cast), cast.coldbrook_council)

    assert disputed(None) == {"dispute": "", "claims": None, "pin": "", "shows": ""}
