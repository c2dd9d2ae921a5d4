"""The county in which permissions are asked for, filled once for each file of tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.permissions import canaries
from tests.permissions.county import County, fill


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: Any) -> Iterator[County]:
    """Give the county with somebody in every role, and words planted in what is private."""
    with django_db_blocker.unblock(), transaction.atomic():
        filled = fill()
        canaries.plant(filled)
        yield filled
        transaction.set_rollback(True)
