from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waywarden.fabric.common.gate import for_signed_in
from waywarden.fabric.forms.buckets import Limit, network_of, patient, take
from waywarden.fabric.forms.once import once
from waywarden.fabric.notices import actions, calendars, letters, lists, queries
from waywarden.fabric.notices.forms import FeedForm, PreferencesForm
from waywarden.fabric.notices.models import FeedToken, Notice
from waywarden.fabric.notices.telling import stoppable, topics
from waywarden.fabric.notices.whose import who
from waywarden.fabric.tables.views import beside
from waywarden.fabric.tables.writing import table_response

#: Presses of the links in one person's letters; forged ones from one network.
STOPS = Limit("letters stopped", 30, timedelta(hours=1))
#: Lets in who looks after this installation. The room of people supplies it; see the settings.
for_operators = import_string(settings.OPERATOR_GATE)


@require_http_methods(["GET", "HEAD", "POST"])
@for_signed_in
def preferences(request: HttpRequest) -> HttpResponse:
    """Show and keep how somebody wants to be told of each topic."""
    me = who(request)
    chosen = queries.choices_of(me.key)
    form = PreferencesForm(request.POST or None, chosen=chosen)
    if form.is_valid():
        actions.choose(key=me.key, choices=form.cleaned_data, by=me.actor, today=localdate())
        messages.success(request, "Your choices are kept.")
        return redirect("notices:preferences")
    always = [topic for topic in topics().values() if topic.is_essential]
    shown = {"form": form, "always": always, "email": me.email}
    return render(request, "notices/preferences.html", shown, status=form.status)


# A mail program posts here by itself, with no page of ours and no cookie: the token is the key.
@csrf_exempt
@never_cache
@patient
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to stop a topic, and stop it; works without signing in."""
    signed = letters.read_stop_token(token)
    if request.method == "POST":
        # Many stop theirs from one network: the mail program of a whole county may post for them.
        take(STOPS, signed[0] if signed else network_of(request), now=now())
    if not signed:
        raise Http404
    key, name = signed
    topic = stoppable().get(name)
    if topic and request.method == "POST":
        actions.stop(key=key, topic=topic.key, today=localdate())
    shown = {"topic": topic, "is_stopped": request.method == "POST"}
    return render(request, "notices/stop.html", shown)


@require_safe
@for_operators
def log(request: HttpRequest) -> HttpResponse:
    """Show the operator what became of the latest letters, without what they say."""
    page = lists.letters_list(request.GET)
    context = {"counts": queries.counts(), "most": f"{queries.MOST_IN_LOG:,}"}
    return render(request, "notices/log.html", context | beside(request, page))


@require_safe
@for_operators
def log_table(request: HttpRequest) -> HttpResponse:
    """Download the log as its page lists it."""
    on, rows = localdate(), lists.letters_list(request.GET).found
    about = {"source": lists.SOURCE, "licence": lists.LICENCE}
    return table_response(request, f"letters-{on}", lists.LINES, rows, made_on=on, **about)


@require_POST
@for_operators
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a letter again that was set aside."""
    notice = get_object_or_404(Notice, pk=pk)
    if actions.put_back(notice=notice, by=who(request).actor, today=localdate()):
        messages.success(request, "The letter will be tried again within a minute.")
    else:
        messages.error(request, "That letter is not set aside any more. Nothing was changed.")
    return redirect("notices:log")


#: Where the session keeps a new address until it has been shown, once.
NEW_FEED = "new_calendar"


@require_http_methods(["GET", "HEAD", "POST"])
@for_signed_in
@once
def feeds(request: HttpRequest) -> HttpResponse:
    """Show somebody's calendar addresses, and make another."""
    me, today = who(request), localdate()
    form = FeedForm(request.POST or None, followed=calendars.open_to(request))
    if form.is_valid():
        chosen = form.cleaned_data["followed"]
        token = actions.make_feed(key=me.key, followed=chosen, by=me.actor, today=today)
        request.session[NEW_FEED] = token
        return redirect("notices:feeds")
    token = request.session.pop(NEW_FEED, "")
    address = reverse("notices:calendar", args=[token]) if token else ""
    shown = {
        "form": form,
        "feeds": queries.feeds_of(me.key, on=today),
        "address": letters.site_address(address) if address else "",
    }
    return render(request, "notices/feeds.html", shown, status=form.status)


@require_POST
@for_signed_in
def end_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own calendar addresses."""
    feed = get_object_or_404(FeedToken, pk=pk, key=who(request).key)
    actions.revoke_feed(feed=feed, by=who(request).actor, today=localdate())
    messages.success(request, "That calendar address has ended. Nobody can read it any more.")
    return redirect("notices:feeds")


@never_cache
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Give a calendar to whoever holds its address, for as long as what it follows is theirs."""
    today = localdate()
    followed = queries.followed_at(token, on=today)
    if followed is None:
        raise Http404
    entries = calendars.entries_of(followed, on=today)
    content = calendars.calendar_of(followed, entries, now=now())
    headers = {"Content-Disposition": "inline; filename=calendar.ics", "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
