"""Where an installation is: its folder and its database. Another may stand beside the live one."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from waywarden import environment
from waywarden.fabric.common.refusals import Refusal

SQLITE, POSTGRESQL = "sqlite", "postgresql"
#: What an installation is told besides where it is must not come from the live one.
OURS = ("DATABASE_URL_FILE", "READ_ONLY", "READ_ONLY_FILE")


class CannotDo(Refusal):
    """What cannot be done with an installation; the message says why and what to do."""


@dataclass(frozen=True)
class Place:
    """An installation: the address of its database, and its folder."""

    url: str
    folder: Path

    @property
    def vendor(self) -> str:
        """Which kind of database it has."""
        return SQLITE if self.url.startswith("sqlite") else POSTGRESQL

    @property
    def database_file(self) -> Path:
        """The file of its SQLite database."""
        return Path(self.url.removeprefix("sqlite:///"))

    @property
    def files(self) -> Path:
        """Where its stored files are, each under its hash."""
        return self.folder / "files"

    @contextmanager
    def opened(self) -> Iterator[Any]:
        """Open its database: a connection on which statements can be run one by one."""
        if self.vendor == SQLITE:
            with closing(sqlite3.connect(self.database_file, isolation_level=None)) as lite:
                yield lite
            return
        # Only those who keep their rows there have the driver.
        import psycopg

        with closing(psycopg.connect(self.url, autocommit=True)) as connection:
            yield connection

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a module in this installation alone, in a process that knows of no other."""
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        here = {"WAYWARDEN_DIR": str(self.folder), "DATABASE_URL": self.url, "COLUMNS": "200"}
        paths = [str(Path(environment.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
        program = {
            "DJANGO_SETTINGS_MODULE": "waywarden.settings",
            "PYTHONPATH": os.pathsep.join(filter(None, paths)),
            "NO_COLOR": "1",
        }
        return subprocess.run(  # noqa: S603 - the words are ours
            [sys.executable, "-m", *words],
            env=kept | here | program,
            capture_output=True,
            text=True,
            check=False,
        )


def live() -> Place:
    """Return the installation this process works on."""
    from django.conf import settings
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    if connection.vendor == SQLITE:
        return Place(f"sqlite:///{name}", settings.INSTANCE)
    return Place(named(environment.database_url(settings.INSTANCE), name), settings.INSTANCE)


def named(url: str, database: str) -> str:
    """Return the address of another database of the same server."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()
