"""An oracle that knows only the worst treated group of all leads to the worst of those left."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.planner.known_games import SWEDEN, asked_of, listed
from waywarden.planner import Infeasible
from waywarden.planner.shares import Game, asking, core_excess, share_costs
from waywarden.planner.shares.asking import Asked
from waywarden.planner.shares.groups import Listed
from waywarden.planner.shares.spans import Span

EQUAL_SWEDES = dict.fromkeys("AHKLMT", 83.82 / 6)
EVERY_GROUP = range(1, 31)
# Alone 9 each, in twos 12 and in threes 15, all five 20.
FIVE = listed("abcde", [9] * 5 + [12] * 10 + [15] * 10 + [18] * 5 + [20])


def settled(*groups):
    span = Span(5)
    for number in groups:
        span.add(number)
    return span


def asked(cost, only=lambda group: True):
    return Asked(Game(cost, "abcde"), asked_of(cost, only))


@given(
    numbers=st.lists(st.integers(0, 30), min_size=31, max_size=31),
    groups=st.lists(st.sampled_from(EVERY_GROUP), max_size=4),
    level=st.integers(-3, 3),
    per_capita=st.booleans(),
)
@example(numbers=[0] * 31, groups=[0b00011, 0b00101], level=0, per_capita=False)
@settings(max_examples=150, deadline=None)
def test_the_worst_of_those_left_is_found_as_in_a_list(numbers, groups, level, per_capita):
    # Settled groups cost so little that an oracle names them first.
    span, named = settled(*groups), Game(FIVE, "abcde").group
    cost = listed("abcde", numbers) | {named(number): -40 for number in groups}
    game = Game(cost, "abcde")
    shares = 1.0 + game.alone()

    looked = Listed(game, per_capita=per_capita).worst(shares, level, span)
    found = Asked(game, asked_of(cost), per_capita=per_capita).worst(shares, level, span)

    assert bool(found) == bool(looked)
    for best, same in zip(found[:1], looked[:1], strict=True):
        assert best.gain == pytest.approx(same.gain, abs=1e-9)
        assert not span.holds(best.number)


def test_corners_around_a_group_hold_each_other_group_once():
    # Eight groups have a and not e; each of the seven beside a with c is in one corner.
    corner = asking._Corner(0.0, 0b00101, inside=0b00001, outside=0b10000)

    corners = list(asking._around(corner, 5))

    for number in range(32):
        is_other = number & 0b10001 == 0b00001 and number != 0b00101
        held = [number & inside == inside and not number & outside for inside, outside in corners]
        assert sum(held) == is_other


def test_groups_that_cannot_form_are_not_looked_for():
    # Any one or two can form, or all: of those paying 9 each, two pay 18 for 12.
    found = asked(FIVE, only=lambda group: len(group) not in (3, 4))
    pays = Game(FIVE, "abcde").alone()

    best = found.worst(pays, 0.0, settled(0b00011))[0]

    assert best.gain == pytest.approx(6)
    assert best.number.bit_count() == 2


def test_where_only_settled_groups_can_form_there_is_no_worst():
    # Settled are a with b, a with c, and all; d and e are never parted.
    formed = {frozenset("ab"), frozenset("ac"), frozenset("abcde")}
    found = asked(FIVE, only=lambda group: group in formed)
    pays = Game(FIVE, "abcde").alone()

    assert found.worst(pays, 0.0, settled(0b00011, 0b00101)) == []


def test_an_oracle_that_knows_other_costs_is_found_out():
    dearer = {group: amount + 1 for group, amount in SWEDEN.items()}

    with pytest.raises(Infeasible, match=r"The oracle says that .* pays .* above its cost, but by"):
        core_excess(SWEDEN, EQUAL_SWEDES, worst_group=asked_of(dearer))


def test_an_oracle_that_says_nobody_gains_is_found_out():
    with pytest.raises(Infeasible, match="The oracle says that nobody pays 1 above its cost"):
        core_excess(SWEDEN, EQUAL_SWEDES, worst_group=lambda shares: (frozenset(), 1.0))


def test_an_oracle_that_names_a_stranger_is_refused():
    with pytest.raises(Infeasible, match="Z is none of the players"):
        core_excess(SWEDEN, EQUAL_SWEDES, worst_group=lambda shares: (frozenset("Z"), 1.0))


def test_an_oracle_is_not_asked_without_end(monkeypatch):
    monkeypatch.setattr(asking, "QUESTIONS", 3)
    split = share_costs(SWEDEN, "AHKLMT", rule="nucleolus")

    with pytest.raises(Infeasible, match="The oracle was asked 3 times without an end"):
        core_excess(SWEDEN, split, worst_group=asked_of(SWEDEN))
