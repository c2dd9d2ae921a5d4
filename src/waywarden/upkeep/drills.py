"""A drill: a backup is restored and tried beside the live site, and what came of it is noted."""

from datetime import UTC, datetime
from pathlib import Path

from waywarden.upkeep.counting import Head
from waywarden.upkeep.manifests import settle
from waywarden.upkeep.places import CannotDo, Place
from waywarden.upkeep.restoring import Tried, restored_beside

LOG = "drills.log"


def drill(path: Path, live: Place, published: list[Head], *, now: datetime) -> Tried:
    """Try a backup and note it in the log of drills; nothing live is touched."""
    try:
        with restored_beside(path, live, published) as (tried, *_):
            pass
    except CannotDo as error:
        note(live.folder, path, [str(error)], "", now=now)
        raise
    note(live.folder, path, tried.faults, _said(tried), now=now)
    return tried


def _said(tried: Tried) -> str:
    counts = tried.manifest.counted
    held = f"{counts.total} rows, journal at line {counts.head.number}"
    return " ".join([f"{held}, {len(tried.manifest.files)} files.", *tried.told])


def note(folder: Path, path: Path, faults: list[str], said: str, *, now: datetime) -> None:
    """Add a dated line to the log of drills; a line of the log is one line, whatever it tells."""
    came_of_it = f"failed: {' '.join(faults)}" if faults else f"passed: {said}"
    words = f"{now.astimezone(UTC).isoformat(timespec='seconds')} {path.name} {came_of_it}"
    log = folder / LOG
    with log.open("a", encoding="utf-8") as file:
        file.write("".join(sign if sign.isprintable() else " " for sign in words) + "\n")
    settle(log)
