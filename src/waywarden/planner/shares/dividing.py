"""The front door of the fair shares: a cost, who shares it, and by which rule."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import SupportsFloat

from waywarden.planner.checking import is_whole
from waywarden.planner.councils import Infeasible
from waywarden.planner.shares.asking import WorstGroup
from waywarden.planner.shares.balancing import balances_when_asked, balances_when_listed
from waywarden.planner.shares.core import finder_for
from waywarden.planner.shares.games import LISTED, Cost, Game, Player, game_of
from waywarden.planner.shares.groups import Groups, Listed
from waywarden.planner.shares.nucleolus import Nucleolus, nucleolus
from waywarden.planner.shares.proportions import (
    Amounts,
    allocation,
    by_alone_cost,
    custom,
    equal,
    proportional,
    scrb,
)
from waywarden.planner.shares.shapley import exact_shapley, sampled_shapley
from waywarden.planner.shares.splits import Shares, split

#: Up to so many players the check of a nucleolus looks at every group.
CHECKED_BY_LISTING = 16


@dataclass(frozen=True)
class _Asked:
    """What a rule may need beside the costs; each takes what it needs."""

    weights: Amounts | None
    alone: Amounts | None
    allocations: Amounts | None
    top_ups: Amounts | None
    agreed: Amounts | None
    worst_group: WorstGroup | None
    samples: int
    seed: int


def share_costs(
    cost: Cost | Game,
    players: Iterable[Player],
    *,
    rule: str = "allocation",
    weights: Mapping[Player, SupportsFloat] | None = None,
    alone: Mapping[Player, SupportsFloat] | None = None,
    allocations: Mapping[Player, SupportsFloat] | None = None,
    top_ups: Mapping[Player, SupportsFloat] | None = None,
    agreed: Mapping[Player, SupportsFloat] | None = None,
    worst_group: WorstGroup | None = None,
    samples: int = 2_000,
    seed: int = 0,
) -> Shares:
    """Return each player's share of what all pay together, in the unit of the costs.

    ``cost`` says what each group of players would pay by itself: a mapping of
    frozensets to numbers, or a function of a frozenset, asked once for each
    group a rule needs. A function must give 0 for nobody. The rules, each of
    which leaves alone what it has no use for:

    - ``allocation``: ``start - (sum of starts - total) x alone / (sum of
      alone)``. A player starts from its ``allocations`` and ``top_ups``, and
      the joint saving is shared in proportion to costs alone. Without top-ups,
      what its cost alone is above the allocation is its top-up: it starts from
      its cost alone, and the shares are those of the rule alone.
    - ``equal``; ``proportional`` to ``weights``; ``alone``: in proportion to
      costs alone. ``alone`` given by player stands for the costs of groups of
      one in these rules.
    - ``scrb``: separable costs, and the rest by remaining benefits.
    - ``shapley``: exact for up to 20 players; beyond, estimated from
      ``samples`` orders drawn from ``seed``, with a half-width.
    - ``nucleolus`` and ``per_capita_nucleolus``: exact and checked. Above 20
      players they need ``worst_group``, the oracle of `core_excess`.
    - ``custom``: the split ``agreed``, if it adds up to the total.

    Raises `Infeasible`, a `ValueError`, saying which group, player or weight
    makes no sense.
    """
    chosen = _rule(rule)
    given = _Asked(weights, alone, allocations, top_ups, agreed, worst_group, samples, seed)
    return chosen(game_of(cost, players), given)


def _rule(name: str) -> Callable[[Game, _Asked], Shares]:
    if not isinstance(name, str) or name not in RULES:
        near = get_close_matches(name, RULES, n=1) if isinstance(name, str) else []
        hint = f" Did you mean {near[0]}?" if near else ""
        raise Infeasible(f"There is no rule {name}.{hint} The rules are {', '.join(RULES)}.")
    return RULES[name]


def _shapley(game: Game, given: _Asked) -> Shares:
    if len(game) <= LISTED:
        return split(game, "shapley", exact_shapley(game))
    if not is_whole(given.samples):
        raise Infeasible(f"The samples are {given.samples!r}. Give a whole number of at least 1.")
    if not is_whole(given.seed) or given.seed < 0:
        raise Infeasible(f"The seed is {given.seed!r}. Give a whole number of at least 0.")
    sampled = sampled_shapley(game, samples=given.samples, seed=given.seed)
    return split(game, "shapley", sampled.shares, half_width=sampled.half_width)


def _nucleolus(game: Game, given: _Asked) -> Shares:
    return _proved(game, "nucleolus", finder_for(game, given.worst_group))


def _per_capita_nucleolus(game: Game, given: _Asked) -> Shares:
    groups = finder_for(game, given.worst_group, per_capita=True)
    return _proved(game, "per_capita_nucleolus", groups)


def _proved(game: Game, rule: str, groups: Groups) -> Shares:
    found = nucleolus(game, groups)
    holds, looked = _check(found, groups)
    if not holds:
        raise Infeasible(
            "The nucleolus found does not pass Kohlberg's criterion: the costs are too unlike in "
            "size for it. Use another rule."
        )
    excesses = "excesses for each player, " if groups.per_capita else ""
    return split(game, rule, found.shares, check=f"Kohlberg's criterion holds: {excesses}{looked}")


def _check(found: Nucleolus, groups: Groups) -> tuple[bool, str]:
    if isinstance(groups, Listed) and len(found.shares) <= CHECKED_BY_LISTING:
        return balances_when_listed(found, groups), "every group looked at"
    return balances_when_asked(found, groups), "the worst treated group asked for at each level"


#: The rules by name, the default first.
RULES: dict[str, Callable[[Game, _Asked], Shares]] = {
    "allocation": lambda game, given: split(
        game, "allocation", allocation(game, given.alone, given.allocations, given.top_ups)
    ),
    "equal": lambda game, given: split(game, "equal", equal(game)),
    "proportional": lambda game, given: split(
        game, "proportional", proportional(game, given.weights)
    ),
    "alone": lambda game, given: split(game, "alone", by_alone_cost(game, given.alone)),
    "scrb": lambda game, given: split(game, "scrb", scrb(game, given.alone)),
    "shapley": _shapley,
    "nucleolus": _nucleolus,
    "per_capita_nucleolus": _per_capita_nucleolus,
    "custom": lambda game, given: split(game, "custom", custom(game, given.agreed)),
}
