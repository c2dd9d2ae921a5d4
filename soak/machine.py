"""What a soak was run on; none of it names the machine."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from benchmarks.machine import described as hardware

PACKAGES = ("django", "gunicorn", "psycopg", "django-tasks", "django-tasks-db")


def described(store: str) -> dict[str, Any]:
    """Return processor, memory and versions, that of the database among them."""
    return hardware() | {
        "packages": {name: version(name) for name in PACKAGES},
        "database": f"{store} {_of_database()}",
    }


def _of_database() -> str:
    from django.db import connection

    question = "SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version"
    with connection.cursor() as cursor:
        cursor.execute(question)
        return str(cursor.fetchone()[0])
