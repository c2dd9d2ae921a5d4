"""An installation in full use, to be backed up, and places to restore it in."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.serving import a_database
from waywarden.upkeep.places import Place, live

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LETTER = b"%PDF-1.7 a letter to Coldbrook"


@pytest.fixture
def site(transactional_db: None, cast: Cast, tmp_path: Path) -> Place:
    """The cast's installation, in which Bron has signed in and a letter is stored."""
    assert cast.at_wychbourne
    cast.signed_in(cast.bron)
    folder = tmp_path / "site"
    folder.mkdir()
    place = replace(live(), folder=folder)
    store(place, LETTER)
    return place


def store(place: Place, content: bytes) -> Path:
    """Keep a file under its hash, as the site does."""
    name = hashlib.sha256(content).hexdigest()
    path = place.files / name[:2] / name[2:]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Place]:
    """A place in which nothing is installed yet."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with a_database(f"elsewhere_{secrets.token_hex(4)}") as database:
        url = database.get("DATABASE_URL", f"sqlite:///{folder / 'waywarden.sqlite3'}")
        yield Place(url, folder)


@contextmanager
def a_user(name: str) -> Iterator[str]:
    """Give a user of the database server who may make databases and owns none."""
    with live().opened() as server:
        server.execute(f'CREATE ROLE "{name}" LOGIN CREATEDB')
        try:
            yield name
        finally:
            server.execute(f'DROP ROLE "{name}"')


#: It is about the file of a SQLite database.
only_sqlite = pytest.mark.only_sqlite
