"""A role that somebody took while another was reading the page of it."""

from __future__ import annotations

import pytest

from tests.cast import ADA, Cast
from tests.clusters.formed import NOW, joined, lead
from tests.clusters.led import LETTER, asked
from waywarden.devolution.clusters import queries
from waywarden.devolution.clusters.actions import leading
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_a_group_chosen_for_a_role_that_was_taken_meanwhile_is_told_by_whom(cast: Cast) -> None:
    made, of = joined(cast), asked(cast)
    as_it_was_read = queries.lead_of(made)
    lead(made, cast.wychbourne_council)
    lines = Entry.objects.count()

    with pytest.raises(Overtaken, match="Wychbourne Town Council took it first"):
        leading.choose(role=as_it_was_read, of=of, shows=LETTER, by=ADA, now=NOW)

    assert queries.lead_of(made).holder == cast.wychbourne_council
    assert Entry.objects.count() == lines
