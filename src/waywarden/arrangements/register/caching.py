"""Answer "not modified" without making a page again.

Pages change only when the journal grows or the day turns.
"""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition

from waywarden import __version__
from waywarden.fabric.journal import queries as journal

View = Callable[..., HttpResponse]


def _etag(request: HttpRequest, **_: str) -> str:
    said = f"{__version__} {journal.version()} {localdate()} {request.get_full_path()}"
    return f'W/"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def unless_unchanged(view: View) -> View:
    """Let browsers keep a page and ask whether it changed, which costs one query."""
    return cache_control(no_cache=True)(condition(etag_func=_etag)(view))
