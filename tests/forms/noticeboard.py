"""A page that takes a note, made up for these tests: the smallest form that makes something."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

from waywarden.fabric.common.subjects import Actor, Subject
from waywarden.fabric.forms.once import once
from waywarden.fabric.journal import actions as journal
from waywarden.fabric.journal.models import Entry

DOT = Actor("dot", "Dot")
BOARD = Subject("noticeboard", "wychbourne")


class Note(forms.Form):
    words = forms.CharField()
    paper = forms.FileField(required=False)


def pin(request: HttpRequest) -> HttpResponse:
    """Pin a note to the board; a note that swears is refused after it was written."""
    note = Note(request.POST, request.FILES)
    if not note.is_valid():
        return HttpResponse("Write something.", status=400)
    line = journal.write(by=DOT, did="pinned a note", to=BOARD)
    if note.cleaned_data["words"] == "damn":
        return HttpResponse("Not here.", status=400)
    if note.cleaned_data["words"] == "stay":
        return HttpResponse("Pinned.")
    return redirect(f"/notes/{line.number}/")


def pinned() -> int:
    """Count the notes on the board."""
    return Entry.objects.about(BOARD.kind, BOARD.key).count()


urlpatterns = [
    path("board/", once(pin), name="board"),
    path("", include("waywarden.urls")),
]
