"""The laws that make a service a council's duty or power, and that of its VAT."""

from datetime import date

from waywarden.rules.provisions import Jurisdiction, Law, Mark

_HIGHWAYS = "Highways Act 1980"
#: Where it was read how far the Act reaches and from which day.
EXTENT_1980 = "wikimili.com, Highways Act 1980"
FROM_1981 = "wikimili.com, Highways Act 1980"

SERVICES = (
    Law(
        key="HA1980-s41",
        act=_HIGHWAYS,
        section="section 41",
        says="The highway authority must maintain a highway that is maintainable at the "
        "public expense.",
        path="ukpga/1980/66/section/41",
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
        jurisdiction_read_in=EXTENT_1980,
        starts_on=date(1981, 1, 1),
        starts_read_in=FROM_1981,
    ),
    Law(
        key="HA1980-s43",
        act=_HIGHWAYS,
        section="section 43",
        says="A parish council may maintain a footpath; the highway authority stays liable.",
        path="ukpga/1980/66/section/43",
        mark=Mark.READ,
        read_in="towncouncillor.com",
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
        jurisdiction_read_in=EXTENT_1980,
        starts_on=date(1981, 1, 1),
        starts_read_in=FROM_1981,
    ),
    Law(
        key="HA1980-s96",
        act=_HIGHWAYS,
        section="section 96",
        says="The highway authority may plant and look after trees, shrubs and grass verges in "
        "the highway.",
        path="ukpga/1980/66/section/96",
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
        jurisdiction_read_in=EXTENT_1980,
        starts_on=date(1981, 1, 1),
        starts_read_in=FROM_1981,
    ),
    Law(
        key="HA1980-s96-5",
        act=_HIGHWAYS,
        section="section 96(5)",
        says="A parish council may look after verges and trees with the highway authority's "
        "consent.",
        path="ukpga/1980/66/section/96",
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
        jurisdiction_read_in=EXTENT_1980,
        starts_on=date(1981, 1, 1),
        starts_read_in=FROM_1981,
    ),
    Law(
        key="HA1980-s100",
        act=_HIGHWAYS,
        section="section 100",
        says="The highway authority may drain a highway.",
        path="ukpga/1980/66/section/100",
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
        jurisdiction_read_in=EXTENT_1980,
        starts_on=date(1981, 1, 1),
        starts_read_in=FROM_1981,
    ),
    Law(
        key="HA1980-s130",
        act=_HIGHWAYS,
        section="section 130",
        says="The highway authority must protect the public's right to use a highway.",
        path="ukpga/1980/66/section/130",
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
        jurisdiction_read_in=EXTENT_1980,
        starts_on=date(1981, 1, 1),
        starts_read_in=FROM_1981,
    ),
    Law(
        key="HA1980-s132",
        act=_HIGHWAYS,
        section="section 132",
        says="The highway authority may remove signs and marks put on the highway without "
        "permission.",
        path="ukpga/1980/66/section/132",
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
        jurisdiction_read_in=EXTENT_1980,
        starts_on=date(1981, 1, 1),
        starts_read_in=FROM_1981,
    ),
    Law(
        key="HA1980-s154",
        act=_HIGHWAYS,
        section="section 154",
        says="The highway authority may have growth that overhangs a highway cut back.",
        path="ukpga/1980/66/section/154",
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
        jurisdiction_read_in=EXTENT_1980,
        starts_on=date(1981, 1, 1),
        starts_read_in=FROM_1981,
    ),
    Law(
        key="RTRA1984-s65",
        act="Road Traffic Regulation Act 1984",
        section="section 65",
        says="The traffic authority places and keeps up traffic signs.",
        path="ukpga/1984/27/section/65",
        jurisdiction=Jurisdiction.GREAT_BRITAIN,
    ),
    Law(
        key="TCPA1990-s225",
        act="Town and Country Planning Act 1990",
        section="section 225",
        says="The district may remove placards and posters shown without permission.",
        path="ukpga/1990/8/section/225",
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
    ),
    Law(
        key="EPA1990-s59",
        act="Environmental Protection Act 1990",
        section="section 59",
        says="The district may have waste that was dumped unlawfully removed.",
        path="ukpga/1990/43/section/59",
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
    ),
    Law(
        key="EPA1990-s89",
        act="Environmental Protection Act 1990",
        section="section 89",
        says="The district must keep its public land and roads clear of litter.",
        path="ukpga/1990/43/section/89",
        jurisdiction=Jurisdiction.GREAT_BRITAIN,
    ),
    Law(
        key="LA1983-ss5-6",
        act="Litter Act 1983",
        section="sections 5 and 6",
        says="A parish council may provide and empty litter bins in streets and public places.",
        path="ukpga/1983/35/contents",
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
    ),
    Law(
        key="PHA1936-s87",
        act="Public Health Act 1936",
        section="section 87",
        says="A county, district or parish council may provide public toilets; none must.",
        path="ukpga/Geo5and1Edw8/26/49/section/87",
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
    ),
    Law(
        key="PLMA1964-s7",
        act="Public Libraries and Museums Act 1964",
        section="section 7",
        says="A library authority must provide a comprehensive and efficient library service.",
        path="ukpga/1964/75/section/7",
        jurisdiction=Jurisdiction.ENGLAND_AND_WALES,
    ),
    Law(
        key="CA2006-s5A",
        act="Childcare Act 2006",
        section="section 5A",
        says="The county must, so far as is reasonably practicable, have enough children's "
        "centres to meet local need.",
        path="ukpga/2006/21/section/5A",
        jurisdiction=Jurisdiction.ENGLAND,
    ),
    Law(
        key="VATA1994-s33",
        act="Value Added Tax Act 1994",
        section="section 33",
        says="A local authority is refunded the VAT on what it buys, if not for a business that it "
        "carries on.",
        path="ukpga/1994/23/section/33",
        mark=Mark.READ,
        read_in="legislation.gov.uk, SI 2014/1112, explanatory note",
        jurisdiction=Jurisdiction.UNITED_KINGDOM,
    ),
)
