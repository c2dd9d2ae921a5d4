"""Every address, asked for in every way by everybody, answers as the policy table says."""

from __future__ import annotations

import os

import pytest

from tests.permissions import matrix
from tests.permissions.addresses import Pattern, patterns
from tests.permissions.county import County
from tests.permissions.policy import POLICY

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

#: The long form asks everybody for everything.
IS_WHOLE = "WAYWARDEN_SOAK" in os.environ
EVERY = list(patterns())
every_pattern = pytest.mark.parametrize("pattern", EVERY, ids=[each.name for each in EVERY])


def test_every_address_of_the_site_is_in_the_policy_table() -> None:
    assert sorted(POLICY) == sorted(each.name for each in EVERY)


@every_pattern
def test_everybody_is_answered_as_the_policy_says(county: County, pattern: Pattern) -> None:
    found = list(matrix.every_fault(county, matrix.cells(county, [pattern], is_whole=IS_WHOLE)))

    assert not found, "\n".join(found)
