"""The timed test: practice, no second try, no figures, one question before it is left, a file that replay checks."""

import json
from pathlib import Path

import pytest
from harness import HEAVY, Terminal, attempts_of, folded, newest_log, run, until

pytestmark = pytest.mark.pty


def exam(home: Path, *arguments: str, **more: str) -> Terminal:
    out = home / "result.json"
    terminal = Terminal(home, "drill", "copy", "--exam", "--seconds", "5", "--seed", "2", "--out", str(out), **more)
    terminal.wait_for("This is a test")
    return terminal


def begun(terminal: Terminal) -> str:
    """Skip practice, begin, and return the text to copy."""
    terminal.send("s")
    terminal.wait_for("When you are ready")
    terminal.send("\r")
    terminal.wait_for("the clock starts with your first key")
    until(lambda: attempts_of(terminal.home).ids())
    target = newest_log(terminal.home).header.target
    assert target
    return target


def test_practice_then_the_test_then_a_result_that_replays(home: Path) -> None:
    with exam(home) as terminal:
        assert "5 seconds" in terminal.text()
        terminal.send("\r")
        terminal.wait_for("Practice ·")
        terminal.type_text("It does not count.", wpm=1200)
        terminal.send("\r\r")
        terminal.wait_for("When you are ready")
        terminal.send("\r")
        terminal.wait_for("Test ·")
        until(lambda: attempts_of(home).ids())
        target = newest_log(home).header.target
        assert target
        terminal.type_text(target[:10], gaps=[0.12] * 9)
        terminal.send("\t")  # no figures
        terminal.send("\x12")  # no second try
        terminal.send("\x1a")  # no pause
        terminal.send("\x1bOP")
        rows = terminal.settle(0.2)
        assert "wpm" not in "\n".join(rows)
        assert "again" not in rows[-1]
        assert "Test ·" in rows[0]
        terminal.type_text(target[10:20], gaps=[0.12] * 9)
        terminal.wait_for("this run")
        terminal.send("r")
        assert "this run" in "\n".join(terminal.settle(0.2))
        until((home / "result.json").exists)
        terminal.send("q")
        assert terminal.wait() == 0
        terminal.assert_clean()
        assert f"The result file: {home / 'result.json'}" in terminal.said().replace("\n", "")
        (record,) = terminal.history()
    assert record["exam"] is True
    assert record["reason"] == "time"
    log = newest_log(home)
    assert log.final_text() == target[:20]
    replayed = run(home, "replay", str(home / "result.json"), "--json")
    assert replayed.returncode == 0
    answer = json.loads(replayed.stdout)
    assert answer["differences"] == []
    assert answer["metrics"] == pytest.approx(record["metrics"], abs=1e-6)


def test_an_altered_result_is_found(home: Path) -> None:
    with exam(home) as terminal:
        target = begun(terminal)
        terminal.type_text(target[:30], gaps=[0.1] * 29)
        terminal.wait_for("this run")
        until((home / "result.json").exists)
        terminal.send("q")
        assert terminal.wait() == 0
    path = home / "result.json"
    result = json.loads(path.read_text(encoding="utf-8"))
    result["metrics"]["wpm"] += 10
    path.write_text(json.dumps(result), encoding="utf-8")
    replayed = run(home, "replay", str(path), "--json")
    assert replayed.returncode == 5
    assert "wpm is" in replayed.stderr
    assert len(json.loads(replayed.stdout)["differences"]) == 1
    result["metrics"]["wpm"] -= 10
    result["log"] = result["log"].replace('"key"', '"kex"', 1)
    path.write_text(json.dumps(result), encoding="utf-8")
    assert run(home, "replay", str(path)).returncode == 5


def test_ctrl_c_asks_once_and_the_result_says_so(home: Path) -> None:
    with exam(home) as terminal:
        target = begun(terminal)
        terminal.type_text(target[:5], wpm=600)
        terminal.send("\x03")
        terminal.wait_for("Ctrl-C once more ends the test")
        terminal.send(target[5])
        terminal.wait_for(lambda rows: "Ctrl-C once more" not in "\n".join(rows))
        terminal.send("\x03")
        terminal.wait_for("Ctrl-C once more ends the test")
        terminal.send("\x03")
        assert terminal.wait() == 130
        terminal.assert_clean()
    assert newest_log(home).final_text() == target[:6]
    result = json.loads((home / "result.json").read_text(encoding="utf-8"))
    assert '["end"' in result["log"]
    assert '"quit"' in result["log"].splitlines()[-1]
    assert run(home, "replay", str(home / "result.json")).returncode == 0


def test_an_interrupted_test_cannot_be_gone_on_with_and_its_result_says_so(home: Path) -> None:
    with exam(home) as terminal:
        target = begun(terminal)
        terminal.type_text(target[:9], wpm=600)
        until(lambda: newest_log(home).final_text() == target[:9])
        terminal.kill()
    with Terminal(home) as terminal:
        terminal.wait_for("One-minute copy")
        assert "A test was interrupted" in folded(terminal.text())
        terminal.send("q")
        assert terminal.wait() == 0
        terminal.assert_clean()
        said = folded(terminal.said())
    assert not attempts_of(home).interrupted()
    (path,) = home.rglob("typetrainer-result-*.json")
    assert path.name in said
    assert json.loads(path.read_text(encoding="utf-8"))["log"].splitlines()[-1].endswith('"quit"]')
    assert run(home, "replay", str(path)).returncode == 0


def test_leaving_the_moment_it_ends_still_writes_the_result(home: Path) -> None:
    with exam(home) as terminal:
        target = begun(terminal)
        terminal.type_text(target[:6], wpm=600)
        terminal.wait_for("menu", 10)
        terminal.send("q")
        assert terminal.wait() == 0
        terminal.assert_clean()
    assert run(home, "replay", str(home / "result.json")).returncode == 0


@HEAVY
@pytest.mark.languagetool
def test_a_reply_test_left_before_its_check_still_writes_the_result(home: Path, languagetool_cache: Path) -> None:
    out = home / "result.json"
    with Terminal(
        home, "drill", "reply", "--exam", "--item", "brightpath/second-technician", "--out", str(out),
        TYPETRAINER_LT_DIR=str(languagetool_cache),
    ) as terminal:  # fmt: skip
        terminal.wait_for("This is a test")
        terminal.send("s")
        terminal.wait_for("When you are ready")
        terminal.send("\r")
        terminal.wait_for("Enter sends it")
        terminal.type_text("We are sorry that nobody came.", wpm=2400)
        terminal.send("\r")
        terminal.wait_for("is being checked")
        terminal.send("q")
        assert terminal.wait() == 0
        terminal.assert_clean()
    assert run(home, "replay", str(out)).returncode == 0
    assert json.loads(out.read_text(encoding="utf-8"))["assessment"]["findings"] is None


def test_a_result_is_never_written_over_another(home: Path) -> None:
    home.mkdir()
    (home / "result.json").write_text("mine", encoding="utf-8")
    with Terminal(home, "drill", "copy", "--exam", "--seconds", "5", "--out", str(home / "result.json")) as terminal:
        assert terminal.wait() == 2
        assert "exists already" in terminal.text().replace("\n", "")
    assert (home / "result.json").read_text(encoding="utf-8") == "mine"
