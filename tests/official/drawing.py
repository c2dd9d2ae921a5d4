"""Shapes of the cast's places as a file has them, and what was made of a file."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.cast import SQUARES, square
from tests.intake.files import CODES, shapes
from waywarden.county.places.models import Boundary
from waywarden.fabric.tables.previews import Preview

BEFORE = date(2026, 3, 31)
Load = Callable[..., Preview]


def without(role: str) -> list[dict[str, Any]]:
    """Give the features of the cast's places but one."""
    return [one for one in shapes() if one["properties"]["PAR25CD"] != CODES[role]]


def line(preview: Preview, start: str) -> str:
    """Give the one line that starts so."""
    [found] = [line for line in preview.lines() if line.startswith(start)]
    return found


def here(role: str) -> list[list[float]]:
    """Give the corners of one of the cast's squares."""
    return square(*SQUARES[role])["coordinates"][0]  # type: ignore[index, no-any-return]


def real_boundaries() -> int:
    return Boundary.objects.filter(boundary_set__is_approximate=False).count()
