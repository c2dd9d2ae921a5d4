"""A worker killed while it sends loses no letter, and sends at most one twice, under one name."""

from pathlib import Path

import pytest

from tests.notices.kills import sent_despite_kills
from tests.serving import a_database

pytestmark = [pytest.mark.postgres, pytest.mark.lengthy]

LETTERS, KILLS = 60, 5


def test_rel10_no_letter_is_lost_to_kills_and_none_comes_under_two_names(tmp_path: Path) -> None:
    with a_database("letters_and_kills") as database:
        tally = sent_despite_kills(tmp_path / "site", letters=LETTERS, kills=KILLS, **database)

    assert tally.kills == KILLS
    assert tally.lost == 0
    assert tally.twice <= KILLS
    assert tally.renamed == 0
    assert (tally.said_sent, tally.written) == (LETTERS, LETTERS)
