"""Reads the published files that location problems come in."""

from pathlib import Path

from waywarden.planner.arrays import Location


def read(path: str | Path) -> Location:
    """Read a location problem in one of the published formats."""
    raise NotImplementedError
