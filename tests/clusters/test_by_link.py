"""A council in which nobody signs in joins a cluster by the link of its letter."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import ADA, Cast
from tests.clusters.formed import (
    council,
    drawn_up,
    forming,
    held,
    join,
    lead,
    proposed,
    say_alone,
)
from tests.offers.asked import link_in_last_letter, reachable, send, words
from waywarden.county.decisions.models import Decision
from waywarden.county.people.models import Office
from waywarden.devolution.clusters import joining, joining_gate, joining_views
from waywarden.devolution.clusters.actions import clusters, members
from waywarden.devolution.clusters.actions import joining as actions
from waywarden.devolution.clusters.actions.clusters import Cost
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Cluster, Link, Membership
from waywarden.devolution.offers.actions import Said
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.common.tokens import hash_of
from waywarden.fabric.journal.models import Entry, PersonalValue
from waywarden.fabric.notices import actions as notices
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

State = Link.State
#: Half past midnight in summer: the day before, where no summer time is reckoned.
JUST_AFTER_MIDNIGHT = datetime(2027, 5, 3, 23, 30, tzinfo=UTC)


def last() -> Entry:
    """Give the last line of the journal."""
    return Entry.objects.order_by("-number")[0]


def now() -> datetime:
    """Give the moment at which the tests run."""
    return datetime.now(UTC)


@pytest.fixture
def asked(cast: Cast) -> Membership:
    """Coldbrook, which is asked today at its public address: nobody of it signs in."""
    reachable(cast, cast.coldbrook_council)
    made = forming(cast, "wychbourne", "coldbrook", now=now())
    return held(made, cast.coldbrook_council)


@pytest.fixture
def clerk(asked: Membership) -> Client:
    """A browser that has opened the link of the letter, without an account."""
    browser = Client()
    assert browser.get(link_in_last_letter()).status_code == 302
    return browser


def page_of(held: Membership) -> str:
    """Give the address of what a council is asked."""
    return f"/clusters/{held.cluster.key}/members/{held.body.key}/asked/"


def at(held: Membership, page: str) -> str:
    """Give the address of another page of a council in a cluster."""
    return f"/clusters/{held.cluster.key}/members/{held.body.key}/{page}/"


class TestTheLetter:
    def test_it_goes_with_a_link_where_nobody_signs_in_and_without_where_somebody_does(
        self, cast: Cast
    ) -> None:
        _ = cast.at_wychbourne
        reachable(cast, cast.coldbrook_council)
        reachable(cast, cast.wychbourne_council, "office@wychbourne.example")

        made = forming(cast, "wychbourne", "coldbrook")

        by_body = {notice.to_email: notice for notice in Notice.objects.all()}
        assert by_body["bron@example.org"].link == made.get_absolute_url()
        letter = by_body["clerk@coldbrook.example"]
        assert letter.link.startswith("/c/")
        assert "until 3 May 2027 at most" in letter.text
        assert [str(link) for link in Link.objects.all()] == [f"Link 1: {letter_of(made, cast)}"]

    def test_a_council_that_is_added_later_gets_one_too(self, cast: Cast) -> None:
        made = forming(cast, "wychbourne", "coldbrook")
        reachable(cast, cast.marl_green_meeting, "clerk@marl.example")

        members.add(cluster=made, body=cast.marl_green_meeting, by=cast.by, now=now())

        assert held(made, cast.marl_green_meeting).links.count() == 1

    def test_nobody_is_asked_while_it_is_only_proposed(self, cast: Cast) -> None:
        reachable(cast, cast.coldbrook_council)
        proposed(cast, "wychbourne", "coldbrook")

        assert not Link.objects.exists()

    def test_only_a_hash_of_its_secret_is_kept(self, asked: Membership) -> None:
        secret = link_in_last_letter().split("/")[2]
        link = Link.objects.get()

        assert link.token_hash == hash_of(secret)
        assert secret not in str([entry.after for entry in Entry.objects.all()])

    def test_who_wants_no_such_letters_gets_none_and_is_named(self, cast: Cast) -> None:
        reachable(cast, cast.coldbrook_council)
        stop = {"joining": "never"}
        notices.choose(key="clusters-of-coldbrook-council", choices=stop, by=ADA, today=localdate())
        made = proposed(cast, "wychbourne", "coldbrook")

        unreached = clusters.invite(cluster=made, by=cast.by, now=now())

        assert "Coldbrook Parish Council" in unreached
        with pytest.raises(CannotCluster, match="has asked not to be written to"):
            again = held(made, cast.coldbrook_council)
            actions.ask_again(held=again, by=cast.by, now=now())
        assert not Link.objects.exists()


def letter_of(made: Cluster, cast: Cast) -> Membership:
    """Give how Coldbrook is in a cluster."""
    return held(made, cast.coldbrook_council)


class TestHowLongItWorks:
    def test_it_works_on_ninety_two_days_and_not_on_the_next(self, cast: Cast) -> None:
        reachable(cast, cast.coldbrook_council)
        made = forming(cast, "wychbourne", "coldbrook", now=JUST_AFTER_MIDNIGHT)
        link = held(made, cast.coldbrook_council).links.get()

        assert (link.sent_on, link.ends_on) == (date(2027, 5, 4), date(2027, 8, 3))
        assert (link.ends_on - link.sent_on).days + 1 == 92
        assert link.state(link.ends_on) == State.WORKS
        assert link.state(link.ends_on + timedelta(days=1)) == State.LAPSED

    @pytest.mark.parametrize(("days", "status"), [(91, 200), (92, 404)])
    def test_its_last_day_counts_whole_on_its_pages(
        self,
        asked: Membership,
        clerk: Client,
        monkeypatch: pytest.MonkeyPatch,
        days: int,
        status: int,
    ) -> None:
        link = Link.objects.get()
        on = link.sent_on + timedelta(days=days)
        for module in (joining_gate, joining_views):
            monkeypatch.setattr(module, "localdate", lambda: on)

        assert clerk.get(page_of(asked)).status_code == status
        opened = Client().get(link_in_last_letter())
        assert opened.status_code == (302 if status == 200 else 404)
        if status == 404:
            assert "has not answered" in words(opened)
            late = send(clerk, at(asked, "answer"), answer="declined")
            assert late.status_code == 404
            assert Membership.objects.get(pk=asked.pk).answer == ""

    def test_it_ends_once_the_council_has_answered_however_it_did(
        self, cast: Cast, asked: Membership, clerk: Client
    ) -> None:
        said = Said(answer="declined")
        members.answer(held=asked, said=said, starts_on=localdate(), by=cast.by, now=now())

        for page in (Client().get(link_in_last_letter()), clerk.get(page_of(asked))):
            assert page.status_code == 200
            assert "This invitation is answered" in words(page)
            assert ": declined. The link of its letter ended with that." in words(page)
        assert "What did your council decide?" not in words(clerk.get(at(asked, "answer")))

    def test_it_ends_once_the_cluster_is_withdrawn(
        self, cast: Cast, asked: Membership, clerk: Client
    ) -> None:
        taken_back = {"reason": "No time", "by": cast.by, "today": localdate()}
        clusters.withdraw(cluster=asked.cluster, **taken_back)

        page = clerk.get(page_of(asked))

        assert page.status_code == 404
        assert "is withdrawn: nothing more is asked of Coldbrook" in words(page)


class TestItsPage:
    def test_the_secret_leaves_the_address_and_goes_nowhere_else(
        self, asked: Membership, caplog: pytest.LogCaptureFixture
    ) -> None:
        where = link_in_last_letter()
        secret, browser = where.split("/")[2], Client()
        with caplog.at_level(logging.INFO):
            opened = browser.get(where)
        page = browser.get(opened["Location"])

        assert opened["Location"] == page_of(asked)
        assert opened["Referrer-Policy"] in ("same-origin", "no-referrer")
        assert "no-store" in opened["Cache-Control"]
        assert secret not in page.content.decode() + str(dict(page.headers))
        assert secret not in str(dict(browser.session))

    def test_it_shows_who_is_asked_what_it_costs_and_how_it_would_be_shared(
        self, cast: Cast, asked: Membership, clerk: Client
    ) -> None:
        page = words(clerk.get(page_of(asked)))
        assert "Village grass" in page
        assert "Wychbourne Town Council: invited, no answer yet" in page
        assert "Nobody has said yet what all of it costs." in page
        assert "No terms are drawn up yet." in page

        cost = Cost(whole_pence=4_000_00, whole_source="Three quotes")
        said = {"cost": cost, "by": cast.by, "today": localdate()}
        clusters.say_cost(cluster=asked.cluster, version=asked.cluster.version, **said)
        assert "it costs alone: Coldbrook Parish Council, Wychbourne Town Council." in words(
            clerk.get(page_of(asked))
        )

        say_alone(held(asked.cluster, cast.wychbourne_council), 4_500_00)
        figure = {"alone": "1,500", "alone_source": "A quote", "version": str(asked.version)}
        page = words(send(clerk, at(asked, "alone"), **figure))
        assert "£1,500 a year (A quote)" in page
        assert "About £1,000 a year if every council that is asked joins" in page
        assert "In proportion to what each pays alone" in page

    def test_it_shows_the_newest_terms(self, cast: Cast, asked: Membership, clerk: Client) -> None:
        cost = Cost(whole_pence=4_000_00, whole_source="Three quotes")
        said = {"cost": cost, "by": cast.by, "today": localdate()}
        clusters.say_cost(cluster=asked.cluster, version=asked.cluster.version, **said)
        say_alone(join(asked.cluster, cast.wychbourne_council), 4_500_00)
        drawn_up(asked.cluster, now=now(), says="Cuttings stay where they fall", notice_days=99)

        page = words(clerk.get(page_of(asked)))

        assert "These are terms 1, the newest" in page
        assert "Cuttings stay where they fall" in page
        assert "99 days" in page
        assert "shares.csv" not in clerk.get(page_of(asked)).content.decode()

    def test_another_councils_link_opens_nothing_here(
        self, cast: Cast, asked: Membership, clerk: Client
    ) -> None:
        other = page_of(asked).replace("coldbrook-council", "wychbourne-council")

        page = clerk.get(other)

        assert page.status_code == 302
        assert page["Location"].startswith("/sign-in/?next=")
        assert clerk.get(asked.cluster.get_absolute_url() + "models/").status_code == 302
        nowhere = page_of(asked).replace(asked.cluster.key, "another")
        assert clerk.get(nowhere).status_code == 302

    def test_a_link_that_was_never_sent_says_so(self, asked: Membership) -> None:
        page = Client().get("/c/never-sent/")

        assert page.status_code == 404
        assert "It is not the link of a letter of ours" in words(page)

    def test_a_session_that_says_nonsense_opens_nothing(self, asked: Membership) -> None:
        browser = Client()
        session = browser.session
        session[joining_gate.LINKS] = [str(asked.pk)]
        session.save()

        assert browser.get(page_of(asked)).status_code == 302

    def test_the_councils_officers_see_it_without_a_link_and_others_do_not(
        self, cast: Cast, asked: Membership
    ) -> None:
        _ = cast.at_coldbrook, cast.at_wychbourne

        assert cast.signed_in(cast.colm).get(page_of(asked)).status_code == 200
        assert cast.signed_in(cast.bron).get(page_of(asked)).status_code == 403
        nowhere = page_of(asked).replace("coldbrook-council", "marl-green-meeting")
        assert cast.signed_in(cast.colm).get(nowhere).status_code == 404

    def test_a_council_that_has_left_sees_no_more_of_it(
        self, cast: Cast, asked: Membership
    ) -> None:
        _ = cast.at_coldbrook
        long_ago = localdate() - timedelta(days=20)
        join(asked.cluster, asked.body)
        left = {"starts_on": long_ago, "ends_on": long_ago + timedelta(days=9)}
        Membership.objects.filter(pk=asked.pk).update(**left)

        for page in (page_of(asked), at(asked, "question")):
            assert cast.signed_in(cast.colm).get(page).status_code == 403

    def test_a_form_that_was_opened_in_an_office_is_that_offices(
        self, cast: Cast, asked: Membership, clerk: Client
    ) -> None:
        page = send(clerk, at(asked, "answer"), acting=cast.at_coldbrook, answer="declined")

        assert page.status_code == 401
        assert Membership.objects.get(pk=asked.pk).answer == ""


class TestAnswering:
    def test_ld1_a_council_joins_by_its_own_resolution(
        self, cast: Cast, asked: Membership, clerk: Client
    ) -> None:
        bare = send(clerk, at(asked, "answer"), answer="agreed")
        assert bare.status_code == 400
        assert "Enter the minute reference" in words(bare)

        said = {"answer": "agreed", "reference": "12.3", "stated_on": "2026-04-12"}
        page = words(send(clerk, at(asked, "answer"), **said))

        assert "The answer is recorded." in page
        assert "This invitation is answered" in page
        found = Membership.objects.get(pk=asked.pk)
        assert (found.answer, found.decision.reference) == ("agreed", "12.3")
        assert last().actor_shown_as == "Whoever has the letter to Coldbrook Parish Council"

    def test_it_is_the_same_refusal_as_in_an_office(
        self, cast: Cast, asked: Membership, clerk: Client
    ) -> None:
        Decision.objects.create(
            body=asked.body,
            kind="minute",
            title="To join",
            status="decided",
            outcome="refused",
            reference="12.3",
            stated_on=date(2026, 4, 12),
            received_at=now(),
        )
        said = {"answer": "agreed", "reference": "12.3", "stated_on": "2026-04-12"}

        page = send(clerk, at(asked, "answer"), **said)

        assert page.status_code == 400
        assert "put that right first" in words(page)
        assert "12.3" in page.content.decode()

    def test_a_council_declines_and_says_why(self, asked: Membership, clerk: Client) -> None:
        page = send(clerk, at(asked, "answer"), answer="declined", reason="Too far")

        assert "The answer is recorded." in words(page)
        assert Membership.objects.get(pk=asked.pk).reason == "Too far"

    def test_an_answer_is_chosen_by_the_button_that_led_there(
        self, asked: Membership, clerk: Client
    ) -> None:
        page = clerk.get(f"{at(asked, 'answer')}?answer=declined")

        assert page.context["form"].initial["answer"] == "declined"

    def test_who_has_joined_is_not_asked_in_an_office_either(
        self, cast: Cast, asked: Membership
    ) -> None:
        acting = cast.at_coldbrook
        join(asked.cluster, asked.body)
        browser = cast.signed_in(cast.colm)

        page = words(browser.get(at(asked, "answer")))

        assert "Nothing to answer now" in page
        assert "To go, it leaves with notice." in page
        assert "What did your council decide?" not in page
        late = send(browser, at(asked, "answer"), acting=acting, answer="declined")
        assert late.status_code == 400
        assert "has joined. To go, it leaves with notice." in words(late)


class TestQuestions:
    def test_a_question_reaches_who_asks_and_is_answered_by_letter(
        self, cast: Cast, asked: Membership, clerk: Client
    ) -> None:
        ada = cast.at_the_county
        assert send(clerk, at(asked, "question"), says=" ").status_code == 400

        page = words(send(clerk, at(asked, "question"), says="Who mows the verge?"))

        assert "Your question is on its way." in page
        letter = Notice.objects.order_by("-pk")[0]
        assert (letter.to_key, letter.reply_to) == (ada.person.key, "clerk@coldbrook.example")
        assert "Who mows the verge?" in letter.text
        assert last().did == "asked about a cluster"
        assert "verge" not in str(last().after)
        assert PersonalValue.objects.filter(value="Who mows the verge?").exists()

    def test_the_lead_is_told_as_well(self, cast: Cast, asked: Membership) -> None:
        _ = cast.at_wychbourne
        join(asked.cluster, cast.wychbourne_council)
        lead(asked.cluster, cast.wychbourne_council)

        actions.ask_question(held=asked, says="When?", by=ADA, now=now())

        assert Notice.objects.filter(to_email="bron@example.org", topic="clusters").count() == 1

    def test_nobody_asks_in_the_place_of_a_council(self, cast: Cast, asked: Membership) -> None:
        acting = cast.at_the_county
        browser = cast.signed_in(cast.ada)

        assert "Ask a question" not in words(browser.get(at(asked, "asked")))
        assert browser.get(at(asked, "question")).status_code == 403
        sent = send(browser, at(asked, "question"), acting=acting, says="Who mows the verge?")
        assert sent.status_code == 403
        assert not Entry.objects.filter(did="asked about a cluster").exists()

    def test_who_asks_writes_to_nobody_of_its_own(self, cast: Cast, asked: Membership) -> None:
        acting = cast.at_the_county
        by = Actor(acting.person.key, "Ada", body=cast.county_council.key)

        with pytest.raises(CannotCluster, match="No letter could be sent to anybody else"):
            actions.ask_question(held=asked, says="When?", by=by, now=now())

    def test_where_nobody_can_be_reached_it_says_so_and_loses_nothing(
        self, asked: Membership, clerk: Client
    ) -> None:
        page = send(clerk, at(asked, "question"), says="Who mows the verge?")

        assert page.status_code == 400
        assert "No letter could be sent to The County Council. Telephone instead." in words(page)
        assert "Who mows the verge?" in page.content.decode()

    def test_nothing_is_asked_of_a_cluster_that_is_over(
        self, cast: Cast, asked: Membership
    ) -> None:
        taken_back = {"reason": "No time", "by": cast.by, "today": localdate()}
        clusters.withdraw(cluster=asked.cluster, **taken_back)

        with pytest.raises(CannotCluster, match="not forming or formed"):
            actions.ask_question(held=asked, says="When?", by=ADA, now=now())


class TestAskingAgain:
    @pytest.fixture
    def ada(self, cast: Cast) -> tuple[Client, Office]:
        """The county's officer, and her office."""
        acting = cast.at_the_county
        return cast.signed_in(cast.ada), acting

    def sent_before(self, days: int = 2) -> None:
        """Let the last letter have gone out days ago."""
        link = Link.objects.order_by("-number")[0]
        Link.objects.filter(pk=link.pk).update(sent_at=link.sent_at - timedelta(days=days))

    def test_a_silent_council_is_asked_again_and_the_earlier_link_opens_nothing(
        self, asked: Membership, clerk: Client, ada: tuple[Client, Office]
    ) -> None:
        browser, acting = ada
        first = link_in_last_letter()
        self.sent_before()

        page = words(send(browser, at(asked, "ask-again"), acting=acting))

        assert "A letter with a new link is on its way to Coldbrook Parish Council." in page
        assert "2 letters, the last on" in page
        assert "takes the place of our earlier one" in Notice.objects.order_by("-pk")[0].text
        assert Client().get(link_in_last_letter()).status_code == 302
        for gone in (Client().get(first), clerk.get(page_of(asked))):
            assert gone.status_code == 404
            assert "A newer letter to Coldbrook Parish Council has taken its place" in words(gone)
        assert last().after["letters"] == 2
        again = words(send(browser, at(asked, "ask-again"), acting=acting))
        assert "went out today already" in again

    def test_four_letters_are_enough(self, cast: Cast, asked: Membership) -> None:
        for _ in range(3):
            self.sent_before()
            actions.ask_again(held=asked, by=cast.by, now=now())
        self.sent_before()

        with pytest.raises(CannotCluster, match="has had 4 letters"):
            actions.ask_again(held=asked, by=cast.by, now=now())

    def test_one_whose_link_was_ended_gets_another_at_once(
        self, cast: Cast, asked: Membership
    ) -> None:
        actions.end_link(held=asked, letter=1, reason="Astray", by=cast.by, now=now())

        actions.ask_again(held=asked, by=cast.by, now=now())

        assert asked.links.count() == 2

    def test_it_is_not_asked_again_where_that_is_of_no_use(
        self, cast: Cast, asked: Membership
    ) -> None:
        ask = {"by": cast.by, "now": now()}
        _ = cast.at_coldbrook
        with pytest.raises(CannotCluster, match="signs in here, and answers there"):
            actions.ask_again(held=asked, **ask)
        silent = held(asked.cluster, cast.wychbourne_council)
        with pytest.raises(CannotCluster, match="Add one to its contacts"):
            actions.ask_again(held=silent, **ask)
        said, starts_on = Said(answer="declined"), localdate()
        members.answer(held=silent, said=said, starts_on=starts_on, by=ADA, now=now())
        with pytest.raises(CannotCluster, match="has declined: it is not asked again"):
            actions.ask_again(held=silent, **ask)
        join(asked.cluster, asked.body)
        with pytest.raises(CannotCluster, match="has joined already"):
            actions.ask_again(held=asked, **ask)
        taken_back = {"reason": "No time", "by": cast.by, "today": localdate()}
        asked.cluster.refresh_from_db()
        clusters.withdraw(cluster=asked.cluster, **taken_back)
        with pytest.raises(CannotCluster, match="not forming or formed"):
            actions.ask_again(held=asked, **ask)

    def test_an_officer_ends_a_link_that_went_astray(
        self, asked: Membership, clerk: Client, ada: tuple[Client, Office]
    ) -> None:
        browser, acting = ada
        reason = {"reason": "To another Coldbrook", "letter": 1}

        page = words(send(browser, at(asked, "end-link"), acting=acting, **reason))

        assert "The link of Coldbrook Parish Council is ended." in page
        assert "Its link was ended on" in page
        for gone in (Client().get(link_in_last_letter()), clerk.get(page_of(asked))):
            assert gone.status_code == 404
            assert "was ended on" in words(gone)
            assert "another Coldbrook" not in words(gone)
        assert (last().did, last().reason) == (
            "ended the link of a council",
            "To another Coldbrook",
        )

    def test_a_newer_link_is_not_ended_by_who_saw_the_one_before(
        self, cast: Cast, asked: Membership, ada: tuple[Client, Office]
    ) -> None:
        browser, acting = ada
        self.sent_before()
        actions.ask_again(held=asked, by=cast.by, now=now())
        said = {"reason": "Astray", "letter": 1}

        late = send(browser, at(asked, "end-link"), acting=acting, **said)

        assert late.status_code == 409
        assert "A newer letter went out meanwhile" in words(late)
        assert late.context["form"]["letter"].value() == "2"
        assert Client().get(link_in_last_letter()).status_code == 302

    def test_what_opens_nothing_cannot_be_ended(self, cast: Cast, asked: Membership) -> None:
        end = {"reason": "Astray", "by": cast.by, "now": now()}
        silent = held(asked.cluster, cast.wychbourne_council)
        with pytest.raises(CannotCluster, match="No link was sent to Wychbourne"):
            actions.end_link(held=silent, letter=0, **end)

        actions.end_link(held=asked, letter=1, **end)
        with pytest.raises(CannotCluster, match="opens nothing: it was ended"):
            actions.end_link(held=asked, letter=1, **end)

    def test_of_two_who_end_it_at_once_one_does(
        self, cast: Cast, asked: Membership, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen = joining.newest_link(asked)
        actions.end_link(held=asked, letter=1, reason="Astray", by=cast.by, now=now())
        monkeypatch.setattr(joining, "newest_link", lambda held: seen)

        with pytest.raises(Overtaken):
            actions.end_link(held=asked, letter=1, reason="Astray", by=cast.by, now=now())

    def test_neither_a_council_that_is_asked_nor_a_stranger_asks_again(
        self, cast: Cast, asked: Membership
    ) -> None:
        bron, browser = cast.at_wychbourne, cast.signed_in(cast.bron)

        refused = send(browser, at(asked, "ask-again"), acting=bron)

        assert refused.status_code == 403
        assert browser.get(at(asked, "end-link")).status_code == 403
        page = words(browser.get(asked.cluster.get_absolute_url()))
        assert "Councils that answer by a link" not in page

    def test_a_council_without_an_address_is_named_with_what_to_do(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        made = forming(cast, "wychbourne", "coldbrook", now=now())
        browser, acting = ada

        page = words(browser.get(made.get_absolute_url()))
        assert "No letter could be sent." in page
        assert "Add one to its contacts." in page

        reachable(cast, council(cast, "coldbrook"))
        assert "Send a letter with a link" in words(browser.get(made.get_absolute_url()))
        where = at(held(made, cast.coldbrook_council), "ask-again")
        assert "is on its way" in words(send(browser, where, acting=acting))
