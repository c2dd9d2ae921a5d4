"""Letters set aside are taken for lost unless the kills explain them."""

from __future__ import annotations

from collections import Counter

import pytest

from soak import mails

WANTED = {"a", "b", "c"}


@pytest.mark.parametrize(
    ("came", "sent", "aside", "kills", "lost", "not_noted"),
    [
        ("abc", "abc", {}, 10, 0, 0),
        # Five workers were killed over it: it waits for the operator.
        ("ab", "ab", {"c": 6}, 10, 0, 0),
        # It was given up sooner, whether or not it came.
        ("ab", "ab", {"c": 2}, 10, 1, 1),
        ("abc", "ab", {"c": 4}, 10, 1, 1),
        # Ten kills are two letters at most.
        ("", "", {"a": 6, "b": 6, "c": 6}, 10, 1, 0),
        ("ab", "ab", {"c": 6}, 4, 1, 0),
        ("ab", "ab", {}, 10, 1, 1),
    ],
)
def test_a_letter_is_set_aside_only_where_five_workers_were_killed_over_it(
    came: str, sent: str, aside: dict[str, int], kills: int, lost: int, not_noted: int
) -> None:
    found = mails.tally(WANTED, Counter(came), sent=set(sent), aside=aside, kills=kills)

    assert (found["lost"], found["not_noted"]) == (lost, not_noted)
    assert found["set_aside"] == len(aside)
