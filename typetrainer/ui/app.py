"""The running program: one prompt_toolkit application that shows one screen after another.

prompt_toolkit gives the event loop, raw mode, the parsing of keys, resizing and suspending. The picture is the
painter's, keys arrive stamped. Nothing on the loop may take over 10 ms; what may is sent to a thread by `work`, or
by `await_` when it waits for someone else.
"""

import asyncio
import contextlib
import gc
import os
import signal
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from prompt_toolkit.application import Application, application
from prompt_toolkit.formatted_text import ANSI
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from prompt_toolkit.output import Output
from prompt_toolkit.styles import DummyStyle

from typetrainer.core.stats import quantile
from typetrainer.ui.frame import Frame, Size, too_small
from typetrainer.ui.input import KeyDispatcher, KeyEvent
from typetrainer.ui.painter import Painter

INTERRUPTED = 130
_LEAVING = (signal.SIGTERM, signal.SIGHUP)  # asked by signal to leave
_PROBE_S = 0.05
_LAST_WORK_S = 15.0
_ASIDE_AFTER_S, _ASIDE_REST_S = 0.5, 0.02
_END = object()
T = TypeVar("T")


class Screen:
    """One screen: what it shows, what keys do, when it wants to be woken. Times are clock nanoseconds."""

    may_suspend = True

    def __init__(self) -> None:
        self.program: Program

    def opened(self) -> None:
        """The screen is shown for the first time; `self.program` is set."""

    def view(self, size: Size) -> Frame:
        """Return the picture for a size that is enough."""
        raise NotImplementedError

    def handle(self, key: KeyEvent) -> None:
        """A key came. Ctrl-C, Ctrl-Z and Ctrl-L are the program's."""

    def wake_at(self) -> int | None:
        """Return when `tick` should be called next, or None."""
        return None

    def tick(self, now: int) -> None:
        """Let time pass."""

    def paused(self, now: int) -> None:
        """The window became too small, or the program is about to be suspended."""

    def resumed(self, now: int) -> None:
        """The screen is visible again."""

    def may_leave(self) -> bool:
        """Whether Ctrl-C leaves at once; a test asks first, by a hint on the screen."""
        return True

    def leaving(self) -> None:
        """The program ends while this screen is shown: keep everything. Called once."""


@contextlib.contextmanager
def _no_bindings() -> Iterator[None]:
    """Let an application be made without the library's 400 bindings: KeyDispatcher asks none, and they take 10 ms."""
    library = vars(application)
    usual = library["load_key_bindings"]
    library["load_key_bindings"] = KeyBindings
    try:
        yield
    finally:
        library["load_key_bindings"] = usual


class Program:
    """Shows screens until one of them ends it."""

    def __init__(
        self,
        *,
        input: Input,  # noqa: A002 - prompt_toolkit's word
        output: Output,
        palette: dict[str, str],
        clock_ns: Callable[[], int],
        use_painter: bool = True,
        stop_waiting: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare; `stop_waiting` is called at the end and lets what `await_` waits for return at once."""
        self.clock_ns = clock_ns
        self._stop_waiting = stop_waiting
        self._worker = ThreadPoolExecutor(1, "work")
        self.screen: Screen = _Gone()
        self.lags_ms: list[float] = []
        self.left_by_choice = False  # Ctrl-C or a key, not a signal or a lost terminal
        self._status = 0
        self._error: BaseException | None = None
        self._crowded = False
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._aside: asyncio.Task[None] | None = None
        self._palette = palette
        with _no_bindings():
            self.app: Application[None] = Application(
                layout=self._fallback_layout(),
                full_screen=True,
                input=input,
                output=output,
                style=DummyStyle(),
                include_default_pygments_style=False,
                max_render_postpone_time=None,
            )
        self.app.ttimeoutlen = 0.05
        self.app.key_processor = KeyDispatcher(self._keys)
        if use_painter:
            self.app.renderer = Painter(output, self.draw, palette)

    # --- for screens ---

    def show(self, screen: Screen) -> None:
        """Go to another screen."""
        self.screen = screen
        screen.program = self
        screen.opened()
        self.repaint()

    def bell(self) -> None:
        """Ring the terminal's bell."""
        self.app.output.write_raw("\a")
        self.app.output.flush()

    def size(self) -> Size:
        """Return the terminal's size."""
        return Size(*reversed(self.app.output.get_size()))

    def exit(self, status: int = 0, *, by_choice: bool = True) -> None:
        """End the program with an exit status; the screen's `leaving` is called first."""
        if self.app.is_running and not self.app.is_done:
            self._status = status
            self.left_by_choice = by_choice
            self._leave_screen()
            self.app.exit()

    def repaint(self) -> None:
        """Show what changed, and set the next timer."""
        if self.app.is_running and not self.app.is_done:
            self.app._redraw()  # noqa: SLF001 - `invalidate` would cost a turn of the loop
            self._set_timer()

    def work(self, job: Callable[[], T], then: Callable[[T], None] | None = None) -> None:
        """Run a job in a thread after those before it, then hand its result to `then` on the loop and repaint.

        One after another, so that a history that is opened holds what was saved just before.
        """
        self._in_thread(self._worker, job, then)

    def await_(self, job: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do the same beside all other jobs: for one that waits long, and returns when the program stops waiting."""
        self._in_thread(None, job, then)

    def _in_thread(self, where: Executor | None, job: Callable[[], T], then: Callable[[T], None] | None) -> None:
        async def run() -> None:
            result = await asyncio.get_running_loop().run_in_executor(where, job)
            if then is not None:
                then(result)
                self.repaint()

        self.spawn(run())

    def aside(self, steps: Iterator[None]) -> None:
        """Take the steps of a job that nobody waits for in a thread, with rests, once the first picture stands.

        It is given up when the screen is left or the program ends: whoever needs the rest does it.
        """

        async def run(screen: Screen) -> None:
            loop = asyncio.get_running_loop()
            await asyncio.sleep(_ASIDE_AFTER_S)
            while await loop.run_in_executor(None, next, steps, _END) is not _END:
                await asyncio.sleep(_ASIDE_REST_S)
                if self.screen is not screen:
                    return

        self._aside = self.spawn(run(self.screen))

    def spawn(self, coroutine: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Run a coroutine beside the screens; an error in it ends the program as any other would."""
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._task_done)
        return task

    def lag_p99_ms(self) -> float | None:
        """Return the 99th percentile of the loop's lateness since the last call, in ms."""
        lags, self.lags_ms = self.lags_ms, []
        return quantile(lags, 0.99)

    # --- running ---

    def run(self, first: Screen, *, afterwards: signal.Handlers | None = None) -> int:
        """Run from the first screen until one ends it; return the exit status. Errors of screens are raised here.

        Signals that ask to leave do afterwards what they did before, or what `afterwards` says. (Handlers of asyncio's
        would leave them deadly as soon as the loop is closed.)
        """
        self.screen = first
        first.program = self
        then = {number: signal.getsignal(number) if afterwards is None else afterwards for number in _LEAVING}
        try:
            asyncio.run(self._main())
        finally:
            gc.enable()
            for number, handler in then.items():
                signal.signal(number, handler)
        if self._error is not None:
            raise self._error
        return self._status

    async def _main(self) -> None:
        loop = asyncio.get_running_loop()

        def leave(_number: int, _frame: object) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: it is left already
                loop.call_soon_threadsafe(partial(self.exit, INTERRUPTED, by_choice=False))

        for number in _LEAVING:
            signal.signal(number, leave)
        loop.set_exception_handler(self._failed)
        try:
            await self.app.run_async(
                pre_run=self._begin, set_exception_handler=False, handle_sigint=True, slow_callback_duration=5
            )
        except (EOFError, OSError) as error:  # the terminal went away
            self._status = INTERRUPTED
            self.left_by_choice = False
            self._leave_screen()
            if isinstance(error, OSError) and self._error is None and error.errno not in _GONE:
                self._error = error
        except BaseException as error:  # noqa: BLE001 - raised again once the terminal is as it was
            self._error = self._error or error
            self.left_by_choice = False
            self._leave_screen()
        self._stop_waiting()
        if self._aside is not None:
            self._aside.cancel()
        deadline = loop.time() + _LAST_WORK_S
        while self._tasks and (left := deadline - loop.time()) > 0:  # a task may begin another: saved, then assessed
            await asyncio.wait(set(self._tasks), timeout=left)
        self._worker.shutdown(wait=False)

    def _begin(self) -> None:
        self.screen.opened()
        loop = asyncio.get_running_loop()
        loop.call_soon(self._set_timer)
        loop.call_soon(self._settle)  # after the first frame
        self._probe(loop.time() + _PROBE_S)

    @staticmethod
    def _settle() -> None:
        """What is in memory now stays: let the collector leave it alone, or it pauses for 25 ms in a drill."""
        gc.freeze()
        gc.set_threshold(700, 10, 1000)
        gc.enable()

    def _probe(self, due: float) -> None:
        """Measure how late the loop runs what is due."""
        loop = asyncio.get_running_loop()

        def measure() -> None:
            self.lags_ms.append(max(loop.time() - due, 0) * 1000)
            self._probe(loop.time() + _PROBE_S)

        loop.call_at(due, measure)

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        at = None if self._crowded else self.screen.wake_at()
        if at is not None and self.app.is_running:
            delay = max(at - self.clock_ns(), 0) / 1e9
            self._timer = asyncio.get_running_loop().call_later(delay, self._tick)

    def _tick(self) -> None:
        self._timer = None
        if self.app.is_running and not self.app.is_done:
            self.screen.tick(self.clock_ns())
            self.repaint()

    def _keys(self, events: list[KeyEvent]) -> None:
        for event in events:
            if self.app.is_done:
                return
            if event.name == "c-c":
                if self.screen.may_leave():
                    self.exit(INTERRUPTED)
            elif event.name == "c-l":
                self.app.renderer.clear()
            elif event.name == "c-z":
                self._suspend()
            elif not self._crowded:
                self.screen.handle(event)
        self.repaint()

    def _suspend(self) -> None:
        if not self.screen.may_suspend or not hasattr(signal, "SIGTSTP"):
            return
        self.screen.paused(self.clock_ns())

        async def stop() -> None:
            from prompt_toolkit.application import in_terminal

            async with in_terminal():
                os.kill(0, signal.SIGTSTP)
            self.screen.resumed(self.clock_ns())
            self.repaint()

        self.spawn(stop())

    def draw(self, size: Size) -> Frame:
        """Return the current picture; a window that is too small asks for room and pauses."""
        if not size.enough:
            if not self._crowded:
                self._crowded = True
                self.screen.paused(self.clock_ns())
            return too_small(size)
        if self._crowded:
            self._crowded = False
            self.screen.resumed(self.clock_ns())
        return self.screen.view(size)

    # --- ends ---

    def _leave_screen(self) -> None:
        screen, self.screen = self.screen, _Gone()
        screen.leaving()

    def _failed(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Catch an error of a callback: end, so that it is told once the terminal is as it was."""
        error = context.get("exception")
        if isinstance(error, Exception) and self._error is None:
            if isinstance(error, OSError) and error.errno in _GONE:
                self.exit(INTERRUPTED, by_choice=False)
                return
            self._error = error
        self.exit(1, by_choice=False)

    def _task_done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._error = self._error or error
            self.exit(1, by_choice=False)

    def _fallback_layout(self) -> Layout:
        """Show the same frames by prompt_toolkit's own renderer: slower, for a terminal the painter cannot please."""

        def text() -> ANSI:
            size = Size(*reversed(self.app.output.get_size()))
            rows = self.draw(size).rows
            return ANSI("\n".join("".join(self._palette[style] + piece for style, piece in row) for row in rows))

        return Layout(Window(FormattedTextControl(text, show_cursor=False)))


_GONE = frozenset({5, 9, 32})  # EIO, EBADF, EPIPE: the terminal is no more


class _Gone(Screen):
    """Stands in while the program ends."""

    def view(self, size: Size) -> Frame:  # noqa: ARG002
        return Frame(())
