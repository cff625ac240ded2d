import pytest
from cli_world import one_sentence

import typetrainer.ui.run
from typetrainer.content.request import request_for
from typetrainer.core.log import End, Header
from typetrainer.ui.task import request_tasks

WRONG_SECONDS = ("0", "-5", "nan", "inf", "4.9", "1e9", "x", "1801")


@pytest.fixture
def asked(monkeypatch):
    """The requests that reach the screen."""
    requests = []
    monkeypatch.setattr(typetrainer.ui.run, "run_drill", lambda env, request: requests.append(request) or 0)
    return requests


def test_options_reach_the_screen(world, asked):
    assert (
        world.run("drill", "copy", "--seconds", "90.5", "--policy", "stop", "--seed", "4", "--pace", "60").status == 0
    )
    (request,) = asked
    assert (request.kind, request.limit_s, request.seed) == ("copy", 90.5, 4)
    assert (request.manner.policy, request.manner.pace, request.manner.figures) == ("stop", 60.0, None)
    world.run("--plain", "drill", "reply", "--items", "2", "--no-figures")
    assert len(asked[1].tasks) == 2
    assert (asked[1].manner.plain, asked[1].manner.figures) == (True, False)


def test_the_settings_choose_where_no_option_does(world, asked):
    world.run("settings", "set", "seconds", "60")
    world.run("settings", "set", "pack", "brightpath")
    world.run("drill", "copy")
    world.run("settings", "reset", "seconds")
    world.run("drill", "copy")
    world.run("drill", "copy", "--items", "3")
    world.run("drill", "reply")
    assert [(request.limit_s, len(request.tasks)) for request in asked] == [(60, 1), (None, 1), (None, 3), (None, 1)]


def test_a_difficulty_is_drawn_and_named_on_the_first_line(world, asked):
    assert world.run("drill", "reply", "--difficulty", "hard", "--pack", "brightpath").status == 0
    (request,) = asked
    found = world.run("drills", "show", request.tasks[0].item, "--json").lines[0]
    assert (request.level, found["difficulty"]["level"]) == ("hard", "hard")
    assert request_tasks(world.env().open_store().settings.load(), request)[0].title.endswith(" · hard")
    for other in (("--item", "greeting-01"), ("--text", "notes.txt")):
        ran = world.run("drill", "copy", "--difficulty", "easy", *other)
        assert ran.status == 2
        assert f"{other[0]} and --difficulty do not go together" in ran.err


def test_what_was_done_lately_comes_last_but_not_in_a_test(world, asked):
    names = world.env().library.ids("reply", "brightpath")
    store = world.env().open_store()
    for number, name in enumerate(names[1:]):
        done = Header(
            f"20261123-1200{number:02}", "test", "2026-11-23T12:00:00Z", "reply", name, "0" * 64, None, None, None
        )
        store.attempts.start(done, {}).close(End(0, "quit"))
    world.run("drill", "reply", "--pack", "brightpath")
    assert (asked[0].tasks[0].item, asked[0].seed) == (names[0], None)  # no seed alone draws it
    world.run("drill", "reply", "--pack", "brightpath", "--exam", "--out", "r.json")
    for seed in range(1, 6):
        world.run("drill", "reply", "--pack", "brightpath", "--seed", seed)
    for request in asked[1:]:
        again = request_for(world.env().library, "reply", seed=request.seed, pack="brightpath")
        assert request.tasks[0].item == again.tasks[0].item
    assert len({request.tasks[0].item for request in asked}) > 2


def test_one_item(world, asked):
    world.run("drill", "copy", "--item", "greeting-01", "--pack", "brightpath")
    world.run("drill", "reply", "--item", "brightpath/second-technician", "--seconds", "300")
    assert [request.tasks[0].item for request in asked] == ["brightpath/greeting-01", "brightpath/second-technician"]
    assert asked[1].limit_s == 300


def test_own_text_from_a_file_and_from_standard_input(world, asked, tmp_path):
    (tmp_path / "n.txt").write_text("One.\n\nTwo\x07.\n", encoding="utf-8")
    ran = world.run("drill", "copy", "--text", "n.txt")
    assert "n.txt: 1 invisible character was left out" in ran.err
    assert [task.target for task in asked[0].tasks] == ["One.", "Two."]
    world.run("drill", "copy", "--text", "-", stdin=b"Piped.")
    assert asked[1].tasks[0].target == "Piped."
    assert asked[1].manner.text_from_stdin
    assert not asked[0].manner.text_from_stdin


def test_a_test_has_a_result_file(world, asked, tmp_path):
    assert world.run("drill", "copy", "--exam", "--seconds", "60", "--out", "r.json").status == 0
    assert asked[0].manner.exam
    assert asked[0].manner.out == tmp_path / "r.json"
    assert asked[0].manner.figures is False
    (tmp_path / "r.json").write_text("{}")
    ran = world.run("drill", "copy", "--exam", "--out", "r.json")
    assert ran.status == 2
    assert "not overwritten" in ran.err
    assert world.run("drill", "copy", "--exam", "--out", "nofolder/r.json").status == 4


@pytest.mark.parametrize(
    ("options", "said"),
    [
        *((f"--seconds {value}", "should be seconds from 5 to 1800") for value in WRONG_SECONDS),
        *((f"--items {value}", "should be a whole number from 1 to 100") for value in ("0", "-1", "101")),
        ("--items 1.5", "should be a whole number from 1 to 100"),
        ("--seed -1", "'-1' should be a whole number from 0 to"),
        ("--policy loose", "'free', 'stop'"),
        ("--pace 1", "5 to 300 words a minute"),
        ("--pace nan", "5 to 300 words a minute"),
        ("--item nothing", "no copy item"),
        ("--item second-technician", "no copy item"),
        ("--pack nothing", "no pack"),
        ("--item greeting-01 --items 2", "--item and --items do not go together"),
        ("--item greeting-01 --seed 2", "--item and --seed do not go together"),
        ("--item other/x --pack brightpath", "is not of the pack"),
        ("--seconds 60 --items 2", "--seconds and --items do not go together"),
        ("--text x --item y", "--text and --item do not go together"),
        ("--text x --pack y", "--text and --pack do not go together"),
        ("--text x --seed 1", "--text and --seed do not go together"),
        ("--text nofile", "no file nofile"),
        ("--text .", "folder"),
        ("--exam --items 2", "leave out --items"),
        ("--exam --pace best", "leave out --pace"),
        ("--out r.json", "give --exam"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_a_sentence(world, asked, options, said):
    ran = world.run("drill", "copy", *options.split())
    assert ran.status == 2
    assert said in ran.err
    assert one_sentence(ran.err)
    assert asked == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "standard input is empty"),
        (b"a\n\xff", "standard input, line 2: not UTF-8"),
        (b"\x00" * 100, "NUL"),
        (b"x" * 10_000_000, "larger than 1 MiB"),
    ],
)
def test_own_text_that_is_none_is_refused(world, asked, data, said):
    ran = world.run("drill", "copy", "--text", "-", stdin=data)
    assert ran.status == 5
    assert said in ran.err
    assert one_sentence(ran.err)
    assert asked == []
