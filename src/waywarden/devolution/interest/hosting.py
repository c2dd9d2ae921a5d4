"""Questions about hosts: which body is meant, and what became of the one that was asked."""

from datetime import date

from waywarden.county.councils.models import Body
from waywarden.data.names import did_you_mean, nearest, plain, shown
from waywarden.devolution.interest.models import Expression, Hosting
from waywarden.fabric.common.refusals import Refusal
from waywarden.fabric.common.tokens import hash_of


def host_named(name: str, *, on: date) -> Body | None:
    """Find the body known here by its name; none where it is not known, or nobody is named."""
    said = plain(name)
    there = Body.objects.listed().as_of(on)
    found = [body for body in there if plain(body.name) == said] if said else []
    if len(found) > 1:
        raise Refusal(f"{len(found)} bodies are called “{shown(name)}”. Give an e-mail address.")
    return found[0] if found else None


def hosts_like(name: str, *, on: date) -> str:
    """Ask about the names of bodies that are like one; nothing where none is."""
    names = Body.objects.listed().as_of(on).values_list("name", flat=True)
    return did_you_mean(nearest(name, list(names)))


def hosting_of(of: Expression) -> Hosting | None:
    """Return what became of the host that was named; none before it is asked."""
    return Hosting.objects.select_related("body").filter(expression=of).first()


def hosting_by(secret: str, *, today: date) -> Hosting | None:
    """Return what a host's link opens, as long as it lasts."""
    found = Hosting.objects.filter(token_hash=hash_of(secret)).first()
    return found if found is not None and found.works(today) else None


def hosting_numbered(number: int) -> Hosting | None:
    """Return the host of an expression with all that its page names."""
    near = ("body", *(f"expression__{name}" for name in ("asked_of", "body", "coordinator__body")))
    return Hosting.objects.select_related(*near).filter(expression__pk=number).first()
