"""Reference numbers of agreements: read as typed, and a wrong figure found out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.agreement_numbers import Number, read
from waywarden.rules.saying import Refused

numbers = st.builds(
    Number,
    prefix=st.from_regex("[A-Z]{2,4}", fullmatch=True),
    year=st.integers(1000, 9999),
    count=st.integers(1, 999_999),
    version=st.integers(0, 999),
)


@given(number=numbers, blanks=st.sampled_from([" ", "-", "–", "  ", ""]), lower=st.booleans())
def test_a_number_is_read_however_it_is_spaced(number: Number, blanks: str, lower: bool) -> None:
    said = str(number).replace("-", blanks)

    assert read(said.lower() if lower else said) == number


@given(number=numbers, at=st.integers(0, 20), figure=st.integers(0, 9))
def test_one_wrong_figure_never_names_another_agreement(
    number: Number, at: int, figure: int
) -> None:
    said = str(number).split(" ")[0]
    places = [place for place, one in enumerate(said) if one.isdigit()]
    place = places[at % len(places)]
    wrong = said[:place] + str(figure) + said[place + 1 :]

    if wrong == said:
        assert read(wrong).count == number.count
    else:
        with pytest.raises(Refused):
            read(wrong)


@given(number=numbers, data=st.data())
def test_two_figures_that_changed_places_never_name_another_agreement(
    number: Number, data: st.DataObject
) -> None:
    said = list(str(number).split(" ")[0])
    places = [place for place, one in enumerate(said) if one.isdigit()]
    one, other = data.draw(st.tuples(st.sampled_from(places), st.sampled_from(places)))
    changed = said[one] != said[other]
    said[one], said[other] = said[other], said[one]

    if changed:
        with pytest.raises(Refused):
            read("".join(said))


@pytest.mark.parametrize(
    "typed", ["", "OX", "OX-2027-0042", "OX-2027-42-N", "ÖX-2027-0042-N", "OX-2027-0042-N" * 99]
)
def test_what_is_no_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Refused, match="such as OX-2027-0042-N"):
        read(typed)


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        (("O", 2027, 1), "two to four letters"),
        (("ox", 2027, 1), "two to four letters"),
        (("OX", 999, 1), "a year of four figures"),
        (("OX", 2027, 0), "a count from 1"),
        (("OX", 2027, 1_000_000), "a count from 1"),
        (("OX", 2027, 1, 1_000), "at most 999 versions"),
    ],
)
def test_a_number_that_cannot_be_given_is_refused(parts: tuple, says: str) -> None:
    with pytest.raises(Refused, match=says):
        Number(*parts)
