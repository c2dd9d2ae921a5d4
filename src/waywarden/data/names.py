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


def nearest(name: str, names: Iterable[str], limit: int = 3) -> list[str]:
    """Give the names most like this one, the likeliest first; none if none is like it.

    >>> nearest("Oxfordshir", ["Devon", "Oxfordshire", "Herefordshire"])[0]
    'Oxfordshire'
    >>> nearest("zzz", ["Devon"])
    []
    """
    # Imported here, so that whoever only reads a table needs nothing but Python.
    from rapidfuzz import fuzz, process

    if not plain(name):
        return []
    found = process.extract(
        name,
        sorted(set(names)),
        scorer=fuzz.WRatio,
        processor=plain,
        limit=limit,
        score_cutoff=LEAST_LIKENESS,
    )
    return [likely for likely, _, _ in found]


# Of a hundred. Below it, a suggestion puzzles more than it helps.
LEAST_LIKENESS = 75


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
