"""Checking, copying out and publishing the journal on the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.journal.test_verifying import chained, content
from waywarden.cli import app
from waywarden.fabric.common.refusals import Refusal

Chain = list[dict[str, object]]
Write = Callable[[Chain], Path]


@pytest.fixture
def chain() -> Chain:
    return chained([content(number) for number in range(1, 6)])


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(chain: Chain) -> Path:
        copy = tmp_path / "journal.jsonl"
        copy.write_text("\n".join(map(json.dumps, chain)), encoding="utf-8")
        return copy

    return written


def verify(*words: object) -> str:
    """Run the command; a journal that does not hold raises, as `main` expects."""
    done = CliRunner().invoke(app, ["journal", "verify", *map(str, words)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return " ".join(done.output.split())


def test_a_copy_that_holds_is_said_to_and_what_would_not_show_as_well(
    chain: Chain, write: Write
) -> None:
    said = verify(write(chain))

    assert f"The journal holds: 5 lines, the last with the hash {chain[-1]['hash']}." in said
    assert "a tail cut off and a journal written anew would not show" in said


def test_a_cut_tail_shows_against_a_head_somebody_kept(chain: Chain, write: Write) -> None:
    head = f"5:{chain[-1]['hash']}"
    assert "would not show" not in verify(write(chain), "--head", head)

    with pytest.raises(Refusal, match="The journal ends at line 3, but line 5 was published"):
        verify(write(chain[:3]), "--head", head)


def test_the_table_of_heads_is_read_as_it_is_downloaded(
    chain: Chain, write: Write, tmp_path: Path
) -> None:
    heads = tmp_path / "heads.csv"
    heads.write_text(f"\ufeffday,line,hash\r\n2026-05-01,4,{chain[3]['hash']}\r\n", "utf-8")
    assert "The journal holds" in verify(write(chain), "--heads", heads)

    heads.write_text(f"day,line,hash\n2026-05-01,4,{'0' * 64}\n", "utf-8")
    with pytest.raises(Refusal, match="Line 4 is not the one published on 2026-05-01"):
        verify(write(chain), "--heads", heads)


def test_what_is_no_head_no_table_and_no_file_is_said_to_be(
    write: Write, chain: Chain, tmp_path: Path
) -> None:
    copy = write(chain)
    with pytest.raises(Refusal, match="is not a head"):
        verify(copy, "--head", "abc")
    with pytest.raises(Refusal, match="is not the table of published heads"):
        verify(copy, "--heads", copy)
    with pytest.raises(Refusal, match="There is no file"):
        verify(tmp_path / "nothing.jsonl")
