"""Files that are packed, padded, cut short or nothing of the kind: read, or refused in words.

The forms are those of `test_reading`: two sites and three councils.
"""

import gzip

import numpy as np
import pytest

from tests.planner.test_reading import COSTS, HOLMBERG, OR_LIBRARY, OR_LIBRARY_IN_LINES, TEST_BED
from waywarden.planner import Infeasible, plan, read
from waywarden.planner.files.reading import FORMATS

P_MEDIAN = "3 2\n0 0 9 1\n3 4 9 2\n0 8 7 3\n"
OF_EACH = {"orlib-cap": OR_LIBRARY, "holmberg": HOLMBERG, "tbed": TEST_BED, "cpmp": P_MEDIAN}


def kept(folder, held, name="problem.txt"):
    path = folder / name
    path.write_bytes(held if isinstance(held, bytes) else held.encode())
    return path


@pytest.mark.parametrize("form", FORMATS)
def test_a_form_that_is_named_is_read_as_the_one_that_its_lines_say(tmp_path, form):
    path = kept(tmp_path, OF_EACH[form])

    named, told = read(path, format=form), read(path)

    for name in ("costs", "demands", "capacities", "setups", "opened"):
        np.testing.assert_array_equal(getattr(named, name), getattr(told, name))


@pytest.mark.parametrize("form", FORMATS)
def test_a_named_form_is_read_however_its_lines_are_broken(tmp_path, form):
    broken = kept(tmp_path, OF_EACH[form].replace("\n", " "))

    assert read(broken, format=form).costs.tolist() == (
        [0, 5, 8, 5, 0, 5, 8, 5, 0] if form == "cpmp" else COSTS
    )


@pytest.mark.parametrize("text", [OR_LIBRARY_IN_LINES, HOLMBERG])
def test_copies_of_the_or_library_are_laid_out_both_ways(tmp_path, text):
    assert read(kept(tmp_path, text), format="orlib-cap").costs.tolist() == COSTS


def test_one_council_of_the_or_library_may_have_its_costs_over_several_lines(tmp_path):
    path = kept(tmp_path, "2 3\n10 100\n8 50\n4 8\n12\n3 9\n3\n2\n4 10\n")

    assert read(path, format="orlib-cap").costs.tolist() == COSTS


@pytest.mark.parametrize(
    "held",
    [
        gzip.compress(HOLMBERG.encode(), mtime=0),
        gzip.compress(HOLMBERG.encode() + bytes(500), mtime=0),
        HOLMBERG.encode() + bytes(500),
        HOLMBERG.replace("\n", "\0\0\n").encode(),
        HOLMBERG.encode() + b"\x1a",
        b"\xef\xbb\xbf" + HOLMBERG.encode(),
        HOLMBERG.replace("\n", "\r\n").encode(),
        HOLMBERG.replace(" ", "\t").encode() + b"\n\n \n",
    ],
    ids=["gzip", "gzip padded", "padded", "padded lines", "end mark", "mark", "dos", "tabs"],
)
def test_what_packs_or_fills_up_a_file_makes_no_difference(tmp_path, held):
    assert read(kept(tmp_path, held)).costs.tolist() == COSTS


def test_candidate_leads_are_apart_from_the_councils(tmp_path):
    location = read(kept(tmp_path, HOLMBERG), format="holmberg")

    assert (len(location.demands), len(location.capacities)) == (3, 2)
    assert location.homes.tolist() == [-1, -1]
    # All three at the first site: 100 + 8 + 9 + 4 = 121; the second has room for 8 of 9.
    assert plan(location, effort="quick", threads=1).cost == pytest.approx(121)


def test_a_site_with_no_room_serves_nobody(tmp_path):
    location = read(kept(tmp_path, HOLMBERG.replace("8 50", "0 50")))

    [cluster] = plan(location, effort="quick", threads=1).clusters
    assert cluster.lead == "0"


def test_sites_that_have_no_room_for_all_are_said_to(tmp_path):
    location = read(kept(tmp_path, HOLMBERG.replace("10 100", "0 100").replace("8 50", "8 50")))

    with pytest.raises(Infeasible, match=r"\."):
        plan(location, effort="quick", threads=1)


PACKED = gzip.compress(HOLMBERG.encode(), mtime=0)


@pytest.mark.parametrize(
    ("held", "form", "said"),
    [
        (PACKED[:-9], None, "problem.txt is packed by gzip, and damaged or cut short"),
        (PACKED[:3], None, "is packed by gzip, and damaged or cut short"),
        (PACKED[:20] + b"xxxx" + PACKED[24:], None, "is packed by gzip, and damaged or cut short"),
        (b"", "holmberg", "does not begin with two whole numbers, the sizes"),
        (bytes(300), "cpmp", "does not begin with two whole numbers"),
        (b"\n\n\n", "tbed", "does not begin with two whole numbers"),
        ("-2 3\n" + HOLMBERG[4:], None, "does not begin with two whole numbers"),
        ("1e400 3\n", None, "line 1: 1e400 is no number to reckon with"),
        ("999999999 999999999\n1 2\n", None, "999999999 sites and 999999999 councils need"),
        (b"\x89PNG\r\n\x1a\n\0\0", None, r"line 1: '.*PNG' is not a number"),
        ("2 3\n10 100\n8 \u00bd\n", None, "line 3: '\u00bd' is not a number"),
        (b"2 3\n10 100\n8 5\xff0\n", None, "line 3: '5\ufffd0' is not a number"),
        (HOLMBERG.encode("utf-16"), None, "line 1: .* is not a number"),
        (HOLMBERG.encode("utf-16-le"), None, "line 2: .* is not a number"),
        ("2 3\n10,5 100\n", None, "line 2: '10,5' is not a number"),
        ("<html>\n<p>404</p>", None, "line 1: '<html>' is not a number"),
        ("9" * 5_000 + " x", None, "line 1: 9{20} is no number to reckon with"),
        (HOLMBERG.replace("4 3 2", "4 -3 2"), "holmberg", "line 4: -3 is less than nought"),
        (TEST_BED.replace("10 8", "10 -8"), "tbed", "line 3: -8 is less than nought"),
        (P_MEDIAN.replace("9 2", "9 -2"), "cpmp", "line 3: -2 is less than nought"),
        (HOLMBERG + "1 2\n", "holmberg", "ends at line 7 with 17 numbers. 2 sites and 3 councils"),
        (TEST_BED[:-3], "tbed", "ends at line 6 with 14 numbers. 2 sites and 3 councils need 15"),
        (OR_LIBRARY[:-20], "orlib-cap", "2 sites and 3 councils need 15. It is cut short or of an"),
        (P_MEDIAN[:-3], "cpmp", "3 places of a p-median need 14, or 17 with the distances between"),
        (HOLMBERG, "cpmp", "2 places of a p-median need 10, or 10 with the distances between"),
        (P_MEDIAN.replace("3 2", "3 4", 1), None, "problem.txt: 4 sites are to be open, and there"),
        (
            HOLMBERG,
            "mps",
            "There is no format 'mps'. Choose one of orlib-cap, holmberg, tbed",
        ),
    ],
)
def test_a_hostile_file_is_refused_in_words_that_say_where(tmp_path, held, form, said):
    with pytest.raises(ValueError, match=said) as refused:
        read(kept(tmp_path, held), format=form)

    assert len(str(refused.value)) < 300
