"""Who looks after a county, and an offer of it."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.offers.asked import open_today
from waywarden.county.people.models import Office
from waywarden.devolution.offers.models import Round


@pytest.fixture
def ada(cast: Cast) -> Office:
    """Ada, partnerships officer of the county."""
    return cast.at_the_county


@pytest.fixture
def of(cast: Cast) -> Round:
    return open_today(cast)
