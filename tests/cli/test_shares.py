"""The command that shares out a plan: what it says, to the penny, and what it refuses."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.planning.hand_made import grown, plan_of
from waywarden import planner
from waywarden.planner import Plan, Problem
from waywarden.planner.runs import Progress
from waywarden.planning.splits import splitting
from waywarden.planning.splits.splitting import RULES

Answer = tuple[int, str, str]


def by_hand(problem: Problem, *, shape: str, progress: Progress, **more: object) -> Plan:
    """Plan as a person with a map would, in a moment."""
    groups = grown(problem, 6) if problem.everyone else []
    if shape == "per_service":
        apart = [(group, [service.key]) for service in problem.services for group in groups]
        return plan_of(problem, [g for g, _ in apart], shape=shape, services=[s for _, s in apart])
    return plan_of(problem, groups, shape=shape)


@pytest.fixture
def command(run: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Give what runs `waywarden` in an empty folder, with a plan made by hand."""
    monkeypatch.setattr(planner, "plan", by_hand)
    return run


@pytest.fixture
def planned(command: Command) -> Command:
    """Give the same with a plan of two services in its folder."""
    assert command("plan", "--everyone", "--services", "DPS01,ROW")[0] == 0
    return command


def kept(folder: Path) -> dict:
    return json.loads((folder / "plan-oxfordshire/plan.json").read_text(encoding="utf-8"))["plan"]


def test_a_cluster_is_shared_out_in_lines_of_eighty_columns(planned: Command) -> None:
    code, out, err = planned("shares", "plan-oxfordshire/plan.json", "--cluster", "3")

    assert (code, err) == (0, "")
    assert max(len(line) for line in out.splitlines()) <= 80
    for told in ("Cluster 3, ", "Alone", "Usual", "Saved", "Together"):
        assert told in out
    assert "Usual: each starts from its own county allocation" in out
    assert "better off" in " ".join(out.split())


def test_every_rule_hands_out_the_bill_to_the_penny(planned: Command, tmp_path: Path) -> None:
    code, out, _ = planned("shares", "--cluster", "2", "--rule", "all", "--json")

    found, cluster = json.loads(out), kept(tmp_path)["clusters"][1]
    assert code == 0
    assert found["cost"] == cluster["planned"]["expected"]
    assert [member["key"] for member in found["members"]] == cluster["members"]
    assert set(found["rules"]) | set(found["refused"]) == set(RULES)
    for split in found["rules"].values():
        assert sum(split["shares"].values()) == found["cost"]
        assert split["in_core"] == (not split["better_off_without_the_others"])
    nearest = found["nearest_in_core"]
    assert nearest is None or (
        nearest["in_core"] and sum(nearest["shares"].values()) == found["cost"]
    )


def test_a_service_planned_by_itself_is_shared_out_by_itself(
    command: Command, tmp_path: Path
) -> None:
    command("plan", "--everyone", "--services", "DPS01,ROW", "--shape", "per-service")

    code, out, _ = command("shares", "plan-oxfordshire", "--cluster", "1", "--json")

    cluster = kept(tmp_path)["clusters"][0]
    assert (code, len(cluster["services"])) == (0, 1)
    assert json.loads(out)["cost"] == cluster["planned"]["expected"]


def test_without_a_cluster_the_whole_county_is_shared_out(planned: Command, tmp_path: Path) -> None:
    code, out, err = planned("shares", "plan-oxfordshire")
    _, as_json, _ = planned("shares", "--json")

    found, plan = json.loads(as_json), kept(tmp_path)
    assert (code, err) == (0, "")
    assert "Sharing out Oxfordshire" in out
    # In so large a county not all clusters can be priced to the end: the grant is an upper end.
    assert "The smallest grant that makes the plan stable is at most £" in " ".join(out.split())
    assert found["grant_is"] == "at most"
    assert found["cost"] == plan["planned"]["expected"] - plan["kept"]["expected"]
    assert found["stable_total"] + found["grant"] == found["cost"]
    assert len(found["shares"]) == len(plan["councils"])
    alone = {council["key"]: council["alone"]["expected"] for council in plan["councils"]}
    assert all(share <= alone[key] + 10 for key, share in found["shares"].items())


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["nowhere"], "There is no plan at nowhere. Make one with: waywarden plan --everyone"),
        (["--from", "nowhere.xlsx"], "Make one with: waywarden plan --from nowhere.xlsx"),
        (["--rule", "equal"], "--rule needs --cluster, the number of the cluster to share out."),
        (
            ["--cluster", "-1"],
            "“-1” is no number of a cluster. Write it as in",
        ),
        (["--cluster", "two"], "“two” is no number of a cluster."),
        (["--cluster", "999"], "No cluster has the number 999. There are 1 to "),
        (["--cluster", "1", "--rule", "fair"], "There is no rule “fair”. Choose all, allocation"),
        (["plan-oxfordshire/plan.csv"], "plan.csv is not a plan: it is not JSON."),
        (["plan-oxfordshire/plan.geojson"], "is not a plan that this command wrote."),
        (["plan-oxfordshire", "--from", "county.xlsx"], "and not from a spreadsheet. Leave out"),
    ],
)
def test_what_cannot_be_shared_is_refused_in_a_sentence(
    planned: Command, asked: list[str], told: str
) -> None:
    code, out, err = planned("shares", *asked)

    assert (code, out) == (2, "")
    assert told in err


def test_a_plan_with_rules_is_shared_out_under_the_same_rules(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    posed: list[Problem] = []
    priced = splitting.cluster_game

    def watched(problem: Problem, *given: object, **more: object) -> object:
        posed.append(problem)
        return priced(problem, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(splitting, "cluster_game", watched)
    rules = "--exclude Wallingford --apart Thame,Didcot --lock Thame,ROW,Thame"
    command("plan", "--everyone", "--services", "DPS01,ROW", *rules.split())

    code, out, err = command("shares", "--cluster", "1", "--json")

    assert (code, err) == (0, "")
    assert json.loads(out)["cost"] == kept(tmp_path)["clusters"][0]["planned"]["expected"]
    [problem] = posed
    assert [key.split("-")[0] for key in problem.excluded] == ["wallingford"]
    assert [sorted(key.split("-")[0] for key in pair) for pair in problem.apart] == [
        ["didcot", "thame"]
    ]
    assert [service for _, service in problem.locks] == ["ROW"]


def stranger(plan: dict) -> None:
    plan["clusters"][0]["members"][0] = "nowhere"


def lost(plan: dict) -> None:
    del plan["clusters"][0]["members"][-1]


def negative(plan: dict) -> None:
    plan["clusters"][0]["planned"]["low"] = -5


def dearer(plan: dict) -> None:
    plan["clusters"][0]["planned"]["expected"] += 5


def renumbered(plan: dict) -> None:
    plan["clusters"][0]["number"] = 7


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (stranger, "cluster 1 names 'nowhere', which is none of its councils"),
        (lost, "it does not say alike in which clusters "),
        (negative, "a cost of cluster 1 is less than nothing"),
        (dearer, "the costs of cluster 1 do not add up"),
        (renumbered, "its clusters are not numbered from 1"),
    ],
)
def test_a_damaged_plan_is_refused(
    planned: Command, tmp_path: Path, damage: Callable[[dict], None], told: str
) -> None:
    file = tmp_path / "plan-oxfordshire/plan.json"
    whole = json.loads(file.read_text(encoding="utf-8"))
    damage(whole["plan"])
    file.write_text(json.dumps(whole), encoding="utf-8")

    code, _, err = planned("shares", "--cluster", "1")

    assert code == 2
    assert f"This plan is damaged: {told}" in err


def test_on_a_narrow_terminal_no_sum_of_money_is_cut_off(
    planned: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    _, out, _ = planned("shares", "--cluster", "1", "--rule", "all")

    assert "…" not in out
    assert max(len(line) for line in out.splitlines()) <= 40
    assert re.search(r"^  Alone: £[\d,]+\.\d\d *$", out, re.MULTILINE)


def test_a_plan_made_from_other_facts_is_refused(planned: Command, tmp_path: Path) -> None:
    file = tmp_path / "plan-oxfordshire/plan.json"
    text = file.read_text(encoding="utf-8").replace('"seed": 1', '"seed": 2', 1)
    file.write_text(text, encoding="utf-8")

    code, _, err = planned("shares", "--cluster", "1")

    assert code == 2
    assert "was made from other facts or prices than those in the package" in err


@pytest.mark.parametrize("asked", [[], ["--cluster", "1"]])
def test_where_nobody_takes_part_there_is_nothing_to_share(
    command: Command, asked: list[str]
) -> None:
    command("plan", "--services", "DPS01")

    code, _, err = command("shares", *asked)

    assert code == 2
    assert "This plan has no clusters, so there is nothing to share." in err


def test_help_teaches_with_examples(command: Command) -> None:
    code, out, _ = command("shares", "--help")

    assert code == 0
    assert "waywarden shares plan-oxfordshire --cluster 2 --rule all" in " ".join(out.split())
