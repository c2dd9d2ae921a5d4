"""Content in the installation's folder, under its own hash: what is there is whole, or not there.

The same content is there once, however often it is sent. A row that names
content is only written once that content would outlast a power cut.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from waywarden.fabric.common.refusals import Refusal

#: What a name begins with while content is being written, and while it is being removed.
PART, ASIDE = ".new-", ".old-"
#: What a name begins with that was never finished: `upkeep` restores under the second.
UNFINISHED = (PART, ".part-")


class NotKept(Refusal):
    """Content that could not be written; the message says what to do."""


def path_of(sha256: str) -> Path:
    """Return where content of this hash is, or would be."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:]


def hash_of(content: bytes) -> str:
    """Return the name of content."""
    return hashlib.sha256(content).hexdigest()


def keep(content: bytes) -> str:
    """Write content so that it lasts, and return its hash."""
    sha256 = hash_of(content)
    place = path_of(sha256)
    if is_whole(sha256) and touch(sha256):
        return sha256
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _write(content, place)
    except OSError as error:
        raise NotKept(
            "The file could not be kept: there is no room on the disk, or it cannot be written "
            "to. Tell whoever looks after this site, and try again later."
        ) from error
    return sha256


def read(sha256: str) -> bytes | None:
    """Return content, if it is there and is what its name says."""
    try:
        content = path_of(sha256).read_bytes()
    except OSError:
        return None
    return content if hash_of(content) == sha256 else None


def is_whole(sha256: str) -> bool:
    """Whether content is there and is what its name says."""
    return read(sha256) is not None


def touch(sha256: str) -> bool:
    """Let content be as young as if it had come now; say whether it could be done.

    It cannot where it is not there, or belongs to another user of the machine.
    """
    try:
        os.utime(path_of(sha256))
    except OSError:
        return False
    return True


def lies(sha256: str) -> bool:
    """Whether anything lies under a hash."""
    return path_of(sha256).exists()


@dataclass(frozen=True)
class Held:
    """Content as it lies on the disk: the hash it is named by; none where it was never finished."""

    name: str
    path: Path
    size: int

    @property
    def is_unfinished(self) -> bool:
        return not self.name


def old(before: datetime) -> Iterator[Held]:
    """Give what lies on the disk and came before a moment, also what was never finished."""
    root = Path(settings.FILES_ROOT)
    _put_back(root)
    for path in sorted(root.glob("??/*")):
        # What is being written at this moment has another name at the next.
        with suppress(FileNotFoundError):
            found = path.stat()
            if found.st_mtime < before.timestamp():
                is_unfinished = path.name.startswith(UNFINISHED)
                name = "" if is_unfinished else path.parent.name + path.name
                yield Held(name, path, found.st_size)


def _put_back(root: Path) -> None:
    """Put back what was set aside when the machine stopped."""
    for path in root.glob(f"??/{ASIDE}*"):
        os.replace(path, path.with_name(path.name.removeprefix(ASIDE)))


def remove(held: Held, *, before: datetime, may_go: Callable[[str], bool]) -> bool:
    """Remove content that nothing names; say whether it was removed.

    Somebody may send the same content at this moment. It is put aside first, and put back
    where it has become young or may not go any more by then; where they look while it is
    aside, they write it anew.
    """
    aside = held.path.with_name(f"{ASIDE}{held.path.name}")
    os.replace(held.path, aside)
    is_young = aside.stat().st_mtime >= before.timestamp()
    if is_young or not (held.is_unfinished or may_go(held.name)):
        os.replace(aside, held.path)
        return False
    aside.unlink()
    return True


def _write(content: bytes, place: Path) -> None:
    descriptor, made = tempfile.mkstemp(dir=place.parent, prefix=PART)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(made, place)
    except OSError:
        Path(made).unlink(missing_ok=True)
        raise
    for folder in (place.parent, place.parent.parent):
        _settle(folder)


def _settle(folder: Path) -> None:
    """Let a new name in a folder outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
