"""The states of a claim: every move works, and every move that is none is refused."""

from itertools import product

import pytest

from waywarden.rules.claims_moves import MOVES, Need, State, Who, moved, open_moves, why_not
from waywarden.rules.moving import Move
from waywarden.rules.saying import Refused

EVERY_PAIR = list(product(State, State))
NEEDED = [(now, to, move, need) for (now, to), move in MOVES.items() for need in sorted(move.needs)]
#: Said once more by hand: nothing else may become possible unseen.
EXPECTED = {
    State.DRAFT: {State.SENT, State.HELD, State.TAKEN_BACK},
    State.SENT: {State.CHECKED, State.HELD, State.REFUSED, State.TAKEN_BACK},
    State.HELD: {State.SENT, State.CHECKED, State.REFUSED, State.TAKEN_BACK},
    State.CHECKED: {State.APPROVED, State.HELD, State.REFUSED},
    State.APPROVED: {State.PAID, State.HELD},
    State.PAID: {State.REVERSED},
    State.REVERSED: set(),
    State.REFUSED: set(),
    State.TAKEN_BACK: set(),
}


@pytest.mark.parametrize(("now", "to"), EVERY_PAIR)
def test_a_pair_of_states_is_a_move_exactly_where_it_is_meant_to_be(now: State, to: State) -> None:
    assert ((now, to) in MOVES) is (to in EXPECTED[now])


@pytest.mark.parametrize(("now", "to"), MOVES)
def test_every_move_works_for_whoever_may_make_it_and_nobody_else(now: State, to: State) -> None:
    move = MOVES[now, to]
    for who in Who:
        if who in move.who:
            assert moved(now, to, by=who, has=frozenset(Need)) is to
        else:
            (says,) = why_not(now, to, by=who, has=frozenset(Need))
            assert says.endswith(f"can {move.name}, not {who}.")


@pytest.mark.parametrize(("now", "to"), [pair for pair in EVERY_PAIR if pair not in MOVES])
def test_every_move_that_is_none_is_refused_with_what_can_be_done(now: State, to: State) -> None:
    for who in Who:
        with pytest.raises(Refused) as refused:
            moved(now, to, by=who, has=frozenset(Need))

        says = str(refused.value)
        assert says.startswith("A claim that is ")
        assert all(move.name in says for _, move in open_moves(now))
        assert open_moves(now) or says.endswith("Nothing follows it.")


@pytest.mark.parametrize(("now", "to", "move", "need"), NEEDED)
def test_a_move_without_any_one_of_its_needs_is_refused_by_that_need(
    now: State, to: State, move: Move, need: Need
) -> None:
    (who,) = move.who

    (says,) = why_not(now, to, by=Who(who), has=[one for one in Need if one is not need])

    assert says == f"To {move.name} this must be so: {need}."


@pytest.mark.parametrize("state", State)
def test_every_state_says_what_it_means_and_can_be_reached(state: State) -> None:
    assert state.sentence.endswith(".")
    assert state is State.DRAFT or any(to is state for _, to in MOVES)


def test_every_need_and_everybody_who_moves_stands_in_some_move() -> None:
    assert set().union(*(move.needs for move in MOVES.values())) == set(Need)
    assert set().union(*(move.who for move in MOVES.values())) == set(Who)


def test_ab10_no_money_moves_without_a_second_person() -> None:
    for pair in [(State.CHECKED, State.APPROVED), (State.PAID, State.REVERSED)]:
        assert Need.SECOND_PERSON in MOVES[pair].needs
    assert [now for now, to in MOVES if to is State.PAID] == [State.APPROVED]
    assert [now for now, to in MOVES if to is State.APPROVED] == [State.CHECKED]


def test_ab11_whatever_goes_forward_is_held_against_the_award_each_time() -> None:
    forward = {State.CHECKED, State.APPROVED, State.PAID, State.SENT}

    for (_, to), move in MOVES.items():
        if to in forward:
            assert Need.WITHIN_AWARD in move.needs


def test_a_claim_counts_against_the_award_while_it_goes_forward_and_not_while_it_is_held() -> None:
    assert [state for state in State if not state.takes_of_the_award] == [
        State.DRAFT,
        State.HELD,
        State.REVERSED,
        State.REFUSED,
        State.TAKEN_BACK,
    ]


def test_three_states_are_final() -> None:
    assert {state for state in State if state.is_final} == {
        State.REVERSED,
        State.REFUSED,
        State.TAKEN_BACK,
    }
