"""One whole drill of each kind of writing on a terminal, with the packs of the tests."""

import shutil
from pathlib import Path

import pytest
from harness import Terminal, attempts_of

from typetrainer.core.log import Put

pytestmark = pytest.mark.pty
PACK = Path(__file__).parent.parent / "ui" / "packs" / "brook"


def drill(home: Path, kind: str, item: str, *arguments: str) -> Terminal:
    """Start a drill of the tests' pack, as a user's own."""
    folder = home / "tt" / "data" / "packs" / "brook"
    if not folder.exists():
        shutil.copytree(PACK, folder)
    return Terminal(home, "drill", kind, "--item", f"brook/{item}", *arguments)


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
        terminal.wait_for("Next time")
        record = ended(terminal)
    assert attempts_of(home).read(str(record["id"])).log.final_text() == "Issue: no power.\nCause: toaster"
