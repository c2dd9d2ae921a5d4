"""Who is in the tests of plans asked for."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast
from tests.making.asked import counted
from waywarden.county.people.models import Office


@pytest.fixture
def county(cast: Cast) -> Cast:
    """The cast, with figures to plan from."""
    return counted(cast)


@pytest.fixture
def ada(county: Cast) -> tuple[Client, Office]:
    """Ada, partnerships officer of the county."""
    acting = county.at_the_county
    return county.signed_in(county.ada), acting
