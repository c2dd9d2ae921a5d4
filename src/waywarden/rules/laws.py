"""The laws by which councils arrange things with one another, each in one plain sentence."""

from datetime import date

from waywarden.rules.provisions import TO_BE_CONFIRMED, Jurisdiction, Law, Mark, Standing

_GOVERNMENT = "Local Government Act 1972"
_EXECUTIVES = "Local Government Act 2000"
_LOCALISM = "Localism Act 2011"
#: Where it was read how far a law reaches and from which day, once for several.
EXTENT_1972 = "thefullwiki.org, Local Government Act 1972"
WHOLLY_1974 = "legislation.gov.uk, section 273(1) and the note that the Act is wholly in force"
PART_1A = "legislation.gov.uk, SI 2012/2089, footnote to its introduction"
BY_SI_1008 = "zoomlaw.co.uk, SI 2012/1008, article 4"

ARRANGEMENTS = (
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
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
        jurisdiction_read_in=EXTENT_1972,
        starts_on=date(1974, 4, 1),
        starts_read_in=WHOLLY_1974,
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
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
        jurisdiction_read_in=EXTENT_1972,
    ),
    Law(
        key="LGA1972-s102",
        act=_GOVERNMENT,
        section="section 102",
        says="Councils may appoint a joint committee.",
        path="ukpga/1972/70/section/102",
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
        jurisdiction_read_in=EXTENT_1972,
        starts_on=date(1974, 4, 1),
        starts_read_in=WHOLLY_1974,
    ),
    Law(
        key="LGA1972-s109",
        act=_GOVERNMENT,
        section="section 109",
        says="An order may give a parish meeting powers of a parish council.",
        path="ukpga/1972/70/section/109",
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
        jurisdiction_read_in=EXTENT_1972,
        starts_on=date(1974, 4, 1),
        starts_read_in=WHOLLY_1974,
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
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
        jurisdiction_read_in=EXTENT_1972,
        starts_on=date(1974, 4, 1),
        starts_read_in=WHOLLY_1974,
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
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
        jurisdiction_read_in=EXTENT_1972,
        starts_on=date(1974, 4, 1),
        starts_read_in=WHOLLY_1974,
    ),
    Law(
        key="LGA1972-s137",
        act=_GOVERNMENT,
        section="section 137",
        says="A council may in some cases spend money for which it has no other power.",
        path="ukpga/1972/70/section/137",
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
        jurisdiction_read_in=EXTENT_1972,
        starts_on=date(1974, 4, 1),
        starts_read_in=WHOLLY_1974,
    ),
    Law(
        key="LGA1972-s270-1",
        act=_GOVERNMENT,
        section="section 270(1)",
        says='A parish meeting without a parish council is not a "local authority".',
        path="ukpga/1972/70/section/270",
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
        jurisdiction_read_in=EXTENT_1972,
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
        jurisdiction=Jurisdiction.ENGLAND,
        jurisdiction_read_in=PART_1A,
        starts_on=date(2012, 5, 4),
        starts_read_in=BY_SI_1008,
    ),
    Law(
        key="LGA2000-s9EB",
        act=_EXECUTIVES,
        section="section 9EB",
        says="Executives of several councils may carry out functions jointly.",
        path="ukpga/2000/22/section/9EB",
        jurisdiction=Jurisdiction.ENGLAND,
        jurisdiction_read_in=PART_1A,
        starts_on=date(2012, 5, 4),
        starts_read_in=BY_SI_1008,
    ),
    Law(
        key="LGA2000-s20",
        act=_EXECUTIVES,
        section="section 20",
        says="Executives of several councils could carry out functions jointly; section 9EB "
        "stands in its place in England.",
        path="ukpga/2000/22/section/20",
        standing=Standing.SUPERSEDED,
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
    ),
    Law(
        key="SI2000-2851-r11",
        act="Local Authorities (Arrangements for the Discharge of Functions) (England) "
        "Regulations 2000",
        section="regulation 11",
        says="Executives fix who sits on a joint committee of their members.",
        path="uksi/2000/2851/regulation/11",
        remark="Made again as SI 2012/1019.",
        jurisdiction=Jurisdiction.ENGLAND,
    ),
    Law(
        key="SI2012-1019",
        act="Local Authorities (Arrangements for the Discharge of Functions) (England) "
        "Regulations 2012",
        section="",
        says="These regulations set out how executives arrange for others to carry out their "
        "functions, and how they act jointly.",
        path="uksi/2012/1019/contents",
        jurisdiction=Jurisdiction.ENGLAND,
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
        jurisdiction=Jurisdiction.ENGLAND,
        jurisdiction_read_in="legislation.gov.uk, SI 2012/2089, by its title",
        starts_on=date(2012, 9, 10),
        starts_read_in="legislation.gov.uk, SI 2012/2089, regulation 1",
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
        jurisdiction=Jurisdiction.ENGLAND,
        jurisdiction_read_in="legislation.gov.uk, SI 2012/1313, by its title",
        starts_on=date(2012, 6, 27),
        starts_read_in="legislation.gov.uk, SI 2012/1313, regulation 1",
    ),
    Law(
        key="LAGSA1970",
        act="Local Authorities (Goods and Services) Act 1970",
        section="",
        says="A council may supply goods and services to other public bodies.",
        path="ukpga/1970/39/contents",
        jurisdiction=Jurisdiction.GREAT_BRITAIN,
        jurisdiction_read_in="legislation.gov.uk, section 1(4) as enacted",
    ),
    Law(
        key="LA2011-gpc",
        act=_LOCALISM,
        section="section 1",
        says="A county or district council, and a parish council that is eligible, may do anything "
        "that individuals generally may do.",
        path="ukpga/2011/20/section/1",
        mark=Mark.READ,
        read_in="legislation.gov.uk, explanatory notes, paragraph 10; acthub.uk, section 1",
        remark="Called the general power of competence. Sections 2 to 4 limit it.",
        jurisdiction=Jurisdiction.ENGLAND,
        jurisdiction_read_in="legislation.gov.uk, explanatory notes, paragraph 478",
    ),
    Law(
        key="LA2011-s8",
        act=_LOCALISM,
        section="section 8",
        says="The general power is a county or district council's, a London borough's, and that of "
        "a parish council which meets the conditions of an order.",
        path="ukpga/2011/20/section/8",
        mark=Mark.READ,
        read_in="legislation.gov.uk, section 8",
        jurisdiction=Jurisdiction.ENGLAND,
        jurisdiction_read_in="legislation.gov.uk, explanatory notes, paragraph 478",
    ),
    Law(
        key="SI2012-965",
        act="Parish Councils (General Power of Competence) (Prescribed Conditions) Order 2012",
        section="",
        says="A parish council is eligible once it resolves that enough of its members were "
        "elected and its clerk is qualified, and again after each ordinary election.",
        path="uksi/2012/965/made",
        mark=Mark.READ,
        read_in="legislation.gov.uk, SI 2012/965 and its explanatory note",
        jurisdiction=Jurisdiction.ENGLAND,
        jurisdiction_read_in="legislation.gov.uk, SI 2012/965, under its heading",
        starts_on=date(2012, 3, 28),
        starts_read_in="legislation.gov.uk, SI 2012/965, article 1(1)",
    ),
    Law(
        key="LA2011-s33",
        act=_LOCALISM,
        section="section 33",
        says="A council may let a member take part in spite of an interest.",
        path="ukpga/2011/20/section/33",
        mark=Mark.READ,
        read_in="minutes, docslib.org 9121064",
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
        starts_on=date(2012, 7, 1),
        starts_read_in="legislation.gov.uk, SI 2012/1463, explanatory note",
    ),
)
