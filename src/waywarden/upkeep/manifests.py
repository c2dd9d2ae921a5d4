"""What a backup says of itself. It is written last: a backup without it is none."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from waywarden.upkeep.counting import Counted, Head
from waywarden.upkeep.places import CannotDo

NAME = "manifest.json"
FORM = 1


@dataclass(frozen=True)
class Manifest:
    """When a backup was made, of what, and what must be found in it."""

    made_at: datetime
    version: str
    vendor: str
    counted: Counted
    #: The hash of each part of the copied database, by its name in the backup.
    parts: dict[str, str]
    #: How many bytes each stored file has, by its hash.
    files: dict[str, int]
    #: The migrations that had been run, as app and name.
    migrations: list[tuple[str, str]]
    #: The columns of each table in the order of its part; PostgreSQL alone needs them.
    columns: dict[str, list[str]] = field(default_factory=dict)

    @property
    def head(self) -> Head:
        """Where the journal stood."""
        return self.counted.head


def write(manifest: Manifest, folder: Path) -> None:
    """Write what a backup says of itself."""
    told = asdict(manifest) | {"form": FORM, "made_at": manifest.made_at.isoformat()}
    (folder / NAME).write_text(json.dumps(told, indent=1, sort_keys=True), encoding="utf-8")


def read(folder: Path, *, called: Path) -> Manifest:
    """Read what a backup says of itself; complain of it under the name it was given by."""
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if told.pop("form") != FORM:
            raise CannotDo("The backup was made by a newer version. Restore it with that one.")
        return Manifest(**told | _values(told))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CannotDo(
            f"{called} is not a whole backup: it does not say what it holds. A copy of the "
            "database's file alone is none, for it may lack what was saved last."
        ) from error


def _values(told: dict) -> dict[str, object]:
    counts = told["counted"]
    return {
        "made_at": datetime.fromisoformat(told["made_at"]),
        "counted": Counted(counts["rows"], Head(**counts["head"])),
        "migrations": [(app, name) for app, name in told["migrations"]],
    }


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def settle(path: Path) -> None:
    """Let a file, or the names in a folder, outlast a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
