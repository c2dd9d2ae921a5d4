"""The plan command on a spreadsheet of somebody's own, and with rules of their own."""

import csv
import io
import json
from functools import partial
from pathlib import Path

import pytest

from tests.cli import test_plan
from tests.cli.conftest import Command
from tests.planning.own_county import COUNTY, folder, with_rows, workbook
from waywarden import own_plan_command, plan_command, planner
from waywarden.planner import Plan, Problem, hand_made
from waywarden.planning.own.telling import NAMES


def by_hand(problem: Problem, **wishes: object) -> Plan:
    """Plan as a person would: those next to each other together, where they may be."""
    willing = [one.key for one in problem.councils if problem.willingness(one, "Grass") != "no"]
    return hand_made(problem, [willing[:2]] if len(willing) > 1 else [])


@pytest.fixture
def command(run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Give what runs `waywarden plan` in a folder that holds a county's spreadsheet."""
    monkeypatch.setattr(planner, "plan", by_hand)
    monkeypatch.setattr(plan_command, "get_ready", lambda tell: None)
    monkeypatch.setattr(own_plan_command, "get_ready", lambda tell: None)
    folder(tmp_path / "county", COUNTY)
    return partial(run, "plan")


def test_a_spreadsheet_is_planned_told_and_written(command: Command, tmp_path: Path) -> None:
    code, out, err = command("--from", "county")

    assert (code, err) == (0, "")
    assert max(len(line) for line in out.splitlines()) <= 80
    # 1,700 and 1,300 alone, 1,600 together; Marl Green has not said and is left aside.
    assert "£3,000" in out and "£1,600" in out
    assert "Grass: Wychbourne, own staff" in out
    assert "The plan costs £1,400 a year less than every council going alone." in told(out)
    written = {one.name for one in (tmp_path / "plan-county").iterdir()}
    assert written == {*NAMES, "made-from.zip"}
    assert "Wrote plan.json, councils.csv, plan.geojson and made-from.zip in plan-county." in out
    text = (tmp_path / "plan-county/councils.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["lead"] for row in rows] == ["Wychbourne", "Wychbourne", ""]
    assert rows[0]["cost of the cluster"] == "1600.00"


def told(out: str) -> str:
    """Return what was printed, however its lines were broken."""
    return " ".join(out.split())


def test_beside_a_plan_lies_the_last_spreadsheet_it_was_made_from_and_no_other(
    command: Command, tmp_path: Path
) -> None:
    file = workbook(tmp_path / "county.xlsx", COUNTY)
    for source in ("county", "county.xlsx"):
        assert command("--from", source)[0] == 0
    copies = [one for one in (tmp_path / "plan-county").iterdir() if one.stem == "made-from"]
    assert [one.name for one in copies] == ["made-from.xlsx"]
    assert copies[0].read_bytes() == file.read_bytes()


@pytest.mark.parametrize("columns", ["40", "79", "120"])
def test_it_is_told_on_terminals_of_any_width(
    command: Command, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    _, out, _ = command("--from", "county", "--out", "here")
    plan = out.split("Wrote ")[0]
    assert max(len(line) for line in plan.splitlines()) <= int(columns)
    assert "own staff" in " ".join(out.split())


def test_json_alone_is_the_plan_and_nothing_is_written(command: Command, tmp_path: Path) -> None:
    code, out, err = command("--from", "county", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["cost"] == 1_600
    assert [one.name for one in tmp_path.iterdir()] == ["county"]


def test_a_plan_is_written_over_the_last_but_not_over_anything_else(
    command: Command, tmp_path: Path
) -> None:
    assert command("--from", "county")[0] == 0
    assert command("--from", "county")[0] == 0
    (tmp_path / "plan-county/plan.json").write_text("[]", encoding="utf-8")
    code, _, err = command("--from", "county")
    assert code == 2
    assert "that this command did not write" in err


def test_everything_wrong_is_printed_and_nothing_planned(command: Command, tmp_path: Path) -> None:
    wrong = [("Coldbrook", "Grass", "?", "1", "50", "", "")] * 60
    folder(tmp_path / "county", with_rows("work", *wrong))
    code, out, err = command("--from", "county")
    assert (code, out) == (2, "")
    assert "Sheet work, row 5, quantity: '?' is not a number." in err
    assert "70 more are not shown." in err
    assert err.splitlines()[-1].startswith("Nothing was planned. Mend what is named above")


def test_a_blank_spreadsheet_is_written_and_what_to_do_with_it_said(
    command: Command, tmp_path: Path
) -> None:
    code, out, _ = command("--blank", "blank.xlsx")
    assert code == 0
    assert "Fill it in, then: waywarden plan --from blank.xlsx" in out
    assert (tmp_path / "blank.xlsx").is_file()


def test_a_spreadsheet_in_which_nobody_takes_part_is_told(command: Command, tmp_path: Path) -> None:
    silent = tuple((*row[:5], "no", row[6]) for row in COUNTY["work"][1:])
    folder(tmp_path / "county", {**COUNTY, "work": (COUNTY["work"][0], *silent)})
    code, out, _ = command("--from", "county")
    assert code == 0
    assert "No cluster is proposed." in out


def test_what_can_have_no_plan_is_said_in_a_sentence(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(problem: Problem, **wishes: object) -> Plan:
        raise planner.Infeasible("Row 1 (Wychbourne) could not deliver Grass. Let a council lead.")

    monkeypatch.setattr(planner, "plan", refuse)
    code, _, err = command("--from", "county")
    assert (code, err) == (2, "Wychbourne could not deliver Grass. Let a council lead.\n")


def test_help_teaches_with_examples(command: Command) -> None:
    code, out, _ = command("--help")
    assert code == 0
    assert "waywarden plan --from county.xlsx" in out
    assert "The files go into the folder plan-COUNTY" in " ".join(out.split())


def test_councils_of_the_package_are_named_without_rows(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(problem: Problem, **wishes: object) -> Plan:
        raise planner.Infeasible("Row 19 (Banbury) and Row 284 (Thame) are 40 km apart.")

    monkeypatch.setattr(planner, "plan", refuse)
    code, _, err = command("--everyone", "--together", "Banbury,Thame")
    assert (code, err.splitlines()[-1]) == (2, "Banbury and Thame are 40 km apart.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "county", "--services", "DPS01"], "Leave out --services."),
        (["--from", "county", "--keep"], "Leave out --keep."),
        (["--from", "county", "--everyone"], "in the sheet settings instead"),
        (["--from", "county", "--exclude", "Coldbrook"], "in the sheet rules instead"),
        (["--keep", "--exclude", "Coldbrook"], "Leave out --keep, or the rules."),
        (["--exclude", "Wallingfrod"], "Did you mean Wallingford?"),
        (["--exclude", "Nowhere"], "For their names: waywarden parishes --county Oxfordshire"),
        (["--from", "nothing.xlsx"], "There is no file nothing.xlsx."),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    command: Command, arguments: list[str], said: str
) -> None:
    code, _, err = command(*arguments)
    assert code == 2
    assert said in err


def test_rules_asked_of_the_county_in_the_package_are_kept_and_said(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[Problem] = []

    def planned(problem: Problem, **wishes: object) -> Plan:
        asked.append(problem)
        return test_plan.by_hand(problem, **wishes)  # type: ignore[arg-type]

    monkeypatch.setattr(planner, "plan", planned)
    code, out, err = command(
        "--everyone", "--services", "DPS01", "--exclude", "Wallingford", "--apart", "Thame,Didcot"
    )
    assert (code, err) == (0, "")
    assert [one.split("-")[0] for one in asked[0].excluded] == ["wallingford"]
    assert [key.split("-")[0] for key in asked[0].apart[0]] == ["thame", "didcot"]
    assert "Thame and Didcot apart" in " ".join(out.split())
    assert (tmp_path / "plan-oxfordshire/plan.html").is_file()
