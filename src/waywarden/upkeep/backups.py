"""Making a backup: one folder or one file, whole or not there."""

import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from waywarden import __version__
from waywarden.upkeep import keeping_files, manifests
from waywarden.upkeep.copying import copy_database
from waywarden.upkeep.manifests import Manifest
from waywarden.upkeep.places import CannotDo, Place

UNFINISHED = ".unfinished-"
FILES = "files"


@dataclass(frozen=True)
class Backup:
    """A backup that was made: where it is and what it says of itself."""

    path: Path
    manifest: Manifest

    @property
    def said(self) -> str:
        """What it holds, in a line."""
        counted, files = self.manifest.counted, len(self.manifest.files)
        return (
            f"{counted.total:,} rows in {len(counted.rows)} tables, the journal up to line "
            f"{counted.head.number:,}, {files:,} stored {'file' if files == 1 else 'files'}"
        )


def back_up(place: Place, into: Path, *, now: datetime, as_file: bool = False) -> Backup:
    """Back up an installation into a folder of backups, under a name that tells when.

    Until it is whole it has another name, that of something unfinished: a
    backup that was cut off is never taken for one.
    """
    path = into / f"waywarden-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}{'.tar' if as_file else ''}"
    if path.exists():
        raise CannotDo(f"There is {path} already. Wait a second and try again.")
    into.mkdir(parents=True, exist_ok=True)
    with _unfinished(into) as folder:
        manifest = fill(place, folder, now=now)
        _settle_all(folder)
        if as_file:
            _pack(folder, path)
        else:
            folder.rename(path)
        manifests.settle(into)
    return Backup(path, manifest)


def fill(place: Place, folder: Path, *, now: datetime) -> Manifest:
    """Copy an installation into an empty folder, with what it must be found to hold."""
    copied = copy_database(place, folder)
    files = keeping_files.copy_files(place.files, folder / FILES)
    manifest = Manifest(
        made_at=now,
        version=__version__,
        vendor=place.vendor,
        counted=copied.counted,
        parts=_parts(folder),
        files=files,
        migrations=copied.migrations,
        columns=copied.columns,
    )
    manifests.write(manifest, folder)
    return manifest


def _parts(folder: Path) -> dict[str, str]:
    """Hash what was copied of the database."""
    named = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
    return {
        name: manifests.hash_of(path)
        for name, path in named.items()
        if path.is_file() and not name.startswith(f"{FILES}/")
    }


@contextmanager
def _unfinished(into: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=into))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settle_all(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        manifests.settle(path)
    manifests.settle(folder)


def _pack(folder: Path, path: Path) -> None:
    """Make one file of a folder, what it says of itself last."""
    descriptor, made = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                says = folder / manifests.NAME
                parts = sorted(part for part in folder.rglob("*") if part.is_file())
                for item in [*(part for part in parts if part != says), says]:
                    tar.add(item, arcname=item.relative_to(folder).as_posix(), recursive=False)
            file.flush()
            os.fsync(file.fileno())
        os.replace(made, path)
    finally:
        Path(made).unlink(missing_ok=True)


@contextmanager
def unpacked(path: Path, beside: Path) -> Iterator[tuple[Path, Manifest]]:
    """Give the folder of a backup and what it says of itself; one file is unpacked for a while."""
    if path.is_dir():
        yield path, manifests.read(path, called=path)
        return
    if not path.is_file():
        raise CannotDo(f"There is no backup {path}. Check the name and the folder.")
    with tempfile.TemporaryDirectory(dir=beside, prefix=UNFINISHED) as made:
        _unpack(path, Path(made))
        yield Path(made), manifests.read(Path(made), called=path)


def _unpack(path: Path, folder: Path) -> None:
    try:
        with tarfile.open(path) as tar:
            for member in tar:
                target = (folder / member.name).resolve()
                source = tar.extractfile(member) if member.isreg() else None
                if source is None or not target.is_relative_to(folder.resolve()):
                    raise CannotDo(f"{path} holds {member.name!r}, which no backup of ours does.")
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as file:
                    shutil.copyfileobj(source, file)
    except (tarfile.TarError, EOFError) as error:
        raise CannotDo(f"{path} is not a whole backup: it breaks off, or is none.") from error
