"""Whatever is sent by whomever: nothing fails, nothing leaks, and every change is noted once."""

from __future__ import annotations

import pytest

from tests.generated.asking import WRONG, tried
from tests.generated.broken import BROKEN
from tests.permissions.county import County

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

#: `make soak` sends 100,000 on each database; see docs/reference/reliability.md.
A_FEW, MANY = 400, 2000


def test_a_few_generated_requests_find_nothing_wrong(county: County) -> None:
    trial = tried(county, count=A_FEW, number=1)

    assert trial.faults == []
    assert trial.counted["requests"] >= A_FEW
    assert trial.counted["changes"] >= A_FEW // 40


@pytest.mark.lengthy
def test_many_generated_requests_find_nothing_wrong(county: County) -> None:
    trial = tried(county, count=MANY, number=2)

    assert trial.faults == []
    assert trial.counted["requests"] >= MANY


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_broken_on_purpose_is_found(county: County, wrong: str) -> None:
    with BROKEN[wrong]():
        trial = tried(county, count=A_FEW, number=3)

    assert trial.counted[wrong]
