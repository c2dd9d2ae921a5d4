from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from waywarden.county.signing_in import actions, first_run, queries
from waywarden.county.signing_in.entering import enter, mean_to_see
from waywarden.county.signing_in.forms import FirstOfficerForm
from waywarden.county.signing_in.limits import SET_UP_CODES
from waywarden.fabric.forms.buckets import limited


@never_cache
@limited(SET_UP_CODES)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Let the first officer of an empty site in, by the code in the operator's terminal."""
    if queries.has_begun():
        return _closed(request)
    form = FirstOfficerForm(request.POST or None, today=localdate())
    if form.is_valid():
        if first_run.is_code(settings.INSTANCE, form.cleaned_data["code"]):
            return _let_in(request, form)
        if queries.has_begun():  # the code went the moment somebody else came in with it
            return _closed(request)
        form.add_error("code", "That is not the code the terminal showed last")
    context = {"form": form, "is_empty": not form.councils.exists()}
    return render(request, "signing_in/first_run.html", context, status=form.status)


def _let_in(request: HttpRequest, form: FirstOfficerForm) -> HttpResponse:
    chosen = {name: value for name, value in form.cleaned_data.items() if name != "code"}
    try:
        person = actions.begin(**chosen, today=localdate(), now=now())
    except actions.CannotBegin:
        return _closed(request)
    first_run.forget_code(settings.INSTANCE)
    messages.success(request, "You are the first officer of this site.")
    mean_to_see(request, "/account/sign-in/")
    return enter(request, person, ways="the set-up code", is_proved=False)


def _closed(request: HttpRequest) -> HttpResponse:
    messages.info(request, "This site has its first officer already. Others come by invitation.")
    return redirect("people:sign-in")
