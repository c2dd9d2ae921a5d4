"""Who is in the tests of offers."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.offers.asked import offer_to, open_today
from waywarden.county.people.models import Office
from waywarden.devolution.offers.models import Offer


@pytest.fixture
def ada(cast: Cast) -> tuple[Client, Office]:
    """Ada, partnerships officer of the county."""
    acting = cast.at_the_county
    return cast.signed_in(cast.ada), acting


@pytest.fixture
def offer(cast: Cast) -> Offer:
    """The offer to Coldbrook in a round that is open today."""
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 9_000), today=localdate())
    return offer_to(open_today(cast), cast.coldbrook_council)
