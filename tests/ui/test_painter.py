"""The painter against an emulated terminal, and against the library whose parts it uses."""

import inspect
import io
import re
from collections.abc import Callable

import pytest
import scenes
from emulated import Painted, cells_of, drawn
from hypothesis import given, settings
from hypothesis import strategies as st
from prompt_toolkit.application import Application
from prompt_toolkit.application.current import set_app
from prompt_toolkit.data_structures import Point
from prompt_toolkit.data_structures import Size as LibrarySize
from prompt_toolkit.input.vt100 import Vt100Input
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.key_binding.key_processor import KeyProcessor
from prompt_toolkit.layout import Layout, Window
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.renderer import Renderer
from prompt_toolkit.styles import DummyStyle
from ui_world import SMALL, World, golden

from typetrainer.ui.frame import Frame, Size
from typetrainer.ui.painter import Painter
from typetrainer.ui.style import STYLES, palette

FLAGS = ("_in_alternate_screen", "_bracketed_paste_enabled", "_cursor_key_mode_reset", "_cursor_pos")
LITTLE = Size(20, 5)
STYLED = ("copy_middle", "copy_mixed", "copy_exam", "results_past", "results_mistakes_kinds", "reply_selection",
          "reply_start", "sent_findings", "menu", "history_one", "settings_choice", "triage_chosen", "search_opened",
          "both_attempts", "set_aside")  # fmt: skip


# --- golden escapes ---


@pytest.mark.parametrize("name", STYLED)
def test_escapes(name, tmp_path):
    world = World(tmp_path / "home")
    scenes.SCENES[name](world)
    shown = []
    for background in ("dark", "light", "none"):
        written = Painted(SMALL, background).paint(world.frame())
        lines = re.sub(r"(?=\x1b\[\d+;1H)", "\n", written).replace("\x1b", "\\e")
        shown.append(f"===== {background}\n{lines}\n")
    golden(f"styled/{name}.txt", "".join(shown))


# --- property: the terminal shows the frame ---

_clusters = st.sampled_from(["a", "b", "c", " ", " ", "é", "e\u0323", "李", "客", "🙂", "␣", "▸", "─"])
_wide = frozenset("李客🙂")


def _rows(columns: int) -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    def fitting(pieces: list[tuple[str, list[str]]]) -> tuple[tuple[str, str], ...]:
        room, kept = columns, []
        for style, clusters in pieces:
            text = ""
            for cluster in clusters:
                size = 2 if cluster in _wide else 1
                if size > room or (len(cluster) > 1 and room == 1):  # pyte wraps before an accent on the last cell
                    return (*kept, (style, text))
                text, room = text + cluster, room - size
            kept.append((style, text))
        return tuple(kept)

    piece = st.tuples(st.sampled_from(sorted(STYLES)), st.lists(_clusters, max_size=12))
    return st.lists(piece, max_size=5).map(fitting)


@st.composite
def _frames(draw: Callable[..., object], size: Size = LITTLE) -> list[Frame]:
    """A few frames, each made of the one before with some rows replaced."""
    frames = []
    rows: list[tuple[tuple[str, str], ...]] = []
    for _ in range(draw(st.integers(1, 6))):
        count = draw(st.integers(0, size.rows))
        rows = [*rows, *[()] * size.rows][:count]
        for index in draw(st.sets(st.integers(0, size.rows - 1), max_size=3)):
            if index < count:
                rows[index] = draw(_rows(size.columns))
        at = draw(st.none() | st.tuples(st.integers(0, size.rows - 1), st.integers(0, size.columns - 1)))
        frames.append(Frame(tuple(rows), at))
    return frames


@settings(max_examples=150, deadline=None)
@given(_frames())
def test_the_terminal_shows_the_frame(frames):
    painted = Painted(LITTLE)
    for frame in frames:
        painted.paint(frame)
        assert cells_of(painted.terminal) == cells_of(drawn(frame, LITTLE))
        assert painted.terminal.cursor.hidden == (frame.cursor is None)
        if frame.cursor is not None:
            assert (painted.terminal.cursor.y, painted.terminal.cursor.x) == frame.cursor


@settings(max_examples=60, deadline=None)
@given(_frames(), st.lists(st.sampled_from([Size(20, 5), Size(14, 3), Size(30, 8), Size(1, 1), Size(20, 4)])))
def test_after_any_resize_too(frames, sizes):
    painted = Painted(LITTLE)
    for frame, size in zip(frames, [*sizes, *[LITTLE] * 6], strict=False):
        painted.resize(size)
        painted.paint(frame)
        if size.columns >= LITTLE.columns:
            assert cells_of(painted.terminal) == cells_of(drawn(frame, size))
        if frame.cursor is not None:
            assert painted.terminal.cursor.y == min(frame.cursor[0], size.rows - 1)
            assert painted.terminal.cursor.x == min(frame.cursor[1], size.columns - 1)


@settings(max_examples=60, deadline=None)
@given(_frames())
def test_an_unchanged_frame_writes_nothing(frames):
    painted = Painted(LITTLE)
    for frame in frames:
        painted.paint(frame)
        assert painted.paint(frame) == ""
        assert painted.paint(Frame(tuple(tuple(row) for row in frame.rows), frame.cursor)) == ""


def test_a_key_writes_few_bytes(tmp_path):
    world = World(tmp_path)
    world.copy()
    painted = Painted(SMALL)
    whole = painted.paint(world.frame())
    assert len(whole) > 500
    sizes = []
    for character in "Thanks for waiting":
        world.key("text", character)
        sizes.append(len(painted.paint(world.frame())))
    assert 0 < max(sizes[1:]) <= 80, sizes
    assert cells_of(painted.terminal) == cells_of(drawn(world.frame(), SMALL))


# --- edges ---


def test_what_is_too_wide_is_cut_and_never_wraps():
    painted = Painted(LITTLE)
    rows = ((("", "x" * 19 + "李y"),), (("", "z" * 500),), (("wrong", "a"),))
    painted.paint(Frame(rows))
    assert painted.terminal.display[:4] == ["x" * 19 + " ", "z" * 20, "a" + " " * 19, " " * 20]


@pytest.mark.parametrize("text", ["x" * 20, "x" * 18 + "李", "x" * 30])
def test_a_row_that_fills_the_window_is_not_erased_after(text):
    """A terminal's cursor stays on the last cell once that is written: to erase from there would take it away."""
    painted = Painted(LITTLE)
    written = painted.paint(Frame(((("", text),),), (0, 0)))
    assert "\x1b[K" not in written
    assert painted.paint(Frame(((("", "short"),),), (0, 0))).count("\x1b[K") == 1
    assert painted.terminal.display[0].rstrip() == "short"


def test_a_cursor_that_was_hidden_is_put_where_it_belongs():
    """Writing moves a hidden cursor as well."""
    painted = Painted(LITTLE)
    painted.paint(Frame(((("", "one"),),), (0, 1)))
    painted.paint(Frame(((("", "two"),),)))
    painted.paint(Frame(((("", "two"),),), (0, 1)))
    assert (painted.terminal.cursor.y, painted.terminal.cursor.x) == (0, 1)


def test_another_size_is_painted_whole_even_where_nobody_told_of_it():
    painted = Painted(LITTLE)
    frame = Frame(((("", "abc"),),), (0, 0))
    painted.paint(frame)
    painted.size = Size(30, 8)
    written = painted.paint(frame)
    assert "\x1b[2J" in written
    assert "abc" in written


def test_rows_beyond_the_window_are_left_away():
    painted = Painted(LITTLE)
    painted.paint(Frame(tuple((("", f"row {n}"),) for n in range(9)), (8, 50)))
    assert [line.strip() for line in painted.terminal.display] == [f"row {n}" for n in range(5)]
    assert (painted.terminal.cursor.y, painted.terminal.cursor.x) == (4, 19)


def test_fewer_rows_clear_what_stood_below():
    painted = Painted(LITTLE)
    painted.paint(Frame(((("", "one"),), (("selected", "two"),))))
    painted.paint(Frame(((("", "one"),),)))
    assert "".join(painted.terminal.display).strip() == "one"
    assert not painted.terminal.buffer[1][0].reverse


def test_an_unknown_style_is_an_error():
    with pytest.raises(KeyError):
        Painted(LITTLE).paint(Frame(((("no such style", "x"),),)))


def test_a_change_of_the_cursor_alone_is_one_sequence():
    painted = Painted(LITTLE)
    rows = ((("", "abc"),),)
    painted.paint(Frame(rows, (0, 1)))
    assert painted.paint(Frame(rows, (0, 2))) == "\x1b[1;3H"
    assert painted.paint(Frame(rows)) == "\x1b[?25l"
    assert painted.paint(Frame(rows)) == ""
    assert painted.paint(Frame(rows, (0, 2))) in ("\x1b[1;3H\x1b[?25h", "\x1b[?25h")


def test_clear_repaints_the_whole():
    painted = Painted(LITTLE)
    frame = Frame(((("", "abc"),),), (0, 1))
    painted.paint(frame)
    painted.painter.clear()
    painted.stream.feed(painted.taken())
    assert "abc" not in painted.terminal.display[0]
    painted.paint(frame)
    assert painted.terminal.display[0].startswith("abc")


# --- the library ---


def test_a_hidden_cursor_comes_back_at_the_end():
    painted = Painted(LITTLE)
    painted.paint(Frame(((("", "abc"),),)))
    assert painted.terminal.cursor.hidden
    painted.painter.render(None, None, is_done=True)
    said = painted.taken()
    assert said.index("\x1b[?25h") >= 0
    assert "\x1b[?1049l" in said
    assert "\x1b[?2004l" in said


def _flags(renderer: Renderer) -> dict[str, object]:
    return {name: getattr(renderer, name) for name in FLAGS if name != "_cursor_pos"}


def _library(written: io.StringIO) -> tuple[Renderer, Vt100_Output]:
    output = Vt100_Output(written, lambda: LibrarySize(5, 20), term="xterm")
    return Renderer(DummyStyle(), output, full_screen=True), output


def test_the_names_it_uses_exist_and_mean_the_same():
    """The state of the terminal, as flags and as bytes, is the library's after a first frame, a reset, and the end."""
    theirs = io.StringIO()
    renderer, output = _library(theirs)
    app: Application[None] = Application(layout=Layout(Window()), full_screen=True, output=DummyOutput())
    painted = Painted(LITTLE)
    assert _flags(renderer) == _flags(painted.painter)
    with set_app(app):
        renderer.render(app, app.layout)
        output.flush()
    mine = painted.paint(Frame(((("", "abc"),),), (0, 0)))
    assert _flags(renderer) == _flags(painted.painter)
    assert _modes(theirs.getvalue()) == _modes(mine) == {"1049": "h", "2004": "h", "1": "l"}
    for leave in (False, True):
        theirs.seek(0)
        theirs.truncate()
        renderer.reset(leave_alternate_screen=leave)
        painted.painter.reset(leave_alternate_screen=leave)
        assert _flags(renderer) == _flags(painted.painter)
        assert painted.painter._cursor_pos == renderer._cursor_pos == Point(x=0, y=0)
        assert _modes(painted.taken()) == _modes(theirs.getvalue())
        with set_app(app):
            renderer.render(app, app.layout)
        painted.paint(painted.frame)


def _modes(text: str) -> dict[str, str]:
    """Return the modes a text leaves set and reset: alternate screen, bracketed paste, cursor keys."""
    modes = dict(re.findall(r"\x1b\[\?(\d+)([hl])", text))
    return {mode: modes[mode] for mode in ("1049", "2004", "1") if mode in modes}


@pytest.mark.parametrize(
    ("owner", "name", "parameters"),
    [
        (Renderer, "render", ["self", "app", "layout", "is_done"]),
        (Renderer, "reset", ["self", "_scroll", "leave_alternate_screen"]),
        (Renderer, "erase", ["self", "leave_alternate_screen"]),
        (Renderer, "clear", ["self"]),
        (Application, "_redraw", ["self", "render_as_done"]),
        (Application, "_on_resize", ["self"]),
        (Application, "exit", None),
        (Application, "run_async",
         ["self", "pre_run", "set_exception_handler", "handle_sigint", "slow_callback_duration"]),
        (Vt100Input, "read_keys", ["self"]),
        (Vt100Input, "flush_keys", ["self"]),
        (Vt100Input, "cooked_mode", ["self"]),
        (Vt100Parser, "feed", ["self", "data"]),
        (Vt100Parser, "flush", ["self"]),
        (KeyProcessor, "process_keys", ["self"]),
        (KeyProcessor, "send_sigint", ["self"]),
        (KeyProcessor, "feed_multiple", ["self", "key_presses", "first"]),
    ],
)  # fmt: skip
def test_the_library_still_has_what_is_overridden_and_called(owner, name, parameters):
    method = getattr(owner, name)
    if parameters is not None:
        assert list(inspect.signature(method).parameters) == parameters


def test_the_library_still_has_the_members_that_are_set():
    app: Application[None] = Application(output=DummyOutput(), max_render_postpone_time=None)
    assert {"ttimeoutlen", "key_processor", "renderer", "is_running", "is_done"} <= set(dir(app))
    assert hasattr(app.key_processor, "input_queue")
    source = inspect.getsource(Application)
    for use in ("self.renderer.render(", "self.renderer.erase(", "self.key_processor.feed_multiple(",
                "self.key_processor.process_keys()", "self.key_processor.send_sigint", "sleep(self.ttimeoutlen)",
                "self.input.flush_keys()"):  # fmt: skip
        assert use in source, use
    assert "self._buffer" in inspect.getsource(Vt100Input.read_keys)


def test_the_palette_has_every_style():
    for background in ("dark", "light", "none"):
        assert palette(background).keys() == STYLES
    painter = Painter(DummyOutput(), lambda _: Frame(()), palette("dark"))
    assert painter.palette == palette("dark")
