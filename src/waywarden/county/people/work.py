"""What somebody has to do in the office they act in: each role finds its own pages."""

from dataclasses import dataclass
from datetime import date

from waywarden.county.councils.models import Body
from waywarden.county.people.acting import Asking
from waywarden.county.people.models import Office
from waywarden.county.people.permissions import (
    APPOINTERS,
    PRINCIPAL,
    is_of_its_own,
    may_appoint,
    may_edit,
    speaks_for_county,
    speaks_for_principal_council,
)
from waywarden.county.places.models import Area, Jurisdiction
from waywarden.fabric.forms.models import Draft


@dataclass(frozen=True)
class Work:
    """What an office opens, for a list of ways to it."""

    office: Office
    #: The parishes the body holds itself, whose figures are its own to put right.
    parishes: list[Area]
    areas: list[Area]

    @property
    def body(self) -> Body:
        return self.office.body

    @property
    def edits(self) -> bool:
        """Whether they keep the body's own records in order."""
        return may_edit(self.office, self.body)

    @property
    def appoints(self) -> bool:
        """Whether they say who holds its offices."""
        return may_appoint(self.office, self.body)

    @property
    def sees_people(self) -> bool:
        """Whether they may see who holds them."""
        return is_of_its_own(self.office)

    @property
    def writes_to_councils(self) -> bool:
        """Whether they make the letters of a plan."""
        return speaks_for_principal_council(self.office)

    @property
    def looks_after_county(self) -> bool:
        """Whether what waits for a county is theirs to look after."""
        return speaks_for_county(self.office)

    @property
    def lets_in(self) -> bool:
        """Whether they may be one of two who let somebody into another body."""
        return self.office.kind in APPOINTERS and self.body.kind in PRINCIPAL


def work_of(who: Asking, *, today: date) -> Work | None:
    """Return what there is to do in the office somebody acts in; nothing without one."""
    if who.acting is None:
        return None
    held = Jurisdiction.objects.filter(body=who.acting.body).as_of(today)
    found = list(held.select_related("area__county").order_by("area__name", "pk"))
    parishes = [each.area for each in found if each.tier == Jurisdiction.Tier.PARISH]
    areas = list({each.area_id: each.area for each in found}.values())
    return Work(who.acting, parishes, areas)


def begun_by(who: Asking) -> list[Draft]:
    """Return what somebody has typed and not sent, in the offices open to them."""
    if who.person is None:
        return []
    bodies = {office.body.key for office in who.offices}
    return list(Draft.objects.begun_by(who.person.key).to_finish(bodies))
