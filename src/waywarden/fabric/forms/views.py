from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from waywarden.fabric.forms import actions, drafts
from waywarden.fabric.forms.once import is_accepted

#: What is typed into one form; a page of text is about 3,000 characters.
MOST_CHARACTERS = 200_000


@never_cache
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep a draft, or throw it away; answer a script with one line, a button with the form."""
    is_script = request.headers.get("HX-Request") == "true"
    if not request.user.is_authenticated:
        return render(request, "paperwork/signed_out.html", {"is_script": is_script}, status=401)
    begun = drafts.read(request)
    if begun is None:
        raise BadRequest("This draft is of a form you did not open. Open the form again.")
    if drafts.DISCARD in request.POST or is_accepted(request):
        begun.sent()
        return redirect(begun.back)
    return _kept(request, begun, is_script=is_script)


def _kept(request: HttpRequest, begun: drafts.Begun, *, is_script: bool) -> HttpResponse:
    fields = drafts.typed(request)
    if sum(len(value) for values in fields.values() for value in values) > MOST_CHARACTERS:
        raise BadRequest("This is too long to keep as a draft. Send it, or make it shorter.")
    try:
        kept = actions.save_draft(
            who=begun.who,
            body=begun.body,
            form=begun.form,
            about=begun.about,
            fields=fields,
            now=now(),
            called=begun.called[:200],
            back=begun.back[:500],
        )
    except actions.TooManyDrafts as refused:
        raise BadRequest(str(refused)) from refused
    if is_script:
        return render(request, "paperwork/saved.html", {"draft": kept})
    messages.success(request, f"Your draft is saved. {kept.seen_by}")
    return redirect(begun.back)
