"""England as a plan of one service, whole and by district."""

import numpy as np

from benchmarks import england
from waywarden import data


def test_every_parish_of_england_is_in_the_whole_and_in_one_district() -> None:
    whole, districts = england.whole(), england.by_district()

    count = len(data.english_parishes())
    assert len(whole.demands) == count
    assert sum(len(one.demands) for one in districts.values()) == count
    assert {"Cherwell", "Wiltshire", "Cornwall"} <= set(districts)
    assert np.all(whole.demands >= 1)


def test_each_parish_could_be_led_by_itself_and_its_nearest() -> None:
    district = england.by_district()["Cherwell"]

    for council in range(len(district.demands)):
        arcs = slice(district.starts[council], district.starts[council + 1])
        assert council in district.sites[arcs]
        assert arcs.stop - arcs.start == england.REACH
