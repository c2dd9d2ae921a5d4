"""CL9: a council leaves without a reason, or says why to those it chooses, and can erase that."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import ADA, Cast
from tests.clusters.formed import NOW, TODAY, council, held, join, joined
from tests.interest.test_forgetting import held_of
from tests.offers.asked import send, words
from waywarden.county.people.models import Office
from waywarden.devolution.clusters import leaving, permissions, seeing
from waywarden.devolution.clusters.actions import leaving as actions
from waywarden.devolution.clusters.actions import members
from waywarden.devolution.clusters.actions.refusing import CannotCluster
from waywarden.devolution.clusters.models import Cluster, Membership
from waywarden.fabric.common.refusals import Overtaken
from waywarden.fabric.journal import queries as journal
from waywarden.fabric.journal.actions import salted_hash
from waywarden.fabric.journal.models import Entry, PersonalValue
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

WHY = "The others never cut our green"
LAST = TODAY.replace(year=2028)


def left(cast: Cast, reason_for: str, *, reason: str = WHY) -> Membership:
    """Let Coldbrook give notice and say why."""
    found = held(joined(cast), cast.coldbrook_council)
    given = {"reason": reason, "reason_for": reason_for, "by": ADA, "today": TODAY}
    members.leave(held=found, last=LAST, **given)
    return found


def test_cl9_no_reason_is_asked_as_a_must_and_nothing_is_kept_of_none(cast: Cast) -> None:
    found = left(cast, "members", reason="")

    assert (found.why_reference, found.why_for) == (None, "")
    line = Entry.objects.get(did="gave notice to leave a cluster")
    assert line.reason == ""
    assert not [name for name in line.after if name.startswith("why")]


def test_cl9_the_words_lie_beside_the_chain_and_the_line_proves_them(cast: Cast) -> None:
    assert cast.at_wychbourne
    found = left(cast, "nobody")

    line = Entry.objects.get(did="gave notice to leave a cluster")
    kept = PersonalValue.objects.get(value=WHY)
    assert (kept.pk, kept.person_key) == (found.why_reference, f"why-left-{found.pk}")
    assert line.after["why_hash"] == salted_hash(kept.salt, WHY)
    assert str(kept.pk) not in str(line.as_line())
    # It stands in no letter and in no row of the cluster.
    assert len(held_of(WHY)) == 1
    assert Notice.objects.exists() and not Notice.objects.filter(text__contains=WHY).exists()


@pytest.mark.parametrize(
    ("reason_for", "member", "county"),
    [("members", True, False), ("county", True, True), ("nobody", False, False)],
)
def test_cl9_it_is_read_by_whom_the_council_chose(
    cast: Cast, reason_for: str, member: bool, county: bool
) -> None:
    colm, bron, ada = cast.at_coldbrook, cast.at_wychbourne, cast.at_the_county
    volunteer = cast.office(cast.dot, cast.wychbourne_council, "volunteer-coordinator")
    found = left(cast, reason_for)

    may = permissions.may_read_why
    assert may(colm, found, TODAY)
    assert may(bron, found, TODAY) is member
    assert may(ada, found, TODAY) is county
    assert not may(volunteer, found, TODAY)


def test_cl9_who_has_not_joined_or_is_no_member_any_more_does_not_read_it(cast: Cast) -> None:
    bron = cast.at_wychbourne
    found = left(cast, "members")
    town = held(found.cluster, cast.wychbourne_council)
    members.leave(held=town, last=LAST, by=ADA, today=TODAY)

    assert permissions.may_read_why(bron, found, LAST)
    assert not permissions.may_read_why(bron, found, LAST.replace(month=12))
    Membership.objects.filter(pk=town.pk).update(answer="", answered_at=None, ends_on=None)
    assert not permissions.may_read_why(bron, found, TODAY)


def _acting(cast: Cast) -> dict[str, tuple[Client, Office]]:
    offices = [cast.at_coldbrook, cast.at_wychbourne, cast.at_the_county]
    return {
        name: (cast.signed_in(office.person), office)
        for name, office in zip(("own", "member", "county"), offices, strict=True)
    }


@pytest.mark.parametrize(
    ("reason_for", "readers"),
    [
        ("members", {"own", "member"}),
        ("county", {"own", "member", "county"}),
        ("nobody", {"own"}),
    ],
)
def test_cl9_pages_histories_and_files_show_it_to_nobody_else(
    cast: Cast, reason_for: str, readers: set[str]
) -> None:
    acting = _acting(cast)
    made = joined(cast, now=timezone.now())
    where = made.get_absolute_url()
    browser, office = acting["own"]
    shown = words(browser.get(f"{where}members/coldbrook-council/leave/"))
    assert "Why, if you like to say" in shown and "Nobody but our council" in shown
    last = localdate().replace(year=localdate().year + 2, day=1)
    typed = {"last": str(last), "reason": WHY, "reason_for": reason_for}
    done = send(browser, f"{where}members/coldbrook-council/leave/", acting=office, **typed)
    assert "The notice is recorded." in words(done)

    for name, (browser, _) in acting.items():
        assert (WHY in words(browser.get(where))) is (name in readers), name
        for address in (
            f"{where}members.csv",
            f"/history/cluster/{made.key}/",
            f"/bodies/{acting[name][1].body.key}/journal/",
        ):
            answer = browser.get(address)
            assert answer.status_code == 200
            assert WHY not in answer.content.decode("utf-8", "replace"), address
    assert WHY not in words(Client().get(where))
    page = f"{where}members/coldbrook-council/leave/erase-why/"
    assert (WHY in words(acting["county"][0].get(page))) is ("county" in readers)
    assert acting["member"][0].get(page).status_code == 403
    assert (acting["county"][0].get(page).status_code == 200) is ("county" in readers)
    send(acting["own"][0], page, acting=acting["own"][1])
    assert held_of(WHY) == []


def test_cl9_a_notice_without_a_reason_is_taken_on_the_page(cast: Cast) -> None:
    office, made = cast.at_coldbrook, joined(cast, now=timezone.now())
    browser = cast.signed_in(office.person)
    page = f"{made.get_absolute_url()}members/coldbrook-council/leave/"
    last = localdate().replace(year=localdate().year + 2, day=1)
    done = send(browser, page, acting=office, last=str(last), reason_for="nobody")
    assert "The notice is recorded." in words(done)
    assert "Erase why" not in words(done)


def test_cl9_after_it_is_erased_the_words_are_nowhere(cast: Cast) -> None:
    acting = _acting(cast)
    found = left(cast, "county")
    where = found.cluster.get_absolute_url()
    page = f"{where}members/coldbrook-council/leave/erase-why/"
    browser, office = acting["own"]
    assert WHY in words(browser.get(page))
    assert "Erase why Coldbrook Parish Council leaves" in words(browser.get(where))

    done = words(send(browser, page, acting=office))

    assert "Why it leaves is erased." in done and "Erase why Coldbrook" not in done
    assert held_of(WHY) == []
    for client, _ in acting.values():
        assert WHY not in words(client.get(where))
    found.refresh_from_db()
    assert (found.why_reference, found.why_for, found.ends_on) == (None, "", LAST)
    line = Entry.objects.get(did="erased why a council left")
    assert line.after == {"body": "coldbrook-council", "erased": 1}
    assert journal.faults() == []
    again = send(browser, page, acting=office)
    assert "is not kept, or was erased already" in words(again)


def test_cl9_where_the_county_erases_what_it_may_read_the_council_is_told(cast: Cast) -> None:
    acting = _acting(cast)
    found = left(cast, "county")
    page = f"{found.cluster.get_absolute_url()}members/coldbrook-council/leave/erase-why/"
    browser, office = acting["county"]

    send(browser, page, acting=office)

    assert held_of(WHY) == []
    letter = Notice.objects.get(subject="Erased: why Coldbrook Parish Council leaves")
    assert letter.to_key == acting["own"][1].person.key
    assert WHY not in letter.text


def test_cl9_who_has_left_still_finds_where_to_erase_it(cast: Cast) -> None:
    acting, found = _acting(cast), left(cast, "nobody")
    Membership.objects.filter(pk=found.pk).update(starts_on=NOW.replace(year=2020).date())
    Membership.objects.filter(pk=found.pk).update(ends_on=NOW.replace(year=2021).date())

    page = words(acting["own"][0].get(found.cluster.get_absolute_url()))

    assert "Only members, councils that are asked" not in page
    assert "Erase why Coldbrook Parish Council leaves" in page
    assert "Erase why" not in words(acting["member"][0].get(found.cluster.get_absolute_url()))


def test_cl9_all_that_a_council_said_each_time_it_left_is_erased(cast: Cast) -> None:
    first = left(cast, "members")
    Membership.objects.filter(pk=first.pk).update(ends_on=first.starts_on)
    cluster = Cluster.objects.get()
    later = NOW.replace(year=2028)
    members.add(cluster=cluster, body=cast.coldbrook_council, by=ADA, now=later)
    again = join(cluster, council(cast, "coldbrook"), now=later)
    stale = leaving.with_why(again)[0]
    given = {"reason": "Once more", "reason_for": "members", "by": ADA, "today": later.date()}
    members.leave(held=again, last=later.replace(year=2029).date(), **given)

    actions.erase_why(held=again, by=ADA, now=later)

    assert held_of(WHY, "Once more") == []
    assert Entry.objects.get(did="erased why a council left").after["erased"] == 2
    with pytest.raises(CannotCluster, match="was erased already"):
        actions.erase_why(held=again, by=ADA, now=later)
    assert seeing.whys_of(cast.at_coldbrook, [stale], on=TODAY) == {}


def test_cl9_of_two_who_erase_it_at_once_the_second_is_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = left(cast, "members")
    seen = leaving.with_why(found)
    actions.erase_why(held=found, by=ADA, now=NOW)
    monkeypatch.setattr(leaving, "with_why", lambda held: seen)

    with pytest.raises(Overtaken):
        actions.erase_why(held=found, by=ADA, now=NOW)
