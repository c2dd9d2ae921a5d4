"""What the tests of the pages share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(autouse=True, scope="session")
def static_folder() -> Iterator[None]:
    """Give the site the folder of static files it looks for as it starts."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    yield
