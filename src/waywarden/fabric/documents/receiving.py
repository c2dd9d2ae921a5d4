"""Take a file in as it arrives, and stop at the size no file may have: the disk is not filled."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from waywarden.fabric.documents import inspecting

#: Set on a request of which a file was left unread.
TOO_LARGE = "is_upload_too_large"


class BoundedUpload(FileUploadHandler):
    """Stands before the handlers that keep what arrives, and counts."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > settings.FILES_MOST_BYTES:
            setattr(self.request, TOO_LARGE, True)
            # What is left is read and dropped, so that the browser hears our answer.
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def is_too_large(request: Any) -> bool:
    """Whether a file of this request was larger than files may be."""
    return bool(getattr(request, TOO_LARGE, False))


def too_large() -> str:
    """Say how large a file may be, and what to do."""
    return inspecting.too_large(settings.FILES_MOST_BYTES)
