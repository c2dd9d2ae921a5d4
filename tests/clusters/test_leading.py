"""A community group or company leads a cluster or a service: chosen, refused, named everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import ADA, Cast
from tests.clusters.formed import (
    ALONE,
    NOW,
    TODAY,
    agree,
    agreed,
    council,
    drawn_up,
    formed,
    forming,
    held,
    joined,
    lead,
    proposed,
    resolved,
)
from tests.clusters.led import LETTER, asked, company, green_hands, led
from tests.offers.asked import send, words
from waywarden.county.councils.models import Body
from waywarden.county.people.models import Office
from waywarden.devolution.clusters import leading, permissions, policies, queries
from waywarden.devolution.clusters.actions import clusters, members, roles, settling
from waywarden.devolution.clusters.actions import leading as choosing
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.actions.settling import Due, Plan
from waywarden.devolution.clusters.models import Cluster, Role, Terms
from waywarden.devolution.interest import forgetting_actions as forgetting
from waywarden.devolution.interest.models import Expression
from waywarden.devolution.offers.actions import Said
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

#: What the journal says of who took a lead.
TAKEN = ("took a lead role", "noted who leads a cluster or service")
AT_GREEN_HANDS = Actor("person-9", "Whoever acts for Green Hands", "green-hands")


class TestChoosing:
    def test_a_group_that_was_agreed_to_leads_a_cluster_and_is_written_to(self, cast: Cast) -> None:
        made, of = joined(cast), asked(cast)

        assert led(made, of, by=ADA)

        role = queries.lead_of(made)
        assert (role.held_by, role.kind_of_holder) == (
            "Friends of the Rec",
            "A community group without a legal form",
        )
        assert (role.holder_name, role.holder_kind, role.version) == ("", "", 2)
        line = Entry.objects.get(did="noted who leads a cluster or service")
        assert line.after["expression"] == of.key
        assert "Friends of the Rec" not in str(line.after) and LETTER not in str(line.after)
        told = Notice.objects.order_by("-pk")[0]
        assert told.to_email == of.contact_email
        assert told.subject == "You are noted as cluster lead"
        warned = policies.warnings_of_lead(role)
        assert "section 101 of the Local Government Act 1972" in warned[0]
        assert "no legal form of its own" in warned[1]

    def test_a_company_leads_a_service_as_who_asked_for_it(self, cast: Cast) -> None:
        made, of = joined(cast), company(cast)
        Expression.objects.filter(pk=of.pk).update(contact_email="")
        of.refresh_from_db()

        assert not led(made, of, by=ADA, service=True)

        role = queries.roles_of(made)[1]
        assert (role.held_by, queries.model_of(role)) == ("Green Hands CIC", "local")
        assert len(policies.warnings_of_lead(role)) == 1
        scope = queries.scope_of(made)[0]
        found = queries.service_lead_of(scope)
        assert found and found.held_by == "Green Hands CIC"

    @pytest.mark.parametrize(
        ("outcome", "asker"),
        [
            ("refused", {}),
            ("deferred", {}),
            ("agreed", {"kind": "employees"}),
            ("agreed", {"kind": "new"}),
        ],
    )
    def test_nobody_else_leads(self, cast: Cast, outcome: str, asker: dict[str, str]) -> None:
        made, of = joined(cast), asked(cast, outcome=outcome, asker=asker)

        with pytest.raises(CannotCluster, match="whose expression of interest the county has agr"):
            led(made, of, by=ADA)

        assert leading.groups_to_choose(cast.at_the_county, queries.lead_of(made)) == []

    def test_who_was_erased_does_not_lead(self, cast: Cast) -> None:
        made, of = joined(cast), asked(cast)
        forgetting.erase(of=of, reason="They wish it", by=ADA, now=NOW)
        with pytest.raises(CannotCluster, match="has agreed to"):
            led(made, of, by=ADA)

    def test_it_leads_what_it_asked_for(self, cast: Cast) -> None:
        made, of = joined(cast), asked(cast)
        of.services.set([cast.service("DPS02")])

        for is_service in (False, True):
            with pytest.raises(CannotCluster, match="asked for other services"):
                led(made, of, by=ADA, service=is_service)
        assert leading.groups_to_choose(cast.at_the_county, queries.lead_of(made)) == []

    def test_only_a_cluster_under_way_is_led(self, cast: Cast) -> None:
        with pytest.raises(CannotCluster, match="not forming or formed"):
            led(proposed(cast), asked(cast), by=ADA)

    def test_who_comes_second_is_told_who_was_first(self, cast: Cast) -> None:
        made, of = joined(cast), asked(cast)
        lead(made, cast.wychbourne_council)
        with pytest.raises(CannotCluster, match="Wychbourne Town Council took it first"):
            led(made, of, by=ADA)

    def test_it_gives_the_role_up_and_a_council_takes_it(self, cast: Cast) -> None:
        made, of = joined(cast), asked(cast)
        led(made, of, by=ADA)

        roles.give_up(role=queries.lead_of(made), reason="Too much", by=ADA, today=TODAY)

        assert not queries.lead_of(made).is_held
        line = Entry.objects.get(did="gave up a lead role")
        assert "Friends of the Rec" not in str(line.before)
        lead(made, cast.coldbrook_council)
        assert queries.lead_of(made).held_by == "Coldbrook Parish Council"

    def test_the_list_is_of_who_asked_ones_own_county(self, cast: Cast) -> None:
        made, of = joined(cast), asked(cast)
        role, ada, bron = queries.lead_of(made), cast.at_the_county, cast.at_wychbourne
        assert leading.groups_to_choose(ada, role) == [of]
        assert leading.groups_to_choose(ada, queries.roles_of(made)[1]) == [of]
        lead(made, cast.wychbourne_council)
        # It runs the cluster, and does not know who asks the county.
        assert permissions.may_run(bron, made, TODAY)
        assert not permissions.may_choose_group(bron, role, TODAY)
        assert leading.groups_to_choose(bron, role) == []


class TestWhatStaysWithTheCouncils:
    def test_a_lead_that_is_no_member_does_not_pay(self, cast: Cast) -> None:
        made = joined(cast)
        led(made, asked(cast), by=ADA)

        with pytest.raises(CannotCluster) as refused:
            drawn_up(made, on_default="lead")

        assert str(refused.value) == (
            "By these terms the cluster lead would pay if a member does not. Friends of the Rec is "
            "no member and does not pay. Only councils are members, and pay towards what one of "
            "them spends for all (Local Government Act 1972, section 136). Draw up terms by which "
            "the others pay."
        )
        assert drawn_up(made, on_default="alike").number == 1

    def test_by_terms_under_which_it_would_pay_no_group_takes_the_lead(self, cast: Cast) -> None:
        made, of = joined(cast), asked(cast)
        first = drawn_up(made, on_default="lead")
        for name in ALONE:
            agree(first, council(cast, name))
        drawn_up(made)
        drawn_up(made)

        # The newest let the others pay, and those that stand do not.
        with pytest.raises(CannotCluster, match="By terms 1 the cluster lead pays if a member"):
            led(made, of, by=ADA)
        newest = drawn_up(made)
        for name in ALONE:
            agree(newest, council(cast, name))
        assert led(made, of, by=ADA)

    def test_a_service_is_led_whatever_the_terms_say_of_the_cluster_lead(self, cast: Cast) -> None:
        made = joined(cast)
        drawn_up(made, on_default="lead")
        assert led(made, asked(cast), by=ADA, service=True)

    def test_it_runs_the_cluster_and_the_councils_form_it(self, cast: Cast) -> None:
        made = joined(cast)
        led(made, company(cast), by=ADA)
        terms = drawn_up(made)

        for name in ALONE:
            with pytest.raises(CannotCluster, match="joins and agrees by its own resolution"):
                agree(terms, council(cast, name), by=AT_GREEN_HANDS)
            agree(terms, council(cast, name))
        with pytest.raises(CannotCluster) as refused:
            clusters.form(cluster=made, by=AT_GREEN_HANDS, now=NOW)

        assert str(refused.value) == (
            "Green Hands CIC leads, and is no council. The councils or the county form a cluster "
            "and dissolve it: councils arrange with one another who carries out their functions "
            "(Local Government Act 1972, section 101)."
        )
        clusters.form(cluster=made, by=ADA, now=NOW)
        made.refresh_from_db()
        assert made.is_formed

    def test_it_answers_for_no_council_and_is_no_member(self, cast: Cast) -> None:
        made = forming(cast)
        led(made, company(cast), by=ADA)
        said = Said(answer="agreed", taken=resolved("Join"))
        member = held(made, cast.coldbrook_council)

        with pytest.raises(CannotCluster, match="sent in by its own officers"):
            members.answer(held=member, said=said, starts_on=TODAY, by=AT_GREEN_HANDS, now=NOW)
        with pytest.raises(CannotCluster, match="Only councils are members, and pay"):
            members.add(cluster=made, body=green_hands(), by=ADA, now=NOW)

    def test_it_has_no_vote_and_dissolves_nothing(self, cast: Cast) -> None:
        made = formed(cast)
        roles.give_up(role=queries.lead_of(made), reason="Tired", by=ADA, today=TODAY)
        led(made, company(cast), by=ADA)
        vote = {"cluster": made, "question": "To mow", "held_on": TODAY, "by": ADA, "now": NOW}
        keys = [council(cast, name).key for name in ALONE]

        with pytest.raises(CannotCluster, match="section 102, to be confirmed by the monitoring"):
            settling.meet(cast=dict.fromkeys([*keys, "green-hands"], "for"), **vote)
        assert settling.meet(cast=dict.fromkeys(keys, "for"), **vote).is_carried
        inside = queries.members_of(made, on=TODAY)
        due = {each.pk: Due() for each in inside}
        work = {each.pk: None for each in queries.scope_of(made)}
        plan = Plan(last_on=TODAY, says="It is over", due=due, work=work)
        made_one = settling.settle(cluster=made, plan=plan, by=AT_GREEN_HANDS, now=NOW)
        given = {"settlement": made_one, "shown": made_one.hash, "now": NOW}
        for each in inside:
            taken = resolved("Dissolve", stated_on=TODAY)
            with pytest.raises(CannotCluster, match="by its own resolution"):
                settling.consent(held=each, taken=taken, by=AT_GREEN_HANDS, **given)
            settling.consent(held=each, taken=taken, by=ADA, **given)
        with pytest.raises(CannotCluster, match="form a cluster and dissolve it"):
            settling.dissolve(cluster=made, by=AT_GREEN_HANDS, now=NOW)
        settling.dissolve(cluster=made, by=ADA, now=NOW)

    def test_where_a_council_leads_nothing_of_it_is_refused(self, cast: Cast) -> None:
        made = agreed(cast).cluster
        clusters.form(cluster=made, by=AT_GREEN_HANDS, now=NOW)
        assert Cluster.objects.get().is_formed


class TestTheTermsOfAGroup:
    def test_terms_name_the_lead_and_are_hashed_without_the_name(self, cast: Cast) -> None:
        made, of = joined(cast), asked(cast)
        led(made, of, by=ADA)
        terms = drawn_up(made)

        assert (terms.led_by, terms.lead_name) == ("", "Friends of the Rec")
        assert terms.facts()["led_by_group"] == of.key
        Expression.objects.filter(pk=of.pk).update(who="Friends of the Green")
        again = Terms.objects.get()
        assert again.is_as_hashed() and again.lead_name == "Friends of the Green"
        other = asked(cast, asker={"who": "Others"})
        Terms.objects.update(led_by_group=other)
        assert not Terms.objects.get().is_as_hashed()

    def test_terms_of_a_council_that_leads_are_hashed_as_before(self, cast: Cast) -> None:
        assert "led_by_group" not in agreed(cast).facts()


class TestOnThePages:
    def test_the_county_chooses_it_and_everybody_reads_its_name(self, cast: Cast) -> None:
        made, of = joined(cast), asked(cast)
        ada, bron = cast.at_the_county, cast.at_wychbourne
        county, town = cast.signed_in(cast.ada), cast.signed_in(cast.bron)
        where = made.get_absolute_url()
        page = f"{where}roles/{queries.lead_of(made).pk}/choose/"
        lead(made, cast.wychbourne_council)
        assert bron and town.get(page).status_code == 403
        assert "One that asked the county leads it" not in words(town.get(where))
        roles.give_up(role=queries.lead_of(made), reason="Tired", by=ADA, today=TODAY)

        assert "One that asked the county leads it" in words(county.get(where))
        shown = words(county.get(page))
        assert "Friends of the Rec (A community group without a legal form)" in shown
        missing = send(county, page, acting=ada, group=of.pk)
        assert (missing.status_code, "Say what shows" in words(missing)) == (400, True)
        done = words(send(county, page, acting=ada, group=of.pk, shows=LETTER))

        assert "Friends of the Rec leads: Cluster lead." in done
        for browser in (county, town, Client()):
            seen = words(browser.get(where))
            assert "Friends of the Rec (a community group without a legal form), since" in seen
            assert "Only the councils that are members vote at its meetings" in seen
        for address in ("/clusters/", "/clusters/clusters.csv"):
            assert "Friends of the Rec" in Client().get(address).content.decode("utf-8-sig")
        assert "Friends of the Rec" in words(county.get(f"/history/cluster/{made.key}/"))
        terms = drawn_up(made)
        assert "Friends of the Rec" in words(county.get(terms.get_absolute_url()))
        again = send(county, page, acting=ada, group=of.pk, shows=LETTER)
        assert "Friends of the Rec took it first" in words(again)

    def test_where_nobody_was_agreed_to_the_page_says_what_to_do(self, cast: Cast) -> None:
        made, ada = joined(cast), cast.at_the_county
        asked(cast, outcome="refused")
        county = cast.signed_in(ada.person)
        page = f"{made.get_absolute_url()}roles/{queries.lead_of(made).pk}/choose/"
        assert "Decide on its expression of interest first" in words(county.get(page))
        refused = send(county, page, acting=ada, shows=LETTER)
        assert "Choose who takes the lead" in words(refused)

    def test_who_gave_no_address_is_to_be_told(self, cast: Cast) -> None:
        made, of, ada = joined(cast), asked(cast), cast.at_the_county
        Expression.objects.update(contact_email="")
        county = cast.signed_in(ada.person)
        page = f"{made.get_absolute_url()}roles/{queries.lead_of(made).pk}/choose/"
        done = send(county, page, acting=ada, group=of.pk, shows=LETTER)
        assert "It gave no address: tell it yourself." in words(done)

    def test_its_own_officer_runs_the_cluster_until_it_gives_the_role_up(self, cast: Cast) -> None:
        made = joined(cast)
        led(made, company(cast), by=ADA)
        role = queries.lead_of(made)
        acting = _at(cast, green_hands())
        browser, where = cast.signed_in(acting.person), made.get_absolute_url()

        assert permissions.may_hold(acting, role, localdate())
        assert not permissions.may_hold(cast.at_coldbrook, role, localdate())
        seen = words(browser.get(where))
        assert "Draw up terms" in seen and "Only members, councils that are asked" in seen
        formed_page = words(send(browser, f"{where}form/", acting=acting))
        assert "Green Hands CIC leads, and is no council." in formed_page
        for page in ("answer", "agree", "leave"):
            assert browser.get(f"{where}members/coldbrook-council/{page}/").status_code == 403
        given = send(browser, f"{where}roles/{role.pk}/give-up/", acting=acting, reason="Too much")

        assert given.status_code == 200
        assert not Role.objects.get(pk=role.pk).is_held
        assert "Draw up terms" not in words(browser.get(where))
        assert browser.get(f"{where}roles/{role.pk}/give-up/").status_code == 403


def _at(cast: Cast, body: Body) -> Office:
    """Let Dot hold an office in it."""
    return cast.office(cast.dot, body, "contact", localdate() + timedelta(days=900))


@pytest.mark.django_db(transaction=True)
def test_ab8_a_group_and_a_council_take_one_lead_in_the_same_second_and_exactly_one_wins(
    cast: Cast,
) -> None:
    made, of = joined(cast), asked(cast)
    told: dict[str, str] = {}
    together = Barrier(2)

    def take(name: str, how: Callable[[Role], Any]) -> None:
        try:
            role = queries.lead_of(made)
            together.wait(timeout=10)
            how(role)
            told[name] = "won"
        except (Overtaken, CannotCluster) as refused:
            told[name] = str(refused)
        finally:
            connection.close()

    member = held(made, cast.wychbourne_council)
    hows: dict[str, Callable[[Role], Any]] = {
        "Friends of the Rec": lambda role: choosing.choose(
            role=role, of=of, shows=LETTER, by=ADA, now=NOW
        ),
        "Wychbourne Town Council": lambda role: roles.accept(
            role=role, held=member, by=ADA, now=NOW
        ),
    }
    threads = [Thread(target=take, args=each) for each in hows.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    winner = next(name for name, said in told.items() if said == "won")
    loser = next(name for name in told if name != winner)
    assert told[loser].startswith(f"{winner} took it first, on 1 February 2027")
    assert queries.lead_of(made).held_by == winner
    assert Entry.objects.filter(did__in=TAKEN).count() == 1
