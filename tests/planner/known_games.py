"""Games whose answers are published, and small ones that brute force can settle."""

import re
from itertools import chain, combinations

import numpy as np

# Alone and joint costs of supplying water to six groups of municipalities in Skane, Sweden,
# millions of kronor: H. P. Young, N. Okada and T. Hashimoto, Cost allocation in water resources
# development, IIASA WP-79-77 (1979) and Water Resources Research 18 (1982).
_SWEDEN = """
A 21.95 H 17.08 K 10.91 L 15.88 M 20.81 T 21.98
AH 34.69 AK 32.86 AL 37.83 AM 42.76 AT 43.93 HK 22.96 HL 25.00 HM 37.89 HT 39.06
KL 26.79 KM 31.45 KT 32.89 LM 31.10 LT 37.86 MT 39.41
AHK 40.74 AHL 43.22 AHM 55.50 AHT 56.67 AKL 48.74 AKM 53.40 AKT 54.84 ALM 53.05 ALT 59.81
AMT 61.36 HKL 27.26 HKM 42.55 HKT 44.94 HLM 45.81 HLT 46.98 HMT 56.49 KLM 42.01 KLT 48.77
KMT 50.32 LMT 51.46
AHKL 48.95 AHKM 60.25 AHKT 62.72 AHLM 64.03 AHLT 65.20 AHMT 74.10 AKLM 63.96 AKLT 70.72
AKMT 72.27 ALMT 73.41 HKLM 48.07 HKLT 49.24 HKMT 59.35 HLMT 64.41 KLMT 56.61
AHKLM 69.76 AHKLT 70.93 AHKMT 77.42 AHLMT 83.00 AKLMT 73.97 HKLMT 66.46 AHKLMT 83.82
"""
SWEDEN = {
    frozenset(group): float(cost) for group, cost in re.findall(r"([A-Z]+) ([0-9.]+)", _SWEDEN)
}

# Navigation, flood control and power, thousands of dollars: P. D. Straffin and J. P. Heaney, Game
# theory and the Tennessee Valley Authority, International Journal of Game Theory 10 (1981).
TVA = {
    frozenset("n"): 163_520,
    frozenset("f"): 140_826,
    frozenset("p"): 250_096,
    frozenset("nf"): 301_607,
    frozenset("np"): 378_821,
    frozenset("fp"): 367_370,
    frozenset("nfp"): 412_584,
}

# Any one or two pay 3, all three 6: whatever the split, some two pay 4 or more.
EMPTY_CORE = {
    frozenset(group): 6 if group == "abc" else 3
    for group in ("a", "b", "c", "ab", "ac", "bc", "abc")
}


def airport(*runways):
    """Return the cost of the longest runway any of a group's aeroplanes needs."""
    return lambda group: max((runways[plane] for plane in group), default=0)


def bankruptcy(estate, *claims):
    """Return what an estate pays to the claims of a group if these come first, as a cost.

    R. J. Aumann and M. Maschler (1985) take what the others leave to the group instead; that is
    the dual game, whose nucleolus is the same.
    """
    return lambda group: min(estate, sum(claims[creditor] for creditor in group))


def gloves(left, right):
    """Return minus the pairs a group of owners can make; the first players own left gloves."""
    return lambda group: (
        -min(
            sum(owner < left for owner in group),
            sum(left <= owner < left + right for owner in group),
        )
    )


def listed(players, costs):
    """Return a game from the costs of its groups of one, two and so on, in order."""
    players = list(players)
    groups = chain.from_iterable(combinations(players, k) for k in range(1, len(players) + 1))
    return dict(zip(map(frozenset, groups), costs, strict=True))


def complaints(cost, shares, per_capita=False):
    """Return what each group but all pays above its cost, the worst treated first."""
    players = list(shares)
    groups = chain.from_iterable(combinations(players, k) for k in range(1, len(players)))
    return sorted(
        (
            (sum(shares[player] for player in group) - float(cost[frozenset(group)]))
            / (len(group) if per_capita else 1)
            for group in groups
        ),
        reverse=True,
    )


def village_of(places, seed):
    """Return a game of councils on a plain, one of which leads each group, and its oracle.

    Council i leads for its set-up and serves j for ``serving[i, j]``. The oracle takes, for each
    lead, everyone who pays more than serving it costs.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    at = 20 * rng.random((places, 2))
    setups = 20 + 20 * rng.random(places)
    distances = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    serving = (1 + 9 * rng.random(places)) * (1 + 0.1 * distances)

    def cost(group):
        members = sorted(group)
        return min((setups[i] + serving[i, members].sum() for i in members), default=0.0)

    def worst_group(shares):
        left = np.array([shares[place] for place in range(places)]) - serving
        joins = (left > 0) | np.eye(places, dtype=bool)
        gains = np.where(joins, left, 0).sum(axis=1) - setups
        lead = int(gains.argmax())
        return frozenset(np.flatnonzero(joins[lead]).tolist()), float(gains[lead])

    return cost, worst_group


def asked_of(cost, only=lambda group: True):
    """Return an oracle that tries each group of a mapping, or of those that could form."""

    def worst_group(shares):
        excesses = [
            (sum(shares[player] for player in group) - amount, group)
            for group, amount in cost.items()
            if only(group)
        ]
        excess, group = max(excesses, key=lambda found: found[0])
        return group, excess

    return worst_group


def is_worse(one, other):
    """Say whether the first list of complaints is plainly worse at the first that differs."""
    for mine, yours in zip(one, other, strict=True):
        if abs(mine - yours) > 1e-7:
            return mine > yours
    return False
