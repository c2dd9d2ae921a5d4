"""Checking the journal, and reading it."""

from waywarden.fabric.common.subjects import Subject
from waywarden.fabric.journal.models import FIRST, Entry, Head


def faults() -> list[str]:
    """Say, in order, what is wrong with the chain; nothing when it holds."""
    found, expected_number, previous = [], 1, FIRST
    for entry in Entry.objects.order_by("number").iterator():
        if entry.number != expected_number:
            found.append(f"Line {expected_number} is missing.")
        if entry.previous_hash != previous:
            found.append(f"Line {entry.number} does not follow the line before it.")
        if entry.hash != entry.expected_hash():
            found.append(f"Line {entry.number} has been altered.")
        expected_number, previous = entry.number + 1, entry.hash
    head = Head.objects.filter(pk=1).first() or Head()
    if (head.number, head.hash) != (expected_number - 1, previous):
        found.append(
            f"The journal ends at line {expected_number - 1}, but its head says {head.number}."
        )
    return found


def version() -> str:
    """Return the hash of the journal's last line: it changes with every change to anything."""
    return Head.objects.filter(pk=1).values_list("hash", flat=True).first() or FIRST


def length() -> int:
    """Return how many lines the journal has."""
    return Entry.objects.count()


def last_about(subject: Subject) -> Entry | None:
    """Return the newest line about a thing, if it has any."""
    return Entry.objects.about(subject.kind, subject.key).order_by("number").last()
