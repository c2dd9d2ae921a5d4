"""Lowers what councils would pay until no group of them would be better off by itself."""

from waywarden.planner.arrays import Floats
from waywarden.planner.compiling import compiled_in_place, compiled_within
from waywarden.planner.sites.knapsacks import Desk, Field, worth

#: A site without a home is asked so often which group gains most there, before all are lowered.
ASKED = 60
#: What a group may gain before it counts, as a part of its site's set-up.
HAIR = 1e-9


@compiled_in_place
def mend(field: Field, shares: Floats, taken: Floats, desk: Desk) -> int:
    """Lower shares, in place, until they are stable; return how many groups were looked at.

    Afterwards no site, with whom it could serve, costs less than those pay by
    their shares. Lowering a share never makes a group elsewhere better off, so
    that each site is dealt with once. Where a site has a home, every group that
    it serves holds the home: the home's share alone is lowered, by what the
    best group gains. Where it has none, the best group's shares are, in
    proportion to what each gains by being served, until no group gains.
    """
    asked = 0
    for site in range(len(field.setups)):
        if field.homes[site] >= 0:
            gain = -worth(field, shares, site, True, False, taken, desk)
            asked += 1
            if gain > 0.0:
                shares[field.homes[site]] -= gain
        else:
            asked += _mend_homeless(field, shares, site, taken, desk)
    return asked


@compiled_within
def _mend_homeless(field: Field, shares: Floats, site: int, taken: Floats, desk: Desk) -> int:
    """Lower shares until no group gains at a site without a home; return how often it was asked."""
    for asked in range(ASKED):
        gain = -worth(field, shares, site, True, False, taken, desk)
        if gain <= HAIR * field.setups[site]:
            return asked + 1
        _lower_taken(field, shares, site, taken, gain)
    gain = -worth(field, shares, site, True, False, taken, desk)
    if gain > 0.0:
        _lower_all(field, shares, site, gain)
    return ASKED + 1


@compiled_within
def _lower_taken(field: Field, shares: Floats, site: int, taken: Floats, gain: float) -> None:
    """Take a gain off the shares of those a site would serve."""
    gained = 0.0
    for arc in range(field.starts[site], field.starts[site + 1]):
        if taken[arc] > 0.0:
            gained += shares[field.councils[arc]] - field.costs[arc]
    for arc in range(field.starts[site], field.starts[site + 1]):
        if taken[arc] > 0.0:
            council = field.councils[arc]
            shares[council] -= gain / gained * (shares[council] - field.costs[arc])


@compiled_within
def _lower_all(field: Field, shares: Floats, site: int, gain: float) -> None:
    """Shrink what everyone could gain at a site until nobody's gains are worth its set-up."""
    kept = field.setups[site] / (field.setups[site] + gain)
    for arc in range(field.starts[site], field.starts[site + 1]):
        council = field.councils[arc]
        if shares[council] > field.costs[arc]:
            shares[council] = field.costs[arc] + kept * (shares[council] - field.costs[arc])
