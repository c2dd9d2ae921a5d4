"""What is said of a plan, in words a clerk would use."""

from dataclasses import replace

import pytest

from tests.planning import examples
from waywarden.devolution.plans import words
from waywarden.fabric.common.wording import money_span, whole_pounds
from waywarden.planning.reports import Range, Report
from waywarden.planning.words.delivering import by_way, doing, way


def report(**more: object) -> Report:
    return replace(examples.report(), **more)


def three(low: int, expected: int, high: int) -> Range:
    """Give a range in thousands of pounds."""
    return Range(low * 100_000, expected * 100_000, high * 100_000)


@pytest.mark.parametrize(
    ("now", "planned", "said"),
    [
        ((484, 577, 767), (1160, 1380, 1830),
         "the councils would find the rest, £676k to £1.06m a year (estimate)"),
        ((1160, 1380, 1830), (484, 577, 767),
         "that would pay for the plan, with £676k to £1.06m a year to spare (estimate)"),
        ((1150, 1580, 2150), (1220, 1560, 2020),
         "depending on prices the councils would find up to £70k a year more, or have up to £130k"
         " to spare (estimate)"),
    ],
)  # fmt: skip
def test_what_the_councils_would_find_is_the_plan_less_what_the_county_pays(
    now: tuple[int, int, int], planned: tuple[int, int, int], said: str
) -> None:
    assert words.rest(report(now=three(*now), planned=three(*planned))) == said


def test_what_holds_a_place_is_said_and_what_is_not_known_is_said_to_be_taken() -> None:
    made = report().councils[0]

    assert words.kind_of(replace(made, kind="town")) == "Town council"
    assert words.kind_of(replace(made, kind="parish-meeting")) == "Parish meeting"
    unknown = replace(made, kind="parish-or-meeting")
    assert words.kind_of(unknown) == "Kind not known, planned as a council"
    meeting = replace(unknown, is_planned_as_meeting=True)
    assert words.kind_of(meeting) == "Kind not known, planned as a meeting"


def test_names_are_listed_as_they_are_spoken() -> None:
    assert words.listed([]) == ""
    assert words.listed(["Thame"]) == "Thame"
    assert words.listed(["Thame", "Witney"], most=1) == "Thame and Witney"
    assert words.listed(["Thame", "Witney", "Wantage", "Didcot"], most=2) == (
        "Thame, Witney and 2 more"
    )


@pytest.mark.parametrize("model", ["contractor", "own_staff", "volunteers", "cic", "a_new_way"])
def test_no_way_of_delivering_is_said_in_the_words_of_the_program(model: str) -> None:
    assert "_" not in by_way(model)
    assert way(model)[0].isupper()
    assert "_" not in doing(model, "hedges")


def test_sums_are_in_whole_pounds_rounded_half_up() -> None:
    assert [whole_pounds(pence) for pence in (-50, -49, 49, 50)] == ["−£1", "£0", "£0", "£1"]
    assert money_span(100, 149) == "about £1"
    assert money_span(310_000, 430_049) == "£3,100 to £4,300"
