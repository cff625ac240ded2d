"""contracts/difficulty.md and the code say the same, and the bundled items spread over the levels."""

import re
from collections import Counter
from pathlib import Path

import pytest
from content_samples import paths_in
from hypothesis import given
from hypothesis import strategies as st
from page_blocks import blocks, page, put

from typetrainer.content.difficulty import LEVELS, SCALES, WEIGHTS, difficulty_of, typing_cost
from typetrainer.content.loader import Library
from typetrainer.content.model import KINDS, CopyItem
from typetrainer.core.text import nfc

PAGE = page("difficulty.md")


def copy_item(text: str) -> CopyItem:
    return CopyItem("p", "i", "T", ("t",), text, (), "0" * 64, {})


def table(head: str) -> list[list[str]]:
    """Return the cells of the table whose head begins so, without their backticks."""
    body = PAGE[PAGE.index(head) :].split("\n")[2:]
    rows = []
    for line in body:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().strip("`") for cell in line.strip("|").split(" |")])
    return rows


def test_the_pages_scales_and_weights_are_the_codes():
    assert {kind: tuple(map(float, values)) for kind, *values in table("| kind | 0 ")} == SCALES
    assert {name: (float(one), float(most)) for name, one, most, _ in table("| part | points")} == WEIGHTS


@pytest.mark.parametrize(("text", "ms", "value", "score", "level"), table("| text | ms"))
def test_the_pages_texts(text, ms, value, score, level):
    found = difficulty_of(copy_item(text))
    assert typing_cost(text) == int(ms)
    assert (found.value, found.score, found.level) == (float(value), int(score), level)


@pytest.fixture(scope="module")
def otterbeck(tmp_path_factory):
    home = tmp_path_factory.mktemp("page")
    for block in blocks(page("packs.md")):
        if block.file:
            put(block, home / "data" / "packs" / "otterbeck")
    return Library(paths_in(home))


@pytest.mark.parametrize(("item", "value", "score", "level"), table("| item | value"))
def test_the_pages_items(otterbeck, item, value, score, level):
    found = difficulty_of(otterbeck.find(f"otterbeck/{item}"))
    assert (found.value, found.score, found.level) == (float(value), int(score), level)


def test_the_worked_reply(otterbeck):
    parts = {part.name: part.adds for part in difficulty_of(otterbeck.find("otterbeck/locked-doors")).parts}
    assert parts == pytest.approx({
        "words to read": 3.4, "words to write": 3.2, "facts": 4, "steps": 4, "policies": 4, "traps": 5, "values": 2,
        "mood": 4,
    })  # fmt: skip


@given(st.text(max_size=60).map(nfc))
def test_any_text_has_a_difficulty_that_its_parts_explain(text):
    found = difficulty_of(copy_item(text))
    assert 0 <= found.score <= 100
    assert found.value == pytest.approx(sum(part.adds for part in found.parts), abs=0.01)
    assert found.value == pytest.approx(typing_cost(text) / max(len(text), 1), abs=0.01)
    assert all(part.adds > 0 and part.amount > 0 for part in found.parts)


@pytest.mark.parametrize(
    ("easier", "harder"),
    [
        ("please call me", "Please Call Me"),
        ("ten of them", "10 of them"),
        ("a to b", "a&t#b"),
        ("their", "zqxjv"),
        ("cafe", "café"),
        ("hand in hand", "decree deeds"),
    ],
)
def test_what_asks_more_of_the_hands_is_more_difficult(easier, harder):
    cost = [typing_cost(text) / len(text) for text in (easier, harder)]
    assert cost[0] < cost[1]


def test_a_typographic_sign_costs_what_may_be_typed_for_it():
    assert typing_cost("it’s – well – “fine”") == typing_cost('it\'s - well - "fine"')


@pytest.fixture(scope="module")
def library():
    return Library(paths_in(Path("/nonexistent")))


@pytest.mark.parametrize("kind", KINDS)
def test_the_bundled_items_spread_over_the_levels(library, kind):
    found = [difficulty_of(item) for item in library.items(kind)]
    levels = Counter(each.level for each in found)
    assert all(0.2 < levels[level] / len(found) < 0.47 for level in LEVELS), levels
    assert sum(each.score in (0, 100) for each in found) < len(found) / 50  # nearly all are told apart
    assert [each.level for each in sorted(found, key=lambda each: each.value)] == sorted(
        (each.level for each in found), key=LEVELS.index
    )


def test_the_page_names_every_part_of_copy():
    names = {part.name for part in difficulty_of(copy_item("QX-70 is 5 & as it was. Lots de juice, Zvi")).parts}
    assert names == {row[0] for row in table("| part | milliseconds")}
    assert re.search(r"list of 198", PAGE)
