"""A plan as files: what they add up to, and that nothing in them runs."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.planning import examples
from waywarden.planning.answers.keeping import kept, report_from
from waywarden.planning.facts import CannotPlan
from waywarden.planning.papers import filing, writing
from waywarden.planning.reports import Report


@pytest.fixture(scope="module")
def report() -> Report:
    return examples.report()


def rows_of(report: Report) -> list[dict[str, str]]:
    text = writing.plan_csv(report, examples.facts())
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_table_has_a_row_for_each_council_and_money_in_pounds(report: Report) -> None:
    rows = {row["key"]: row for row in rows_of(report)}

    assert len(rows) == len(report.councils)
    cholsey = rows[examples.WALLINGFORD[1]]
    assert cholsey["name"] == "Cholsey"
    assert cholsey["district"] == "South Oxfordshire"
    assert (cholsey["cluster"], cholsey["cluster lead"]) == ("1", "Wallingford")
    assert (cholsey["DPS01 lead"], cholsey["DPS01 way"]) == ("Wallingford", "Own staff")
    assert (cholsey["ROW lead"], cholsey["ROW way"]) == ("Cholsey", "Volunteers")
    assert (cholsey["alone expected"], cholsey["together expected"]) == ("4000.00", "3000.00")
    assert cholsey["saving low"] == "840.00"
    assert cholsey["estimate"] == "yes"


def test_outside_a_cluster_a_council_leads_itself(report: Report) -> None:
    didcot = next(row for row in rows_of(report) if row["key"] == examples.ALONE)

    assert (didcot["cluster"], didcot["cluster name"]) == ("", "")
    assert (didcot["DPS01 lead"], didcot["DPS01 way"]) == ("Didcot", "Contractor")
    assert didcot["saving expected"] == "0.00"


def test_the_rows_add_up_to_what_councils_pay_alone(report: Report) -> None:
    pounds = sum(float(row["alone expected"]) for row in rows_of(report))

    assert round(pounds * 100) == report.alone.expected


def test_no_name_runs_in_a_spreadsheet(report: Report) -> None:
    first, *rest = report.councils
    named = replace(report, councils=(replace(first, name="=1+1"), *rest))

    assert rows_of(named)[0]["name"] == "'=1+1"


def test_a_council_in_several_clusters_has_all_their_numbers(report: Report) -> None:
    (cluster,) = report.clusters
    grass = replace(cluster, services=cluster.services[:1])
    paths = replace(cluster, number=2, services=cluster.services[1:], lead=examples.WALLINGFORD[1])
    apart = replace(report, shape="per_service", clusters=(grass, paths))

    row = next(row for row in rows_of(apart) if row["name"] == "Moulsford")

    assert row["cluster"] == "1; 2"
    assert row["cluster lead"] == "Wallingford; Cholsey"


def test_the_json_says_units_and_thanks_and_gives_the_plan_back(report: Report) -> None:
    whole = json.loads(writing.plan_json(report, kept(report)))

    assert whole["about"]["title"] == "If every council took part: an illustration"
    assert "pence" in whole["about"]["units"]["low, expected, high"]
    assert "Crown copyright" in whole["about"]["attribution"]
    assert report_from(whole["plan"]) == report


def test_the_geojson_has_councils_leads_and_lines_and_says_it_is_approximate(
    report: Report,
) -> None:
    whole = json.loads(writing.plan_geojson(examples.ground(report)))

    told = [one["properties"] for one in whole["features"]]
    councils = [one for one in told if one["what"] == "council"]
    assert len(councils) == len(report.councils)
    assert {one["boundary"] for one in councils} == {"approximate"}
    assert [one["name"] for one in told if one["what"] == "cluster lead"] == ["Wallingford"]
    assert len([one for one in told if one["what"] == "leads for"]) == 4
    assert "approximate" in whole["boundaries"]
    assert "Crown copyright" in whole["attribution"]


def test_files_are_written_all_together_and_again_over_our_own(
    tmp_path: Path, report: Report
) -> None:
    folder = tmp_path / "new" / "plan"
    files = filing.files_of(examples.ground(report))

    filing.refuse_folder(folder)
    filing.write_files(folder, files)
    filing.refuse_folder(folder)
    filing.write_files(folder, files)

    assert {one.name for one in folder.iterdir()} == set(filing.NAMES)


def test_a_file_that_is_not_ours_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("theirs")

    with pytest.raises(CannotPlan, match=r"holds a plan\.csv that this command did not write"):
        filing.refuse_folder(tmp_path)

    (tmp_path / "plan.json").write_text('{"about": []}')
    with pytest.raises(CannotPlan, match="--out"):
        filing.refuse_folder(tmp_path)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    with pytest.raises(CannotPlan, match="is a file"):
        filing.refuse_folder(tmp_path / "file")
    with pytest.raises(CannotPlan, match="Nothing can be written"):
        filing.refuse_folder(tmp_path / "file" / "below")


def test_what_cannot_be_written_is_said_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").mkdir()

    with pytest.raises(CannotPlan, match="could not be written"):
        filing.write_files(tmp_path, {"plan.csv": "x"})

    assert [one.name for one in tmp_path.iterdir()] == ["plan.csv"]
