"""Drafts in pages: what is begun, found again, kept while somebody types, and gone once sent."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest

from waywarden.fabric.forms.actions import drop_draft
from waywarden.fabric.forms.models import Draft

SALT = "waywarden.draft"
#: The hidden field that says of which form a draft is; the buttons beside it.
SENT, SAVE, DISCARD = "draft_of", "save_draft", "discard_draft"
#: What travels with a form and was typed by nobody.
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "once", "acting_in", SENT, SAVE, DISCARD})


def person_key(request: HttpRequest) -> str:
    """Return the key of whoever has signed in; blank for a visitor."""
    user = getattr(request, "user", None)
    return str(getattr(user, "key", user.pk)) if user and user.is_authenticated else ""


@dataclass(frozen=True)
class Begun:
    """A form somebody is filling in, with the draft of it that is kept, if any."""

    who: str
    body: str
    form: str
    about: str
    called: str
    back: str
    draft: Draft | None

    @property
    def token(self) -> str:
        """Return what the form's hidden field holds; it cannot be made up."""
        return signing.dumps(
            [self.who, self.body, self.form, self.about, self.called, self.back], salt=SALT
        )

    def initial(self, form: type[forms.BaseForm]) -> dict[str, Any]:
        """Return what was typed before, for a form to start with."""
        return self.draft.initial(form) if self.draft else {}

    def sent(self) -> None:
        """Throw the draft away, once the form has been sent and accepted."""
        drop_draft(who=self.who, body=self.body, form=self.form, about=self.about)


def begun(
    request: HttpRequest, *, form: str, about: str = "", body: str = "", called: str = ""
) -> Begun:
    """Find what somebody has begun of a form; ``about`` and ``body`` are keys, not names.

    What it is ``called`` is how the person finds it again among their drafts.
    Give its ``initial`` to the form, put ``{% draft begun %}`` inside the form's
    element, and call ``sent()`` in the request that is accepted.
    """
    who = person_key(request)
    kept = Draft.objects.begun_by(who).filter(body=body, form=form, about=about).first()
    return Begun(who, body, form, about, called, request.path, kept if who else None)


def read(request: HttpRequest) -> Begun | None:
    """Find which form a request wants kept; none where that was made up or is another's."""
    try:
        who, body, form, about, called, back = signing.loads(request.POST.get(SENT, ""), salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    kept = Draft.objects.begun_by(who).filter(body=body, form=form, about=about).first()
    return Begun(who, body, form, about, called, back, kept) if who == person_key(request) else None


def typed(request: HttpRequest) -> dict[str, list[str]]:
    """Return what somebody has typed, without what travels with every form."""
    return {name: values for name, values in request.POST.lists() if name not in NOT_TYPED}
