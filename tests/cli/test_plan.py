"""The command that plans a county: what it says, what it writes, what it refuses."""

import csv
import io
import json
import math
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.cli.conftest import Command
from tests.planning.hand_made import grown, plan_of
from tests.serving import environment, run
from waywarden import cli, planner
from waywarden.devolution.plans import running
from waywarden.planner import Plan, Problem
from waywarden.planner.runs import Progress
from waywarden.planning.papers import filing
from waywarden.upkeep import beginning

TRACEBACK = "Traceback (most recent call last)"
#: Runs the command in this process, in which a plan made by hand stands for the planner's.
Answer = tuple[int, str, str]


def by_hand(problem: Problem, *, shape: str, progress: Progress, **more: object) -> Plan:
    """Plan as a person with a map would, in a moment."""
    progress("drawing by hand", 0.5, math.inf, 0.0)
    groups = grown(problem, 8) if problem.everyone else []
    if shape == "per_service":
        apart = [(group, [service.key]) for service in problem.services for group in groups]
        return plan_of(problem, [g for g, _ in apart], shape=shape, services=[s for _, s in apart])
    return plan_of(problem, groups, shape=shape)


@pytest.fixture
def command(run: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Give what runs `waywarden plan` in an empty folder, with a plan made by hand."""
    monkeypatch.setattr(planner, "plan", by_hand)
    return partial(run, "plan")


def test_a_plan_of_everyone_is_told_in_lines_of_eighty_columns(
    command: Command, tmp_path: Path
) -> None:
    code, out, err = command("--everyone")

    assert (code, err) == (0, "")
    assert max(len(line) for line in out.splitlines()) <= 80
    assert "Planning Oxfordshire: drawing by hand" in out
    assert "If every council took part: an illustration." in out
    assert "under these prices and rules can be more than" in " ".join(out.split())
    assert {one.name for one in (tmp_path / "plan-oxfordshire").iterdir()} == set(filing.NAMES)


def test_while_nobody_is_willing_it_says_so_and_how_to_see_more(
    command: Command, tmp_path: Path
) -> None:
    code, out, err = command()

    assert (code, err) == (0, "")
    assert "No council has said that it would take part." in out
    assert "--everyone" in out
    assert "This plan" not in out
    assert (tmp_path / "plan-oxfordshire/plan.html").is_file()


def test_json_is_printed_alone_and_nothing_written(command: Command, tmp_path: Path) -> None:
    code, out, err = command("--everyone", "--json", "--services", "row,DPS01")

    assert (code, err) == (0, "")
    services = json.loads(out)["plan"]["services"]
    assert [service["code"] for service in services] == ["DPS01", "ROW"]
    assert list(tmp_path.iterdir()) == []


def test_json_and_files_can_be_had_at_once(command: Command, tmp_path: Path) -> None:
    _, out, _ = command("--everyone", "--json", "--out", "here", "--services", "ROW")

    assert (tmp_path / "here/plan.json").read_text(encoding="utf-8") == out


def test_table_json_and_csv_say_the_same(command: Command, tmp_path: Path) -> None:
    _, out, _ = command("--everyone", "--services", "DPS01,ROW")

    folder = tmp_path / "plan-oxfordshire"
    assert_they_agree(out, folder)


def assert_they_agree(out: str, folder: Path) -> None:
    """What is printed, kept and listed of one plan must be the same figures."""
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))["plan"]
    text = (folder / "plan.csv").read_text(encoding="utf-8-sig")
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    pence = {key: round(float(row["together expected"]) * 100) for key, row in rows.items()}

    assert len(rows) == len(plan["councils"])
    for cluster in plan["clusters"]:
        # A cluster costs what its services and its running cost, and its members pay all of it.
        led = sum(service["cost"]["expected"] for service in cluster["services"])
        assert led + cluster["coordination"]["expected"] == cluster["planned"]["expected"]
        if plan["shape"] == "shared" and all(
            rows[key]["cluster"] == str(cluster["number"]) for key in cluster["members"]
        ):
            assert sum(pence[key] for key in cluster["members"]) >= cluster["planned"]["expected"]
        assert re.search(rf"^ *{cluster['number']} ", out, re.MULTILINE)
    assert sum(pence.values()) + plan["kept"]["expected"] == plan["planned"]["expected"]
    assert plan["bound"] <= plan["planned"]["expected"] <= plan["alone"]["expected"]
    joined = len({key for cluster in plan["clusters"] for key in cluster["members"]})
    assert re.search(rf"All clusters +{joined} ", out)


def patient(arguments: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command, and wait while the planner is compiled for the first time."""
    return subprocess.run(
        [sys.executable, "-m", "waywarden.cli", *arguments],
        env=environment(folder),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


def test_the_real_planner_plans_the_real_county_and_repeats_itself(tmp_path: Path) -> None:
    # Not a made-up plan: the planner's own, with little effort and a seed.
    asked = ["plan", "--everyone", "--effort", "quick", "--seed", "7", "--services", "DPS01,ROW"]

    told = patient(asked, tmp_path)
    again = patient([*asked, "--json"], tmp_path)

    assert told.returncode == 0, told.stderr
    folder = tmp_path / "plan-oxfordshire"
    assert_they_agree(told.stdout, folder)
    assert again.stdout == (folder / "plan.json").read_text(encoding="utf-8")
    plan = json.loads(again.stdout)["plan"]
    assert (plan["seed"], plan["effort"], plan["shape"]) == (7, "quick", "shared")
    assert len(plan["clusters"]) > 10
    assert 0 <= plan["gap_permille"] < 200
    assert plan["planned"]["expected"] < plan["alone"]["expected"]


def test_services_can_be_named_one_by_one(command: Command) -> None:
    code, out, _ = command("--everyone", "--json", "--services", "ROW", "--services", "DPS01,SGN")

    services = json.loads(out)["plan"]["services"]
    assert (code, [one["code"] for one in services]) == (0, ["DPS01", "SGN", "ROW"])


def test_services_can_be_planned_each_by_itself(command: Command, tmp_path: Path) -> None:
    code, _, _ = command("--everyone", "--shape", "per-service", "--services", "DPS01,ROW")

    plan = json.loads((tmp_path / "plan-oxfordshire/plan.json").read_text("utf-8"))["plan"]
    assert code == 0
    assert plan["shape"] == "per_service"
    assert all(len(cluster["services"]) == 1 for cluster in plan["clusters"])


def test_the_same_plan_is_written_over_the_last_and_is_the_same(
    command: Command, tmp_path: Path
) -> None:
    command("--everyone", "--services", "ROW")
    first = {one.name: one.read_bytes() for one in (tmp_path / "plan-oxfordshire").iterdir()}

    command("--everyone", "--services", "ROW")

    assert first == {
        one.name: one.read_bytes() for one in (tmp_path / "plan-oxfordshire").iterdir()
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--county", "Oxfrodshire"], "Did you mean Oxfordshire?"),
        (["--county", "Devon"], "No quantity is known in Devon"),
        (["--services", "DPS1"], "Did you mean DPS01"),
        (["--services", "TRE"], "called “TRE”. Choose from DPS01, "),
        (["--services", ""], "--services names no service"),
        (["--services", " "], "--services names no service"),
        (["--services", "TM"], "cost component"),
        (["--services", "CH8"], "cost component"),
        (["--services", "INS"], "cost component"),
        (["--services", "ADM"], "cost component"),
        (["--services", "ROW,ROW"], "named twice"),
        (["--services", "ROW", "--services", "ROW"], "named twice"),
        (["--services", "ROW", "--services", ""], "--services names no service"),
        (["--services", "ROW,,DPS01"], "--services has a blank in it"),
        (["--shape", "round"], "Use shared or per-service."),
        (["--effort", "quik"], "Did you mean quick?"),
        (["--effort", "mad"], "Use quick, standard or careful."),
        (["--seed", "-1"], "“-1” is no seed"),
        (["--seed", "1.5"], "Use a whole number of at least 0"),
        (["--seed", "²"], "is no seed"),
        (["--seed", "9" * 30], "is no seed"),
        (["--out", "file"], "file is a file"),
        (["--out", "theirs"], "did not write"),
        (["--out", "/proc/plan"], "Nothing can be written to /proc/plan"),
        (["--out", "x" * 300], "Nothing can be written to"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(
    command: Command, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs/plan.csv").write_text("theirs")

    code, _, err = command(*arguments)

    assert code == 2, err
    assert len(err.strip().splitlines()) == 1
    assert said in err
    assert not (tmp_path / "plan-oxfordshire").exists()


def test_a_refusal_ends_the_program_without_a_traceback(tmp_path: Path) -> None:
    answer = run("plan", "--county", "Oxfrodshire", folder=tmp_path)

    assert answer.returncode == 2
    assert TRACEBACK not in answer.stderr
    assert "Did you mean Oxfordshire?" in answer.stderr


def test_a_county_that_cannot_be_planned_is_told_why(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(problem: Problem, **more: object) -> Plan:
        raise planner.Infeasible("Row 3 (Coldbrook): no lead can meet its peak month.")

    monkeypatch.setattr(planner, "plan", cannot)

    code, _, err = command("--everyone")

    assert (code, err) == (2, "Coldbrook: no lead can meet its peak month.\n")


def test_a_plan_to_be_kept_that_cannot_be_made_is_told_why_by_names(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(**wishes: object) -> None:
        raise planner.Infeasible("Row 3 (Coldbrook) is further than 15 km from every lead.")

    monkeypatch.setattr(beginning, "start", lambda say: None)
    monkeypatch.setattr(running, "county_called", lambda name: SimpleNamespace(name=name))
    monkeypatch.setattr(running, "run_and_keep", cannot)

    code, _, err = command("--everyone", "--keep")

    assert (code, err) == (2, "Coldbrook is further than 15 km from every lead.\n")


def test_stopping_a_plan_leaves_nothing_behind(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def stopped(problem: Problem, **more: object) -> Plan:
        raise cli.Stopped("Stopped. Nothing was saved.")

    monkeypatch.setattr(planner, "plan", stopped)

    code, _, err = command("--everyone")

    assert (code, err) == (130, "Stopped. Nothing was saved.\n")
    assert list(tmp_path.iterdir()) == []


def test_other_commands_do_not_load_the_planner(tmp_path: Path) -> None:
    code = (
        "import sys; import waywarden.cli;"
        "print([name for name in ('numba', 'scipy', 'shapely') if name in sys.modules])"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert loaded.stdout.strip() == "[]"
