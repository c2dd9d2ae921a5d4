"""What people ask of a plan of a county: named by them, kept by the problem, said in the report."""

from dataclasses import replace

import pytest

from tests.planning.hand_made import plan_of
from tests.planning.marlshire import council, marlshire
from waywarden.planner import Willingness
from waywarden.planning.answers.reporting import report_of
from waywarden.planning.asking import NOTHING_ASKED, Asked, Wanted, asked_again, asked_in, asked_of
from waywarden.planning.facts import CannotPlan, LeftOut
from waywarden.planning.fingerprint import input_hash
from waywarden.planning.posing import problem_of

ASKED = Asked(
    together=(("coldbrook", "little-haye"),),
    apart=(("great-haye", "wychbourne"),),
    locks={("coldbrook", "DPS01"): "little-haye"},
    excluded=("marl-green",),
)


def test_rules_are_read_by_name_or_key() -> None:
    wanted = Wanted(
        together=["Coldbrook, little haye"],
        apart=["great-haye,WYCHBOURNE"],
        locks=["Coldbrook,Village grass,Little Haye", "coldbrook,dps01,little-haye"],
        excluded=["Marl Green", "marl-green"],
    )
    assert asked_of(marlshire(), wanted) == ASKED
    assert asked_of(marlshire(), Wanted()) == NOTHING_ASKED
    assert Wanted().is_empty and not wanted.is_empty


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted(together=["Coldbrok,Little Haye"]), "Did you mean Coldbrook?"),
        (Wanted(apart=["Coldbrook"]), "Write it as --apart COUNCIL,COUNCIL."),
        (Wanted(apart=["Coldbrook,"]), "Write it as --apart COUNCIL,COUNCIL."),
        (Wanted(apart=[""]), "--apart is empty."),
        (Wanted(apart=["Coldbrook,coldbrook"]), "names one council twice"),
        (Wanted(locks=["Coldbrook,SGN"]), "Write it as --lock COUNCIL,SERVICE,LEAD."),
        (Wanted(locks=["Coldbrook,DPS1,Coldbrook"]), "Did you mean DPS01"),
        (Wanted(locks=["Coldbrook,SID,Coldbrook"]), "SID is not planned here."),
        (
            Wanted(locks=["Coldbrook,SGN,Coldbrook", "Coldbrook,SGN,Wychbourne"]),
            "another lead is asked for",
        ),
        (Wanted(excluded=["zzz"]), "No council of Marlshire is called “zzz”."),
    ],
)
def test_what_cannot_be_meant_is_refused(wanted: Wanted, said: str) -> None:
    with pytest.raises(CannotPlan) as refused:
        asked_of(marlshire(), wanted, ["DPS01", "SGN"])
    assert said in str(refused.value)


def test_a_name_that_several_councils_have_is_not_guessed() -> None:
    facts = marlshire()
    twins = [council("coldbrook", 1.0, name="Haye"), council("little-haye", 2.0, name="Haye")]
    facts = type(facts)(county=facts.county, councils=tuple(twins), neighbours=())
    with pytest.raises(CannotPlan, match="name coldbrook or little-haye"):
        asked_of(facts, Wanted(excluded=["Haye"]))


def test_several_names_and_councils_left_out_are_told_what_to_do() -> None:
    with pytest.raises(CannotPlan, match="takes one name, and may be repeated: --exclude “Cold"):
        asked_of(marlshire(), Wanted(excluded=["Coldbrook, Marl Green"]))
    facts = replace(marlshire(), left_out=(LeftOut("New Haye", "Position is not known."),))
    with pytest.raises(
        CannotPlan, match=r"New Haye is left out of every plan: position is not kno"
    ):
        asked_of(facts, Wanted(excluded=["new haye"]))


def test_rules_are_listed_and_taken_up_again() -> None:
    assert asked_again(ASKED.listed) == ASKED
    assert asked_again(()) == NOTHING_ASKED
    with pytest.raises(ValueError, match="'marry' is no rule"):
        asked_again([("marry", "coldbrook", "little-haye")])


def test_the_problem_keeps_what_was_asked() -> None:
    problem = problem_of(marlshire(), everyone=True, asked=ASKED)
    assert asked_in(problem) == ASKED
    green = problem.council("marl-green")
    assert problem.willingness(green, "DPS01") is Willingness.ALONE


def test_what_was_asked_has_a_hash_of_its_own_and_nothing_asked_has_the_usual_one() -> None:
    wishes = {"shape": "shared", "effort": "quick", "seed": 1, "everyone": True}
    plain = input_hash(marlshire(), **wishes)  # type: ignore[arg-type]
    assert input_hash(marlshire(), **wishes, asked=NOTHING_ASKED) == plain  # type: ignore[arg-type]
    assert input_hash(marlshire(), **wishes, asked=ASKED) != plain  # type: ignore[arg-type]


def test_the_report_says_what_was_asked_and_keeps_a_lock_where_leads_are_alike() -> None:
    facts = marlshire()
    group = ["coldbrook", "little-haye", "wychbourne"]
    codes = ["SGN"]
    asked = Asked(locks={("coldbrook", "SGN"): "little-haye"})
    problem = problem_of(facts, codes, everyone=True, asked=asked)
    made = plan_of(problem, [group])
    [cluster] = made.clusters
    led = cluster.service_leads["SGN"]
    locked = type(led)("little-haye", led.model, led.cost)
    object.__setattr__(cluster, "service_leads", {"SGN": locked})

    report = report_of(facts, made, effort="quick")

    assert report.clusters[0].services[0].lead == "little-haye"
    [rules] = [said for said in report.findings if said.startswith("The rules: ")]
    assert "; as asked, Little Haye leads " in rules
    assert rules.endswith(" for Coldbrook.")
