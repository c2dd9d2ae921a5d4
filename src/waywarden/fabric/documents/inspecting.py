"""Look into what somebody sent, beside us: what is it, and which bytes of it are kept?"""

import json
import re
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.documents import limits
from waywarden.fabric.documents.kinds import ENDINGS
from waywarden.fabric.documents.open_upload import DAMAGED, TOO_MUCH

READER = Path(__file__).with_name("open_upload.py")
BOUNDS = {
    "pixels": limits.MOST_PIXELS,
    "jpeg_pixels": limits.MOST_JPEG_PIXELS,
    "side": limits.MOST_SIDE,
    "unpacked": limits.MOST_UNPACKED_BYTES,
    "files": limits.MOST_FILES_IN_PACKAGE,
    "memory": limits.MOST_MEMORY_BYTES,
    "seconds": limits.MOST_PROCESSOR_SECONDS,
}
#: Signs that turn the writing about, or cannot be seen: a name must read as what it is.
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


class CannotAccept(Refusal):
    """A file that is not kept; the message says why and what to do."""


@dataclass(frozen=True)
class Inspected:
    """What somebody sent, as it is kept."""

    media_type: str
    content: bytes


def inspected(content: bytes, *, most_bytes: int) -> Inspected:
    """Return what a file is and the bytes to keep. Raises `CannotAccept`."""
    if not content:
        raise CannotAccept("This file is empty. Choose another.")
    if len(content) > most_bytes:
        raise CannotAccept(too_large(most_bytes))
    told, _, anew = _opened(content).partition(b"\n")
    said = json.loads(told)
    if "refused" in said:
        raise CannotAccept(said["refused"])
    return Inspected(said["kind"], anew if said["is_anew"] else content)


def too_large(most_bytes: int) -> str:
    """Say that a file is larger than it may be."""
    return (
        f"A file may have {most_bytes // 1_000_000} MB, and this one has more. Make it smaller, or "
        "send it in parts."
    )


def _opened(content: bytes) -> bytes:
    command = [sys.executable, "-I", str(READER), json.dumps(BOUNDS)]
    try:
        ran = subprocess.run(  # noqa: S603 - our own file, and numbers
            command, input=content, capture_output=True, timeout=limits.MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise CannotAccept(TOO_MUCH) from None
    if ran.returncode < 0 or b"MemoryError" in ran.stderr:
        raise CannotAccept(TOO_MUCH)
    if ran.returncode:
        raise CannotAccept(DAMAGED)
    return ran.stdout


def plain_name(given: str, media_type: str) -> str:
    """Return a name that says what a file is: no folder, nothing unseen, the ending of its kind.

    >>> plain_name("C:\\\\Minutes\\\\May 2026.PDF", "application/pdf")
    'May 2026.pdf'
    >>> plain_name("../../etc/passwd", "text/plain"), plain_name("photo.html", "image/jpeg")
    ('passwd.txt', 'photo.jpg')
    """
    last = re.split(r"[/\\]", given)[-1]
    seen = "".join(
        sign
        for sign in unicodedata.normalize("NFC", last)
        if unicodedata.category(sign) not in UNSEEN and sign not in '<>:"|?*'
    )
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", seen.strip())
    stem = re.sub(r"\s+", " ", stem)[: limits.MOST_NAME].strip(" .")
    return f"{stem or 'file'}.{ENDINGS[media_type]}"
