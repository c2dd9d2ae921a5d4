"""Splitting an amount between councils, and pricing a line, to the penny."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waywarden.rules.pence import line, split_pence

COUNCILS = ["county", "marlshire", "wychbourne", "coldbrook", "little haye"]

amounts = st.integers(min_value=-(10**12), max_value=10**12)
agreed_shares = st.dictionaries(
    st.sampled_from(COUNCILS), st.integers(min_value=0, max_value=10**6), min_size=1
).filter(lambda shares: sum(shares.values()) > 0)


class TestSplittingAnAmount:
    def test_the_missed_penny_goes_to_the_council_rounded_hardest(self) -> None:
        # 2/3 of £100 is 6,666.67p and 1/3 is 3,333.33p: the county lost .67p, the district .33p.
        assert split_pence(100_00, {"county": 2, "marlshire": 1}) == {
            "county": 6667,
            "marlshire": 3333,
        }

    def test_a_tie_goes_to_the_council_the_agreement_names_first(self) -> None:
        assert split_pence(1, {"wychbourne": 1, "coldbrook": 1}) == {
            "wychbourne": 1,
            "coldbrook": 0,
        }

    def test_a_saving_lost_is_split_as_the_saving_was(self) -> None:
        assert split_pence(-100_00, {"county": 2, "marlshire": 1}) == {
            "county": -6667,
            "marlshire": -3333,
        }

    def test_a_council_without_a_share_pays_nothing(self) -> None:
        assert split_pence(99, {"wychbourne": 0, "coldbrook": 3}) == {
            "wychbourne": 0,
            "coldbrook": 99,
        }

    @pytest.mark.parametrize("shares", [{}, {"coldbrook": 0}, {"wychbourne": 3, "coldbrook": -1}])
    def test_shares_that_mean_nothing_are_refused(self, shares: dict[str, int]) -> None:
        with pytest.raises(ValueError, match="Shares must not be negative"):
            split_pence(100, shares)

    @given(amounts, agreed_shares)
    def test_every_penny_is_handed_out(self, pence: int, shares: dict[str, int]) -> None:
        split = split_pence(pence, shares)

        assert sum(split.values()) == pence
        assert list(split) == list(shares)

    @given(amounts, agreed_shares)
    def test_nobody_is_a_penny_or_more_from_the_exact_share(
        self, pence: int, shares: dict[str, int]
    ) -> None:
        split = split_pence(pence, shares)

        total = sum(shares.values())
        for council, part in split.items():
            assert abs(part - Fraction(pence * shares[council], total)) < 1

    @given(amounts, agreed_shares)
    def test_a_correction_cancels_what_it_corrects(
        self, pence: int, shares: dict[str, int]
    ) -> None:
        there, back = split_pence(pence, shares), split_pence(-pence, shares)

        assert all(there[council] + back[council] == 0 for council in shares)


class TestPricingALine:
    def test_a_village_mown_once(self) -> None:
        # 1,200 square metres at 2.5p a square metre: 1,200 x 2.5p = 3,000p.
        assert line(2_500, 1_200_000) == 30_00

    def test_half_a_penny_rounds_up(self) -> None:
        assert line(1_000, 500) == 1

    def test_less_than_half_a_penny_is_dropped(self) -> None:
        assert line(1_000, 499) == 0

    def test_a_negative_line_is_its_opposite(self) -> None:
        assert line(1_000, -500) == line(-1_000, 500) == -1

    def test_a_line_is_rounded_once_and_not_per_unit(self) -> None:
        # Ten metres at 0.4p: 4p in all, though each metre alone would round to nothing.
        assert line(400, 10_000) == 4

    @pytest.mark.parametrize("nonsense", [2.5, True, "2500", None])
    def test_what_is_not_a_whole_number_is_refused(self, nonsense: object) -> None:
        with pytest.raises(TypeError, match="whole thousandths"):
            line(nonsense, 1_000)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="whole thousandths"):
            line(1_000, nonsense)  # type: ignore[arg-type]

    @given(amounts, amounts)
    def test_the_line_is_the_exact_product_rounded_half_up(self, rate: int, quantity: int) -> None:
        exact = Fraction(rate * quantity, 1_000_000)
        half_up = int(abs(exact) + Fraction(1, 2))

        assert line(rate, quantity) == (half_up if exact >= 0 else -half_up)
