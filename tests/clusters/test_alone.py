"""A council that would go alone: asked, assessed by five factors, answered, decided, withdrawn."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import ADA, Cast
from tests.clusters.alone import (
    asked,
    assess,
    assessed,
    certificate,
    decide,
    findings,
    heard,
    resolution,
    say,
)
from tests.clusters.formed import NOW, TODAY
from tests.offers.asked import send, words
from waywarden.devolution.clusters import (
    alone,
    alone_lists,
    alone_queries,
    permissions,
)
from waywarden.devolution.clusters.actions import alone as actions
from waywarden.devolution.clusters.actions.alone import Ruling, Wish
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.factors import FACTORS, STEPS
from waywarden.devolution.clusters.models import GoingAlone
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def last_line() -> Entry:
    return Entry.objects.order_by("-number")[0]


def test_every_factor_has_words_for_every_step_and_none_is_a_number() -> None:
    for factor in FACTORS:
        assert [key for key, _, _ in factor.steps] == list(STEPS)
        assert all(meaning.endswith(".") for _, _, meaning in factor.steps)
    assert not {"score", "total", "points"} & {field.name for field in GoingAlone._meta.fields}


def test_a_council_asks_once_for_a_service_until_that_is_settled(cast: Cast) -> None:
    first = asked(cast)

    with pytest.raises(CannotCluster, match="asked to do Village grass alone on 1 February 2027"):
        asked(cast)
    actions.withdraw(of=first, reason="We wait", by=ADA, now=NOW)
    again = asked(cast)

    assert again.pk != first.pk
    assert last_line().did == "asked to go alone"
    assert "mower" not in str(last_line().after)
    assert alone.obstacles_to_asking(first.body, [], []) == ["Choose a service."]
    assert alone.obstacles_to_asking(first.body, [0], [again]) == []


def test_it_is_assessed_by_the_five_published_factors_and_no_other(cast: Cast) -> None:
    made = asked(cast)

    with pytest.raises(CannotCluster, match="each of the five published factors"):
        assess(made, findings()[:4])
    with pytest.raises(CannotCluster, match="Capacity: choose a step and say why"):
        assess(made, findings(capacity="splendid"))


def test_the_highest_step_needs_evidence_in_words_or_a_paper(cast: Cast) -> None:
    made = asked(cast)
    bare = findings(insurance="shown")
    bare[1].evidence = ""

    with pytest.raises(CannotCluster, match="Insurance: “Shown” needs evidence"):
        assess(made, bare)
    bare[1].decision = resolution(cast)
    bare[0].paper = certificate(cast)
    assess(made, bare)

    held = alone_queries.findings_of(made)
    assert [each.factor for each in held] == [factor.key for factor in FACTORS]
    assert str(held[1]) == "Insurance: Shown"
    assert held[1].meaning == FACTORS[1].shown
    assert last_line().after["insurance"]["decision"] == bare[1].decision.key
    assert last_line().after["capacity"]["paper"] == bare[0].paper.subject.key


def test_an_assessment_saved_again_writes_no_line_and_another_does(cast: Cast) -> None:
    _ = cast.at_coldbrook
    made = asked(cast)

    assert assess(made) is True
    before = Entry.objects.count()
    assert assess(made) is False
    assert Entry.objects.count() == before
    assess(made, findings(continuity="not-yet"))

    assert Entry.objects.count() == before + 1
    assert made.stage == "Assessed"
    assert {each.subject for each in Notice.objects.all()} == {
        "Your council’s wish to go alone is assessed"
    }


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    made = asked(cast)
    stale = GoingAlone.objects.get()
    assess(made)

    assert assess(stale) is False
    with pytest.raises(Overtaken):
        assess(stale, findings(continuity="not-yet"))
    ruling = Ruling(outcome="agreed", reasons="It lasts")
    with pytest.raises(Overtaken):
        actions.decide(of=made, version=stale.version, ruling=ruling, by=ADA, now=NOW)
    with pytest.raises(Overtaken):
        actions.assess(of=made, version=stale.version, findings=findings(), by=ADA, now=NOW)
    stale = alone_queries.numbered(made.pk) or made
    say(made)
    with pytest.raises(Overtaken):
        say(stale, "We have three")
    with pytest.raises(Overtaken):
        actions.withdraw(of=stale, reason="No", by=ADA, now=NOW)


def test_the_council_answers_its_assessment_once_before_the_decision(cast: Cast) -> None:
    made = asked(cast)
    assert alone.obstacles_to_answering(made) == ["There is no assessment to answer yet."]
    assess(made)

    say(made)

    assert "answered once" in alone.obstacles_to_answering(made)[0]
    assert "mowers" not in str(last_line().after)
    decide(made)
    assert "It is “Decided: agreed”" in alone.obstacles_to_answering(made)[0]


def test_nobody_is_decided_on_unheard_and_a_deferral_has_a_day_to_come(cast: Cast) -> None:
    made = asked(cast)

    with pytest.raises(CannotCluster, match="Assess it first"):
        decide(made)
    assess(made)
    say(made)
    with pytest.raises(CannotCluster, match="Give a day where it is deferred"):
        decide(made, "deferred")
    with pytest.raises(CannotCluster, match="Defer it until a day to come"):
        decide(made, "deferred", deferred_until=TODAY)


def test_what_is_deferred_is_assessed_again_and_decided_later(cast: Cast) -> None:
    made = heard(cast)
    decide(made, "deferred", deferred_until=TODAY + timedelta(days=90))
    assert made.stage == "Decided: deferred"

    later = NOW + timedelta(days=60)
    assess(made, findings(continuity="shown"), now=later)
    say(made, "And somebody who stands in", now=later)
    minute = resolution(cast, body=cast.county_council)
    decide(made, "refused", decision=minute)

    assert made.stage == "Decided: not agreed"
    assert last_line().after["decision"] == minute.key
    assert last_line().before == {"stage": "Decided: deferred"}
    with pytest.raises(CannotCluster, match="Nothing more is done with it"):
        assess(made, findings(continuity="partly"))
    with pytest.raises(CannotCluster, match="Nothing more is done with it"):
        actions.withdraw(of=made, reason="No", by=ADA, now=NOW)


@pytest.mark.parametrize("outcome", ["agreed", "refused"])
def test_nothing_is_decided_before_the_council_answered_or_fourteen_days_are_over(
    cast: Cast, outcome: str
) -> None:
    made = assessed(cast)

    with pytest.raises(CannotCluster, match="may until 15 February 2027"):
        decide(made, outcome)
    with pytest.raises(CannotCluster, match="has not answered"):
        decide(made, outcome, now=NOW + timedelta(days=14))
    decide(made, outcome, now=NOW + timedelta(days=15))

    assert made.outcome == outcome


def test_who_has_answered_can_be_decided_on_at_once(cast: Cast) -> None:
    made = heard(cast)

    assert not alone.is_awaited(made, today=TODAY)
    assert decide(made) is False
    assert made.stage == "Decided: agreed"


def test_another_assessment_asks_anew_and_the_answer_stays_with_the_one_it_answered(
    cast: Cast,
) -> None:
    _ = cast.at_coldbrook
    made = heard(cast)
    later = NOW + timedelta(days=3)
    again = {"findings": findings(continuity="not-yet"), "by": ADA, "now": later}

    actions.assess(of=made, version=made.version, **again)

    assert made.current_answer is None
    with pytest.raises(CannotCluster, match="may until 18 February 2027"):
        decide(made)
    letter = Notice.objects.order_by("-pk")[0].text
    assert "before 18 February 2027 is over" in letter
    assert "What it said of an earlier assessment stays on the page" in letter
    say(made, "Now it is written down", now=later)
    given = alone_queries.answers_of(made)
    assert [each.says for each in given] == ["Now it is written down", "We have two mowers"]
    assert [each.assessed_at for each in given] == [later, NOW]
    assert str(given[1]) == "Coldbrook Parish Council alone: answer of 2027-02-01"


def test_the_county_is_told_what_a_council_asks_answers_and_takes_back(cast: Cast) -> None:
    ada, colm = cast.at_the_county, cast.at_coldbrook
    wish = Wish(services=[cast.service("DPS01")], starts_on=date(2027, 4, 1), says="Our mower")
    body, by = cast.coldbrook_council, colm.actor

    made, is_told = actions.ask(body=body, wish=wish, by=by, now=NOW)
    assert is_told
    actions.assess(of=made, version=1, findings=findings(), by=ada.actor, now=NOW)
    say(made, by=by)
    actions.withdraw(of=made, reason="We wait", by=by, now=NOW)

    told = Notice.objects.filter(to_email=cast.ada.email).order_by("pk")
    assert [each.subject for each in told] == [
        "A council would go alone: Coldbrook Parish Council",
        "An assessment is answered: Coldbrook Parish Council",
        "Withdrawn: Coldbrook Parish Council alone",
    ]
    assert {each.topic for each in told} == {"who-goes-alone"}


def test_what_the_county_notes_and_takes_back_the_council_is_told(cast: Cast) -> None:
    ada, _ = cast.at_the_county, cast.at_coldbrook
    wish = Wish(services=[cast.service("DPS01")], starts_on=date(2027, 4, 1), says="Our mower")
    given = {"by": ada.actor, "now": NOW}
    body = cast.coldbrook_council

    made, is_told = actions.ask(body=body, wish=wish, noted_by=cast.county_council, **given)
    assert is_told
    assert permissions.may_withdraw_alone(ada, made, TODAY)
    assert actions.withdraw(of=made, reason="A mistake", **given)

    told = Notice.objects.filter(to_email=cast.colm.email).order_by("pk")
    assert [each.subject for each in told] == [
        "It is noted that your council would go alone",
        "Withdrawn: Coldbrook Parish Council alone",
    ]
    assert "If that is not so, withdraw it." in told[0].text


def test_the_county_takes_back_no_wish_of_a_councils_own(cast: Cast) -> None:
    ada, _ = cast.at_the_county, cast.at_coldbrook
    county, made = cast.signed_in(cast.ada), asked(cast)
    where = f"{made.get_absolute_url()}withdraw/"

    refused = send(county, where, acting=ada, reason="No")

    assert refused.status_code == 403
    made.refresh_from_db()
    assert made.stage == "Asked"
    assert not permissions.may_withdraw_alone(ada, made, TODAY)
    assert "Withdraw it" not in words(county.get(made.get_absolute_url()))


def test_what_was_deferred_and_then_withdrawn_is_not_looked_at_again(cast: Cast) -> None:
    made = heard(cast)
    decide(made, "deferred", deferred_until=TODAY + timedelta(days=90))
    _ = cast.at_coldbrook
    clerk = cast.signed_in(cast.colm)
    assert "It is looked at again by 2 May 2027" in words(clerk.get(made.get_absolute_url()))

    actions.withdraw(of=made, reason="We wait", by=ADA, now=NOW)

    page = words(clerk.get(made.get_absolute_url()))
    assert "What had been decided before it was withdrawn: deferred" in page
    assert "looked at again" not in page
    assert alone_lists.asked_list([made], {}).found[0].looked_at_again_on is None
