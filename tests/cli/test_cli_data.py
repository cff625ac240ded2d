"""What the commands that report print: golden files, schemas, and hostile input."""

import gzip
import json
import re

import pytest
from cli_world import CONTRACTS, Stream, golden, one_sentence, validate

from typetrainer.cli.main import run
from typetrainer.cli.output import json_line
from typetrainer.core.definitions import BY_NAME, DEFINITIONS
from typetrainer.core.log import AttemptLog, Header, Key
from typetrainer.core.log_reader import parse_log
from typetrainer.core.metrics import compute
from typetrainer.writing.rubric.checks import CHECKS, CRITICAL


def page_block(page: str, label: str) -> str:
    text = (CONTRACTS / page).read_text(encoding="utf-8")
    return re.search(rf"```jsonl? {label}\n(.*?)```", text, re.DOTALL)[1]


@pytest.fixture
def log():
    return page_block("attempt-log.md", "log=stop-abc")


@pytest.fixture
def result():
    return page_block("result.md", "result=abc")


# --- drills ---


def test_drills_list(world):
    ran = world.run("drills", "list", "--json")
    validate("drills-list", ran.lines)
    kinds = [line["kind"] for line in ran.lines]
    assert kinds.count("copy") >= 60
    assert kinds.count("reply") >= 20
    only = world.run("drills", "list", "--json", "--kind", "copy", "--tag", "amounts", "--pack", "brightpath").lines
    assert only
    assert all(line["kind"] == "copy" and "amounts" in line["tags"] for line in only)
    text = world.run("drills", "list").out
    assert len(text.splitlines()) == len(ran.lines)
    assert (
        world.run("drills", "list", "--tag", "nothing").err
        == "No item is like that; `typetrainer drills list` shows all.\n"
    )


def test_drills_list_by_difficulty(world):
    every = world.run("drills", "list", "--json", "--pack", "brightpath").lines
    levels = ("easy", "middle", "hard")
    chosen = [
        world.run("drills", "list", "--json", "--pack", "brightpath", "--difficulty", each).lines for each in levels
    ]
    assert sorted(line["id"] for lines in chosen for line in lines) == sorted(line["id"] for line in every)
    for level, lines in zip(levels, chosen, strict=True):
        assert {line["difficulty"]["level"] for line in lines} == {level}
        shown = world.run("drills", "show", lines[0]["id"], "--json").lines[0]["difficulty"]
        assert (shown["level"], shown["score"]) == (level, lines[0]["difficulty"]["score"])
    row = world.run("drills", "list", "--pack", "brightpath", "--difficulty", "hard", "--kind", "reply").out.split(
        "\n"
    )[0]
    assert row.split()[1:3] == ["reply", "hard"]
    assert world.run("drills", "list", "--difficulty", "medium").status == 2


def _own_pack(world):
    folder = world.home / "data" / "packs" / "shop"
    folder.mkdir(parents=True)
    (folder / "pack.toml").write_text(
        'id = "shop"\ntitle = "Shop"\nlanguage = "en-GB"\nversion = "1.0.0"\nlicence = "CC0-1.0"\nauthors = ["A"]\n'
    )
    (folder / "copy.toml").write_text(
        '[[item]]\nid = "hi"\ntitle = "Hi"\ntags = ["greeting"]\nwords = ["Zoë"]\ntext = "Hello, Zoë."\n',
        encoding="utf-8",
    )
    (folder / "reply.toml").write_text(
        '[[item]]\nid = "late"\ntitle = "Late"\ntags = ["delivery"]\n'
        'customer = { name = "Ana", since = 2020, verified = false }\nmessage = "Where is it?"\n'
        'know = ["It comes on Monday."]\nband_s = 90\nmodel = "Hello Ana, it comes on Monday."\n'
        '[[item.fact]]\nid = "when"\nsays = "It comes on Monday."\n'
        'conveys = ["Monday.", "On Monday.", "It is Monday."]\nnot_conveys = ["Tuesday.", "Soon.", "Monday?"]\n'
    )
    return folder


@pytest.mark.parametrize("item", ["hi", "late"])
def test_drills_show(world, item):
    _own_pack(world)
    ran = world.run("drills", "show", f"shop/{item}", "--json")
    validate("drills-show", ran.lines)
    golden(f"drills-show-{item}.jsonl", ran.out)
    golden(f"drills-show-{item}.txt", world.run("drills", "show", item).out)


def test_the_model_answer_is_shown_when_asked_for(world):
    _own_pack(world)
    ran = world.run("drills", "show", "late", "--json", "--model")
    validate("drills-show", ran.lines)
    assert ran.lines[0]["model"] == "Hello Ana, it comes on Monday."
    assert "it comes on Monday." not in world.run("drills", "show", "late").out.partition("The reply should say")[0]
    assert "Model answer" in world.run("drills", "show", "late", "--model").out


def test_items_of_every_pack_and_kind_can_be_shown(world):
    listed = world.run("drills", "list", "--json").lines
    one_of_each = {(line["id"].partition("/")[0], line["kind"]): line["id"] for line in listed}
    records = [world.run("drills", "show", item, "--json", "--model").lines[0] for item in one_of_each.values()]
    assert len(records) == 14 * 7
    validate("drills-show", records)


def test_a_broken_pack_is_said_and_the_others_listed(world):
    folder = _own_pack(world)
    text = (folder / "copy.toml").read_text(encoding="utf-8")
    (folder / "copy.toml").write_text(text.replace("title", "titel"), encoding="utf-8")
    ran = world.run("drills", "list", "--json")
    assert ran.status == 5
    assert len(ran.lines) > 60
    assert one_sentence(ran.err)
    assert 'copy.toml, line 3, item "hi": the key "titel" is not known; did you mean title?' in ran.err
    assert world.run("drill", "copy", "--item", "shop/hi").status == 5


# --- history ---


def test_history(world):
    assert world.run("history", "--json").out == ""
    assert "No attempts yet" in world.run("history").err
    world.attempt(1)
    world.attempt(2, typed="Hello there", target=None)
    world.attempt(3, typed="abx")
    world.attempt(4, end=False)
    ran = world.run("history", "--json")
    validate("history", ran.lines)
    assert [line["id"][14] for line in ran.lines] == ["1", "2", "3"]
    golden("history.jsonl", ran.out)
    text = world.run("history")
    golden("history.txt", text.out)
    assert "Not finished: 20261123-120004" in text.err
    assert [line["kind"] for line in world.run("history", "--json", "--last", "2").lines] == ["reply", "copy"]
    assert [line["kind"] for line in world.run("history", "--json", "--kind", "reply").lines] == ["reply"]


def test_profiles_are_kept_apart(world):
    world.attempt()
    assert world.run("--profile", "ana", "history", "--json").out == ""
    assert len(world.run("history", "--json").lines) == 1


def test_export_and_import_lose_nothing(world, tmp_path):
    for number in (1, 2, 3):
        world.attempt(number)
    before = world.run("history", "--json").out
    exported = world.run("export").out
    assert exported == before
    assert world.run("export", "--format", "csv").out.startswith("id,started,kind")
    assert world.run("export", "--out", "h.jsonl").status == 0
    assert (tmp_path / "h.jsonl").read_text(encoding="utf-8") == exported
    assert world.run("export", "--out", "h.jsonl").status == 2
    assert world.run("export", "--out", "h.jsonl", "--force").status == 0
    assert world.run("export", "--out", "nofolder/h.jsonl").status == 4
    ran = world.run("--profile", "ana", "import", "h.jsonl")
    assert ran.err == "3 added, 0 there already, 0 differ and were left as they are.\n"
    assert world.run("--profile", "ana", "history", "--json").out == before
    assert "0 added, 3 there" in world.run("import", "-", stdin=exported.encode()).err


@pytest.mark.parametrize(
    "data", [b"{}\n", b"[1]\n", b"\xff\n", b"{" * 100_000, b'{"id":"../x","started":"a","kind":"b"}\n']
)
def test_what_is_no_export_is_refused_whole(world, data):
    ran = world.run("import", "-", stdin=data)
    assert ran.status == 5
    assert one_sentence(ran.err)
    assert world.run("history", "--json").out == ""


def test_forget(world):
    first, second = world.attempt(1), world.attempt(2)
    assert world.run("forget", first).status == 2  # nobody can be asked
    ran = world.run("forget", first, stdin=b"n\n", tty=True)
    assert (ran.status, "Nothing was deleted" in ran.err) == (0, True)
    assert world.run("forget", first, stdin=b"y\n", tty=True).status == 0
    assert [line["id"] for line in world.run("history", "--json").lines] == [second]
    assert world.run("forget", "--all", "--yes").err.startswith("Deleted 1 attempt and 1 record")
    assert world.run("history", "--json").out == ""


def test_rescore(world):
    attempt_id = world.attempt()
    store = world.env().open_store()
    record = store.history.get(attempt_id)
    store.history.insert({**record, "metrics": {**record["metrics"], "wpm": 1.0}})
    ran = world.run("rescore", "--dry-run", "--json")
    validate("rescore", ran.lines)
    assert ran.lines == [{"id": attempt_id, "metric": "wpm", "old": 1.0, "new": record["metrics"]["wpm"]}]
    assert "1 number would move" in ran.err
    assert "1 number moved" in world.run("rescore").err
    assert world.run("rescore").err == "0 numbers moved.\n"


# --- replay ---


def test_replay_of_logs(world, log, tmp_path):
    (tmp_path / "a.jsonl").write_text(log, encoding="utf-8")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(log.encode()))
    attempt_id = world.attempt()
    ran = world.run("replay", "--json", "a.jsonl", "b.jsonl.gz", attempt_id)
    assert (ran.status, ran.err) == (0, "")
    validate("replay", ran.lines)
    golden("replay.jsonl", ran.out)
    assert ran.lines[0]["metrics"] == ran.lines[1]["metrics"] == compute(parse_log(log))
    reply = world.attempt(2, typed="Hello there", target=None)
    golden("replay.txt", world.run("replay", "a.jsonl", attempt_id, reply).out)
    assert "kspc" not in world.run("replay", "a.jsonl").out
    assert "keystrokes per character  1.33" in world.run("replay", "--all", "a.jsonl").out


def test_a_long_log_has_a_band_and_says_who_was_slower(world):
    text = "abcd " * 30
    attempt_id = world.attempt(typed=text, target=text)
    out = world.run("replay", attempt_id).out
    assert "60.0 ± 16.7" in out
    assert "Faster than 66 % of the 168,000 volunteers" in out


def test_replay_goes_on_after_an_invalid_log(world, log, tmp_path):
    (tmp_path / "good.jsonl").write_text(log)
    (tmp_path / "bad.jsonl").write_text(log.replace('["block",1200000', '["block",12'))
    ran = world.run("replay", "--json", "bad.jsonl", "good.jsonl")
    assert ran.status == 5
    assert [line["log"] for line in ran.lines] == ["good.jsonl"]
    assert ran.err == "bad.jsonl, line 3: t falls from 1000000 to 12.\n"


def test_replay_of_a_result(world, result, tmp_path):
    validate("result", [json.loads(result)])
    (tmp_path / "r.json").write_text(result, encoding="utf-8")
    ran = world.run("replay", "--json", "r.json")
    assert (ran.status, ran.err) == (0, "")
    validate("replay", ran.lines)
    assert ran.lines[0]["differences"] == []
    assert ran.lines[0]["metrics"]["wpm"] == 30
    assert "all numbers are those of its log" in world.run("replay", "r.json").out


@pytest.mark.parametrize("score", [88, 87.5, None, True, "88", 101, -1, [88]])
def test_replay_says_whose_word_a_score_is(world, result, tmp_path, score):
    judged = json.dumps({"assessment": {"score": score}})
    (tmp_path / "r.json").write_text(result.replace('"assessment": null', f'"assessment": {judged}'), encoding="utf-8")
    ran = world.run("replay", "r.json")
    assert ran.status == 0
    assert (f"score {score} of 100, as recorded" in ran.out) is (score in (88, 87.5) and score is not True)
    assert "score" not in ran.out or score in (88, 87.5)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"wpm": 30.0', '"wpm": 60', "wpm is 60, its log gives 30.0."),
        ('"accuracy": 0.75', '"accuracy": 1.0', "accuracy is 1.0, its log gives 0.75."),
        ('"interrupted": false', '"interrupted": 0', "interrupted is 0, its log gives False."),
        ('"consistency": null', '"consistency": 90', "consistency is 90, its log gives None."),
        ('  "kspc": 1.6666666666666667,\n', "", "kspc is missing, its log gives 1.66"),
        ('"kspc"', '"kspx"', "kspx is 1.66"),
        ("1800000,\\\"done", "1900000,\\\"done", None),
        ("[\\\"key\\\",1800000", "[\\\"key\\\",1500000", "t falls from 1600000 to 1500000."),
        ("[\\\"key\\\",1800000", "[\\\"key\\\",1700000", "wpm is 30.0, its log gives 34.28"),
        ('"text": "abc"', '"text": "abd"', "the item is not the one whose hash the log has."),
        ('"id": "page/abc"', '"id": "page/abd"', "the item is page/abd, its log names page/abc."),
        ('"scoring": 1', '"scoring": 2', "scored by version 2"),
        ('"typetrainer_result": 1', '"typetrainer_result": 2', "so use a newer one"),
        ('"typetrainer_result": 1', '"typetrainer_result": true', "should be 1"),
        ('"versions": {', '"versions": 5, "x": {', "versions should be an object"),
        ('"wpm": 30.0', '"wpm": NaN', "NaN"),
        ('"wpm": 30.0', '"wpm": 1e999', "1e999 is too large a number"),
        ('"wpm": 30.0', f'"wpm": {"9" * 4000}', "wpm is "),
        ('"wpm": 30.0', f'"wpm": {"9" * 5000}', "r.json"),
        ('"wpm": 30.0', '"wpm": 30.0, "wpm": 30.0', "a key comes twice"),
        ('"wpm": 30.0', '"wpm": [30.0]', "wpm is a list or object"),
        ('"wpm": 30.0', '"wpm": "\\u001b[2J"', "wpm is "),
        ('"item": {\n', '"item": [], "x": {\n', "item should be an object"),
        ('"log": "', '"log": 5, "x": "', "log should be a text"),
    ],
)  # fmt: skip
def test_an_altered_result_is_named(world, result, tmp_path, old, new, said):
    assert old in result
    (tmp_path / "r.json").write_text(result.replace(old, new, 1), encoding="utf-8")
    ran = world.run("replay", "r.json")
    if said is None:  # when the end event lies does not matter for what is done
        assert (ran.status, ran.err) == (0, "")
        return
    assert ran.status == 5
    assert said in ran.err
    assert ran.err.startswith("r.json: ")
    assert all(one_sentence(line + "\n") for line in ran.err.splitlines())
    assert "\x1b" not in ran.out + ran.err


HOSTILE = (
    b"",
    b"\n",
    b"{}",
    b"[]",
    b"\x00\x01",
    b"\xff\xfe",
    b"[" * 100_000,
    b"\x1f\x8bnot gzip",
    gzip.compress(b"\0" * (70 * 2**20)),
    b'"typetrainer_result"',
    b'{"typetrainer_result":1}',
    b'{"typetrainer_result":' + b"[" * 100_000,
    b'{"typetrainer_log":1}',
    b'{"typetrainer_log":2}\n',
    b'{"typetrainer_log":1,"id":"\x1b[2J"}\n',
)


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_logs_are_one_sentence(world, tmp_path, data):
    (tmp_path / "x.jsonl").write_bytes(data)
    ran = world.run("replay", "x.jsonl")
    assert ran.status == 5
    assert one_sentence(ran.err)
    assert "x.jsonl" in ran.err


@pytest.mark.parametrize(("name", "status"), [("nothing", 2), (".", 2), ("../x", 2), ("a\0b", 4), ("", 2)])
def test_what_is_no_log_at_all(world, name, status):
    ran = world.run("replay", name)
    assert ran.status == status
    assert one_sentence(ran.err)


# --- explain ---


def _log(target):
    header = Header("a", "t", "2026-11-23T12:00:00Z", "copy", "p/i", "0" * 64, target, None, "free")
    return AttemptLog(header, (Key(0, 0, 0, "a"),), None)


@pytest.mark.parametrize(("kind", "target"), [("copy", "ab"), ("reply", None)])
def test_the_definitions_are_those_of_the_code(kind, target):
    assert set(compute(_log(target))) == {each.name for each in DEFINITIONS if kind in each.kinds}


def test_the_definitions_are_those_of_the_page():
    page = (CONTRACTS / "metrics.md").read_text(encoding="utf-8")
    rows = [row.split("|")[1] for row in page.splitlines() if row.startswith("| `")]
    names = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert names == set(BY_NAME)
    squeezed = re.sub(r"\s|\\", "", page)
    for each in DEFINITIONS:
        for source in ("Soukoreff & MacKenzie 2003", "MacKenzie 2002", "the curve of monkeytype"):
            assert source != each.source or source in page
        if any(sign in each.formula for sign in "+−/") and "of" not in each.formula and "over" not in each.formula:
            assert re.sub(r"\s", "", each.formula) in squeezed, each.name


def test_explain(world):
    ran = world.run("explain", "--json")
    validate("explain", ran.lines)
    points = [*(check.id for check in CHECKS), *CRITICAL]
    assert [line["name"] for line in ran.lines] == [*(each.name for each in DEFINITIONS), *points]
    assert "points of 100" in world.run("explain", "tone-blame").out
    golden("explain-wpm.jsonl", world.run("explain", "wpm", "--json").out)
    golden("explain-wpm.txt", world.run("explain", "wpm").out)
    for each in DEFINITIONS:
        out = world.run("explain", each.name).out
        assert "formula:" in out
        assert "trust:" in out
    assert world.run("explain", "Net-WPM").out.startswith("net_wpm")


# --- settings, doctor ---


def test_settings(world):
    validate("settings", world.run("settings", "list", "--json").lines)
    assert world.run("settings", "get", "policy").out == "free\n"
    assert world.run("settings", "set", "policy", "stop").err == "policy is now stop.\n"
    assert world.run("settings", "get", "policy").out == "stop\n"
    assert world.run("settings", "set", "seconds", "-5").status == 2
    assert world.run("settings", "reset", "policy").err == "policy is now free.\n"
    assert "live_figures" in world.run("settings", "list").out


def test_doctor(world):
    ran = world.run("doctor", "--json")
    validate("doctor", ran.lines)
    assert ran.status == 3  # no LanguageTool in this home
    found = {line["check"]: line for line in ran.lines}
    assert {"typetrainer", "libraries", "data", "cache", "terminal", "drills", "java", "languagetool"} <= set(found)
    assert "typetrainer setup" in found["languagetool"]["advice"]
    assert "✗ languagetool" in world.run("doctor").out
    (world.home / "config").mkdir(parents=True)
    (world.home / "config" / "settings.toml").write_text("polcy = 1\n")
    ran = world.run("doctor", "--json")
    assert ran.status == 5
    assert "polcy" in {line["check"]: line for line in ran.lines}["settings"]["advice"]


# --- output ---


def test_json_never_carries_what_a_terminal_obeys():
    value = {"a": "\x1b[2J\x9b2J\u202e\x7f\ud800é✓"}
    line = json_line(value)
    assert line.isprintable()
    assert "é✓" in line
    assert json.loads(line) == value


def test_json_on_a_terminal_without_utf8(world):
    _own_pack(world)
    env = world.env().using(stdout=Stream(encoding="ascii"))
    assert run(env, ["drills", "show", "hi", "--json"]) == 0
    assert json.loads(env.stdout.text())["target"] == "Hello, Zoë."
