"""A table of the county changes a parish's figures as its page does: with a reason, and told."""

from datetime import date

import pytest

from tests.cast import DAY, Cast
from tests.imports.sending import QUANTITIES, Desk, figures
from tests.looking_in.test_looking_in import far_county
from tests.pages.reading import Page, body_of
from waywarden.county.people.models import Office
from waywarden.county.services import actions, queries
from waywarden.county.services import correcting_actions as correcting
from waywarden.county.services.models import Quantity
from waywarden.fabric.journal.models import Entry
from waywarden.fabric.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

WALKED = ",Walked,2026-03-01\n"
GRASS = "Coldbrook,Village grass,900,m2" + WALKED
SIGNS = "Coldbrook,Sign cleaning,4,sign" + WALKED
BRON = "Wychbourne,Village grass,80,m2" + WALKED
WARD = "Unparished ward,Village grass,5,m2" + WALKED
DISPUTED = "place,service,amount,unit,source,date,disputed\n"
SAME = "Coldbrook,Village grass,700,m2,Counted by the clerk,"


@pytest.fixture
def ada(cast: Cast) -> Desk:
    return Desk(cast, cast.at_the_county)


def disputed(cast: Cast) -> Quantity:
    """Give a figure of Coldbrook that its clerk disputes."""
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 700, stated_on=DAY))
    return correcting.dispute_quantity(
        area=cast.coldbrook, service=cast.service("DPS01"), seen=held(cast).pk,
        dispute="The green was sold", by=cast.at_coldbrook.actor, today=DAY,
    )  # fmt: skip


def held(cast: Cast) -> Quantity:
    found = queries.current_quantity(cast.coldbrook, cast.service("DPS01"))
    assert found
    return found


def letters(office: Office) -> list[Notice]:
    return list(Notice.objects.filter(to_key=office.person.key))


def test_the_county_says_why_before_a_table_changes_a_parishs_figures(
    cast: Cast, ada: Desk
) -> None:
    there = ada.paste("quantities", QUANTITIES + GRASS + BRON)["Location"]
    said = "These rows change figures of Coldbrook Parish Council, Wychbourne Town Council."
    assert said in ada.page(there).words

    answer = ada.decide(there, reason=" ")

    assert answer.status_code == 400
    assert "Say why you change another council’s records" in Page(body_of(answer)).words
    assert not Quantity.objects.exists()
    assert not Notice.objects.exists()
    assert ada.decide(there, reason="A" * 501).status_code == 400
    assert ada.decide(there).status_code == 302
    assert held(cast).amount_milli == 900_000


def test_what_was_typed_is_kept_where_a_table_is_shown_again(cast: Cast, ada: Desk) -> None:
    there = ada.paste("quantities", QUANTITIES + GRASS)["Location"]

    answer = ada.decide(there, seen="0" * 64, reason="The verge was widened")

    assert answer.status_code == 409
    assert "The verge was widened" in body_of(answer)


def test_without_a_reason_no_way_in_changes_another_councils_figure(cast: Cast) -> None:
    given = {"of": cast.county.subject, "by": cast.at_the_county.actor, "today": DAY}
    table = [cast.quantity(cast.coldbrook, "DPS01", 1)]

    with pytest.raises(actions.CannotCorrect, match="Say why: Coldbrook Parish Council is told"):
        actions.record_quantities(quantities=table, **given)

    assert not Quantity.objects.exists()


def test_a_parish_is_not_asked_why_it_changes_its_own_and_the_county_is_told_once(
    cast: Cast, ada: Desk
) -> None:
    colm = Desk(cast, cast.at_coldbrook)
    there = colm.paste("quantities", QUANTITIES + GRASS + SIGNS)["Location"]
    assert "Why do you change it?" not in colm.page(there).words

    colm.decide(there, reason="")

    (letter,) = letters(ada.office)
    assert "changed 2 figures with a table:\nVillage grass in Coldbrook: 900 m²" in letter.text
    assert "Why:" not in letter.text
    assert not letters(colm.office)


def test_nobody_is_asked_why_where_no_council_is_or_nothing_changes(cast: Cast, ada: Desk) -> None:
    ada.take_in("quantities", QUANTITIES + GRASS)

    page = ada.look(ada.paste("quantities", QUANTITIES + GRASS + WARD))

    assert figures(page) == {"new": 1, "changed": 0, "same": 1, "left_out": 0}
    assert "Why do you change it?" not in page.words


def test_each_parish_is_told_once_of_its_own_figures_in_a_table(cast: Cast, ada: Desk) -> None:
    colm, bron = cast.at_coldbrook, cast.at_wychbourne

    ada.take_in("quantities", QUANTITIES + GRASS + SIGNS + BRON)

    (letter,), (other,) = letters(colm), letters(bron)
    assert letter.subject == "2 figures changed with a table"
    assert "Sign cleaning in Coldbrook: 4 signs" in letter.text
    assert "Wychbourne" not in letter.text
    assert "Why: Walked in March" in letter.text
    assert letter.link == "/places/coldbrook-marlshire/quantities/"
    assert "1 figure with a table:\nVillage grass in Wychbourne: 80 m²" in other.text
    assert not letters(ada.office)


def test_a_letter_about_a_long_table_names_the_first_figures(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("waywarden.county.services.telling.MOST_TOLD", 1)
    colm = cast.at_coldbrook

    Desk(cast, cast.at_the_county).take_in("quantities", QUANTITIES + GRASS + SIGNS)

    assert "900 m²\nand 1 more." in letters(colm)[0].text


def test_ab14_each_parish_sees_in_its_trail_what_a_table_changed_of_its_own(
    cast: Cast, ada: Desk
) -> None:
    ada.take_in("quantities", QUANTITIES + GRASS + BRON + WARD)

    county = cast.county_council.key
    lines = {tuple(line.bodies): line for line in Entry.objects.filter(did="recorded quantities")}
    assert set(lines) == {(county,), ("coldbrook-council", county), (county, "wychbourne-council")}
    assert set(lines["coldbrook-council", county].after) == {"coldbrook-marlshire DPS01"}
    colm = cast.signed_in(cast.at_coldbrook.person)
    trail = colm.get("/bodies/coldbrook-council/journal/").content.decode()
    assert "Reason: Walked in March" in trail


def test_ab14_a_table_of_the_operator_is_in_the_parishs_trail_and_estimates_are_not(
    cast: Cast,
) -> None:
    lines = Entry.objects.filter(did="recorded quantities")

    cast.record(cast.estimate(cast.coldbrook, "DPS01", 1, 2, 3))
    assert lines.latest("number").bodies == []
    cast.record(cast.quantity(cast.coldbrook, "DPS01", 2))

    assert lines.latest("number").bodies == ["coldbrook-council"]
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("cell", "says", "is_disputed"),
    [
        ("", "and stays disputed", True),
        ("yes", "and stays disputed", True),
        ("no", "and is disputed no longer", False),
    ],
)
def test_cl2_a_blank_cell_leaves_a_dispute_as_it_stands(
    cast: Cast, ada: Desk, cell: str, says: str, is_disputed: bool
) -> None:
    disputed(cast)
    there = ada.paste("quantities", DISPUTED + GRASS.strip() + f",{cell}\n")["Location"]
    assert f"900 m², in place of a disputed figure, 700 m², {says}" in ada.page(there).words

    ada.decide(there)

    assert held(cast).is_disputed is is_disputed
    now = "disputed: The green was sold" if is_disputed else "no longer disputed"
    told = Notice.objects.get(to_email="colm@example.org")
    assert f"Village grass in Coldbrook: 900 m², {now}" in told.text
    line = Entry.objects.latest("number")
    before, after = (said["coldbrook-marlshire DPS01"] for said in (line.before, line.after))
    assert (True in before, True in after) == (True, is_disputed)


def test_cl2_the_same_figure_with_a_blank_cell_takes_no_dispute_off(cast: Cast, ada: Desk) -> None:
    old = disputed(cast)

    for table in (QUANTITIES + SAME + f"{DAY}\n", DISPUTED + SAME + f"{DAY},\n"):
        page = ada.look(ada.paste("quantities", table))
        assert figures(page)["same"] == 1
    assert held(cast) == old


def test_a_disputed_estimate_is_named_as_one(cast: Cast, ada: Desk) -> None:
    cast.record(cast.estimate(cast.coldbrook, "DPS01", 1, 2, 3))
    Quantity.objects.update(is_disputed=True)

    page = ada.look(ada.paste("quantities", QUANTITIES + GRASS))

    assert "in place of a disputed estimate, and stays disputed" in page.words


def test_ab1_an_officer_of_one_county_takes_in_no_figure_of_another(cast: Cast) -> None:
    far = Desk(cast, cast.office(cast.ada, far_county(cast), "officer"))
    own = "Far,Village grass,9,m2" + WALKED

    page = far.take_in("quantities", QUANTITIES + GRASS + WARD + own)

    said = "You act for Far County, which does not speak for this place. Leave out the row."
    assert f"Row 2, place: {said}" in page.words
    assert f"Row 3, place: {said}" in page.words
    assert [quantity.area.key for quantity in Quantity.objects.all()] == ["far-far"]


def test_ab1_a_county_that_no_longer_holds_a_place_takes_in_none_of_it(
    cast: Cast, ada: Desk
) -> None:
    cast.county_council.jurisdictions.update(ends_on=date(2026, 3, 31))

    page = ada.look(ada.paste("quantities", QUANTITIES + WARD))

    assert figures(page)["left_out"] == 1
