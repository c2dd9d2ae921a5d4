"""Rules about the journal, notices, drafts, uploads, views of lists and the workers."""

from typing import Any

from tests.cast import Cast
from tests.constraints.breaking import APRIL, NOON, Break, Whole, once, twice
from waywarden.county.people.models import Office
from waywarden.fabric.forms.models import Draft
from waywarden.fabric.imports.models import Upload
from waywarden.fabric.journal.models import Concern, Entry, Head, PersonalValue, PublishedHead
from waywarden.fabric.notices.models import FeedToken, Notice, Preference
from waywarden.fabric.tables.models import SavedView
from waywarden.fabric.work.models import Chore, SeenWorker

DRAFT = {"who": "person-1", "form": "contact", "saved_at": NOON}
UPLOAD = {"kind": "contacts", "sha256": "a", "body_key": "b", "by_key": "c", "table": {}}
VIEW = {"person_key": "person-1", "path": "/plans/", "name": "Mine"}


def line_about(office: Office) -> int:
    """Give the number of the line that tells of an office."""
    return Entry.objects.about("office", office.subject.key).get().number


def copied_line() -> None:
    line = Entry.objects.get(number=1)
    line._state.adding, line.number = True, 99
    line.save()


def notice(**facts: Any) -> dict[str, Any]:
    given = {"message_id": "<1@example.org>", "to_key": "person-1", "to_email": "bron@example.org"}
    said = {"topic": "offices", "subject": "News", "text": "News.", "by_key": "office-1"}
    return given | said | {"told_on": APRIL, "how": "now", "due_at": NOON} | facts


def feed(cast: Cast) -> dict[str, Any]:
    return {"key": "person-1", "what": "office-1", "token_hash": "0f" * 32, "made_at": NOON}


def preference(cast: Cast, how: str = "daily") -> dict[str, Any]:
    return {"key": "person-1", "topic": "offices", "how": how}


BROKEN: dict[str, Break] = {
    "journal_has_one_head": lambda cast: Head.objects.create(pk=2),
    "a_notice_has_a_known_status": once(Notice, lambda cast: notice(status="lost")),
    "a_notice_goes_out_somehow": once(Notice, lambda cast: notice(how="never")),
    "a_taken_notice_says_by_whom_and_until_when": once(
        Notice, lambda cast: notice(status="taken", claim="a worker")
    ),
    "a_sent_notice_says_when_and_where_to": once(Notice, lambda cast: notice(status="sent")),
    "a_gathered_notice_names_its_digest": once(Notice, lambda cast: notice(status="gathered")),
    "a_person_chooses_once_for_each_topic": twice(Preference, preference),
    "a_preference_is_a_known_one": once(Preference, lambda cast: preference(cast, "sometimes")),
    "a_person_has_one_draft_of_a_form_about_a_thing": twice(Draft, lambda cast: DRAFT),
    "what_is_erased_is_gone": once(
        PersonalValue, lambda cast: {"person_key": "x", "value": "x", "erased_at": NOON}
    ),
    "a_line_concerns_a_body_once": lambda cast: Concern.objects.create(
        entry_id=line_about(cast.at_wychbourne), body_key="wychbourne-council"
    ),
    "PublishedHead.day": twice(
        PublishedHead, lambda cast: {"day": APRIL, "number": 1, "hash": "x", "at": NOON}
    ),
    "Notice.message_id": twice(Notice, lambda cast: notice()),
    "FeedToken.token_hash": twice(FeedToken, feed),
    "Chore.name": twice(Chore, lambda cast: {"name": "sweep"}),
    "SeenWorker.name": twice(
        SeenWorker, lambda cast: {"name": "a worker", "started_at": NOON, "seen_at": NOON}
    ),
    "Entry.hash": lambda cast: copied_line(),
    "a_table_waits_for_a_decision_once": twice(Upload, lambda cast: UPLOAD),
    "an_upload_is_decided_on_a_day": once(Upload, lambda cast: UPLOAD | {"status": "taken"}),
    "no_table_that_waits_is_empty": once(Upload, lambda cast: UPLOAD | {"emptied_at": NOON}),
    "a_person_names_a_view_of_a_list_once": twice(SavedView, lambda cast: VIEW),
    "a_saved_view_is_somebodys_view_of_a_list": once(SavedView, lambda cast: VIEW | {"path": ""}),
}
WHOLE: list[Whole] = [(Notice, lambda cast: notice()), (FeedToken, feed), (Preference, preference)]
