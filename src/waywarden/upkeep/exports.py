"""An installation's own data, all of it, in files that other programs read.

What would let somebody in is left out: passwords, tokens, and every table of
those who are signed in. What is personal is in it, for it is the council's own.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from waywarden import __version__
from waywarden.fabric.tables.columns import BYTE_ORDER_MARK, safe
from waywarden.upkeep import keeping_files
from waywarden.upkeep.places import CannotDo, Place

SECRET = re.compile(r"password|passkey|token|secret|session|digest|otp|recovery|(^|_)code_hash$")
#: Letters may hold a link that lets their reader in.
LETTERS = frozenset({"notices_notice.text", "notices_notice.link"})
#: Who is signed in where is of no use to anybody else.
SIGNING_IN = "waywarden.county.signing_in"
#: How many rows are in memory at once.
AT_ONCE = 100
FIRST_LOOK = "SELECT count(*) FROM django_migrations"
READ_ME = """\
Everything this installation holds, made on {made_at} by waywarden {version}.

tables/NAME.jsonl   each row as JSON, exactly as it is kept
tables/NAME.csv     the same to open as a spreadsheet; nothing in it can run
files/              stored files, each under the SHA-256 of its content
manifest.json       every table and column with its meaning, and what was left out

Amounts ending in _pence are whole pence, those in _millipence thousandths of a penny, those in
_milli thousandths of their unit. Moments are in UTC. The journal is the table journal_entry.

This holds personal data: names and e-mail addresses. It holds no password and no token.
"""


@dataclass(frozen=True)
class Taken:
    """A table as it is taken out."""

    model: type[models.Model]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def fields(self) -> list[models.Field]:
        """Its columns, without those that would let somebody in."""
        return [field for field in self.model._meta.concrete_fields if not self._is_secret(field)]

    def _is_secret(self, field: models.Field) -> bool:
        if isinstance(field, models.ForeignKey):  # the number of a row opens nothing
            return False
        column = str(field.column)
        return bool(SECRET.search(column)) or f"{self.name}.{column}" in LETTERS

    @property
    def left_out(self) -> list[str]:
        """The columns that would."""
        kept = self.fields
        return [str(each.column) for each in self.model._meta.concrete_fields if each not in kept]

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Its rows, in the order of their keys."""
        columns = [each.attname for each in self.fields]
        return self.model._base_manager.order_by("pk").values_list(*columns).iterator(AT_ONCE)


def tables() -> list[Taken]:
    """List the tables of our own rooms."""
    ours = [
        app
        for app in apps.get_app_configs()
        if app.name.startswith("waywarden.") and app.name != SIGNING_IN
    ]
    found = [Taken(model) for app in ours for model in app.get_models(include_auto_created=True)]
    return sorted(found, key=lambda table: table.name)


def export(path: Path, place: Place, *, now: datetime) -> dict[str, Any]:
    """Write everything into a ZIP and return what it says of itself; whole or not there."""
    if path.exists():
        raise CannotDo(f"There is {path} already. Choose another name.")
    part = path.with_name(f".part-{path.name}")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive, one_moment():
            manifest = _fill(archive, place, now=now)
        part.chmod(0o600)
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    return manifest


@contextmanager
def one_moment() -> Iterator[None]:
    """See every table as it was at one moment, while others go on writing.

    Django's own transactions on SQLite keep all others from writing: these
    begin with a lock. A plain one sees, from its first look on, one moment.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute(FIRST_LOOK)
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute(FIRST_LOOK)
            yield
        finally:
            cursor.execute("ROLLBACK")


def _fill(archive: zipfile.ZipFile, place: Place, *, now: datetime) -> dict[str, Any]:
    described = [_write(archive, table) for table in tables()]
    files = 0
    for name, file in keeping_files.stored(place.files):
        archive.write(file, f"files/{name}")
        files += 1
    manifest = {
        "made_at": now.isoformat(),
        "made_by": f"waywarden {__version__}",
        "tables": described,
        "left_out": _left_out(),
        "files": files,
    }
    archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    made_at = now.isoformat(timespec="minutes")
    archive.writestr("README.txt", READ_ME.format(made_at=made_at, version=__version__))
    return manifest


def _write(archive: zipfile.ZipFile, table: Taken) -> dict[str, Any]:
    """Write a table twice, row by row, and describe it."""
    count = 0
    with _opened(archive, f"tables/{table.name}.jsonl") as lines:
        for line in _lines(table):
            lines.write(f"{line}\n")
            count += 1
    names = [str(each.column) for each in table.fields]
    with _opened(archive, f"tables/{table.name}.csv") as sheet:
        sheet.write(BYTE_ORDER_MARK)
        writer = csv.writer(sheet, lineterminator="\r\n")
        writer.writerow([safe(name) for name in names])
        for line in _lines(table):
            told = json.loads(line)
            writer.writerow([safe(_cell(told[name])) for name in names])
    return {
        "name": table.name,
        "meaning": " ".join((table.model.__doc__ or "").split()),
        "rows": count,
        "columns": [_column(each) for each in table.fields],
        "columns_left_out": table.left_out,
    }


def _lines(table: Taken) -> Iterator[str]:
    names = [str(each.column) for each in table.fields]
    for row in table.rows():
        yield json.dumps(dict(zip(names, row, strict=True)), cls=DjangoJSONEncoder)


@contextmanager
def _opened(archive: zipfile.ZipFile, name: str) -> Iterator[io.TextIOWrapper]:
    """Open a file of an archive to be written as it comes: no table has to fit into memory."""
    with (
        archive.open(name, "w", force_zip64=True) as file,
        io.TextIOWrapper(file, encoding="utf-8", newline="") as text,
    ):
        yield text


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _column(field: models.Field) -> dict[str, Any]:
    """Describe a column: its type, what it points at, what it may say."""
    said: dict[str, Any] = {"name": field.column, "type": field.get_internal_type()}
    said["meaning"] = str(field.help_text or field.verbose_name).capitalize()
    if isinstance(field, models.ForeignKey):
        said["names_a_row_of"] = field.related_model._meta.db_table
    if field.choices:
        said["may_be"] = {str(value): str(label) for value, label in field.flatchoices}
    return said


def _left_out() -> list[dict[str, str]]:
    """Say which tables are not in it, and why."""
    taken = {table.name for table in tables()}
    others = [name for name in connection.introspection.table_names() if name not in taken]
    why = "Kept by the programs this site stands on: sign-in, sessions, tasks, migrations."
    return [{"name": name, "why": why} for name in sorted(others)]
