"""Ranges drawn as bars with a dot, as SVG that a page holds. Pure."""

import math
from collections.abc import Sequence
from html import escape

from waywarden.planning.reports import Range
from waywarden.planning.words.wording import between, short_pounds

WIDTH, LEFT, RIGHT = 340, 8, 320
ROW = 58
COLOURS = ("#6f8084", "#44575c", "#0b4f5c")
# As wide as a letter of the words over a bar, generously: they stand on the lines of the axis.
LETTER = 7.4


def range_chart(rows: Sequence[tuple[str, Range]]) -> str:
    """Return named ranges one below the other: a dot for expected, a bar from low to high.

    Zero is on the axis. The words above each bar say its ends.
    """
    step, most = _axis(max(max(r.low, r.expected, r.high) for _, r in rows))
    bottom = ROW * len(rows) + 2
    drawn = "".join(_ticks(step, most, bottom))
    drawn += "".join(_row(i, name, r, most) for i, (name, r) in enumerate(rows))
    said = "; ".join(f"{name}, {between(r)}" for name, r in rows)
    return (
        f'<svg viewBox="0 0 {WIDTH} {bottom + 24}" role="img"'
        f' aria-label="{escape("Ranges of cost a year. " + said)}">{drawn}</svg>'
    )


def _axis(most: int) -> tuple[int, int]:
    """Return a round distance between lines, and the last one, to hold an amount of pence.

    >>> _axis(2_330_000_00)
    (50000000, 250000000)
    """
    if most <= 0:
        return 100, 100
    rough = most / 5
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= rough)
    return int(step), int(step) * math.ceil(most / step)


def _at(pence: int, most: int) -> float:
    return LEFT + (RIGHT - LEFT) * pence / most


def _ticks(step: int, most: int, bottom: int) -> list[str]:
    ticks = []
    named = 2 if most > 4 * step else 1
    for number, pence in enumerate(range(0, most + 1, step)):
        x = _at(pence, most)
        ticks.append(f'<path d="M{x:.1f} 4V{bottom}" stroke="#c5d0ce"/>')
        if number % named == 0:
            anchor = "start" if number == 0 else "middle"
            ticks.append(
                f'<text x="{x:.1f}" y="{bottom + 17}" font-size="12.5" text-anchor="{anchor}"'
                f' fill="#44575c">{short_pounds(pence)}</text>'
            )
    return ticks


def _row(number: int, name: str, amount: Range, most: int) -> str:
    top, colour = number * ROW, COLOURS[number % len(COLOURS)]
    low, high = sorted((amount.low, amount.high))
    start, end, dot = _at(low, most), _at(high, most), _at(amount.expected, most)
    words, y = f"{name}: {between(amount)}", top + 40
    bar = f'stroke="{colour}" stroke-width="3"'
    return (
        f'<rect x="0" y="{top + 8}" width="{len(words) * LETTER:.0f}" height="18" fill="#fff"/>'
        f'<text x="6" y="{top + 22}" font-size="13.5" font-weight="600">{escape(words)}</text>'
        f'<path d="M{start:.1f} {y}H{end:.1f}" {bar}/>'
        f'<path d="M{start:.1f} {y - 6}v12M{end:.1f} {y - 6}v12" {bar}/>'
        f'<circle cx="{dot:.1f}" cy="{y}" r="7" fill="{colour}" stroke="#fff" stroke-width="2"/>'
    )
