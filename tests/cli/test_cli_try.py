"""`drills try`: what it says of patterns that match, of those that do not and why, and of a pack's own examples."""

import re
from pathlib import Path

import pytest
from cli_world import World, golden, one_sentence, validate

PACK = 'id = "shop"\ntitle = "Shop"\nlanguage = "en-US"\nversion = "1.0.0"\nlicence = "CC0-1.0"\nauthors = ["A"]\n'
COMPANY = """\
name = "Shop"
trade = "groceries"
about = "A shop."
currency = "USD"
hours = "Always."
words = []

[senses]
van = ["van", "truck", "white lorry"]

[tone]
voice = "Kind."
"""
HEAD = """\
[[item]]
id = "late"
title = "Late"
tags = ["delivery"]
customer = { name = "Ana" }
message = "Where is it?"
know = ["It comes on Monday."]
band_s = 90
model = "MODEL"
"""
MODEL = "Please tell me your PIN page code first. I have put a credit of $25 on your account. It comes on Monday."
CREDIT = """
[[item.fact]]
id = "credit"
says = "She gets $25."
conveys = ["You get a credit of $25.", "Twenty-five dollars come off your bill.", "I have put a $25 credit on it."]
not_conveys = ["You get a credit of $50.", "I can't give you the $25 credit.", "Would a credit of $25 help?"]
match = ["$25 & credit|off"]
"""
WHEN = """
[[item.fact]]
id = "when"
says = "It comes on Monday."
conveys = ["It comes on Monday.", "Monday is the day.", "The @van comes on Monday."]
not_conveys = ["It comes on Tuesday.", "It won't come on Monday.", "Does it come on Monday?"]
"""
VERIFY = """
[[item.step]]
id = "verify"
says = "Verify first."
before = ["credit"]
form = "ask"
conveys = ["Please tell me the code.", "Could you give me the code?", "I need the code."]
not_conveys = ["I have the code.", "The code is wrong.", "You know the code."]
match = ["code"]
"""
PROMISE = """
[[item.must_not]]
id = "promise"
says = "No promise of a refund."
kind = "promise"
unless = "verify"
conveys = ["We refund it all.", "You get a refund.", "A refund is on its way."]
not_conveys = ["We can't refund it.", "Do you want a refund?", "The bank decides on it."]
match = ["refund & !decide"]
"""
FIX = (
    HEAD.replace('"late"', '"curt"')
    + """poor = "No. Read the page. You should have asked before."

[[item.flaw]]
id = "blame"
says = "Blames her."
still = ["You should have asked before.", "You should have known.", "You should have told us."]
mended = ["I see.", "Next time just ask.", "Ask us whenever you like."]
match = ["should have"]

[[item.flaw]]
id = "faulty"
says = "Faulty."
check = "language"
"""
    + CREDIT
)


def put(world: World, model: str = MODEL, *parts: str, **files: str) -> Path:
    folder = world.home / "data" / "packs" / "shop"
    folder.mkdir(parents=True, exist_ok=True)
    item = HEAD.replace("MODEL", model) + "".join(parts or (CREDIT, WHEN, VERIFY, PROMISE))
    content = {"pack": PACK, "company": COMPANY, "reply": item, "fix": FIX.replace("MODEL", MODEL), **files}
    for name, text in content.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def tried(world: World, text: str, *options: str) -> str:
    ran = world.run("drills", "try", "late", "-", *options, stdin=text.encode())
    assert ran.status == 0, ran.err
    assert ran.err == ""
    return ran.out


# --- a text ---


def test_a_text_is_explained_way_by_way(world: World) -> None:
    put(world)
    text = "I can't put the $25 credit on it. Will the bank decide on a refund?\nThe code is fine."
    out = tried(world, text, "--readings")
    golden("drills-try.txt", out)
    assert "fact when: no pattern" in out
    ran = world.run("drills", "try", "shop/late", "-", "--json", "--readings", stdin=text.encode())
    assert (ran.status, ran.err) == (0, "")
    validate("drills-try", ran.lines)
    golden("drills-try.jsonl", ran.out)
    assert [(line["thing"], line["id"]) for line in ran.lines] == [
        ("fact", "credit"), ("fact", "when"), ("step", "verify"), ("must_not", "promise"),
    ]  # fmt: skip
    assert ["reading" in line for line in ran.lines] == [True, False, False, False]


@pytest.mark.parametrize(
    ("text", "match", "said"),
    [
        ("A credit of $25 is yours.", "$25 & credit|off", 'credit|off: "credit"'),
        ("A creidt of $25 is yours.", "$25 & credit|off", 'credit|off: "creidt"'),
        ("It is yours.", "$25 & credit|off", "$25: not found"),
        ("You get no credit of $25.", "$25 & credit|off", 'credit|off: negated "credit"'),
        ("Would a credit of $25 help?", "$25 & credit|off", '$25: asked "$25"'),
        ("Maybe you get a credit of $25.", "$25 & credit|off", '$25: hedged "$25"'),
        ("If it is lost, you get a credit of $25.", "$25 & credit|off", '$25: conditional "$25"'),
        ("You wrote that you get a credit of $25.", "$25 & credit|off", '$25: reported "$25"'),
        ("You get $25. It is late. We know. That is a credit.", "$25 & credit|off", "not found (too far apart)"),
        ("I change it, then verify you.", "verify > change", "not found (verify is not before change)"),
        ("We waive the fee.", "-waive & fee", '-waive: not negated "waive"'),
        ("The fee of $10 stays.", "fee & ?$12.50", "?$12.50: not found"),
        ("The fee stays.", "fee & ?$12.50", "?$12.50: not needed"),
        ("The fee stays.", "fee & !refund", "!refund: not there, as it should be"),
        ("The fee stays. No refund.", "fee & !refund", '!refund: is there "refund"'),
        ("It stays.", "stay & ~fee", "~fee: not found"),
        ("The truck left.", "@van & left", '@van: "truck"'),
    ],
)
def test_the_reason_is_said_with_the_words(world: World, text: str, match: str, said: str) -> None:
    put(world, MODEL, CREDIT.replace("$25 & credit|off", match))
    assert said in tried(world, text)


def test_a_step_that_comes_late_and_a_claim_that_is_allowed_are_said(world: World) -> None:
    put(world)
    late = tried(world, "You get a credit of $25. Now please tell me the code. You get a refund.")
    assert 'step verify: found "code"; it should come before credit' in late
    assert 'must_not promise: found "refund"; allowed after verify' in late


def test_offsets_are_those_of_the_file(world: World, tmp_path: Path) -> None:
    put(world)
    text = "\ufeffHi Zoë 🙂\r\nYou get a credit of $25.\r\n"
    (tmp_path / "r.txt").write_bytes(text.encode())
    ran = world.run("drills", "try", "late", "r.txt", "--json")
    spans = ran.lines[0]["spans"]
    assert [text[s["offset"] : s["offset"] + s["length"]] for s in spans] == [s["words"] for s in spans]
    assert ran.lines[0]["file"] == "r.txt"


def test_control_characters_never_reach_the_terminal(world: World) -> None:
    put(world)
    text = "You get a \x1b[2J credit\x9b of\u202e $25\x07.\r\nIs \x01 it?"
    for options in ((), ("--readings",), ("--json", "--readings")):
        out = tried(world, text, *options)
        assert all(line.isprintable() for line in out.splitlines()), options
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", out)


# --- its own examples ---


def test_all_examples_right_is_status_0(world: World) -> None:
    put(world)
    ran = world.run("drills", "try", "late")
    assert ran.status == 0, ran.out
    assert "fact credit: 7 of 7 right" in ran.out
    assert "fact when: no pattern" in ran.out
    assert ran.err == "Without a pattern, so not tried: 1.\nAll 21 come out right.\n"
    lines = world.run("drills", "try", "late", "--json").lines
    validate("drills-try", lines)
    assert len(lines) == 22
    assert {line["source"] for line in lines} == {"conveys", "not_conveys", "model", None}
    assert all(line["right"] for line in lines if line["pattern"])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("come off your bill", "are yours", 'conveys 2 should be found: "Twenty-five dollars are yours."'),
        ("credit of $50", "credit of $25", 'not conveys 1 should not be found: "You get a credit of $25."'),
        ("I have put a credit of $25 on", "I looked at", "model should be found"),
        ("Please tell me your PIN page code first. ", "You get a refund. ", "model should not be found"),
        ("first. I have put a credit of $25 on your account.", "", "model should be found"),
        ("Please tell me your PIN page code first. I have put a credit of $25 on your account.",
         "A credit of $25. Please tell me your code.", "model comes too late"),
    ],
)  # fmt: skip
def test_an_example_that_comes_out_wrong_is_shown_and_status_1(world: World, old: str, new: str, said: str) -> None:
    folder = put(world)
    text = (folder / "reply.toml").read_text("utf-8")
    assert old in text
    (folder / "reply.toml").write_text(text.replace(old, new), encoding="utf-8")
    ran = world.run("drills", "try", "late", "--readings")
    assert ran.status == 1
    assert said in " ".join(ran.out.split())
    assert "come out wrong." in ran.err
    wrong = [line for line in world.run("drills", "try", "late", "--json").lines if line["right"] is False]
    assert len(wrong) == int(ran.err.split("\n")[1].split(" ")[0])


def test_the_faults_of_a_fix_are_in_its_poor_text_and_not_in_the_model(world: World) -> None:
    put(world)
    ran = world.run("drills", "try", "curt")
    assert ran.status == 0
    assert "flaw blame: 8 of 8 right" in ran.out
    assert "flaw faulty: no pattern (the check language looks for it)" in ran.out
    sources = [line["source"] for line in world.run("drills", "try", "curt", "--json").lines if line["id"] == "blame"]
    assert sources == ["still"] * 3 + ["mended"] * 3 + ["poor", "model"]
    put(world, fix=FIX.replace('You should have asked before."\n\n', 'Ask."\n\n').replace("MODEL", MODEL))
    ran = world.run("drills", "try", "curt")
    assert ran.status == 1
    assert "poor should be found" in ran.out


def test_an_item_without_any_pattern(world: World) -> None:
    put(world, MODEL, WHEN)
    ran = world.run("drills", "try", "late")
    assert (ran.status, ran.err) == (0, "Without a pattern, so not tried: 1.\n")
    lines = world.run("drills", "try", "late", "--json", "--readings").lines
    validate("drills-try", lines)
    assert [(line["pattern"], line["found"], line["text"]) for line in lines] == [(False, None, None)]


def test_bundled_items_can_be_tried(world: World) -> None:
    listed = [line for line in world.run("drills", "list", "--json").lines if line["kind"] != "copy"]
    one_of_each = {(line["id"].partition("/")[0], line["kind"]): line["id"] for line in listed}
    records = []
    for item in one_of_each.values():
        ran = world.run("drills", "try", item, "--json")
        assert ran.status == 0, ran.err
        records += ran.lines
    validate("drills-try", records)


# --- what cannot be tried ---


@pytest.mark.parametrize(
    ("match", "said"),
    [
        ("a||b", '"a||b" has an empty alternative.'),
        ("@vann & left", "Did you mean @van?"),
        ("~fee", "names nothing that must be said"),
    ],
)
def test_a_bad_pattern_is_named_with_file_item_and_fact(world: World, match: str, said: str) -> None:
    folder = put(world, MODEL, CREDIT.replace("$25 & credit|off", match))
    for options in ((), ("--json",), ("-",)):
        ran = world.run("drills", "try", "late", *options, stdin=b"Hi.")
        assert ran.status == 5
        assert ran.out == ""
        assert f'{folder / "reply.toml"}, item "late", fact "credit": ' in ran.err
        assert said in ran.err
        assert one_sentence(ran.err)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["lte"], 2, "did you mean late"),
        (["shop/lat"], 2, "did you mean shop/late"),
        (["brightpath/greeting-01"], 2, "is a text to copy"),
        (["late", "none.txt"], 2, "no file none.txt"),
        (["late", "."], 2, "is a folder"),
        ([], 2, "ID"),
        (["late", "-", "-"], 2, "extra argument"),
        (["\x1b[2J"], 2, "There is no item"),
    ],
)
def test_what_is_no_item_or_no_text(world: World, arguments: list[str], status: int, said: str) -> None:
    put(world)
    ran = world.run("drills", "try", *arguments)
    assert (ran.status, ran.out) == (status, "")
    assert said in ran.err
    assert one_sentence(ran.err)


def test_bytes_that_are_no_text(world: World) -> None:
    put(world)
    ran = world.run("drills", "try", "late", "-", stdin=b"\xff\xfe")
    assert ran.status == 5
    assert one_sentence(ran.err)


def test_help_has_an_example_and_completion_knows_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = world.run("drills", "try", "--help")
    assert ran.status == 0
    assert "Example:" in ran.out
    assert "  typetrainer drills try" in ran.out
    world.environ["_TYPETRAINER_COMPLETE"] = "bash_complete"
    monkeypatch.setenv("COMP_WORDS", "typetrainer drills t")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert world.run().out.split() == ["plain,try"]
