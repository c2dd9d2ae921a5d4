"""Write the list of tests that `make test` leaves to `make test-all`, from what was measured.

.venv/bin/python -m pytest -n 2 --durations=0 --durations-min=0.05 > durations.txt
.venv/bin/python tools/lengthy.py durations.txt
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

LIST = Path(__file__).parent.parent / "tests" / "lengthy.txt"
#: A test whose cases take so many seconds together, or more, is lengthy.
SECONDS = 4.0
#: Tests that stay in `make test` however long they take: what nobody may break unseen.
KEPT = (
    "tests/constraints/",
    "tests/generated/test_generated.py::test_a_few_generated_requests_find_nothing_wrong",
    "tests/pages/",
    "tests/permissions/",
    "tests/security/",
)
#: Looked at with markers of their own.
MARKED = ("tests/journeys/test_axe.py", "tests/journeys/test_signed_in_pages.py")
LINE = re.compile(r"\s*([\d.]+)s (?:call|setup|teardown)\s+(tests/\S+?)(?:\[.*)?$")


def measured(log: str) -> Counter[str]:
    """Return the seconds that each test took, all its cases together."""
    took: Counter[str] = Counter()
    for line in log.splitlines():
        if found := LINE.match(line):
            took[found[2].strip()] += float(found[1])  # type: ignore[assignment]
    return took


def lengthy(took: Counter[str]) -> list[str]:
    """Return the tests that are lengthy, in the order of their names."""
    left_in = KEPT + MARKED
    return sorted(
        test for test, took in took.items() if took >= SECONDS and not test.startswith(left_in)
    )


if __name__ == "__main__":
    LIST.write_text(
        "".join(f"{test}\n" for test in lengthy(measured(Path(sys.argv[1]).read_text())))
    )
