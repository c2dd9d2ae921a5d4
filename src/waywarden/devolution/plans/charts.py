"""The chart of three costs with their ranges, laid out for a template to draw. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from waywarden.fabric.common.wording import money_span, short_pounds
from waywarden.planning.reports import Range

LEFT, WIDTH, ROW = 6.0, 316.0, 58
MOST_MARKS = 6
#: Width of a letter of the words above a bar, about.
LETTER = 7.3


@dataclass(frozen=True)
class Bar:
    """One cost: its words, where its ends and its middle are, and its tone."""

    name: str
    words: str
    low: float
    expected: float
    high: float
    y: int
    tone: str

    @property
    def text_y(self) -> int:
        """Where its words stand, above it."""
        return self.y - 18

    @property
    def cap_y(self) -> int:
        """Where the strokes at its ends begin."""
        return self.y - 6

    @property
    def ground_y(self) -> int:
        """Where the white behind its words begins."""
        return self.y - 32

    @property
    def ground_width(self) -> float:
        """How wide the white behind its words is."""
        return round(LETTER * len(f"{self.name}: {self.words}"), 1)


@dataclass(frozen=True)
class Mark:
    """A line of the scale, and what is written under it; nothing under every other one."""

    x: float
    words: str
    anchor: str


@dataclass(frozen=True)
class Chart:
    """Bars over a scale that begins at nothing."""

    bars: list[Bar]
    marks: list[Mark]

    @property
    def foot(self) -> int:
        """Where the lines of the scale end."""
        return ROW * len(self.bars) + 2

    @property
    def height(self) -> int:
        return self.foot + 24

    @property
    def words_y(self) -> int:
        """Where the words under the scale stand."""
        return self.foot + 17


TONES = ("now", "alone", "planned")


def ranges_chart(costs: Mapping[str, Range]) -> Chart:
    """Lay out up to three costs, by the words that name them."""
    most = max((cost.high for cost in costs.values()), default=0)
    step = _step(most)
    last = max(1, -(-most // step)) * step
    bars = [
        _bar(name, cost, last, at=at, tone=TONES[at])
        for at, (name, cost) in enumerate(costs.items())
    ]
    return Chart(bars, _marks(step, last))


def _step(most: int) -> int:
    """Return how much lies between two lines: 1, 2 or 5 and noughts, so that they are few."""
    for noughts in range(4, 20):
        for lead in (1, 2, 5):
            step = int(lead * 10**noughts)
            if most <= step * MOST_MARKS:
                return step
    raise ValueError(f"{most} is no sum of money.")


def _marks(step: int, last: int) -> list[Mark]:
    sums = range(0, last + 1, step)
    return [
        Mark(
            _x(pence, last),
            short_pounds(pence).replace(".00", "") if at % 2 == 0 else "",
            "start" if at == 0 else "end" if pence == last else "middle",
        )
        for at, pence in enumerate(sums)
    ]


def _bar(name: str, cost: Range, last: int, *, at: int, tone: str) -> Bar:
    low, expected, high = (_x(pence, last) for pence in (cost.low, cost.expected, cost.high))
    words = money_span(cost.low, cost.high, is_short=True)
    return Bar(name, words, low, expected, high, y=40 + ROW * at, tone=tone)


def _x(pence: int, last: int) -> float:
    return round(LEFT + WIDTH * pence / last, 1)
