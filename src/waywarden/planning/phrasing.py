"""Small parts of sentences: lists, money, who does what in which way."""

from collections.abc import Iterable, Mapping, Sequence

from waywarden.fabric.common.wording import pounds
from waywarden.planning.costing import NUMBER_WORDS
from waywarden.planning.ways import CONTRACTOR, OWN_STAFF, VOLUNTEERS

#: How each way of delivering is said, before and after the services it is used for.
SAID = {
    CONTRACTOR: ("hire a firm for ", ""),
    OWN_STAFF: ("do ", " with its own employees"),
    VOLUNTEERS: ("have volunteers do ", ""),
}


def listed(words: Sequence[str]) -> str:
    """Write a list as it is spoken.

    >>> listed(["Cholsey"]), listed(["Aston", "Cholsey", "Moulsford"])
    ('Cholsey', 'Aston, Cholsey and Moulsford')
    """
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def whole_pounds(pence: int) -> str:
    """Write pence to the nearest pound.

    >>> whole_pounds(1_234_50), whole_pounds(-49)
    ('£1,235', '£0')
    """
    rounded = (abs(pence) + 50) // 100 * 100
    return pounds(-rounded if pence < 0 else rounded)


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


def capital(sentence: str) -> str:
    """Begin a sentence with a capital."""
    return sentence[:1].upper() + sentence[1:]


def owned(name: str) -> str:
    """Write whose something is.

    >>> owned("Wallingford"), owned("Shotover and Ss")
    ('Wallingford’s', 'Shotover and Ss’')
    """
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def done(models: Mapping[str, str], names: Mapping[str, str], *, all_of: int) -> str:
    """Say how services are done, given the way of each by its code.

    >>> names = {"SGN": "sign cleaning", "HDG": "hedges"}
    >>> done({"SGN": "volunteers", "HDG": "contractor"}, names, all_of=2)
    'have volunteers do sign cleaning and hire a firm for hedges'
    >>> done({"SGN": "contractor", "HDG": "contractor"}, names, all_of=2)
    'hire a firm for everything'
    """
    by_model: dict[str, list[str]] = {}
    for code, model in models.items():
        by_model.setdefault(model, []).append(names[code])
    parts = []
    for model, services in by_model.items():
        before, after = SAID.get(model, ("deliver ", ""))
        is_everything = len(services) == all_of > 1
        parts.append(f"{before}{'everything' if is_everything else listed(services)}{after}")
    return listed(parts)


def at_prices(cases: Iterable[str]) -> str:
    """Write price cases after "at": "low and expected prices"."""
    return f"{listed(list(cases))} prices"
