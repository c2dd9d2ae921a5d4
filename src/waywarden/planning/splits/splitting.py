"""What each member of a cluster would pay by each rule, to the penny, and who would object."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from waywarden.data.names import shown
from waywarden.planner import Infeasible, StableShares, cluster_game, stable_shares
from waywarden.planner.answers.plans import SHARED
from waywarden.planner.shares import Game, Shares, core_excess, nearest_core, share_costs
from waywarden.planner.shares.county.finding import Progress
from waywarden.planner.telling import tell_nobody
from waywarden.planning.facts import CannotPlan
from waywarden.planning.splits.bills import NO_CLUSTERS, Bill, ClusterBill
from waywarden.planning.splits.refusals import plainly
from waywarden.rules.pence import split_pence

#: The rules that need nothing agreed beforehand, the usual one first, with what each is called.
RULES = {
    "allocation": "Usual",
    "equal": "Equal",
    "alone": "By cost alone",
    "scrb": "Separable costs",
    "shapley": "Shapley",
    "nucleolus": "Nucleolus",
    "per_capita_nucleolus": "For each member",
}
#: Where a split is said to be nearest to another, it is called so.
NEAREST = "nearest in the core"
#: A share is rounded by less than a penny, so that a group of n is no better off by up to n pence.
PENNY = 1

#: Is told which rule is being worked out, and how much of all is done, from 0 to 1.
Tell = Callable[[str, float], None]


@dataclass(frozen=True)
class Split:
    """A cluster's cost by one rule: pence by member, which sum to the bill exactly.

    ``group`` is who would be best off to leave, by ``excess`` pence, empty
    where no group would be better off. ``above_alone`` is by how much each
    member pays more than alone, of those that do.
    """

    rule: str
    pence: Mapping[str, int]
    group: tuple[str, ...]
    excess: int
    above_alone: Mapping[str, int]

    @property
    def is_in_core(self) -> bool:
        """Whether no group of members would be better off by itself."""
        return not self.group


@dataclass(frozen=True)
class ClusterSplits:
    """One cluster, what each member pays alone, its splits, and what each refused rule said.

    ``nearest`` is the split in the core nearest to the first of ``splits``,
    where that is outside it; None where it is inside, or the core is empty,
    which ``no_core`` then says.
    """

    cluster: ClusterBill
    alone: Mapping[str, int]
    splits: tuple[Split, ...]
    refused: Mapping[str, str]
    nearest: Split | None
    no_core: str


def chosen_rules(asked: str) -> tuple[str, ...]:
    """Return the rules asked for, all of them for "all". Raises `CannotPlan` for what is none."""
    plain = asked.strip().lower().replace("-", "_")
    if plain == "all":
        return tuple(RULES)
    if plain not in RULES:
        raise CannotPlan(f"There is no rule “{shown(asked)}”. Choose all, {', '.join(RULES)}.")
    return (plain,)


def splits_of(
    bill: Bill, cluster: ClusterBill, rules: Sequence[str], tell: Tell = tell_nobody
) -> ClusterSplits:
    """Return what each member pays by each of some rules, at expected prices.

    ``tell`` hears how far it is. Raises `CannotPlan` where the cluster's groups
    cannot be priced.
    """
    tell("pricing every group", 0.0)
    game = _game(bill, cluster)
    by_rule: dict[str, tuple[Split, Shares]] = {}
    refused: dict[str, str] = {}
    for place, rule in enumerate(rules, start=1):
        tell(RULES[rule], place / (len(rules) + 1))
        try:
            shares = share_costs(game, game.players, rule=rule)
            by_rule[rule] = _split(game, shares, rule, cluster.cost), shares
        except Infeasible as error:
            refused[rule] = plainly(error, bill.names)
    nearest, no_core = _nearest(game, [*by_rule.values()][:1], cluster.cost, bill.names)
    return ClusterSplits(
        cluster=cluster,
        alone={key: round(game.of(game.number([key]))) for key in cluster.members},
        splits=tuple(split for split, _ in by_rule.values()),
        refused=refused,
        nearest=nearest,
        no_core=no_core,
    )


def _game(bill: Bill, cluster: ClusterBill) -> Game:
    try:
        priced = cluster_game(
            bill.problem,
            cluster.members,
            services=cluster.services,
            whole=float(cluster.cost),
            touching=bill.shape == SHARED,
        )
    except Infeasible as error:
        why = plainly(error, bill.names)
        raise CannotPlan(f"Cluster {cluster.number} cannot be shared out: {why}") from error
    return Game(priced, cluster.members)


def _split(game: Game, shares: Shares, rule: str, whole: int) -> Split:
    pence = split_pence(whole, shares.weights())
    group, excess = core_excess(game, pence)
    leaves = excess > PENNY * len(game)
    over = {key: pence[key] - round(game.of(1 << place)) for place, key in enumerate(game.players)}
    return Split(
        rule=rule,
        pence=pence,
        group=tuple(key for key in game.players if leaves and key in group),
        excess=round(excess) if leaves else 0,
        above_alone={key: more for key, more in over.items() if more > PENNY},
    )


def _nearest(
    game: Game, first: Sequence[tuple[Split, Shares]], whole: int, names: Mapping[str, str]
) -> tuple[Split | None, str]:
    """Return the split in the core nearest to the first, if that is not in it, or why not."""
    for split, shares in first:
        if not split.is_in_core:
            try:
                return _split(game, nearest_core(game, shares), NEAREST, whole), ""
            except Infeasible as error:
                return None, plainly(error, names)
    return None, ""


class _Kept(NamedTuple):
    """A plan that was kept: its shape, and what councils pay in it, in pence."""

    shape: str
    cost: float


def steadied(bill: Bill, progress: Progress) -> StableShares:
    """Return shares of a whole county that no group would leave, at expected prices, in pence.

    Raises `CannotPlan` for a plan without clusters, and where a council can
    neither be alone nor in a group.
    """
    if not bill.clusters:
        raise CannotPlan(NO_CLUSTERS)
    try:
        return stable_shares(bill.problem, _Kept(bill.shape, float(bill.cost)), progress=progress)
    except Infeasible as error:
        why = plainly(error, bill.names)
        raise CannotPlan(f"The county cannot be shared out: {why}") from error


def stable_pence(stable: StableShares) -> dict[str, int]:
    """Return stable shares in whole pence, each rounded down, so that they stay stable."""
    return {key: math.floor(share) for key, share in stable.shares.items()}
