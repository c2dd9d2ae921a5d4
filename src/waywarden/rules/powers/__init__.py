"""Legal powers: on which law councils may arrange something, between whom, and what must be there.

Each power names its law, the days it is in force and the conditions it rests on.
A condition read in its source (R) may refuse, and then says which lawful way is
open instead. One that is recalled (K) warns, names the section and waits for the
monitoring officer to confirm it; it never refuses. What is asked for and not
recorded yet (a minute, a consultation) is neither: it is named as missing.

>>> from datetime import date
>>> from waywarden.rules.powers import Kind, Party, Use, check
>>> county = Party("the county council", Kind.PRINCIPAL, has_executive=True, holds_function=True)
>>> group = Party("Friends of the Green", Kind.OUTSIDE, holds_function=False)
>>> use = Use("LGA1972-s136", on=date(2027, 4, 1), giver=county, taker=group)
>>> [finding.key for finding in check(use) if finding.refuses]
['taker-is-an-authority', 'both-hold-the-function']
"""

from waywarden.rules.powers.checking import (
    Answer,
    Finding,
    Weight,
    answer,
    check,
    open_powers,
)
from waywarden.rules.powers.parties import Kind, Party, Recorded, Use
from waywarden.rules.powers.table import POWERS, Power, power

__all__ = [
    "POWERS",
    "Answer",
    "Finding",
    "Kind",
    "Party",
    "Power",
    "Recorded",
    "Use",
    "Weight",
    "answer",
    "check",
    "open_powers",
    "power",
]
