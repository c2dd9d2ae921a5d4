"""Whoever tampers with a journal is found out by anybody who holds a copy and a published head."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from soak.tampering import (
    SEEN_BY_ITSELF,
    SEEN_WITH_A_HEAD,
    Chain,
    Line,
    Tamper,
    chained,
    cut_tail,
    rewrite,
)
from tests.serving import ROOT
from waywarden.fabric.journal.verifying import (
    FIRST,
    MOST_TOLD,
    Published,
    hash_of,
    lines_in,
    verify,
)

LENGTH, TIMES = 40, 200


def content(number: int) -> Line:
    """Give what a line says, without its place."""
    return {
        "at": f"2026-05-{number % 28 + 1:02d}T09:{number % 60:02d}:00.000000+00:00",
        "actor": [f"person-{number % 7}", "Clerk, Wychbourne Town Council"],
        "did": "corrected a quantity",
        "subject": ["area", f"place-{number % 9}", f"/places/place-{number % 9}/"],
        "before": {"amount_milli": number * 1000},
        "after": {"amount_milli": number * 1000 + 500},
        "reason": "Measured on foot",
        "bodies": ["wychbourne-council"] if number % 3 else [],
    }


@pytest.fixture(scope="module")
def honest() -> Chain:
    return chained([content(number) for number in range(1, LENGTH + 1)])


@pytest.mark.parametrize("tamper", SEEN_WITH_A_HEAD.values(), ids=SEEN_WITH_A_HEAD)
def test_every_tampering_shows_against_a_published_head(honest: Chain, tamper: Tamper) -> None:
    head = Published(LENGTH, honest[-1]["hash"], "22 November 2026")

    found = [
        bool(verify(tamper(honest, random.Random(draw)), [head]).faults)  # noqa: S311
        for draw in range(TIMES)
    ]

    assert sum(found) == TIMES


@pytest.mark.parametrize("tamper", SEEN_BY_ITSELF.values(), ids=SEEN_BY_ITSELF)
def test_four_kinds_of_tampering_show_without_any_head(honest: Chain, tamper: Tamper) -> None:
    found = [
        bool(verify(tamper(honest, random.Random(draw))).faults)  # noqa: S311
        for draw in range(TIMES)
    ]

    assert sum(found) == TIMES


@pytest.mark.parametrize("tamper", [cut_tail, rewrite], ids=["cut off", "written anew"])
def test_two_kinds_do_not_show_without_a_head_and_we_do_not_say_they_would(
    honest: Chain, tamper: Tamper
) -> None:
    tampered = [tamper(honest, random.Random(draw)) for draw in range(TIMES)]  # noqa: S311

    assert [verify(chain).faults for chain in tampered] == [[]] * TIMES


def test_an_honest_journal_that_has_grown_since_holds(honest: Chain) -> None:
    heads = [Published(line["number"], line["hash"]) for line in honest[::7]]

    found = verify(honest, heads)

    assert found.faults == []
    assert (found.lines, found.number, found.hash) == (LENGTH, LENGTH, honest[-1]["hash"])


def test_a_cut_tail_is_named_with_the_day_it_was_published(honest: Chain) -> None:
    head = Published(LENGTH, honest[-1]["hash"], "22 November 2026")

    assert verify(honest[:30], [head]).faults == [
        "The journal ends at line 30, but line 40 was published on 22 November 2026."
    ]
    assert verify(rewrite(honest, random.Random(1)), [head]).faults == [  # noqa: S311
        "Line 40 is not the one published on 22 November 2026."
    ]


def test_sealed_lines_are_checked_for_their_place_and_counted(honest: Chain) -> None:
    kept = {"number", "previous_hash", "hash"}
    sealed = [
        {key: line[key] for key in kept} | {"sealed": True} if line["number"] % 2 else line
        for line in honest
    ]

    assert verify(sealed).faults == []
    assert verify(sealed).sealed == LENGTH // 2
    assert verify(sealed[:7] + sealed[8:]).faults[0] == "Line 8 is missing."


@pytest.mark.parametrize("garbage", [{}, {"number": 3}, {"number": "x", "hash": 1}])
def test_what_is_no_line_is_named_by_the_line_before_it(honest: Chain, garbage: Line) -> None:
    found = verify([*honest[:5], garbage, *honest[5:]])

    assert found.faults == ["What follows line 5 cannot be read as a line."]


def test_a_thousand_faults_are_counted_and_the_first_hundred_told() -> None:
    found = verify({} for _ in range(1000))

    assert len(found.faults) == MOST_TOLD
    assert found.untold == 1000 - MOST_TOLD


def test_a_copy_of_a_journal_is_read_line_by_line(tmp_path: Path, honest: Chain) -> None:
    copy = tmp_path / "journal.jsonl"
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in honest)
    copy.write_text(text + "\n\n", encoding="utf-8")
    assert verify(lines_in(copy)).lines == LENGTH

    copy.write_text(text.replace("on foot", "by eye", 1) + "\nnonsense\n[1]\n", encoding="utf-8")

    assert verify(lines_in(copy)).faults == [
        "Line 1 has been altered.",
        "What follows line 40 cannot be read as a line.",
        "What follows line 40 cannot be read as a line.",
    ]


WITHOUT_DJANGO = """
import sys
sys.modules["django"] = None
from pathlib import Path
from waywarden.fabric.journal import verifying
print(verifying.verify(verifying.lines_in(Path(sys.argv[1]))).lines)
"""


def test_a_copy_is_checked_where_there_is_no_django(tmp_path: Path, honest: Chain) -> None:
    copy = tmp_path / "journal.jsonl"
    copy.write_text("\n".join(map(json.dumps, honest)), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO, str(copy)],
        env={"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == str(LENGTH)


def endless(lines: int) -> Iterator[Line]:
    """Make a long chain without holding it."""
    previous = FIRST
    for number in range(1, lines + 1):
        line = content(number) | {"number": number, "previous_hash": previous}
        line["hash"] = previous = hash_of(line)
        yield line


def test_a_long_journal_is_checked_in_little_memory(tmp_path: Path) -> None:
    import tracemalloc

    lines = 20_000
    copy = tmp_path / "journal.jsonl"
    with copy.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in endless(lines))

    tracemalloc.start()
    assert verify(lines_in(copy)).lines == lines
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert most < 2_000_000
