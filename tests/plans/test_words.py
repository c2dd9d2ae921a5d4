"""What is said of a plan, in words a clerk would use."""

from dataclasses import replace

import pytest

from tests.planning import examples
from waywarden.devolution.plans import words
from waywarden.devolution.plans.charts import ranges_chart
from waywarden.fabric.common.wording import money_span, short_pounds, whole_pounds
from waywarden.planning.reports import PRICES, Range, Report

NOTHING = Range(0, 0, 0)


def report(**more: object) -> Report:
    return replace(examples.report(), **more)


def three(low: int, expected: int, high: int) -> Range:
    """Give a range in thousands of pounds."""
    return Range(low * 100_000, expected * 100_000, high * 100_000)


def test_a_plan_of_everyone_is_an_illustration_and_any_other_a_proposal() -> None:
    assert words.heading(report()) == "If every council took part: an illustration"
    assert words.heading(report(is_everyone=False)) == "A proposal: each council decides for itself"


@pytest.mark.parametrize(
    ("planned", "gap", "said"),
    [
        (1379, 13, "£371k a year less than every council going alone. No plan at these prices can"
         " be more than 1.3% cheaper."),
        (1760, 20, "£10k a year more than every council going alone. No plan at these prices can"
         " be more than 2% cheaper."),
        (1379, 0, "£371k a year less than every council going alone. No plan of this kind at"
         " these prices can be cheaper."),
    ],
)  # fmt: skip
def test_the_proof_says_what_is_saved_and_how_far_from_the_best_it_is(
    planned: int, gap: int, said: str
) -> None:
    made = report(
        alone=three(1470, 1750, 2330), planned=three(1160, planned, 1830), gap_permille=gap
    )

    assert words.proof(made) == f"The plan costs {said}"


def test_a_plan_that_saves_nothing_says_so() -> None:
    made = report(alone=three(1, 2, 3), planned=three(1, 2, 3))

    assert words.proof(made).startswith("The plan costs as much as every council going alone.")


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
        ((1, 2, 3), (1, 2, 3),
         "and nothing would change, for nobody has said they would take part"),
    ],
)  # fmt: skip
def test_what_the_councils_would_find_is_the_plan_less_what_the_county_pays(
    now: tuple[int, int, int], planned: tuple[int, int, int], said: str
) -> None:
    assert words.rest(report(now=three(*now), planned=three(*planned))) == said


def test_every_set_of_prices_has_words() -> None:
    cases = [[price for at, price in enumerate(PRICES) if mask >> at & 1] for mask in range(8)]

    assert len({words.holds_at(case) for case in cases}) == 8


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
    assert "_" not in words.way(model) + words.by_way(model)
    assert words.way(model)[0].isupper()


def test_sums_are_short_in_headlines_and_whole_elsewhere() -> None:
    assert [short_pounds(pence) for pence in (99_949, 999_949_49, 99_950_000, 123_456_789_00)] == [
        "£999",
        "£1.00m",
        "£1.00m",
        "£123.46m",
    ]
    assert [whole_pounds(pence) for pence in (-50, -49, 49, 50)] == ["−£1", "£0", "£0", "£1"]
    assert money_span(100, 149) == "about £1"


def test_the_chart_begins_at_nothing_and_holds_every_bar() -> None:
    costs = {"Now": three(484, 577, 767), "Alone": three(1470, 1750, 2330)}

    chart = ranges_chart(costs)

    # Six steps of £500k would be £3m, so the scale is £0, £0.5m ... to £2.5m.
    assert [mark.words for mark in chart.marks] == ["£0", "", "£1m", "", "£2m", ""]
    ends = [x for bar in chart.bars for x in (bar.low, bar.expected, bar.high)]
    assert chart.marks[0].x == 6 < min(ends)
    assert max(ends) < chart.marks[-1].x == 322
    assert chart.bars[0].words == "£484k to £767k"


def test_a_chart_of_nothing_has_a_scale_all_the_same() -> None:
    chart = ranges_chart({"Now": NOTHING})

    assert chart.bars[0].low == chart.bars[0].high == 6
