"""One whole drill of each kind of writing on a terminal, with the packs of the tests."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from harness import Terminal, attempts_of, run

from typetrainer.core.log import Mark, Put

pytestmark = pytest.mark.pty
PACK = Path(__file__).parent.parent / "ui" / "packs" / "brook"


def drill(home: Path, kind: str, item: str, *arguments: str, **more: Any) -> Terminal:
    """Start a drill of the tests' pack, as a user's own."""
    folder = home / "tt" / "data" / "packs" / "brook"
    if not folder.exists():
        shutil.copytree(PACK, folder)
    return Terminal(home, "drill", kind, "--item", f"brook/{item}", *arguments, **more)


def ended(terminal: Terminal) -> dict[str, object]:
    """Leave the results and return the attempt's record."""
    terminal.send("q")
    assert terminal.wait() == 0
    terminal.assert_clean()
    return terminal.history()[-1]


def test_fix(home: Path) -> None:
    with drill(home, "fix", "late-fitting") as terminal:
        terminal.wait_for("F5 take it over")
        terminal.send("\x1b[15~")
        terminal.wait_for("Alt-Enter line")
        terminal.type_text("Sorry, Tolu. ", wpm=1200)
        terminal.send("\r")
        terminal.wait_for("Still there")
        record = ended(terminal)
    assert (record["kind"], record["metrics"]["inserted"]) == ("fix", 13)  # type: ignore[index]
    log = attempts_of(home).read(str(record["id"])).log
    assert isinstance(log.events[0], Put)
    assert log.final_text().startswith("Sorry, Tolu. As I said")


@pytest.mark.parametrize(("kind", "item", "begin"), [
    ("note", "tripped-switch", "Write the note"), ("article", "reset-switch", "Line 1 is the title"),
])  # fmt: skip
def test_note_and_article(home: Path, kind: str, item: str, begin: str) -> None:
    with drill(home, kind, item) as terminal:
        terminal.wait_for(begin)
        terminal.type_text("A switch tripped\r\rPush the switch up.", wpm=1200)
        terminal.wait_for("7 of ")
        terminal.resize(20, 5)
        terminal.wait_for("too small")
        terminal.resize(80, 24)
        terminal.wait_for("Push the switch up.")
        terminal.send("\x13")
        terminal.wait_for("Next time")
        record = ended(terminal)
    assert (record["kind"], record["reason"]) == (kind, "done")
    assert attempts_of(home).read(str(record["id"])).log.final_text() == "A switch tripped\n\nPush the switch up."


def test_a_killed_note_goes_on(home: Path) -> None:
    with drill(home, "note", "tripped-switch") as terminal:
        terminal.wait_for("Write the note")
        terminal.type_text("Issue: no power.\rCause:", wpm=1200)
        terminal.settle(1.5)
        terminal.kill()
    with drill(home, "note", "tripped-switch") as terminal:
        terminal.wait_for("go on where it stopped")
        terminal.send("\r")
        terminal.wait_for("Issue: no power.")
        terminal.type_text(" toaster", wpm=1200)
        terminal.send("\x13")
        terminal.wait_for("of 100")
        record = ended(terminal)
    assert attempts_of(home).read(str(record["id"])).log.final_text() == "Issue: no power.\nCause: toaster"


# --- triage and search ---

RIGHT, DOWN, ALT_5, F6 = "\x1b[C", "\x1b[B", "\x1b5", "\x1b[17~"


def chosen(home: Path, attempt: object) -> dict[str, object]:
    """Return the last mark of each name of an attempt."""
    log = attempts_of(home).read(str(attempt)).log
    return {event.name: event.value for event in log.events if isinstance(event, Mark)}


def test_triage(home: Path) -> None:
    with drill(home, "triage", "gas-smell") as terminal:
        terminal.wait_for("Choose what to do")
        terminal.type_text("3 of them smell gas", wpm=1200)  # digits are text
        terminal.send("\r")
        terminal.wait_for("Choose what to do first")
        terminal.send(RIGHT)
        terminal.wait_for("● Alt-1 reply")
        terminal.send(ALT_5)
        terminal.wait_for("● Alt-5 Network Control")
        terminal.resize(20, 5)
        terminal.wait_for("too small")
        terminal.resize(120, 40)
        terminal.wait_for("3 of them smell gas")
        terminal.send("\r")
        terminal.wait_for("✓ escalate to Network Control")
        record = ended(terminal)
    assert (record["kind"], record["reason"]) == ("triage", "done")
    marks = chosen(home, record["id"])
    assert (marks["action"], marks["tier"]) == ("escalate", "network")


def test_search(home: Path) -> None:
    with drill(home, "search", "red-digits") as terminal:
        terminal.wait_for("Type to search 4 articles.")
        terminal.type_text("blakc digits", wpm=1200)
        terminal.wait_for("2 articles found")
        terminal.send(DOWN)
        terminal.send("\r")
        terminal.wait_for("Leave the red ones out")
        terminal.wait_for("Is it the answer?")
        terminal.send("\r")
        terminal.wait_for("From Reading your meter")
        terminal.type_text("Just the black digits, please.", wpm=1200)
        terminal.send("\r")
        terminal.wait_for("✓ Reading your meter")
        record = ended(terminal)
    assert chosen(home, record["id"]).items() >= {
        "query": "blakc digits", "open": "reading-your-meter", "article": "reading-your-meter",
    }.items()  # fmt: skip
    replayed = run(home, "replay", str(record["id"]))
    assert replayed.returncode == 0
    assert "search · brook/red-digits" in replayed.stdout


def test_a_killed_triage_goes_on_with_its_choices(home: Path) -> None:
    with drill(home, "triage", "gas-smell") as terminal:
        terminal.wait_for("Choose what to do")
        terminal.send(ALT_5)
        terminal.wait_for("● Alt-5 Network Control")
        terminal.settle(1.5)
        terminal.kill()
    with drill(home, "triage", "gas-smell") as terminal:
        terminal.wait_for("go on where it stopped")
        terminal.send("\r")
        terminal.wait_for("● Alt-5 Network Control")
        terminal.type_text("It may be gas.", wpm=1200)
        terminal.send("\r")
        terminal.wait_for("✓ escalate to Network Control")
        record = ended(terminal)
    assert record["reason"] == "done"


def test_a_killed_search_goes_on_with_its_source(home: Path) -> None:
    with drill(home, "search", "red-digits") as terminal:
        terminal.wait_for("Type to search")
        terminal.type_text("smart", wpm=1200)
        terminal.wait_for("1 article found")
        terminal.send("\r")
        terminal.wait_for("Is it the answer?")
        terminal.send("\r")
        terminal.wait_for("From Smart meters")
        terminal.type_text("Just the black", wpm=1200)
        terminal.settle(1.5)
        terminal.kill()
    with drill(home, "search", "red-digits") as terminal:
        terminal.wait_for("go on where it stopped")
        terminal.send("\r")
        terminal.wait_for("From Smart meters")
        terminal.send("\x06")
        terminal.wait_for("● your source")
        terminal.send("\x06")
        terminal.type_text(" digits, please.", wpm=1200)
        terminal.send("\r")
        terminal.wait_for("✓ Smart meters")
        record = ended(terminal)
    assert attempts_of(home).read(str(record["id"])).log.final_text() == "Just the black digits, please."


def test_an_exam_of_search(home: Path) -> None:
    with drill(home, "search", "red-digits", "--exam", "--seconds", "60", "--out", str(home / "r.json")) as terminal:
        terminal.wait_for("skip practice")
        terminal.send("s")
        terminal.wait_for("press Enter")
        terminal.send("\r")
        terminal.wait_for("Type to search")
        terminal.send("digits\r\r")
        terminal.wait_for(" From ")
        terminal.type_text("Just the black digits, please.", wpm=1200)
        terminal.send("\r")
        terminal.wait_for("You chose")
        ended(terminal)
    replayed = run(home, "replay", str(home / "r.json"))
    assert replayed.returncode == 0
    assert "all numbers are those of its log" in replayed.stdout


def test_plain_triage(home: Path) -> None:
    with drill(home, "triage", "gas-smell", "--plain", size=(80, 50)) as terminal:
        terminal.wait_for("What to do? Press a digit.")
        terminal.send("1")
        terminal.wait_for("You chose: reply.")
        terminal.send(F6)
        terminal.send("3")
        terminal.wait_for("To whom? Press a digit.")
        terminal.send("2")
        terminal.wait_for("You chose: escalate to Network Control.")
        terminal.type_text("It may be gas.", wpm=1200)
        terminal.send("\r")
        terminal.wait_for("Enter goes on.")
        terminal.send("m\r")
        terminal.wait_for("A model answer.")
        terminal.send("\r")
        assert terminal.wait() == 0
        terminal.assert_clean()
    assert chosen(home, attempts_of(home).ids()[-1])["tier"] == "network"


def test_again_shows_both_attempts(home: Path) -> None:
    with drill(home, "triage", "which-meter") as terminal:
        terminal.wait_for("Choose what to do")
        for key, text in (("\x1b1", "Thank him for it."), ("\x1b2", "She has two meters.")):
            terminal.send(key)
            terminal.wait_for(f"● Alt-{key[-1]}")
            terminal.type_text(text, wpm=1200)
            terminal.send("\r")
            terminal.wait_for("You chose")
            if text.startswith("Thank"):
                terminal.send("r")
                terminal.wait_for("Choose what to do, then")
        terminal.send("b")
        rows = terminal.wait_for("both attempts")
        assert any("chose before" in row and "✗ reply" in row for row in rows)
        assert any("chose now" in row and "✓ ask first" in row for row in rows)
        assert any(row.startswith(" ✗") and "✓" in row and "She has two meters." in row for row in rows)
        ended(terminal)
