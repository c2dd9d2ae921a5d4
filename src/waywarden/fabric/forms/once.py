"""Sent twice, done once: the key that travels with every form that makes something."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from waywarden.fabric.forms.drafts import NOT_TYPED, person_key
from waywarden.fabric.forms.models import Submission

View = Callable[..., HttpResponse]
#: The hidden field, written by ``{% once_field %}``.
SENT = "once"
#: How long the second of two presses waits for the answer to the first.
PATIENCE = "10s"
LOCK_NOT_AVAILABLE = "55P03"


def once(view: View) -> View:
    """Do what a form asks one time, however often it is sent.

    Put it under the gate: ``@for_officers(...)``, then ``@once``. The view runs
    in one transaction with the row that remembers its answer. The same form
    sent again is given the same answer; another form under the same key is
    refused with 422. A view that answers with 400 or above has changed nothing:
    whatever it wrote is undone, and its key may be used again.
    """

    @wraps(view)
    def done_once(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **named)
        key, digest = _key(request), _digest(request)
        try:
            with transaction.atomic():
                if (held := _claim(key, digest, request)) is not None:
                    return _again(request, held, digest)
                return _first(key, view(request, *args, **named))
        except OperationalError as error:
            if not _is_waiting(error):
                raise
            return render(request, "paperwork/still_saving.html", status=409)

    return done_once


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get(SENT, ""))
    except ValueError as error:
        raise BadRequest("This form came without its key. Open it again and send it.") from error


def is_accepted(request: HttpRequest) -> bool:
    """Whether the form a draft belongs to was sent and accepted before the draft came in."""
    try:
        return Submission.objects.filter(pk=_key(request)).exists()
    except BadRequest:
        return False


def _digest(request: HttpRequest) -> str:
    """Return the SHA-256 of who sends what to which address."""
    fields = {name: values for name, values in request.POST.lists() if name not in NOT_TYPED}
    files = {name: [_content(file) for file in given] for name, given in request.FILES.lists()}
    acting = request.POST.get("acting_in", "")
    said = [person_key(request), acting, request.path, fields, files]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _content(file: Any) -> str:
    content = hashlib.sha256()
    for chunk in file.chunks():
        content.update(chunk)
    file.seek(0)
    return f"{file.name} {content.hexdigest()}"


def _claim(key: UUID, digest: str, request: HttpRequest) -> Submission | None:
    """Take a key, or return the form that was accepted under it before.

    Where the first of two presses is still being worked on, the second waits
    here: PostgreSQL holds it at the key, SQLite at the door.
    """
    _wait_at_most(f"'{PATIENCE}'")
    try:
        with transaction.atomic():
            Submission.objects.create(
                key=key, who=person_key(request), path=request.path, digest=digest, status=0
            )
    except IntegrityError:
        return Submission.objects.get(pk=key)
    _wait_at_most("DEFAULT")
    return None


def _wait_at_most(time: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout TO {time}")


def _first(key: UUID, response: HttpResponse) -> HttpResponse:
    if response.status_code >= 400:
        transaction.set_rollback(True)
    else:
        location = response.get("Location", "")
        Submission.objects.filter(pk=key).update(status=response.status_code, location=location)
    return response


def _again(request: HttpRequest, held: Submission, digest: str) -> HttpResponse:
    is_same = held.digest == digest
    if is_same and held.location:
        return redirect(held.location)
    # Where it led is for whoever sent it alone.
    own = held if is_same or held.who == person_key(request) != "" else None
    context = {"is_same": is_same, "own": own}
    return render(request, "paperwork/sent_already.html", context, status=200 if is_same else 422)


def _is_waiting(error: OperationalError) -> bool:
    """Say whether somebody else was writing for longer than we wait."""
    code = getattr(error.__cause__, "sqlstate", "")
    return code == LOCK_NOT_AVAILABLE or "database is locked" in str(error)
