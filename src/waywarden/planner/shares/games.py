"""What every group of players would pay by itself: a game of costs.

A group is also kept as a whole number whose bit i says whether player i is in
it, and a table of all costs has the cost of a group at that number.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import compress, product
from typing import Any, SupportsFloat, TypeAlias

import numpy as np

from waywarden.planner.arrays import Floats
from waywarden.planner.councils import Infeasible

#: A council's key, or whatever else names who shares.
Player: TypeAlias = Any
Group: TypeAlias = frozenset[Any]
Cost: TypeAlias = Mapping[Group, SupportsFloat] | Callable[[Group], SupportsFloat]

#: Up to so many players every group is listed: a million at most.
LISTED = 20
#: How many missing groups a complaint names.
NAMED = 3
#: A complaint shows so much of what was given.
LONGEST = 40
#: No amount may be larger, so that sums of them have an end.
LARGEST = 1e300
#: The complaint about an amount that is not known, or too large.
A_NUMBER = f"Give a number from -{LARGEST:g} to {LARGEST:g}."


class Game:
    """The players and what each group of them would pay by itself, asked once and kept.

    ``cost`` is a mapping of frozensets of players to numbers (int, float,
    Fraction or Decimal), or a function of such a frozenset; the group of nobody
    costs 0, and a mapping may leave it out. A `Game` stands wherever its cost
    would, so that several rules ask for each cost once between them.
    """

    def __init__(self, cost: Cost, players: Iterable[Player]) -> None:
        self.players = _told_apart(players)
        if not callable(cost) and not isinstance(cost, Mapping):
            raise Infeasible(
                f"The cost is {_kind(cost)}. Give a mapping of frozensets of players to numbers, "
                "or a function of such a frozenset."
            )
        self.place = {player: i for i, player in enumerate(self.players)}
        self.everyone = (1 << len(self.players)) - 1
        self._cost = cost
        self._known = {0: 0.0}
        self._table: Floats | None = None
        self._check_nobody()

    def __len__(self) -> int:
        return len(self.players)

    @property
    def total(self) -> float:
        """What all players pay together."""
        return self.of(self.everyone)

    def alone(self) -> Floats:
        """Return what each player would pay by itself."""
        return np.array([self.of(1 << i) for i in range(len(self))])

    def of(self, number: int) -> float:
        """Return what the group of this number would pay by itself."""
        if self._table is not None:
            return float(self._table[number])
        if number not in self._known:
            group = self.group(number)
            cost = self._ask(group)
            if cost is None:
                raise Infeasible(self._without([group], 1))
            self._known[number] = self._checked(cost, group)
        return self._known[number]

    def table(self) -> Floats:
        """Return what every group would pay: 2^n costs, for at most `LISTED` players."""
        if self._table is None:
            if len(self) > LISTED:
                raise Infeasible(
                    f"{len(self)} players have too many groups to list: {LISTED} at most."
                )
            self._table = self._all_costs()
        return self._table

    def group(self, number: int) -> Group:
        """Return the players of the group of this number."""
        return frozenset(self.named(number))

    def named(self, number: int) -> list[Player]:
        """Return the players of the group of this number in their order."""
        return [player for i, player in enumerate(self.players) if number >> i & 1]

    def number(self, group: Iterable[Player]) -> int:
        """Return the number of a group; someone who does not play is refused."""
        number = 0
        for player in group:
            if not isinstance(player, Hashable) or player not in self.place:
                raise Infeasible(f"{shown(player)} is none of the players.")
            number |= 1 << self.place[player]
        return number

    def words(self, group: Iterable[Player]) -> str:
        """Name a group in words, its players in their order."""
        names = [str(player) for player in sorted(group, key=lambda player: self.place[player])]
        *others, last = names or ["nobody"]
        return f"{', '.join(others)} and {last}" if others else last

    def _ask(self, group: Group) -> SupportsFloat | None:
        if not callable(self._cost):
            return self._cost.get(group)
        try:
            return self._cost(group)
        except Exception as error:
            raise Infeasible(
                f"The cost of {self.words(group)} could not be worked out: the function of costs "
                f"raised {type(error).__name__}: {error}. It must give one for every group, and 0 "
                "for nobody."
            ) from error

    def _check_nobody(self) -> None:
        nobody = self._ask(frozenset())
        if nobody is not None and finite(nobody) != 0:
            raise Infeasible(
                f"The group of nobody costs {shown(nobody)}. It must cost 0: a cost that is due "
                "whoever takes part belongs to each group with somebody in it."
            )

    def _checked(self, cost: SupportsFloat, group: Group) -> float:
        number = finite(cost)
        if number is None:
            raise Infeasible(f"The cost of {self.words(group)} is {shown(cost)}. {A_NUMBER}")
        return number

    def _all_costs(self) -> Floats:
        backwards, costs = self.players[::-1], np.zeros(self.everyone + 1)
        missing: list[Group] = []
        bits = product((0, 1), repeat=len(self))
        next(bits)
        for number, chosen in enumerate(bits, start=1):
            if number in self._known:
                costs[number] = self._known[number]
                continue
            group = frozenset(compress(backwards, chosen))
            cost = self._ask(group)
            if cost is None:
                missing.append(group)
            else:
                costs[number] = self._checked(cost, group)
        if missing:
            raise Infeasible(self._without(missing[:NAMED], len(missing)))
        return costs

    def _without(self, groups: Sequence[Group], count: int) -> str:
        named = "; ".join(self.words(group) for group in groups)
        more = f" and of {count - len(groups)} more" if count > len(groups) else ""
        one = "this group" if count == 1 else "each of these groups"
        return f"There is no cost of {named}{more}. Give the cost of {one}."


def game_of(cost: Cost | Game, players: Iterable[Player]) -> Game:
    """Return the game of a cost and its players, or the game given, if these are its players."""
    if not isinstance(cost, Game):
        return Game(cost, players)
    if tuple(players) != cost.players:
        raise Infeasible("The players are not those of the game: give the same in the same order.")
    return cost


def amounts_of(
    game: Game, given: Mapping[Player, SupportsFloat], what: str, *, negative: bool = False
) -> Floats:
    """Return one amount a player in the players' order; the complaint says whose makes no sense."""
    if not isinstance(given, Mapping):
        raise Infeasible(f"{what} is {_kind(given)}. Give a mapping of players to numbers.")
    strangers = [player for player in given if player not in game.place]
    if strangers:
        raise Infeasible(f"{what} names {strangers[0]}, who is none of the players.")
    amounts = np.zeros(len(game))
    for i, player in enumerate(game.players):
        if player not in given:
            raise Infeasible(f"{what} does not say an amount for {player}. Give one for each.")
        amount = finite(given[player])
        if amount is None:
            raise Infeasible(f"{what} for {player} is {shown(given[player])}. {A_NUMBER}")
        if amount < 0 and not negative:
            raise Infeasible(f"{what} for {player} is {amount:g}. Give 0 or more.")
        amounts[i] = amount
    return amounts


def subset_sums(amounts: Floats) -> Floats:
    """Return the sum of the amounts over every group, at the group's number: 2^n sums."""
    sums = np.zeros(1)
    for amount in amounts:
        sums = np.concatenate([sums, sums + amount])
    return sums


def row_of(number: int, players: int) -> Floats:
    """Return a group as a row: 1 for each player in it and 0 for the others."""
    return np.array([number >> i & 1 for i in range(players)], dtype=np.float64)


def _kind(given: object) -> str:
    """Say what was given where something else is wanted."""
    if given is None:
        return "None"
    name = type(given).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def shown(value: object) -> str:
    """Return what was given where an amount is wanted, cut short if it is long."""
    try:
        words = str(value)
    except ValueError:  # Python writes no whole number of thousands of digits.
        return "a number of thousands of digits"
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}..."


def finite(value: object) -> float | None:
    """Return an amount as a number, or None where it is none or too large to reckon with."""
    if isinstance(value, bool | np.bool_ | str | bytes) or not hasattr(value, "__float__"):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if abs(number) <= LARGEST else None


def _told_apart(named: Iterable[Player]) -> tuple[Player, ...]:
    if not isinstance(named, Iterable):
        raise Infeasible(f"The players are {_kind(named)}. Give a list of their names.")
    players = tuple(named)
    if not players:
        raise Infeasible("There are no players to share among. Name at least one.")
    for row, player in enumerate(players, start=1):
        if not isinstance(player, Hashable):
            raise Infeasible(f"The player of row {row} is {_kind(player)}. Give a name or number.")
    rows: dict[Player, int] = {}
    for row, player in enumerate(players, start=1):
        if player in rows:
            raise Infeasible(
                f"The player {player} is named twice: rows {rows[player]} and {row}. "
                "Keep one of them."
            )
        rows[player] = row
    return players
