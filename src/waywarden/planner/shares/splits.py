"""What a rule answers: a share of the cost for each player, and how surely it is known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from waywarden.planner.arrays import Floats
from waywarden.planner.councils import Infeasible
from waywarden.planner.shares.games import Game, Group, Player

#: Weights for pence count in parts of the whole: a million million of them.
PARTS = 10**12
#: How far shares may be from the total for floating point's sake, as a part of it.
INEXACT = 1e-6


class Excess(NamedTuple):
    """A group and how much more it pays than it would by itself, in the unit of the costs.

    At most 0 says that no group pays more: the split is in the core.
    """

    group: Group
    excess: float


@dataclass(frozen=True, eq=False)
class Shares(Mapping[Player, float]):
    """Each player's share of the cost, in the unit of the costs: a mapping by player.

    ``rule`` names the rule and ``total`` is what is shared. A sampled rule
    gives by player the ``half_width`` of the interval that holds the exact
    share 95 times in 100. ``check`` says how a nucleolus was proved, or in
    which sense a split is the nearest.
    """

    rule: str
    total: float
    by_player: Mapping[Player, float]
    half_width: Mapping[Player, float] | None = None
    check: str | None = None

    def __getitem__(self, player: Player) -> float:
        return self.by_player[player]

    def __iter__(self) -> Iterator[Player]:
        return iter(self.by_player)

    def __len__(self) -> int:
        return len(self.by_player)

    def weights(self) -> dict[Player, int]:
        """Return whole numbers in proportion to the shares, as `split_pence` wants them.

        Differences that only rounding made are gone, so that equal shares stay
        equal. Refused where a share has not the sign of the total: such a
        split is no division of the bill.
        """
        if not self.total:
            raise Infeasible("The total is 0: there is nothing to divide.")
        weights = {player: round(share / self.total * PARTS) for player, share in self.items()}
        for player, weight in weights.items():
            if weight < 0:
                raise Infeasible(
                    f"The share of {player} is {self[player]:g} of a total of {self.total:g}: "
                    "it would be paid by the others. Agree that by itself and divide the rest."
                )
        return weights


def split(
    game: Game,
    rule: str,
    amounts: Floats,
    *,
    half_width: Floats | None = None,
    check: str | None = None,
) -> Shares:
    """Return amounts in the players' order as shares.

    Raises `Infeasible` where rounding has left nothing of what they should add up to.
    """
    over, sizes = abs(float(amounts.sum()) - game.total), float(np.abs(amounts).sum())
    if over > INEXACT * (abs(game.total) or sizes):
        raise Infeasible(
            f"The costs are too unlike in size for the rule {rule}: the shares would add up to "
            f"{amounts.sum():g} and not to {game.total:g}. Use another rule."
        )
    half = None if half_width is None else by_player(game, half_width)
    return Shares(rule, game.total, by_player(game, amounts), half, check)


def by_player(game: Game, amounts: Floats) -> dict[Player, float]:
    """Return amounts in the players' order as a mapping by player."""
    return dict(zip(game.players, amounts.tolist(), strict=True))
