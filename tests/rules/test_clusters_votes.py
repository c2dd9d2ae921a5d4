"""How a cluster's meeting decides: votes by its terms, a quorum, and a majority."""

from __future__ import annotations

import pytest

from waywarden.rules.clusters_votes import counted

VOTES = {"town": 3, "brook": 1, "green": 1}


@pytest.mark.parametrize(
    ("cast", "is_quorate", "is_carried"),
    [
        (("for", "against", "against"), True, True),
        (("absent", "for", "for"), False, False),
        (("against", "for", "for"), True, False),
        (("abstained", "for", "absent"), True, True),
        (("abstained", "for", "against"), True, False),
    ],
)
def test_members_cast_the_votes_their_terms_give_them(
    cast: tuple[str, ...], is_quorate: bool, is_carried: bool
) -> None:
    found = counted(VOTES, dict(zip(VOTES, cast, strict=True)), quorum=3)

    assert (found.is_quorate, found.is_carried) == (is_quorate, is_carried)


@pytest.mark.parametrize(
    ("cast", "says"),
    [
        ({"town": "for"}, "of every member"),
        ({"town": "for", "brook": "for", "green": "for", "marl": "for"}, "of nobody else"),
        ({"town": "for", "brook": "for", "green": "perhaps"}, "'perhaps'"),
    ],
)
def test_a_meeting_is_counted_whole_or_not_at_all(cast: dict[str, str], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        counted(VOTES, cast, quorum=3)
