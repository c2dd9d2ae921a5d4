"""Heads of the journal that were published: what a restored journal must agree with."""

import json
import re
from pathlib import Path
from typing import Any

from waywarden.upkeep.counting import Head, hash_of_line
from waywarden.upkeep.places import CannotDo

WRITTEN = re.compile(r"\b([0-9]{1,18})\b\D*?\b([0-9a-f]{64})\b")


def read(path: Path) -> list[Head]:
    """Read heads from a file: `/journal/head.json`, `/journal/heads.csv`, or lines of text."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotDo(f"{path} cannot be read as a file of published heads.") from error
    found = _of_json(text) or [Head(int(number), hash) for number, hash in WRITTEN.findall(text)]
    if not found:
        raise CannotDo(f"{path} names no head: a number and a hash of 64 letters and figures.")
    return sorted(found, key=lambda head: head.number)


def _of_json(text: str) -> list[Head]:
    try:
        return _inside(json.loads(text))
    except ValueError:
        return []


def _inside(value: Any) -> list[Head]:
    """Find the heads in a JSON value, however deep."""
    if isinstance(value, list):
        return [head for each in value for head in _inside(each)]
    if not isinstance(value, dict):
        return []
    number = value.get("line", value.get("number"))
    if isinstance(number, int) and isinstance(value.get("hash"), str):
        return [Head(number, value["hash"])]
    return [head for each in value.values() for head in _inside(each)]


def contradictions(database: Any, head: Head, published: list[Head]) -> list[str]:
    """Say which published heads a restored journal does not agree with."""
    return [
        f"Line {each.number} of the journal is not the one that was published: the journal was "
        "written anew after that, or before the backup."
        for each in published
        if 0 < each.number <= head.number and hash_of_line(database, each.number) != each.hash
    ]


def gap(head: Head, published: list[Head]) -> str:
    """Say how many changes are missing between a backup and the newest published head."""
    newest = max((each.number for each in published), default=0)
    if newest <= head.number:
        return ""
    missing = newest - head.number
    lines = f"line {newest}" if missing == 1 else f"lines {head.number + 1} to {newest}"
    return (
        f"Missing: {lines} of the journal, {missing:,} "
        f"{'change' if missing == 1 else 'changes'} made after the backup. What they did is "
        "undone: offices that ended are held again, feeds that were stopped answer again, and "
        "what was signed must be signed again."
    )
