"""Telling the other council: the parish when the county changes its figure, and the other way."""

from collections.abc import Sequence
from datetime import date

from waywarden.county.councils.models import Body
from waywarden.county.offices.telling import answers_to
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import OFFICERS
from waywarden.county.services import queries
from waywarden.county.services.models import Quantity
from waywarden.fabric.common.subjects import Actor
from waywarden.fabric.common.wording import amount
from waywarden.fabric.notices import actions as notices
from waywarden.fabric.notices.telling import Recipient, Says, Topic
from waywarden.fabric.tables.previews import counted

FIGURES = Topic("figures", "Figures of places that another council changed or disputes")
#: Who of a county is told: a parish has few officers, a county many. Where it has none of
#: these, all its officers are.
OF_A_COUNTY = frozenset({Office.Kind.PARTNERSHIPS_OFFICER})
#: More figures of a table than anybody reads in a letter.
MOST_TOLD = 20
#: The figures that were held, by the primary keys of their places and services.
Before = dict[tuple[int, int], Quantity]
#: A body, which of its officers are told, and of which figures.
Told = tuple[Body, frozenset[Office.Kind], list[Quantity]]


def tell_the_other_council(
    figure: Quantity, before: Quantity | None, *, by: Actor, today: date, reason: str
) -> None:
    """Write to the officers of the parish and of its county, except those of who changed it."""
    for body, kinds, _ in _concerned([figure], by=by, today=today):
        _tell(body, kinds, _says(figure, before, by, reason), by=by, today=today)


def tell_of_a_table(
    figures: Sequence[Quantity], before: Before, *, by: Actor, today: date, reason: str
) -> None:
    """Write to the officers of each other council once, about all its figures in a table."""
    for body, kinds, theirs in _concerned(figures, by=by, today=today):
        _tell(body, kinds, _says_of_a_table(theirs, before, by, reason), by=by, today=today)


def _concerned(figures: Sequence[Quantity], *, by: Actor, today: date) -> list[Told]:
    """Return the parishes and counties that figures are of, each with its own, without who acts."""
    parishes = queries.parishes_of({figure.area for figure in figures}, on=today)
    lie_in = {figure.area.county_id: figure.area for figure in figures}
    counties = {pk: queries.counties_of(area, on=today) for pk, area in lie_in.items()}
    found: dict[Body, Told] = {}
    for figure in figures:
        parish = parishes.get(figure.area_id)
        told = [(parish, OFFICERS)] if parish else []
        told += [(county, OF_A_COUNTY) for county in counties[figure.area.county_id]]
        for body, kinds in told:
            found.setdefault(body, (body, kinds, []))[2].append(figure)
    return [each for body, each in found.items() if body.key != by.body]


def _says(figure: Quantity, before: Quantity | None, by: Actor, reason: str) -> Says:
    about = f"{figure.service} in {figure.area}"
    held = "an estimate" if figure.is_estimate else amount(figure.amount_milli, figure.unit)
    if figure.is_disputed:
        said = f"{by.shown_as} disputes the figure of {about}, {held}: {figure.dispute}"
        said += f"\n\n{figure.claimed}" if figure.claimed else ""
        said += "\n\nA photo came with it: it is on the figure’s page." if figure.photo_id else ""
        more = "The figure stands until somebody enters another on its page."
    else:
        said = f"{by.shown_as} changed the figure of {about}. It is now {held}."
        if before is not None and before.is_disputed:
            said += " The figure before was disputed; this one is not."
        more = "The earlier figure is kept. If this one is wrong, say so on its page."
    why = f"\n\nWhy: {reason}" if reason else ""
    link = f"/places/{figure.area.key}/quantities/{figure.service.slug}/"
    return Says(f"The figure of {about}"[:200], f"{said}{why}\n\n{more}", link)


def _says_of_a_table(figures: Sequence[Quantity], before: Before, by: Actor, reason: str) -> Says:
    many = counted(len(figures), "figure")
    said = [f"{by.shown_as} changed {many} with a table:"]
    said += [_now(f, before.get((f.area_id, f.service_id))) for f in figures[:MOST_TOLD]]
    said += [f"and {len(figures) - MOST_TOLD:,} more."] * (len(figures) > MOST_TOLD)
    why = f"\n\nWhy: {reason}" if reason else ""
    more = "\n\nThe earlier figures are kept. If one of these is wrong, say so on its page."
    link = f"/places/{figures[0].area.key}/quantities/"
    return Says(f"{many} changed with a table", "\n".join(said) + why + more, link)


def _now(figure: Quantity, before: Quantity | None) -> str:
    held = "an estimate" if figure.is_estimate else amount(figure.amount_milli, figure.unit)
    said = f"{figure.service} in {figure.area}: {held}"
    if figure.is_disputed:
        return f"{said}, disputed: {figure.dispute}".removesuffix(": ")
    was_disputed = before is not None and before.is_disputed
    return f"{said}, no longer disputed" if was_disputed else said


def _tell(body: Body, kinds: frozenset[Office.Kind], says: Says, *, by: Actor, today: date) -> None:
    held = Office.objects.in_body(body).as_of(today).filter(kind__in=OFFICERS)
    first = held.filter(kind__in=kinds)
    told = first if first.exists() else held
    for office in told.select_related("person", "body").order_by("pk"):
        person = office.person
        notices.tell(
            to=Recipient(person.key, person.email, person.shown_as),
            topic=FIGURES,
            says=says,
            why=f"you are {office}",
            by=by,
            today=today,
            reply_to=answers_to(by),
        )
