"""The way back up from the pages of an expression."""

from waywarden.devolution.interest.models import Expression

#: What each page is called, and its address.
Way = tuple[tuple[str, str], ...]


def to_asking() -> Way:
    """Give the way back up from a page of no one expression."""
    return (("Ask to run a service", "/interest/"),)


def way_of(of: Expression) -> Way:
    """Give the way back up from a page of one expression."""
    return (*to_asking(), ("What you have written", of.get_absolute_url()))
