"""The conversation about an expression, and what funds have awarded, as files to take away."""

from django.utils.timezone import localtime

from waywarden.devolution.interest.models import Award, Note
from waywarden.fabric.tables.columns import Column

SAID_SOURCE = "What officers of the council have noted."
SAID_LICENCE = "For those who asked and the council they asked: it may name people."
AWARDS_SOURCE = "What officers of the council have recorded of its own funds."
AWARDS_LICENCE = "For the officers of the council: it names who asked."


NOTES: list[Column[Note]] = [
    Column("on", "The day it was", "date", lambda note: note.on),
    Column("kind", "Said, visit, or you said, we did", "text", Note.get_kind_display),
    Column("says", "What was said, seen or changed", "text", lambda note: note.says),
    Column(
        "read_by_asker",
        "Whether those who ask can read it",
        "text",
        lambda note: "Yes" if note.is_for_asker else "No",
    ),
    Column("noted_by", "Who has noted it", "text", lambda note: note.noted_by),
    Column(
        "noted_on", "The day it was noted", "date", lambda note: localtime(note.noted_at).date()
    ),
]
AWARDS: list[Column[Award]] = [
    Column("fund", "The fund", "text", lambda award: award.fund.name),
    Column("given_to", "Who asked", "text", lambda award: award.expression.who),
    Column("expression", "Its page", "text", lambda award: award.expression.get_absolute_url()),
    Column("amount", "How much", "pence", lambda award: award.amount_pence),
    Column("awarded_on", "The day it was awarded", "date", lambda award: award.awarded_on),
    Column(
        "taken_back_on",
        "The day it was taken back; blank where it stands",
        "date",
        lambda award: award.taken_back_on,
    ),
]
