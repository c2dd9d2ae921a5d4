"""What the county does: a co-ordinator in time, notes, findings without a score, a decision."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate
from openpyxl import load_workbook

from tests.cast import Cast
from tests.interest.said import FRIENDS, a_round, begun, last_letter, page, sent
from tests.offers.asked import reachable, send, words
from waywarden.county.councils import actions as councils
from waywarden.county.decisions import actions as decisions
from waywarden.county.decisions.policies import Taken
from waywarden.county.offices import actions as offices
from waywarden.county.offices.actions import Offer
from waywarden.county.people.models import Office
from waywarden.devolution.interest import actions, answering, lists, queries
from waywarden.devolution.interest.answering import Decided, Finding, Noted
from waywarden.devolution.interest.models import Assessment, Expression
from waywarden.devolution.overview.needs import needs_of
from waywarden.devolution.overview.queries import held_for
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def ada(cast: Cast) -> tuple[Client, Office]:
    acting = cast.at_the_county
    return cast.signed_in(cast.ada), acting


def friends() -> Client:
    """Give the browser of those who ask."""
    browser = Client()
    browser.get(last_letter().link)
    return browser


def typed(of: Expression, step: str) -> str:
    return f"{of.get_absolute_url()}{step}/"


def decided(of: Expression, **facts: object) -> None:
    said = {"outcome": "agreed", "reasons": "It is a good plan"} | facts
    answering.decide(of=of, decided=Decided(**said), by=FRIENDS, now=timezone.now())  # type: ignore[arg-type]


class TestTheList:
    def test_po3_overdue_ones_stand_on_top_and_it_can_be_taken_away(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        now = timezone.now()
        sent(cast, now=now, asker={"who": "New friends"})
        old = sent(cast, now=now - timedelta(days=40), asker={"who": "Old friends"})
        talked = sent(cast, now=now - timedelta(days=90), asker={"who": "Heard friends"})
        version, office = talked.version, ada[1]
        answering.coordinate(of=talked, version=version, office=office, by=FRIENDS, now=now)
        begun(cast, asker={"who": "Still writing"})

        shown = words(ada[0].get("/interest/asked/"))
        file = ada[0].get("/interest/asked.csv").content.decode()

        at = [shown.index(name) for name in ("Old friends", "Heard friends", "New friends")]
        assert at == sorted(at)
        assert "1 is overdue." in shown
        assert "2 Sent 1 Being talked about 0 Assessed" in shown
        assert "1 more is begun and not sent." in shown
        assert "Still writing" not in shown + file
        lines = [line.split(",") for line in file.splitlines()]
        assert [line[0] for line in lines[1:]] == ["Old friends", "Heard friends", "New friends"]
        assert lines[1][1].startswith("Written by a private link")
        assert int(lines[1][3]) > 20
        assert old.sent_on
        assert int(lines[1][4]) == (localdate() - old.sent_on).days
        assert ada[0].get("/interest/asked.xlsx").content[:2] == b"PK"

    def test_po3_it_is_filtered_by_stage(self, cast: Cast, ada: tuple[Client, Office]) -> None:
        sent(cast, asker={"who": "Waiting friends"})
        decided(sent(cast, asker={"who": "Happy friends"}))

        shown = words(ada[0].get("/interest/asked/?stage=Decided: agreed"))

        assert "Happy friends" in shown
        assert "Waiting friends" not in shown

    def test_nobody_has_asked(self, ada: tuple[Client, Office]) -> None:
        assert "Nobody has asked yet" in words(ada[0].get("/interest/asked/"))


class TestAnswering:
    def test_cg4_a_named_co_ordinator_is_told_to_those_who_ask(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        of = sent(cast)
        office = ada[1]

        page(ada[0], typed(of, "co-ordinator"), acting=office, coordinator=str(office.pk))

        of.refresh_from_db()
        assert (of.status, of.coordinator) == ("talking", office)
        assert "Your co-ordinator is Ada, the Partnerships officer" in last_letter().text
        shown = words(friends().get(of.get_absolute_url()))
        assert "Co-ordinator: Ada , Partnerships officer, The County Council." in shown

    def test_cg4_whoever_takes_the_office_over_is_the_co_ordinator_by_themselves(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        of, office, today = sent(cast), ada[1], localdate()
        reachable(cast, cast.county_council, "parishes@county.example")
        councils.add_contact(
            body=cast.county_council, kind="phone", value="01865 1", by=cast.by, today=today
        )
        now = timezone.now()
        answering.coordinate(of=of, version=of.version, office=office, by=FRIENDS, now=now)
        browser = friends()

        offer = Offer("fay@example.org", office.kind, today, today + timedelta(days=300))
        given = {"office": office, "offer": offer, "by": office, "now": now, "today": today}
        invitation = offices.hand_over(leaves_at_once=True, **given)
        offices.accept(invitation=invitation, shown_as="Fay Marsh", now=now, today=today)

        shown = words(browser.get(of.get_absolute_url()))
        assert "Co-ordinator: Fay Marsh , Partnerships officer" in shown
        assert "The office was handed over since it was named." in shown
        assert "Write to parishes@county.example , or telephone 01865 1." in shown
        (line,) = lists.lines_of(queries.sent_to(cast.county_council), on=today)
        assert line.answers is not None
        assert line.answers.person.shown_as == "Fay Marsh"

    def test_where_nobody_holds_the_office_that_is_said(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        of, now = sent(cast), timezone.now()
        gone = cast.office(cast.bron, cast.county_council, "officer", localdate() - timedelta(1))
        answering.coordinate(of=of, version=of.version, office=gone, by=FRIENDS, now=now)

        here = of.get_absolute_url()
        assert "Nobody holds this office now." in words(friends().get(here))
        assert "name another co-ordinator" in words(ada[0].get(here))
        assert "Nobody now" in words(ada[0].get("/interest/asked/"))
        titles = [need.title for need in needs_of(held_for(ada[1], on=localdate()))]
        assert "1 expression of interest has no co-ordinator" in titles
        assert ada[0].get(typed(of, "co-ordinator")).status_code == 200

    def test_a_co_ordinator_of_another_moment_is_not_named_over_it(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        of = sent(cast)

        with pytest.raises(Overtaken):
            answering.coordinate(
                of=of, version=of.version - 1, office=ada[1], by=FRIENDS, now=timezone.now()
            )

    def test_those_who_ask_read_what_is_for_them_and_what_was_done(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        of, day = sent(cast), str(localdate())
        for kind, says in (("said", "They sound keen"), ("done", "We moved the start to May")):
            send(ada[0], typed(of, "note"), acting=ada[1], kind=kind, on=day, says=says)
        seen = {"kind": "visit", "on": day, "says": "Walked the green", "is_for_asker": "on"}
        send(ada[0], typed(of, "note"), acting=ada[1], **seen)

        theirs = words(friends().get(of.get_absolute_url()))
        ours = words(ada[0].get(of.get_absolute_url()))

        assert "They sound keen" not in theirs
        assert "They sound keen" in ours
        assert "You said, we did : We moved the start to May" in theirs
        assert "Visit : Walked the green" in theirs

    def test_the_conversation_is_taken_away_by_both_each_with_what_is_theirs(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        of, day = sent(cast), str(localdate())
        for kind, says in (("said", "They sound keen"), ("done", "=We moved the start")):
            send(ada[0], typed(of, "note"), acting=ada[1], kind=kind, on=day, says=says)
        there = f"{of.get_absolute_url()}notes"

        ours = ada[0].get(f"{there}.csv").content.decode("utf-8-sig")
        theirs = friends().get(f"{there}.csv").content.decode("utf-8-sig")

        assert "They sound keen,No," in ours
        assert "They sound keen" not in theirs
        # What a spreadsheet would run is made safe.
        assert "'=We moved the start,Yes" in theirs
        book = load_workbook(io.BytesIO(ada[0].get(f"{there}.xlsx").content))
        assert book["Table"].max_row == 3
        assert Client().get(f"{there}.csv").status_code == 302

    def test_a_note_says_what_was(self, cast: Cast) -> None:
        of = sent(cast)
        to_come = Noted(kind="said", on=localdate() + timedelta(days=2), says="To come")

        with pytest.raises(actions.CannotAsk, match="a note says what was"):
            answering.note(of=of, noted=to_come, by=FRIENDS, now=timezone.now())

    def test_each_criterion_is_judged_by_itself_and_nothing_is_added_up(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        of = sent(cast, round=a_round(cast))
        where = typed(of, "assess")
        found = {"finding_0": "met", "says_0": "All live here", "finding_1": "partly"}
        assert "Say why" in words(page(ada[0], where, acting=ada[1], **found))

        page(ada[0], where, acting=ada[1], **found | {"says_1": "No training yet"})

        of.refresh_from_db()
        assert of.status == "assessed"
        rows = Assessment.objects.order_by("order").values_list("criterion", "finding")
        assert list(rows) == [("Local people do the work", "met"), ("It is safe", "partly")]
        shown = words(friends().get(of.get_absolute_url()))
        assert "It is safe Partly met. No training yet" in shown

    def test_nobody_is_judged_by_what_was_not_published(self, cast: Cast) -> None:
        of = sent(cast)
        given = {"of": of, "version": of.version, "by": FRIENDS}
        with pytest.raises(actions.CannotAsk, match="No criteria were published"):
            answering.assess(findings=[], criteria=[], **given)
        with pytest.raises(actions.CannotAsk, match="by no other"):
            answering.assess(findings=[Finding("Luck", "met", "-")], criteria=["Safe"], **given)
        with pytest.raises(Overtaken):
            answering.assess(findings=[], criteria=["Safe"], of=of, version=0, by=FRIENDS)

    def test_what_was_decided_is_not_assessed_again(self, cast: Cast) -> None:
        of = sent(cast)
        decided(of, outcome="deferred", deferred_until=localdate() + timedelta(days=9))

        with pytest.raises(actions.CannotAsk, match="decided already"):
            answering.assess(of=of, version=of.version, findings=[], criteria=["Safe"], by=FRIENDS)


class TestDeciding:
    def test_cg7_those_who_ask_read_the_decision_and_its_reasons(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        of, today = sent(cast), localdate()
        taken = Taken(outcome="refused", reference="OD 7", stated_on=today)
        given = {"body": cast.county_council, "kind": "officer", "by": cast.by}
        minute = decisions.record(title="The green", taken=taken, now=timezone.now(), **given)
        said = {"outcome": "refused", "reasons": "The verge is too fast", "decision": minute.pk}

        send(ada[0], typed(of, "decide"), acting=ada[1], **said)

        assert "is: not agreed" in last_letter().text
        shown = words(friends().get(of.get_absolute_url()))
        assert "Decided: not agreed" in shown
        assert "The verge is too fast" in shown
        assert "OD 7: The green" in shown
        assert (
            "Decide"
            not in words(ada[0].get(of.get_absolute_url()))
            .split("History")[0]
            .split("Decided: not agreed")[0]
            .split("Who has asked")[-1]
        )

    def test_cg7_it_can_be_deferred_until_a_day_and_decided_then(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        of, until = sent(cast), localdate() + timedelta(days=30)
        said = {"outcome": "deferred", "reasons": "The budget is set in March"}
        refused = send(ada[0], typed(of, "decide"), acting=ada[1], **said)
        assert "Give a day where it is deferred" in words(refused)

        send(ada[0], typed(of, "decide"), acting=ada[1], deferred_until=str(until), **said)

        of.refresh_from_db()
        assert (of.stage, of.due_on, of.is_over) == ("Decided: deferred", until, False)
        decided(of)
        assert of.stage == "Decided: agreed"
        assert of.deferred_until is None

    def test_a_day_of_deferring_is_still_to_come(self, cast: Cast) -> None:
        with pytest.raises(actions.CannotAsk, match="a day to come"):
            decided(sent(cast), outcome="deferred", deferred_until=localdate())

    def test_a_challenge_is_refused_on_a_ground_of_the_law_alone(
        self, cast: Cast, ada: tuple[Client, Office]
    ) -> None:
        of = sent(cast, is_challenge=True)
        said = {"outcome": "refused", "reasons": "We are out to tender"}
        without = send(ada[0], typed(of, "decide"), acting=ada[1], **said)
        assert "Name the ground" in words(without)

        send(ada[0], typed(of, "decide"), acting=ada[1], ground="procuring", **said)

        assert "already being procured" in words(friends().get(of.get_absolute_url()))

    def test_a_ground_is_named_only_where_a_challenge_is_refused(self, cast: Cast) -> None:
        with pytest.raises(actions.CannotAsk, match="only where a challenge"):
            decided(sent(cast), outcome="refused", ground="procuring")

    def test_what_is_over_is_over(self, cast: Cast, ada: tuple[Client, Office]) -> None:
        of = sent(cast)
        actions.withdraw(of=of, reason="", by=FRIENDS)
        letters = Notice.objects.count()

        with pytest.raises(actions.CannotAsk, match="Nothing more is done"):
            decided(of)
        noted = Noted(kind="said", on=localdate(), says="They left")
        with pytest.raises(actions.CannotAsk, match="left in peace"):
            answering.note(of=of, noted=noted, by=FRIENDS, now=timezone.now())
        assert Notice.objects.count() == letters

    def test_of_two_who_decide_at_once_one_is_told(self, cast: Cast) -> None:
        of = sent(cast)
        same = Expression.objects.get(pk=of.pk)
        decided(of)

        with pytest.raises(Overtaken, match="Decided: agreed"):
            decided(same, outcome="refused")


def test_every_stage_has_its_moves() -> None:
    assert set(Expression.MOVES) == set(Expression.Status)
