"""What `make test` leaves to `make test-all` is written down, and is there."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.conftest import LENGTHY, STORELESS
from tools import lengthy

NAMED = LENGTHY.read_text().split()
MEASURED = """
  3.00s call     tests/cli/test_shares.py::test_a[one]
  1.50s setup    tests/cli/test_shares.py::test_a[two]
  3.99s call     tests/cli/test_shares.py::test_b
 99.00s call     tests/permissions/test_matrix.py::test_c[x y]
  0.10s call     src/waywarden/rules/pence.py::waywarden.rules.pence.split_pence
"""


@pytest.mark.parametrize("test", NAMED)
def test_every_lengthy_test_is_there(test: str) -> None:
    file, *_, name = test.split("::")

    assert f"def {name}(" in (LENGTHY.parent.parent / file).read_text()


def test_what_is_asked_once_keeps_no_rows() -> None:
    root = LENGTHY.parent.parent
    named = [root / part for part in STORELESS]
    files = [file for part in named for file in ([part] if part.is_file() else part.rglob("*.py"))]

    assert len(files) > 100
    for file in files:
        assert "django_db" not in file.read_text(), file


def test_all_cases_of_a_test_count_together_and_some_stay_whatever_they_take() -> None:
    took = lengthy.measured(MEASURED)

    assert took == Counter(
        {
            "tests/cli/test_shares.py::test_a": 4.5,
            "tests/cli/test_shares.py::test_b": 3.99,
            "tests/permissions/test_matrix.py::test_c": 99.0,
        }
    )
    assert lengthy.lengthy(took) == ["tests/cli/test_shares.py::test_a"]
