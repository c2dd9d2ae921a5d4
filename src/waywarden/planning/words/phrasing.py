"""Small parts of sentences: lists, money, who does what in which way."""

import re
from collections.abc import Mapping, Sequence

from waywarden.fabric.common.wording import number, pounds, whole_pounds
from waywarden.planning.costing import NUMBER_WORDS
from waywarden.planning.reports import PRICES
from waywarden.planning.words.delivering import doing

#: A row with the name that stands there, which may have a part in brackets itself.
ROWS = re.compile(r"\bRow \d+(?: of the \w+)? \(((?:[^()]|\([^()]*\))+)\)")
#: More services than this are not listed where "everything else" says the same.
FEW = 2


def listed(words: Sequence[str]) -> str:
    """Write a list as it is spoken.

    >>> listed(["Cholsey"]), listed(["Aston", "Cholsey", "Moulsford"])
    ('Cholsey', 'Aston, Cholsey and Moulsford')
    """
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def more_or_less(pence: int) -> str:
    """Write a difference in whole pounds.

    >>> more_or_less(120_00), more_or_less(-5_00), more_or_less(20)
    ('£120 more', '£5 less', 'as much as now')
    """
    if abs(pence) < 50:
        return "as much as now"
    return f"{whole_pounds(abs(pence))} {'more' if pence > 0 else 'less'}"


def counted(count: int, one: str, many: str) -> str:
    """Write a count with its noun, small counts as words.

    >>> counted(1, "council", "councils"), counted(34, "council", "councils")
    ('one council', '34 councils')
    """
    number = NUMBER_WORDS[count].lower() if count < len(NUMBER_WORDS) else f"{count:,}"
    return f"{number} {one if count == 1 else many}"


def with_article(noun: str) -> str:
    """Write a noun with its article.

    >>> with_article("item"), with_article("square metre")
    ('an item', 'a square metre')
    """
    return f"{'an' if noun[:1] in 'aeio' else 'a'} {noun}"


def rate(millipence: int) -> str:
    """Write a rate: in pence below a pound, else in pounds, rounded to the penny.

    >>> rate(2_156), rate(70_917), rate(1_418_333), rate(400_000)
    ('2.16p', '70.9p', '£14.18', '£4')
    """
    if millipence >= 100_000:
        return pounds((millipence + 500) // 1_000)
    step = 10 if millipence < 10_000 else 100
    return f"{number((millipence + step // 2) // step * step)}p"


def capital(sentence: str) -> str:
    """Begin a sentence with a capital."""
    return sentence[:1].upper() + sentence[1:]


def without_rows(sentence: str) -> str:
    """Name councils alone in what the planner says, which names them with their rows.

    >>> without_rows("Row 19 (Banbury) and Row 284 (Thame) are 40 km apart.")
    'Banbury and Thame are 40 km apart.'
    >>> without_rows("Row 1 of the providers (A Firm (North)) has no name.")
    'A Firm (North) has no name.'
    """
    return ROWS.sub(r"\1", sentence)


def owned(name: str) -> str:
    """Write whose something is.

    >>> owned("Wallingford"), owned("Shotover and Ss")
    ('Wallingford’s', 'Shotover and Ss’')
    """
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def done(models: Mapping[str, str], names: Mapping[str, str], *, all_of: int) -> str:
    """Say how services are done, given the way of each by its code, the fewest first.

    ``all_of`` is how many services there are; where these are all of them, the
    most are "everything else".

    >>> names = {"SGN": "sign cleaning", "HDG": "hedges", "WED": "weeds", "FUR": "furniture"}
    >>> ways = {"SGN": "volunteers", "HDG": "contractor", "WED": "contractor", "FUR": "contractor"}
    >>> done(ways, names, all_of=4)
    'have volunteers see to sign cleaning and hire a firm for everything else'
    >>> done({"SGN": "contractor", "HDG": "contractor"}, names, all_of=2)
    'hire a firm for everything'
    >>> done({"SGN": "own_staff", "HDG": "own_staff"}, names, all_of=4)
    'see to sign cleaning and hedges with its own employees'
    """
    by_model: dict[str, list[str]] = {}
    for code, model in models.items():
        by_model.setdefault(model, []).append(names[code])
    parts: list[str] = []
    for model, services in sorted(by_model.items(), key=lambda part: len(part[1])):
        what = listed(services)
        if len(models) == all_of and len(services) == all_of > 1:
            what = "everything"
        elif len(models) == all_of and len(parts) == len(by_model) - 1 and len(services) > FEW:
            what = "everything else"
        parts.append(doing(model, what))
    return listed(parts)


def at_prices(cases: Sequence[str]) -> str:
    """Write price cases.

    >>> at_prices(["low", "expected"]), at_prices(["low", "expected", "high"])
    ('at low and expected prices', 'at every price')
    """
    return "at every price" if len(cases) == len(PRICES) else f"at {listed(cases)} prices"
