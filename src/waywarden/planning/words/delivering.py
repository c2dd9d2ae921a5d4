"""The ways of delivering a service in words: as a name, after a verb, and as what somebody does."""

from typing import NamedTuple


class Way(NamedTuple):
    """One way: its ``name``; ``by`` follows a verb; ``before`` and ``after`` stand about services.

    Without ``by`` and ``before`` they are made of the name.
    """

    name: str
    by: str = ""
    before: str = "deliver "
    after: str = ""


WAYS = {
    "own_staff": Way("Own staff", "with its own staff", "see to ", " with its own employees"),
    "cic": Way("Community interest company"),
    "contractor": Way("Contractor", before="hire a firm for "),
    "volunteers": Way("Volunteers", "with volunteers", "have volunteers see to "),
    "social_enterprise": Way("Social enterprise"),
    "county_top_up": Way(
        "More of the county's own service", "with more of the county’s own service"
    ),
}


def _known(model: str) -> Way:
    return WAYS.get(model) or Way(model.replace("_", " ").capitalize())


def way(model: str) -> str:
    """Name a way of delivering a service; one that is not known here by its own name.

    >>> way("own_staff"), way("a_new_way")
    ('Own staff', 'A new way')
    """
    return _known(model).name


def by_way(model: str) -> str:
    """Say in which way something is delivered, to follow a verb.

    >>> by_way("own_staff"), by_way("cic")
    ('with its own staff', 'through a community interest company')
    """
    known = _known(model)
    return known.by or f"through a {known.name.lower()}"


def doing(model: str, services: str) -> str:
    """Say what somebody does who has services delivered in a way, after "would".

    >>> doing("contractor", "hedges"), doing("own_staff", "hedges")
    ('hire a firm for hedges', 'see to hedges with its own employees')
    """
    known = _known(model)
    return f"{known.before}{services}{known.after}"
