"""What a signature binds: facts written in one way alone, so that no change slips in between."""

import hashlib
import unicodedata
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.agreed_facts import (
    LARGEST,
    PARTS,
    Difference,
    differences,
    frozen,
    why_not_sign,
)
from waywarden.rules.saying import Refused

FACTS: dict[str, Any] = {
    "number": "OX-2027-0042-N",
    "version": 1,
    "parties": ["the county", "Wychbourne"],
    "power": "LGA1972-s101",
    "terms": {"starts_on": date(2027, 4, 1), "notice_months": 6, "break": None},
    "schedules": [{"service": "Urban grass", "cuts": 4}],
    "shares": {"Wychbourne": 2, "Coldbrook": 1},
}
leaves = (
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text(max_size=5) | st.dates()
)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "a, b", "row 1"]), inner, max_size=3)
    ),
    max_leaves=8,
)
facts_of = st.fixed_dictionaries(dict.fromkeys(PARTS, values))


def with_terms(**change: object) -> dict[str, Any]:
    return FACTS | {"terms": FACTS["terms"] | change}


class TestHash:
    def test_the_facts_are_written_with_names_in_order_and_no_blanks(self) -> None:
        written = frozen(FACTS).content

        assert written == (
            b'{"number":"OX-2027-0042-N","parties":["the county","Wychbourne"],'
            b'"power":"LGA1972-s101","schedules":[{"cuts":4,"service":"Urban grass"}],'
            b'"shares":{"Coldbrook":1,"Wychbourne":2},'
            b'"terms":{"break":null,"notice_months":6,"starts_on":"2027-04-01"},"version":1}'
        )
        assert frozen(FACTS).digest == hashlib.sha256(written).hexdigest()

    def test_the_order_in_which_facts_are_given_does_not_matter(self) -> None:
        turned = dict(reversed(FACTS.items()))

        assert frozen(turned).digest == frozen(FACTS).digest

    def test_letters_that_look_alike_are_hashed_alike(self) -> None:
        composed, apart = (unicodedata.normalize(form, "Café") for form in ("NFC", "NFD"))

        assert composed != apart
        assert frozen(with_terms(at=composed)).digest == frozen(with_terms(at=apart)).digest

    @given(shown=facts_of, now=facts_of)
    def test_ab4_hashes_differ_exactly_where_a_difference_is_shown(
        self, shown: dict[str, Any], now: dict[str, Any]
    ) -> None:
        is_same = frozen(shown).digest == frozen(now).digest

        assert is_same is (differences(shown, now) == [])
        assert differences(shown, shown) == []

    @pytest.mark.parametrize("part", PARTS)
    def test_no_part_of_an_agreement_stays_outside_the_signature(self, part: str) -> None:
        changed = FACTS | {part: "changed"}
        left_out = {name: value for name, value in FACTS.items() if name != part}

        assert frozen(changed).digest != frozen(FACTS).digest
        with pytest.raises(Refused, match=f"Add its {part}"):
            frozen(left_out)

    def test_a_part_nobody_knows_is_refused(self) -> None:
        with pytest.raises(Refused, match="no part called side letter"):
            frozen(FACTS | {"side letter": 1})


class TestRefusals:
    @pytest.mark.parametrize(
        ("value", "says"),
        [
            (1.5, "only words, whole numbers, days, yes and no"),
            (float("nan"), "only words, whole numbers"),
            (datetime(2027, 4, 1, tzinfo=UTC), "only words, whole numbers"),
            (b"bytes", "only words, whole numbers"),
            ({"a", "b"}, "only words, whole numbers"),
            (LARGEST + 1, "too long to be kept exactly"),
            (-LARGEST - 1, "too long to be kept exactly"),
            ({1: "one"}, "something has no name"),
            ({"": "one"}, "something has no name"),
            (
                {unicodedata.normalize(form, "é"): form for form in ("NFC", "NFD")},
                "is named twice",
            ),
        ],
    )
    def test_what_could_be_read_in_two_ways_is_refused_by_its_place(
        self, value: object, says: str
    ) -> None:
        with pytest.raises(Refused) as refused:
            frozen(with_terms(fee=[0, value]))

        assert says in str(refused.value)
        assert "the agreement, terms, fee, row 2" in str(refused.value)

    def test_what_lies_too_deep_is_refused(self) -> None:
        deep: object = 1
        for _ in range(30):
            deep = [deep]

        with pytest.raises(Refused, match="deeper than 20 levels"):
            frozen(with_terms(fee=deep))


class TestSigning:
    def test_ab4_what_was_shown_can_be_signed(self) -> None:
        assert why_not_sign(frozen(FACTS).digest, dict(FACTS)) == ""

    def test_ab4_a_change_between_reading_and_signing_is_refused_and_shown(self) -> None:
        now = FACTS | {
            "terms": FACTS["terms"] | {"notice_months": 12, "break": True, "starts_on": "soon"},
            "shares": {"Wychbourne": 2},
            "schedules": [],
        }

        assert "was changed after it was shown to you" in why_not_sign(frozen(FACTS).digest, now)
        assert differences(FACTS, now) == [
            Difference("terms, starts_on", "2027-04-01", "soon"),
            Difference("terms, notice_months", "6", "12"),
            Difference("terms, break", "not agreed", "yes"),
            Difference("schedules, row 1, service", "Urban grass", "nothing"),
            Difference("schedules, row 1, cuts", "4", "nothing"),
            Difference("shares, Coldbrook", "1", "nothing"),
            Difference("schedules", "nothing", "empty"),
        ]
