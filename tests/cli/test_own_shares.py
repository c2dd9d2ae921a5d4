"""The shares of a plan of somebody's own county: from its folder, or with its spreadsheet named."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.planning.own_county import COUNTY, SETTINGS, Rows, folder, workbook
from waywarden import own_plan_command, planner
from waywarden.planner import Plan, Problem, hand_made

EVERYONE: dict[str, Rows] = {**COUNTY, "settings": (*SETTINGS, ("everyone", "yes"))}


def together(problem: Problem, **wishes: object) -> Plan:
    """Plan all three in one cluster."""
    return hand_made(problem, [[council.key for council in problem.councils]])


@pytest.fixture
def command(run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Give what runs `waywarden` in a folder that holds a county's spreadsheet."""
    monkeypatch.setattr(planner, "plan", together)
    monkeypatch.setattr(own_plan_command, "get_ready", lambda tell: None)
    workbook(tmp_path / "county.xlsx", EVERYONE)
    return run


@pytest.fixture
def planned(command: Command) -> Command:
    """Give the same with a plan in the folder plan-county."""
    assert command("plan", "--from", "county.xlsx")[0] == 0
    return command


def test_a_cluster_is_shared_out_to_the_penny(planned: Command) -> None:
    code, out, err = planned("shares", "plan-county", "--cluster", "1")
    _, as_json, _ = planned("shares", "plan-county", "--cluster", "1", "--json")

    # Set-up 1,000, and 650 units at a pound: 400 + 200 + 50 cut at 2 visits each.
    assert (code, err) == (0, "")
    assert "Cluster 1, Wychbourne, at expected prices." in out
    assert "£1,650.00" in out
    found = json.loads(as_json)
    assert found["cost"] == 165_000
    assert sum(found["rules"]["allocation"]["shares"].values()) == 165_000
    # Alone Coldbrook and Marl Green pay what the spreadsheet says that they would.
    assert [one["alone"] for one in found["members"]][1:] == [130_000, 100_000]


def test_the_whole_county_is_shared_out(planned: Command) -> None:
    code, out, err = planned("shares", "plan-county")

    assert (code, err) == (0, "")
    assert "recover £1,650 a year of the plan's £1,650." in " ".join(out.split())


@pytest.mark.parametrize("arguments", [("--from", "plan-county"), ("--from", "county.xlsx")])
def test_the_folder_or_the_spreadsheet_can_be_named_alone(
    planned: Command, arguments: tuple[str, str]
) -> None:
    assert planned("shares", *arguments, "--cluster", "1")[0] == 0


def test_a_plan_apart_from_its_spreadsheet_needs_it_named(planned: Command, tmp_path: Path) -> None:
    (tmp_path / "plan-county/plan.json").rename(tmp_path / "alone.json")

    code, _, err = planned("shares", "alone.json")
    named, _, _ = planned("shares", "alone.json", "--from", "county.xlsx")

    assert (code, named) == (2, 0)
    assert "does not have the spreadsheet beside it that it was made from." in err
    assert err.endswith("Name it with --from, such as: --from county.xlsx\n")


def test_a_spreadsheet_changed_since_is_refused(planned: Command, tmp_path: Path) -> None:
    dearer = (("service", "name", "setup", "unit cost"), ("Grass", "own staff", "1100", "1"))
    workbook(tmp_path / "county.xlsx", {**EVERYONE, "models": dearer})

    code, _, err = planned("shares", "plan-county", "--from", "county.xlsx")

    assert code == 2
    assert err.endswith("was not made from county.xlsx as it is now. Plan again.\n")


def test_what_is_wrong_in_a_spreadsheet_is_named(planned: Command, tmp_path: Path) -> None:
    folder(tmp_path / "other", {**EVERYONE, "settings": (("setting", "value"), ("speed", "9"))})

    code, _, err = planned("shares", "plan-county", "--from", "other")

    assert code == 2
    assert err.startswith("Sheet settings, row 2, setting: ")


def test_who_cannot_do_without_a_cluster_is_told_what_to_write(
    command: Command, tmp_path: Path
) -> None:
    no_cost = tuple((*row[:6], "") for row in COUNTY["work"][1:])
    folder(tmp_path / "bound", {**EVERYONE, "work": (COUNTY["work"][0], *no_cost)})
    command("plan", "--from", "bound")

    code, _, err = command("shares", "plan-bound", "--cluster", "1")

    assert code == 2
    assert "Cluster 1 cannot be shared out: Wychbourne has no way to have Grass" in err
    assert "Write what it would pay by itself, under cost alone in the sheet work" in err


def test_a_damaged_plan_is_refused(planned: Command, tmp_path: Path) -> None:
    file = tmp_path / "plan-county/plan.json"
    whole = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**whole, "cost": 5}), encoding="utf-8")

    code, _, err = planned("shares", "plan-county")

    assert code == 2
    assert "damaged" in err
