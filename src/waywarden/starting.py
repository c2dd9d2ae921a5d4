"""Starts the web platform for the command line; says plainly why it cannot be started."""

import errno
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from waywarden.environment import BadSetting

# A set-up that is nearly done is not worth a word.
PATIENCE_IN_TENTHS = 10

DATABASE_ERRORS = ("DatabaseError", "OperationalError", "MigrationSchemaMissing")

# What SQLite and PostgreSQL say, and what to do about it; the first that fits.
CURES = (
    (
        ("not a database", "malformed"),
        "The file is damaged: restore {file} from a backup, or move it away to begin anew.",
    ),
    (("locked",), "Another command is writing to it: try again in a minute."),
    (("is full", "no space left"), "Make room on its disk, then try again."),
)
CURE_FOR_A_FILE = "Check that its folder is there, can be written to and is not full."
CURE_FOR_A_SERVER = "Check DATABASE_URL, and that the server runs and lets this user in."


def start(say: Callable[[str], None], before_migrating: Callable[[], None]) -> None:
    """Start the web platform and bring its database up to date, one command at a time.

    ``say`` is told when another command must be waited for. Commands call
    `upkeep.beginning.start`, which backs up first.
    """
    set_up()
    from django.conf import settings

    with _plainly(), alone(settings.INSTANCE, say):
        before_migrating()
        migrate()


def set_up() -> None:
    """Start the web platform and leave its database as it is."""
    with _plainly():
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waywarden.settings")
        django.setup()


def migrate() -> None:
    """Bring the database up to date."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def _plainly() -> Iterator[None]:
    """Say plainly what is missing on this machine."""
    try:
        yield
    except ModuleNotFoundError as error:
        if "waywarden" in str(error.name):
            raise
        raise BadSetting(
            "The web platform is not installed. Run: pip install 'waywarden[web]'"
        ) from error
    except OSError as error:
        raise BadSetting(_why_no_folder(error)) from error


@contextmanager
def alone(folder: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Let one command at a time work on an installation; one that must wait long says so."""
    # Imported here, for there is none on Windows, where the library works all the same.
    import fcntl

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        for _ in range(PATIENCE_IN_TENTHS):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(0.1)
        else:
            say("Another command is setting up this installation. Waiting for it to finish.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _why_no_folder(error: OSError) -> str:
    where = f"{error.filename}: {error.strerror}" if error.filename else str(error)
    return (
        f"The installation's folder cannot be used ({where}). "
        "Set WAYWARDEN_DIR to a folder you may write to."
    )


def why_no_database(error: Exception) -> str:
    """Return what to tell of a database that cannot be used, or nothing for a fault of ours."""
    if type(error).__name__ not in DATABASE_ERRORS:
        return ""
    from django.db import connection

    # Further lines repeat the first, or guess for an engine of their own.
    said, *_ = [*str(error).strip().splitlines(), "no reason was given"]
    usual = CURE_FOR_A_FILE if connection.vendor == "sqlite" else CURE_FOR_A_SERVER
    fitting = [cure for signs, cure in CURES if any(sign in said.lower() for sign in signs)]
    cure = [*fitting, usual][0].format(file=connection.settings_dict["NAME"])
    return f"The database cannot be used: {said.strip(' .?')}. {cure}"


def name_the_site(port: int) -> None:
    """Let the links of letters lead to the port that answers, unless a setting says where.

    Where everybody may be written to, the operator has to say it.
    """
    asked = ("SITE_ADDRESS", "SITE_ADDRESS_FILE", "SEND_MAIL_OUTSIDE", "SEND_MAIL_OUTSIDE_FILE")
    if not any(name in os.environ for name in asked):
        os.environ["SITE_ADDRESS"] = f"http://localhost:{port}"


def shown_address(host: str, port: int) -> str:
    """Return what to open in a browser; of this machine its name, which passkeys need.

    >>> shown_address("127.0.0.1", 8000), shown_address("::", 80)
    ('http://localhost:8000/', 'http://[::]:80/')
    """
    if host in ("127.0.0.1", "localhost", "::1"):
        return f"http://localhost:{port}/"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def refuse_busy(host: str, port: int) -> None:
    """Refuse an address that is none, or one that something else answers on already."""
    try:
        (family, *_, address), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise BadSetting(f"{host} is no address of this machine. Try --host 127.0.0.1") from error
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise BadSetting(_why_not_there(host, port, error)) from error


def _why_not_there(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken. Choose another: --port {port + 1}"
    if error.errno == errno.EACCES:
        return f"Port {port} needs special rights here. Choose one above 1023, such as 8000."
    return f"{host} is no address of this machine. Try --host 127.0.0.1"
