"""Reading the pages and tables of a plan."""

from __future__ import annotations

import csv
import io
import re

from django.test import Client

from tests.pages.reading import Page, body_of


def read(client: Client, address: str) -> Page:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return Page(body_of(answer))


def rows_of(client: Client, address: str, caption: str) -> list[list[str]]:
    """Give the rows of the table whose caption begins so, its head left out."""
    body = body_of(client.get(address))
    (table,) = [
        part.split("</table>")[0]
        for part in body.split("<table")
        if re.search(rf"<caption[^>]*>{re.escape(caption)}", part)
    ]
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)[1:]
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def in_pence(cell: str) -> int:
    return int(cell.replace("£", "").replace(",", "").replace("−", "-")) * 100


def table(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer["Content-Disposition"].startswith("attachment")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
