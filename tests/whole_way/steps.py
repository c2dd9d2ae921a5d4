"""What each person of the whole way does, one step after another, on pages alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.test import Client
from django.utils.timezone import localdate

from tests.making.asked import work
from tests.signing_in import links
from tests.whole_way.walking import Somebody
from waywarden.county.people.acting import TWO_WAYS
from waywarden.county.signing_in import first_run
from waywarden.county.signing_in.entering import CAME
from waywarden.county.signing_in.middleware import SEEN
from waywarden.devolution.offers.models import Offer
from waywarden.fabric.notices.models import Notice

COUNTY = "Oxfordshire County Council"
TITLE = "Grass and signs around Wantage, an example"
AGREE = ("Wantage", "Grove", "East Challow", "Letcombe Regis")
DECLINES, IS_SILENT = "East Hanney", "Childrey"
ASKED = (*AGREE, DECLINES, IS_SILENT)
LEAD = "Grove"
ADA, KIM = "ada@county.example", "kim@county.example"
GROUP, SAM = "Bright Signs, an example", "sam@bright-signs.example"
CONTACTS = "body,kind,value,source\n"
POUNDS = r"£([\d,]+\.\d\d)"


def later(days: int) -> str:
    """Give a day to come, as a form takes it."""
    return str(localdate() + timedelta(days=days))


def nobody_yet() -> Somebody:
    """Give a browser in which nobody has signed in."""
    return Somebody(Client())


@dataclass
class Story:
    """Who takes part, and where what they made is found."""

    folder: Path
    ada: Somebody = field(default_factory=nobody_yet)
    kim: Somebody = field(default_factory=nobody_yet)
    group: Somebody = field(default_factory=nobody_yet)
    everybody: Somebody = field(default_factory=nobody_yet)
    clerks: dict[str, Somebody] = field(default_factory=dict)
    #: The council of each parish, as the site calls it.
    names: dict[str, str] = field(default_factory=dict)
    round: str = ""
    expression: str = ""
    plan: str = ""
    cluster: str = ""


def public_address(parish: str) -> str:
    """Give the made-up public address of a council."""
    return f"clerk@{parish.lower().replace(' ', '-')}.example"


def own_address(parish: str) -> str:
    """Give the made-up address with which its clerk signs in."""
    return f"clerk.{parish.lower().replace(' ', '.')}@example.org"


def letters_to(address: str) -> list[Notice]:
    """Give the letters to an address, the first first."""
    return list(Notice.objects.filter(to_email=address).order_by("pk"))


def pence(words: str) -> int:
    """Read an amount that stands on a page, to the penny."""
    return int(words.replace(",", "").replace(".", ""))


def amount_after(who: Somebody, words: str) -> int:
    """Give the first amount that stands after some words."""
    found = re.search(f"{re.escape(words)} {POUNDS}", who.words)
    assert found, f"{who.at} gives no amount after {words!r}: {who.words}"
    return pence(found[1])


def has_proved(who: Somebody) -> None:
    """Let somebody have shown their second step, as an app on their telephone does."""
    session = who.browser.session
    session[TWO_WAYS] = True
    session[CAME] = session[SEEN] = datetime.now(UTC).timestamp()
    session.save()


def take_up(who: Somebody, address: str) -> None:
    """Accept the invitation in the letter to an address, and sign in by link."""
    who.go(letters_to(address)[-1].link)
    who.press("Accept", {"Your name": f"{address.partition('@')[0].title()}, an example"})
    who.reads("Sign in to begin.")
    links.sign_in(who.browser, address)
    has_proved(who)


def open_council(story: Story, who: Somebody, parish: str) -> None:
    """Find the page of a council in the list of all."""
    who.go("/bodies/")
    who.press("Show", {"Body contains": story.names[parish]})
    who.follow(story.names[parish])


def open_councils(story: Story) -> None:
    """Open the list of the councils that are offered something, as Ada."""
    story.ada.go(story.round)
    story.ada.follow("The councils")


def by_letter(parish: str) -> Somebody:
    """Give the browser of a clerk who opens the link of the newest letter, without an account."""
    who = nobody_yet()
    who.go(letters_to(public_address(parish))[-1].link)
    return who


def the_first_officer_comes_in(story: Story) -> None:
    """Ada comes in by the code in the operator's terminal."""
    ada = story.ada
    ada.go("/first-run/")
    typed = {
        "Set-up code": first_run.new_code(story.folder),
        "E-mail": ADA,
        "Your name": "Ada, an example",
        "Your council": COUNTY,
        "Your office": "Partnerships officer",
        "Last day of your office": later(700),
    }
    ada.press("Become the first officer", typed)
    ada.reads("You are the first officer of this site.")
    has_proved(ada)


def she_invites_a_second(story: Story) -> None:
    """Ada invites Kim, who accepts by the letter and signs in by another."""
    ada = story.ada
    ada.go("/account/")
    ada.follow("Who holds your offices")
    ada.follow("Invite somebody")
    typed = {"Their e-mail": KIM, "Office": "Partnerships officer", "Last day": later(700)}
    ada.press("Send the invitation", typed)
    ada.reads(f"An invitation went to {KIM}.")
    take_up(story.kim, KIM)


def anybody_finds_the_six_parishes(story: Story) -> None:
    """The page of each parish says which council it has."""
    for parish in ASKED:
        page = story.everybody.go(f"/search/?q={parish}")
        found = re.search(rf"{parish} (?:Town Council|parish council or parish meeting)", page)
        assert found, page
        story.names[parish] = found[0]


def contacts_are_taken_in(story: Story) -> None:
    """Ada takes in six addresses, marked as an example, after she has looked at each row."""
    ada = story.ada
    ada.go("/imports/")
    ada.follow("Contacts of councils")
    rows = [f"{story.names[each]},e-mail,{public_address(each)},Example" for each in ASKED]
    ada.press("Look at it first", {"Or paste cells": CONTACTS + "\n".join(rows)})
    ada.reads("Look before you save", "New 6 Changed 0", public_address(LEAD))
    ada.press("Take in 6 rows")
    ada.reads("Taken in", "New 6")
    assert not any(letters_to(public_address(each)) for each in ASKED)


def ask_for_a_plan(story: Story, who: dict[str, str]) -> None:
    """Ada asks for a quick plan of two services; the worker makes it, and all may read it."""
    ada = story.ada
    ada.go("/plans/")
    ada.follow("Make a plan")
    ada.untick("Which services?")
    chosen = {"Village grass": "on", "Sign cleaning": "on", "How long to search?": "Quick"}
    ada.press("Make the plan", who | chosen)
    ada.reads("It is written down and will be made.", "village grass and sign cleaning")
    assert work() == 1
    ada.go(ada.at)
    ada.reads("What came of it", "from low to high prices (estimate)")
    ada.follow("See Plan")
    story.plan = ada.at
    ada.reads("estimate (C)", "Only officers of the county see this plan.")
    assert story.everybody.browser.get(story.plan).status_code == 404
    ada.press("Show it to everybody")
    story.everybody.go(story.plan)
    story.everybody.reads("A proposal: each council decides for itself.", "How the proof works")
    assert re.search(r"can be more than [\d.]+% cheaper", story.everybody.words)


def the_six_are_planned(story: Story) -> None:
    """Ada has the six planned, so that each sees in its offer what it may cost."""
    ticked = dict.fromkeys(ASKED, "on")
    ask_for_a_plan(story, {"Which councils are willing?": "Those ticked below"} | ticked)


def a_round_is_opened(story: Story) -> None:
    """Ada offers village grass and the cleaning of signs from a day far enough off."""
    ada = story.ada
    ada.go("/offers/")
    ada.follow("Make an offer")
    typed = {
        "What is offered?": TITLE,
        "The day the services start": later(500),
        "The day by which councils answer": later(120),
        "By which power?": "Delegation of an executive function",
        "The number of the plan": story.plan.strip("/").rpartition("/")[2],
        "What councils should know": "An example: nobody has been made this offer.",
        "By what you judge": "- Local people do the work\n- It is safe",
    }
    ada.press("Begin it", typed)
    story.round = ada.at
    for service, rate in (("Village grass", "0.05"), ("Sign cleaning", "4")):
        ada.follow("Add a service")
        ada.press("Add it", {"Service": service, "What the county pays": rate})
    ada.reads("5p a year for each square metre", "£4 a year for each sign")
    ada.press("Open it to every council")
    ada.reads("Open for answers")


def letters_go_out(story: Story) -> None:
    """Ada writes; only the six with an address get a letter, and the page says so."""
    open_councils(story)
    story.ada.press("Write to every council that has had no letter")
    story.ada.reads("6 letters are on their way.", "councils could not be written to.")
    assert Notice.objects.filter(topic="offers").count() == len(ASKED)
    for parish in ASKED:
        letter = letters_to(public_address(parish))[-1]
        assert story.names[parish] in letter.subject
        assert "No account and no password are needed" in letter.text
        assert "It is all right to say no" in letter.text


def a_clerk_understands_the_offer(story: Story) -> None:
    """The clerk of Grove sees her own quantities, and what they cost and bring, to the penny."""
    who = by_letter(LEAD)
    who.reads(story.names[LEAD], "No account is needed", "What happens if you say no")
    cost, pays = (amount_after(who, words) for words in ("Cost", "County pays"))
    assert amount_after(who, "Gap") == cost - pays
    lines = re.findall(rf"(?:m²|signs) {POUNDS}", who.words)
    assert len(lines) == 2
    assert sum(map(pence, lines)) == pays
    who.follow("Get the wording")
    who.reads("Resolved: that", story.names[LEAD])


def she_disputes_a_quantity(story: Story) -> None:
    """She says that the grass is less; Ada reads in her list that something is disputed."""
    who = by_letter(LEAD)
    who.follow("Something is wrong")
    typed = {"What is wrong": "We measured it: an example", "How much is it?": "30000"}
    who.press("Send it", typed)
    who.reads("Disputed We measured it: an example", "Counted instead: 30,000 m²")
    open_councils(story)
    row = rf"{story.names[LEAD]} Silent \d+ 1 £[\d,]+ £[\d,]+ 1 "
    assert re.search(row, story.ada.words), story.ada.words


def councils_answer(story: Story) -> None:
    """Four agree by a resolution; one leaves it with the county; one is silent."""
    for number, parish in enumerate(AGREE, 1):
        who = by_letter(parish)
        who.follow("We agreed to join")
        typed = {"Minute reference": f"Example {number}", "The day it was resolved": later(0)}
        who.press("Send it", typed)
        who.reads("Thank you. Your answer is recorded.")
    who = by_letter(DECLINES)
    who.follow("Not for us")
    why = {"Why, if you like": "Our contractor is good: an example", "Everybody may": "on"}
    who.press("Send it", why)
    who.reads("Your answer Not for us", "Nobody will ask you again.")


def the_silent_one_is_reminded(story: Story) -> None:
    """Ten days later Ada writes again to the silent one, and cannot to the one that said no."""
    Offer.objects.filter(letters__gt=0).update(sent_at=datetime.now(UTC) - timedelta(days=10))
    ada, silent = story.ada, story.names[IS_SILENT]
    open_councils(story)
    ada.reads("1 Silent 4 Agreed to join 0 Needs more time 1 Not for us")
    ada.press(f"Write {silent}")
    ada.reads(f"A letter to {silent} is on its way.")
    assert "We have not heard from you yet." in letters_to(public_address(IS_SILENT))[-1].text
    open_councils(story)
    ada.follow("1 Not for us")
    if any(text.startswith("Write") for form in ada.page.forms for text, _, _ in form.buttons[:1]):
        ada.press(f"Write {story.names[DECLINES]}")
        ada.reads("has said no: it is not asked again.")
