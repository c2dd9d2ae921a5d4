"""An installation in which nothing is loaded answers calmly and says what to do."""

import pytest
from django.test import Client

from tests.pages.addresses import DOWNLOADS, MAPS
from tests.pages.reading import Page, body_of

pytestmark = pytest.mark.django_db

ANSWERING = ["/", "/search/", "/search/?q=cholsey", "/glossary/", "/accessibility/", "/privacy/"]
ANSWERING += ["/components/", "/services/", "/methods/", "/plans/", "/plans/how-plans-are-made/"]


#: Lists that are there before anything is in them.
EVEN_EMPTY = {
    "bodies:bodies-csv",
    "bodies:bodies-xlsx",
    "register:services-csv",
    "register:services-xlsx",
    "offers:rounds-csv",
    "offers:rounds-xlsx",
    "interest:funding-csv",
    "interest:funding-xlsx",
    "clusters:clusters-csv",
    "clusters:clusters-xlsx",
    "plans:plans-csv",
    "plans:plans-xlsx",
    "journal:head-json",
    "journal:heads-csv",
    "journal:heads-xlsx",
}


@pytest.mark.parametrize("name", sorted(EVEN_EMPTY))
def test_a_list_with_nothing_in_it_can_be_downloaded(client: Client, name: str) -> None:
    assert client.get(DOWNLOADS[name]).status_code == 200


@pytest.mark.parametrize("address", ANSWERING)
def test_a_page_that_needs_no_county_answers(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 200
    assert len(Page(body_of(answer)).texts("h1")) == 1


def test_the_first_page_says_how_to_fill_it(client: Client) -> None:
    assert "waywarden load oxfordshire" in body_of(client.get("/"))


@pytest.mark.parametrize("address", ["/", "/glossary/", "/privacy/"])
def test_nobodys_data_is_credited_where_none_is_shown(client: Client, address: str) -> None:
    assert "Crown copyright" not in body_of(client.get(address))


@pytest.mark.parametrize(
    "address",
    [
        "/counties/oxfordshire/",
        "/places/cholsey-south-oxfordshire/",
        "/services/village-grass/",
        "/plans/1/",
        "/plans/1/clusters/cluster-cholsey-south-oxfordshire/",
        *(address for name, address in DOWNLOADS.items() if name not in EVEN_EMPTY),
        *MAPS.values(),
    ],
)
def test_what_is_not_loaded_is_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_point_is_in_no_parish_while_there_are_none(client: Client) -> None:
    assert client.get("/at/?lon=-1.1&lat=51.5").status_code == 404
