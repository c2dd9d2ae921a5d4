"""The compiler turns a folder of open data into the tables shipped."""

from pathlib import Path

import pytest

from waywarden.data import compile as compiler

FIXTURE = Path(__file__).parent / "fixture"


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_the_same_folder_always_gives_the_same_files(tmp_path: Path) -> None:
    first = compiler.compile_tables(FIXTURE, tmp_path / "first")
    second = compiler.compile_tables(FIXTURE, tmp_path / "second")

    assert len(first) == len(compiler.TABLES) + 1
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()
        assert b"\r" not in one.read_bytes()


def test_every_table_shipped_has_the_columns_the_compiler_writes() -> None:
    for name, (_, columns) in compiler.TABLES.items():
        assert lines(compiler.OWN_FOLDER / name)[0] == ",".join(columns)


def test_parishes_are_written_in_the_order_of_their_codes_with_three_decimals(
    tmp_path: Path,
) -> None:
    compiler.compile_tables(FIXTURE, tmp_path)

    assert lines(tmp_path / "england/parishes.csv")[1:] == [
        "E04000001,Coldbrook,Coldbrook St Mary,1,E07000901,E07000901,code,"
        "860.199,460000.0,184000.0,51.55170,-1.13604",
        "E04000002,Little Haye,,0,E07000901,E07000901,centre,"
        "250.500,461000.0,185000.0,51.56057,-1.12143",
    ]


def test_a_name_is_only_repeated_where_it_changed(tmp_path: Path) -> None:
    compiler.compile_tables(FIXTURE, tmp_path)

    coldbrook, little_haye = lines(tmp_path / "oxfordshire/parishes.csv")[1:3]
    assert "Coldbrook,Coldbrook St Mary," in coldbrook
    assert "Little Haye,," in little_haye


def test_outlines_are_rounded_to_five_decimals(tmp_path: Path) -> None:
    compiler.compile_tables(FIXTURE, tmp_path)

    text = (tmp_path / "oxfordshire/districts.geojson").read_text()
    assert "[-1.2,51.5]" in text
    assert "51.60001" not in text
    assert "51.6]" in text


def test_a_folder_that_is_not_there_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = compiler.main([str(tmp_path / "nowhere")])

    assert answer == 2
    assert "There is no folder" in capsys.readouterr().err


def test_a_table_that_is_missing_is_named_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "source").mkdir()

    answer = compiler.main([str(tmp_path / "source")])

    assert answer == 2
    assert "parishes.csv cannot be read" in capsys.readouterr().err


def test_no_folder_named_is_refused_with_how_to_name_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert compiler.main([]) == 2
    assert "SOURCE_FOLDER" in capsys.readouterr().err
