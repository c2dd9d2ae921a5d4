"""Read one cell as a number or a date, or say plainly what is wrong with it."""

import re
from datetime import date

from waywarden.fabric.tables.problems import CellRefused

# Ten figures before the point: thousandths of them still fit a 64-bit column.
MOST_FIGURES = 10
NUMBER = re.compile(r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<decimals>[0-9]+))?")
DATES = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"),
)


def whole(text: str) -> int:
    """Read a whole number, nought or more.

    >>> whole("1,234")
    1234
    """
    figures, decimals = parts_of_number(text)
    if decimals:
        raise CellRefused(f"{quoted(text)} is not a whole number: leave out the decimals.")
    return figures


def decimal_milli(text: str) -> int:
    """Read a number, nought or more, as thousandths.

    >>> decimal_milli("1,234.5")
    1234500
    """
    figures, decimals = parts_of_number(text)
    if len(decimals) > 3:
        raise CellRefused(f"{quoted(text)} has more than three decimals: round it to three.")
    return figures * 1_000 + int(decimals.ljust(3, "0"))


def iso_date(text: str) -> date:
    """Read a date, day first or year first.

    >>> iso_date("31/12/2026"), iso_date("2026-12-31")
    (datetime.date(2026, 12, 31), datetime.date(2026, 12, 31))
    """
    found = [match for pattern in DATES if (match := pattern.fullmatch(text.strip()))]
    if not found:
        raise CellRefused(f"{quoted(text)} is not a date: write it as 31/12/2026 or 2026-12-31.")
    year, month, day = (int(found[0][part]) for part in ("year", "month", "day"))
    try:
        return date(year, month, day)
    except ValueError:
        raise CellRefused(f"{quoted(text)} is not a day of the calendar.") from None


def parts_of_number(text: str) -> tuple[int, str]:
    """The whole part of a number, and its decimals without trailing noughts."""
    stripped = text.strip()
    match = NUMBER.fullmatch(stripped)
    if not match:
        raise CellRefused(why_not_a_number(stripped))
    figures = match["whole"].replace(",", "").lstrip("0")
    if len(figures) > MOST_FIGURES:
        raise CellRefused(f"{quoted(text)} is too large: check the unit.")
    return int(figures or "0"), (match["decimals"] or "").rstrip("0")


def why_not_a_number(text: str) -> str:
    """Say what keeps a text from being a number, nought or more."""
    if not text:
        return "It is empty: write a number, or leave out the row if it is not known."
    if "£" in text:
        return f"{quoted(text)} has a pound sign: write the number alone."
    if re.fullmatch(r"[-−–(]\s*[0-9].*", text):
        return f"{quoted(text)} is less than nothing: write a number, nought or more."
    if re.fullmatch(r"[0-9.]+,[0-9]{1,2}", text):
        return f"{quoted(text)} has a comma before its decimals: write a point."
    if re.match(r"[0-9]", text) and re.search(r"[^\W\d_]", text):
        return f"{quoted(text)} has more than a number in it: write the number alone."
    return f"{quoted(text)} is not a number."


def quoted(text: str) -> str:
    """A cell as a sentence may quote it: without control characters, and not endless.

    >>> quoted("Wychbourne " * 9)
    "'Wychbourne Wychbourne Wychbourne Wychbou…'"
    """
    shown = "".join(letter if letter.isprintable() else " " for letter in text.strip())
    return f"'{shown[:40]}…'" if len(shown) > 41 else f"'{shown}'"
