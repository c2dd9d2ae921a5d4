"""What is recorded of a county: read before and after a request, to see whether it changed any."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

#: Rows that are no record, each kind with its reason.
NO_RECORD = {
    "sessions": "They say who is signed in.",
    "journal": "It is what is counted here.",
    "paperwork": "Drafts, keys and tries say nothing of a council.",
    "tables": "The filters of lists are a reader's own.",
    "imports.upload": "A table waits; nothing is taken in before somebody decides.",
    "work": "What workers say of themselves.",
    "signing_in.link": "It lets somebody in, and is gone.",
}
#: Letters tell of changes, and of tries to sign in: written with no line, but sent again with one.
LETTERS = "notices_notice"
WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
Rows = dict[str, list[tuple[Any, ...]]]


def kinds() -> Iterator[type[Model]]:
    """Give every kind of row that is a record."""
    for kind in apps.get_models(include_auto_created=True):
        label = kind._meta.app_label
        if label not in NO_RECORD and kind._meta.label_lower not in NO_RECORD:
            yield kind


def tables() -> dict[str, type[Model]]:
    """Give every kind of record by its table."""
    return {kind._meta.db_table: kind for kind in kinds()}


def rows_of(kind: type[Model]) -> list[tuple[Any, ...]]:
    """Read all rows of a kind; when somebody last signed in is no record."""
    names = [each.attname for each in kind._meta.concrete_fields if each.name != "last_login"]
    return list(kind._base_manager.order_by("pk").values_list(*names))


@contextmanager
def written() -> Iterator[set[str]]:
    """Collect the tables that something is written into."""
    found: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if match := WRITES.match(sql.lstrip()):
            found.add(match[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found
