"""Two plans side by side: what is the same, who moves, who leads, who pays less."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from tests.planner.marlshire import COUNCILS, marlshire
from tests.planning import examples
from waywarden.planner import Plan, hand_made
from waywarden.planning.answers.keeping import kept
from waywarden.planning.comparisons.comparing import Comparison, Move, compared
from waywarden.planning.comparisons.shown import comparison_shown
from waywarden.planning.comparisons.sides import Side, side_of
from waywarden.planning.facts import CannotPlan
from waywarden.planning.papers.writing import plan_json

WALLINGFORD, CHOLSEY, CROWMARSH, BRIGHTWELL, MOULSFORD = examples.WALLINGFORD


def side(folder: Path, name: str, groups: Sequence[Sequence[str]], **changes: object) -> Side:
    made = replace(examples.report(groups), **changes)  # type: ignore[arg-type]
    file = folder / f"{name}.json"
    file.write_text(plan_json(made, kept(made)), encoding="utf-8")
    return side_of(file)


def own(folder: Path, name: str, plan: Plan) -> Side:
    file = folder / f"{name}.json"
    file.write_text(plan.to_json(), encoding="utf-8")
    return side_of(file)


def shown(found: Comparison, columns: int = 80) -> str:
    console = Console(width=columns, force_terminal=False)
    with console.capture() as caught:
        for part in comparison_shown(found, columns):
            console.print(part)
    return caught.get()


def test_a_plan_compared_with_itself_is_the_same(tmp_path: Path) -> None:
    one = side(tmp_path, "a", [examples.WALLINGFORD])
    found = compared(one, one)
    assert (found.moves, found.leads, found.payers) == ((), (), ())
    assert (found.same, found.only_first, found.only_second) == (((1, 1),), (), ())
    assert found.notes == ("Both plans follow from the same input.",)
    assert "The clusters are the same: 1." in shown(found)


def test_who_moves_is_named_and_a_cluster_that_lost_a_member_stays_itself(tmp_path: Path) -> None:
    first = side(tmp_path, "a", [[WALLINGFORD, CHOLSEY, CROWMARSH], [BRIGHTWELL, MOULSFORD]])
    second = side(tmp_path, "b", [[WALLINGFORD, CHOLSEY], [BRIGHTWELL, MOULSFORD, CROWMARSH]])
    found = compared(first, second)
    assert found.moves == (Move(CROWMARSH, "Crowmarsh", 1, 2),)
    assert (found.same, found.only_first, found.only_second) == ((), (1, 2), (1, 2))
    assert "Crowmarsh: from cluster 1 (Wallingford) to cluster 2 (Brightwell" in shown(found)
    # A cluster's cost is the same 3,000 pounds for each member: who pays more does not change.
    assert found.first.cost == found.second.cost


def test_a_cluster_of_the_same_number_and_lead_that_is_not_the_same_is_called_another(
    tmp_path: Path,
) -> None:
    first = side(tmp_path, "a", [[WALLINGFORD, CHOLSEY]])
    second = side(tmp_path, "b", [[WALLINGFORD, CHOLSEY]])
    moved = replace(compared(first, second), moves=(Move(CHOLSEY, "Cholsey", 1, 1),))
    assert "Cholsey: from cluster 1 (Wallingford) to another cluster 1 (Wallingford)" in shown(
        moved, 120
    )


def test_one_cluster_that_is_the_same_is_counted_as_one(tmp_path: Path) -> None:
    both, more = [WALLINGFORD, CHOLSEY], [BRIGHTWELL, MOULSFORD]
    said = shown(compared(side(tmp_path, "a", [both]), side(tmp_path, "b", [both, more])))
    assert "One cluster is the same in both. Only in the second: clusters " in said


def test_who_goes_alone_pays_more(tmp_path: Path) -> None:
    first = side(tmp_path, "a", [[WALLINGFORD, CHOLSEY, CROWMARSH]])
    second = side(tmp_path, "b", [[WALLINGFORD, CHOLSEY]])
    found = compared(first, second)
    assert found.moves == (Move(CROWMARSH, "Crowmarsh", 1, None),)
    # In an example 3,000 pounds in a cluster, and 4,000 alone.
    [payer] = found.payers
    assert (payer.name, payer.saving) == ("Crowmarsh", -1_000)
    assert "Crowmarsh: £1,000 a year more" in shown(found)
    assert "from cluster 1 (Wallingford) to alone" in shown(found)


def test_another_lead_and_another_way_are_named(tmp_path: Path) -> None:
    report = examples.report([[WALLINGFORD, CHOLSEY]])
    [cluster] = report.clusters
    first, *rest = cluster.services
    changed = replace(cluster, services=(replace(first, lead=CHOLSEY), *rest))
    other = replace(cluster, services=(replace(first, model="volunteers"), *rest))
    a = side(tmp_path, "a", [[WALLINGFORD, CHOLSEY]])
    b = side(tmp_path, "b", [[WALLINGFORD, CHOLSEY]], clusters=(changed,))
    c = side(tmp_path, "c", [[WALLINGFORD, CHOLSEY]], clusters=(replace(other, number=2),))
    assert "cluster 1: Cholsey instead of Wallingford" in shown(compared(a, b))
    assert "cluster 1 (now 2): Wallingford, Volunteers instead of" in shown(compared(a, c))


def test_plans_of_other_input_county_and_shape_are_compared_and_it_is_said(tmp_path: Path) -> None:
    first = side(tmp_path, "a", [examples.WALLINGFORD])
    second = side(
        tmp_path, "b", [examples.WALLINGFORD], county="Devon", shape="per_service", input_hash="x"
    )
    fewer = replace(second, councils=second.councils - {CHOLSEY}, input_hash="y")
    assert compared(first, second).notes == (
        "The plans are of other counties: Oxfordshire and Devon.",
        "The plans do not follow from the same input: councils, quantities, prices, rules or "
        "wishes differ, and so costs may.",
        "Their shapes differ: shared clusters and service by service.",
    )
    assert "Only in the first: Cholsey." in compared(first, fewer).notes
    none = replace(second, councils=frozenset())
    assert any(" and " in note and "more." in note for note in compared(first, none).notes)


def test_plans_of_a_spreadsheet_are_compared_too(tmp_path: Path) -> None:
    problem = marlshire(*COUNCILS)
    first = own(tmp_path, "a", hand_made(problem, [["wychbourne", "coldbrook"]]))
    second = own(tmp_path, "b", hand_made(problem, [["wychbourne", "coldbrook", "little-haye"]]))
    found = compared(first, second)
    # 1,626 and 1,100 alone, against 1,742 together.
    assert first.cost - second.cost == 984
    assert first.alone == second.alone == 1_700 + 1_300 + 1_100 + 1_100 + 1_000
    assert found.notes == ("Both plans follow from the same input.",)
    assert [(move.name, move.before, move.after) for move in found.moves] == [
        ("Little Haye", None, 1)
    ]
    assert "What each council would save is not known" in shown(found)


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal_and_no_figure_is_cut(
    tmp_path: Path, columns: int
) -> None:
    groups = [[WALLINGFORD, CHOLSEY, CROWMARSH], [BRIGHTWELL, MOULSFORD]]
    first, second = side(tmp_path, "a", groups), side(tmp_path, "b", groups[:1])
    said = shown(compared(first, replace(second, cost=1_234_567.0)), columns)
    assert max(len(line) for line in said.splitlines()) <= columns
    assert "…" not in said
    assert "£1,234,567" in said


def test_long_lists_are_cut_and_json_has_them_whole(tmp_path: Path) -> None:
    keys = [council.key for council in examples.facts().councils[:60]]
    first = side(tmp_path, "a", [keys[at : at + 2] for at in range(0, 60, 2)])
    second = side(tmp_path, "b", [])
    found = compared(first, second)
    assert "and 40 more: --json has all of them" in shown(found)
    assert "and 10 more." in shown(found)
    plain = json.loads(json.dumps(found.plain()))
    assert len(plain["moves"]) == 60
    assert plain["saving"] == found.first.cost - found.second.cost


RECORD = hand_made(marlshire(), [["wychbourne", "coldbrook"]]).to_json()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ('{"cost": NaN}', "it is not JSON"),
        ("[]", "is not a plan. Name the plan.json"),
        ('{"about": {"made_by": "somebody"}}', "is not a plan"),
        ('{"about": 3}', "It is damaged"),
        ('{"about": {"made_by": "waywarden"}, "plan": {"format": 9}}', "cannot be compared."),
        (RECORD.replace('"version": 1', '"version": 2'), "of a version that this one cannot read"),
        (RECORD.replace('"members"', '"memers"'), "It is damaged"),
        (RECORD.replace('"cost": 4826.0', f'"cost": 1{"0" * 400}'), "It is damaged"),
    ],
)
def test_what_is_no_plan_is_refused_by_its_file(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "a.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CannotPlan) as refused:
        side_of(file)
    assert said in str(refused.value)
    assert "a.json" in str(refused.value)


def test_a_file_that_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotPlan, match="There is no file"):
        side_of(tmp_path / "nothing.json")
    with pytest.raises(CannotPlan, match=r"There is no file .*plan\.json"):
        side_of(tmp_path)
