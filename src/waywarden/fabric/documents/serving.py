"""Give a stored file back: always as a file to download, never as a page of ours."""

import logging

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from waywarden.fabric.documents import keeping
from waywarden.fabric.documents.models import StoredFile

log = logging.getLogger(__name__)


def download(file: StoredFile) -> HttpResponse:
    """Answer with a stored file. Whoever asks must have been found to be allowed to have it."""
    content = keeping.read(file.sha256)
    if content is None:
        log.error("Stored file %s is missing or altered: run waywarden check.", file.pk)
        raise Http404("The file is missing here. Tell whoever looks after this site.")
    response = HttpResponse(content, content_type=file.media_type)
    disposition = content_disposition_header(as_attachment=True, filename=file.name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["ETag"] = f'"{file.sha256}"'
    return response
