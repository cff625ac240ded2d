"""The reader and writer of attempt logs: what the page allows, and every way not to be that."""

import json
import sys

import pytest
from core_samples import HEADER, examples, foreign_logs, log_of
from hypothesis import given
from hypothesis import strategies as st

import typetrainer.core.log_reader as log_module
from typetrainer.core.log import (
    POLICIES,
    AttemptLog,
    Block,
    End,
    ItemSpan,
    Key,
    LogError,
    Mark,
    Paste,
    Put,
    encode_event,
    encode_header,
    encode_log,
)
from typetrainer.core.log_reader import parse_log

LINE_1 = encode_header(HEADER)
RECORD = json.loads(LINE_1)
GOOD = [LINE_1, '["key",5,0,0,"é",1]', '["block",6,"x",1]', '["mark",7,"gap",2.5]', '["end",9,"done"]']


def lines(*changed, at=None, drop=0):
    """Return a good log with a line put in its place `at` (1-based, default: before the end event)."""
    whole = list(GOOD)
    at = len(whole) if at is None else at
    whole[at - 1 : at - 1 + drop] = changed
    return "\n".join(whole) + "\n"


def header(**changed):
    record = {**RECORD, **changed}
    return json.dumps({key: value for key, value in record.items() if value is not ...})


def test_the_good_log_is_good():
    log = parse_log("\n".join(GOOD) + "\n")
    assert log.header == HEADER
    assert log.events == (Key(5, 0, 0, "é", 1), Block(6, "x", 1), Mark(7, "gap", 2.5))
    assert (log.end, log.last_t, log.interrupted, log.final_text()) == (End(9, "done"), 9, False, "é")
    assert parse_log(lines('["paste",8,0]')).events[-1] == Paste(8, 0)


BROKEN_EVENTS = [
    "", " ", "nonsense", "{}", "[]", "null", "7", '"key"', '{"key":1}', '["key"]', '["KEY",8,1,0,"a",1]',
    '["key",8,1,0,"a"]', '["key",8,1,0,"a",1,1]', '["key",8,1,0,"a",0]', '["key",8,1,0,"a",-1]',
    '["key",8,1,0,"a",1.0]', '["key",8,1,0,"a",true]', '["key",8,1,0,"a",null]', '["key",8,1,0,"a","1"]',
    '["key",8,1,0,"",1]', '["key",8,1,0,null,1]', '["key",8,1,0,["a"],1]', '["key",8,2,0,"a",1]',
    '["key",8,1,1,"a",1]', '["key",8,0,2,"a",1]', '["key",8,-1,0,"a",1]', '["key",8,0,-1,"a",1]',
    '["key",-8,1,0,"a",1]', '["key",8.0,1,0,"a",1]', '["key",8.5,1,0,"a",1]', '["key","8",1,0,"a",1]',
    '["key",true,1,0,"a",1]', '["key",8e0,1,0,"a",1]', '["key",6,1,0,"a",1]', '["key",0,1,0,"a",1]',
    '["key",9007199254740993,1,0,"a",1]', f'["key",{10**30},1,0,"a",1]', f'["key",8,{10**30},0,"a",1]',
    f'["key",8,1,0,"a",{"9" * 5000}]', '["key",8,1,0,"\\ud800",1]', '["key",8,1,0,"\\udc00a",1]',
    '["key",8,1,0,"e\\u0301",1]', '["key",NaN,1,0,"a",1]', '["key",Infinity,1,0,"a",1]', '["key",8,1,0,"a",1]]',
    '["key",8,1,0,"a",1', "['key',8,1,0,'a',1]", '["key",8,1,0,"a",1],', '["key",8,1,0,"a\x01",1]',
    '["block",8,"",1]', '["block",8,"x",0]', '["block",8,"x"]', '["block",8,7,1]', '["block",8,"\\ud83d",1]',
    '["paste",8]', '["paste",8,-1]', '["paste",8,1.5]', '["paste",8,"7"]',
    '["mark",8]', '["mark",8,"x"]', '["mark",8,7,null]', '["mark",8,"x",[1]]', '["mark",8,"x",{"a":1}]',
    '["mark",8,"x",NaN]', '["mark",8,"x",-Infinity]', '["mark",8,"x",1e999]', '["mark",8,"x","\\udfff"]',
    '["mark",8,"\\ud800",null]', '["end",8,"finished"]', '["end",8,null]', '["end",8]', '["end",8,"done",1]',
    '["end",8,["done"]]', '["scroll",8,1]', "[" * 100_000 + "]" * 100_000, '[["key",8,1,0,"a",1]]',
]  # fmt: skip


@pytest.mark.parametrize("line", BROKEN_EVENTS, ids=range(len(BROKEN_EVENTS)))
def test_a_broken_event_names_its_line(line):
    with pytest.raises(LogError, match=r"^line 5: ") as caught:
        parse_log(lines(line))
    assert len(str(caught.value)) < 200
    assert str(caught.value).isprintable()


BROKEN_HEADERS = [
    ("typetrainer_log", 0), ("typetrainer_log", -1), ("typetrainer_log", "1"), ("typetrainer_log", 1.0),
    ("typetrainer_log", True), ("typetrainer_log", None), ("typetrainer_log", ...), ("typetrainer_log", 10**30),
    ("id", ...), ("id", ""), ("id", "../x"), ("id", ".x"), ("id", "a/b"), ("id", "a\n"), ("id", "a" * 101), ("id", 7),
    ("id", "é"), ("id", None), ("app", ...), ("app", 1), ("app", "\ud800"), ("started", ...), ("started", ""),
    ("started", "yesterday"), ("started", "2026-11-23"), ("started", "2026-11-23T12:00:00"),
    ("started", "2026-11-23T12:00:00+01:00"), ("started", "2026-13-23T12:00:00Z"), ("started", "2026-11-23T12:00:00Z "),
    ("started", 1795000000), ("kind", ...), ("kind", None), ("item", ...), ("item", []), ("item_sha256", ...),
    ("item_sha256", "0" * 63), ("item_sha256", "0" * 65), ("item_sha256", "G" * 64), ("item_sha256", "A" * 64),
    ("target", ...), ("target", 7), ("target", "\udc80"), ("target", "e\u0301"), ("limit_s", ...), ("limit_s", 0),
    ("limit_s", -1), ("limit_s", "60"), ("limit_s", True), ("limit_s", 1e300), ("policy", ...), ("policy", "lax"),
    ("policy", ["free"]), ("policy", 1), ("settings", ...), ("settings", None), ("settings", []),
    ("settings", {"a": "\ud800"}), ("settings", {"\ud800": 1}), ("settings", {"a": [{"b": ["\udfff"]}]}),
    ("terminal", ...), ("terminal", 80), ("session", 7), ("session", "\ud800"), ("items", None), ("items", {}),
    ("items", ["x"]), ("items", [{}]), ("items", [{"id": "a", "sha256": "0" * 64}]),
    ("items", [{"id": "a", "sha256": "0" * 64, "start": 4}]), ("items", [{"id": "a", "sha256": "0" * 64, "start": -1}]),
    ("items", [{"id": "a", "sha256": "0", "start": 0}]), ("items", [{"id": 1, "sha256": "0" * 64, "start": 0}]),
    ("items", [{"id": "a", "sha256": 0, "start": 0}]), ("items", [{"id": "a", "sha256": "0" * 64, "start": True}]),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), BROKEN_HEADERS, ids=range(len(BROKEN_HEADERS)))
def test_a_broken_header_names_line_1_and_the_key(key, value):
    with pytest.raises(LogError, match=r"^line 1: ") as caught:
        parse_log(lines(header(**{key: value}), at=1, drop=1))
    assert key in str(caught.value) or "not the header" in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    "line",
    ["", "[]", "null", "7", '"x"', GOOD[1], "{", "{}", LINE_1[:-1], LINE_1 + "}", LINE_1.replace('"copy"', "NaN"),
     LINE_1.replace('"settings":{}', '"settings":{"a":NaN}'), LINE_1.replace('"settings":{}', '"settings":{"a":1e999}'),
     LINE_1.replace('"settings":{}', '"settings":{"a":[-1e999]}'), LINE_1.replace("null", "9" * 5000),
     LINE_1.replace('"settings":{}', '"settings":{"a":' + "[" * 33 + "]" * 33 + "}"),
     LINE_1.replace('"settings":{}', '"settings":{"a":' + "[" * 90_000 + "]" * 90_000 + "}"),
     "\ufeff" + LINE_1],
    ids=range(18),
)  # fmt: skip
def test_a_first_line_that_is_no_header(line):
    with pytest.raises(LogError, match=r"^line 1: "):
        parse_log(lines(line, at=1, drop=1))


@pytest.mark.parametrize("key", ["id", "target", "typetrainer_log", "extra"])
def test_a_key_twice_is_refused_because_readers_would_differ(key):
    doubled = LINE_1[:-1] + f',"{key}":"a"' * (2 if key == "extra" else 1) + "}"
    with pytest.raises(LogError, match=r"^line 1: "):
        parse_log(lines(doubled, at=1, drop=1))


def test_unknown_keys_of_the_header_are_ignored_and_optional_ones_may_be_missing():
    log = parse_log(lines(header(mood="fine", more={"a": [1]}), at=1, drop=1))
    assert log.header == HEADER
    assert parse_log(lines(header(session=None), at=1, drop=1)).header.session is None


@pytest.mark.parametrize("version", [2, 3, 999])
def test_a_newer_version_is_refused_by_name_whatever_else_it_has(version):
    with pytest.raises(LogError, match=rf"^line 1: .*version {version}.* up to 1") as caught:
        parse_log(json.dumps({"typetrainer_log": version, "all": "else"}) + '\n{"new":"events"}\n')
    assert "newer" in str(caught.value)


@pytest.mark.parametrize("data", [b"", "", b"\n", b"\n\n"])
def test_an_empty_log(data):
    with pytest.raises(LogError, match="line 1"):
        parse_log(data)


@pytest.mark.parametrize("after", ['["end",9,"done"]', '["key",9,1,0,"a",1]', '["mark",9,"x",null]', '["paste",9,1]'])
def test_nothing_follows_the_end(after):
    with pytest.raises(LogError, match="line 6: something follows the end"):
        parse_log(lines(after, at=6))


def test_t_never_falls_and_may_stand():
    assert len(parse_log(lines('["mark",7,"x",null]', '["mark",7,"x",null]')).events) == 5
    with pytest.raises(LogError, match=r"line 5: t falls from 7 to 6"):
        parse_log(lines('["mark",6,"x",null]'))
    with pytest.raises(LogError, match=r"line 6: t falls from 12 to 9"):
        parse_log(lines('["mark",12,"x",null]'))


def test_a_splice_may_be_anywhere_in_the_text_so_far():
    for pos in range(2):
        for deleted in range(2 - pos):
            assert parse_log(lines(f'["key",8,{pos},{deleted},"z",1]')).final_text() in ("zé", "éz", "z")


FREE = [encode_header(HEADER._replace(target=None, policy=None)), '["put",5,0,0,"é."]', '["put",6,1,1,"!"]']


def test_a_text_may_be_put_where_nothing_is_to_be_copied():
    log = parse_log("\n".join(FREE) + "\n")
    assert log.events == (Put(5, 0, 0, "é."), Put(6, 1, 1, "!"))
    assert log.final_text() == "é!"
    assert encode_log(log) == "\n".join(FREE) + "\n"
    with pytest.raises(LogError, match="line 5: text is put where there is a target"):
        parse_log(lines('["put",8,0,0,"x"]'))


@pytest.mark.parametrize(
    "line",
    ['["put",7,0,1,""]', '["put",7,0,0,"x",1]', '["put",7,0,0]', '["put",7,3,0,"x"]', '["put",7,0,3,"x"]',
     '["put",7,-1,0,"x"]', '["put",7,0,0,"e\u0301"]', '["put",7,0,0,7]', '["put",7.0,0,0,"x"]', '["put",4,0,0,"x"]'],
)  # fmt: skip
def test_a_broken_put_names_its_line(line):
    with pytest.raises(LogError, match=r"^line 4: "):
        parse_log("\n".join([*FREE, line]) + "\n")


# --- cut off ---


def test_a_log_cut_at_any_byte_is_the_log_so_far():
    data = ("\n".join(GOOD) + "\n").encode()
    ends = [at for at, byte in enumerate(data) if byte == 10]
    for cut in range(len(data)):
        whole = sum(end <= cut for end in ends)  # lines of which at most the newline is missing
        if whole == 0:
            with pytest.raises(LogError, match="line 1"):
                parse_log(data[:cut])
            continue
        log = parse_log(data[:cut])
        assert len(log.events) + (log.end is not None) == whole - 1, cut
        assert log.interrupted == (whole < len(GOOD))


@pytest.mark.parametrize("broken", [b"\xff", b"\xc3", b"\xe2\x82", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xc0\x80"])
def test_broken_utf8(broken):
    data = ("\n".join(GOOD) + "\n").encode()
    middle = data.index(b"\xc3\xa9")
    with pytest.raises(LogError, match=r"^line 2: not UTF-8"):
        parse_log(data[:middle] + broken + data[middle + 2 :])
    with pytest.raises(LogError, match=r"^line 1: not UTF-8"):
        parse_log(broken + data)
    with pytest.raises(LogError, match=r"^line 6: not UTF-8"):
        parse_log(data + broken + b"\n")
    assert parse_log(data + broken) == parse_log(data)  # a last line without a newline: cut off
    open_log = "\n".join(GOOD[:4]).encode() + b"\n"
    assert parse_log(open_log + b'["mark",8,"' + broken) == parse_log(open_log)
    assert parse_log(open_log + b'["mark",8,"x",null]' + broken) == parse_log(open_log)


def test_a_broken_line_before_a_cut_off_one_is_named():
    with pytest.raises(LogError, match="line 2"):
        parse_log(LINE_1 + '\nnonsense\n["key",9')


def test_a_whole_last_line_without_newline_counts_and_must_be_an_event():
    assert parse_log("\n".join(GOOD)).end == End(9, "done")
    with pytest.raises(LogError, match="line 5"):
        parse_log("\n".join([*GOOD[:4], '["end",9,"finished"]']))


# --- limits ---


def test_the_limits_are_those_of_the_page(monkeypatch):
    assert (log_module.MAX_BYTES, log_module.MAX_EVENTS, log_module.MAX_LINE) == (64 * 2**20, 10**6, 2**20)
    text = "\n".join(GOOD) + "\n"
    for data in (text, text.encode()):
        monkeypatch.setattr(log_module, "MAX_BYTES", len(text.encode()))
        assert parse_log(data).end
        monkeypatch.setattr(log_module, "MAX_BYTES", len(text.encode()) - 1)
        with pytest.raises(LogError, match="larger than"):
            parse_log(data)


def test_the_number_of_events_is_limited(monkeypatch):
    monkeypatch.setattr(log_module, "MAX_EVENTS", 4)
    assert parse_log(lines()).end
    with pytest.raises(LogError, match="more than 4 events"):
        parse_log(lines('["mark",8,"x",null]'))


def test_the_length_of_a_line_counts_in_bytes():
    longest = 2**20 - len('["mark",8,"",null]')
    assert parse_log(lines('["mark",8,"' + "x" * longest + '",null]')).end
    with pytest.raises(LogError, match=r"line 5: longer than 1024 KiB"):
        parse_log(lines('["mark",8,"' + "x" * (longest + 1) + '",null]'))
    with pytest.raises(LogError, match=r"line 5: longer than"):
        parse_log(lines('["mark",8,"' + "é" * (longest // 2 + 1) + '",null]'))


def test_deep_nesting_never_overflows_the_stack():
    depth = sys.getrecursionlimit() * 3
    for line in ("[" * depth, '["mark",8,"x",' + '{"a":' * depth + "1" + "}" * depth + "]"):
        with pytest.raises(LogError, match="line 5"):
            parse_log(lines(line))
        assert len(parse_log("\n".join([*GOOD[:4], line[: depth // 2]])).events) == 3  # cut off


# --- round trips ---


@examples(150)
@given(foreign_logs())
def test_what_is_written_is_read_again(log):
    text = encode_log(log)
    assert parse_log(text) == log
    assert parse_log(text.encode()) == log
    assert encode_log(parse_log(text)) == text
    assert text.count("\n") == 1 + len(log.events) + (log.end is not None)


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=3), inside, max_size=3),
    max_leaves=8,
)


@examples(100)
@given(
    st.dictionaries(st.text(max_size=3), plain, max_size=3),
    st.sampled_from([None, "s-1", "\u2028"]),
    st.sampled_from([None, 60, 0.5, 86_400]),
    st.sampled_from([None, *POLICIES]),
)
def test_headers_are_read_as_they_were_written(settings, session, limit, policy):
    spans = (ItemSpan("a/b", "f" * 64, 0), ItemSpan("a/c", "0" * 64, 3))
    log = log_of(settings=settings, session=session, limit_s=limit, policy=policy, items=spans, terminal=settings)
    assert parse_log(encode_log(log)) == log


@examples(300)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_anything_after_the_header_is_read_or_refused_by_line(data):
    problem = None
    try:
        log = parse_log(LINE_1.encode() + b"\n" + data)
    except LogError as error:
        problem = str(error)
    assert problem.startswith("line ") if problem else isinstance(log, AttemptLog)


def test_nothing_is_written_that_could_not_be_read():
    with pytest.raises(ValueError, match=r"not JSON compliant|Out of range"):
        encode_event(Mark(1, "x", float("nan")))
