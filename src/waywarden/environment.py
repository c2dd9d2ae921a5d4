"""Reads the settings an operator gives, and fails loudly when one makes no sense."""

import os
import secrets
import tempfile
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from waywarden.data.names import shown


class BadSetting(ValueError):
    """A setting that cannot be used; the message says which one and what to do."""


def text(name: str, default: str = "") -> str:
    """Return the setting called ``name``, or what stands in the file ``<name>_FILE``."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(
                f"{name}_FILE names {path}, which cannot be read: {error.strerror}."
            ) from error
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    """Return a yes-or-no setting."""
    given = text(name).lower()
    if given in ("", "1", "yes", "true", "on", "0", "no", "false", "off"):
        return default if given == "" else given in ("1", "yes", "true", "on")
    raise BadSetting(f"{name} must be yes or no, not {given!r}.")


def words(name: str, default: str = "") -> list[str]:
    """Return a setting that lists several values, parted by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def instance_folder() -> Path:
    """Return the folder of this installation's own files: database, secret, static files."""
    return Path(text("WAYWARDEN_DIR") or "var").resolve()


def database_url(folder: Path) -> str:
    """Return the address of the database: SQLite in the installation's folder unless told else."""
    url = text("DATABASE_URL") or f"sqlite:///{folder / 'waywarden.sqlite3'}"
    scheme = url.partition(":")[0]
    # The address may hold a password: no message may repeat more of it than its beginning.
    if scheme not in ("sqlite", "postgres", "postgresql"):
        raise BadSetting(
            f"DATABASE_URL must begin with postgresql:// or sqlite:///, not “{shown(scheme)}”."
        )
    if not _has_readable_port(url):
        raise BadSetting("DATABASE_URL must read postgresql://user:password@host:5432/name.")
    if scheme != "sqlite" and find_spec("psycopg") is None:
        raise BadSetting("PostgreSQL needs its driver. Run: pip install 'waywarden[postgres]'")
    return url


def _has_readable_port(url: str) -> bool:
    try:
        urlsplit(url).port  # noqa: B018 (reading it is the test)
    except ValueError:
        return False
    return True


def secret_key(folder: Path) -> str:
    """Return the installation's secret, making and keeping one the first time."""
    if given := text("SECRET_KEY"):
        return given
    kept = folder / "secret_key"
    if not kept.exists() or not kept.read_text(encoding="utf-8").strip():
        _keep_new_secret(kept)
    return kept.read_text(encoding="utf-8").strip()


def _keep_new_secret(kept: Path) -> None:
    """Write a secret for its owner alone, whole or not at all: nobody must read half of one."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    descriptor, made = tempfile.mkstemp(dir=kept.parent)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(50))
    os.replace(made, kept)
