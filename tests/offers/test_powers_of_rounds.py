"""The power a round rests on: refused, warned of, confirmed by the monitoring officer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.offers.asked import (
    GRASS,
    NOW,
    begun,
    by_link,
    offer_to,
    open_today,
    opened,
    send,
    terms,
    words,
)
from waywarden.county.councils.models import Body
from waywarden.county.decisions.relying import Asked, Basis, Reliance, key_of, kind_of, towards
from waywarden.county.people.models import Office
from waywarden.county.services import actions as catalogue
from waywarden.devolution.offers import (
    actions,
    packs,
    power_actions,
    queries,
    relying_queries,
)
from waywarden.devolution.offers.actions import CannotOffer
from waywarden.devolution.offers.models import Confirmation, Offer, Round
from waywarden.devolution.offers.power_actions import Confirmed
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.documents.content import Listed
from waywarden.fabric.journal.models import Entry
from waywarden.rules.powers import Kind

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

DEFRAY, EXECUTIVE = "LGA1972-s136", "LGA2000-s9EA"
ON = date(2028, 4, 1)
PUBLICITY = "publicity-of-28-days"
ASKED_OF_GRASS = f"{EXECUTIVE} {PUBLICITY} DPS01"


def found_of(of: Round) -> Reliance:
    """Give what is found of the power of a round."""
    return relying_queries.reliance_of(of, [each.service for each in queries.services_of(of)])


def settled(cast: Cast, code: str) -> None:
    """Let the monitoring officer confirm whose duty a service is."""
    office = "Monitoring officer, The County Council"
    catalogue.confirm_duty(service=cast.service(code), office=office, on=ON, by=cast.by, today=ON)


def confirmed(*warnings: str, **facts: object) -> Confirmed:
    """Give what the monitoring officer confirms."""
    return Confirmed(warnings=warnings, given_on=NOW.date(), **facts)  # type: ignore[arg-type]


def confirm_all(cast: Cast, of: Round, **facts: bool) -> None:
    """Let the monitoring officer confirm all that is asked of the power of a round."""
    keys = [key_of(of.power, each) for each in found_of(of).warnings]
    said = Confirmed(warnings=keys, given_on=date(2026, 1, 5), reference="E-mail", **facts)
    power_actions.confirm(of=of, said=said, by=cast.by, now=NOW)


def litter(cast: Cast, code: str = "LIT") -> Round:
    """Let the county open an offer today of what may not be its own to give."""
    today = localdate()
    days = {"starts_on": today + timedelta(days=400), "answer_by": today + timedelta(days=90)}
    of = actions.begin(body=cast.county_council, terms=terms(**days), by=cast.by)
    actions.offer_service(of=of, service=cast.service(code), rate=GRASS, by=cast.by)
    actions.open_round(of=of, by=cast.by, now=datetime.now(UTC))
    return of


class TestWhatThePowerIsAskedAbout:
    def test_every_kind_of_body_is_something_in_the_eye_of_these_laws(self) -> None:
        kinds = {kind: kind_of(kind) for kind in Body.Kind}

        assert kinds[Body.Kind.COUNTY] is Kind.PRINCIPAL
        assert kinds[Body.Kind.TOWN] is Kind.PARISH
        assert kinds[Body.Kind.MEETING] is Kind.MEETING
        assert kinds[Body.Kind.PARISH_OR_MEETING] is Kind.UNKNOWN
        assert kinds[Body.Kind.HEALTH] is Kind.PUBLIC
        assert kinds[Body.Kind.CIC] is Kind.OUTSIDE

    def test_each_kind_of_council_that_can_be_asked_is_asked_about(self, cast: Cast) -> None:
        assert list(relying_queries.takers_of(cast.county_council)) == [
            Kind.PARISH,
            Kind.MEETING,
            Kind.UNKNOWN,
        ]
        assert list(relying_queries.takers_of(cast.coldbrook_council)) == [Kind.PARISH]

    def test_what_holds_of_several_services_is_said_once(self, cast: Cast) -> None:
        grass, hedges = Asked("DPS01", "Grass"), Asked("HDG", "Hedges")
        basis = Basis(cast.county_council, EXECUTIVE, ON, (grass, hedges), {})

        found = towards(basis, {Kind.PARISH: "a parish council"}).warnings

        assert [(each.finding.key, each.services) for each in found] == [
            (PUBLICITY, (grass, hedges))
        ]
        assert found[0].says.startswith("Grass, Hedges: Nobody has recorded whether this is a key")

    def test_a_unitary_council_holds_what_falls_to_districts(self, cast: Cast) -> None:
        litter = (Asked("LIT", "Litter", is_settled=True),)
        unitary = Body(name="The Unitary", kind=Body.Kind.UNITARY)
        takers = {Kind.PARISH: "a parish council"}

        county = towards(Basis(cast.county_council, "LGA1972-s101", ON, litter, {}), takers)
        other = towards(Basis(unitary, "LGA1972-s101", ON, litter, {}), takers)

        assert [each.finding.key for each in county.refusals] == ["giver-holds-the-function"]
        assert other.refusals == []

    def test_the_general_power_is_refused_where_parish_meetings_are_asked(self, cast: Cast) -> None:
        grass = (Asked("DPS01", "Grass"),)
        basis = Basis(cast.county_council, "LA2011-gpc", ON, grass, {})

        councils = towards(basis, {Kind.PARISH: "a parish council"})
        meetings = towards(basis, relying_queries.takers_of(cast.county_council))

        assert councils.refusals == []
        assert [each.finding.key for each in councils.unknown] == ["the-parish-council-is-eligible"]
        (refusal,) = meetings.refusals
        assert refusal.says.startswith("Grass: a parish meeting does not have the general power")
        assert refusal.finding.law is not None
        assert refusal.finding.law.name == "Localism Act 2011, section 8"
        assert {"contract", "grant"} <= {power.key for power in meetings.instead}

    def test_an_offer_that_starts_before_its_law_was_in_force_is_refused(self, cast: Cast) -> None:
        grass = (Asked("DPS01", "Grass"),)
        basis = Basis(cast.county_council, EXECUTIVE, date(2012, 4, 1), grass, {})

        (refusal,) = towards(basis, {Kind.PARISH: "a parish council"}).refusals

        assert "is in force from 4 May 2012, not on 1 April 2012." in refusal.says

    def test_of_several_kinds_of_councils_the_gravest_counts_in_the_words_of_each(
        self, cast: Cast
    ) -> None:
        basis = Basis(cast.county_council, "LGA1972-s101", ON, (Asked("LIT", "Litter"),), {})
        meeting, unknown = "a parish meeting", "an unknown parish"

        found = towards(basis, {Kind.MEETING: meeting, Kind.UNKNOWN: unknown})

        of_meetings = next(
            one for one in found.found if one.finding.key == "the-meeting-is-no-authority"
        )
        assert meeting in of_meetings.says
        assert unknown in of_meetings.says

    def test_what_falls_to_whoever_owns_it_is_not_recorded(self, cast: Cast) -> None:
        basis = Basis(cast.county_council, EXECUTIVE, ON, (Asked("FUR", "Furniture"),), {})

        found = towards(basis, {Kind.PARISH: "a parish council"})

        assert "giver-holds-the-function" in [each.finding.key for each in found.unknown]
        assert found.refusals == []


class TestRefusing:
    def test_a_power_for_what_both_hold_is_refused_where_one_does_not_and_another_is_named(
        self, cast: Cast
    ) -> None:
        settled(cast, "WED")
        of = begun(cast, power=DEFRAY)
        weeds = cast.service("WED")

        with pytest.raises(CannotOffer) as refused:
            actions.offer_service(of=of, service=weeds, rate=GRASS, by=cast.by)

        said = str(refused.value)
        assert "do not both hold this function" in said
        assert "(Local Government Act 1972, section 136.)" in said
        assert "Choose instead: Delegation of an executive function" in said

    def test_what_rests_on_a_default_duty_nobody_confirmed_warns_and_refuses_nobody(
        self, cast: Cast
    ) -> None:
        of = begun(cast, power=DEFRAY)

        actions.offer_service(of=of, service=cast.service("WED"), rate=GRASS, by=cast.by)
        actions.open_round(of=of, by=cast.by, now=NOW)

        both = next(w for w in found_of(of).warnings if w.finding.key == "both-hold-the-function")
        assert "whose duty it is by default is to be confirmed" in both.says
        assert both.codes == {"WED"}
        power_actions.confirm(
            of=of, said=confirmed(f"{DEFRAY} both-hold-the-function WED"), by=cast.by, now=NOW
        )
        assert "both-hold-the-function" in [each.finding.key for each in found_of(of).confirmed]

    def test_a_duty_confirmed_meanwhile_keeps_a_round_from_being_opened_and_changed(
        self, cast: Cast
    ) -> None:
        of = begun(cast, power=DEFRAY)
        actions.offer_service(of=of, service=cast.service("WED"), rate=GRASS, by=cast.by)
        settled(cast, "WED")

        with pytest.raises(CannotOffer, match="section 136"):
            actions.open_round(of=of, by=cast.by, now=NOW)
        with pytest.raises(CannotOffer, match="section 136"):
            actions.change(of=of, version=1, terms=terms(power=DEFRAY, years=5), by=cast.by)
        actions.change(of=Round.objects.get(pk=of.pk), version=1, terms=terms(), by=cast.by)

    def test_the_form_refuses_it_by_its_sentence_and_puts_the_lawful_ways_first(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        browser, acting = ada
        of = begun(cast)
        actions.offer_service(of=of, service=cast.service("WED"), rate=GRASS, by=cast.by)
        settled(cast, "WED")
        said = {"title": "Grass", "starts_on": "2028-04-01", "answer_by": "2027-12-01"}
        said |= {"years": "3", "power": DEFRAY, "version": "1"}

        page = send(browser, f"/offers/{of.pk}/change/", acting=acting, **said)

        assert page.status_code == 400
        assert "do not both hold this function" in words(page)
        assert "Local Government Act 1972, section 136" in words(page)
        form = page.content.decode()
        group = form.index('<optgroup label="Open for this offer">')
        assert group < form.index('value="LGA2000-s9EA"') < form.index('label="Others"')
        chosen = send(
            browser, f"/offers/{of.pk}/change/", acting=acting, **said | {"power": EXECUTIVE}
        )
        assert "is changed" in words(chosen)

    def test_a_power_that_was_superseded_is_warned_of_and_taken(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        browser, acting = ada
        today = localdate()
        said = {"title": "Old ways", "years": "3", "power": "LGA2000-s20"}
        said |= {"starts_on": str(today + timedelta(days=400))}
        said |= {"answer_by": str(today + timedelta(days=90))}

        page = words(send(browser, "/offers/begin/", acting=acting, **said))

        assert "Section 9EB stands in the place of section 20 in England" in page
        assert "warnings to be confirmed" in page


class TestConfirming:
    def test_the_monitoring_officer_confirms_a_warning_and_it_stands_no_more(
        self, cast: Cast
    ) -> None:
        of = opened(cast)
        assert PUBLICITY in [each.finding.key for each in found_of(of).warnings]

        power_actions.confirm(
            of=of, said=confirmed(ASKED_OF_GRASS, note="No key decision"), by=cast.by, now=NOW
        )

        assert PUBLICITY not in [each.finding.key for each in found_of(of).warnings]
        assert [each.finding.key for each in found_of(of).confirmed] == [PUBLICITY]
        line = Entry.objects.order_by("-number")[0]
        assert line.did == "confirmed the power of an offer"
        assert line.after["warnings"] == [PUBLICITY]

    def test_where_it_can_be_read_stays_out_of_the_history(self, cast: Cast, offer: Offer) -> None:
        said = confirmed(ASKED_OF_GRASS, reference="E-mail from a person of 3 May", is_noted=True)
        power_actions.confirm(of=offer.round, said=said, by=cast.by, now=NOW)

        history = Client().get(reverse("journal:history", args=["round", offer.round.key]))

        assert "onfirmed the power of an offer" in words(history)
        assert "E-mail from a person" not in words(history)
        assert "E-mail from a person" not in str(Entry.objects.order_by("-number")[0].after)

    def test_nothing_is_confirmed_of_a_power_that_was_changed_meanwhile(self, cast: Cast) -> None:
        of = begun(cast)
        now = Round.objects.get(pk=of.pk)
        actions.change(of=now, version=1, terms=terms(power="LGA1972-s101"), by=cast.by)
        asked = confirmed(f"{EXECUTIVE} the-meeting-is-no-authority DPS01")

        with pytest.raises(CannotOffer, match="do not stand any more"):
            power_actions.confirm(of=of, said=asked, by=cast.by, now=NOW)

    def test_nothing_is_confirmed_of_an_offer_that_was_withdrawn_meanwhile(
        self, cast: Cast
    ) -> None:
        stale = opened(cast)
        actions.withdraw(of=Round.objects.get(pk=stale.pk), reason="No money", by=cast.by)

        with pytest.raises(CannotOffer, match="It was withdrawn"):
            power_actions.confirm(of=stale, said=confirmed(ASKED_OF_GRASS), by=cast.by, now=NOW)

    def test_nothing_is_confirmed_before_a_service_is_offered(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        of = actions.begin(body=cast.county_council, terms=terms(), by=cast.by)

        with pytest.raises(CannotOffer, match="Add the services first"):
            confirm_all(cast, of)
        assert "Add the services first" in words(ada[0].get(f"/offers/{of.pk}/power/"))
        assert "Record what is confirmed" not in words(ada[0].get(f"/offers/{of.pk}/"))

    def test_it_holds_for_the_services_and_the_power_it_was_said_of(self, cast: Cast) -> None:
        of = begun(cast)
        power_actions.confirm(of=of, said=confirmed(ASKED_OF_GRASS), by=cast.by, now=NOW)

        actions.offer_service(of=of, service=cast.service("HDG"), rate=GRASS, by=cast.by)

        open_ones = [each for each in found_of(of).warnings if each.finding.key == PUBLICITY]
        assert [each.codes for each in open_ones] == [{"HDG"}]
        actions.change(of=of, version=1, terms=terms(power="LGA1972-s101"), by=cast.by)
        assert found_of(of).confirmed == []

    def test_what_is_confirmed_already_to_come_or_withdrawn_is_not_recorded(
        self, cast: Cast
    ) -> None:
        of = opened(cast)
        said = confirmed(ASKED_OF_GRASS)
        power_actions.confirm(of=of, said=said, by=cast.by, now=NOW)
        meeting = f"{EXECUTIVE} the-meeting-is-no-authority DPS01"
        late = Confirmed(warnings=(meeting,), given_on=date(2027, 5, 4))

        with pytest.raises(CannotOffer, match="do not stand any more"):
            power_actions.confirm(of=of, said=said, by=cast.by, now=NOW)
        with pytest.raises(CannotOffer, match="cannot be dated 4 May 2027"):
            power_actions.confirm(of=of, said=late, by=cast.by, now=NOW)
        both = confirmed(ASKED_OF_GRASS, meeting)
        with pytest.raises(Overtaken, match="fell away"):
            power_actions.confirm(of=of, said=both, by=cast.by, now=NOW)
        actions.withdraw(of=of, reason="No money", by=cast.by)
        with pytest.raises(CannotOffer, match="It was withdrawn"):
            power_actions.confirm(of=of, said=confirmed(meeting), by=cast.by, now=NOW)
        assert Confirmation.objects.count() == 1

    def test_a_confirmation_taken_back_brings_its_warning_back_once(self, cast: Cast) -> None:
        of = opened(cast)
        said = confirmed(ASKED_OF_GRASS)
        power_actions.confirm(of=of, said=said, by=cast.by, now=NOW)
        held = Confirmation.objects.get()

        power_actions.take_back(confirmation=held, reason="Another round", by=cast.by, now=NOW)

        assert PUBLICITY in [each.finding.key for each in found_of(of).warnings]
        assert Entry.objects.order_by("-number")[0].reason == "Another round"
        with pytest.raises(Overtaken, match="taken back already"):
            power_actions.take_back(confirmation=held, reason="Again", by=cast.by, now=NOW)
        power_actions.confirm(of=of, said=said, by=cast.by, now=NOW)
        assert Confirmation.objects.count() == 2


class TestThePages:
    def test_an_officer_notes_what_the_monitoring_officer_said_and_where_it_can_be_read(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        browser, acting = ada
        where = f"/offers/{offer.round.pk}/power/"
        said = {"warnings": [ASKED_OF_GRASS], "given_on": str(localdate())}

        assert "Waits for the monitoring officer" in words(
            browser.get(f"/offers/{offer.round.pk}/")
        )
        assert "You note what the monitoring officer has said" in words(browser.get(where))
        refused = send(browser, where, acting=acting, **said)
        page = words(send(browser, where, acting=acting, **said, reference="E-mail of 3 May"))

        assert "Say where it can be read" in words(refused)
        assert "Asked: “" in page
        assert "that the offer may rest on this power all the same, as another officer" in page
        assert "E-mail of 3 May" in page
        public = words(Client().get(f"/offers/{offer.round.pk}/"))
        assert "Confirmed by the monitoring officer" in public
        assert "E-mail of 3 May" not in public
        again = send(browser, where, acting=acting, **said, reference="E-mail of 3 May")
        assert "Choose from those that are open" in words(again)

    def test_the_monitoring_officer_confirms_by_their_own_word(
        self, cast: Cast, offer: Offer
    ) -> None:
        person = cast.bron
        acting = cast.office(person, cast.county_council, Office.Kind.MONITORING_OFFICER)
        browser, where = cast.signed_in(person), f"/offers/{offer.round.pk}/power/"
        said = {"warnings": [ASKED_OF_GRASS], "given_on": str(localdate())}

        page = words(send(browser, where, acting=acting, **said))

        assert "The monitoring officer confirmed on" in page
        assert not Confirmation.objects.get().is_noted

    def test_a_confirmation_is_taken_back_from_the_round_it_is_of(
        self, cast: Cast, ada: tuple[Client, Office], offer: Offer
    ) -> None:
        browser, acting = ada
        power_actions.confirm(
            of=offer.round,
            said=Confirmed(warnings=(ASKED_OF_GRASS,), given_on=date(2026, 1, 5)),
            by=cast.by,
            now=NOW,
        )
        held, other = Confirmation.objects.get(), open_today(cast)
        ending, here = f"power/{held.pk}/take-back/", f"/offers/{offer.round.pk}/"

        elsewhere = send(browser, f"/offers/{other.pk}/{ending}", acting=acting, reason="No")
        page = send(browser, f"{here}{ending}", acting=acting, reason="Wrong round")

        assert elsewhere.status_code == 403
        assert "The warning stands again" in words(page)

    def test_the_pack_says_by_which_power_and_what_nobody_confirmed(
        self, cast: Cast, offer: Offer
    ) -> None:
        browser = by_link(cast, offer)
        here = offer.get_absolute_url()

        for page in (browser.get(here), browser.get(f"{here}wording/")):
            said = words(page)
            assert "The cabinet of a county, district or unitary council asks" in said
            assert "Not confirmed yet by the monitoring officer of The County Council" in said
        paper = packs.paper_of(queries.pack_of(offer, on=localdate()), contact="", on=localdate())
        assert "28 clear days" in str([part for part in paper.parts if isinstance(part, Listed)])

    def test_a_parish_meetings_pack_says_what_is_doubtful_of_meetings_by_its_name(
        self, cast: Cast, offer: Offer
    ) -> None:
        theirs = offer_to(offer.round, cast.marl_green_meeting)
        found = queries.pack_of(theirs, on=localdate()).reliance

        assert found is not None
        said = " ".join(each.says for each in found.warnings)
        assert "No such order is recorded for Marl Green Parish Meeting" in said

    def test_once_all_is_confirmed_the_pack_says_so(self, cast: Cast, offer: Offer) -> None:
        confirm_all(cast, offer.round, is_noted=True)

        page = words(by_link(cast, offer).get(offer.get_absolute_url()))
        paper = packs.paper_of(queries.pack_of(offer, on=localdate()), contact="", on=localdate())

        said = "has confirmed that the offer may rest on it, as another officer noted"
        assert said in page
        assert said in str(paper.parts)

    def test_what_is_refused_or_unknown_is_in_the_pack_and_nothing_says_all_is_confirmed(
        self, cast: Cast
    ) -> None:
        of, unknown = litter(cast), litter(cast, "FUR")
        for each in (of, unknown):
            confirm_all(cast, each)
        settled(cast, "LIT")

        assert found_of(of).refusals
        assert found_of(unknown).unknown
        for each, said in ((of, "The law, as read, refuses it"), (unknown, "Not recorded here")):
            offer = offer_to(each, cast.coldbrook_council)
            browser, here = by_link(cast, offer), offer.get_absolute_url()
            paper = packs.paper_of(
                queries.pack_of(offer, on=localdate()), contact="", on=localdate()
            )
            shown = [words(browser.get(page)) for page in (here, f"{here}wording/")]
            for page in (*shown, str(paper.parts)):
                assert said in page
                assert "has confirmed" not in page

    def test_once_the_power_of_an_open_offer_is_refused_its_page_says_what_to_do(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        of = litter(cast)
        settled(cast, "LIT")

        page = words(ada[0].get(f"/offers/{of.pk}/"))

        assert "The law refuses the power of this offer" in page
        assert "Withdraw this one, and begin another offer by a power that is open" in page
        assert "The law refuses the power" not in words(Client().get(f"/offers/{of.pk}/"))
        actions.close(of=of, by=cast.by)
        with pytest.raises(CannotOffer, match="Leave this one closed, and begin another offer"):
            actions.open_round(of=of, by=cast.by, now=datetime.now(UTC))

    def test_no_pack_says_twice_that_the_monitoring_officer_is_to_confirm(
        self, cast: Cast, offer: Offer
    ) -> None:
        paper = packs.paper_of(queries.pack_of(offer, on=localdate()), contact="", on=localdate())
        warnings = next(
            str(part) for part in paper.parts if isinstance(part, Listed) and "28" in str(part)
        )

        assert "to be confirmed by the monitoring officer" not in warnings
