"""Labelled replies: what was not conveyed is refused, what was conveyed is found (labelled/README.md)."""

from labelled_replies import FOLDER, Row, judged, rates

# Per set, the least share refused and found in percent: what was reached: a change that makes one worse is seen.
REACHED = {
    "brightpath": (99.9, 96.9),
    "kettlewick": (99.9, 99.0),
    "fresh-1": (99.9, 98.2),
    "fresh-2": (99.0, 93.3),
    "fresh-3": (98.1, 87.4),
    "bank-1": (99.9, 99.2),
    "bank-2": (99.9, 98.9),
    "bank-3": (99.9, 97.4),
    "bank-4": (99.9, 95.6),
    "bank-5": (98.6, 93.8),
    "bank-6": (99.7, 93.1),
    "bank-7": (99.7, 94.8),
}
REFUSED, FOUND = 98.0, 90.0  # the targets


def test_every_set_is_judged() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(REACHED)


def test_no_set_comes_out_worse_than_it_did_and_together_they_reach_the_targets() -> None:
    """All sets in one test: their judging takes a while, and would be done by each of several processes."""
    rows: dict[str, list[Row]] = {name: list(judged(name)) for name in REACHED}
    shares = {name: rates(each) for name, each in rows.items()}
    assert all(unconveyed > 200 and conveyed > 200 for _r, _f, unconveyed, conveyed in shares.values())
    worse = {
        name: (100 * refused, 100 * found)
        for name, (refused, found, *_) in shares.items()
        if 100 * refused < REACHED[name][0] or 100 * found < REACHED[name][1]
    }
    assert worse == {}
    refused, found, _n, _m = rates([row for each in rows.values() for row in each])
    assert 100 * refused >= REFUSED
    assert 100 * found >= FOUND
