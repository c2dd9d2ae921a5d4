"""Published heads are read in whichever form somebody kept them."""

import json
from pathlib import Path

import pytest

from waywarden.upkeep import heads
from waywarden.upkeep.counting import Head
from waywarden.upkeep.places import CannotDo

A, B = "a" * 64, "b" * 64
FORMS = {
    "/journal/head.json": json.dumps({"heads": [{"day": "2026-11-22", "line": 7, "hash": A}]}),
    "/journal/heads.csv": f"day,line,hash\r\n2026-11-22,7,{A}\r\n",
    "the page itself": json.dumps({"number": 7, "hash": A, "at": "2026-11-22"}),
    "a list of them": json.dumps([{"number": 7, "hash": A}]),
    "inside something": json.dumps({"head": {"number": 7, "hash": A}, "of": "the county"}),
    "a line of an e-mail": f"The journal stood at line 7, {A}.",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_head_is_read(form: str, tmp_path: Path) -> None:
    file = tmp_path / "heads"
    file.write_text(FORMS[form])

    assert heads.read(file) == [Head(7, A)]


def test_many_heads_are_read_in_their_order(tmp_path: Path) -> None:
    file = tmp_path / "heads"
    file.write_text(f"2026-11-22 12 {B}\n2026-11-21 7 {A}\n")

    assert [head.hash for head in heads.read(file)] == [A, B]


@pytest.mark.parametrize("text", ["", "nothing here", "{}", "7 abc", "[[[]]]", "\x00"])
def test_a_file_that_names_no_head_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "heads"
    file.write_text(text)

    with pytest.raises(CannotDo, match="names no head"):
        heads.read(file)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(b"\xff\xfe\x00\xd8")

    for file in (tmp_path, tmp_path / "none", tmp_path / "picture"):
        with pytest.raises(CannotDo):
            heads.read(file)


def test_nothing_is_missing_when_the_backup_is_the_newest() -> None:
    assert heads.gap(Head(7, A), [Head(7, A), Head(3, B)]) == ""
    assert "lines 8 to 9 of the journal, 2 changes" in heads.gap(Head(7, A), [Head(9, B)])
