"""Plain mode as transcripts: what is said and echoed for which keys, in golden files, and nothing a terminal obeys.

In the files `\\b \\b` is one cell taken back and `\\a` the bell.
"""

import re
from collections import deque
from collections.abc import Callable
from pathlib import Path

import pytest
from ui_world import FakeChecker, Stream, World, bill, changed, golden, record_of

from typetrainer.content.request import DrillRequest
from typetrainer.core.text import graphemes
from typetrainer.errors import UsageProblem
from typetrainer.ui.input import PASTE, TEXT, KeyEvent
from typetrainer.ui.plain.run import _Sitting, run_plain_drill
from typetrainer.ui.plain.terminal import LeftError, PlainTerminal

_KEY = re.compile(r"<([a-z0-9_-]+)(?: (\d+))?>")
FINDINGS = (
    ("noone", "error", "MORFOLOGIK_RULE_EN_GB", "TYPOS", "Possible spelling mistake found.", "no one"),
    ("  ", "typography", "SPACES", "TYPOGRAPHY", "Two blanks.", " "),
)


class FakeTerminal(PlainTerminal):
    """Keys come from a script at its times. A script is text and `<enter>`, `<wait 500>` (ms), `<paste 70>`."""

    def __init__(self, world: World, script: str) -> None:
        self._world = world
        self.clock_ns = world.program.clock_ns
        self._out = world.env.stdout
        self._open_line = False
        self._keys: deque[tuple[int, KeyEvent]] = deque()
        wait = 150
        for part in re.split(r"(<[^<>]*>)", script):
            if found := _KEY.fullmatch(part):
                name, number = found[1], int(found[2] or 0)
                if name == "wait":
                    wait = number
                    continue
                self._keys.append((wait, KeyEvent(PASTE if name == "paste" else name, 0, size=number)))
                wait = 150
                continue
            for cluster in graphemes(part):
                self._keys.append((wait, KeyEvent(TEXT, 0, cluster)))
                wait = 150
        self._due = self.clock_ns() + (self._keys[0][0] * 1_000_000 if self._keys else 0)

    def key(self, until: int | None = None) -> KeyEvent | None:
        program = self._world.program
        if not self._keys:
            raise LeftError(by_choice=False)
        if until is not None and self._due > until:
            program.now = max(until, program.now)
            return None
        program.now = max(self._due, program.now)
        _, event = self._keys.popleft()
        if self._keys:
            self._due = program.now + self._keys[0][0] * 1_000_000
        if event.name == "c-c":
            raise LeftError(by_choice=True)
        return changed(event, at=program.now)

    @property
    def left_over(self) -> int:
        return len(self._keys)


def said(world: World, script: str, request: DrillRequest | None = None) -> str:
    """Play the script to a drill, or to the menu; return what the terminal got, and how it ended."""
    terminal = FakeTerminal(world, script)
    sitting = _Sitting(world.context, terminal)
    try:
        if request is None:
            sitting.menu()
        else:
            sitting.drill(request)
        end = f"----- ended, {terminal.left_over} keys not read"
    except LeftError as left:
        end = f"----- left {'by choice' if left.by_choice else 'because the terminal went away'}"
    text = world.env.stdout.text()
    assert_plain(text)
    for character, shown in (("\b", "\\b"), ("\a", "\\a")):
        text = text.replace(character, shown)
    return "\n".join([text, end, *world.context.farewell, ""])


def assert_plain(text: str) -> None:
    """Whether nothing was written that a terminal obeys but a new line, a step back and the bell."""
    for character in text:
        assert character.isprintable() or character in "\n\b\a", repr(character)
    assert "\x1b" not in text


COPY = bill().replace("\n", " ")
WRONG = (
    COPY.replace("checked", "chekced")
    .replace("fault", "falt")
    .replace(" the 4th", " 4th")
    .replace("you will", "yo uwill")
)

EXAM = {"item": None, "pack": "brook", "seconds": 20.0, "exam": True, "out": Path("result.json")}
COPY_SCRIPTS: dict[str, tuple[str, dict[str, object]]] = {
    "right": (COPY, {}),
    "wrong_words": (WRONG, {}),
    "enter_at_phrases": ("Thanks for waiting, Priya. I have checked your March bill,<enter>and<enter>the", {}),
    "backspace_over_a_phrase": (
        "Thanks for waiting, Priya. I have checked your March bill, <backspace><backspace>, an<c-w><c-w><c-w>", {},
    ),
    "stop": ("Txhanks <enter>fxor", {"policy": "stop"}),
    "no_backspace": ("Thx<backspace>nks", {"policy": "no-backspace"}),
    "strict": ("Thx", {"policy": "strict"}),
    "timed": ("Thanks for <wait 30000>waiting", {"item": None, "pack": "brook", "seconds": 20.0}),
    "restart": ("Thanks<c-r>Tha<c-c>", {}),
    "function_keys": ("Than<f1>ks f<f2>or<f3><tab><f9><up>", {}),
    "timed_function_keys": ("Thanks<f2>", {"item": None, "pack": "brook", "seconds": 20.0}),
    "paste": ("Than<paste 70>ks", {}),
    "enter_first": ("<enter>Thanks", {}),
    "left": ("Thanks for waiting<c-c>", {}),
    "gone": ("Thanks for waiting", {}),
    "stopped_at_the_last_phrase": (COPY[:-6] + "<enter>", {}),
    "exam": (
        "sx<enter>Thxnks for<f1><f2><f3><c-r><wait 30000>x",
        EXAM,
    ),
    "exam_practice": (
        "<enter>Th<wait 40000>x<enter>Thanks<wait 30000>x",
        EXAM,
    ),
    "exam_left": ("s<enter>Thanks<c-c>", EXAM),
}  # fmt: skip


@pytest.mark.parametrize("name", COPY_SCRIPTS)
def test_copy(world, name):
    script, request = COPY_SCRIPTS[name]
    golden(f"plain/copy_{name}.txt", said(world, script, world.request(**request)))


def test_copy_with_a_history(world):
    world.context.store.history.insert(*[record_of(number, gap_us=300_000 - number * 9_000) for number in range(4)])
    golden("plain/copy_with_a_history.txt", said(world, COPY, world.request()))


def test_several_texts(world):
    request = world.request()
    three = changed(request, tasks=request.tasks * 3)
    golden("plain/copy_several.txt", said(world, COPY + "<enter>" + COPY + "q", three))


REPLY = "Hello Daniel, I'm sorry that noone  came."
REPLY_SCRIPTS: dict[str, tuple[str, dict[str, object]]] = {
    "sent": (REPLY + "<enter><enter>", {}),
    "short_send": ("<enter>Ok<enter>  so<enter><enter><enter>", {}),
    "lines": ("Hello<a-enter>Daniel,<c-j><c-j>sorry<enter><enter>", {}),
    "undo": ("Hello Daniel<c-_><c-_>Hi you there<enter><enter>", {}),
    "delete": ("Hello Dan<backspace><backspace><c-w>Dan 李<backspace><a-enter>x<backspace><backspace>!", {}),
    "article": ("Hello<f4><f1><f2><f3><tab>", {}),
    "limit": ("Hello Daniel<f2><wait 300000><enter>", {"seconds": 60.0}),
    "paste": ("Hello<paste 500>", {}),
    "restart": ("Hello<c-r>Hi<c-c>", {}),
    "left": ("Hello Daniel<c-c>", {}),
    "exam": ("sx<enter>Hello<c-r> Daniel, sorry.<enter>r<enter><enter>", {"exam": True, "out": Path("result.json")}),
}


@pytest.mark.parametrize("name", REPLY_SCRIPTS)
def test_reply(world, name):
    script, request = REPLY_SCRIPTS[name]
    world.checker = FakeChecker(FINDINGS if name == "sent" else [])
    golden(f"plain/reply_{name}.txt", said(world, script, world.request("reply", "brook/missed-visit", **request)))
    assert world.checker.started


def test_reply_without_an_article(world):
    request = world.request("reply", "brook/long-story")
    assert "This case has no article and no policy." in said(world, "<f4>", request)


def test_reply_that_is_not_checked(world):
    world.checker = FakeChecker(None, "LanguageTool is not installed.")
    text = said(world, REPLY + "<enter>", world.request("reply", "brook/missed-visit"))
    assert "Language: not checked. LanguageTool is not installed." in text


# --- interrupted, the menu ---

OFFERS = {"go_on": "<enter>for waiting, ", "keep": "k", "discard": "dd", "later": "lq"}


@pytest.mark.parametrize("name", OFFERS)
def test_interrupted(world, name):
    world.interrupted(0, typed="Thanks ")
    golden(f"plain/interrupted_{name}.txt", said(world, OFFERS[name] + "q"))
    left = world.context.store.attempts.interrupted()
    assert len(left) == (1 if name in ("go_on", "later") else 0)


def test_interrupted_reply(world):
    """The item beside this log is none of a pack, so that it cannot go on; the sitting does."""
    world.interrupted(0, typed="Hello you", kind="reply", target=None, policy=None, item="brook/missed-visit")
    golden("plain/interrupted_reply.txt", said(world, "lq"))


def test_menu(world):
    world.context.store.history.insert(*[record_of(number) for number in range(3)])
    golden("plain/menu.txt", said(world, "xyz<up>h<enter>q"))


def test_menu_with_nothing_yet(world):
    assert "Nothing yet:" in said(world, "hq")


@pytest.mark.parametrize(("choice", "first"), [("c", "Copy"), ("1", "Copy · Brook Energy. A wrong key stays"),
                                               ("r", "Reply")])  # fmt: skip
def test_menu_starts_drills(world, choice, first):
    assert first in said(world, choice + "Thank")


# --- from a pipe ---


def from_pipe(world: World, text: str, request: DrillRequest) -> str:
    env = world.env.using(stdin=Stream(text.encode("utf-8", "surrogateescape"), tty=False), stdout=Stream(tty=False))
    env.__dict__["library"] = world.env.library
    assert run_plain_drill(env, request) == 0
    shown = env.stdout.text()
    assert_plain(shown)
    assert "\b" not in shown
    assert "\a" not in shown
    return shown


def test_copy_from_a_pipe(world):
    golden("plain/pipe_copy.txt", from_pipe(world, WRONG + "\n", world.request()))
    (record,) = world.context.store.history.all()
    assert record["metrics"]["wpm"] is None


def test_reply_from_a_pipe(world):
    world.checker = FakeChecker(FINDINGS)
    request = world.request("reply", "brook/missed-visit")
    golden("plain/pipe_reply.txt", from_pipe(world, REPLY + "\nBest regards\n", request))
    assert world.checker.closed


def test_control_characters_from_a_pipe_never_reach_the_terminal(world):
    nasty = "Thanks\x1b[31m for \x07\x00\x9b2J waiting\u202e\udcff"
    from_pipe(world, nasty, world.request())
    from_pipe(world, nasty, world.request("reply", "brook/missed-visit"))


@pytest.mark.parametrize(
    ("change", "said_why"),
    [
        (lambda r: changed(r, manner=changed(r.manner, exam=True)), "--exam needs a terminal"),
        (lambda r: changed(r, tasks=r.tasks * 2), "leave out --items and --seconds"),
        (lambda r: changed(r, limit_s=60.0), "leave out --items and --seconds"),
    ],
)
def test_what_a_pipe_cannot_do(world, change: Callable[[DrillRequest], DrillRequest], said_why):
    with pytest.raises(UsageProblem, match=said_why):
        from_pipe(world, "text", change(world.request()))


def test_an_empty_pipe(world):
    with pytest.raises(UsageProblem, match="Nothing came from the pipe"):
        from_pipe(world, " \n", world.request())
    assert world.context.store.attempts.ids() == []


# --- nasty ---


def test_nasty_texts_are_made_visible(world):
    request = world.request("reply", "brook/missed-visit")
    task = request.tasks[0]
    nasty = "a\x1b[2Jb\x07\r\x9bc\u202ed"
    item = changed(task.reply, message=nasty, know=(nasty,), customer=changed(task.reply.customer, name=nasty))
    world.checker = FakeChecker([("Hello", "error", nasty, "TYPOS", nasty, nasty)])
    text = said(world, "Hello you there<tab><enter>", changed(request, tasks=(changed(task, reply=item),), title=nasty))
    assert "␛[2J" in text


def test_wide_characters_are_taken_back_whole(world):
    request = world.request("reply", "brook/missed-visit")
    text = said(world, "李<backspace>é<backspace>a<backspace>", request)
    assert text.count("李\\b \\b\\b \\bé\\b \\ba\\b \\b") == 1
