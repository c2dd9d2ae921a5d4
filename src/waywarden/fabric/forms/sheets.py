"""One page for every form that stands by itself: shown, sent, done, or given back with why not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from waywarden.fabric.common.refusals import Overtaken, Refusal
from waywarden.fabric.forms.plain import PlainForm
from waywarden.fabric.forms.versions import Saved, VersionedForm, answer_overtaken

METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Sheet:
    """What stands around a form: its heading, its button, what to know first, the way back."""

    title: str
    button: str
    lead: str = ""
    #: A word or two above the heading.
    kicker: str = ""
    #: The way back up, from the top: what each page is called, and its address.
    way: tuple[tuple[str, str], ...] = ()
    #: Whether it is sent in an office; not where a link alone lets people in.
    is_in_office: bool = True

    @property
    def back(self) -> str:
        """Where whoever changes their mind goes; blank where there is no way back."""
        return self.way[-1][1] if self.way else ""


def answer(
    request: HttpRequest,
    form: PlainForm,
    sheet: Sheet,
    *,
    change: Callable[[], str],
    there: Any,
    saved: Callable[[], Saved] | None = None,
    context: Mapping[str, Any] | None = None,
    template: str = "paperwork/sheet.html",
) -> HttpResponse:
    """Show a form; once it is sent and makes sense, make the change and say what was done.

    ``change`` returns what to say; ``there`` is where one goes then: an address, a
    row that has one, or what gives either once the change was made. Where somebody else
    was first, a versioned form shows both versions (``saved``), and another says so
    with 409. What cannot be done is said above the form, which keeps what was typed.
    """
    status = form.status
    if form.is_valid():
        try:
            done = change()
        except Overtaken as overtaken:
            if isinstance(form, VersionedForm) and saved is not None:
                return answer_overtaken(request, form, saved())
            form.add_error(None, str(overtaken))
            status = 409
        except Refusal as refused:
            form.add_error(None, str(refused))
            status = form.status
        else:
            messages.success(request, done)
            return redirect(there() if callable(there) else there)
    given = {"form": form, "sheet": sheet} | dict(context or {})
    return render(request, template, given, status=status)
