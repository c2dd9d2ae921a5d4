"""The armed control: every gate and filter that is taken away is missed by the matrix."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from tests.permissions import forms, matrix
from tests.permissions.addresses import patterns
from tests.permissions.county import County
from tests.permissions.leaks import Leak, every_leak
from tests.permissions.policy import POLICY, PUBLIC

pytestmark = [pytest.mark.django_db, pytest.mark.lengthy]

#: Of a hundred leaks the matrix must find so many.
ENOUGH = 95
LEAKS = list(every_leak())
#: Public pages that also show whoever asks what is theirs.
OWN_BESIDE = frozenset({"register:services", "papers:papers", "bodies:body", "journal:history"})


def missed(county: County, leak: Leak) -> Iterator[str]:
    """Give what the matrix finds wrong while a leak is open."""
    found = [each for each in patterns() if POLICY[each.name] != PUBLIC or each.name in OWN_BESIDE]
    found.sort(key=leak.is_near)
    for pattern in found:
        yield from forms.forged(county, pattern)
        yield from forms.from_another_office(county, pattern)
        asked = matrix.cells(county, [pattern])
        yield from matrix.every_fault(
            county, (cell for cell in asked if cell.method in ("GET", "POST"))
        )


def test_without_a_leak_nothing_is_missed(county: County) -> None:
    assert list(missed(county, Leak("none", nullcontext))) == []


def test_there_are_leaks_enough_to_seed() -> None:
    assert len(LEAKS) >= 4


def test_nearly_every_seeded_leak_is_found(county: County) -> None:
    tried = LEAKS if "WAYWARDEN_SOAK" in os.environ else LEAKS[:: max(1, len(LEAKS) // 20)]
    silent = []
    for leak in tried:
        with leak.opened():
            if next(missed(county, leak), None) is None:
                silent.append(leak.name)

    assert 100 * (len(tried) - len(silent)) >= ENOUGH * len(tried), silent
