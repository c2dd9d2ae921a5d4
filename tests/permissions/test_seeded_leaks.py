"""The armed control: every gate and filter that is taken away is missed by the matrix."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import nullcontext

import pytest

from tests.permissions import forms, matrix
from tests.permissions.addresses import Pattern, patterns
from tests.permissions.county import County
from tests.permissions.leaks import Leak, every_leak
from tests.permissions.policy import POLICY, PUBLIC

pytestmark = [pytest.mark.django_db, pytest.mark.lengthy]

#: Of a hundred leaks the matrix must find so many.
ENOUGH = 95
LEAKS = list(every_leak())
#: They are tried in so many parts: the first alone, and all where WAYWARDEN_SOAK is set.
EVERY = 12
PARTS = range(EVERY if "WAYWARDEN_SOAK" in os.environ else 1)
#: Public pages that also show whoever asks what is theirs.
OWN_BESIDE = frozenset({"register:services", "papers:papers", "bodies:body", "journal:history"})
GUARDED = [each for each in patterns() if POLICY[each.name] != PUBLIC or each.name in OWN_BESIDE]


#: People who may see little, so that a leak shows to one of them first.
SEEING_LITTLE = frozenset({"Dot", "Kit", "Lou", "Colm"})


def missed(county: County, leak: Leak, found: Sequence[Pattern] = GUARDED) -> Iterator[str]:
    """Give what the matrix finds wrong while a leak is open: near it first, and then anywhere."""
    near = [each for each in found if leak.is_near(each)]
    far = [each for each in found if not leak.is_near(each)]
    for part in near, far:
        for pattern in part:
            yield from forms.forged(county, pattern)
            yield from forms.from_another_office(county, pattern)
        asked = [cell for cell in matrix.cells(county, part) if cell.method in ("GET", "POST")]
        asked.sort(key=lambda cell: cell.name not in SEEING_LITTLE)
        yield from matrix.every_fault(county, asked)


def test_without_a_leak_nothing_is_missed(county: County) -> None:
    assert list(missed(county, Leak("none", nullcontext), GUARDED[::EVERY])) == []


def test_there_are_leaks_enough_to_seed() -> None:
    assert len(LEAKS) >= 4


@pytest.mark.parametrize("part", PARTS)
def test_nearly_every_seeded_leak_is_found(county: County, part: int) -> None:
    tried = LEAKS[part::EVERY]
    silent = []
    for leak in tried:
        with leak.opened():
            if next(missed(county, leak), None) is None:
                silent.append(leak.name)

    assert 100 * (len(tried) - len(silent)) >= ENOUGH * len(tried), silent
