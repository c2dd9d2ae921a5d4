"""At hand for tests of official boundaries: the cast with codes, and how to take shapes in."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cast import ADA, DAY, Cast
from tests.intake.files import boundaries, give_codes
from tests.official.drawing import Load
from waywarden.county.official import importing
from waywarden.fabric.tables.previews import Preview


@pytest.fixture
def county(cast: Cast) -> Cast:
    """The cast with their codes; their shapes are modelled."""
    return give_codes(cast)


@pytest.fixture
def load(county: Cast, tmp_path: Path) -> Load:
    """Take in features as boundaries that count from the day of the cast."""

    def take_in(
        features: list[Any], *, on: date = DAY, dry_run: bool = False, **members: Any
    ) -> Preview:
        file = boundaries(tmp_path, features, **members)
        return importing.take_in_boundaries(file, on=on, by=ADA, today=DAY, dry_run=dry_run)

    return take_in
