"""The photo that came with a dispute, given to whoever a page has found to be allowed to see it."""

from django.http import Http404, HttpResponse

from waywarden.county.services.models import Quantity
from waywarden.fabric.documents.serving import download


def photo_of(figure: Quantity | None) -> HttpResponse:
    """Answer with the photo of a figure that counts now; of none that was put aside."""
    if figure is None or figure.photo is None:
        raise Http404("There is no photo.")
    return download(figure.photo)
