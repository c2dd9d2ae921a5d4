"""What each member of a cluster would pay by each rule, to the penny, and who would object."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from waywarden.fabric.common.wording import pounds
from waywarden.planner import Infeasible, Problem, StableShares, cluster_game, stable_shares
from waywarden.planner.plans import SHARED
from waywarden.planner.shares import Game, Shares, core_excess, nearest_core, share_costs
from waywarden.planner.shares.certificate import Progress
from waywarden.planning.facts import CannotPlan, CountyFacts
from waywarden.planning.reports import ClusterReport, Report
from waywarden.planning.splits.reposing import problem_again
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

    cluster: ClusterReport
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
        raise CannotPlan(f"There is no rule “{asked}”. Choose all, {', '.join(RULES)}.")
    return (plain,)


def cluster_numbered(report: Report, number: int) -> ClusterReport:
    """Return a cluster of a plan by its number. Raises `CannotPlan` where there is none."""
    for cluster in report.clusters:
        if cluster.number == number:
            return cluster
    if not report.clusters:
        raise CannotPlan("This plan has no clusters, so there is nothing to share.")
    raise CannotPlan(f"No cluster has the number {number}. There are 1 to {len(report.clusters)}.")


def splits_of(
    problem: Problem, report: Report, cluster: ClusterReport, rules: Sequence[str]
) -> ClusterSplits:
    """Return what each member pays by each of some rules, at expected prices.

    Raises `CannotPlan` where the cluster's groups cannot be priced.
    """
    services = [led.service for led in cluster.services]
    whole = cluster.planned.expected
    try:
        priced = cluster_game(
            problem,
            cluster.members,
            services=services,
            whole=float(whole),
            touching=report.shape == SHARED,
        )
    except Infeasible as error:
        raise CannotPlan(f"Cluster {cluster.number} cannot be shared out: {error}") from error
    game = Game(priced, cluster.members)
    found: list[Split] = []
    refused: dict[str, str] = {}
    first: Shares | None = None
    for rule in rules:
        try:
            shares = share_costs(game, game.players, rule=rule)
            found.append(_split(game, shares, rule, whole))
            first = first or shares
        except Infeasible as error:
            refused[rule] = str(error)
    nearest, no_core = _nearest(game, first, found, whole)
    alone = {key: round(priced([key])) for key in cluster.members}
    return ClusterSplits(cluster, alone, tuple(found), refused, nearest, no_core)


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
    game: Game, first: Shares | None, found: Sequence[Split], whole: int
) -> tuple[Split | None, str]:
    """Return the split in the core nearest to the first, if that is not in it, or why not."""
    if first is None or found[0].is_in_core:
        return None, ""
    try:
        return _split(game, nearest_core(game, first), NEAREST, whole), ""
    except Infeasible as error:
        return None, _in_pounds(str(error))


def _in_pounds(sentence: str) -> str:
    """Write what is said in pence in whole pounds, rounded down as it is "at least"."""
    return re.sub(
        r"at least (\d[\d.e+]*) more",
        lambda found: f"at least {pounds(int(float(found[1])) // 100 * 100)} a year more",
        sentence,
    )


class _Kept(NamedTuple):
    """A plan that was kept: its shape, and what councils pay in it, in pence."""

    shape: str
    cost: float


def steadied(report: Report, facts: CountyFacts, progress: Progress) -> StableShares:
    """Return shares of a whole county that no group would leave, at expected prices, in pence."""
    paid = report.planned.expected - report.kept.expected
    problem = problem_again(report, facts)
    try:
        return stable_shares(problem, _Kept(report.shape, float(paid)), progress=progress)
    except Infeasible as error:
        raise CannotPlan(f"The county cannot be shared out: {error}") from error


def stable_pence(stable: StableShares) -> dict[str, int]:
    """Return stable shares in whole pence, each rounded down, so that they stay stable."""
    return {key: math.floor(share) for key, share in stable.shares.items()}
