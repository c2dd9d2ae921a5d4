"""Sending tables through the wizard's pages, as a browser does."""

from __future__ import annotations

import re
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.cast import Cast
from tests.pages.reading import Page, body_of
from waywarden.county.people.models import Office

CONTACTS = "body,kind,value,source\n"
QUANTITIES = "place,service,amount,unit,source,date\n"
MINE = ",e-mail,clerk@coldbrook.example,The website\n"


class Desk:
    """Somebody at their desk, acting in one office."""

    def __init__(self, cast: Cast, office: Office) -> None:
        self.browser: Client = cast.signed_in(office.person)
        self.office = office

    def post(self, address: str, **sent: object) -> HttpResponse:
        keys = {"acting_in": str(self.office.pk), "once": str(uuid4())}
        return self.browser.post(address, keys | sent)

    def paste(self, kind: str, cells: str) -> HttpResponse:
        return self.post(f"/imports/{kind}/", cells=cells)

    def send(self, kind: str, content: bytes, name: str = "table.csv") -> HttpResponse:
        return self.post(f"/imports/{kind}/", file=SimpleUploadedFile(name, content))

    def look(self, answer: HttpResponse) -> Page:
        """Open the preview a sent table leads to."""
        assert answer.status_code == 302, body_of(answer)
        return self.page(answer["Location"])

    def page(self, address: str) -> Page:
        return Page(body_of(self.browser.get(address)))

    def decide(
        self, address: str, decision: str = "good", seen: str = "", reason: str = "Walked in March"
    ) -> HttpResponse:
        shown = body_of(self.browser.get(address))
        found = re.search(r'name="seen" value="([0-9a-f]+)"', shown)
        digest = seen or (found[1] if found else "")
        return self.post(f"{address}decide/", decision=decision, seen=digest, reason=reason)

    def take_in(self, kind: str, cells: str) -> Page:
        """Paste a table, look at it, take in its good rows, and give the page that follows."""
        there = self.paste(kind, cells)["Location"]
        answer = self.decide(there)
        assert answer.status_code == 302, body_of(answer)
        return self.page(there)


def figures(page: Page) -> dict[str, int]:
    """Give the counts a page shows."""
    numbers = [int(text) for text in page.texts("dd") if text.isdigit()]
    return dict(zip(("new", "changed", "same", "left_out"), numbers, strict=False))
