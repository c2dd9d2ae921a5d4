"""Leading somebody back to where they came from."""

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def is_ours(address: str) -> bool:
    """Whether an address is a path of this site, and not a name or another site's."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def back(request: HttpRequest, *, otherwise: str) -> HttpResponseRedirect:
    """Redirect to the page a form names as the one it stood on; otherwise to another."""
    there = request.POST.get("next", "")
    return HttpResponseRedirect(there if is_ours(there) else resolve_url(otherwise))
