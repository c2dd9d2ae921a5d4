"""What is typed and not sent yet is kept, for whoever typed it alone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing
from django.test import Client, RequestFactory

from tests.cast import DAY, Cast
from waywarden.county.people.models import Person
from waywarden.fabric.forms import actions, drafts
from waywarden.fabric.forms.models import Draft
from waywarden.fabric.journal.models import Entry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, 9, 42, tzinfo=UTC)


def token(holder: Person, about: str = "verge") -> str:
    """Give what the hidden field of a form opened by somebody holds."""
    request = RequestFactory().get("/glossary/")
    request.user = holder
    of = {"form": "note", "about": about, "body": "wychbourne-council"}
    return drafts.begun(request, called="A note on the verge", **of).token


def typed(words: str, of: str, **more: str) -> dict[str, str]:
    return {"draft_of": of, "words": words, "acting_in": "3", "once": "x", **more}


def save(
    who: str, body: str = "wychbourne-council", about: str = "verge", words: str = ""
) -> Draft:
    fields = {"words": [words]}
    return actions.save_draft(who=who, body=body, form="note", about=about, fields=fields, now=NOW)


def test_a_script_saves_a_draft_and_is_told_when(cast: Cast) -> None:
    browser = cast.signed_in(cast.bron)

    answer = browser.post(
        "/drafts/", typed("The verge", token(cast.bron)), headers={"HX-Request": "true"}
    )

    kept = Draft.objects.get()
    assert answer.content.decode().startswith("Draft saved at ")
    assert kept.fields == {"words": ["The verge"]}
    assert (kept.who, kept.body, kept.about) == (cast.bron.key, "wychbourne-council", "verge")


def test_a_button_saves_a_draft_and_goes_back_to_the_form(cast: Cast) -> None:
    browser = cast.signed_in(cast.bron)

    answer = browser.post("/drafts/", typed("The verge", token(cast.bron)), follow=True)

    assert answer.redirect_chain == [("/glossary/", 302)]
    assert "Your draft is saved." in answer.content.decode()


def test_a_later_draft_takes_the_place_of_an_earlier_one(cast: Cast) -> None:
    browser = cast.signed_in(cast.bron)

    for words in ("The verge", "The verge by the pond"):
        browser.post("/drafts/", typed(words, token(cast.bron)))

    assert Draft.objects.get().fields == {"words": ["The verge by the pond"]}


def test_a_draft_that_is_not_wanted_is_thrown_away(cast: Cast) -> None:
    browser = cast.signed_in(cast.bron)
    browser.post("/drafts/", typed("The verge", token(cast.bron)))

    browser.post("/drafts/", typed("The verge", token(cast.bron), discard_draft="1"))

    assert not Draft.objects.exists()


def test_somebody_signed_out_is_told_and_nothing_is_kept(cast: Cast, client: Client) -> None:
    sent = typed("The verge", token(cast.bron))

    by_script = client.post("/drafts/", sent, headers={"HX-Request": "true"})
    by_button = client.post("/drafts/", sent)

    assert (by_script.status_code, by_button.status_code) == (401, 401)
    assert by_script.content.decode().startswith("Not saved: you are no longer signed in.")
    assert "<h1" in by_button.content.decode()
    assert not Draft.objects.exists()


def test_a_form_that_somebody_else_opened_or_nobody_is_not_kept(cast: Cast) -> None:
    browser = cast.signed_in(cast.colm)

    for made_up in (token(cast.bron), "note:verge", ""):
        assert browser.post("/drafts/", typed("Mine now", made_up)).status_code == 400
    assert not Draft.objects.exists()


def test_a_novel_is_not_kept_as_a_draft(cast: Cast) -> None:
    browser = cast.signed_in(cast.bron)

    answer = browser.post("/drafts/", typed("x" * 200_001, token(cast.bron)))

    assert answer.status_code == 400
    assert "too long to keep" in answer.content.decode()


def test_nobody_keeps_more_drafts_than_can_be_meant(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_DRAFTS", 1)
    browser = cast.signed_in(cast.bron)
    browser.post("/drafts/", typed("The verge", token(cast.bron)))

    assert browser.post("/drafts/", typed("More", token(cast.bron))).status_code == 302
    refused = browser.post("/drafts/", typed("The pond", token(cast.bron, "pond")))

    assert refused.status_code == 400
    assert "You have 1 drafts already." in refused.content.decode()


def test_a_leavers_drafts_for_one_body_go_to_the_successor(cast: Cast) -> None:
    save("bron", about="verge")
    save("bron", about="pond", words="by Bron")
    save("bron", body="coldbrook-council")
    save("colm", about="pond", words="by Colm")

    moved = actions.reassign_drafts(body="wychbourne-council", leaver="bron", successor="colm")

    assert moved == 1
    assert {draft.about for draft in Draft.objects.begun_by("colm")} == {"verge", "pond"}
    assert Draft.objects.begun_by("colm").get(about="pond").fields == {"words": ["by Colm"]}
    assert [draft.body for draft in Draft.objects.begun_by("bron")] == ["coldbrook-council"]


def test_whoever_is_forgotten_leaves_no_draft() -> None:
    save("bron")
    save("colm")

    assert actions.drop_drafts_of("bron") == 1

    assert [draft.who for draft in Draft.objects.all()] == ["colm"]


def test_a_draft_nobody_touched_for_half_a_year_is_thrown_away() -> None:
    save("bron")

    actions.clear_out(today=DAY, now=NOW + timedelta(days=179))
    assert Draft.objects.exists()
    actions.clear_out(today=DAY, now=NOW + timedelta(days=181))
    assert not Draft.objects.exists()


def test_the_journal_knows_of_no_draft(cast: Cast) -> None:
    lines = Entry.objects.count()

    save("bron", words="dot@example.org")

    assert Entry.objects.count() == lines


def test_a_form_opened_before_drafts_had_names_is_to_be_opened_again(cast: Cast) -> None:
    old = signing.dumps([cast.bron.key, "", "note", "", "/glossary/"], salt=drafts.SALT)

    answer = cast.signed_in(cast.bron).post("/drafts/", typed("The verge", old))

    assert answer.status_code == 400
    assert not Draft.objects.exists()


def test_a_draft_keeps_what_its_form_is_called_and_where_it_is(cast: Cast) -> None:
    cast.signed_in(cast.bron).post("/drafts/", typed("The verge", token(cast.bron)))

    kept = Draft.objects.get()
    assert (str(kept), kept.back) == ("A note on the verge", "/glossary/")
