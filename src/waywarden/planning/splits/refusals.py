"""What the planner refuses to share, in the words of whoever asked: names, and pounds."""

import re
from collections.abc import Mapping

from waywarden.fabric.common.wording import whole_pounds
from waywarden.planning.words.phrasing import without_rows

_NUMBER = r"-?\d[\d.]*(?:e[+-]\d+)?"
#: Where the planner writes amounts, in the unit of its problem: here in pence.
AMOUNTS = re.compile(
    rf"(?<=at least ){_NUMBER}(?= more)|(?<=has ){_NUMBER}(?= left)"
    rf"|(?<= is ){_NUMBER}(?= of a total)|(?<=of a total of ){_NUMBER}"
)
WHOSE = re.compile(r"(?<=The share of )\S+")
#: A council's cost alone is the one outside option that people write.
OPTION = "Give it an outside option."
CURE = "Write what it would pay by itself, under cost alone in the sheet work, and plan again."


def plainly(refusal: Exception, names: Mapping[str, str]) -> str:
    """Return what was refused with names for keys and rows, and pounds a year for pence.

    >>> told = "The share of thame is -237120 of a total of 1e+06: agree that by itself."
    >>> plainly(ValueError(told), {"thame": "Thame"})
    'The share of Thame is −£2,371 a year of a total of £10,000 a year: agree that by itself.'
    """
    sentence = without_rows(str(refusal)).replace(OPTION, CURE)
    named = WHOSE.sub(lambda found: names.get(found[0], found[0]), sentence)
    return AMOUNTS.sub(lambda found: f"{_pounds(float(found[0]))} a year", named)


def _pounds(pence: float) -> str:
    # Rounded towards nothing: what is "at least" so many pence is at least so many pounds.
    return whole_pounds(int(pence / 100) * 100)
