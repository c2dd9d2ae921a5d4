"""The pages: what everybody sees, what parties see, and nothing of a draft for anybody else."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate, now

from tests.agreements.agreed import (
    chief,
    clerk,
    decided,
    drafted,
    joins,
    read_again,
    ready,
    scan,
    sent,
    signs,
)
from tests.cast import ADA, Cast
from waywarden.arrangements.agreements import actions, paper_actions, signing_actions
from waywarden.arrangements.agreements.actions import Outline
from waywarden.arrangements.agreements.models import Agreement, Version
from waywarden.arrangements.agreements.refusing import CannotAgree
from waywarden.county.people.models import Office
from waywarden.fabric.notices.models import Notice
from waywarden.rules import clauses

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def outline(title: str = "Village grass") -> Outline:
    """Give an agreement that begins today, by the clock of the pages."""
    first = localdate()
    last = first + timedelta(days=700)
    return Outline(title=title, starts_on=first, ends_on=last, notice_months=3)


def running(cast: Cast) -> Version:
    """Give an agreement in force since today."""
    made = drafted(cast, outline=outline(), now=now())
    party = actions.add_party(
        agreement=made,
        version=made.version,
        joining=actions.Joining(body=cast.coldbrook_council),
        by=ADA,
    )
    handing = actions.Handing(
        service=cast.service("DPS01"),
        area=cast.coldbrook,
        lead=party,
        starts_on=made.starts_on,
        ends_on=made.ends_on,
    )
    actions.add_line(agreement=made, version=made.version, handing=handing, by=ADA)
    given: dict[str, Any] = {"power": "LGA2000-s9EA", "records": {}, "by": ADA}
    actions.choose_power(agreement=made, version=made.version, **given)
    version = sent(made, now=now())
    for office in (chief(cast), clerk(cast)):
        decision = decided(office.body, stated_on=date(2026, 1, 5))
        word = signing_actions.Word(decision=decision)
        signs(version, office, word=word, now=now())
    version = read_again(version)
    signing_actions.start(version=version, is_ready=True, by=ADA, today=localdate())
    return read_again(version)


def ada(cast: Cast) -> tuple[Client, Office]:
    """Let Ada look, who writes agreements of the county."""
    office = cast.at_the_county
    return cast.signed_in(cast.ada), office


def send(browser: Client, where: str, said: dict[str, Any]) -> HttpResponse:
    """Send a form as its page gives it: each with a key of its own."""
    return browser.post(where, {"once": uuid.uuid4().hex} | said)


def test_everybody_reads_what_is_in_force_and_not_its_clauses(cast: Cast) -> None:
    version = running(cast)
    page = Client().get(version.agreement.get_absolute_url())
    listed = Client().get("/agreements/").content.decode()
    table = Client().get("/agreements/agreements.csv").content.decode()
    assert version.title in page.content.decode()
    assert version.title in listed
    assert version.title in table
    assert "Insurance" not in page.content.decode()


def test_a_draft_of_what_is_in_force_is_read_by_nobody_else(cast: Cast) -> None:
    made = running(cast).agreement
    made.refresh_from_db()
    changed = outline("Secret hedges")
    actions.change(agreement=made, version=made.version, outline=changed, by=ADA)
    clerk(cast)
    for browser in (Client(), cast.signed_in(cast.colm)):
        for address in (made.get_absolute_url(), "/agreements/", "/agreements/agreements.csv"):
            assert "hedges" not in browser.get(address).content.decode()
        history = browser.get(f"/history/agreement/{made.number}/", follow=True)
        assert "hedges" not in history.content.decode()


def test_a_draft_and_what_was_sent_are_hidden_from_everybody_else(cast: Cast) -> None:
    made = ready(cast)
    bron = cast.at_wychbourne and cast.signed_in(cast.bron)
    for browser in (Client(), bron):
        assert browser.get(made.get_absolute_url()).status_code == 404
    sent(made)
    for browser in (Client(), bron):
        assert browser.get(made.get_absolute_url()).status_code == 404
        assert made.number not in browser.get("/agreements/").content.decode()


def reads(browser: Client, version: Version) -> set[int]:
    """Say how the pages of a version answer."""
    here = version.get_absolute_url()
    pages = ("", "agreement.pdf", "agreement.docx")
    return {browser.get(f"{here}{page}").status_code for page in pages}


def test_a_party_left_out_reads_no_later_version_and_is_told(cast: Cast) -> None:
    made, office = ready(cast), cast.at_wychbourne
    joins(made, cast.wychbourne_council)
    first = sent(made)
    made.refresh_from_db()
    party = made.parties.get(body=cast.wychbourne_council)
    actions.remove_party(party=party, version=made.version, by=ADA)
    made.refresh_from_db()
    given = {"cap": "Secret 9 %"}
    actions.fill_in(agreement=made, version=made.version, given=given, by=ADA)
    second = sent(made)
    bron = cast.signed_in(cast.bron)
    assert reads(bron, first) == {200}
    assert reads(bron, second) == {404}
    beside = f"{first.get_absolute_url()}beside/2/"
    assert bron.get(beside).status_code == 404
    assert bron.get(f"{second.get_absolute_url()}beside/1/").status_code == 404
    for address in (made.get_absolute_url(), first.get_absolute_url()):
        page = bron.get(address).content.decode()
        assert "Secret" not in page
        assert second.get_absolute_url() not in page
        assert "versions/1/beside/2/" not in page
    assert "Superseded" in bron.get("/agreements/").content.decode()
    history = bron.get(f"/history/agreement/{made.number}/", follow=True).content.decode()
    assert first.hash in history
    assert second.hash not in history
    told = Notice.objects.filter(to_key=office.person.key, topic="agreements").latest("pk")
    assert told.subject == f"You are no party any more: {made.number}"


def test_a_new_party_reads_no_earlier_version(cast: Cast) -> None:
    made, office = ready(cast), cast.at_wychbourne
    given = {"cap": "Secret 9 %"}
    actions.fill_in(agreement=made, version=made.version, given=given, by=ADA)
    first = sent(made)
    made.refresh_from_db()
    joins(made, cast.wychbourne_council)
    actions.fill_in(agreement=made, version=made.version, given={"cap": ""}, by=ADA)
    second = sent(made)
    bron = cast.signed_in(office.person)
    assert reads(bron, first) == {404}
    assert reads(bron, second) == {200}
    assert bron.get(f"{second.get_absolute_url()}beside/1/").status_code == 404
    history = bron.get(f"/history/agreement/{made.number}/", follow=True).content.decode()
    assert second.hash in history
    assert first.hash not in history


def test_a_number_of_a_version_however_long_is_answered(cast: Cast) -> None:
    version = running(cast)
    browser, _ = ada(cast)
    for number in ("9" * 5_000, "9" * 30, "0"):
        answer = browser.get(f"{version.agreement.get_absolute_url()}versions/{number}/")
        assert answer.status_code == 404


def test_a_wild_day_is_answered_with_a_sentence(cast: Cast) -> None:
    browser, office = ada(cast)
    said = {"title": "x", "starts_on": "2027-04-01", "ends_on": "9999-12-31"}
    answer = send(browser, "/agreements/draft/", said | {"acting_in": office.pk})
    assert answer.status_code == 400
    assert "Choose a last day within" in answer.content.decode()
    assert not Agreement.objects.exists()


def test_an_agreement_is_drafted_and_filled_in_on_its_pages(cast: Cast) -> None:
    browser, office = ada(cast)
    acting = {"acting_in": office.pk}
    said = {"title": "Grass", "starts_on": "2027-04-01", "ends_on": "2030-03-31"}
    send(browser, "/agreements/draft/", said | acting)
    made = Agreement.objects.get()
    here = made.get_absolute_url()
    send(browser, f"{here}parties/add/", {"body": cast.coldbrook_council.pk} | acting)
    party = made.parties.get(body=cast.coldbrook_council)
    line = {"service": cast.service("DPS01").pk, "area": cast.coldbrook.pk, "lead": party.pk}
    days = {"starts_on": "2027-04-01", "ends_on": "2030-03-31"}
    send(browser, f"{here}services/add/", line | days | acting)
    made.refresh_from_db()
    rests = {"power": "LGA2000-s9EA", "version": made.version}
    send(browser, f"{here}power/", rests | acting)
    made.refresh_from_db()
    clause = {"safety_rules": "Hats", "version": made.version}
    send(browser, f"{here}clauses/safety/", clause | acting)
    made.refresh_from_db()
    assert "Hats" in browser.get(here).content.decode()
    assert browser.get(f"{here}clauses/power/").status_code == 404
    old = send(browser, f"{here}send/", {"draft": made.version - 1} | acting)
    assert old.status_code == 409
    send(browser, f"{here}send/", {"draft": made.version} | acting)
    version = made.versions.get()
    page = browser.get(version.get_absolute_url()).content.decode()
    assert "Hats" in page
    assert version.hash in page
    made.refresh_from_db()
    send(browser, f"{here}services/{made.lines.get().pk}/remove/", acting)
    send(browser, f"{here}parties/{party.pk}/remove/", acting)
    assert (made.lines.count(), made.parties.count()) == (0, 1)


def test_whoever_signs_a_version_that_was_replaced_is_shown_what_differs(cast: Cast) -> None:
    made = ready(cast)
    first, office = sent(made), clerk(cast)
    made.refresh_from_db()
    given = {"version": made.version, "given": {"cap": "9 %"}}
    actions.fill_in(agreement=made, by=ADA, **given)
    sent(made)
    browser, decision = cast.signed_in(cast.colm), decided(office.body)
    said = {"shown": first.hash, "decision": decision.pk, "acting_in": office.pk}
    answer = send(browser, f"{first.get_absolute_url()}sign/", said)
    assert answer.status_code == 409
    assert "Cap" in answer.content.decode()
    assert "9 %" in answer.content.decode()
    assert not first.signatures.exists()


def test_a_clerk_signs_and_another_officer_does_not(cast: Cast) -> None:
    version, office = sent(ready(cast)), clerk(cast)
    browser = cast.signed_in(cast.colm)
    decision = decided(office.body, stated_on=date(2026, 1, 5))
    sign = f"{version.get_absolute_url()}sign/"
    assert version.hash in browser.get(sign).content.decode()
    wrong = {"shown": "0" * 64, "decision": decision.pk, "acting_in": office.pk}
    assert send(browser, sign, wrong).status_code == 409
    send(browser, sign, wrong | {"shown": version.hash})
    assert version.signatures.get().party == cast.coldbrook_council.key
    page = browser.get(version.get_absolute_url()).content.decode()
    assert f"by {office};" in page
    writer, _ = ada(cast)
    assert writer.get(sign).status_code == 403


def test_a_version_is_had_as_pdf_and_word_with_its_hash(cast: Cast) -> None:
    version = sent(ready(cast))
    browser, _ = ada(cast)
    pdf = browser.get(f"{version.get_absolute_url()}agreement.pdf")
    word = browser.get(f"{version.get_absolute_url()}agreement.docx")
    assert pdf.content.startswith(b"%PDF")
    assert word.content.startswith(b"PK")
    made = version.agreement
    made.refresh_from_db()
    other = sent(made)
    beside = browser.get(f"{version.get_absolute_url()}beside/{other.number}/")
    assert "They say the same" in beside.content.decode()
    assert browser.get(f"{version.get_absolute_url()}beside/77/").status_code == 404


def test_altered_words_go_out_nowhere_under_the_hash_of_what_was_sent(cast: Cast) -> None:
    version = running(cast)
    words = version.facts_json.replace("Village grass", "Village gravel")
    assert words != version.facts_json
    Version.objects.filter(pk=version.pk).update(facts_json=words)
    for address in (version.agreement.get_absolute_url(), "/agreements/"):
        page = Client().get(address).content.decode()
        assert "Altered" in page
        assert "gravel" not in page
        assert version.hash not in page
    assert "gravel" not in Client().get("/agreements/agreements.csv").content.decode()
    browser, _ = ada(cast)
    for paper in ("agreement.pdf", "agreement.docx"):
        answer = browser.get(f"{version.get_absolute_url()}{paper}")
        assert answer.status_code == 409
        assert "are not those that were sent" in answer.content.decode()
    given: dict[str, Any] = {"version": version, "reason": "Staff", "today": localdate()}
    with pytest.raises(CannotAgree, match="are not those that were sent"):
        signing_actions.give_notice(by=clerk(cast), **given)


def test_a_party_gives_notice_on_its_page(cast: Cast) -> None:
    version, office = running(cast), clerk(cast)
    browser = cast.signed_in(cast.colm)
    said = {"reason": "No staff", "acting_in": office.pk}
    send(browser, f"{version.get_absolute_url()}notice/", said)
    page = Client().get(version.agreement.get_absolute_url()).content.decode()
    assert "Coldbrook Parish Council gave notice" in page


def test_a_party_names_another_decision_on_its_page(cast: Cast) -> None:
    version = sent(ready(cast))
    for office in (chief(cast), clerk(cast)):
        word = signing_actions.Word(decision=decided(office.body, stated_on=date(2026, 1, 5)))
        signs(version, office, word=word, now=now())
    browser, office = cast.signed_in(cast.colm), clerk(cast)
    there = f"{version.get_absolute_url()}decision/"
    assert there in browser.get(version.get_absolute_url()).content.decode()
    assert version.agreement.number in browser.get(there).content.decode()
    other = decided(office.body, "9", stated_on=date(2026, 1, 6))
    said = {"shown": version.hash, "decision": other.pk, "acting_in": office.pk}
    send(browser, there, said)
    assert version.signatures.get(party=office.body.key).decision == other


def test_a_paper_that_is_not_it_is_refused_on_its_page(cast: Cast) -> None:
    version, office = sent(ready(cast)), clerk(cast)
    word = signing_actions.Word(decision=decided(office.body, stated_on=date(2026, 1, 5)))
    given: dict[str, Any] = {"party": office.body.key, "word": word, "by": office, "now": now()}
    made = paper_actions.add_paper(version=version, ready=scan(), **given)
    own, (other, acting) = cast.signed_in(cast.colm), ada(cast)
    paper = f"{version.get_absolute_url()}papers/{made.pk}/"
    assert f"{paper}confirm/" not in own.get(version.get_absolute_url()).content.decode()
    page = other.get(version.get_absolute_url()).content.decode()
    assert f"{paper}confirm/" in page
    assert f"{paper}refuse/" in page
    send(other, f"{paper}refuse/", {"reason": "Another hash", "acting_in": acting.pk})
    assert not version.signatures.exists()
    assert own.get(paper).status_code == 404


def test_the_monitoring_officer_confirms_the_power_and_takes_it_back(cast: Cast) -> None:
    made = ready(cast)
    given: dict[str, Any] = {"power": "LGA1972-s101", "records": {}, "by": ADA}
    actions.choose_power(agreement=made, version=made.version, **given)
    browser, office = ada(cast)
    here, acting = made.get_absolute_url(), {"acting_in": office.pk}
    page = browser.get(f"{here}power/confirm/").content.decode()
    warnings = re.findall(r'name="warnings" value="([^"]+)"', page)
    said = {"warnings": warnings, "given_on": "2026-01-05", "draft": made.version} | acting
    assert send(browser, f"{here}power/confirm/", said).status_code == 400
    said["reference"] = "E-mail of 5 January"
    old = send(browser, f"{here}power/confirm/", said | {"draft": made.version - 1})
    assert old.status_code == 409
    send(browser, f"{here}power/confirm/", said)
    found = made.confirmations.first()
    assert found
    assert found.is_noted
    assert "as another officer noted" in browser.get(here).content.decode()
    there = f"{here}power/{found.pk}/take-back/"
    send(browser, there, {"reason": "A slip"} | acting)
    found.refresh_from_db()
    assert found.taken_back_at
    assert send(browser, there, {"reason": "A slip"} | acting).status_code == 409
    assert browser.get(f"{here}power/{found.pk + 999}/take-back/").status_code == 404


def test_po7_the_draft_counts_what_is_not_agreed(cast: Cast) -> None:
    made = drafted(cast, outline=outline(), now=now())
    browser = cast.signed_in(cast.at_the_county.person)

    def counted() -> tuple[int, int]:
        page = browser.get(made.get_absolute_url()).content.decode()
        found = re.search(r"Of (\d+) fields (\d+) reads? “not agreed”", page)
        assert found
        return int(found[1]), int(found[2])

    fields, left = counted()
    given = {"payee": "The lead"}
    actions.fill_in(agreement=made, version=made.version, given=given, by=ADA)

    assert fields == len(clauses.fields())
    assert counted() == (fields, left - 1)
