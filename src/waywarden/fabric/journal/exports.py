"""The journal's tables for download."""

from waywarden.fabric.journal.models import PublishedHead
from waywarden.fabric.tables.columns import Column

SOURCE = "The journal of this site."
LICENCE = "Open: copy it, keep it and pass it on."

HEADS: list[Column[PublishedHead]] = [
    Column("day", "The day it was published", "date", lambda head: head.day),
    Column("line", "The number of the last line", "whole number", lambda head: head.number),
    Column("hash", "The hash of that line", "text", lambda head: head.hash),
]
