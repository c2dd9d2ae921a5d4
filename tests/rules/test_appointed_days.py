"""Days of mourning that an installation enters itself, beside those of the package."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from waywarden.rules.appointed_days import also_read, appointed_days, fault_of
from waywarden.rules.calendar import latest_issue_day

PEACE = '[[time]]\nfirst = 2030-05-14\nlast = 2030-05-15\noccasion = "Peace"\n'


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    """A file of an installation's own, which is read no more afterwards."""
    file = tmp_path / "appointed_days.toml"
    also_read(file)
    yield file
    also_read(None)


def test_days_entered_in_the_folder_of_an_installation_are_left_out_of_clear_days(
    own: Path,
) -> None:
    before = latest_issue_day(date(2030, 5, 17))
    own.write_text(PEACE, encoding="utf-8")
    also_read(own)

    assert appointed_days()[date(2030, 5, 15)] == "Peace"
    assert date(2022, 9, 15) in appointed_days()
    assert before == date(2030, 5, 13)
    # Tuesday 14 and Wednesday 15 do not count; Thursday, Monday and Saturday do.
    assert latest_issue_day(date(2030, 5, 17)) == date(2030, 5, 10)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("first = ", "Invalid value"),
        ("days = 3", "It holds no [[time]]."),
        ("time = [3]", "needs its first and last day"),
        (PEACE.replace("2030-05-15", "2030-05-15T10:00:00"), "needs its first and last day"),
        (PEACE.replace('"Peace"', '""'), "needs its occasion"),
        (PEACE.replace("2030-05-15", "2030-05-13"), "cannot run from 2030-05-14 to 2030-05-13"),
        (PEACE.replace("2030-05-15", "2031-05-15"), "cannot run from"),
    ],
)
def test_a_broken_file_is_left_aside_and_says_what_is_wrong(
    own: Path, text: str, fault: str
) -> None:
    own.write_text(text, encoding="utf-8")
    also_read(own)

    assert fault in fault_of(own)
    assert date(2030, 5, 14) not in appointed_days()
    assert date(2022, 9, 15) in appointed_days()
