"""Damaged files: a clear error or a right import, never half of one, never a crash, never long.

A normal run tries a few hundred of each format; TYPETRAINER_MUTATIONS=10000 in the environment tries so many.
"""

import csv
import json
import math
import os
import time
import tomllib
import unicodedata
from collections import Counter
from random import Random

import pytest
from import_samples import RESULTS, TEXTS

from typetrainer.content.importers import parse_results, parse_texts
from typetrainer.content.importers.common import MAX_ITEM
from typetrainer.content.importers.packing import PackHead, identified, pack_files
from typetrainer.content.schema import COPY, PACK, check_entries
from typetrainer.errors import InvalidFile

COUNT = int(os.environ.get("TYPETRAINER_MUTATIONS", "300"))
MOST_SECONDS = 2.0
TOKENS = [
    b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf", b'"', b"'", b"\\", b"{", b"}", b"[", b"]", b",", b":", b";",
    b"#", b"!", b"=", b" :", b"D:", b"S:", b"*:", b"K:", b"M:", b"E:", b"\t", b" " * 300, b"x" * 3000, b"[" * 3000,
    b"null", b"NaN", b"1e999", b"-1", b"true", b"../../etc/passwd", b"\x1b[2J", "\u202e".encode(), "\u200b".encode(),
    "e\u0301".encode(), "\u0301".encode() * 50, "\u2028".encode(), b"\\ud800", b"\\u0000", "😀".encode(),
    b'"""', b"'''", b"[[item]]", b"a. " * 700,
]  # fmt: skip


def mutated(data: bytes, random: Random) -> bytes:
    """Damage a file in one to four places."""
    for _ in range(random.randint(1, 4)):
        at, end = sorted(random.randrange(len(data) + 1) for _ in range(2))
        end = min(end, at + random.choice((1, 3, 20, 400)))
        piece = data[at:end]
        data = random.choice((
            lambda d=data, a=at: d[:a] + bytes([random.randrange(256)]) + d[a + 1 :],
            lambda d=data, a=at, e=end: d[:a] + d[e:],
            lambda d=data, a=at, e=end, p=piece: d[:a] + p * random.randint(2, 5) + d[e:],
            lambda d=data, a=at: d[:a] + random.choice(TOKENS) + d[a:],
            lambda d=data, a=at, e=end: d[:a] + random.choice(TOKENS) + d[e:],
            lambda d=data, a=at: d[:a] if random.random() < 0.3 else d,
            lambda d=data, a=at, e=end, p=piece: d[:a] + d[e:] + p,
        ))()  # fmt: skip
    return data


def timed(work):
    start = time.process_time()
    try:
        return work(), None
    except InvalidFile as error:
        return None, str(error)
    finally:
        assert time.process_time() - start < MOST_SECONDS


def clear(error: str) -> bool:
    return error.startswith("the-file") and "\n" not in error and error.endswith(".") and len(error) < 600


def letters(texts) -> Counter:
    """What can be seen of texts, however it is cut, joined and cleaned."""
    kept = "\n".join("".join(c for c in text if c.isprintable() or c.isspace()) for text in texts)
    return Counter(c for c in unicodedata.normalize("NFC", kept) if not c.isspace())


def source_texts(form: str, data: bytes) -> list[str]:
    """Read a file again in another, simpler way: all that should be typed."""
    text = data.decode("utf-8-sig")
    if form in ("text", "ttyper"):
        return [text]
    if form == "gtypist":
        found, taking = [], False
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
            if not line.strip(" \t\v\f") or line[0] in "#!":
                continue
            taking = line[0] in "DdSs" or (line[0] == " " and taking)
            found += [line[2:]] if taking else []
        return found
    listed = json.loads(text)
    if form == "monkeytype-words":
        return [word for word in listed["words"] if isinstance(word, str)]
    quotes = listed if form == "tt" else listed["quotes"]
    return [q["text"] for q in quotes if isinstance(q, dict) and isinstance(q.get("text"), str)]


@pytest.mark.parametrize("form", TEXTS)
def test_a_damaged_file_is_an_error_or_a_right_import(form):
    random, taken = Random(form), 0
    for _ in range(COUNT):
        data = mutated(TEXTS[form].encode("utf-8"), random)
        parsed, error = timed(lambda data=data: parse_texts(form, data, "the-file"))
        if error is not None:
            assert clear(error), error
            continue
        taken += 1
        typed = [draft.text for draft in parsed.drafts]
        assert all(0 < len(text) <= MAX_ITEM for text in typed)
        seen, there = letters(typed), letters(source_texts(form, data))
        assert not seen - there
        if not any(remark.why.startswith("the same text") for remark in parsed.left):
            assert seen == there
        items = identified(parsed.drafts)
        head = PackHead("p", "A title", "en-US", "LicenseRef-unknown", "Unknown")
        files = {name: tomllib.loads(f.decode()) for name, f in pack_files(head, items, form, "f").items()}
        PACK.check_keys(files["pack.toml"])
        check_entries("item", files["copy.toml"]["item"], COPY)
        assert [item["text"] for item in files["copy.toml"]["item"]] == typed
    assert taken > COUNT / 20


def entries(source: str, data: bytes) -> list:
    if source == "keybr":
        return json.loads(data.decode("utf-8-sig"))
    return [line for line in data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")[1:] if line.strip()]


def told_apart_by(entry) -> str:
    """What makes a result another one; of keybr's lessons, what is kept."""
    kept = ("timeStamp", "speed", "errors", "time", "length")
    return json.dumps({key: entry.get(key) for key in kept} if isinstance(entry, dict) else entry)


def rightly_read(source: str, record, there) -> bool:
    """Whether a record's numbers stand in the file as it says."""
    if source == "keybr":
        return any(isinstance(e, dict) and "speed" in e and e.get("timeStamp") == record["original"]["timeStamp"]
                   and math.isclose(e["speed"] / 5, record["wpm"], abs_tol=1e-5) for e in there)  # fmt: skip
    rows = [next(csv.reader([line])) for line in there if "\r" not in line]
    wanted = [record["original"][key] for key in ("wpm", "acc", "timestamp", "testDuration")]
    return any(all(value in row for value in wanted) for row in rows)


@pytest.mark.parametrize("source", RESULTS)
def test_damaged_results_are_an_error_or_a_right_import(source):
    random, taken = Random(source), 0
    for _ in range(COUNT):
        data = mutated(RESULTS[source].encode("utf-8"), random)
        parsed, error = timed(lambda data=data: parse_results(source, data, "the-file"))
        if error is not None:
            assert clear(error), error
            continue
        taken += 1
        there = entries(source, data)
        different = len({told_apart_by(entry) for entry in there})
        assert different <= len(parsed.records) + len(parsed.left) <= len(there)
        assert len({record["id"] for record in parsed.records}) == len(parsed.records)
        for record in parsed.records:
            assert 0 <= record["wpm"] <= 1000
            assert 0 <= record["accuracy"] <= 1
            assert rightly_read(source, record, there)
            json.dumps(record, allow_nan=False)
    assert taken > COUNT / 20
