"""The pure helpers of the views: marks, mistakes in words, slow spots, phrases, figures, colours, rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui_world import SMALL, bill, checked, log_of, record_of

from typetrainer.core.align import Alignment
from typetrainer.core.keystats import mistakes
from typetrainer.core.log import AttemptLog, End, Key
from typetrainer.core.text import graphemes, width
from typetrainer.ui.figures import number, percent
from typetrainer.ui.frame import clock_text, keys, layout, row, row_width, sides
from typetrainer.ui.keepsakes import HistoryScreen
from typetrainer.ui.plain.words import MAX_PHRASE, phrase_errors, phrases, seconds_said
from typetrainer.ui.style import STYLES, background_of, palette
from typetrainer.ui.views.copy import CopyPicture, CopyView, Mark, marks_of, shown
from typetrainer.ui.views.copy_results import CopyOutcome, copy_results_view, slow_spots, table, wrong_words
from typetrainer.ui.views.judgements import judgements, marked_text
from typetrainer.ui.views.lists import attempt_lines, list_view, pages_view

# --- marks ---


def aligned(target: str, typed: str) -> Alignment:
    alignment = Alignment(graphemes(target))
    alignment.extend(graphemes(typed))
    return alignment


@pytest.mark.parametrize(
    ("target", "typed", "marks"),
    [
        ("waiting for", "waiting", {}),
        ("waiting for", "waitimg", {5: Mark("wrong", "m")}),
        ("waiting for", "watting", {2: Mark("wrong", "t")}),
        ("waiting for", "waitiing f", {4: Mark("extra", "+i")}),
        ("waiting for", "wating f", {2: Mark("missing", "^")}),
        ("waiting for", "wiating f", {1: Mark("wrong", "i"), 2: Mark("wrong", "a")}),
        ("waiting for", "waitingfor", {7: Mark("missing", "^")}),
        ("waiting for", "waiting  for", {7: Mark("extra", "+␣")}),
        ("waiting for", "wa ting for", {2: Mark("wrong", "␣")}),
        ("waiting for", "waiting\u00a0for", {}),
        ("a👍🏽b c", "ab👍🏽 c", {1: Mark("wrong", "b"), 2: Mark("wrong", "👍🏽")}),
        ("李娜 hello", "李姜 hello", {1: Mark("wrong", "姜")}),
        ("", "", {}),
        ("waiting", "", {}),
    ],
)
def test_marks_of(target, typed, marks):
    assert marks_of(aligned(target, typed), 0) == marks


def test_marks_only_from_the_first_row_shown():
    alignment = aligned("abc def ghi", "axc dxf gx")
    assert sorted(marks_of(alignment, 0)) == [1, 5, 9]
    assert sorted(marks_of(alignment, 4)) == [5, 9]
    assert sorted(marks_of(alignment, 6)) == [9]


def test_what_was_typed_is_shown_with_its_blanks():
    assert shown(" a\u00a0b\x1b") == "␣a␣b␛"


@given(st.text("ab c", max_size=30), st.text("ab cx", max_size=30))
def test_every_mark_stands_in_the_picture(target, typed):
    """Whatever was typed, the text itself is shown whole, and a wrong or missing place has a note below it."""
    alignment = aligned(target, typed)
    frame = CopyView(alignment.target)(CopyPicture("t", "", alignment, keys=row(("key", "q"))), SMALL)
    lines = frame.text().split("\n")
    assert lines[3][3:].replace("␣", " ").rstrip() == target.rstrip()
    marks = {place: mark for place, mark in marks_of(alignment, 0).items() if place < len(target)}
    assert bool(marks) <= bool(lines[4].strip())
    noted = {place for place in marks if marks[place].style in ("wrong", "missing")}
    styles = [style for style, text in frame.rows[3] for _ in text][3:]
    for place in noted - {alignment.cursor}:
        assert styles[place] in ("wrong", "missing")
    if alignment.cursor < len(target):
        assert styles[alignment.cursor] == "next"


def test_the_pace_mark_gives_way_to_a_mistake():
    alignment = aligned("abcdef", "axc")

    def below(pace: int) -> str:
        frame = CopyView(alignment.target)(CopyPicture("t", "", alignment, pace=pace), SMALL)
        return frame.text().split("\n")[4]

    assert below(4) == "    x  ▴"
    assert below(1) == "    x"


# --- results ---


def copied(target: str, typed: str, gap_us: int = 150_000) -> AttemptLog:
    return log_of(0, target=target, typed=typed, gap_us=gap_us)


@pytest.mark.parametrize(
    ("target", "typed", "said"),
    [
        ("waiting for you", "waiting for you", []),
        ("waiting for you", "wiating fro you", ["wiating ▸ waiting", "fro ▸ for"]),
        ("waiting for you", "waiting  for you", ["extra blank at “waiting”"]),
        ("the the end", "teh teh end", ["teh ▸ the"]),
        ("waiting for you", "for you", ["for ▸ waiting for"]),
        ("I am on my way", "I am on way", ["on ▸ on my"]),
    ],
)
def test_wrong_words(target, typed, said):
    assert wrong_words(mistakes(copied(target, typed))) == said


def test_wrong_words_are_safe_to_show():
    (said,) = wrong_words(mistakes(copied("abc def", "a\x1bc def")))
    assert said == "a␛c ▸ abc"


def timed(target: str, gaps: dict[str, int], usual: int = 150_000) -> AttemptLog:
    """Return a log in which some keys take longer."""
    t, events = 1_000_000, []
    for at, key in enumerate(target):
        events.append(Key(t, at, 0, key))
        t += gaps.get(target[at + 1 : at + 2], usual)
    return AttemptLog(log_of(0, target=target).header, tuple(events), End(t, "done"))


def test_slow_spots_names_the_slow_keys():
    text = "the quick brown fox jumps over the lazy dog and the quick one"
    assert slow_spots(timed(text, {})) == ""
    assert slow_spots(timed(text, {"q": 500_000})).startswith("q 350 ms over your usual")
    assert "blank" in slow_spots(timed(text, {" ": 600_000}))
    assert slow_spots(timed("the quick", {"q": 500_000})) == ""  # too few keys to know what is usual


def test_slow_spots_names_slow_words():
    text = "the quick brown fox jumps over the lazy zzzzz"
    assert "“zzzzz”" in slow_spots(timed(text, {"z": 700_000}))


def test_results_without_any_key():
    log = AttemptLog(log_of(0).header, (), End(5, "quit"))
    frame = copy_results_view(CopyOutcome.of("t", log), row(("key", "q")), SMALL)
    assert "–" in frame.text()
    assert "nothing left wrong" not in frame.text()


@pytest.mark.parametrize("value", [None, "x", True, -5, 10**400, 1e308, float("inf"), float("nan")])
def test_the_table_survives_odd_records(value):
    """A history may have been edited, or come from elsewhere."""
    outcome = CopyOutcome.of("t", log_of(0))
    past = [{"metrics": {"wpm": value, "accuracy": value}}, {}, record_of(1), record_of(2)]
    odd = CopyOutcome(outcome.title, outcome.log, outcome.metrics, past, record_of(3), loaded=True)
    (speed,) = [each for each in table(odd) if each[0][1].strip() == "speed"]
    assert speed[2][1].strip() == "60 ▄▄"


@pytest.mark.parametrize("value", [None, "x", True, -5, 10**400, 1e308, float("inf"), float("nan")])
def test_the_history_survives_odd_records(world, value):
    odd = record_of(9) | {"metrics": {"wpm": value, "accuracy": value, "words": value}}
    world.context.store.history.all = lambda: [record_of(1), odd, record_of(2), odd | {"kind": "reply"}]
    world.program.show(HistoryScreen(world.context, world.flow.menu))
    assert "min 60 · max 60 · last 60 wpm" in world.text()
    world.press("down", "enter")
    assert "one attempt" in world.text()


def test_long_words_do_not_hide_that_there_are_more():
    target = " ".join(["x" * 60] * 5)
    log = copied(target, target.replace("xx ", "xy ") + "")
    frame = copy_results_view(CopyOutcome.of("t", log), row(("key", "q")), SMALL)
    assert "words (m shows them)" in frame.text() or "more (m)" in frame.text()


# --- findings in the text ---


def points_of(check):
    return judgements(None, check.findings)


def test_findings_stand_at_their_words():
    text = "I should of known.  Realy."
    check = checked(text, [("should of", "error", "A", "G", "m"), ("  ", "typography", "B", "T", "m"),
                           ("Realy", "error", "C", "TYPOS", "m")])  # fmt: skip
    lines = ["".join(piece for _, piece in each) for each in marked_text(text, points_of(check), -1, 80)]
    assert lines == ["  I should of known.␣␣Realy.", "    └1              └3└2"]


@given(st.text("ab é李🙂\n.", min_size=1, max_size=60), st.data())
def test_every_finding_has_its_number(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    word = text[start : start + data.draw(st.integers(1, 9))]
    if not word.strip("\n"):
        return
    check = checked(text, [(word, "error", "A", "G", "m")])
    rows = marked_text(text, points_of(check), -1, 80)
    assert sum(piece == "└1" for each in rows for _, piece in each) >= 1
    assert all(row_width(each) <= 80 for each in rows)


# --- phrases ---


@pytest.mark.parametrize(
    "text", ["", "one", "one two", "x" * 200, " ".join(["word"] * 60), bill(), "a. " * 50, "é李 🙂 " * 30]
)
def test_phrases_cover_the_text(text):
    clusters = graphemes(text)
    found = phrases(clusters)
    at = 0
    for start, end in found:
        assert start == at
        assert 0 < end - start <= MAX_PHRASE
        at = end + 1 if clusters[end : end + 1] == [" "] else end
    assert at >= len(clusters)


def test_phrases_end_at_marks_and_never_within_a_word():
    words = bill().split()
    said = ["".join(graphemes(bill())[start:end]) for start, end in phrases(graphemes(bill()))]
    assert " ".join(said).split() == words
    assert said[0].endswith("bill,")


def errors(target: str, typed: str) -> list[str]:
    alignment = aligned(target, typed)
    return phrase_errors(alignment.trace(len(target)), 0, len(target), target)


@pytest.mark.parametrize(
    ("target", "typed", "said"),
    [
        ("because you came", "because you came", []),
        ("because you came", "becuase you came", ["word 1: typed becuase, expected because"]),
        ("because you came", "because came", ["word 2: left out, expected you"]),
        ("because you came", "because yoou came", ["word 2: typed yoou, expected you"]),
        ("because you came", "becauze yu cane", [
            "word 1: typed becauze, expected because", "word 2: typed yu, expected you",
            "word 3: typed cane, expected came"]),
    ],
)  # fmt: skip
def test_phrase_errors(target, typed, said):
    assert errors(target, typed) == said


def test_a_word_that_was_not_finished_is_told_whole():
    alignment = aligned("because you came", "bex")
    assert phrase_errors(alignment.trace(), 0, alignment.cursor, alignment.target) == [
        "word 1: typed bex, expected because"
    ]


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0 seconds"), (1.2, "1 second"), (2, "2 seconds"), (None, "– seconds")]
)
def test_seconds_said(seconds, said):
    assert seconds_said(seconds) == said


# --- figures ---


@pytest.mark.parametrize(
    ("rate", "said"),
    [(1, "100.0 %"), (1.0, "100.0 %"), (0.99999, "99.9 %"), (0.9994, "99.9 %"), (0.5, "50.0 %"), (0, "0.0 %"),
     (None, "–"),
     ("x", "–")],
)  # fmt: skip
def test_percent(rate, said):
    assert percent(rate) == said


@pytest.mark.parametrize(
    ("value", "more", "said"),
    [(51.4, {}, "51"), (51.4, {"digits": 1}, "51.4"), (7, {"unit": " wpm"}, "7 wpm"), (None, {"unit": " wpm"}, "–"),
     (True, {}, "–"), ("3", {}, "–")],
)  # fmt: skip
def test_number(value, more, said):
    assert number(value, **more) == said


@pytest.mark.parametrize(("seconds", "said"), [(-3, "0:00"), (59.9, "0:59"), (60, "1:00"), (3725, "62:05")])
def test_clock_text(seconds, said):
    assert clock_text(seconds) == said


# --- colours ---


@pytest.mark.parametrize(
    ("environ", "setting", "background"),
    [
        ({}, "auto", "dark"),
        ({}, "light", "light"),
        ({}, "dark", "dark"),
        ({"COLORFGBG": "0;15"}, "auto", "light"),
        ({"COLORFGBG": "0;7"}, "auto", "light"),
        ({"COLORFGBG": "15;default;0"}, "auto", "dark"),
        ({"COLORFGBG": "15;0"}, "auto", "dark"),
        ({"COLORFGBG": "nonsense"}, "auto", "dark"),
        ({"COLORFGBG": "0;15"}, "dark", "dark"),
        ({"NO_COLOR": "1"}, "light", "none"),
        ({"NO_COLOR": ""}, "light", "light"),
    ],
)
def test_background_of(environ, setting, background):
    assert background_of(environ, setting) == background


@pytest.mark.parametrize("background", ["dark", "light", "none"])
def test_palettes(background):
    table = palette(background)
    assert table.keys() == STYLES
    assert table[""] == "\x1b[0m"
    for sequence in table.values():
        assert sequence.startswith("\x1b[0")  # each style begins anew: nothing of the one before stays
        assert sequence.endswith("m")
    assert table["next"] not in (table["typed"], table["todo"], table["wrong"])
    assert len({table[style] for style in ("typed", "wrong", "next", "")}) == 4


# --- rows ---


def test_keys_leave_away_whole_ones_from_the_end():
    pairs = [("Enter", "send"), ("Alt-Enter", "line"), ("F1", "keys")]
    assert "".join(text for _, text in keys(*pairs, columns=80)) == " Enter send   Alt-Enter line   F1 keys"
    for columns in range(12, 60):
        made = keys(*pairs, columns=columns)
        assert row_width(made) < columns
        assert "".join(text for _, text in made).split("   ")[0] == " Enter send"


def test_sides_clip_the_left():
    made = sides([("title", "x" * 1000)], [("", "0:42")], 80)
    text = "".join(piece for _, piece in made)
    assert len(text) == 79
    assert text.endswith("…  0:42")


def test_layout_puts_the_cursor_below_the_head():
    frame = layout("t", None, [(), ()], [row("foot")], SMALL, (1, 5))
    assert frame.cursor == (3, 5)
    assert layout("t", None, [], [row("foot")], SMALL, (30, 5)).cursor is None
    assert len(frame.rows) == SMALL.rows


@pytest.mark.parametrize(
    ("members", "ending"),
    [
        ({"reason": "quit"}, "stopped"), ({"reason": "error"}, "1st error"), ({"reason": None}, "cut off"),
        ({"reason": "something new"}, "%"), ({"reason": "done"}, "%"),
    ],
)  # fmt: skip
def test_attempt_line(members, ending):
    (line,) = attempt_lines([record_of(0) | members], 76)
    assert line.endswith(ending)
    assert width(line) <= 76


@pytest.mark.parametrize("room", [40, 60, 76, 84, 116, 200])
def test_attempt_lines_keep_their_columns(room):
    items = ["brook/bill", "brook/" + "long-name-" * 9, "客服/" + "很長" * 30, "nopackatall" * 9]
    lines = attempt_lines([record_of(0) | {"item": item} for item in items], room)
    assert len({width(line) for line in lines}) == 1
    assert lines[1].count("…") >= (room < 150)


def test_an_item_is_whole_where_there_is_room():
    records = [record_of(0) | {"item": "brook/second-policy-06"}, record_of(1)]
    assert " brook/second-policy-06 " in attempt_lines(records, 76)[0]
    (_, reply) = attempt_lines([*records, {"kind": "reply", "item": "a/b", "score": 64.4, "reason": "quit",
                                           "finding_counts": {"error": 1}}], 76)[1:]  # fmt: skip
    assert reply.endswith("64 of 100    1 error  stopped")


def test_the_list_shows_the_selected_line_and_no_more():
    lines = [f"line {n}" for n in range(100)]
    for selected in (0, 5, 50, 99):
        text = list_view("t", "", lines, selected, "", [row(("key", "q"))], SMALL).text().split("\n")
        assert f" ▸ line {selected}" in text
        assert len(text) == 24


@pytest.mark.parametrize("count", [0, 1, 20, 21, 22, 23, 60])
def test_pages_say_how_much_more_there_is(count):
    rows = [row(f"row {n}") for n in range(count)]
    text = pages_view("t", "", rows, 0, row(("key", "q")), SMALL).text().split("\n")[2:-1]
    if count <= 21:
        assert not any("more" in line for line in text)
    else:
        assert text[-1] == f" ↓ PgDn: {count - 20} more lines"
