"""How a cluster comes of the whole way: planned, proposed, joined, led, shared and formed."""

from __future__ import annotations

import re

from tests.whole_way.steps import (
    AGREE,
    GROUP,
    LEAD,
    POUNDS,
    TITLE,
    Story,
    amount_after,
    ask_for_a_plan,
    later,
    letters_to,
    nobody_yet,
    open_council,
    own_address,
    pence,
    take_up,
)
from waywarden.fabric.notices.models import Notice


def the_willing_are_planned(story: Story) -> None:
    """Ada has those planned who agreed in the offer: four, and none that said no."""
    who = {"Which councils are willing?": "Those who agreed", "The offer": TITLE}
    ask_for_a_plan(story, who)
    story.ada.reads("One cluster for four councils.")


def its_cluster_is_proposed(story: Story) -> None:
    """Ada proposes a cluster of the plan; nobody is invited by that, and nobody sees it."""
    ada, letters = story.ada, Notice.objects.count()
    ada.go(story.plan)
    ada.follow("Propose its clusters")
    ada.reads("and neighbours: 4 councils, 2 services")
    ada.press("Propose those ticked", {LEAD: "on", "The day the services": later(500)})
    ada.reads("Nobody is invited yet: open each to read it over and invite.")
    ada.follow(f"{LEAD} and neighbours")
    story.cluster = ada.at
    ada.reads("Not asked yet. Alone:", f"meant for {story.names[LEAD]}")
    assert Notice.objects.count() == letters
    assert story.everybody.browser.get(story.cluster).status_code == 404


def its_clerks_are_let_in(story: Story) -> None:
    """Two from outside let in the first clerk of each council that agreed, by a letter."""
    for parish in AGREE:
        open_council(story, story.ada, parish)
        story.ada.follow("Let its first clerk in")
        story.ada.follow("Propose somebody")
        typed = {"Their e-mail": own_address(parish), "Office": "Clerk"}
        story.ada.press("Propose it", typed | {"Why nobody": "An example: nobody is there yet"})
        open_council(story, story.kim, parish)
        story.kim.follow("Let its first clerk in")
        story.kim.press("Agree, and send the invitation")
        story.clerks[parish] = nobody_yet()
        take_up(story.clerks[parish], own_address(parish))


def its_councils_are_invited(story: Story) -> None:
    """Only now, as Ada presses it, does each council get an invitation."""
    story.ada.go(story.cluster)
    story.ada.press("Invite the councils")
    story.ada.reads("The councils are invited.")
    for parish in AGREE:
        letter = letters_to(own_address(parish))[-1]
        assert letter.link == story.cluster
        assert "to say nothing is no yes" in letter.text


def its_councils_join(story: Story) -> None:
    """Each clerk records the resolution by which the council joins."""
    for number, parish in enumerate(AGREE, 1):
        who = story.clerks[parish]
        who.go(letters_to(own_address(parish))[-1].link)
        who.follow("Record the answer")
        typed = {
            "What did your council decide?": "To join",
            "Minute reference": f"Example {number}b",
            "The day it was resolved": later(0),
        }
        who.press("Send it", typed)
        who.reads("The answer is recorded.", f"by Example {number}b")


def its_leads_are_taken_on(story: Story) -> None:
    """Grove leads the cluster and the grass; Ada notes that the group leads the signs."""
    lead = story.clerks[LEAD]
    lead.go(story.cluster)
    lead.press("We take it: Cluster lead")
    lead.reads(f"{story.names[LEAD]} has taken the role: Cluster lead.")
    lead.press("We take it: Lead for Village grass")
    story.ada.go(story.cluster)
    story.ada.follow("A group or company leads it: Lead for Sign cleaning")
    noted = {"Its name": GROUP, "What is it?": "Community interest company"}
    story.ada.press("Note it", noted)
    story.ada.reads(f"{GROUP} leads: Lead for Sign cleaning.")


def its_cost_is_shared(story: Story) -> None:
    """Grove draws up terms: the shares add up to the penny, and none pays more than alone."""
    lead = story.clerks[LEAD]
    lead.go(story.cluster)
    lead.follow("Draw up terms")
    lead.press("Draw them up", {"How is the cost shared?": "In proportion to what each pays alone"})
    lead.reads("It is drawn up. Each member agrees to it by a resolution.")
    shares = []
    for parish in AGREE:
        source = f"{re.escape(story.names[parish])} Alone: [^£]*"
        found = re.search(f"{source}{POUNDS} {POUNDS} ", lead.words)
        assert found, lead.words
        alone, share = map(pence, found.groups())
        assert share <= alone
        shares.append(share)
    assert sum(shares) == amount_after(lead, "All of it costs")


def its_terms_are_agreed(story: Story) -> None:
    """Each council agrees by a resolution; before the last of them it cannot be formed."""
    for number, parish in enumerate(AGREE, 1):
        story.ada.go(story.cluster)
        story.ada.press("Form the cluster")
        story.ada.reads("Not agreed to the terms yet:", story.names[parish])
        who = story.clerks[parish]
        who.go(story.cluster)
        who.follow("Agree to the terms")
        typed = {"Minute reference": f"Example {number}c", "The day": later(0)}
        who.press("Record the agreement", typed)
        who.reads(f"The agreement of {story.names[parish]} is recorded.")


def it_is_formed(story: Story) -> None:
    """Grove forms it, and the others are told."""
    story.clerks[LEAD].go(story.cluster)
    story.clerks[LEAD].press("Form the cluster")
    story.clerks[LEAD].reads(f"{LEAD} and neighbours is formed.", "In force are terms 1")
    for parish in AGREE:
        if parish != LEAD:
            assert letters_to(own_address(parish))[-1].subject.startswith("Formed:")
