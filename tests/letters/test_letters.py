"""A plan's letter to each council: as page, PDF and Word, and all of them in one file."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from tests.cast import ADA, DAY, Cast
from tests.documents.reading import pdf_words, word_texts, words_of
from tests.pages.reading import Page, body_of
from tests.plans.kept import MARLSHIRE, example, keep, keep_for
from waywarden.devolution.letters import actions, bundling, writing
from waywarden.devolution.letters.models import LetterBundle
from waywarden.devolution.letters.writing import letter_to
from waywarden.devolution.plans import queries
from waywarden.devolution.plans.models import PlanRun
from waywarden.fabric.documents.content import Paper
from waywarden.fabric.documents.models import StoredFile
from waywarden.fabric.documents.typesetting import as_pdf, showable
from waywarden.fabric.documents.word import as_word
from waywarden.planning.reports import NOTHING, Range
from waywarden.planning.words.wording import LESS_THAN_IT_ADDS

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

COLDBROOK, HAYE = "coldbrook-marlshire", "little-haye-marlshire"


@pytest.fixture(autouse=True)
def a_folder_of_its_own(tmp_path: Path, settings: object) -> Iterator[None]:
    """Keep the files of each test apart."""
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    yield


def letters_of(run: PlanRun) -> dict[str, Paper]:
    return {one.council.key: letter_to(one) for one in queries.placed_councils(run)}


def said(paper: Paper) -> str:
    return " ".join(paper.texts())


def with_reasons(cast: Cast, *why: str) -> PlanRun:
    made = example(cast.county, MARLSHIRE)
    councils = [replace(one, why=why) if one.key == COLDBROOK else one for one in made.councils]
    return keep(cast.county, MARLSHIRE, councils=tuple(councils))


def test_a_letter_says_why_what_together_what_alone_and_what_if_it_leaves(cast: Cast) -> None:
    run = with_reasons(
        cast,
        "Coldbrook leads this cluster, for itself and one other council.",
        "If it left, there would be no cluster, and each would pay as if alone.",
    )

    letter = letters_of(run)[COLDBROOK]

    texts = list(letter.texts())
    assert letter.title == "Coldbrook in Plan 1"
    for heading in (
        "Why here",
        "What you pay, and what you would pay alone",
        "Who would do what",
        "What changes if you leave",
        "How sure this is",
    ):
        assert heading in texts
    assert "You would be in cluster 1, which you would lead, together with Wychbourne." in texts
    leaving = texts[texts.index("What changes if you leave") + 1]
    assert leaving.startswith("If you left, there would be no cluster")
    assert said(letter).count("If you left") == 1
    assert "If it left" not in said(letter)


def test_amounts_of_a_letter_are_those_of_the_plan_at_three_prices(cast: Cast) -> None:
    made = example(cast.county, MARLSHIRE)
    dear = Range(1_000_49, 1_000_50, 9_999_99)
    councils = [
        replace(one, alone=dear, together=Range(800_00, 1_200_50, 9_000_00))
        if one.key == COLDBROOK
        else one
        for one in made.councils
    ]
    run = keep(cast.county, MARLSHIRE, councils=tuple(councils))

    texts = list(letters_of(run)[COLDBROOK].texts())

    start = texts.index("Low")
    assert texts[start : start + 12] == [
        *("Low", "£800", "£1,000", "£200 less than alone"),
        *("Expected", "£1,201", "£1,001", "£200 more than alone"),
        *("High", "£9,000", "£10,000", "£1,000 less than alone"),
    ]


def test_a_lead_is_named_once_among_those_a_council_is_with(cast: Cast) -> None:
    run = with_reasons(cast, "Coldbrook leads this cluster.")
    letters = letters_of(run)

    others = [key for key in letters if "led by Coldbrook" in said(letters[key])]

    assert others
    for key in others:
        assert "together with Coldbrook" not in said(letters[key])


def test_a_council_reads_why_the_others_would_pay_less_without_it(cast: Cast) -> None:
    left = (
        "If it left, with the same leads, it would pay £1,042 more, and the other members between "
        "them £1,027 less."
    )
    explained = (
        "If you left, with the same leads, you would pay £1,042 more, and the other members "
        "between them £1,027 less. The others would pay less because your share of the cost is "
        "smaller than what serving you adds to the cost."
    )
    for kept in (left, f"{left} {LESS_THAN_IT_ADDS}"):
        assert writing._to_you(kept) == explained
    assert "because" not in writing._to_you(left.replace("less", "more"))


def test_what_a_plan_does_not_say_of_leaving_is_not_made_up(cast: Cast) -> None:
    run = with_reasons(cast, "Coldbrook would be served by Wychbourne.")

    letter = said(letters_of(run)[COLDBROOK])

    assert "What the others would pay then was not worked out" in letter
    assert "If it left" not in letter


def test_a_council_that_goes_alone_or_stays_has_a_letter_too(cast: Cast) -> None:
    made = example(cast.county, MARLSHIRE)
    stays = {"alone": NOTHING, "together": NOTHING, "alone_models": {}, "stays": ("ROW",)}
    councils = [
        replace(one, **stays) if one.key == "marl-green-marlshire" else one for one in made.councils
    ]
    run = keep(cast.county, MARLSHIRE, councils=tuple(councils))

    letters = letters_of(run)

    assert set(letters) == {one.key for one in made.councils}
    assert "You would be in no cluster" in said(letters[HAYE])
    assert "In the plan £" not in said(letters[HAYE])
    assert "stays" not in letters
    assert "leaves these services with the county" in said(letters["marl-green-marlshire"])
    assert "What you would pay a year" not in said(letters["marl-green-marlshire"])


def test_page_pdf_and_word_say_the_same(client: Client, cast: Cast) -> None:
    run = keep_for(cast)
    letter = letters_of(run)[COLDBROOK]

    page = client.get(f"/plans/1/letters/{COLDBROOK}/")
    pdf = client.get(f"/plans/1/letters/{COLDBROOK}.pdf")
    word = client.get(f"/plans/1/letters/{COLDBROOK}.docx")

    shown = words_of(Page(body_of(page)).words)
    printed, written = pdf_words(pdf.content).replace(" ", ""), words_of(word_texts(word.content))
    for text in letter.texts():
        assert words_of([text]) in shown, text
        assert words_of([text]) in printed, text
        assert words_of([text]) in written, text
    assert pdf["Content-Type"] == "application/pdf"
    assert word["Content-Type"].endswith("wordprocessingml.document")


HOSTILE = (
    '#import "x": y',
    "<script>alert(1)</script>",
    "$ 1/0 $",
    "\\u{41} \\ back\\slash",
    "{{ title }} {% for x in y %}",
    "#panic()",
    "*bold* _it_ `raw` @label <l>",
    ']  #eval("1") [',
    "& < > \" '",
    "=SUM(1)",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_only_ever_text(client: Client, cast: Cast, name: str) -> None:
    made = example(cast.county, MARLSHIRE)
    councils = [replace(one, name=name) if one.key == COLDBROOK else one for one in made.councils]
    run = keep(cast.county, MARLSHIRE, councils=tuple(councils))
    letter = letters_of(run)[COLDBROOK]

    page = body_of(client.get(f"/plans/1/letters/{COLDBROOK}/"))

    wanted = words_of([name])
    assert wanted in words_of(Page(page).words)
    assert "<script>alert" not in page
    assert wanted in pdf_words(as_pdf(letter)).replace(" ", "")
    assert wanted in words_of(word_texts(as_word(letter)))


def test_the_same_letter_gives_the_same_bytes(cast: Cast) -> None:
    letter = letters_of(keep_for(cast))[COLDBROOK]

    assert as_pdf(letter) == as_pdf(letter)
    assert as_word(letter) == as_word(letter)
    assert showable(letter.plain()) == letter.plain()


@pytest.mark.parametrize(
    "address", ["nowhere/", "nowhere.pdf", "nowhere.docx", "../1/letters/coldbrook.pdf"]
)
def test_a_council_that_is_not_in_the_plan_has_no_letter(
    client: Client, cast: Cast, address: str
) -> None:
    keep_for(cast)

    assert client.get(f"/plans/1/letters/{address}").status_code == 404
    assert client.get(f"/plans/2/letters/{COLDBROOK}.pdf").status_code == 404


def test_an_officer_has_all_letters_put_into_one_file(cast: Cast) -> None:
    run = keep_for(cast)
    acting = cast.at_the_county
    ada = cast.signed_in(cast.ada)
    assert "Put all letters into one file" in body_of(ada.get("/plans/1/letters/"))
    assert Client().get("/plans/1/letters.zip").status_code == 404

    ada.post("/plans/1/make-letters/", {"acting_in": acting.pk})
    (in_line,) = DBTaskResult.objects.all()
    bundling.make_letters.call(*in_line.args_kwargs["args"])

    given = Client().get("/plans/1/letters.zip")
    assert given["Content-Type"] == "application/zip"
    assert given["Content-Disposition"] == 'attachment; filename="plan-1-letters.zip"'
    packed = zipfile.ZipFile(io.BytesIO(given.content))
    keys = [one.key for one in queries.report_of(run).councils]
    wanted = sorted(f"{key}.{end}" for key in keys for end in ("pdf", "docx"))
    assert sorted(packed.namelist()) == sorted(["index.csv", *wanted])
    index = list(csv.DictReader(io.StringIO(packed.read("index.csv").decode("utf-8-sig"))))
    assert sorted(row["pdf"] for row in index) == sorted(f"{key}.pdf" for key in keys)
    assert "Download all letters" in body_of(Client().get("/plans/1/letters/"))


def test_the_shares_of_a_cluster_in_the_index_add_up_to_the_penny(cast: Cast) -> None:
    run = keep_for(cast)
    report = queries.report_of(run)

    packed = zipfile.ZipFile(io.BytesIO(bundling.zipped(run, lambda done: None)))

    rows = csv.DictReader(io.StringIO(packed.read("index.csv").decode("utf-8-sig")))
    shares = [row["together_expected_estimate"] for row in rows if row["clusters"] == "1"]
    (cluster,) = report.clusters
    pence = sum(round(float(share) * 100) for share in shares)
    assert len(shares) == 2
    assert pence == cluster.planned.expected


def test_all_letters_of_a_plan_are_the_same_bytes_each_time(cast: Cast) -> None:
    run = keep_for(cast)

    assert bundling.zipped(run, lambda done: None) == bundling.zipped(run, lambda done: None)


def ask(run: PlanRun, begun: list[int]) -> bool:
    def begin(bundle: int) -> None:
        begun.append(bundle)
        bundling.make_letters.enqueue(bundle)

    return actions.ask_for_letters(run=run, begin=begin, by=ADA, today=DAY)


def test_letters_are_asked_for_once_and_again_only_when_they_were_lost(cast: Cast) -> None:
    run = keep_for(cast)
    begun: list[int] = []

    first, second = ask(run, begun), ask(run, begun)
    long_ago = datetime.now(UTC) - timedelta(minutes=11)
    LetterBundle.objects.update(asked_at=long_ago, councils_done=3)
    third = ask(run, begun)

    assert (first, second, third) == (True, False, True)
    assert begun == [LetterBundle.objects.get().pk] * 2
    assert LetterBundle.objects.get().councils_done == 0


def test_letters_made_twice_are_kept_once(cast: Cast) -> None:
    run = keep_for(cast)
    ask(run, [])
    bundle = LetterBundle.objects.get()

    bundling.make_letters.call(bundle.pk)
    bundling.make_letters.call(bundle.pk)
    ready = bundling.documents.made(content=b"other", media_type="application/zip", name="x.zip")

    assert not actions.finish_letters(bundle=bundle, ready=ready, by=ADA, today=DAY)
    assert StoredFile.objects.count() == 1
    assert not ask(run, [])


def test_who_waits_sees_how_far_the_letters_are(client: Client, cast: Cast) -> None:
    run = keep_for(cast)
    ask(run, [])
    actions.count_letters(bundle=LetterBundle.objects.get(), done=2)

    page = " ".join(Page(body_of(client.get("/plans/1/letters/"))).words.split())

    assert "2 of 4 councils have their letter so far" in page


def test_only_an_officer_of_a_principal_council_asks_for_all_letters(cast: Cast) -> None:
    keep_for(cast)
    acting = cast.at_coldbrook
    colm = cast.signed_in(cast.colm)

    assert colm.post("/plans/1/make-letters/", {"acting_in": acting.pk}).status_code == 403
    assert Client().post("/plans/1/make-letters/").status_code == 401
    assert "Put all letters" not in body_of(colm.get("/plans/1/letters/"))
    assert not LetterBundle.objects.exists()
