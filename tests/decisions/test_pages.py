"""The pages of decisions, as clerks, members, officers and readers use them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import Cast, person
from waywarden.county.decisions.models import Decision, Interest
from waywarden.county.people.models import Office

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TOWN, COUNTY = "/bodies/wychbourne-council/decisions/", "/bodies/county-council/decisions/"


def send(browser: Client, acting: Office, where: str, **typed: Any) -> HttpResponse:
    """Fill in a form and send it."""
    sent = {"acting_in": str(acting.pk), "once": str(uuid4())} | typed
    return browser.post(where, sent, follow=True)


def words(answer: HttpResponse) -> str:
    """Give the page of an answer."""
    return answer.content.decode()


MINUTE = {
    "title": "To cut the grass of the town",
    "kind": "minute",
    "outcome": "agreed",
    "reference": "2026/114",
    "text": "Resolved to cut it seven times a year",
    "present": "9",
    "quorum": "3",
    "votes_for": "8",
    "votes_against": "1",
}


def minute(**typed: Any) -> dict[str, Any]:
    """Give what a clerk types of a minute of yesterday."""
    return MINUTE | {"stated_on": str(localdate() - timedelta(days=1))} | typed


@pytest.fixture
def clerk(cast: Cast) -> tuple[Client, Office]:
    """Bron, clerk of Wychbourne, at her desk."""
    acting = cast.at_wychbourne
    return cast.signed_in(cast.bron), acting


class TestAMinute:
    def test_cl5_a_clerk_records_it_with_votes_and_interests(
        self, clerk: tuple[Client, Office]
    ) -> None:
        page = words(send(*clerk, f"{TOWN}record/", **minute()))

        assert "“2026/114: To cut the grass of the town” is recorded." in page
        assert "Resolved to cut it seven times a year" in page
        decision = Decision.objects.get()
        assert (decision.votes_for, decision.votes_against, decision.abstained) == (8, 1, 0)

        where = f"{TOWN}{decision.pk}/interests/declare/"
        said = {"member": "Councillor One", "nature": "pecuniary", "effect": "left"}
        page = words(send(*clerk, where, **said))

        assert "The interest is minuted." in page
        assert "Councillor One" in words(Client().get(f"{TOWN}{decision.pk}/"))

    def test_everybody_reads_it_and_takes_the_list_away(self, clerk: tuple[Client, Office]) -> None:
        send(*clerk, f"{TOWN}record/", **minute())

        page, file = words(Client().get(TOWN)), Client().get(f"{TOWN}decisions.csv")

        assert "To cut the grass of the town" in page
        assert "8 for, 1 against" in page
        assert "Record a decision" not in page
        assert "2026/114" in file.content.decode()

    def test_what_contradicts_itself_is_given_back_as_typed(
        self, clerk: tuple[Client, Office]
    ) -> None:
        answer = send(*clerk, f"{TOWN}record/", **minute(votes_for="1", votes_against="8"))

        assert answer.status_code == 400
        assert "1 voted for it and 8 against: it was not agreed." in words(answer)
        assert "Resolved to cut it seven times a year" in words(answer)
        assert not Decision.objects.exists()

    def test_it_is_put_right_with_a_reason(self, clerk: tuple[Client, Office]) -> None:
        send(*clerk, f"{TOWN}record/", **minute())
        where = f"{TOWN}{Decision.objects.get().pk}/correct/"
        assert "Resolved to cut it seven times a year" in words(clerk[0].get(where))

        right = minute(votes_for="7", version="1")
        page = words(send(*clerk, where, **right, reason="One was miscounted"))

        assert "is put right" in page
        assert Decision.objects.get().votes_for == 7
        history = words(clerk[0].get(f"/history/decision/decision-{Decision.objects.get().pk}/"))
        assert "One was miscounted" in history

    def test_an_interest_is_taken_back_and_still_shown(self, clerk: tuple[Client, Office]) -> None:
        send(*clerk, f"{TOWN}record/", **minute())
        here = f"{TOWN}{Decision.objects.get().pk}/interests/"
        said = {"member": "Councillor One", "nature": "other", "effect": "stayed"}
        send(*clerk, f"{here}declare/", **said)
        where = f"{here}{Interest.objects.get().pk}/take-back/"

        page = words(send(*clerk, where, reason="It was another item"))

        assert "Taken back on" in page
        assert "It was another item" in page

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ({"effect": "dispensation"}, "Enter the reference of the dispensation"),
            ({"effect": "left", "dispensation": "D1"}, "nobody stayed by a dispensation"),
            ({"effect": "left", "member": ""}, "Say whose interest it is"),
        ],
    )
    def test_a_declaration_is_asked_whole(
        self, clerk: tuple[Client, Office], typed: dict[str, str], says: str
    ) -> None:
        send(*clerk, f"{TOWN}record/", **minute())
        said = {"member": "Councillor One", "nature": "other"} | typed

        answer = send(*clerk, f"{TOWN}{Decision.objects.get().pk}/interests/declare/", **said)

        assert answer.status_code == 400
        assert says in words(answer)
        assert not Interest.objects.exists()

    def test_a_member_with_a_dispensation_stays_and_counts_towards_the_quorum(
        self, clerk: tuple[Client, Office]
    ) -> None:
        three = {"present": "3", "quorum": "3", "abstained": "0"}
        send(*clerk, f"{TOWN}record/", **minute(**three, votes_for="3", votes_against="0"))
        decision = Decision.objects.get()
        said = {"member": "Councillor One", "nature": "pecuniary", "effect": "dispensation"}
        where = f"{TOWN}{decision.pk}/interests/declare/"

        page = words(send(*clerk, where, **said, dispensation="Standards 12/2027"))

        assert "Stayed, by a dispensation (Standards 12/2027)" in page
        assert "no longer quorate" not in page
        assert Interest.objects.get().dispensation == "Standards 12/2027"
        right = minute(**three, votes_for="2", votes_against="1", version="1")
        again = send(*clerk, f"{TOWN}{decision.pk}/correct/", **right, reason="Miscounted")
        assert "is put right" in words(again)

    def test_ab1_a_clerk_records_nothing_of_another_parish(
        self, cast: Cast, clerk: tuple[Client, Office]
    ) -> None:
        there = "/bodies/coldbrook-council/decisions/record/"

        assert send(*clerk, there, **minute()).status_code == 403
        assert not Decision.objects.exists()

    def test_a_draft_is_kept_while_it_is_typed(self, clerk: tuple[Client, Office]) -> None:
        assert "draft_of" in words(clerk[0].get(f"{TOWN}record/"))


def plan(**typed: Any) -> dict[str, Any]:
    """Give what an officer types of a key decision."""
    today = localdate()
    said = {"title": "To offer grass cutting", "kind": "executive", "text": "Offer it"}
    when = {"announced_on": str(today - timedelta(days=40)), "due_on": str(today)}
    return said | when | {"is_key": "on"} | typed


class TestAPlannedDecision:
    @pytest.fixture
    def officer(self, cast: Cast) -> tuple[Client, Office]:
        """Ada, at the county."""
        acting = cast.at_the_county
        return cast.signed_in(cast.ada), acting

    def signing(self, cast: Cast, kind: str) -> tuple[Client, Office]:
        """Somebody who signs off for the county."""
        holder = person(kind.capitalize())
        acting = cast.office(holder, cast.county_council, kind)
        return cast.signed_in(holder), acting

    def sign(self, who: tuple[Client, Office], where: str) -> HttpResponse:
        """Open what is proposed, and sign it off as it is shown."""
        shown = who[0].get(where).context["form"].initial["shown"]
        return send(*who, where, says="Looked at and found right", shown=shown)

    def test_cm3_the_pack_shows_options_and_sign_offs_and_it_is_then_taken(
        self, cast: Cast, officer: tuple[Client, Office]
    ) -> None:
        send(*officer, f"{COUNTY}plan/", **plan())
        here = f"{COUNTY}{Decision.objects.get().pk}/"
        option = {"title": "Do nothing", "says": "The county goes on", "is_recommended": ""}
        send(*officer, f"{here}options/add/", **option)
        self.sign(officer, f"{here}sign-off/equality/")
        self.sign(self.signing(cast, "monitoring-officer"), f"{here}sign-off/legal/")
        taken = {"outcome": "agreed", "reference": "CA7", "stated_on": str(localdate())}

        early = send(*officer, f"{here}take/", **taken)
        self.sign(self.signing(cast, "section-151-officer"), f"{here}sign-off/finance/")
        page = words(send(*officer, f"{here}take/", **taken))

        assert "Not signed off yet: finance." in words(early)
        assert "is recorded as taken" in page
        assert "Can be called in until" in page
        shown = words(Client().get(here))
        assert "Do nothing" in shown
        assert shown.count("Looked at and found right") == 3

    def test_only_the_monitoring_officer_says_that_it_is_lawful(
        self, officer: tuple[Client, Office]
    ) -> None:
        send(*officer, f"{COUNTY}plan/", **plan())
        where = f"{COUNTY}{Decision.objects.get().pk}/sign-off/"

        assert officer[0].get(f"{where}legal/").status_code == 403
        assert officer[0].get(f"{where}taste/").status_code == 404

    def test_cm4_what_is_proposed_is_hidden_from_who_has_an_interest_and_minuted(
        self, cast: Cast, officer: tuple[Client, Office]
    ) -> None:
        acting = cast.office(cast.dot, cast.county_council, "cabinet-member")
        member = cast.signed_in(cast.dot)
        send(*officer, f"{COUNTY}plan/", **plan(text="Pay the mill"))
        here = f"{COUNTY}{Decision.objects.get().pk}/"
        assert "Pay the mill" in words(member.get(here))

        said = {"nature": "pecuniary", "effect": "left"}
        page = words(send(member, acting, f"{here}interests/declare/", **said))

        assert "The interest is minuted." in page
        assert "Pay the mill" not in page
        assert "You have declared an interest in this" in page
        history = words(member.get(f"/history/decision/decision-{Decision.objects.get().pk}/"))
        assert "Pay the mill" not in history
        assert "Cabinet member, The County Council" in words(Client().get(here))
        assert "Pay the mill" in words(officer[0].get(here))

    def test_a_member_takes_back_what_they_declared_and_nobody_elses(
        self, cast: Cast, officer: tuple[Client, Office]
    ) -> None:
        acting = cast.office(cast.dot, cast.county_council, "cabinet-member")
        member = cast.signed_in(cast.dot)
        send(*officer, f"{COUNTY}plan/", **plan())
        here = f"{COUNTY}{Decision.objects.get().pk}/interests/"
        said = {"nature": "pecuniary", "effect": "left"}
        send(member, acting, f"{here}declare/", **said)
        send(*officer, f"{here}declare/", **said, member="Councillor Two")
        own, other = Interest.objects.order_by("pk")

        refused = send(member, acting, f"{here}{other.pk}/take-back/", reason="Why not")
        send(member, acting, f"{here}{own.pk}/take-back/", reason="Sold")

        assert refused.status_code == 403
        assert [each.stands for each in Interest.objects.order_by("pk")] == [False, True]

    def test_cm8_a_call_in_is_noted_and_answered(
        self, cast: Cast, officer: tuple[Client, Office]
    ) -> None:
        taken = minute(kind="executive", reference="CA8")
        send(*officer, f"{COUNTY}record/", **taken)
        here = f"{COUNTY}{Decision.objects.get().pk}/"

        waits = words(send(*officer, f"{here}call-in/", reason="Five members asked for it"))
        stands = words(send(*officer, f"{here}confirm/", reason="Scrutiny was content"))

        assert "Called in, because" in waits
        assert "Five members asked for it" in waits
        assert "Scrutiny was content" in stands
        assert "Note a call-in" not in stands

    def test_it_is_handed_on_and_withdrawn(
        self, cast: Cast, officer: tuple[Client, Office]
    ) -> None:
        member = cast.office(cast.dot, cast.county_council, "cabinet-member")
        send(*officer, f"{COUNTY}plan/", **plan())
        here = f"{COUNTY}{Decision.objects.get().pk}/"

        handed = words(send(*officer, f"{here}hand-on/", decider=str(member.pk), version="1"))
        gone = words(send(*officer, f"{here}withdraw/", reason="The grant fell through"))
        late = send(*officer, f"{here}withdraw/", reason="Again")

        assert "Taken by: Cabinet member" in handed
        assert "The grant fell through" in gone
        assert late.status_code == 409
        assert "“Withdrawn” by now" in words(late)

    def test_an_option_is_left_out(self, officer: tuple[Client, Office]) -> None:
        send(*officer, f"{COUNTY}plan/", **plan())
        decision = Decision.objects.get()
        here = f"{COUNTY}{decision.pk}/options/"
        send(*officer, f"{here}add/", title="Sell it all", says="No")
        where = f"{here}{decision.options.get().pk}/leave-out/"

        page = words(send(*officer, where))
        send(*officer, f"{COUNTY}{decision.pk}/withdraw/", reason="Not needed")
        late = words(send(*officer, where))

        assert "“Sell it all” is left out." in page
        assert "what was proposed stays as it was" in late

    def test_what_is_exempt_is_for_the_councils_own_people(
        self, cast: Cast, officer: tuple[Client, Office]
    ) -> None:
        send(*officer, f"{COUNTY}plan/", **plan(text="Pay the mill", is_exempt="on"))
        here, stranger = f"{COUNTY}{Decision.objects.get().pk}/", Client()

        page = words(stranger.get(here))

        assert "Pay the mill" in words(officer[0].get(here))
        assert "Pay the mill" not in page
        assert "schedule 12A" in page
        history = f"/history/decision/decision-{Decision.objects.get().pk}/"
        assert "Pay the mill" not in words(stranger.get(history))

    def test_what_cannot_be_planned_is_given_back_as_typed(
        self, officer: tuple[Client, Office]
    ) -> None:
        answer = send(*officer, f"{COUNTY}plan/", **plan(announced_on=""))

        assert answer.status_code == 400
        assert "Say when the notice of a key decision was published." in words(answer)
        assert "To offer grass cutting" in words(answer)


def test_a_decision_that_is_not_there_has_no_page(cast: Cast) -> None:
    assert Client().get(f"{TOWN}77/").status_code == 404
    assert Client().get("/bodies/nowhere/decisions/").status_code == 404
    assert Client().get("/history/decision/decision-77/").status_code == 404


def test_who_has_no_say_in_a_body_declares_nothing_there(cast: Cast) -> None:
    acting = cast.at_coldbrook
    body = cast.wychbourne_council
    found = Decision.objects.create(body=body, kind="minute", status="planned", title="To mow")

    answer = send(cast.signed_in(cast.colm), acting, f"{TOWN}{found.pk}/interests/declare/")

    assert answer.status_code == 403
