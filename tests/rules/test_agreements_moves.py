"""The states of an agreement: every move works, and every move that is none is refused."""

from itertools import product

import pytest

from waywarden.rules.agreements_moves import (
    MOVES,
    SENTENCES,
    Need,
    State,
    Who,
    after_signing,
    moved,
    open_moves,
    why_not,
)
from waywarden.rules.moving import Move
from waywarden.rules.saying import Refused

EVERY_PAIR = list(product(State, State))
MADE = [(now, to, move, who) for (now, to), move in MOVES.items() for who in sorted(move.who)]
NEEDED = [(now, to, move, need) for (now, to), move in MOVES.items() for need in sorted(move.needs)]
#: What agreements are for, said once more by hand: nothing else may become possible unseen.
EXPECTED = {
    State.DRAFT: {State.SENT, State.WITHDRAWN},
    State.SENT: {
        *(State.DRAFT, State.SIGNED_BY_SOME, State.EXECUTED),
        *(State.WITHDRAWN, State.SUPERSEDED),
    },
    State.SIGNED_BY_SOME: {
        *(State.SIGNED_BY_SOME, State.EXECUTED, State.WITHDRAWN, State.SUPERSEDED),
    },
    State.EXECUTED: {State.MOBILISING, State.WITHDRAWN, State.SUPERSEDED},
    State.MOBILISING: {State.IN_FORCE, State.WITHDRAWN, State.SUPERSEDED},
    State.IN_FORCE: {State.UNDER_NOTICE, State.ENDED, State.SUPERSEDED},
    State.UNDER_NOTICE: {State.IN_FORCE, State.ENDED, State.SUPERSEDED},
    State.ENDED: set(),
    State.WITHDRAWN: set(),
    State.SUPERSEDED: set(),
}


def test_all_pairs_are_gone_over() -> None:
    assert len(EVERY_PAIR) == 100
    assert set(MOVES) <= set(EVERY_PAIR)


@pytest.mark.parametrize(("now", "to"), EVERY_PAIR)
def test_a_pair_of_states_is_a_move_exactly_where_it_is_meant_to_be(now: State, to: State) -> None:
    assert ((now, to) in MOVES) is (to in EXPECTED[now])


@pytest.mark.parametrize(("now", "to", "move", "who"), MADE)
def test_every_move_works_for_whoever_may_make_it_with_all_it_needs(
    now: State, to: State, move: Move, who: Who
) -> None:
    assert moved(now, to, by=who, has=move.needs) is to


@pytest.mark.parametrize(("now", "to"), [pair for pair in EVERY_PAIR if pair not in MOVES])
def test_every_move_that_is_none_is_refused_with_what_can_be_done(now: State, to: State) -> None:
    for who in Who:
        with pytest.raises(Refused) as refused:
            moved(now, to, by=who, has=frozenset(Need))

        says = str(refused.value)
        assert says.startswith("An agreement that is ")
        names = [move.name for _, move in open_moves(now)]
        assert all(name in says for name in names)
        assert names or says.endswith("Nothing follows it.")


@pytest.mark.parametrize(("now", "to"), MOVES)
def test_nobody_else_makes_a_move(now: State, to: State) -> None:
    move = MOVES[now, to]
    for who in set(Who) - move.who:
        (says,) = why_not(now, to, by=who, has=move.needs)

        assert says.startswith("Only ")
        assert says.endswith(f"can {move.name}, not {who}.")


@pytest.mark.parametrize(("now", "to", "move", "need"), NEEDED)
def test_a_move_without_any_one_of_its_needs_is_refused_by_that_need(
    now: State, to: State, move: Move, need: Need
) -> None:
    (says,) = why_not(now, to, by=min(move.who), has=move.needs - {need})

    assert says == f"To {move.name} this must be so: {need}."


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_sentence_and_can_be_reached(state: State) -> None:
    assert state.sentence == SENTENCES[state]
    assert state is State.DRAFT or any(to is state for _, to in MOVES)


def test_every_need_and_everybody_who_moves_stands_in_some_move() -> None:
    assert set().union(*(move.needs for move in MOVES.values())) == set(Need)
    assert set().union(*(move.who for move in MOVES.values())) == set(Who)


def test_only_what_is_in_force_binds_and_three_states_are_final() -> None:
    assert {state for state in State if state.binds} == {State.IN_FORCE, State.UNDER_NOTICE}
    assert {state for state in State if state.is_final} == {
        State.ENDED,
        State.WITHDRAWN,
        State.SUPERSEDED,
    }


def test_nothing_signed_by_anybody_goes_back_to_be_changed() -> None:
    signed = {State.SIGNED_BY_SOME, State.EXECUTED, State.MOBILISING, State.IN_FORCE}

    assert not any((state, State.DRAFT) in MOVES for state in signed)


def test_nothing_comes_into_force_without_signatures_decisions_insurance_and_its_day() -> None:
    (way,) = [now for now, to in MOVES if to is State.IN_FORCE and now is not State.UNDER_NOTICE]

    assert way is State.MOBILISING
    assert MOVES[way, State.IN_FORCE].needs == {
        *(Need.ALL_SIGNED, Need.DECISIONS, Need.POWER),
        *(Need.INSURED, Need.CHECKLIST, Need.STARTED),
    }


@pytest.mark.parametrize(
    ("now", "need"),
    [
        (State.SENT, Need.NEXT_SIGNED),
        (State.SIGNED_BY_SOME, Need.NEXT_SIGNED),
        (State.EXECUTED, Need.NEXT_EXECUTED),
        (State.MOBILISING, Need.NEXT_EXECUTED),
        (State.IN_FORCE, Need.NEXT_VERSION),
        (State.UNDER_NOTICE, Need.NEXT_VERSION),
    ],
)
def test_a_version_gives_way_only_to_one_that_has_come_as_far(now: State, need: Need) -> None:
    assert MOVES[now, State.SUPERSEDED].needs == {need}


@pytest.mark.parametrize(
    ("signed", "parties", "state"),
    [
        (0, 2, State.SENT),
        (1, 2, State.SIGNED_BY_SOME),
        (2, 2, State.EXECUTED),
        (5, 6, State.SIGNED_BY_SOME),
        (6, 6, State.EXECUTED),
    ],
)
def test_the_last_signature_executes_it(signed: int, parties: int, state: State) -> None:
    assert after_signing(signed, parties) is state


@pytest.mark.parametrize(("signed", "parties"), [(0, 1), (3, 2), (-1, 2)])
def test_an_agreement_of_one_party_is_none(signed: int, parties: int) -> None:
    with pytest.raises(Refused, match="two parties at least"):
        after_signing(signed, parties)
