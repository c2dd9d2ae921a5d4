"""What was asked of the planner, what was measured, and whether that is enough."""

from __future__ import annotations

from benchmarks.bars import fair_shares, manner, one_service, several_services, site
from benchmarks.bars.gathering import Found, Section


def sections(found: Found) -> list[Section]:
    """Return a section for each bar, in the order they are set."""
    make = (
        one_service.beside_peers,
        several_services.apart,
        several_services.shared,
        one_service.england,
        manner.small,
        manner.large,
        manner.medians,
        one_service.growth,
        fair_shares.games,
        fair_shares.certificates,
        site.pages,
    )
    return [one(found) for one in make]
