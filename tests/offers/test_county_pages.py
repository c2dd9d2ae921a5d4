"""The pages of offers as the county uses them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.offers.asked import (
    begun,
    reachable,
    send,
    words,
)
from waywarden.county.people.models import Office
from waywarden.devolution.offers.models import Offer, Round
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


class TestTheCounty:
    def test_po1_an_officer_makes_an_offer_with_services_rates_and_a_deadline(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        browser, acting = ada
        today = localdate()
        said = {
            "title": "Grass from next year",
            "starts_on": str(today + timedelta(days=400)),
            "answer_by": str(today + timedelta(days=90)),
            "years": "3",
            "power": "LGA2000-s9EA",
            "criteria": "Who can do it safely",
        }

        send(browser, "/offers/begin/", acting=acting, **said)
        of = Round.objects.get()
        grass = str(cast.service("DPS01").pk)
        page = send(
            browser, f"/offers/{of.pk}/services/add/", acting=acting, service=grass, rate="0.05"
        )
        assert "5p a year for each square metre" in words(page)
        assert Client().get(f"/offers/{of.pk}/").status_code == 404

        page = send(browser, f"/offers/{of.pk}/open/", acting=acting)

        assert "It is: open for answers." in words(page)
        assert "Who can do it safely" in words(Client().get(f"/offers/{of.pk}/"))
        assert "Grass from next year" in words(Client().get("/offers/"))
        assert "Grass from next year" in Client().get("/offers/offers.csv").content.decode()

    def test_what_is_offered_is_changed_and_left_out_while_it_is_written(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        browser, acting = ada
        of = begun(cast)
        here = f"/offers/{of.pk}/"
        said = {"title": "Grass and more", "starts_on": "2028-04-01", "answer_by": "2027-12-01"}
        said |= {"years": "5", "power": "LGA1972-s101", "version": "1"}

        assert "is changed" in words(send(browser, f"{here}change/", acting=acting, **said))
        overtaken = send(browser, f"{here}change/", acting=acting, **said | {"title": "Signs"})
        assert overtaken.status_code == 409
        where = f"{here}services/{of.services.get().pk}/leave-out/"
        assert "No service is offered yet" in words(send(browser, where, acting=acting))
        refused = words(send(browser, f"{here}open/", acting=acting))
        assert "Add a service to offer" in refused

    def test_days_that_contradict_one_another_are_given_back(
        self, ada: tuple[Client, Office]
    ) -> None:
        browser, acting = ada
        said = {"title": "Grass", "starts_on": "2028-04-01", "answer_by": "2028-04-01"}

        page = send(browser, "/offers/begin/", acting=acting, **said, years="3", power="contract")

        assert page.status_code == 400
        assert "Enter a day before the services start" in words(page)
        said |= {"starts_on": "2099-04-01", "answer_by": "2027-12-01"}
        late = send(browser, "/offers/begin/", acting=acting, **said, years="3", power="contract")
        assert "the bank holidays of that year are not recorded" in words(late)

    def test_po6_every_council_with_an_address_is_written_to_at_once(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        browser, acting = ada
        reachable(cast, cast.coldbrook_council)
        reachable(cast, cast.wychbourne_council, "clerk@wychbourne.example")
        where = f"/offers/{offer.round.pk}/write/"

        page = words(send(browser, where, acting=acting))
        again = words(send(browser, where, acting=acting))

        assert "2 letters are on their way. 2 councils could not be written to" in page
        assert "0 letters are on their way." in again
        assert Notice.objects.count() == 2

    def test_po3_the_longest_silent_stand_on_top_and_go_out_as_a_table(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        browser, acting = ada
        reachable(cast, cast.coldbrook_council)
        send(browser, f"{offer.get_absolute_url()}write/", acting=acting)
        here = f"/offers/{offer.round.pk}/councils"

        page = words(browser.get(f"{here}/"))
        file = browser.get(f"{here}.csv").content.decode()

        assert "Where the 4 councils are" in page
        assert page.index("Coldbrook Parish Council") < page.index("Wychbourne Town Council")
        assert "£450" in page
        assert "Silent" in file
        assert browser.get(f"{here}/?stage=Silent").context["list"].found[0].days_waiting == 0

    def test_one_without_an_address_is_named(
        self, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        browser, acting = ada

        page = words(send(browser, f"{offer.get_absolute_url()}write/", acting=acting))

        assert "No e-mail address of Coldbrook Parish Council is known" in page

    def test_a_round_is_closed_and_withdrawn(
        self, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        browser, acting = ada
        here = f"/offers/{offer.round.pk}/"

        assert "It is: closed." in words(send(browser, f"{here}close/", acting=acting))
        assert "by now" in words(send(browser, f"{here}close/", acting=acting))
        late = send(browser, f"{here}withdraw/", acting=acting, reason="No money")
        assert "“Closed” by now" in words(late)
        send(browser, f"{here}open/", acting=acting)
        gone = words(send(browser, f"{here}withdraw/", acting=acting, reason="No money"))
        assert "It is withdrawn." in gone

    def test_what_a_council_tells_by_telephone_is_noted_by_who_runs_the_round(
        self, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        browser, acting = ada
        where = f"{offer.get_absolute_url()}answer/"

        page = words(send(browser, where, acting=acting, answer="more-time"))

        assert "Needs more time" in page
