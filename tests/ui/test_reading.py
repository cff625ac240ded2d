"""Articles without the marks of Markdown: tables for the eye and for the ear."""

from typetrainer.ui.reading import for_ears, for_eyes

MOVES = "Before.\n\n| Move | Price |\n|---|---:|\n| First | free |\n| Each further one | **$35.00** |\n\nAfter."
LIGHTS = (
    "## The light\n| Light | Meaning | What to do |\n|---|---|---|\n| White | Online | Nothing. |\n| Red | Fault | |"
)


def test_a_table_stands_in_columns():
    assert for_eyes(MOVES, 60).split("\n") == [
        "Before.", "", "Move               Price", "First              free", "Each further one   $35.00", "", "After.",
    ]  # fmt: skip


def test_a_table_that_is_too_wide_has_dots_between_its_cells():
    assert for_eyes(LIGHTS, 20).split("\n") == [
        "## The light", "Light · Meaning · What to do", "White · Online · Nothing.", "Red · Fault",
    ]  # fmt: skip


def test_a_table_is_heard_row_by_row():
    assert for_ears(MOVES) == ["Before.", "", "First: free.", "Each further one: $35.00.", "", "After."]
    assert for_ears(LIGHTS) == ["The light", "White: Meaning: Online; What to do: Nothing.", "Red: Meaning: Fault."]


def test_a_table_of_one_row_and_a_row_with_more_cells_lose_nothing():
    assert for_ears("| a | b |") == ["a: b."]
    assert "c" in for_eyes("| a | b |\n| x | y | c |", 60)


def test_what_is_no_table_stays():
    text = "1. Unplug it.\n- a list\n2 * 3 * 4, **not closed"
    assert for_eyes(text, 60) == text
    assert for_ears(text) == text.split("\n")
