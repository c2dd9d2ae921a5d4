"""Councils replaced by others on a day: what the register must answer on the day after."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.reorganising import Answer, faults

CELL = ("Urban grass", "Coldbrook")
BY_COUNTY = Answer("the county", "HA1980-s41", "2 cuts")
BY_TOWN = Answer("Wychbourne", "LGA2000-s9EA", "4 cuts", "OX-1")
SUCCESSORS = {
    "the county": frozenset({"the new council", "the western council"}),
    "Marlshire": frozenset({"the new council"}),
    "the abolished board": frozenset[str](),
}


def told(before: Answer, after: Answer, **more: dict[str, str]) -> list[str]:
    return faults({CELL: before}, {CELL: after}, successors=SUCCESSORS, **more)


def test_po8_a_successor_on_the_record_takes_the_place_of_the_county() -> None:
    assert told(BY_COUNTY, replace(BY_COUNTY, deliverer="the new council")) == []
    assert told(BY_COUNTY, replace(BY_COUNTY, deliverer="the western council")) == []


def test_po8_a_parish_that_goes_on_delivers_as_before_under_the_novated_agreement() -> None:
    assert told(BY_TOWN, BY_TOWN) == []
    assert told(BY_TOWN, replace(BY_TOWN, agreement="OX-2"), novated={"OX-1": "OX-2"}) == []


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (BY_COUNTY, replace(BY_COUNTY, deliverer=""), "now nobody is known to"),
        (BY_COUNTY, BY_COUNTY, "followed by the new council or the western council, not by the "),
        (BY_TOWN, replace(BY_TOWN, deliverer="Little Haye"), "Little Haye does not follow it"),
        (
            replace(BY_COUNTY, deliverer="the abolished board"),
            BY_COUNTY,
            "is followed by nobody recorded",
        ),
        (BY_TOWN, replace(BY_TOWN, power=""), "its power was LGA2000-s9EA and is none"),
        (BY_TOWN, replace(BY_TOWN, standard="2 cuts"), "its standard was 4 cuts and is 2 cuts"),
        (BY_TOWN, replace(BY_TOWN, agreement=""), "its agreement was OX-1 and is none"),
        (BY_TOWN, replace(BY_TOWN, agreement="OX-2"), "Record the novation"),
    ],
)
def test_po8_whatever_did_not_come_through_is_named(
    before: Answer, after: Answer, says: str
) -> None:
    (found,) = told(before, after)

    assert found.startswith("Urban grass in Coldbrook: ")
    assert says in found


def test_an_agreement_that_was_novated_is_no_longer_cited_by_its_old_number() -> None:
    assert told(BY_TOWN, BY_TOWN, novated={"OX-1": "OX-2"}) != []


def test_what_nobody_knew_before_is_no_fault_of_the_day() -> None:
    unknown = replace(BY_COUNTY, deliverer="")

    assert told(unknown, unknown) == []
    assert told(unknown, BY_COUNTY) == []


def test_po8_no_cell_is_lost_and_none_appears() -> None:
    other = ("Signs", "Coldbrook")

    assert faults({CELL: BY_TOWN}, {other: BY_TOWN}, successors=SUCCESSORS) == [
        "Urban grass in Coldbrook is no longer in the register.",
        "Signs in Coldbrook was not in the register before.",
    ]


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["Grass", "Signs"]), st.text(min_size=1, max_size=2)),
        st.sampled_from([BY_COUNTY, BY_TOWN, replace(BY_COUNTY, deliverer="Marlshire")]),
    )
)
def test_po8_a_register_in_which_each_body_is_followed_by_its_successor_has_no_fault(
    before: dict[tuple[str, str], Answer],
) -> None:
    def followed(answer: Answer) -> Answer:
        followers = SUCCESSORS.get(answer.deliverer)
        return replace(answer, deliverer=min(followers)) if followers else answer

    after = {cell: followed(answer) for cell, answer in before.items()}

    assert faults(before, after, successors=SUCCESSORS) == []
