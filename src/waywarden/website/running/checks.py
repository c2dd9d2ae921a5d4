"""What Django is to check of an installation beyond its own checks; each says what to do.

An error keeps `waywarden serve` from starting. The warnings that ask for a
look at the machine are left to `check --deploy` and to `waywarden check`.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.http.request import split_domain_port, validate_host

from waywarden.fabric.documents.word import fault_of_template
from waywarden.rules.appointed_days import fault_of

HERE = frozenset({"localhost", "127.0.0.1", "[::1]", "::1", ".localhost", "testserver"})
SHORTEST_SECRET = 43  # 256 bits as letters
FEWEST_SIGNS = 12
NETWORK_DISKS = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs")
) | {"fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.rclone", "vboxsf", "virtiofs"}

# The day that brought the fault and the days that mended it: sqlite.org/changes.html, 3.53.0.
FAULTY_FROM, MENDED_IN, WITHDRAWN = (3, 7, 0), (3, 51, 3), (3, 52)


def is_public() -> bool:
    """Whether anybody beyond this machine is answered."""
    return bool(set(settings.ALLOWED_HOSTS) - HERE)


@register(Tags.security)
def unsafe_settings(app_configs: object, **more: object) -> list[CheckMessage]:
    """List settings with which no site may be served."""
    return [*_of_hosts(), *_of_secret(), *_of_sqlite(settings.DATABASES), *_of_asgi()]


def _of_hosts() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if settings.DEBUG and is_public():
        found.append(
            Error(
                "DEBUG is on and others may ask: whoever meets an error is shown the settings.",
                hint="Set DEBUG=no, or take the public names out of ALLOWED_HOSTS.",
                id="waywarden.E001",
            )
        )
    if "*" in settings.ALLOWED_HOSTS:
        found.append(
            Error(
                "ALLOWED_HOSTS is *: links in e-mails could be made to lead to another site.",
                hint="Name the site: ALLOWED_HOSTS=services.example.gov.uk",
                id="waywarden.E002",
            )
        )
    if not _is_ours(split_domain_port(urlsplit(settings.SITE_ADDRESS).netloc)[0]):
        found.append(
            Error(
                f"SITE_ADDRESS is {settings.SITE_ADDRESS} and ALLOWED_HOSTS is "
                f"{','.join(settings.ALLOWED_HOSTS)}: links in e-mails would lead nowhere.",
                hint="Set SITE_ADDRESS to the address people use, such as "
                "https://services.example.gov.uk, and name its host in ALLOWED_HOSTS, or leave "
                "ALLOWED_HOSTS out.",
                id="waywarden.E007",
            )
        )
    return found


def _is_ours(host: str) -> bool:
    """Whether letters may lead to a host: one that is answered, and not this machine for others."""
    return validate_host(host, settings.ALLOWED_HOSTS) and not (is_public() and host in HERE)


def _of_secret() -> list[CheckMessage]:
    secret = settings.SECRET_KEY
    is_weak = len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_SIGNS
    if not is_weak and not secret.startswith("django-insecure-"):
        return []
    return [
        Error(
            "SECRET_KEY is too short or too simple: whoever guesses it can sign in as anybody.",
            hint="Leave it out, and one is made and kept in the installation's folder.",
            id="waywarden.E003",
        )
    ]


def _of_sqlite(databases: dict[str, Any]) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for database in databases.values():
        if not database["ENGINE"].endswith("sqlite3"):
            continue
        options = database.get("OPTIONS", {})
        begun = str(options.get("init_command", "")).replace(" ", "").lower()
        if options.get("transaction_mode") != "IMMEDIATE":
            found.append(
                Error(
                    "SQLite's transaction_mode is not IMMEDIATE: two who save at once would meet "
                    "“database is locked”.",
                    id="waywarden.E004",
                )
            )
        if "synchronous=full" not in begun and "synchronous=extra" not in begun:
            found.append(
                Error(
                    "SQLite's synchronous is not FULL: a power cut could lose what was saved.",
                    id="waywarden.E005",
                )
            )
    return found


def _of_asgi() -> list[CheckMessage]:
    held = [name for name, each in settings.DATABASES.items() if each.get("CONN_MAX_AGE") != 0]
    if not getattr(settings, "ASGI_APPLICATION", None) or not held:
        return []
    return [
        Error(
            "ASGI with CONN_MAX_AGE uses up the database's connections.",
            hint="Serve it by WSGI, as `waywarden serve` does.",
            id="waywarden.E006",
        )
    ]


@register(Tags.templates)
def own_templates(app_configs: object, **more: object) -> list[CheckMessage]:
    """Say what is wrong with the installation's own template of letters, where it has one."""
    fault = fault_of_template()
    return [Warning(fault, id="waywarden.W004")] if fault else []


@register()
def own_appointed_days(app_configs: object, **more: object) -> list[CheckMessage]:
    """Say what is wrong with the installation's own table of days of mourning, if it has one."""
    file = settings.APPOINTED_DAYS
    fault = fault_of(file) if file.exists() else ""
    if not fault:
        return []
    return [
        Warning(
            f"{file.name} is left aside, and with it the days entered there: {fault}",
            hint="Mend it as docs/how-to/run-it-for-your-council.md shows, and start again.",
            id="waywarden.W005",
        )
    ]


@register(Tags.security, deploy=True)
def risks(app_configs: object, **more: object) -> list[CheckMessage]:
    """List what an operator should know of before others rely on the site."""
    found: list[CheckMessage] = []
    if is_public() and not settings.HTTPS:
        found.append(
            Warning(
                "HTTPS is off and others may ask: what they send can be read on the way.",
                hint="Put a proxy with a certificate before the site and set HTTPS=yes.",
                id="waywarden.W001",
            )
        )
    files = [
        Path(str(each["NAME"]))
        for each in settings.DATABASES.values()
        if each["ENGINE"].endswith("sqlite3")
    ]
    return found + [risk for file in files for risk in (*_of_version(), *_of_disk(file))]


def has_reset_fault(version: Sequence[int]) -> bool:
    """Whether a version of SQLite can damage a database in WAL mode that two checkpoint at once.

    >>> has_reset_fault((3, 40, 1)), has_reset_fault((3, 51, 3)), has_reset_fault((3, 52, 0))
    (True, False, True)
    """
    asked = tuple(version)
    return FAULTY_FROM <= asked < MENDED_IN or asked[:2] == WITHDRAWN


def _of_version() -> list[CheckMessage]:
    if not has_reset_fault(sqlite3.sqlite_version_info):
        return []
    return [
        Warning(
            f"SQLite {sqlite3.sqlite_version} has a rare fault that can damage a database which "
            "several processes write to (mended in 3.51.3 and 3.53.0).",
            hint="Use PostgreSQL, or a Python with a newer SQLite; and back up every day.",
            id="waywarden.W002",
        )
    ]


def _of_disk(file: Path) -> list[CheckMessage]:
    kind = kind_of_disk(file)
    if kind not in NETWORK_DISKS:
        return []
    return [
        Warning(
            f"The database is on a network disk ({kind}), where SQLite can lose or damage it.",
            hint="Set WAYWARDEN_DIR to a folder on a disk of this machine, or use PostgreSQL.",
            id="waywarden.W003",
        )
    ]


def kind_of_disk(file: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """Return the kind of file system a file is on; blank where this machine does not say."""
    try:
        lines = mounts.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    mounted = [line.split()[1:3] for line in lines]
    over = [(where, kind) for where, kind in mounted if file.is_relative_to(_unescaped(where))]
    return max(over, key=lambda each: len(each[0]))[1] if over else ""


def _unescaped(where: str) -> str:
    return where.replace("\\040", " ")
