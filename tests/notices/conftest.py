"""Mail servers and folders for the tests of notices."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.notices.servers import Post, mail_server

GUARDED = "waywarden.fabric.notices.transport.GuardedBackend"


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """The folder letters are written into, as on a site without a mail server."""
    settings.EMAIL_BACKEND = GUARDED
    settings.EMAIL_HOST = ""
    settings.MAIL_FOLDER = tmp_path / "mail"
    return tmp_path / "mail"


@pytest.fixture
def post(settings: Settings, folder: Path) -> Iterator[Post]:
    """A mail server that the site may write through to everybody."""
    with mail_server() as post:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
        settings.SEND_MAIL_OUTSIDE = True
        yield post
