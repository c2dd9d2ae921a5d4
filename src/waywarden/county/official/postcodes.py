"""Taking in where postcodes are, from the national files, a row at a time."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Max, Min

from waywarden.county.official.grid import is_in_degrees, is_on_grid, to_degrees, to_metres
from waywarden.county.places import actions
from waywarden.county.places.models import Area, Boundary, Postcode
from waywarden.county.places.naming import in_quotes, refuse_empty_installation
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.tables.previews import Preview, counted
from waywarden.fabric.tables.problems import Problem, UnreadableTable
from waywarden.fabric.tables.reading import key_of

Progress = Callable[[str, float], None]

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
POSTCODES = ("pcds", "pcd", "pcd2", "pcd7", "pcd8", "postcode")
ACROSS = ("long", "lon", "lng", "longitude")
UP = ("lat", "latitude")
EASTS = ("oseast1m", "east1m", "easting", "eastings")
NORTHS = ("osnrth1m", "north1m", "northing", "northings")
ENDED = ("doterm",)
# Code-Point Open has no headings: postcode, quality, easting, northing.
CODE_POINT = {"postcode": 0, "x": 2, "y": 3}
# How both national files write that a postcode has no position.
NOWHERE = {("", ""), ("0", "0"), ("0.000000", "99.999999"), ("0", "99.999999")}
MOST_PROBLEMS = 50
AROUND_M = 2_000
ROWS_BETWEEN_WORDS = 20_000
HOW = (
    "Send the postcode directory of the Office for National Statistics, or Code-Point Open, as CSV."
)


def take_in_postcodes(
    file: Path,
    *,
    on: date,
    by: Actor,
    today: date,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Preview:
    """Take in where the postcodes in and around our counties are; all rows or none.

    Raises ``Refusal`` or ``UnreadableTable`` where the file as a whole cannot be read.
    """
    refuse_empty_installation()
    walk = Walk(file, _boxes(), progress or (lambda stage, share: None))
    with transaction.atomic():
        recorded = actions.record_postcodes(
            of=Subject("postcodes", "postcodes"), postcodes=walk.postcodes(), by=by, today=today
        )
        transaction.set_rollback(dry_run or bool(walk.problems))
    about = f"{counted(walk.rows, 'row')} read."
    if walk.problems:
        stopped = " Reading stopped there." if len(walk.problems) == MOST_PROBLEMS else ""
        return Preview((about + stopped,), tuple(walk.problems))
    counts = {
        "new": recorded.new,
        "moved": recorded.moved,
        "held already": recorded.unchanged,
        "too far away": walk.far,
        "no longer in use": walk.ended,
        "without a position": walk.nowhere,
    }
    said = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    grid = [
        "Eastings and northings turned into longitude and latitude, right to about five metres."
    ]
    changes = [] if recorded.new or recorded.moved else ["Nothing changes."]
    changes += ["Nothing was saved: a dry run."] if dry_run else []
    return Preview((about, f"{said}.", *(grid if walk.was_on_grid else []), *changes))


Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Around:
    """The box round a county and two kilometres more, in degrees and in metres."""

    degrees: Box
    metres: Box


def _boxes() -> list[Around]:
    """Return the box round each county held, from the shapes of its places."""
    held = Boundary.objects.filter(area__in=Area.objects.lowest()).values(
        "area__county", "area__within"
    )
    rows = held.values_list("area__county").annotate(
        Min("min_lon"), Min("min_lat"), Max("max_lon"), Max("max_lat")
    )
    boxes = [_around(*row[1:]) for row in rows.order_by("area__county")]
    if not boxes:
        raise Refusal("No shapes of places are held, so which postcodes are near cannot be told.")
    return boxes


def _around(west: float, south: float, east: float, north: float) -> Around:
    corners = [to_metres(x, y) for x in (west, east) for y in (south, north)]
    easts, norths = zip(*corners, strict=True)
    metres = (
        min(easts) - AROUND_M,
        min(norths) - AROUND_M,
        max(easts) + AROUND_M,
        max(norths) + AROUND_M,
    )
    left, low = to_degrees(*metres[:2])
    right, high = to_degrees(*metres[2:])
    degrees = (min(west, left), min(south, low), max(east, right), max(north, high))
    return Around(degrees, metres)


@dataclass
class Walk:
    """One reading of a file from top to bottom, which keeps count as it goes."""

    file: Path
    boxes: list[Around]
    say: Progress
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0
    far: int = 0
    ended: int = 0
    nowhere: int = 0
    was_on_grid: bool = False
    _row_of: dict[str, int] = field(default_factory=dict)

    def postcodes(self) -> Iterator[Postcode]:
        """Yield the postcodes near our counties; stop when too many rows are wrong."""
        source = f"Loaded from {self.file.name}"
        for number, code, x, y in self._near():
            first = self._row_of.setdefault(code, number)
            if first != number:
                self._wrong(
                    number, f"{code} stands in row {first} already. Keep one of the two rows."
                )
                continue
            longitude, latitude = (x, y) if is_in_degrees(x, y) else to_degrees(x, y)
            yield Postcode(
                code=code, longitude=round(longitude, 6), latitude=round(latitude, 6), source=source
            )

    def _near(self) -> Iterator[tuple[int, str, float, float]]:
        for number, code, x_text, y_text in self._live_rows():
            if len(self.problems) >= MOST_PROBLEMS:
                return
            bare = code.replace(" ", "").upper()
            if not POSTCODE.fullmatch(bare):
                self._wrong(number, f"{in_quotes(code)} is not a postcode.")
                continue
            position = self._position(number, x_text, y_text)
            if position is None:
                continue
            if self._is_near(*position):
                yield number, bare, *position
            else:
                self.far += 1

    def _position(self, number: int, x_text: str, y_text: str) -> tuple[float, float] | None:
        if (x_text, y_text) in NOWHERE:
            self.nowhere += 1
            return None
        try:
            x, y = float(x_text), float(y_text)
        except ValueError:
            x = y = float("nan")
        if is_in_degrees(x, y) or is_on_grid(x, y):
            return x, y
        pair = f"{in_quotes(x_text)} and {in_quotes(y_text)}"
        self._wrong(number, f"{pair} are neither longitude and latitude nor easting and northing.")
        return None

    def _is_near(self, x: float, y: float) -> bool:
        is_degrees = is_in_degrees(x, y)
        self.was_on_grid |= not is_degrees
        for box in self.boxes:
            west, south, east, north = box.degrees if is_degrees else box.metres
            if west <= x <= east and south <= y <= north:
                return True
        return False

    def _live_rows(self) -> Iterator[tuple[int, str, str, str]]:
        """Yield the row number, postcode and position of the postcodes in use."""
        columns: dict[str, int] = {}
        for number, cells in self._lines():
            if not columns:
                columns, is_heading = _columns(cells)
                if is_heading:
                    continue
            self.rows += 1
            try:
                if cells[columns["ended"]] if "ended" in columns else "":
                    self.ended += 1
                    continue
                yield (
                    number,
                    cells[columns["postcode"]].strip(),
                    cells[columns["x"]].strip(),
                    cells[columns["y"]].strip(),
                )
            except IndexError:
                self._wrong(number, "It breaks off before its position.")
                if len(self.problems) >= MOST_PROBLEMS:
                    return
        if not self.rows:
            raise UnreadableTable(f"There are no postcodes in this file. {HOW}")

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows that have anything in them, and say now and then how far we are."""
        size = self.file.stat().st_size or 1
        with self.file.open("rb") as binary:
            _refuse_workbook(binary.read(4))
            binary.seek(0)
            lines = io.TextIOWrapper(binary, encoding="utf-8-sig", errors="replace", newline="")
            reader = csv.reader(lines, strict=True)
            try:
                for number, cells in enumerate(reader, start=1):
                    if cells:
                        yield number, cells
                    if number % ROWS_BETWEEN_WORDS == 0:
                        self.say("postcodes", min(0.99, binary.tell() / size))
            except csv.Error:
                raise UnreadableTable(
                    f"Row {reader.line_num:,} cannot be read: a quotation mark may be open. {HOW}"
                ) from None

    def _wrong(self, number: int, sentence: str) -> None:
        self.problems.append(Problem(number, "", sentence))


def _refuse_workbook(start: bytes) -> None:
    if start.startswith(b"PK"):
        raise UnreadableTable(
            "This is a zip file or a workbook. Unpack it, and load the CSV in it."
        )


def _columns(cells: list[str]) -> tuple[dict[str, int], bool]:
    """Return which columns count, and whether the first row is one of headings."""
    keys = [key_of(cell) for cell in cells]

    def at(*names: str) -> int | None:
        return next((keys.index(name) for name in names if name in keys), None)

    postcode, ended = at(*POSTCODES), at(*ENDED)
    x, y = at(*ACROSS), at(*UP)
    if x is None or y is None:
        x, y = at(*EASTS), at(*NORTHS)
    if postcode is not None and x is not None and y is not None:
        found = {"postcode": postcode, "x": x, "y": y}
        return found | ({} if ended is None else {"ended": ended}), True
    if len(cells) >= 4 and POSTCODE.fullmatch(cells[0].replace(" ", "").upper()):
        return CODE_POINT, False
    raise UnreadableTable(
        "We found no columns of postcodes with latitude and longitude, or easting and northing. "
        f"{HOW}"
    )
