"""The importers of texts: what each takes, what it leaves and why, and where a file is wrong."""

import json
import unicodedata

import pytest
from import_samples import GTYPIST, QUOTES, TEXT, TT, TTYPER, WORDS

from typetrainer.content.importers import TEXT_FORMATS, parse_texts
from typetrainer.content.importers.common import MAX_ENTRIES, MAX_ITEM, MAX_ROW
from typetrainer.content.importers.packing import PackHead, identified, pack_files, verify
from typetrainer.errors import InvalidFile


def parse(form, text, **options):
    return parse_texts(form, text if isinstance(text, bytes) else text.encode("utf-8"), "f", **options)


def texts(parsed):
    return [draft.text for draft in parsed.drafts]


def whys(remarks):
    return [(remark.line, remark.what, remark.why) for remark in remarks]


def wrong(form, text):
    with pytest.raises(InvalidFile) as caught:
        parse(form, text)
    return str(caught.value)


# --- gtypist ---


def test_a_lesson_of_every_command():
    parsed = parse("gtypist", GTYPIST)
    assert [(d.line, d.title, d.text) for d in parsed.drafts] == [
        (10, "Type this with the left hand:", "asdf fdsa   sad dad fads fads"),
        (19, "Once more, without a limit:", "asdf asdf"),
        (22, "Once more, without a limit:", "Please hold the line while I look that up."),
        (26, "Once more, without a limit:", "Thanks for waiting, Zoë; your parcel left at 14:30."),
    ]
    assert [(r.line, r.what) for r in parsed.left] == [
        (6, "1 tutorial"), (20, "2 error limits"), (21, "2 failure jumps"), (27, "2 key bindings"), (29, "1 question"),
        (32, "1 menu"),
    ]  # fmt: skip
    assert parsed.notes == ()


@pytest.mark.parametrize("letter", "DdSs")
def test_every_kind_of_exercise_is_taken(letter):
    assert texts(parse("gtypist", f"{letter}:jkl; jkl;\n")) == ["jkl; jkl;"]


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "   \n", "\t"])
def test_the_last_line_may_lack_its_newline(end):
    assert texts(parse("gtypist", f"I:Go\r\nS:one\r\n :two{end}")) == ["one two"]


def test_blanks_at_the_end_go_and_those_before_stay():
    assert texts(parse("gtypist", "D:a  b   \n :   c  \n :d\n")) == ["a  b    c d"]


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("I:Type:\n", "Type:"),
        ("I:Type\n :this:\n", "Type this:"),
        ("I:Old\nT:Read\n", "Exercise 1"),
        ("B:Banner\n", "Banner"),
        ("I:Old\nB:Banner\n", "Banner"),
        ("B:Banner\nI:Type:\n*:L\n", "Type:"),
        ("", "Exercise 1"),
    ],
)
def test_the_instruction_above_is_the_title(above, title):
    assert parse("gtypist", f"{above}D:abc\n").drafts[0].title == title


def test_comments_and_empty_lines_stand_anywhere():
    assert texts(parse("gtypist", "\n#x\nS:a\n# b\n\n!c\n   \n :d\n#\n :\n :e")) == ["a d e"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("G:GONE", 'command G: it jumps to the label "GONE", which is missing'),
        ("Y:GONE", "command Y: it jumps"),
        ("N:GONE", "command N: it jumps"),
        ("F:GONE*", "command F: it jumps"),
        ("K:3:GONE", "command K: it jumps"),
        ('M:"t"\n :GONE "x"', "command M: it jumps"),
        ('M: up=GONE "t"', "command M: it jumps"),
        ("*:two words", 'label: "two words" has a blank, which GNU Typist 2.9 and newer refuse'),
        ("I:1\n :2\n :3", "instruction: it has more than the two lines that GNU Typist allows"),
    ],
)
def test_what_is_odd_is_a_note(lines, said):
    parsed = parse("gtypist", f"D:abc\n{lines}\n")
    assert len(parsed.notes) == 1
    assert said in f"{parsed.notes[0].what}: {parsed.notes[0].why}"
    assert parsed.notes[0].line == (3 if "\n" in lines and lines[0] == "M" else 2)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("D", 'line 2: "D" should be a letter, a colon and its data.'),
        ("Dabc", 'line 2: "Dabc" should be'),
        (" abc", "should be a letter, a colon"),
        ("Z:abc", 'there is no command "Z"'),
        ("é:abc", 'there is no command "é"'),
        ("P:abc", "there is no command"),
        ("B:x\n :y", "line 3: it continues the command B"),
        ("G:A\n :y", "continues the command G"),
        ("*:A\n*:A", 'line 3: the label "A" stands in line 2 already'),
        ("*:", "should name a label"),
        ("G:", "should name a label"),
        ("F:*", "should name a label"),
        ("K:13:A", "K should have"),
        ("K:0:A", "K should have"),
        ("K:A", "K should have"),
        ("K:1:", "should name a label"),
        ("E:3", "E should have"),
        ("E:101%", "E should have"),
        ("E:-1%", "E should have"),
        ("E:x%", "E should have"),
        ("E:", "E should have"),
        ("M:title", "a menu should have"),
        ('M:"', "a menu should have"),
        ('M:"t" x', "a menu should have"),
        ('M: DOWN=A "t"', "a menu should begin"),
        ('M:"t"\n : "x"', "should name a label"),
        ('M:"t"\n :A', "line 3: a menu should have"),
    ],
)
def test_a_malformed_line_is_an_error_with_its_number(lines, said):
    message = wrong("gtypist", f"D:abc\n{lines}\n")
    assert message.startswith("f, line ")
    assert said in message
    assert message.endswith("Nothing was imported.")


def test_a_continuation_of_nothing():
    assert "line 1: it continues a command, and there is none" in wrong("gtypist", " :abc\nD:x")


@pytest.mark.parametrize(
    "value", ["0%", "100%", "2.5%", ".5%", "3%*", "3% *", "default", "Default", "default*", " 5 %"]
)
def test_error_limits_that_are_right(value):
    assert len(parse("gtypist", f"E:{value}\nD:abc").drafts) == 1


def test_a_lesson_with_nothing_to_type():
    assert "holds nothing to type (line 1, 1 tutorial: read" in wrong("gtypist", "T:Read this\n")
    assert "line 1, exercise D: it holds nothing that can be typed" in wrong("gtypist", "D:\n :  \n")


def test_the_same_exercise_twice_is_taken_once():
    parsed = parse("gtypist", "D:abc\nS:abc\nD:x")
    assert texts(parsed) == ["abc", "x"]
    assert whys(parsed.left) == [(2, "exercise S", "the same text stands in line 1")]


# --- monkeytype, tt ---


def test_monkeytype_quotes():
    parsed = parse("monkeytype-quotes", QUOTES)
    assert parsed.language == "english"
    assert texts(parsed)[:2] == ["A kind word costs nothing.", "Ask first, then answer: “What happened?”"]
    assert [d.title for d in parsed.drafts] == [
        "The front desk", "A trainer's notes", "Letters (1 of 2)", "Letters (2 of 2)",
    ]  # fmt: skip
    assert parsed.drafts[0].line == QUOTES[: QUOTES.index('"id": 1')].count("\n")
    assert [r.what for r in parsed.notes] == ["quote 2", "quote 3"]
    assert "its length should be 3" in parsed.notes[0].why
    assert "cut into 2 items" in parsed.notes[1].why
    assert all(d.text.endswith(".") for d in parsed.drafts[2:])


@pytest.mark.parametrize(
    ("quote", "why"),
    [
        ('{"id": 3}', 'it has no "text"'),
        ('{"text": 5}', 'it has no "text"'),
        ("null", 'it has no "text"'),
        ("[]", 'it has no "text"'),
        ('{"text": " \\n "}', "it holds nothing that can be typed"),
        ('{"text": "\\u200b\\u200d"}', "it holds nothing that can be typed"),
        ('{"text": "One."}', "the same text stands in line 2"),
    ],
)
@pytest.mark.parametrize("form", ["monkeytype-quotes", "tt"])
def test_a_quote_that_cannot_be_taken_is_left(form, quote, why):
    listed = f'[\n{{"text": "One."}},\n{quote}]'
    parsed = parse(form, listed if form == "tt" else f'{{"quotes": {listed}}}')
    assert texts(parsed) == ["One."]
    assert whys(parsed.left) == [(3, "quote 2", why)]


def test_tt():
    parsed = parse("tt", TT)
    assert [(d.title, d.text) for d in parsed.drafts] == [
        ("House style", "Say what you can do, not what you can't."), ("House style", "One question at a time."),
    ]  # fmt: skip


def test_monkeytype_words_are_rows_in_their_order():
    parsed = parse("monkeytype-words", WORDS)
    assert parsed.title == "english_desk"
    assert " ".join(texts(parsed)) == " ".join(json.loads(WORDS)["words"])
    assert all(len(d.text) <= MAX_ROW for d in parsed.drafts)
    assert whys(parse("monkeytype-words", '{"words": ["a",\n7,\n" "]}').left) == [
        (2, "word", "it is not a text"), (3, "word", "it holds nothing that can be typed"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "text", "said"),
    [
        ("monkeytype-quotes", "[]", 'line 1: a JSON object with a list "quotes" was expected'),
        ("monkeytype-quotes", "{}", 'an object with a list "quotes" was expected'),
        ("monkeytype-quotes", '{"quotes": {}}', 'an object with a list "quotes" was expected'),
        ("monkeytype-quotes", '{"quotes": [],\n"quotes": []}', 'line 2: the key "quotes" comes twice'),
        ("monkeytype-quotes", '{"quotes": []}', "holds nothing to type"),
        ("monkeytype-words", '{"words": ["a"]} x', "something follows"),
        ("monkeytype-words", '{"words": ["a",]}', "not valid JSON"),
        ("monkeytype-words", '{"words": ["a"],}', "not valid JSON"),
        ("monkeytype-words", '{"words": [NaN]}', "not valid JSON"),
        ("monkeytype-words", '{\n"words": ["a"', "line 2: not valid JSON: , or ] was expected"),
        ("monkeytype-words", f'{{"words": [{"9" * 5000}]}}', "not valid JSON"),
        ("tt", '{"text": "x"}', "a JSON list was expected"),
        ("tt", "[" * 100_000, "nested too deeply"),
        ("tt", '[\n{"text": "a}', "line 2: not valid JSON"),
    ],
)
def test_json_that_is_something_else(form, text, said):
    assert said in wrong(form, text)


# --- ttyper, plain text ---


def test_ttyper():
    parsed = parse("ttyper", TTYPER)
    assert [(d.line, d.text) for d in parsed.drafts] == [
        (5, "for each (x in list)"),
        (1, "refund parcel thanks invoice"),
    ]


def test_plain_text_by_paragraph_and_by_line():
    assert [(d.line, d.text) for d in parse("text", TEXT).drafts] == [
        (1, "Hello Ana, thank you for writing."), (4, "Your order 4711 left today."), (7, "Kind regards"),
    ]  # fmt: skip
    assert [(d.line, d.text) for d in parse("text", TEXT, by_line=True).drafts] == [
        (1, "Hello Ana,"), (2, "thank you for writing."), (4, "Your order 4711 left today."), (7, "Kind regards"),
    ]  # fmt: skip


def test_a_title_is_the_beginning_of_a_text_that_has_none():
    assert parse("text", "word " * 20).drafts[0].title == "word word word word word word word word…"


def test_long_texts_are_cut_at_sentence_ends():
    long = " ".join(f"Sentence {number} stands here to be typed." for number in range(100))
    parsed = parse("text", long)
    assert len(parsed.drafts) > 1
    assert all(len(text) <= MAX_ITEM and text.endswith("typed.") for text in texts(parsed))
    assert " ".join(texts(parsed)) == long


@pytest.mark.parametrize("unit", ["x", "e\u0301\u0302", "\u0301", "\u200d\u0301", "👩\u200d"])
def test_a_text_without_a_place_to_cut_ends(unit):
    parsed = parse("text", unit * (400_000 // len(unit)))
    assert all(0 < len(text) <= MAX_ITEM for text in texts(parsed))


@pytest.mark.parametrize("form", ["gtypist", "text", "ttyper"])
def test_what_cannot_be_seen_is_taken_out_with_a_note(form):
    parsed = parse(form, ("D:" if form == "gtypist" else "") + "cafe\u0301\x1b\u202e\u200b\tnow")
    assert [text.split() for text in texts(parsed)] == [["café", "now"]]
    assert any("3 invisible characters left out" in note.why for note in parsed.notes)
    assert all(unicodedata.is_normalized("NFC", text) for text in texts(parsed))


@pytest.mark.parametrize("form", TEXT_FORMATS)
@pytest.mark.parametrize(
    "data", [b"", b" \n", b"a\0b", b"\xff\xfea", b"D:x\n\xe9", b"\xef\xbb\xbf", b"x" * (2**22 + 1)]
)
def test_what_is_no_text_is_one_clear_error(form, data):
    with pytest.raises(InvalidFile, match=r"^f[ ,]"):
        parse(form, data)


def test_too_many_entries():
    assert f"more than {MAX_ENTRIES:,} entries" in wrong("gtypist", "D:\n" * (MAX_ENTRIES + 2))
    assert "a list of more than 200,000" in wrong("monkeytype-words", f'{{"words": [{"1," * 200_001}1]}}')
    many = "\n".join(f"D:{number}" for number in range(MAX_ENTRIES + 2))
    assert "cut it into smaller files" in wrong("gtypist", many)


# --- as a pack ---


def test_ids_follow_from_texts():
    first, again = (identified(parse("gtypist", text).drafts) for text in ("D:abc\nD:xyz", "S:xyz\nS:abc"))
    assert {i.draft.text: i.id for i in first} == {i.draft.text: i.id for i in again}
    assert len({i.id for i in first}) == 2


def test_a_pack_is_read_as_it_was_written(tmp_path):
    strange = 'He said: "C:\\temp\\new" \\u0041 \'\'\' """ # [[item]] = 5 …\ue000'
    items = identified(parse("text", strange).drafts)
    head = PackHead("p", 'A "title" \\', "en-GB", "LicenseRef-unknown", "Unknown")
    for name, data in pack_files(head, items, "text", "f").items():
        (tmp_path / name).write_bytes(data)
    verify(tmp_path)
    assert items[0].draft.text == strange
