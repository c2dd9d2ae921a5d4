"""Names on a still map: discs are placed first, names give way, none overlaps another. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol
from xml.sax.saxutils import escape

INK = "#14262b"

# How wide a letter is, in letter heights. Generous: the reader's own type draws it.
LETTER_WIDTH = 0.6
DISC = 3.6
GAP = 7.0


class Paper(Protocol):
    """What must be known of the sheet: its size and the height of its letters."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def letters(self) -> float: ...


@dataclass(frozen=True)
class Name:
    """A name to write at a place on the sheet."""

    words: str
    x: float
    y: float
    has_disc: bool = True
    #: Half the width of the sign it stands beside and which serves for its disc; 0 where none.
    beside: float = 0.0

    @property
    def draws_disc(self) -> bool:
        """Whether a disc of its own is drawn."""
        return self.has_disc and not self.beside

    @property
    def room(self) -> "Box":
        """The room its disc takes, or the sign it stands beside."""
        return around(self.x, self.y, self.beside or DISC)


class Box(NamedTuple):
    """The room a disc or a name takes."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Whether two boxes share any room."""
        is_beside = self.right <= other.left or other.right <= self.left
        is_above = self.bottom <= other.top or other.bottom <= self.top
        return not (is_beside or is_above)

    def is_on(self, sheet: Paper) -> bool:
        """Whether the whole box lies on the sheet."""
        return (
            self.left >= 2
            and self.top >= 2
            and self.right <= sheet.width - 2
            and self.bottom <= sheet.height - 2
        )


def around(x: float, y: float, half: float) -> Box:
    """Return the room of a sign of this half width, with a pixel to spare."""
    return Box(x - half - 1, y - half - 1, x + half + 1, y + half + 1)


class Written(NamedTuple):
    """A name with the room found for it."""

    words: str
    x: float
    y: float
    anchor: str
    box: Box
    has_disc: bool


def arrange(names: Sequence[Name], sheet: Paper, signs: Sequence[Box] = ()) -> list[Written]:
    """Find room for each name in turn; one that fits nowhere is left out, never shrunk.

    Names keep clear of ``signs``, which were placed before them.
    """
    taken = [*signs, *(name.room for name in names if name.draws_disc)]
    written: list[Written] = []
    for name in names:
        own = name.room if name.has_disc else None
        others = [box for box in taken if box != own]
        room = next(
            (w for w in _ways(name, sheet) if w.box.is_on(sheet) and _is_free(w.box, others)), None
        )
        if room:
            written.append(room)
            taken.append(room.box)
    return written


def write(names: Sequence[Name], sheet: Paper, signs: Sequence[Box] = ()) -> str:
    """Return the discs and the names that fit, as SVG."""
    on_sheet = [name for name in names if name.room.is_on(sheet)]
    discs = "".join(
        f'<circle cx="{n.x:.1f}" cy="{n.y:.1f}" r="{DISC}"/>' for n in on_sheet if n.draws_disc
    )
    words = "".join(_text(written) for written in arrange(on_sheet, sheet, signs))
    discs = f'<g fill="{INK}" stroke="#fff" stroke-width="1.5">{discs}</g>' if discs else ""
    halo = 'paint-order="stroke" stroke="#fff" stroke-width="3.5" stroke-linejoin="round"'
    style = f'font-size="{sheet.letters:g}" font-weight="500" fill="{INK}" {halo}'
    return discs + (f"<g {style}>{words}</g>" if words else "")


def _text(written: Written) -> str:
    weight = "" if written.has_disc else ' font-weight="700" letter-spacing=".4"'
    place = f'x="{written.x:.1f}" y="{written.y:.1f}" text-anchor="{written.anchor}"'
    return f"<text {place}{weight}>{escape(written.words)}</text>"


def _is_free(box: Box, taken: Sequence[Box]) -> bool:
    return not any(box.overlaps(other) for other in taken)


def _ways(name: Name, sheet: Paper) -> Iterator[Written]:
    """Try the right of the disc, then left, above and below; else the middle and near it."""
    high = sheet.letters
    middle = name.y + high * 0.35
    if not name.has_disc:
        for down in (0.0, -high, high, -2 * high, 2 * high):
            yield _written(name, name.x, middle + down, "middle", high)
        return
    gap = name.beside + GAP - DISC if name.beside else GAP
    yield _written(name, name.x + gap, middle, "start", high)
    yield _written(name, name.x - gap, middle, "end", high)
    yield _written(name, name.x, name.y - gap, "middle", high)
    yield _written(name, name.x, name.y + gap + high * 0.8, "middle", high)


def _written(name: Name, x: float, y: float, anchor: str, high: float) -> Written:
    wide = len(name.words) * high * LETTER_WIDTH
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
    box = Box(left, y - high * 0.85, left + wide, y + high * 0.25)
    return Written(name.words, x, y, anchor, box, name.has_disc)
