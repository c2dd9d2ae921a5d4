"""The code with which the first officer of a site comes in: shown in a terminal, kept as a hash."""

import os
import secrets
from pathlib import Path

from django.utils.crypto import constant_time_compare

from waywarden.county.signing_in.hashes import keyed_hash_of

FILE = "set_up_code"
# No letters or digits that are mistaken for one another when read off a screen.
SIGNS = "ABCDEFGHJKLMNPQRTUVWXY346789"
GROUPS, IN_EACH = 4, 4


def new_code(folder: Path) -> str:
    """Make a code, in place of any before; the folder keeps its hash alone."""
    drawn = ["".join(secrets.choice(SIGNS) for _ in range(IN_EACH)) for _ in range(GROUPS)]
    code = "-".join(drawn)
    kept = folder / FILE
    with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(_hash_of(code))
    return code


def is_code(folder: Path, typed: str) -> bool:
    """Whether this is the code that was shown last."""
    try:
        kept = (folder / FILE).read_text(encoding="utf-8").strip()
    except OSError:
        return False
    return bool(kept) and constant_time_compare(kept, _hash_of(typed))


def forget_code(folder: Path) -> None:
    """Throw the code away: it has done its work."""
    (folder / FILE).unlink(missing_ok=True)


def _hash_of(code: str) -> str:
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return keyed_hash_of(f"set-up code {plain}")
