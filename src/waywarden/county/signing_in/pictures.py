"""The picture an app reads its secret from."""

from dataclasses import dataclass

import qrcode
from allauth.core.context import request_context
from allauth.mfa.adapter import get_adapter
from django.http import HttpRequest

from waywarden.county.people.models import Person

#: The light edge without which a camera finds nothing.
EDGE = 4


@dataclass(frozen=True)
class Squares:
    """A picture of black squares: how many there are each way, and a path around each."""

    size: int
    path: str


def code_to_scan(request: HttpRequest, person: Person, secret: str) -> Squares:
    """Return the QR code by which an app learns a secret."""
    with request_context(request):
        address = get_adapter().build_totp_url(person, secret)
    code = qrcode.QRCode(border=EDGE)
    code.add_data(address)
    rows = code.get_matrix()
    black = [(x, y) for y, row in enumerate(rows) for x, is_black in enumerate(row) if is_black]
    return Squares(len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in black))
