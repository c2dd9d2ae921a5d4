"""Real counties for the tests: each is loaded once for a file of tests and taken away after it.

A county stays in a transaction that is never kept, and each test works in a
transaction within that one. Tests that need real transactions, such as races,
stand in files of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from tests.plans import kept
from waywarden.county import loading
from waywarden.county.places.models import Area
from waywarden.fabric.common.subjects import COMMAND_LINE

DAY = date(2026, 4, 1)
Loader = Callable[[str], AbstractContextManager[Area]]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give each file of tests to one worker, so that a county is loaded once for the file.

    They begin in the order in which they were collected.
    """
    from xdist.scheduler import LoadFileScheduling

    config.option.loadscopereorder = False
    return LoadFileScheduling(config, log)


def load(name: str) -> Area:
    """Load a county as the command line does."""
    return loading.load_county(name, by=COMMAND_LINE, today=DAY).county


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Loader:
    """Give what loads a county for as long as a ``with`` lasts."""

    @contextmanager
    def kept(name: str) -> Iterator[Area]:
        with django_db_blocker.unblock(), transaction.atomic():
            yield load(name)
            transaction.set_rollback(True)

    return kept


@pytest.fixture(scope="module")
def oxfordshire(loaded: Loader) -> Iterator[Area]:
    """The real Oxfordshire, as `make demo` loads it."""
    with loaded("Oxfordshire") as county:
        yield county


@pytest.fixture(scope="module")
def planned_oxfordshire(oxfordshire: Area, django_db_blocker: Any) -> Area:
    """The real Oxfordshire with a made-up plan, for as long as the county lasts."""
    with django_db_blocker.unblock():
        kept.keep(oxfordshire, kept.OXFORDSHIRE, today=DAY)
    return oxfordshire
