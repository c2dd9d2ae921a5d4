from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from waywarden.county.councils.models import Body
from waywarden.county.people.acting import TWO_WAYS, asking
from waywarden.county.people.gate import for_officers
from waywarden.county.people.models import SignInRule, requires_second_factor
from waywarden.county.people.permissions import may_appoint
from waywarden.county.signing_in import actions
from waywarden.county.signing_in.forms import RuleForm
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.forms.versions import Saved, answer_overtaken
from waywarden.fabric.journal import queries as journal


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers()
def sign_in_rule(request: HttpRequest, key: str) -> HttpResponse:
    """Say whether people take a second step to act for a body."""
    body = get_object_or_404(Body.objects.listed().as_of(localdate()), key=key)
    acting = asking(request).acting
    if acting is None or not may_appoint(acting, body):
        raise PermissionDenied
    first = _fields(body)
    form = RuleForm(request.POST or None, initial=first)
    if form.is_valid():
        try:
            _set(request, body, form)
        except actions.CannotSetRule as refused:
            form.add_error("required", str(refused))
        except Overtaken:
            return answer_overtaken(request, form, _saved(body))
        else:
            messages.success(request, f"The rule of {body} is set.")
            return redirect("people:sign-in-rule", key=body.key)
    context = {"form": form, "body": body, "is_required": first["required"] == "yes"}
    return render(request, "signing_in/rule.html", context, status=form.status)


def _set(request: HttpRequest, body: Body, form: RuleForm) -> None:
    actions.set_rule(
        body=body,
        version=form.cleaned_data["version"],
        requires_second_step=form.cleaned_data["required"],
        reason=form.cleaned_data["reason"],
        is_proved=bool(request.session.get(TWO_WAYS)),
        by=asking(request).by,
    )


def _fields(body: Body) -> dict[str, Any]:
    rule = SignInRule.objects.filter(body=body).first()
    required = rule.requires_second_factor if rule else requires_second_factor(body)
    return {"required": "yes" if required else "no", "version": rule.version if rule else 0}


def _saved(body: Body) -> Saved:
    """Return the rule as somebody has set it meanwhile, and who that was."""
    fields, last = _fields(body), journal.last_about(body.subject, actions.SET_RULE)
    by, at = (last.actor_shown_as, last.at) if last else ("", None)
    fields["reason"] = last.reason if last else ""
    url = reverse("people:sign-in-rule", args=[body.key])
    return Saved(fields, fields["version"], by, at, url)
