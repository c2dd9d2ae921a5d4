"""Which of the product's forms are filled in here: all that make something, all that edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import CodeType, ModuleType
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from soak.clustering import ProposingCluster, SayingAlone
from soak.deciding import AddingOption, Declaring, Planning, PuttingRight, Recording
from soak.editing import ChangingContact, Correcting, Ending, Extending
from soak.filling import GivingOffice, Listing, SendingTable
from soak.interest import Asking, Noting, SayingWho
from soak.making import (
    AddingPaper,
    Deciding,
    Following,
    Inviting,
    LookingIn,
    NamingSuccessor,
    Proposing,
)
from soak.offering import Beginning, TellingOwn
from waywarden.fabric.forms.versions import VersionedForm

#: Forms that make something, by the name of their address.
CREATING: dict[str, Callable[[], Listing]] = {
    form.name: form
    for form in (
        Listing,
        GivingOffice,
        SendingTable,
        Deciding,
        Inviting,
        NamingSuccessor,
        Proposing,
        LookingIn,
        AddingPaper,
        Following,
        Recording,
        Planning,
        AddingOption,
        Declaring,
        Beginning,
        Asking,
        Noting,
        ProposingCluster,
    )
}
#: Forms that carry a key and are not sent here, each with its reason.
#: What a decision may be once only: taken, withdrawn, called in, confirmed, signed off, taken back.
STATE = "Its state lets it happen once; its tests send it twice."
NOT_DOUBLED: dict[str, str] = {
    "decisions:take": STATE,
    "decisions:withdraw": STATE,
    "decisions:call-in": STATE,
    "decisions:confirm": STATE,
    "decisions:sign-off": STATE,
    "decisions:take-back": STATE,
    "offers:withdraw": STATE,
    "offers:called": "A call is ticked off once; its tests tick it off twice at once.",
    "offers:end-link": STATE,
    "offers:take-back-confirmation": STATE,
    "offers:confirm-power": "A warning is confirmed once; its tests confirm it twice.",
    "interest:decide": STATE,
    "interest:withdraw": STATE,
    "interest:erase": STATE,
    "interest:hosting": STATE,
    "interest:add-paper": "Papers are sent as papers:add is, which is pressed 50 times.",
    "interest:add-fund": "Each fund is a row of its own; the same form sent again is one.",
    "interest:close-fund": STATE,
    "interest:award": "Never more than is left; two at once are tried with its tests.",
    "interest:take-award-back": STATE,
    "interest:replace-paper": STATE,
    "interest:take-paper-back": STATE,
    "clusters:withdraw": STATE,
    "clusters:leave": STATE,
    "clusters:erase-why": STATE,
    "clusters:agree": STATE,
    "clusters:give-up": STATE,
    "clusters:note-holder": STATE,
    "clusters:choose-group": STATE,
    "clusters:answer": "Who has joined answers no more; who declined may answer anew.",
    "clusters:question": "Each question is a letter; the same form sent again is one.",
    "clusters:end-link": STATE,
    "clusters:take-back-confirmation": STATE,
    "clusters:confirm-power": "A warning is confirmed once; its tests confirm it twice.",
    "clusters:add-member": "A council is on the list once; its tests add it twice.",
    "clusters:meet": "Each vote is a row of its own; the same form sent again is one.",
    "clusters:lend": "Each thing is a row of its own; the same form sent again is one.",
    "clusters:settle": "Each version has its number; its tests draw up two.",
    "clusters:consent": STATE,
    "clusters:unpaid": "Each is a row of its own; the same form sent again is one.",
    "clusters:put-right": STATE,
    "clusters:end-unpaid": STATE,
    "clusters:note-paid": STATE,
    "clusters:ask-alone": "A service is asked for once until it is settled; its tests ask twice.",
    "clusters:withdraw-alone": STATE,
    "clusters:draw-up": "Each version has its number; its tests draw up two at once.",
    "offers:add-service": "A service stands in a round once; its tests offer it twice.",
    "offers:write-to-all": "Who has had a letter gets no other; its tests press it twice.",
    "offers:answer": "A later answer takes the place of an earlier; its tests give two.",
    "making:make": "The same asked twice leads to what was asked first; pressed 50 times.",
    "making:change": "The same asked twice leads to what was asked first, as in making one.",
    "making:adopt": "A cluster of a plan is proposed once; its tests propose it four at once.",
    "offers:call-back": "A later number takes the place of an earlier.",
}
#: Forms that change a row as it was seen.
EDITING: dict[str, Callable[[], ChangingContact]] = {
    form.name: form
    for form in (
        ChangingContact,
        Extending,
        Ending,
        Correcting,
        PuttingRight,
        TellingOwn,
        SayingWho,
        SayingAlone,
    )
}
#: Forms that carry a version and are not sent here, each with its reason.
NOT_EDITED = {
    "desk:withdraw-contact": "Nothing is typed that could be lost; its tests press it twice.",
    "decisions:notice": "Its tests send it on top of another.",
    "decisions:hand-on": "It is one choice; its tests send it on top of another.",
    "offers:change": "Its tests send it on top of another.",
    "clusters:change": "Its tests send it on top of another.",
    "clusters:cost": "Its tests send it on top of another.",
    "clusters:assess-alone": "Its tests send it on top of another.",
    "clusters:answer-alone": "Its tests send it on top of another.",
    "clusters:decide-alone": "Its tests send it on top of another.",
    "clusters:work": "Its tests send it on top of another.",
    "clusters:choose-model": "Its tests send it on top of another.",
    "clusters:state-model": "Its tests send it on top of another.",
    "clusters:capacity": "Its tests send it on top of another.",
    "offers:dispute": "A figure put in place of another is raced in races-measuring.",
    **dict.fromkeys(
        (
            f"interest:{page}"
            for page in (
                *("what", "how", "challenge", "budget", "coordinate", "assess"),
                *("change-fund", "legal-form", "steps", "host"),
            )
        ),
        "The permission matrix's edit forms are sent on top of one another.",
    ),
    "people:sign-in-rule": "It is yes or no; its tests send it on top of another answer.",
}


def keyed() -> set[str]:
    """Name every address whose form carries a key against being sent twice."""
    return {name for name, view in _views() if _has_door(view) or any(map(_has_door, _calls(view)))}


def _has_door(view: object) -> bool:
    return any(_layers_named(view, "done_once"))


def _calls(view: object) -> list[object]:
    """Name what a view calls of its own room: some read what was sent before the door is taken."""
    innermost = view
    while hasattr(innermost, "__wrapped__"):
        innermost = innermost.__wrapped__
    code, room = getattr(innermost, "__code__", None), getattr(innermost, "__globals__", {})
    return [room[name] for name in code.co_names if name in room] if code else []


def _views(resolver: URLResolver | None = None, space: str = "") -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            found += _views(each, f"{each.namespace}:" if each.namespace else space)
        elif isinstance(each, URLPattern):
            found.append((f"{space}{each.name}", each.callback))
    return found


def _layers_named(view: object, name: str) -> list[bool]:
    found = []
    while view is not None:
        code = getattr(view, "__code__", None)
        found.append(code is not None and code.co_name == name)
        view = getattr(view, "__wrapped__", None)
    return found


def versioned() -> set[str]:
    """Name every address whose form carries the version of what it changes."""
    return {name for name, view in _views() if any(map(_is_versioned, [view, *_calls(view)]))}


def _is_versioned(view: Any) -> bool:
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    code, room = getattr(view, "__code__", None), getattr(view, "__globals__", {})
    if code is None or not view.__module__.startswith("waywarden.") or "Form" in code.co_name:
        return False
    names, consts = set(_names_in(code)), code.co_consts
    known = [room[name] for name in names if name in room]
    within = [getattr(each, name, None) for each in known if _is_forms(each) for name in names]
    return any(map(_is_edit_form, [*known, *within])) or ("version" in consts and "POST" in names)


def _is_edit_form(each: Any) -> bool:
    is_form = isinstance(each, type) and issubclass(each, VersionedForm)
    return is_form and each is not VersionedForm


def _is_forms(each: object) -> bool:
    return isinstance(each, ModuleType) and each.__name__.endswith(".forms")


def _names_in(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names_in(inner)
