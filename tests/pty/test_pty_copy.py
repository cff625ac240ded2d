"""Copy drills as a typist meets them: policies, asking, starting again, figures, results and where they lead."""

import json
from pathlib import Path

import pytest
from harness import Terminal, attempts_of, copy_drill, newest_log, only_log, run, typed_keys, until

from typetrainer.core.log import Block, Mark

pytestmark = pytest.mark.pty
TEXT = "Thanks for waiting, Priya."


def leave(terminal: Terminal, key: str = "q", status: int = 0) -> None:
    terminal.send(key)
    assert terminal.wait() == status
    terminal.assert_clean()


def finished(terminal: Terminal) -> None:
    terminal.wait_for("this run")


def test_stop_lets_no_wrong_key_in(home: Path) -> None:
    with copy_drill(home, TEXT, "--policy", "stop") as terminal:
        assert "stop" in terminal.screen()[0]
        terminal.send("T")
        terminal.send("x")
        terminal.send("y")
        terminal.type_text(TEXT[1:], wpm=1200)
        finished(terminal)
        leave(terminal)
        (record,) = terminal.history()
    log = only_log(home)
    assert [event.typed for event in log.events if isinstance(event, Block)] == ["x", "y"]
    assert log.final_text() == TEXT
    assert record["policy"] == "stop"
    assert record["metrics"]["blocked"] == 2
    assert record["metrics"]["INF"] == 0


def test_no_backspace_says_so_and_goes_on(home: Path) -> None:
    with copy_drill(home, TEXT, "--policy", "no-backspace") as terminal:
        terminal.send("Tx\x7f")
        terminal.wait_for("Backspace is off")
        terminal.type_text(TEXT[2:], wpm=1200)
        finished(terminal)
        leave(terminal)
    log = only_log(home)
    assert log.final_text() == "Tx" + TEXT[2:]
    assert sum(isinstance(event, Mark) and event.name == "backspace_refused" for event in log.events) == 1


def test_strict_ends_at_the_first_error(home: Path) -> None:
    with copy_drill(home, TEXT, "--policy", "strict") as terminal:
        terminal.type_text("Thanx", wpm=1200)
        finished(terminal)
        leave(terminal)
        (record,) = terminal.history()
    assert only_log(home).final_text() == "Thanx"
    assert record["reason"] == "error"


def test_free_marks_errors_and_takes_them_back(home: Path) -> None:
    with copy_drill(home, TEXT) as terminal:
        terminal.type_text("Thunks ", wpm=1200)
        rows = terminal.wait_for(lambda rows: any(row.strip() == "u" for row in rows))
        below = next(row for row in rows if row.strip() == "u")
        above = rows[rows.index(below) - 1]
        assert above[below.index("u")] == "a", "what was typed stands below what should have been"
        terminal.send("\x17")  # Ctrl-W: the whole word
        terminal.type_text(TEXT, wpm=1200)
        finished(terminal)
        assert "7 corrected on the way" in terminal.text()
        leave(terminal)
        (record,) = terminal.history()
    assert record["metrics"]["IF"] == 7
    assert record["metrics"]["accuracy"] < 1


def test_enter_asks_once_before_it_stops(home: Path) -> None:
    with copy_drill(home, TEXT) as terminal:
        terminal.send("\r")  # before the first key there is nothing to stop
        terminal.type_text("Thanks", wpm=1200)
        terminal.send("\r")
        terminal.wait_for("Enter once more stops here")
        terminal.send(" ")
        terminal.wait_for(lambda rows: not any("Enter once more" in row for row in rows))
        terminal.send("\r")
        terminal.wait_for("Enter once more stops here")
        terminal.send("\r")
        finished(terminal)
        leave(terminal)
        (record,) = terminal.history()
    assert record["reason"] == "quit"
    assert only_log(home).final_text() == "Thanks "


def test_enter_within_the_last_word_is_the_end(home: Path) -> None:
    with copy_drill(home, TEXT) as terminal:
        terminal.type_text(TEXT[:-1], wpm=1200)
        terminal.send("\r")
        finished(terminal)
        assert "." in terminal.text()
        leave(terminal)
        (record,) = terminal.history()
    assert record["reason"] == "done"
    assert record["metrics"]["INF"] == 1


def test_starting_again_keeps_what_was_long_enough(home: Path) -> None:
    with copy_drill(home, TEXT) as terminal:
        terminal.type_text("Thanks", wpm=1200)
        terminal.send("\x12")
        terminal.wait_for("the clock starts with your first key")
        terminal.type_text(TEXT[:20], wpm=1200)
        terminal.send("\x12")
        terminal.wait_for("the clock starts with your first key")
        terminal.type_text(TEXT, wpm=1200)
        finished(terminal)
        leave(terminal)
        records = terminal.history()
    assert [record["reason"] for record in records] == ["quit", "done"]
    assert newest_log(home).final_text() == TEXT


def test_figures_can_be_shown_and_hidden(home: Path) -> None:
    with copy_drill(home, TEXT) as terminal:
        terminal.type_text(TEXT[:12], gaps=[0.1] * 11)
        terminal.wait_for(lambda rows: "wpm" in rows[-2], 3)
        terminal.send("\t")
        terminal.wait_for(lambda rows: "wpm" not in rows[-2])
        terminal.send("\t")
        terminal.wait_for(lambda rows: "wpm" in rows[-2])
        leave(terminal, "\x03", 130)
    with copy_drill(home, TEXT, "--no-figures") as terminal:
        terminal.type_text(TEXT[:12], gaps=[0.1] * 11)
        assert "wpm" not in terminal.settle()[-2]
        leave(terminal, "\x03", 130)


def test_the_pace_mark_moves_with_the_clock(home: Path) -> None:
    with copy_drill(home, TEXT * 4, "--pace", "120") as terminal:
        terminal.send("T")
        rows = terminal.wait_for(lambda rows: "behind it" in rows[-2] and any("▴" in row for row in rows[:-2]))
        column = next(row.index("▴") for row in rows[:-2] if "▴" in row)
        terminal.wait_for(lambda rows: any("▴" in row and row.index("▴") >= column + 4 for row in rows[:-2]))
        leave(terminal, "\x03", 130)


def test_help_stops_the_clock(home: Path) -> None:
    with copy_drill(home, TEXT) as terminal:
        terminal.type_text(TEXT[:5], wpm=1200)
        asked = terminal.send("\x1bOP")
        terminal.wait_for("Nothing is sent anywhere")
        until(lambda: terminal.settle(0.3) or True)
        back = terminal.send("x")  # goes on, and is not typed
        terminal.wait_for("Thanks for waiting")
        terminal.type_text(TEXT[5:], wpm=1200)
        finished(terminal)
        leave(terminal)
        (record,) = terminal.history()
    log = only_log(home)
    pause, resume = (event.t for event in log.events if isinstance(event, Mark) and event.name in ("pause", "resume"))
    assert (resume - pause) * 1000 == pytest.approx(back - asked, abs=50e6)
    assert log.final_text() == TEXT
    keyed = [event.t for event in log.events if not isinstance(event, Mark)]
    assert record["metrics"]["seconds"] == pytest.approx((keyed[-1] - keyed[0] - resume + pause) / 1e6, abs=1e-5)


def test_the_results_lead_on_by_their_keys(home: Path) -> None:
    with copy_drill(home, TEXT) as terminal:
        terminal.type_text(TEXT.replace("waiting", "wating"), wpm=1200)
        finished(terminal)
        assert "wating" in terminal.text()
        terminal.send("m")
        terminal.wait_for("“i” missing")
        terminal.send("m")
        finished(terminal)
        terminal.send("e")
        terminal.wait_for("What the numbers mean")
        terminal.send("x")
        finished(terminal)
        terminal.send("r")
        terminal.wait_for("the clock starts with your first key")
        terminal.type_text(TEXT, wpm=1200)
        finished(terminal)
        terminal.wait_for("your last 1")
        terminal.send("h")
        terminal.wait_for("One-minute copy")
        leave(terminal)
    assert len(attempts_of(home).ids()) == 2


def test_several_items_follow_one_another(home: Path) -> None:
    with Terminal(home, "drill", "copy", "--items", "2", "--seed", "1", "--pack", "brightpath") as terminal:
        for number in (1, 2):
            terminal.wait_for(f"{number} of 2")
            until(lambda wanted=number: len(attempts_of(home).ids()) == wanted)
            target = newest_log(home).header.target
            assert target
            terminal.type_text(target, wpm=2400)
            finished(terminal)
            if number == 1:
                terminal.send("\r")
        leave(terminal)
        records = terminal.history()
    assert len({record["session"] for record in records}) == 1
    assert len({record["item"] for record in records}) == 2


def test_chooser_history_and_settings(home: Path) -> None:
    with Terminal(home) as terminal:
        terminal.wait_for("One-minute copy")
        terminal.send("h")
        terminal.wait_for("Nothing yet")
        terminal.send("h")
        terminal.wait_for("One-minute copy")
        terminal.send(",")
        terminal.wait_for("live figures")
        terminal.send("\x1b[B")
        terminal.wait_for("What happens at a wrong key")
        terminal.send("\x1b[C")
        terminal.wait_for(lambda rows: any("policy" in row and "stop" in row for row in rows))
        terminal.send("h")
        terminal.wait_for("One-minute copy")
        terminal.send("c")
        terminal.wait_for("the clock starts with your first key")
        assert " stop " in terminal.screen()[0] + " "
        until(lambda: attempts_of(home).ids())
        target = newest_log(home).header.target
        assert target
        terminal.type_text("\x00~" + target, wpm=2400)
        finished(terminal)
        terminal.send("h")
        terminal.wait_for("One-minute copy")
        terminal.send("h")
        terminal.wait_for(" wpm ")
        terminal.send("\r")
        terminal.wait_for("one attempt")
        terminal.send("\x1b[6~")
        terminal.wait_for("kspc")
        terminal.send("x")
        terminal.wait_for("1 attempt")
        terminal.send("\x1b")
        terminal.wait_for("One-minute copy")
        leave(terminal)
    assert only_log(home).header.policy == "stop"
    assert [type(event) for event in only_log(home).events][:1] == [Block]
    assert run(home, "settings", "get", "policy").stdout == "stop\n"


def test_the_log_holds_what_was_typed_and_replays_to_the_same_numbers(home: Path) -> None:
    keys = ["T", "h", "e", "\x7f", "a", "n", "k", "s", " ", "x", "\x7f", *TEXT[7:]]
    with copy_drill(home, TEXT) as terminal:
        terminal.type_text(keys, wpm=900)
        finished(terminal)
        leave(terminal)
        (record,) = terminal.history()
    assert typed_keys(only_log(home)) == ["" if key == "\x7f" else key for key in keys]
    replayed = json.loads(run(home, "replay", record["id"], "--json").stdout)
    assert replayed["metrics"] == pytest.approx(record["metrics"], abs=1e-6)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
def test_no_colour_and_other_sizes_show_the_same(home: Path, size: tuple[int, int]) -> None:
    with copy_drill(home, TEXT, size=size, NO_COLOR="1") as terminal:
        terminal.type_text(TEXT, wpm=1200)
        finished(terminal)
        leave(terminal)
    assert b"\x1b[38;5" not in terminal.raw
    assert b";3" not in terminal.raw.replace(b";3H", b"")
