"""Reports kept as plain values, and what is not a report."""

import json

import pytest

from tests.planning.hand_made import plan_of
from tests.planning.marlshire import CODES, marlshire
from waywarden.planning.answers.keeping import kept, report_from
from waywarden.planning.answers.reporting import report_of
from waywarden.planning.facts import CannotPlan
from waywarden.planning.posing import problem_of
from waywarden.planning.reports import NOTHING, Report


@pytest.fixture(scope="module")
def report() -> Report:
    facts = marlshire()
    problem = problem_of(facts, CODES, everyone=True)
    plan = plan_of(problem, [["coldbrook", "little-haye", "great-haye"]])
    return report_of(facts, plan, effort="quick")


def test_a_report_is_kept_in_words_and_whole_numbers(report: Report) -> None:
    text = json.dumps(kept(report), allow_nan=False)

    assert report_from(json.loads(text)) == report
    assert '"format": 1' in text
    assert "." not in json.dumps(kept(report)["planned"])


def test_a_field_that_came_later_is_read_as_it_was(report: Report) -> None:
    plain = kept(report)
    del plain["kept"]

    assert report_from(plain).kept == NOTHING


@pytest.mark.parametrize("plain", [{}, {"format": 0}, {"format": 99}])
def test_another_format_is_refused(plain: dict[str, object]) -> None:
    with pytest.raises(CannotPlan, match="Plan again"):
        report_from(plain)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("county", None, "should be a str"),
        ("bound", 1.5, "should be a int"),
        ("bound", True, "should be a int"),
        ("clusters", [{"number": 1}], "ClusterReport has no"),
        ("assumed", [["words", "C"]], "zip"),
        ("extra", 1, "extra"),
    ],
)
def test_a_damaged_report_is_refused_with_what_is_wrong(
    report: Report, field: str, value: object, said: str
) -> None:
    with pytest.raises(CannotPlan, match="This plan is damaged") as refused:
        report_from(kept(report) | {field: value})

    assert said in str(refused.value)


def test_a_report_with_a_part_missing_is_refused(report: Report) -> None:
    plain = kept(report)
    del plain["findings"]

    with pytest.raises(CannotPlan, match="Report has no findings"):
        report_from(plain)
