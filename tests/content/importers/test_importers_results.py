"""Results of other programs: what they mean, and what is no result."""

import json

import pytest
from import_samples import KEYBR, MONKEYTYPE

from typetrainer.content.importers import parse_results
from typetrainer.errors import InvalidFile


def parse(source, text):
    return parse_results(source, text.encode("utf-8"), "f")


def test_keybr_counts_characters_a_minute():
    parsed = parse("keybr", KEYBR)
    assert parsed.left == ()
    first = parsed.records[0]
    assert first == {
        "version": 1, "id": first["id"], "source": "keybr", "started": "2025-03-01T08:15:30.250Z", "wpm": 36.2,
        "accuracy": round(119 / 120, 6), "seconds": 40.0, "original": json.loads(KEYBR)[0],
    }  # fmt: skip
    assert len({record["id"] for record in parsed.records}) == 3


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("speed", None, "speed is not a number"),
        ("speed", -1, "speed should be 0 or more"),
        ("speed", 1e300, "speed is too large"),
        ("speed", 9999, "its speed should be from 0 to 1000"),
        ("speed", True, "speed is not a number"),
        ("length", 0, "length should be 1 or more"),
        ("errors", 121, "more errors than characters"),
        ("time", "40", "time is not a number"),
        ("timeStamp", "yesterday", "timeStamp is not a date"),
        ("timeStamp", "0001-01-01T00:00:00+14:00", "its time is not one that can be"),
        ("timeStamp", 9e14, "its time is not one that can be"),
        ("timeStamp", 5, "its year 1970 is not likely"),
        ("histogram", {}, "histogram is not a list"),
        ("histogram", [5], "histogram is not a list"),
        ("histogram", [{"codePoint": -1}], "has no codePoint"),
        ("histogram", [{"codePoint": 97, "hitCount": "x"}], "hitCount of a key is not a number"),
    ],
)
def test_a_lesson_that_is_not_whole_is_left(key, value, why):
    lessons = json.loads(KEYBR)
    lessons[1][key] = value
    parsed = parse("keybr", json.dumps(lessons, indent=1))
    assert [record["started"][:10] for record in parsed.records] == ["2025-03-01", "2025-03-03"]
    assert parsed.left[0].what == "lesson 2"
    assert why in parsed.left[0].why
    assert parsed.left[0].line > 20


def test_a_key_that_keybr_does_not_have_is_not_kept():
    lesson = {**json.loads(KEYBR)[0], "file": "/etc/passwd"}
    assert "file" not in parse("keybr", json.dumps([lesson])).records[0]["original"]
    del lesson["speed"]
    with pytest.raises(InvalidFile, match='lesson 1: it has no "speed"'):
        parse("keybr", json.dumps([lesson]))


def test_monkeytype():
    parsed = parse("monkeytype", MONKEYTYPE)
    assert parsed.left == ()
    assert [(r["wpm"], r["accuracy"], r["seconds"]) for r in parsed.records] == [
        (61.2, 0.975, 30.0), (58.4, 0.95, 25.7), (70.0, 1.0, 30.0), (66.1, 0.99, 30.0),
    ]  # fmt: skip
    assert parsed.records[0]["started"] == "2025-03-08T08:15:30.000Z"
    assert parsed.records[2]["original"]["funbox"] == "mirror,nausea"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("english,none,normal,false", "english,mirror,nausea,normal,false"),  # an unquoted comma in funbox
        (",desk,", ",desk,late,shift,"),  # in tags
        ("150;2;0;1", "150,2,0,1"),  # the characters parted by commas
    ],
)
def test_a_field_with_a_comma_too_many_is_read_from_both_ends(old, new):
    plain, odd = parse("monkeytype", MONKEYTYPE), parse("monkeytype", MONKEYTYPE.replace(old, new, 1))
    numbers = [[(r["started"], r["wpm"], r["accuracy"], r["seconds"]) for r in p.records] for p in (plain, odd)]
    assert numbers[0] == numbers[1]
    assert odd.left == ()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (",61.2,", ",fast,", "wpm cannot be read"),
        (",61.2,", ",-3,", "its speed should be"),
        (",97.5,", ",197.5,", "its accuracy is not"),
        (",61.2,", ',"61.2,', "a quote is open"),
        (",english,", ',"eng\rlish",', "it holds a control character"),
        ("1741421730000", "soon", "timestamp cannot be read"),
        ("1741421730000", "9" * 15, "its time is not one that can be"),
        (",time,30,", ",race,30,", "mode cannot be read"),
        (",-1,0,30,0,0,", ",-1,0,-30,0,0,", "testDuration should be"),
        (",false,false,false,,", ",false,,", "it has 22 fields, the header 24"),
        ("a1,", "a1,zz,zz,", "cannot be read"),
        ("english,", "e" * 2000 + ",", "a field is too long"),
    ],
)
def test_a_line_that_cannot_be_read_is_left(old, new, why):
    assert old in MONKEYTYPE
    parsed = parse("monkeytype", MONKEYTYPE.replace(old, new, 1))
    assert [r["original"]["_id"] for r in parsed.records] == ["a2", "a3", "a4"]
    assert [(left.line, left.what) for left in parsed.left] == [(2, "test")]
    assert why in parsed.left[0].why


def test_a_line_with_two_readings_is_left():
    rows = "a,60,97,time,30,30,15,x,1741421730000\nb,60,97,time,30,15,x,1741421730000\n"
    parsed = parse("monkeytype", f"_id,wpm,acc,mode,mode2,testDuration,note,timestamp\n{rows}")
    assert [record["original"]["_id"] for record in parsed.records] == ["b"]
    assert parsed.left[0].why == "a comma too many, and it cannot be told whose"


@pytest.mark.parametrize(
    ("source", "text", "said"),
    [
        ("keybr", "{}", "a JSON list was expected"),
        ("keybr", "[]", "holds no result"),
        ("keybr", "[5]", "line 1, lesson 1: it is not an object"),
        ("monkeytype", "name,age\nx,3\n", "_id, wpm, acc"),
        ("monkeytype", MONKEYTYPE.replace("isPb", "wpm", 1), "a column comes twice"),
        ("monkeytype", MONKEYTYPE.split("\n")[0], "holds no result"),
        ("monkeytype", '"', "monkeytype's columns were expected"),
    ],
)
def test_what_is_no_file_of_results(source, text, said):
    with pytest.raises(InvalidFile) as caught:
        parse(source, text)
    assert said in str(caught.value)
    assert str(caught.value).endswith("Nothing was imported.")


def test_the_same_result_twice_is_one():
    lesson = json.loads(KEYBR)[0]
    assert len(parse("keybr", json.dumps([lesson, lesson])).records) == 1
