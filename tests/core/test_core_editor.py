"""The editor, told as states ("a[bc|d" is a selection from [ to |), and against a naive model."""

import pytest
from core_samples import editor, examples, pieces, raw_texts, state_of
from hypothesis import given
from hypothesis import strategies as st

from typetrainer.core.editor import Editor, Splice
from typetrainer.core.text import cells, graphemes, nfc, row_of, wrap

FAMILY = "👩\u200d👩\u200d👧"


def after(state, operation, *arguments, **options):
    made = editor(state)
    getattr(made, operation)(*arguments, **options)
    return state_of(made)


def cases(table):
    return pytest.mark.parametrize(("state", "expected"), table)


@cases([("|", "x|"), ("ab|c", "abx|c"), ("a[bc|d", "ax|d"), ("a|bc[d", "ax|d"), ("[abc|", "x|"), ("界|語", "界x|語")])
def test_insert(state, expected):
    assert after(state, "insert", "x") == expected


@cases(
    [
        ("|", "|"),
        ("|a", "|a"),
        ("ab|c", "a|c"),
        ("a[bc|d", "a|d"),
        (f"a{FAMILY}|b", "a|b"),
        ("é|", "|"),
        ("a\n|b", "a|b"),
    ]
)
def test_backspace(state, expected):
    assert after(state, "backspace") == expected


@cases([("|", "|"), ("a|", "a|"), ("a|bc", "a|c"), ("a|bc[d", "a|d"), (f"a|{FAMILY}b", "a|b"), ("a|\nb", "a|b")])
def test_delete(state, expected):
    assert after(state, "delete") == expected


@cases([
    ("one two|", "one |"), ("one two |", "one |"), ("one t|wo", "one |wo"), ("one, |", "|"), ("|one", "|one"),
    ("it's|", "|"), ("it’s|", "|"), ("a-b|", "a-|"), ("o[ne tw|o", "o|o"), ("a\nb|", "a\n|"), ("...|", "|"),
    ("école|", "|"),
])  # fmt: skip
def test_delete_word_back(state, expected):
    assert after(state, "delete_word_back") == expected


@cases([
    ("|one two", "| two"), ("one| two", "one|"), ("o|ne two", "o| two"), ("one|", "one|"), ("|, one.", "|."),
    ("o[ne tw|o", "o|o"), ("|...", "|"), ("|it's so", "| so"),
])  # fmt: skip
def test_delete_word_forward(state, expected):
    assert after(state, "delete_word_forward") == expected


@cases([("one\ntwo| three", "one\n| three"), ("one\n|two", "one\n|two"), ("one|", "|")])
def test_delete_to_line_start(state, expected):
    assert after(state, "delete_to_line_start") == expected


@cases([("one t|wo\nthree", "one t|\nthree"), ("one|\ntwo", "one|\ntwo"), ("|one", "|")])
def test_delete_to_line_end(state, expected):
    assert after(state, "delete_to_line_end") == expected


@cases([("ab|c", "a|bc"), ("|ab", "|ab"), ("a[bc|d", "a|bcd"), ("a|bc[d", "a|bcd"), (f"{FAMILY}|", f"|{FAMILY}")])
def test_left(state, expected):
    assert after(state, "left") == expected


@cases([("ab|c", "abc|"), ("ab|", "ab|"), ("a[bc|d", "abc|d"), ("a|bc[d", "abc|d"), (f"|{FAMILY}", f"{FAMILY}|")])
def test_right(state, expected):
    assert after(state, "right") == expected


@cases(
    [
        ("one two|", "one |two"),
        ("one |two", "|one two"),
        ("|one", "|one"),
        ("one, two|", "one, |two"),
        ("a\n|b", "|a\nb"),
    ]
)
def test_word_left(state, expected):
    assert after(state, "word_left") == expected


@cases(
    [("|one two", "one| two"), ("one| two", "one two|"), ("one|", "one|"), ("one|, two", "one, two|"), ("|'s", "'s|")]
)
def test_word_right(state, expected):
    assert after(state, "word_right") == expected


def test_selecting():
    made = editor("one tw|o")
    made.word_left(select=True)
    assert state_of(made) == "one |tw[o"
    made.word_left(select=True)
    assert state_of(made) == "|one tw[o"
    made.right(select=True)
    assert state_of(made) == "o|ne tw[o"
    made.move_to(99, select=True)
    assert state_of(made) == "one tw[o|"
    made.move_to(-5)
    assert state_of(made) == "|one two"
    made.select_all()
    assert state_of(made) == "[one two|"
    assert made.insert("") == Splice(0, 7, "")
    assert state_of(made) == "|"


def test_an_empty_selection_is_none():
    made = editor("ab|c")
    made.right(select=True)
    made.left(select=True)
    assert made.selection is None
    assert made.insert("x") == Splice(2, 0, "x")


@pytest.mark.parametrize("operation", ["backspace", "delete_word_back", "delete_to_line_start", "undo", "redo"])
def test_what_changes_nothing_returns_none(operation):
    assert getattr(editor("|ab"), operation)() is None
    assert editor("|ab").insert("") is None


@pytest.mark.parametrize("operation", ["delete", "delete_word_forward", "delete_to_line_end"])
def test_what_changes_nothing_at_the_end_returns_none(operation):
    assert getattr(editor("ab|"), operation)() is None


def test_a_selection_replaced_by_itself_is_no_step():
    made = editor("a[bc|d")
    assert made.insert("bc") is None
    assert (state_of(made), made.undo()) == ("abc|d", None)


# --- splices and Unicode ---


@pytest.mark.parametrize(
    ("state", "text", "splice", "expected"),
    [
        ("ab|", "c", Splice(2, 0, "c"), "abc|"),
        ("e|", "\u0301", Splice(0, 1, "é"), "é|"),
        ("é|x", "\u0323", Splice(0, 1, "ẹ\u0301"), "ẹ\u0301|x"),
        ("a|b", "\u0301", Splice(0, 1, "á"), "á|b"),
        ("|", "\u0301", Splice(0, 0, "\u0301"), "\u0301|"),
        ("a\n|\u0301", "e", Splice(2, 1, "é"), "a\né|"),
        ("👩|", "\u200d", Splice(0, 1, "👩\u200d"), "👩\u200d|"),
        ("👍|!", "🏽", Splice(0, 1, "👍🏽"), "👍🏽|!"),
        ("🇩|", "🇪", Splice(0, 1, "🇩🇪"), "🇩🇪|"),
        ("🇩🇪|🇫🇷", "x", Splice(2, 0, "x"), "🇩🇪x|🇫🇷"),
        ("ᄒ|", "ᅡ", Splice(0, 1, "하"), "하|"),
        ("a|c", "界", Splice(1, 0, "界"), "a界|c"),
    ],
)
def test_splices_in_code_points(state, text, splice, expected):
    made = editor(state)
    assert made.insert(text) == splice
    assert state_of(made) == expected
    made.undo()
    assert made.text == state.replace("|", "")


def test_a_flag_typed_among_flags_pairs_them_anew():
    made = editor("🇩🇪|🇫🇷🇮🇹!")
    assert made.insert("🇽") == Splice(2, 4, "🇽🇫🇷🇮🇹")
    assert made.clusters == ["🇩🇪", "🇽🇫", "🇷🇮", "🇹", "!"]
    assert made.backspace() == Splice(2, 2, "")
    assert made.clusters == ["🇩🇪", "🇷🇮", "🇹", "!"]


def test_deleting_between_two_joins_them():
    made = editor("🇩x|🇪")
    made.backspace()
    assert made.clusters == ["🇩🇪"]
    made.undo()
    assert made.clusters == ["🇩", "x", "🇪"]


def test_a_text_is_nfc_from_the_start():
    assert Editor("e\u0301").clusters == ["é"]


# --- undo ---


def test_typing_is_undone_by_words():
    made = Editor()
    for character in "one two  three":
        made.insert(character)
    texts = []
    while made.undo():
        texts.append(made.text)
    assert texts == ["one two  ", "one ", ""]
    while made.redo():
        texts.append(made.text)
    assert texts[3:] == ["one ", "one two  ", "one two  three"]


def test_a_newline_a_move_and_a_deletion_are_steps():
    made = Editor()
    for character in "ab\ncd":
        made.insert(character)
    made.left()
    made.insert("x")
    made.backspace()
    texts = []
    while made.undo():
        texts.append(made.text)
    assert texts == ["ab\ncxd", "ab\ncd", "ab\n", "ab", ""]


def test_undo_puts_the_cursor_back_and_a_change_forgets_redo():
    made = editor("a[bc|d")
    made.insert("x")
    assert made.undo() == Splice(1, 1, "bc")
    assert state_of(made) == "abc|d"
    assert made.redo() == Splice(1, 2, "x")
    assert state_of(made) == "ax|d"
    made.undo()
    made.insert("y")
    assert made.redo() is None


# --- rows ---


def test_rows():
    made = editor("one two| three\nfour")
    rows = wrap(made.clusters, 8)
    assert ["".join(made.clusters[row.start : row.end]) for row in rows] == ["one two ", "three\n", "four"]
    made.row_start(rows)
    assert state_of(made) == "|one two three\nfour"
    made.row_end(rows)
    assert state_of(made) == "one two| three\nfour"
    made.row_end(rows)
    assert state_of(made) == "one two| three\nfour"
    made.vertical(rows, 1)
    assert state_of(made) == "one two three|\nfour"
    made.vertical(rows, 1)
    assert state_of(made) == "one two three\nfour|"
    made.vertical(rows, -2)
    assert state_of(made) == "one two| three\nfour"
    made.vertical(rows, -1, select=True)
    assert state_of(made) == "|one two[ three\nfour"
    made.vertical(rows, 9)
    assert state_of(made) == "one two three\nfour|"


def test_up_and_down_keep_the_column_over_short_rows_and_wide_characters():
    made = editor("abcdef|\n\nab\n界界界界\nabcdef")
    rows = wrap(made.clusters, 40)
    states = []
    for _ in range(4):
        made.vertical(rows, 1)
        states.append(state_of(made))
    assert states == [
        "abcdef\n|\nab\n界界界界\nabcdef",
        "abcdef\n\nab|\n界界界界\nabcdef",
        "abcdef\n\nab\n界界界|界\nabcdef",
        "abcdef\n\nab\n界界界界\nabcdef|",
    ]
    made.left()
    made.vertical(rows, -1)
    assert state_of(made) == "abcdef\n\nab\n界界|界界\nabcdef"  # column 5 is within the third: before it
    made.vertical(rows, 1)
    assert state_of(made) == "abcdef\n\nab\n界界界界\nabcde|f"


def test_up_from_the_first_row_and_down_from_the_last():
    made = editor("ab|c")
    rows = wrap(made.clusters, 40)
    made.vertical(rows, -1)
    assert state_of(made) == "|abc"
    made.vertical(rows, 1)
    assert state_of(made) == "abc|"


# --- against a naive model ---

OPERATIONS = [
    "backspace", "delete", "delete_word_back", "delete_word_forward", "delete_to_line_start", "delete_to_line_end",
    "undo", "redo",
]  # fmt: skip
MOTIONS = ["left", "right", "word_left", "word_right"]
lines = st.lists(st.sampled_from(["\n", "a", " ", "word", "é"]), min_size=1, max_size=5).map("".join)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), pieces | lines | st.sampled_from([" ", "a", "\n", "\u0301"])),
        st.tuples(st.sampled_from(OPERATIONS), st.none()),
        st.tuples(st.sampled_from(MOTIONS), st.booleans()),
        st.tuples(st.just("move_to"), st.tuples(st.integers(-1, 30), st.booleans())),
        st.tuples(st.sampled_from(["row_start", "row_end", "up", "down"]), st.booleans()),
        st.tuples(st.just("select_all"), st.none()),
    ),
    max_size=30,
)


def apply(made, name, value):
    if name == "insert":
        return made.insert(value)
    if name == "move_to":
        return made.move_to(value[0], select=value[1])
    if name in ("row_start", "row_end"):
        return getattr(made, name)(wrap(made.clusters, 6), select=value)
    if name in ("up", "down"):
        return made.vertical(wrap(made.clusters, 6), -1 if name == "up" else 1, select=value)
    return getattr(made, name)(**({} if value is None else {"select": value}))


def check_sound(made):
    assert made.text == nfc(made.text)
    assert made.clusters == graphemes(made.text)
    assert 0 <= made.cursor <= len(made.clusters)
    assert made.anchor is None or 0 <= made.anchor <= len(made.clusters)


def expected_text(made, name, value):
    """Return what the text should become, by slices of strings; None where only the editor knows (undo, redo)."""
    start, end = made.selection or (made.cursor, made.cursor)
    selected = start != end
    match name:
        case "undo" | "redo":
            return None
        case "backspace" if not selected:
            start = max(start - 1, 0)
        case "delete" if not selected:
            end += 1
        case "delete_to_line_start":
            before = "".join(made.clusters[: made.cursor])
            start, end = len(graphemes(before[: before.rfind("\n") + 1])), made.cursor
        case "delete_to_line_end":
            start = end = made.cursor
            while end < len(made.clusters) and made.clusters[end] != "\n":
                end += 1
        case "delete_word_back" | "delete_word_forward" if not selected:
            return None
        case "insert" | "backspace" | "delete" | "delete_word_back" | "delete_word_forward":
            pass
        case _:
            return made.text
    inserted = value if name == "insert" else ""
    return nfc("".join(made.clusters[:start]) + inserted + "".join(made.clusters[end:]))


@examples(400)
@given(raw_texts | lines, steps)
def test_any_operations(text, operations):
    made = Editor(text)
    start = made.text
    check_sound(made)
    for name, value in operations:
        before, expected = made.text, expected_text(made, name, value)
        splice = apply(made, name, value)
        if expected is not None:
            assert made.text == expected
        if splice is None:
            assert made.text == before
        else:
            assert splice.deleted or splice.inserted
            assert splice.inserted == nfc(splice.inserted)
            assert before[: splice.pos] + splice.inserted + before[splice.pos + splice.deleted :] == made.text
            assert made.selection is None
        check_sound(made)
    texts = [made.text]
    while made.undo():
        check_sound(made)
        texts.append(made.text)
    assert made.text == start
    for text_again in texts[-2::-1]:
        assert made.redo()
        check_sound(made)
        assert made.text == text_again
    while made.redo():  # what the operations themselves had undone
        check_sound(made)
    while made.undo():
        pass
    assert made.text == start


@examples(200)
@given(raw_texts | lines, st.lists(st.booleans(), min_size=1, max_size=12), st.integers(2, 9), st.integers(0, 40))
def test_up_and_down_keep_the_column(text, ways, room, place):
    """Wherever up and down lead, the cursor is as near before the first column as the row allows."""
    made = Editor(text)
    rows = wrap(made.clusters, room)
    made.move_to(place)
    here = row_of(rows, made.cursor)

    def column(start, end):
        return sum(cells(cluster) for cluster in made.clusters[start:end] if cluster != "\n")

    goal = column(rows[here].start, made.cursor)
    for down in ways:
        target = here + (1 if down else -1)
        made.vertical(rows, 1 if down else -1)
        here = row_of(rows, made.cursor)
        if not 0 <= target < len(rows):
            assert made.cursor == (len(made.clusters) if down else 0)
            continue
        assert here == target
        assert column(rows[here].start, made.cursor) <= goal
        last = rows[here].end - (0 if here == len(rows) - 1 else 1)
        if made.cursor < last:
            assert column(rows[here].start, made.cursor + 1) > goal
