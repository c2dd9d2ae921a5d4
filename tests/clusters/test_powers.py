"""The powers a cluster rests on: warned of, confirmed by the monitoring officer, taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from tests.cast import Cast
from tests.clusters.formed import NOW, TODAY, forming, join, joined, lead, proposed
from tests.clusters.led import LETTER, asked, company
from tests.offers.asked import send, words
from waywarden.county.people.models import Office
from waywarden.devolution.clusters import powers, queries
from waywarden.devolution.clusters.actions import clusters, confirming, leading, roles
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Cluster, ClusterConfirmation, Role, Scope
from waywarden.devolution.clusters.powers import Rests
from waywarden.devolution.offers.power_actions import Confirmed
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry, PersonalValue

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

MEETING = "the-meeting-is-no-authority"


def last() -> Entry:
    """Give the last line of the journal."""
    return Entry.objects.order_by("-number")[0]


def the(made: Cluster) -> Rests:
    """Give what the only group of services of a cluster rests on."""
    (found,) = powers.rests_of(made, on=TODAY)
    return found


def warned(made: Cluster) -> list[str]:
    """Give the keys of the warnings that stand."""
    return [found.finding.key for found in the(made).reliance.warnings]


@pytest.fixture
def led(cast: Cast) -> Cluster:
    """A cluster that the parish meeting of Marl Green leads."""
    made = joined(cast)
    Scope.objects.create(cluster=made, service=cast.service("GUL"))
    Role.objects.create(cluster=made, service=cast.service("GUL"))
    lead(made, cast.marl_green_meeting)
    return made


def chosen(made: Cluster, *only: str) -> list[str]:
    """Name the warnings that stand, all or some, as the form does."""
    rests = the(made)
    found = rests.reliance.warnings
    return [rests.key_of(one) for one in found if not only or one.finding.key in only]


def confirm(cast: Cast, made: Cluster, *only: str, **facts: object) -> None:
    """Let the monitoring officer confirm what is warned of."""
    said = {"warnings": chosen(made, *only), "given_on": TODAY} | facts
    confirming.confirm(cluster=made, said=Confirmed(**said), by=cast.by, now=NOW)  # type: ignore[arg-type]


class TestWhatItRestsOn:
    def test_while_nobody_leads_it_rests_on_nothing(self, cast: Cast) -> None:
        assert powers.rests_of(joined(cast), on=TODAY) == []

    def test_a_council_delivers_for_the_others_by_delegation(self, led: Cluster) -> None:
        rests = the(led)

        assert (rests.power, rests.name) == ("LGA1972-s101", "Marl Green Parish Meeting")
        assert [service.code for service in rests.services] == ["DPS01", "GUL"]
        assert MEETING in warned(led)
        says = next(f.says for f in rests.reliance.warnings if f.finding.key == MEETING)
        assert "recorded for Marl Green Parish Meeting" in says
        assert "to be confirmed by the monitoring officer" in says

    def test_whose_duty_it_is_warns_until_that_is_confirmed(self, led: Cluster) -> None:
        finding = next(
            one for one in the(led).reliance.warnings if one.finding.key.startswith("giver-holds")
        )

        assert "Coldbrook Parish Council or Wychbourne Town Council does not hold" in finding.says

    def test_staff_that_members_lend_are_placed_at_its_disposal(self, led: Cluster) -> None:
        led.scope.update(intended=Scope.Model.SHARED, intended_why="They mow already")

        assert the(led).power == "LGA1972-s113"
        assert MEETING in warned(led)

    def test_who_leads_a_service_is_asked_about_it_and_not_the_lead_of_all(
        self, cast: Cast, led: Cluster
    ) -> None:
        held = queries.held_by(led, cast.coldbrook_council.key)
        for role in queries.roles_of(led)[1:]:
            roles.accept(role=role, held=held, by=cast.by, now=NOW)

        assert the(led).name == "Coldbrook Parish Council"
        assert MEETING not in warned(led)
        assert "the-giving-meeting-is-no-authority" in warned(led)

    @pytest.mark.parametrize(("kind", "power"), [("company", "grant"), ("contractor", "contract")])
    def test_a_group_or_company_delivers_by_grant_or_contract(
        self, cast: Cast, led: Cluster, kind: str, power: str
    ) -> None:
        given = {"name": "Green Hands CIC", "kind": kind, "by": cast.by, "now": NOW}
        for role in queries.roles_of(led)[1:]:
            roles.note_holder(role=role, **given)

        assert (the(led).power, the(led).taker) == (power, "Green Hands CIC")
        assert warned(led) == []

    def test_what_the_county_goes_on_with_rests_on_nothing_here(self, led: Cluster) -> None:
        led.scope.update(intended=Scope.Model.COUNTY, intended_why="It has the machine")

        assert powers.rests_of(led, on=TODAY) == []

    def test_who_was_only_asked_is_named_to_nobody_and_in_nothing_that_is_kept(
        self, cast: Cast
    ) -> None:
        made = forming(cast)
        join(made, cast.marl_green_meeting)
        lead(made, cast.marl_green_meeting)

        confirm(cast, made)

        shown = words(Client().get(made.get_absolute_url()))
        said = [found.says for found in the(made).reliance.found]
        kept = [each.says for each in ClusterConfirmation.objects.all()]
        assert kept
        for sentence in (*said, *kept, shown):
            assert "Coldbrook" not in sentence
            assert "Wychbourne Town Council" not in sentence
        assert any("another member" in sentence for sentence in said)

    def test_who_has_left_is_warned_of_no_more(self, cast: Cast, led: Cluster) -> None:
        roles.give_up(role=queries.lead_of(led), reason="No time", by=cast.by, today=TODAY)
        lead(led, cast.wychbourne_council)
        assert "the-giving-meeting-is-no-authority" in warned(led)

        led.memberships.filter(body=cast.marl_green_meeting).update(ends_on=date(2027, 4, 30))

        (rests,) = powers.rests_of(led, on=date(2027, 5, 1))
        keys = [found.finding.key for found in rests.reliance.found]
        assert "the-giving-meeting-is-no-authority" not in keys
        assert "Marl Green" not in str([found.says for found in rests.reliance.found])

    def test_of_many_members_a_sentence_names_two(self) -> None:
        assert powers._or(["A", "B", "C", "A"]) == "A or B or another member"
        assert powers._or(["A"]) == "A"


class TestConfirming:
    def test_what_is_confirmed_stands_beside_its_warning_and_in_the_history(
        self, cast: Cast, led: Cluster
    ) -> None:
        before = warned(led)

        confirm(cast, led, MEETING, reference="E-mail of 1 February", note="By the order of 1990")

        assert MEETING in before
        assert warned(led) == [key for key in before if key != MEETING]
        (kept,) = the(led).confirmations
        assert (kept.taker, kept.warning) == ("marl-green-meeting", MEETING)
        assert last().did == "confirmed what a cluster rests on"
        assert last().after["warnings"] == [MEETING]
        assert "1990" not in str(last().after)
        assert PersonalValue.objects.filter(value="By the order of 1990").exists()

    def test_it_is_of_who_delivers_and_another_is_asked_about_anew(
        self, cast: Cast, led: Cluster
    ) -> None:
        confirm(cast, led)
        assert warned(led) == []

        roles.give_up(role=queries.lead_of(led), reason="No time", by=cast.by, today=TODAY)
        lead(led, cast.wychbourne_council)

        assert "the-giving-meeting-is-no-authority" in warned(led)
        assert the(led).confirmations == []

    def test_it_can_be_taken_back_once_and_warns_again(self, cast: Cast, led: Cluster) -> None:
        confirm(cast, led, MEETING)
        kept = ClusterConfirmation.objects.get()
        back = {"confirmation": kept, "is_own": True, "reason": "It was of another"}
        back |= {"by": cast.by, "now": NOW}

        confirming.take_back(**back)

        assert MEETING in warned(led)
        assert (last().did, last().reason) == (
            "took a confirmation of a power back",
            "It was of another",
        )
        with pytest.raises(Overtaken, match="taken back already"):
            confirming.take_back(**back)
        confirm(cast, led, MEETING)
        assert ClusterConfirmation.objects.count() == 2

    def test_nobody_takes_the_monitoring_officers_own_word_back_for_them(
        self, cast: Cast, led: Cluster
    ) -> None:
        confirm(cast, led, MEETING)
        kept = ClusterConfirmation.objects.get()
        back = {"confirmation": kept, "reason": "We like it better", "by": cast.by, "now": NOW}

        with pytest.raises(CannotCluster, match="takes it back themselves"):
            confirming.take_back(is_own=False, **back)

        assert MEETING not in warned(led)

    def test_of_a_cluster_that_is_over_nothing_is_taken_back(
        self, cast: Cast, led: Cluster
    ) -> None:
        confirm(cast, led, MEETING)
        kept = ClusterConfirmation.objects.get()
        clusters.withdraw(cluster=led, reason="No time", by=cast.by, today=TODAY)

        with pytest.raises(CannotCluster, match="not forming or formed"):
            back = {"confirmation": kept, "is_own": True, "reason": "It was of another"}
            confirming.take_back(**back, by=cast.by, now=NOW)

    def test_two_groups_that_lead_stand_each_under_its_own_name(self, cast: Cast) -> None:
        made = joined(cast)
        gullies = cast.service("GUL")
        Scope.objects.create(cluster=made, service=gullies)
        Role.objects.create(cluster=made, service=gullies)
        friends, hands = asked(cast), company(cast)
        hands.services.add(gullies)
        by_service = {str(role.service): role for role in queries.roles_of(made) if role.service}
        for name, of in (("Village grass", friends), ("Gully grates", hands)):
            given = {"role": by_service[name], "of": of, "shows": LETTER}
            leading.choose(**given, by=cast.by, now=NOW)

        found = {each.name: each for each in powers.rests_of(made, on=TODAY)}

        assert [str(each) for each in found[friends.who].services] == ["Village grass"]
        assert [str(each) for each in found[hands.who].services] == ["Gully grates"]
        assert {each.taker for each in found.values()} == {friends.key, hands.key}

    def test_what_does_not_stand_is_not_confirmed(self, cast: Cast, led: Cluster) -> None:
        keys = chosen(led)
        with pytest.raises(CannotCluster, match="still to come"):
            confirm(cast, led, given_on=TODAY + timedelta(days=1))
        confirm(cast, led, MEETING)
        again = {"given_on": TODAY}
        with pytest.raises(Overtaken, match="confirmed, or fell away, meanwhile"):
            said = Confirmed(warnings=keys, **again)
            confirming.confirm(cluster=led, said=said, by=cast.by, now=NOW)
        with pytest.raises(CannotCluster, match="do not stand any more"):
            said = Confirmed(warnings=["Something else"], **again)
            confirming.confirm(cluster=led, said=said, by=cast.by, now=NOW)

    def test_of_a_cluster_that_is_over_nothing_is_confirmed(self, cast: Cast, led: Cluster) -> None:
        keys = chosen(led)
        clusters.withdraw(cluster=led, reason="No time", by=cast.by, today=TODAY)

        with pytest.raises(CannotCluster, match="not forming or formed"):
            said = Confirmed(warnings=keys, given_on=TODAY)
            confirming.confirm(cluster=led, said=said, by=cast.by, now=NOW)


class TestThePage:
    @pytest.fixture
    def ada(self, cast: Cast) -> tuple[Client, Office]:
        """The county's officer, and her office."""
        acting = cast.at_the_county
        return cast.signed_in(cast.ada), acting

    def test_another_officer_notes_it_with_where_it_can_be_read(
        self, cast: Cast, led: Cluster, ada: tuple[Client, Office]
    ) -> None:
        browser, acting = ada
        where = f"{led.get_absolute_url()}power/"
        page = words(browser.get(led.get_absolute_url()))
        assert "To be confirmed by the monitoring officer:" in page
        assert "Local Government Act 1972, section" in page

        said = {"warnings": chosen(led), "given_on": str(date(2026, 10, 1))}
        bare = send(browser, where, acting=acting, **said)
        assert bare.status_code == 400
        assert "Say where it can be read" in words(bare)
        page = words(send(browser, where, acting=acting, reference="E-mail", **said))

        assert "It is recorded that the monitoring officer confirms it." in page
        assert "To be confirmed by the monitoring officer:" not in page
        assert "The monitoring officer confirmed on 1 October 2026" in page
        assert "as an officer of the county noted" in page
        assert "Nothing waits to be confirmed." in words(browser.get(where))
        visitor = words(Client().get(led.get_absolute_url()))
        assert "The monitoring officer confirmed on 1 October 2026" in visitor
        assert "Take it back" not in visitor
        assert "Recorded by" not in visitor

    def test_the_monitoring_officer_needs_no_reference(self, cast: Cast, led: Cluster) -> None:
        acting = cast.office(cast.ada, cast.county_council, "monitoring-officer")
        browser, where = cast.signed_in(cast.ada), f"{led.get_absolute_url()}power/"

        said = {"warnings": chosen(led), "given_on": str(date(2026, 10, 1))}
        page = words(send(browser, where, acting=acting, **said))

        assert "The monitoring officer confirmed on 1 October 2026" in page
        assert "as an officer of the county noted" not in page

    def test_it_is_taken_back_on_its_page(
        self, cast: Cast, led: Cluster, ada: tuple[Client, Office]
    ) -> None:
        browser, acting = ada
        confirm(cast, led, MEETING, is_noted=True, reference="E-mail")
        number = ClusterConfirmation.objects.get().pk
        where = f"{led.get_absolute_url()}power/{number}/take-back/"

        page = words(send(browser, where, acting=acting, reason="It was of another"))

        assert "It is taken back. The warning stands again." in page
        other = proposed(cast).get_absolute_url()
        assert browser.get(f"{other}power/{number}/take-back/").status_code == 404

    def test_who_leads_notes_nothing_that_favours_itself(self, cast: Cast) -> None:
        made = joined(cast)
        lead(made, cast.wychbourne_council)
        acting = cast.at_wychbourne
        browser, where = cast.signed_in(cast.bron), f"{made.get_absolute_url()}power/"

        assert "Record what is confirmed" not in words(browser.get(made.get_absolute_url()))
        assert browser.get(where).status_code == 403
        assert send(browser, where, acting=acting, warnings=chosen(made)).status_code == 403

    def test_a_member_reads_it_and_confirms_nothing(self, cast: Cast, led: Cluster) -> None:
        _ = cast.at_coldbrook
        browser = cast.signed_in(cast.colm)

        assert "By which powers" in words(browser.get(led.get_absolute_url()))
        assert browser.get(f"{led.get_absolute_url()}power/").status_code == 403


def test_the_moment_it_was_recorded_is_kept(cast: Cast, led: Cluster) -> None:
    confirm(cast, led, MEETING)

    assert ClusterConfirmation.objects.get().recorded_at == datetime(2027, 2, 1, 12, tzinfo=UTC)
