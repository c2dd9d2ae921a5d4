"""The command that puts two plans side by side."""

import json
import sys
from pathlib import Path

import pytest

from tests.planner.marlshire import marlshire
from waywarden import cli
from waywarden.planner import hand_made


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    sys.argv = ["waywarden", "compare", *arguments]
    with pytest.raises(SystemExit) as left:
        cli.main()
    said = capsys.readouterr()
    return int(left.value.code or 0), said.out, said.err


@pytest.fixture(autouse=True)
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put two plans into an empty folder."""
    monkeypatch.setattr(cli, "_stop_with", lambda words: None)
    monkeypatch.setattr(sys, "argv", [])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for name, groups in (("a", []), ("b", [["wychbourne", "coldbrook"]])):
        made = hand_made(marlshire(), groups)
        Path(f"{name}.json").write_text(made.to_json(), encoding="utf-8")


def test_two_plans_are_told_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "a.json", "b.json")
    assert (code, err) == (0, "")
    # Alone all five pay 6,200; with Wychbourne and Coldbrook together 4,826.
    assert "£6,200" in out and "£4,826" in out and "−£1,374" in out
    assert "Wychbourne: from alone to cluster 1 (Wychbourne)" in out
    assert out.startswith("First: a.json\nSecond: b.json\n")


def test_a_folder_stands_for_the_plan_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        Path(name).mkdir()
        Path(f"{name}.json").replace(Path(name) / "plan.json")
    code, out, _ = run(capsys, "a", "b")
    assert code == 0
    assert out.startswith(f"First: {Path('a/plan.json')}\nSecond: {Path('b/plan.json')}\n")


def test_json_is_printed_alone(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "a.json", "b.json", "--json")
    assert code == 0
    assert json.loads(out)["saving"] == 1_374


def test_what_is_no_plan_is_refused_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    Path("c.json").write_text("{}", encoding="utf-8")
    code, out, err = run(capsys, "a.json", "c.json")
    assert (code, out) == (2, "")
    assert err == "c.json is not a plan. Name the plan.json that waywarden plan wrote.\n"
