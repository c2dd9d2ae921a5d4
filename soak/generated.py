"""Generated requests in a county of their own, with everything they do undone."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.test.utils import setup_test_environment

Figures = dict[str, Any]


def generated(*, count: int, seed: int, broken: str = "") -> Figures:
    """Send so many requests; count what failed, leaked, or was noted wrongly."""
    setup_test_environment()
    from tests.generated.asking import tried
    from tests.generated.broken import BROKEN
    from tests.permissions import canaries
    from tests.permissions.county import fill

    with transaction.atomic():
        county = fill()
        canaries.plant(county)
        with BROKEN[broken]():
            found = tried(county, count=count, number=seed)
        transaction.set_rollback(True)
    first = {"first_fault": found.faults[0]} if found.faults and not broken else {}
    return found.figures | first
