"""The log: one line or one JSON object for each event, nothing personal, nothing that can forge.

What people send reaches a log in paths and in the words of errors. So every
record is cleaned as it is written, whoever wrote it: e-mail addresses, secrets
and what stands after a question mark are left out, and signs that could begin
another line or steer a terminal are written as codes.
"""

import json
import logging
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

from waywarden.website.running.references import number_of

log = logging.getLogger("waywarden.requests")

_ASKED = re.compile(r"\?\S+")
_EMAIL = re.compile(r"[^\s'\"<>()\[\],;:/=]+(?:@|%40)[^\s'\"<>()\[\],;:/=]+", re.IGNORECASE)
_UUID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", re.IGNORECASE)
_HEX = re.compile(r"\b[0-9a-f]{32,}\b", re.IGNORECASE)
# Drawn secrets mix capitals, small letters and digits (a few long ones no digits); the names in
# our addresses never do.
_DRAWN = re.compile(
    r"(?<![\w-])(?=[\w:-]*[a-z])(?=[\w:-]*[A-Z])(?:(?=[\w:-]*\d)|(?=[\w:-]{40}))"
    r"[A-Za-z0-9_:-]{20,}(?![\w-])"
)
LEFT_OUT = ((_ASKED, "?…"), (_EMAIL, "[e-mail]"), (_UUID, "[key]"), (_HEX, "[key]"))


def cleaned(text: str) -> str:
    """Return a text without e-mail addresses, secrets and questions, on one line.

    >>> cleaned("GET /sign-in/?email=bron@example.org by bron@example.org")
    'GET /sign-in/?… by [e-mail]'
    """
    for pattern, instead in (*LEFT_OUT, (_DRAWN, "[key]")):
        text = pattern.sub(instead, text)
    return "".join(_shown(sign) for sign in text)


def _shown(sign: str) -> str:
    return sign if sign.isprintable() else sign.encode("unicode_escape").decode()


class _Clean(logging.Formatter):
    """Knows the parts of a record, each of them clean."""

    def message(self, record: logging.LogRecord) -> str:
        """Return what was said."""
        return cleaned(record.getMessage())

    def trace(self, record: logging.LogRecord) -> list[str]:
        """Return the lines of where it broke, none where nothing did."""
        if not record.exc_info:
            return []
        return [cleaned(line) for line in self.formatException(record.exc_info).splitlines()]

    def at(self, record: logging.LogRecord) -> str:
        """Return when, in UTC: a clock that is set back an hour in autumn would part a story."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


class LineFormatter(_Clean):
    """A line for people to read; where something broke, indented lines below it."""

    def format(self, record: logging.LogRecord) -> str:
        number = number_of(record) or "-"
        head = f"{self.at(record)} {record.levelname} {record.name} {number}"
        return "\n    ".join([f"{head}: {self.message(record)}", *self.trace(record)])


class JsonFormatter(_Clean):
    """A JSON object on one line, for a program to read."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": self.at(record),
            "level": record.levelname,
            "logger": record.name,
            "reference": number_of(record),
            "message": self.message(record),
        }
        if status := getattr(record, "status", None):
            told["status"] = status
        if trace := self.trace(record):
            told["trace"] = "\n".join(trace)
        return json.dumps(told)


class RequestLogMiddleware:
    """Writes a line for each request at level INFO: what was asked, never by whom."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        took = round((time.perf_counter() - begun) * 1000)
        log.info("%s %s %s %s ms", request.method, request.path, response.status_code, took)
        return response
