"""May this person? Plain predicates over the office somebody acts in, and what it is about."""

from waywarden.county.councils.models import Body
from waywarden.county.people.models import Office

Kind = Office.Kind

#: Who speaks for a body in everyday matters, so may change its records.
OFFICERS = frozenset(
    {
        Kind.CHIEF_EXECUTIVE,
        Kind.DIRECTOR,
        Kind.MONITORING_OFFICER,
        Kind.SECTION_151_OFFICER,
        Kind.PARTNERSHIPS_OFFICER,
        Kind.FINANCE_OFFICER,
        Kind.OFFICER,
        Kind.CLERK,
        Kind.DEPUTY_CLERK,
        Kind.CONTACT,
    }
)
#: Who says which people hold its offices.
APPOINTERS = frozenset(
    {
        Kind.CHIEF_EXECUTIVE,
        Kind.MONITORING_OFFICER,
        Kind.PARTNERSHIPS_OFFICER,
        Kind.CLERK,
        Kind.DEPUTY_CLERK,
        Kind.CONTACT,
    }
)
#: Who does work for a body without being one of its officers or members.
AT_WORK_FOR_IT = frozenset({Kind.OPERATIVE, Kind.VOLUNTEER_COORDINATOR})
#: Councils that answer for a whole county or district; parishes and groups do not.
PRINCIPAL = frozenset(
    {
        Body.Kind.COUNTY,
        Body.Kind.DISTRICT,
        Body.Kind.CITY,
        Body.Kind.UNITARY,
        Body.Kind.METROPOLITAN,
        Body.Kind.LONDON_BOROUGH,
    }
)


def is_of_its_own(acting: Office) -> bool:
    """Whether they are an officer or member of their body, and not at work for it alone.

    Operatives and volunteer coordinators are often another's people: its staff list is not
    theirs to read.
    """
    return acting.kind not in AT_WORK_FOR_IT


def may_edit(acting: Office, body: Body) -> bool:
    """Whether somebody acting in an office may change a body's own records: only its officers."""
    return acting.body_id == body.pk and acting.kind in OFFICERS


def may_appoint(acting: Office, body: Body) -> bool:
    """Whether they may say who holds a body's offices."""
    return acting.body_id == body.pk and acting.kind in APPOINTERS


def may_end(acting: Office, office: Office) -> bool:
    """Whether they may end an office: who appoints in its body, and whoever holds it."""
    if acting.body_id != office.body_id:
        return False
    return acting.kind in APPOINTERS or acting.person_id == office.person_id


def speaks_for_county(acting: Office) -> bool:
    """Whether they are an officer of a county council or unitary council."""
    return acting.kind in OFFICERS and acting.body.kind in (Body.Kind.COUNTY, Body.Kind.UNITARY)


def speaks_for_principal_council(acting: Office) -> bool:
    """Whether they are an officer of a county, district, city, unitary or borough council."""
    return acting.kind in OFFICERS and acting.body.kind in PRINCIPAL
