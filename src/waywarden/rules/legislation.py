"""The laws that the register and the agreements cite, each in one plain sentence.

A law marked R was read in the source it names; one marked
K is recalled, and every page shows it as "to be confirmed by the monitoring
officer". A law that is not in this table is "power not recorded", never
guessed. Dates are stated only where they are known.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

TO_BE_CONFIRMED = "to be confirmed by the monitoring officer"
LEGISLATION = "https://www.legislation.gov.uk/"


class Mark(StrEnum):
    """How we come to know what a law says."""

    READ = "R"
    RECALLED = "K"


class Standing(StrEnum):
    """Whether a law is still in force, as far as anyone has checked."""

    IN_FORCE = "in force"
    SUPERSEDED = "superseded in England"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """One provision: where it stands, what it says and how surely we know it."""

    key: str
    act: str
    section: str
    says: str
    path: str
    mark: Mark = Mark.RECALLED
    standing: Standing = Standing.NOT_CHECKED
    starts_on: date | None = None
    ends_on: date | None = None
    read_in: str = ""
    remark: str = ""

    @property
    def name(self) -> str:
        """Give the name a page shows: "Highways Act 1980, section 41"."""
        return f"{self.act}, {self.section}" if self.section else self.act

    @property
    def address(self) -> str:
        """Give the public address of the text."""
        return LEGISLATION + self.path

    @property
    def note(self) -> str:
        """Say what a reader must be told beside the law; empty when it was read."""
        return TO_BE_CONFIRMED if self.mark is Mark.RECALLED else ""


class PowerNotRecorded(LookupError):
    """A law was asked for that nobody has entered in the table."""


_HIGHWAYS = "Highways Act 1980"
_GOVERNMENT = "Local Government Act 1972"
_EXECUTIVES = "Local Government Act 2000"

_LAWS = (
    # How councils arrange things with one another.
    Law(
        key="LGA1972-s101",
        act=_GOVERNMENT,
        section="section 101",
        says="A council may arrange for another council to carry out one of its functions, "
        "where its executive does not hold that function.",
        path="ukpga/1972/70/section/101",
        mark=Mark.READ,
        read_in="legislation.gov.uk, Part VI; docslib.org 13819364",
        standing=Standing.IN_FORCE,
    ),
    Law(
        key="LGA1972-s101-1A-1D",
        act=_GOVERNMENT,
        section="section 101(1A) to (1D)",
        says="An arrangement under section 101 is limited, and can end, where the function is "
        "the responsibility of an executive.",
        path="ukpga/1972/70/section/101",
        mark=Mark.READ,
        read_in="legislation.gov.uk, Parts VI and VII",
        standing=Standing.IN_FORCE,
        remark="What keeps section 101 off executive functions generally is Part 1A of the "
        "Local Government Act 2000: " + TO_BE_CONFIRMED + ".",
    ),
    Law(
        key="LGA1972-s102",
        act=_GOVERNMENT,
        section="section 102",
        says="Councils may appoint a joint committee.",
        path="ukpga/1972/70/section/102",
    ),
    Law(
        key="LGA1972-s109",
        act=_GOVERNMENT,
        section="section 109",
        says="An order may give a parish meeting powers of a parish council.",
        path="ukpga/1972/70/section/109",
    ),
    Law(
        key="LGA1972-s113",
        act=_GOVERNMENT,
        section="section 113",
        says="A council may place an officer at another council's disposal on agreed terms, "
        "after consulting that officer, who stays in its employment.",
        path="ukpga/1972/70/section/113",
        mark=Mark.READ,
        read_in="legislation.gov.uk, section 113",
        standing=Standing.IN_FORCE,
    ),
    Law(
        key="LGA1972-s136",
        act=_GOVERNMENT,
        section="section 136",
        says="Councils may contribute to what one of them spends on a function that all of "
        "them hold.",
        path="ukpga/1972/70/section/136",
        mark=Mark.READ,
        read_in="legislation.gov.uk, Part VII",
        standing=Standing.IN_FORCE,
    ),
    Law(
        key="LGA1972-s137",
        act=_GOVERNMENT,
        section="section 137",
        says="A council may in some cases spend money for which it has no other power.",
        path="ukpga/1972/70/section/137",
    ),
    Law(
        key="LGA1972-s270-1",
        act=_GOVERNMENT,
        section="section 270(1)",
        says='A parish meeting without a parish council is not a "local authority".',
        path="ukpga/1972/70/section/270",
    ),
    Law(
        key="LGA2000-s9EA",
        act=_EXECUTIVES,
        section="section 9EA",
        says="The executive of a county, district or unitary council may arrange for another "
        "council to carry out a function that the executive holds.",
        path="ukpga/2000/22/section/9EA",
        mark=Mark.READ,
        read_in="legislation.gov.uk",
        standing=Standing.IN_FORCE,
        remark="The detail in SI 2012/1019 is " + TO_BE_CONFIRMED + ".",
    ),
    Law(
        key="LGA2000-s9EB",
        act=_EXECUTIVES,
        section="section 9EB",
        says="Executives of several councils may carry out functions jointly.",
        path="ukpga/2000/22/section/9EB",
    ),
    Law(
        key="LGA2000-s20",
        act=_EXECUTIVES,
        section="section 20",
        says="Executives of several councils could carry out functions jointly; section 9EB "
        "stands in its place in England.",
        path="ukpga/2000/22/section/20",
        standing=Standing.SUPERSEDED,
    ),
    Law(
        key="SI2000-2851-r11",
        act="Local Authorities (Arrangements for the Discharge of Functions) (England) "
        "Regulations 2000",
        section="regulation 11",
        says="Executives fix who sits on a joint committee of their members.",
        path="uksi/2000/2851/regulation/11",
        remark="Made again as SI 2012/1019.",
    ),
    Law(
        key="SI2012-1019",
        act="Local Authorities (Arrangements for the Discharge of Functions) (England) "
        "Regulations 2012",
        section="",
        says="These regulations set out how executives arrange for others to carry out their "
        "functions, and how they act jointly.",
        path="uksi/2012/1019/contents",
    ),
    Law(
        key="SI2012-2089",
        act="Local Authorities (Executive Arrangements) (Meetings and Access to Information) "
        "(England) Regulations 2012",
        section="",
        says="An executive gives 28 days' public notice of a key decision, or follows the general "
        "exception or special urgency, and records what it decides.",
        path="uksi/2012/2089/contents",
        mark=Mark.READ,
        read_in="legislation.gov.uk, contents; modgov.cherwell.gov.uk, 28 days' notice",
        remark="That the 28 are clear days is " + TO_BE_CONFIRMED + ".",
    ),
    Law(
        key="SI2012-1313",
        act="Community Right to Challenge regulations (SI 2012/1313)",
        section="",
        says="Community bodies, charities, parish councils or two or more employees may express "
        "an interest in running a council's service.",
        path="uksi/2012/1313/contents",
        mark=Mark.READ,
        read_in="designingbuildings.co.uk; hinckley-bosworth.gov.uk",
    ),
    Law(
        key="LAGSA1970",
        act="Local Authorities (Goods and Services) Act 1970",
        section="",
        says="A council may supply goods and services to other public bodies.",
        path="ukpga/1970/39/contents",
    ),
    Law(
        key="LA2011-gpc",
        act="Localism Act 2011",
        section="general power of competence",
        says="An eligible council may do anything that individuals generally may do.",
        path="ukpga/2011/20/contents",
    ),
    Law(
        key="LA2011-s33",
        act="Localism Act 2011",
        section="section 33",
        says="A council may let a member take part in spite of an interest.",
        path="ukpga/2011/20/section/33",
        mark=Mark.READ,
        read_in="minutes, docslib.org 9121064",
    ),
    # Whose duty a service is.
    Law(
        key="HA1980-s41",
        act=_HIGHWAYS,
        section="section 41",
        says="The highway authority must maintain a highway that is maintainable at the "
        "public expense.",
        path="ukpga/1980/66/section/41",
    ),
    Law(
        key="HA1980-s43",
        act=_HIGHWAYS,
        section="section 43",
        says="A parish council may maintain a footpath; the highway authority stays liable.",
        path="ukpga/1980/66/section/43",
        mark=Mark.READ,
        read_in="towncouncillor.com",
    ),
    Law(
        key="HA1980-s96",
        act=_HIGHWAYS,
        section="section 96",
        says="The highway authority may plant and look after trees, shrubs and grass verges in "
        "the highway.",
        path="ukpga/1980/66/section/96",
    ),
    Law(
        key="HA1980-s96-5",
        act=_HIGHWAYS,
        section="section 96(5)",
        says="A parish council may look after verges and trees with the highway authority's "
        "consent.",
        path="ukpga/1980/66/section/96",
    ),
    Law(
        key="HA1980-s100",
        act=_HIGHWAYS,
        section="section 100",
        says="The highway authority may drain a highway.",
        path="ukpga/1980/66/section/100",
    ),
    Law(
        key="HA1980-s130",
        act=_HIGHWAYS,
        section="section 130",
        says="The highway authority must protect the public's right to use a highway.",
        path="ukpga/1980/66/section/130",
    ),
    Law(
        key="HA1980-s132",
        act=_HIGHWAYS,
        section="section 132",
        says="The highway authority may remove signs and marks put on the highway without "
        "permission.",
        path="ukpga/1980/66/section/132",
    ),
    Law(
        key="HA1980-s154",
        act=_HIGHWAYS,
        section="section 154",
        says="The highway authority may have growth that overhangs a highway cut back.",
        path="ukpga/1980/66/section/154",
    ),
    Law(
        key="RTRA1984-s65",
        act="Road Traffic Regulation Act 1984",
        section="section 65",
        says="The traffic authority places and keeps up traffic signs.",
        path="ukpga/1984/27/section/65",
    ),
    Law(
        key="TCPA1990-s225",
        act="Town and Country Planning Act 1990",
        section="section 225",
        says="The district may remove placards and posters shown without permission.",
        path="ukpga/1990/8/section/225",
    ),
    Law(
        key="EPA1990-s59",
        act="Environmental Protection Act 1990",
        section="section 59",
        says="The district may have waste that was dumped unlawfully removed.",
        path="ukpga/1990/43/section/59",
    ),
    Law(
        key="EPA1990-s89",
        act="Environmental Protection Act 1990",
        section="section 89",
        says="The district must keep its public land and roads clear of litter.",
        path="ukpga/1990/43/section/89",
    ),
    Law(
        key="LA1983-ss5-6",
        act="Litter Act 1983",
        section="sections 5 and 6",
        says="A parish council may provide and empty litter bins in streets and public places.",
        path="ukpga/1983/35/contents",
    ),
    Law(
        key="PHA1936-s87",
        act="Public Health Act 1936",
        section="section 87",
        says="A county, district or parish council may provide public toilets; none must.",
        path="ukpga/Geo5and1Edw8/26/49/section/87",
    ),
    Law(
        key="PLMA1964-s7",
        act="Public Libraries and Museums Act 1964",
        section="section 7",
        says="A library authority must provide a comprehensive and efficient library service.",
        path="ukpga/1964/75/section/7",
    ),
    Law(
        key="CA2006-s5A",
        act="Childcare Act 2006",
        section="section 5A",
        says="The county must, so far as is reasonably practicable, have enough children's "
        "centres to meet local need.",
        path="ukpga/2006/21/section/5A",
    ),
)

LAWS = MappingProxyType({law.key: law for law in _LAWS})


def law(key: str) -> Law:
    """Give the law with this key, refusing one that is not recorded.

    >>> law("HA1980-s41").name
    'Highways Act 1980, section 41'
    """
    try:
        return LAWS[key]
    except KeyError:
        raise PowerNotRecorded(f"No law is recorded under {key!r}.") from None
