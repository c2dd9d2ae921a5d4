"""Questions about papers."""

from waywarden.county.councils.models import Body
from waywarden.county.papers.models import Paper


def body_called(key: str) -> Body | None:
    """Return the body with this key, if pages may show it."""
    return Body.objects.listed().filter(key=key).first()


def papers_of(body: Body, *, is_reader_of_its: bool) -> list[Paper]:
    """Return the papers of a body, the newest first: all for its own people, else the public."""
    papers = Paper.objects.of(body).there().select_related("file", "body").order_by("-file__pk")
    return list(papers if is_reader_of_its else papers.public())
