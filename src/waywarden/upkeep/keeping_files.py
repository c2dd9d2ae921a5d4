"""Stored files in a backup: each lies under its hash, so a copy can be told from a damaged one."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from waywarden.upkeep import manifests

NAME = re.compile(r"[0-9a-f]{64}")


def stored(root: Path) -> Iterator[tuple[str, Path]]:
    """Give each stored file with the hash it is named by; not those that are being written."""
    if not root.is_dir():
        return
    for path in sorted(root.rglob("*")):
        named = "".join(path.relative_to(root).parts)
        if path.is_file() and NAME.fullmatch(named):
            yield named, path


def copy_files(source: Path, target: Path) -> dict[str, int]:
    """Copy the stored files that are not there yet; return the size of each by its hash.

    Call it after the database was copied: a row is only written once its file
    is, so that every file the copied rows name is there by then.
    """
    sizes = {}
    for name, path in stored(source):
        copy = target / path.relative_to(source)
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            part = copy.with_name(f".part-{copy.name}")
            shutil.copyfile(path, part)
            manifests.settle(part)
            os.replace(part, copy)
        sizes[name] = copy.stat().st_size
    return sizes


def faults(root: Path, expected: dict[str, int]) -> list[str]:
    """Say which stored files of a backup are missing or not what their name says."""
    there = dict(stored(root))
    found = [f"The stored file {name} is missing." for name in sorted(expected.keys() - there)]
    for name, path in there.items():
        if manifests.hash_of(path) != name:
            found.append(f"The stored file {name} is damaged.")
    return found
