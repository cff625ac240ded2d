"""Labelled replies: what was not conveyed is refused, what was conveyed is found (labelled/README.md)."""

import pytest
from labelled_replies import FOLDER, Row, judged, rates

# Per set, the least share refused and found in percent: what was reached: a change that makes one worse is seen.
REACHED = {
    "brightpath": (99.7, 94.8),
    "kettlewick": (100.0, 97.7),
    "fresh-1": (100.0, 97.7),
    "fresh-2": (99.0, 91.5),
    "fresh-3": (98.1, 86.5),
    "bank-1": (99.7, 98.0),
    "bank-2": (99.7, 98.0),
    "bank-3": (99.4, 90.4),
    "bank-4": (98.1, 88.9),
}
REFUSED, FOUND = 98.0, 90.0  # the targets


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Row]]:
    return {name: list(judged(name)) for name in REACHED}


def test_every_set_is_judged() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(REACHED)


@pytest.mark.parametrize("name", REACHED)
def test_no_set_comes_out_worse_than_it_did(rows: dict[str, list[Row]], name: str) -> None:
    refused, found, unconveyed, conveyed = rates(rows[name])
    assert unconveyed > 200
    assert conveyed > 200
    least_refused, least_found = REACHED[name]
    assert 100 * refused >= least_refused
    assert 100 * found >= least_found


def test_the_targets_hold_over_all_of_them(rows: dict[str, list[Row]]) -> None:
    refused, found, _n, _m = rates([row for each in rows.values() for row in each])
    assert 100 * refused >= REFUSED
    assert 100 * found >= FOUND
