"""The tables of a body's desk, to download."""

from waywarden.county.councils.models import Contact
from waywarden.fabric.journal.telling import Told
from waywarden.fabric.tables.columns import Column

CONTACTS: list[Column[Contact]] = [
    Column("body", "Whom it leads to", "text", lambda contact: contact.body.name),
    Column("kind", "What it is", "text", lambda contact: contact.get_kind_display()),
    Column("contact", "The address or number", "text", lambda contact: contact.value),
    Column("source", "Who says so", "text", lambda contact: contact.source),
    Column("stated_on", "The day it was given", "date", lambda contact: contact.stated_on),
    Column("ended_on", "The day it was withdrawn", "date", lambda contact: contact.ended_on),
]
TRAIL: list[Column[Told]] = [
    Column("line", "The number of the journal's line", "whole number", lambda told: told.number),
    Column("at", "When, in London", "text", lambda told: told.local_time),
    Column("who", "Who, by office", "text", lambda told: told.who),
    Column("did", "What was done", "text", lambda told: told.did),
    Column("to", "To what", "text", lambda told: told.to),
    Column("changed", "The fields, before and after", "text", lambda told: told.in_one_line),
    Column("why", "The reason given", "text", lambda told: told.reason),
    Column("hash", "The line's hash", "text", lambda told: told.hash),
]
