"""Keeping and removing named views, and what a list page shows beside its rows."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from waywarden.fabric.common import leading
from waywarden.fabric.common.gate import for_signed_in
from waywarden.fabric.tables import actions, queries
from waywarden.fabric.tables.forms import FilterForm, SaveViewForm
from waywarden.fabric.tables.lists import ListPage, Unasked

__all__ = ["BadRequest", "beside", "listed", "remove", "save"]


def listed(*args: Any, **kwargs: Any) -> ListPage[Any]:
    """Return a list as its address asks for it; refuse in a sentence what makes no sense."""
    try:
        return ListPage(*args, **kwargs)
    except Unasked as refused:
        raise BadRequest(str(refused)) from None


def beside(request: HttpRequest, page: ListPage[Any]) -> dict[str, Any]:
    """Return what a list's page needs besides: the form that filters, and the reader's views."""
    return {"list": page, "filters": FilterForm(page), "shelf": _shelf(request, page)}


def _shelf(request: HttpRequest, page: ListPage[Any]) -> queries.Shelf | None:
    """Return the views of who has signed in, and remember the filter they use now."""
    user: Any = request.user
    if not user.is_authenticated:
        return None
    query = page.query(page="")
    if query and request.method == "GET" and not getattr(request, "saves_nothing", False):
        # A list can be read where nothing can be saved.
        with suppress(DatabaseError):
            actions.remember(path=request.path, query=query, person_key=user.key)
    return queries.shelf(person_key=user.key, path=request.path, query=query)


@require_POST
@for_signed_in
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filter of a list under a name."""
    user: Any = request.user
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        return render(request, "tables/save_view.html", {"form": form}, status=form.status)
    try:
        view = actions.save_view(**form.cleaned_data, person_key=user.key)
    except actions.CannotSave as refused:
        form.add_error("name", str(refused))
        return render(request, "tables/save_view.html", {"form": form}, status=409)
    messages.success(request, f"The view “{view}” is saved above the list.")
    return redirect(view.address)


@require_POST
@for_signed_in
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Remove one of one's own views."""
    user: Any = request.user
    actions.remove_view(number=number, person_key=user.key)
    return leading.back(request, otherwise="/")
