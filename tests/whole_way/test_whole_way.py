"""The whole way on the real Oxfordshire: an offer, answers, a group, a plan and its cluster."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.whole_way import groups, steps, together
from tests.whole_way.steps import (
    AGREE,
    ASKED,
    DECLINES,
    GROUP,
    IS_SILENT,
    LEAD,
    Story,
    letters_to,
    open_council,
    own_address,
    public_address,
)
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("oxfordshire")]

OFFERING = (
    steps.the_first_officer_comes_in,
    steps.she_invites_a_second,
    steps.anybody_finds_the_six_parishes,
    steps.contacts_are_taken_in,
    steps.the_six_are_planned,
    steps.a_round_is_opened,
    steps.letters_go_out,
    steps.a_clerk_understands_the_offer,
    steps.she_disputes_a_quantity,
    steps.councils_answer,
    steps.the_silent_one_is_reminded,
)
ASKING = (
    groups.a_group_begins_to_ask,
    groups.it_comes_back_by_its_link,
    groups.the_county_answers_it,
    groups.the_group_reads_why,
)
CLUSTERING = (
    together.the_willing_are_planned,
    together.its_cluster_is_proposed,
    together.its_clerks_are_let_in,
    together.its_councils_are_invited,
    together.its_councils_join,
    together.its_leads_are_taken_on,
    together.its_cost_is_shared,
    together.its_terms_are_agreed,
    together.it_is_formed,
)


def test_councils_and_a_group_of_oxfordshire_go_the_whole_way_on_pages(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.INSTANCE = tmp_path
    # A worker closes its connection between jobs; here it would take the loaded county with it.
    monkeypatch.setattr(connection, "close", lambda: None)
    story = Story(folder=tmp_path)

    for step in (*OFFERING, *ASKING, *CLUSTERING):
        step(story)

    everybody_sees_the_cluster(story)
    everybody_sees_how_far_the_county_is(story)
    everybody_reads_the_minutes(story)
    its_history_names_each_change(story)
    nobody_was_pushed()
    assert journal.faults() == []


def everybody_sees_the_cluster(story: Story) -> None:
    """Its page says who is in it and who leads, and nothing of money."""
    story.everybody.go(story.cluster)
    story.everybody.reads("Formed", "Cluster lead", GROUP, *(story.names[each] for each in AGREE))
    assert "£" not in story.everybody.words
    assert story.names[DECLINES] not in story.everybody.words


def everybody_sees_how_far_the_county_is(story: Story) -> None:
    """Four councils are in a formed cluster; one lets everybody read why it is in none."""
    story.everybody.go("/progress/oxfordshire/")
    story.everybody.reads("4 in a formed cluster", "On the map", "All councils and meetings 323")
    story.everybody.follow("In a formed cluster")
    story.everybody.reads(*(story.names[each] for each in AGREE))
    story.everybody.go(story.round)
    story.everybody.reads("Our contractor is good: an example")


def everybody_reads_the_minutes(story: Story) -> None:
    """The decisions of Grove say what it resolved three times."""
    open_council(story, story.everybody, LEAD)
    story.everybody.follow("Decisions of")
    story.everybody.reads("3 decisions.", "Example 2 ", "Example 2b", "Example 2c")


def its_history_names_each_change(story: Story) -> None:
    """From the idea to its forming, with who did it."""
    story.ada.go(story.cluster)
    story.ada.follow("History of this cluster")
    story.ada.reads(
        "proposed a cluster",
        "invited councils to a cluster",
        "answered a cluster",
        "took a lead role",
        "noted who leads a service",
        "drew up terms",
        "agreed to terms",
        f"Clerk, {story.names[LEAD]} formed a cluster",
    )


def nobody_was_pushed() -> None:
    """Who said no had one letter, who was silent two; beyond who was asked, nobody had any."""
    assert len(letters_to(public_address(DECLINES))) == 1
    assert len(letters_to(public_address(IS_SILENT))) == 2
    told = set(Notice.objects.filter(topic__in=["offers", "clusters"]).values_list("to_email"))
    known = {public_address(each) for each in ASKED} | {own_address(each) for each in AGREE}
    assert {address for (address,) in told} <= known
