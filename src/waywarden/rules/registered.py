"""Numbers of registers: whether what is typed can be one of a charity, company or society."""

import re

CHARITY = re.compile(r"[0-9]{6,7}(-[0-9]{1,3})?")
SOCIETY = re.compile(r"(IP[0-9]{5}R?|RS[0-9]{6}|[0-9]{3,6}R?)")
COMPANY = re.compile(r"[0-9]{8}|(CE|CS|FC|IP|NF|NI|OC|RS|SC|SO)[0-9]{6}")


def charity_number(text: str) -> str:
    """Return a charity number as the Charity Commission writes it; blank for what can be none.

    >>> charity_number(" 1122334 "), charity_number("202918-3"), charity_number("12")
    ('1122334', '202918-3', '')
    """
    said = "".join(text.split())
    return said if CHARITY.fullmatch(said) else ""


def company_number(text: str) -> str:
    """Return a company number as Companies House writes it; blank for what can be none.

    Noughts that people leave out in front are put there.

    >>> company_number("1234567"), company_number("oc 123456"), company_number("x")
    ('01234567', 'OC123456', '')
    """
    said = "".join(text.split()).upper()
    if said.isascii() and said.isdecimal() and len(said) in (6, 7):
        said = said.zfill(8)
    return said if COMPANY.fullmatch(said) else ""


def society_number(text: str) -> str:
    """Return the number of a society as the mutuals register writes it; blank for what is none.

    >>> society_number("rs 007123"), society_number("30123R"), society_number("friends")
    ('RS007123', '30123R', '')
    """
    said = "".join(text.split()).upper()
    return said if SOCIETY.fullmatch(said) else ""
