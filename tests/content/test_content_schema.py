import random
import re
import tempfile
import tomllib
from pathlib import Path

import pytest
from content_samples import COMPANY, COPY, PACK, REPLY, paths_in, put_pack
from hypothesis import given, settings
from hypothesis import strategies as st

from typetrainer.content.loader import Library
from typetrainer.errors import InvalidFile, UsageProblem


def load(home: Path, **files: str) -> Library:
    put_pack(home / "bundled", **files)
    return Library(paths_in(home), bundled=home / "bundled")


def assert_names(error: Exception, name: str) -> None:
    assert name in str(error)
    assert str(error).isprintable()


def read_all(library: Library) -> None:
    for kind in ("copy", "reply"):
        list(library.items(kind, "shop"))
    library.company("shop")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("copy", 'title = "Hello"', 'titel = "Hello"', 'line 5, item "hello-01": the key "titel" is not known; did'),
        ("copy", 'title = "Hello"\n', "", 'copy.toml, line 4, item "hello-01": the key title is missing'),
        ("copy", 'tags = ["greeting"]', 'tags = "greeting"', 'line 6, item "hello-01": tags should be a list of tags'),
        ("copy", 'tags = ["greeting"]', "tags = []", "tags should have 1 or more texts, not 0"),
        ("copy", 'tags = ["greeting"]', 'tags = ["Greeting Card"]', "tags, number 1, should be an id of small letters"),
        ("copy", 'text = "Hello Zoë, thanks for waiting."', 'text = "  "', 'line 8, item "hello-01": text is empty'),
        ("copy", "thanks for waiting.", "thanks\\nfor waiting.", "text should be one paragraph, without line breaks"),
        ("copy", "thanks for waiting.", "thanks for waiting. ", "text should have no blank at its beginning or end"),
        ("copy", "thanks for", "thanks\\u202e for", "text should not hold the invisible character U+202E"),
        ("copy", "Hello Zoë", "Hello Zoe\\u0308", "text should be in Unicode NFC"),
        ("copy", 'id = "hello-02"', 'id = "hello-01"', 'line 11, item "hello-01": the id "hello-01" was used before'),
        ("copy", 'id = "hello-02"', 'id = "Hello_02"', "id should be an id of small letters"),
        ("copy", 'id = "hello-02"', "id = 2", 'item "number 2": id should be an id of small letters, digits'),
        ("copy", "# what there is to type", "surplus = 1", "line 1: the key \"surplus\" is not known"),
        ("copy", 'text = "That', "text = That", "copy.toml, line 14, column 8: not valid TOML"),
        ("reply", "band_s = 120", "band_s = 0", 'line 11, item "late": band_s should be a whole number of seconds'),
        ("reply", "band_s = 120", "band_s = true", "whole number of seconds from 1 to 3600, not true or false"),
        ("reply", "band_s = 120", "band_s = 1979-05-27", "not a date or time"),
        ("reply", 'says = "It comes on Monday."', 'sayss = "It"', 'item "late", fact "when": the key "sayss" is not'),
        ("reply", ', "Soon."', "", 'line 18, item "late", fact "when": not_conveys should have 3 or more texts, not 2'),
        ("reply", "since = 2020", "since = 2.5", 'customer: "since" should be a text, a whole number, true or false'),
        ("reply", 'name = "Ana", ', "", "customer should have name as its first key"),
        ("reply", "[[item.fact]]", "[item.fact]", "fact should be a list of tables, each under its own [[item.fact]]"),
        ("reply", "says = ", "mood = 'calm'\nsays = ",
         'line 16, item "late", fact "when": mood belongs to the item; put it above the first [[item.fact]].'),
        ("copy", 'title = "Hello"', "title = “Hello”", 'Invalid value (a text stands in straight quotes, "like this"'),
        ("copy", 'title = "Hello"', 'title = "Say "hi""', 'and a quote inside it is written \\").'),
        ("copy", 'title = "Hello"', "title Hello", "(every line is key = value)."),
        ("reply", '"Soon.", ', '"Soon." ', "(the texts of a list are parted by commas, and ] ends it; a text stands"),
        ("reply", "verified = true }", "verified = true", "(in { } there are commas between the keys, and no line"),
        ("reply", 'message = """', 'message = "', '(a text of several lines begins and ends with """).'),
        ("reply", 'says = "It comes', 'says = "\\It comes', "(a backslash is written \\\\)."),
        ("company", "[tone]", "[tune]", 'the key "tune" is not known; did you mean tone?'),
        ("company", 'currency = "GBP"', 'currency = "pounds"', "line 4: currency should be an ISO 4217 code"),
        ("company", 'title = "Refunds"', "", 'policy "R-1": the key title is missing'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(tmp_path, file, old, new, said):
    text = {"copy": COPY, "reply": REPLY, "company": COMPANY}[file]
    assert old in text
    with pytest.raises(InvalidFile) as caught:
        read_all(load(tmp_path, **{file: text.replace(old, new, 1)}))
    assert said in str(caught.value)
    assert f"{file}.toml" in str(caught.value)
    assert str(caught.value).endswith((".", "?"))
    assert not str(caught.value).endswith("?.")


STEP = """
[[item.step]]
id = "ask"
says = "Ask."
before = ["when"]
conveys = ["May I ask?", "Is it you?", "Who is it?"]
not_conveys = ["I ask.", "It is you.", "I know."]
"""
CLAIM = STEP.replace("item.step", "item.must_not").replace('before = ["when"]', 'kind = "claim"\nunless = "when"')
FLAW = """
[[item.flaw]]
id = "curt"
says = "It is curt."
check = "tone-cold"
"""
TRIAGE = REPLY.replace("band_s = 120", 'band_s = 40\naction = "escalate"\ntier = "tier-2"\nwhy = "It is late."')
ARTICLE = REPLY.replace("band_s = 120", 'band_s = 40\nmax_words = 50\nquestions = ["a", "b", "c"]\norder = ["when"]')


@pytest.mark.parametrize(
    ("kind", "text", "old", "new", "said"),
    [
        ("reply", REPLY + STEP, 'before = ["when"]', 'before = ["wen"]',
         'step "ask": before names "wen", but the item has no fact or step of that id; did you mean when?'),
        ("reply", REPLY + STEP, 'before = ["when"]', 'before = ["payment"]', "; there are when, ask."),
        ("reply", REPLY + STEP, 'id = "ask"', 'id = "when"', 'step "when": a fact has the id "when" already'),
        ("reply", REPLY + CLAIM, 'unless = "when"', 'unless = "verify"',
         'must_not "ask": unless names "verify", but the item has no fact or step of that id; there are when.'),
        ("fix", REPLY.replace("band_s", 'poor = "No."\nband_s') + FLAW, 'check = "tone-cold"', "",
         'flaw "curt": a flaw needs check, or both still and mended.'),
        ("fix", REPLY.replace("band_s", 'poor = "No."\nband_s') + FLAW, "tone-cold", "tone-colt",
         'check should be one of language, clarity-sentences, clarity-longest, tone-blame'),
        ("article", ARTICLE, 'order = ["when"]', 'order = ["where"]', 'no fact of that id; did you mean when?'),
        ("triage", TRIAGE, 'tier = "tier-2"\n', "", 'item "late": tier is needed with action = "escalate".'),
        ("triage", TRIAGE, '"escalate"', '"ask"', 'item "late": tier is for action = "escalate" only.'),
    ],
)  # fmt: skip
def test_what_names_another_part_must_name_one_that_there_is(tmp_path, kind, text, old, new, said):
    assert text.count(old) == 1
    assert [item.id for item in load(tmp_path, **{kind: text}).items(kind, "shop")] == ["late"]
    with pytest.raises(InvalidFile) as caught:
        list(load(tmp_path, **{kind: text.replace(old, new)}).items(kind, "shop"))
    assert said in str(caught.value)
    assert re.search(rf"{kind}\.toml, line \d+, item", str(caught.value))


def test_the_pack_must_be_named_like_its_folder(tmp_path):
    library = load(tmp_path, pack=PACK.replace('"shop"', '"ship"'))
    with pytest.raises(InvalidFile, match=r'pack\.toml: id should be the folder\'s name, "shop", not "ship"'):
        library.pack("shop")


def test_bytes_that_are_no_text_are_named_with_their_line(tmp_path):
    library = load(tmp_path)
    (tmp_path / "bundled" / "shop" / "copy.toml").write_bytes(COPY.encode() + b"\n# \xff\n")
    with pytest.raises(InvalidFile, match=r"copy\.toml, line 16: not UTF-8"):
        library.items("copy", "shop")


def test_bom_and_crlf_are_read(tmp_path):
    library = load(tmp_path)
    data = b"\xef\xbb\xbf" + COPY.replace("\n", "\r\n").encode()
    (tmp_path / "bundled" / "shop" / "copy.toml").write_bytes(data)
    assert [item.id for item in library.items("copy")] == ["hello-01", "hello-02"]


def test_a_huge_file_is_refused(tmp_path):
    with pytest.raises(InvalidFile, match="larger than 4 MiB"):
        load(tmp_path, copy="#" * (5 * 1024 * 1024)).items("copy", "shop")


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 5000,
        "x = " + "9" * 6000,
        "x = 1e999",
        "[[item]]\nid = {}\n",
        "item = 3",
        "item = []",
        "[item]\nid='a'",
    ],
)
def test_hostile_toml_gives_one_sentence(tmp_path, text):
    library = load(tmp_path, copy=text)
    try:
        list(library.items("copy", "shop"))
    except InvalidFile as error:
        assert_names(error, "copy.toml")


def _mutated(text: str, seed: int) -> bytes:
    chance = random.Random(seed)
    data = bytearray(text.encode())
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0:
                data[at : at + chance.randint(1, 30)] = b""
            case 1:
                data[at:at] = chance.choice(
                    [b'"', b"[", b"]", b'"""', b"'''", b"\n", b"\x00", b"\xff", b"=", b"{", b"\\"]
                )
            case 2:
                lines = bytes(data).split(b"\n")
                chance.shuffle(lines)
                data = bytearray(b"\n".join(lines))
            case 3:
                data[at:at] = chance.choice(
                    [b"[[item]]\n", b'id = "x"\n', b"[item.fact]\n", b"tags = 3\n", b"x = nan\n"]
                )
            case 4:
                data[at:at] = bytes(data[chance.randrange(len(data) + 1) :][:80])
    return bytes(data)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(["pack", "copy", "reply", "company"]))
def test_any_mutation_loads_or_names_its_file(seed, file):
    text = {"pack": PACK, "copy": COPY, "reply": REPLY, "company": COMPANY}[file]
    with tempfile.TemporaryDirectory() as home:
        put_pack(Path(home) / "bundled", reply=REPLY)
        path = Path(home) / "bundled" / "shop" / f"{file}.toml"
        data = _mutated(text, seed)
        path.write_bytes(data)
        library = Library(paths_in(Path(home)), bundled=Path(home) / "bundled")
        try:
            read_all(library)
        except (InvalidFile, UsageProblem) as error:
            assert_names(error, f"{file}.toml")
            return
        if file in ("copy", "reply"):
            whole = tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n")).get("item", [])
            assert [dict(item.raw) for item in library.items(file, "shop")] == whole
