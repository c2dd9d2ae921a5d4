"""Finding a name that was nearly typed right."""

import re
import unicodedata
from collections.abc import Iterable


def plain(name: str) -> str:
    """Put a name in the form in which it is compared.

    Case, accents and punctuation do not matter, nor does it whether a saint or
    an "and" is shortened.

    >>> plain("St. Mary-le-Bow & Ôld Tówn")
    'saint mary le bow and old town'
    >>> plain("King's Lynn") == plain("kings  lynn")
    True
    """
    unaccented = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", name.casefold())
        if not unicodedata.combining(letter)
    )
    unquoted = re.sub("['’‘`]", "", unaccented).replace("&", " and ")
    words = re.findall(r"[a-z0-9]+", unquoted)
    return " ".join("saint" if word == "st" else word for word in words)


def slug(name: str) -> str:
    """Put a name in the form it has in keys and addresses.

    >>> slug("Berrick Salome South Oxfordshire"), slug("King’s Lynn & Ôld Tówn")
    ('berrick-salome-south-oxfordshire', 'kings-lynn-old-town')
    """
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.split(r"[\s-]+", re.sub(r"[^a-z0-9_\s-]", "", letters))
    return "-".join(word for word in words if word).strip("-_")


def short_name(name: str) -> str:
    """Return the name of a place where room is short.

    >>> short_name("Abingdon on Thames"), short_name("Henley-on-Thames"), short_name("Thame")
    ('Abingdon', 'Henley', 'Thame')
    """
    for joint in (" on ", "-on-", ", ", " ("):
        name = name.split(joint)[0]
    return name


def nearest(name: str, names: Iterable[str], limit: int = 3) -> list[str]:
    """Give the names most like this one, the likeliest first; none if none is like it.

    >>> nearest("Oxfordshir", ["Devon", "Oxfordshire", "Central Bedfordshire"])
    ['Oxfordshire']
    >>> nearest("Stoke", ["Noke", "South Stoke", "Stoke Row"])
    ['South Stoke', 'Stoke Row']
    >>> nearest("zzz", ["Devon"])
    []
    """
    sought = plain(name)
    if not sought:
        return []
    likely = sorted((-_likeness(sought, plain(known)), known) for known in set(names))
    least = max(LEAST_LIKENESS, -likely[0][0] - NEARLY_AS_LIKE) if likely else 0
    return [known for likeness, known in likely[:limit] if -likeness >= least]


# Of a hundred. Below it, a suggestion puzzles more than it helps.
LEAST_LIKENESS = 75

# What is further from the name asked for than this, beside a nearer one, was not meant.
NEARLY_AS_LIKE = 10

# How like a name is to part of itself: likelier than a misspelling of another.
LIKENESS_OF_A_PART = 90
SHORTEST_PART = 3


def _likeness(sought: str, known: str) -> float:
    """Say, of a hundred, how like two plain names are: in their letters, or one part of the other.

    >>> _likeness("oxford", "oxfordshire"), _likeness("kent county council", "kent")
    (90, 90)
    """
    # Imported here, so that whoever only reads a table needs nothing but Python.
    from rapidfuzz import fuzz

    begins = len(sought) >= SHORTEST_PART and f" {sought}" in f" {known}"
    holds = len(known) >= SHORTEST_PART and f" {known} " in f" {sought} "
    if sought != known and (begins or holds):
        return LIKENESS_OF_A_PART
    return fuzz.ratio(sought, known)


def shown(text: str, longest: int = 60) -> str:
    """Give what somebody typed as a message may repeat it: printable, on one line and short.

    >>> shown("Devon\\x1b[31m  \\n and Cornwall")
    'Devon [31m and Cornwall'
    >>> len(shown("x" * 100_000))
    60
    """
    printable = "".join(sign if sign.isprintable() else " " for sign in text[: 4 * longest])
    line = " ".join(printable.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def did_you_mean(names: list[str]) -> str:
    """Ask about the names found, or say nothing when there are none.

    >>> did_you_mean(["Devon", "Dorset", "Durham"])
    'Did you mean Devon, Dorset or Durham?'
    >>> did_you_mean([])
    ''
    """
    if not names:
        return ""
    *first, last = names
    listed = f"{', '.join(first)} or {last}" if first else last
    return f"Did you mean {listed}?"
