"""Changes to the papers of a body: one is added, one is withdrawn."""

from datetime import date

from django.db import transaction

from waywarden.county.councils.models import Body
from waywarden.county.papers.models import Paper
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.documents import actions as documents
from waywarden.fabric.journal import actions as journal


@transaction.atomic
def add(
    *,
    body: Body,
    title: str,
    kind: str,
    is_public: bool,
    ready: documents.Ready,
    by: Actor,
    today: date,
) -> Paper:
    """Keep a file that was received as a paper of a body."""
    file = documents.keep(ready=ready, kept_for=body.subject, body_key=body.key, by=by, today=today)
    paper = Paper.objects.create(body=body, file=file, title=title, kind=kind, is_public=is_public)
    # The title is left out, as the name of a file is.
    after = {"body": body.key, "kind": kind, "is_public": is_public, "sha256": file.sha256}
    journal.write(by=by, did="added a paper", to=paper.subject, after=after)
    return paper


def withdraw(*, paper: Paper, by: Actor, today: date) -> bool:
    """Offer a paper no longer; say whether it was offered until now."""
    return documents.withdraw(file=paper.file, by=by, today=today)
