"""The pages on which a plan is asked for and followed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import ADA, Cast
from tests.making.asked import (
    COLDBROOK,
    GRASS,
    SIGNS,
    WYCHBOURNE,
    asked,
    fields,
    send,
    taken_up,
    words,
    work,
)
from tests.offers.asked import open_today
from waywarden.county.people.models import Office
from waywarden.devolution.making import actions
from waywarden.devolution.making.models import AskedPlan
from waywarden.devolution.making.working import make_plan
from waywarden.devolution.offers.models import Offer
from waywarden.devolution.plans import actions as plans
from waywarden.devolution.plans import queries as kept
from waywarden.devolution.plans.models import PlanRun
from waywarden.fabric.work import workers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

MAKE = "/plans/make/"
Ada = tuple[Client, Office]


def test_ada_asks_for_a_plan_follows_it_and_sees_it(county: Cast, ada: Ada) -> None:
    browser, acting = ada

    sent = send(browser, MAKE, acting, **fields())

    # A new form has every service ticked, as check boxes.
    opened = browser.get(MAKE).content.decode()
    assert re.search(rf'value="{GRASS}"[^>]*govuk-checkboxes__input[^>]*checked', opened)
    held = AskedPlan.objects.get()
    assert sent.redirect_chain == [(held.get_absolute_url(), 302)]
    assert "It waits for its turn." in words(sent)
    assert '<meta http-equiv="refresh" content="3">' in sent.content.decode()
    assert (held.asked_by_shown_as, held.body) == (acting.actor.shown_as, county.county_council)
    work()
    made = browser.get(held.get_absolute_url())
    run = PlanRun.objects.get()
    assert "refresh" not in made.content.decode()
    assert f"See {run}" in words(made)
    assert "from low to high prices (estimate)" in words(made)
    assert browser.get(run.get_absolute_url()).status_code == 200


def test_a_trial_is_not_there_for_others_until_it_is_shown(county: Cast, ada: Ada) -> None:
    browser, acting = ada
    asked(county)
    work()
    run = PlanRun.objects.get()
    colm = county.signed_in(county.colm)
    assert county.at_coldbrook
    own = run.get_absolute_url()
    pages = [
        own,
        f"{own}councils/",
        f"{own}map.geojson",
        f"{own}letters/",
        f"/history/plan/{run.number}/",
    ]

    for other in (Client(), colm):
        assert [other.get(page).status_code for page in pages] == [404] * len(pages)
        assert str(run) not in words(other.get("/plans/"))
        assert "A plan proposes" not in words(other.get(county.coldbrook.get_absolute_url()))
    assert "Only officers of the county see this plan" in words(browser.get(own))

    shown = send(browser, f"{own}show/", acting)

    assert f"Everybody can read {run} now." in words(shown)
    assert Client().get(own).status_code == 200
    assert str(run) in words(Client().get("/plans/"))
    assert "Everybody can read this plan already" in words(send(browser, f"{own}show/", acting))


def test_po4_those_who_answered_in_an_offer_are_willing(county: Cast, ada: Ada) -> None:
    browser, acting = ada
    of = open_today(county)
    answered = {"answered_at": timezone.now()}
    Offer.objects.filter(body=county.coldbrook_council).update(answer="more-time", **answered)
    Offer.objects.filter(body=county.wychbourne_council).update(answer="declined", **answered)

    sent = send(browser, MAKE, acting, **fields(who="round", round=str(of.pk)))

    assert AskedPlan.objects.get().wished().willing == (COLDBROOK,)
    assert "1 who agreed or want more time in" in words(sent)
    assert "Stopped after 300 seconds at the latest" in words(sent)


def test_councils_are_found_and_ticked_without_losing_what_was_typed(ada: Ada) -> None:
    browser, acting = ada
    typed = fields(who="ticked", councils=[WYCHBOURNE], most_members="5", named="cold")

    found = send(browser, MAKE, acting, find="1", **typed)

    body = found.content.decode()
    assert not AskedPlan.objects.exists()
    shown = re.findall(r'name="councils" value="([^"]+)"', body)
    assert set(shown) == {WYCHBOURNE, COLDBROOK}
    assert re.search(rf'value="{WYCHBOURNE}"[^>]*checked', body)
    assert 'value="5"' in body

    send(browser, MAKE, acting, **(typed | {"councils": [WYCHBOURNE, COLDBROOK]}))

    wishes = AskedPlan.objects.get().wished()
    assert wishes.willing == (COLDBROOK, WYCHBOURNE)
    assert wishes.limits == {"most_members": 5}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"services": []}, "Choose at least one service"),
        ({"who": "round"}, "Choose the offer in which they answered"),
        ({"who": "ticked"}, "Tick at least one council"),
        ({"most_members": "1"}, "Enter a whole number from 2 to 40"),
        ({"high_percent": "90"}, "Enter a whole number from 100 to 500"),
        ({"lead_1_who": COLDBROOK}, "Say who leads, which service and for which council"),
        (
            {"lead_1_who": COLDBROOK, "lead_1_service": SIGNS, "lead_1_place": WYCHBOURNE},
            "Choose one of the services to plan",
        ),
        ({"apart_1_one": COLDBROOK}, "Name two councils, or neither"),
        (
            {"together_1_one": COLDBROOK, "together_1_other": COLDBROOK},
            "Name another council than the first",
        ),
        ({"effort": ""}, "Choose how long to search"),
        (
            {
                "together_1_one": COLDBROOK,
                "together_1_other": WYCHBOURNE,
                "apart_1_one": COLDBROOK,
                "apart_1_other": WYCHBOURNE,
            },
            "Coldbrook and Wychbourne are to be together, and the two are to be kept apart.",
        ),
        (
            {
                "lead_1_who": COLDBROOK,
                "lead_1_service": GRASS,
                "lead_1_place": WYCHBOURNE,
                "out_2_council": "coldbrook",
            },
            "Coldbrook is to lead for Wychbourne, and Coldbrook is left out.",
        ),
        (
            {
                "lead_1_who": COLDBROOK,
                "lead_1_service": GRASS,
                "lead_1_place": "Little Haye",
                "lead_2_who": WYCHBOURNE,
                "lead_2_service": GRASS,
                "lead_2_place": "little haye",
            },
            "Coldbrook and Wychbourne are both to lead village grass for Little Haye.",
        ),
        (
            {"apart_2_one": "Coldbrok", "apart_2_other": WYCHBOURNE},
            "No council is called “Coldbrok”. Did you mean Coldbrook?",
        ),
        ({"out_1_council": "Xyzzy"}, "Choose from the list that opens as you type"),
        ({"out_1_council": "x" * 201}, "Write the name of a council"),
    ],
)
def test_what_makes_no_sense_is_said_plainly(ada: Ada, typed: dict[str, object], says: str) -> None:
    browser, acting = ada

    sent = send(browser, MAKE, acting, **fields(**typed))

    assert sent.status_code == 400
    assert says in words(sent)
    assert not AskedPlan.objects.exists()


def test_po5_a_lock_and_a_pair_are_asked_for_and_priced(ada: Ada) -> None:
    browser, acting = ada
    rules = {"lead_1_who": COLDBROOK, "lead_1_service": GRASS, "lead_1_place": WYCHBOURNE}
    pair = {"apart_1_one": COLDBROOK, "apart_1_other": "marl-green-marlshire"}

    send(browser, MAKE, acting, **fields(**rules, **pair))
    work()

    held = AskedPlan.objects.get()
    said = words(browser.get(held.get_absolute_url()))
    assert "Coldbrook leads village grass for Wychbourne" in said
    assert "What each rule costs" in said
    assert "Without Coldbrook locked to lead" in said


def test_how_far_it_is_is_shown_and_it_can_be_stopped(county: Cast, ada: Ada) -> None:
    browser, acting = ada
    held = taken_up(asked(county))
    told = {"stage": "search", "done_permille": 420, "seconds": 7}
    actions.tell(pk=held.pk, now=timezone.now(), best_pence=2_000_00, bound_pence=1_900_00, **told)
    where = held.get_absolute_url()

    with workers.Heartbeat(workers.new_name(), timezone.now):
        said = words(browser.get(where))
    assert "Looking for a cheaper plan: 42% done after 7 seconds." in said
    assert "Best so far £2,000 a year. No plan can be more than 5.0% cheaper." in said
    assert "No worker" not in said

    stopped = send(browser, f"{where}stop/", acting)

    assert "the best plan so far is kept" in words(stopped)
    held.refresh_from_db()
    assert held.is_to_stop
    assert "No worker is there now" in words(stopped)


def test_one_of_which_nothing_is_heard_says_so(county: Cast, ada: Ada) -> None:
    browser, _ = ada
    held = taken_up(asked(county))
    AskedPlan.objects.filter(pk=held.pk).update(told_at=timezone.now() - timedelta(minutes=9))

    with workers.Heartbeat(workers.new_name(), timezone.now):
        said = words(browser.get(held.get_absolute_url()))

    assert "Nothing has been heard of it for two minutes" in said


def test_one_that_was_given_up_says_why_and_is_run_again(county: Cast, ada: Ada) -> None:
    browser, acting = ada
    held = taken_up(asked(county))
    actions.give_up(asked=held, why="Too dear to work out.", begin=make_plan.enqueue)
    where = held.get_absolute_url()
    assert "Too dear to work out." in words(browser.get(where))

    send(browser, f"{where}again/", acting)
    work()

    held.refresh_from_db()
    assert held.status == AskedPlan.Status.DONE
    assert "Nothing is to be made again: made." in words(send(browser, f"{where}again/", acting))


def test_ab26_each_figure_is_downloaded_with_who_entered_it(county: Cast, ada: Ada) -> None:
    browser, _ = ada
    held = asked(county)

    table = browser.get(f"{held.get_absolute_url()}figures.csv").content.decode("utf-8-sig")

    assert "entered_by" in table
    assert "Coldbrook,coldbrook-marlshire,DPS01,20000" in table
    assert "Ada" in table
    assert "quantities as they were when it was asked for: 4 by Ada" in words(
        browser.get(held.get_absolute_url())
    )


def test_the_history_of_a_plan_asked_for_is_its_councils(county: Cast, ada: Ada) -> None:
    browser, _ = ada
    held = asked(county)
    where = f"/history/asked-plan/{held.subject.key}/"

    assert "asked for a plan" in words(browser.get(where)).lower()
    assert Client().get(where).status_code == 404
    assert browser.get("/history/asked-plan/asked-plan-x/").status_code == 404


def test_two_plans_are_put_side_by_side(county: Cast, ada: Ada) -> None:
    browser, _ = ada
    asked(county)
    work()
    asked(county, rules=(("apart", COLDBROOK, WYCHBOURNE),))
    work()
    one, other = PlanRun.objects.order_by("number")
    where = f"{one.get_absolute_url()}beside/{other.number}/"

    said = words(browser.get(where))

    assert "Plan 1 beside Plan 2" in said
    assert "Cost a year" in said
    assert "The plans do not follow from the same input" in said
    table = browser.get(f"{where[:-1]}.csv").content.decode("utf-8-sig")
    assert table.startswith("place,first_estimate,second_estimate,saving_estimate")
    assert f"/beside/{other.number}/" in browser.get(one.get_absolute_url()).content.decode()


def test_each_council_learns_why_it_is_where_it_is(county: Cast, ada: Ada) -> None:
    browser, _ = ada
    asked(county)
    work()
    run = PlanRun.objects.get()

    said = words(browser.get(f"{run.get_absolute_url()}why/{COLDBROOK}/"))

    assert "Coldbrook: why here" in said
    listed = browser.get(f"{run.get_absolute_url()}why/")
    assert "Coldbrook" in words(listed)
    assert browser.get(f"{run.get_absolute_url()}why/nowhere/").status_code == 404


def test_what_is_made_for_everybody_later_is_shown_to_everybody(county: Cast) -> None:
    asked(county)
    work()
    run = PlanRun.objects.get()
    assert kept.is_hidden(run)

    again = plans.keep_run(
        county=county.county, report=kept.report_of(run), by=ADA, today=localdate()
    )

    assert again == run
    assert not kept.is_hidden(run)


def test_before_a_county_is_loaded_there_is_nothing_to_plan(db: None) -> None:
    assert Client().get(MAKE).status_code == 302
