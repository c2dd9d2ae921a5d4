"""Reads the settings an operator gives, and fails loudly when one makes no sense."""

import os
import secrets
import tempfile
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from waywarden.data.names import shown

THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")


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


def choice(name: str, choices: tuple[str, ...]) -> str:
    """Return a setting that is one of a few words; the first where nothing is given."""
    given = text(name).lower() or choices[0]
    if given not in choices:
        raise BadSetting(f"{name} must be one of {', '.join(choices)}, not {given!r}.")
    return given


def number(name: str, default: int) -> int:
    """Return a setting that is a whole number, nought or more."""
    given = text(name) or str(default)
    if not (given.isascii() and given.isdigit()):
        raise BadSetting(f"{name} must be a whole number, not {given!r}.")
    return int(given)


def whole_number(name: str, default: int) -> int:
    """Return a setting that counts something: 1 or more."""
    given = text(name).strip() or str(default)
    if not (given.isascii() and given.isdigit() and 1 <= int(given) <= 100_000):
        raise BadSetting(f"{name} must be a whole number from 1 to 100000, not {given!r}.")
    return int(given)


def words(name: str, default: str = "") -> list[str]:
    """Return a setting that lists several values, parted by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def allowed_hosts(site_address: str) -> list[str]:
    """Return the names the site answers to; unless told, this machine's and the site's own."""
    own = dict.fromkeys((*THIS_MACHINE, host_of(site_address)))
    return words("ALLOWED_HOSTS") or list(own)


def host_of(address: str) -> str:
    """Return the host of an address, as browsers ask for it.

    >>> host_of("https://register.example.org/"), host_of("http://[::1]:8000/")
    ('register.example.org', '[::1]')
    """
    host = urlsplit(address).hostname or ""
    return f"[{host}]" if ":" in host else host


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
