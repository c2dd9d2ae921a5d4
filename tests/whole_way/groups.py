"""What a community group does on the whole way, and what the county answers it."""

from __future__ import annotations

from tests.whole_way.steps import GROUP, SAM, TITLE, Story, later, letters_to, nobody_yet


def a_group_begins_to_ask(story: Story) -> None:
    """A social enterprise asks to run the cleaning of signs, and leaves off in the middle."""
    group = story.group
    group.go("/interest/")
    group.reads(TITLE, "without an account")
    group.follow("Ask to run these")
    typed = {
        "Who asks?": "A community interest company or social",
        "The name of your council": GROUP,
        "Your name": "Sam, an example",
        "Your e-mail": SAM,
    }
    group.press("Save and carry on", typed)
    group.reads(f"A private link is on its way to {SAM}.")


def it_comes_back_by_its_link(story: Story) -> None:
    """It carries on from the link in its letter, elsewhere; writes the rest, and sends it."""
    story.group = group = nobody_yet()
    group.go(letters_to(SAM)[-1].link)
    story.expression = group.at
    group.follow("What and where")
    typed = {
        "Is it about an offer": TITLE,
        "Sign cleaning": "on",
        "Which parishes?": "Wantage\nGrove",
        "What would you do?": "Clean each sign once a year, with people in training",
    }
    group.press("Save and carry on", typed)
    group.press("Save and carry on", {"Who would do it?": "Four of us, one paid"})
    group.go(story.expression)
    group.reads(GROUP, "Four of us, one paid", "Local people do the work")
    group.press("Send it to")
    group.reads("It is sent to")


def the_county_answers_it(story: Story) -> None:
    """Ada is co-ordinator, notes her visit, assesses by the published criteria and decides."""
    ada = story.ada
    ada.go("/interest/asked/")
    ada.follow(GROUP)
    ada.follow("Name a co-ordinator")
    ada.press("Name them", {"Who answers?": "Partnerships officer, Ada"})
    ada.follow("Note a conversation")
    seen = {"What was it?": "Visit", "The day": later(0), "What was said": "We saw the yard"}
    ada.press("Keep it", seen | {"Those who ask": "on"})
    ada.follow("Assess it")
    found = {
        "Local people do the work": "Met",
        "Why, for “Local people do the work”": "All live in Wantage",
        "It is safe": "Met",
        "Why, for “It is safe”": "They are trained",
    }
    ada.press("Keep it", found)
    ada.follow("Decide")
    ada.press("Give the decision", {"What was decided?": "Agreed", "Why?": "It meets both"})
    ada.reads("It is decided. Those who asked are told.")


def the_group_reads_why(story: Story) -> None:
    """It is told by letter, and reads the reasons and the visit on its page."""
    told = [letter.text for letter in letters_to(SAM)]
    named = "Your co-ordinator is Ada, an example, the Partnerships officer"
    assert any(named in text for text in told)
    assert "is: agreed. The reasons are on your page." in told[-1]
    story.group.go(letters_to(SAM)[-1].link)
    assert story.group.at == story.expression
    story.group.reads("It meets both", "We saw the yard", "Met. All live in Wantage")
