"""Start LanguageTool's server on this computer, know when it answers, and end it."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from typetrainer.errors import CheckerUnavailable
from typetrainer.writing.languagetool import leftovers
from typetrainer.writing.languagetool.java import Java, java_environ
from typetrainer.writing.languagetool.lock import SERVER_JAR
from typetrainer.writing.languagetool.process import end_group, start_time

HOST = "127.0.0.1"
START_SECONDS = 60.0
PORT_TRIES = 5
CONFIG = Path(__file__).with_name("server.properties")
LAUNCHER = Path(__file__).with_name("launch.py")
MAIN_CLASS = "org.languagetool.server.HTTPServer"
# Measured: 240 MB instead of 400, and a faster start; the compiler's second tier never pays for short texts.
MEMORY_FLAGS = ("-Xms64m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
FLAGS = (
    *MEMORY_FLAGS,
    "-XX:+ExitOnOutOfMemoryError",  # a server without memory must die and be restarted, not linger
    "-XX:-UsePerfData",  # nothing left in the temporary folder
    "-Djava.awt.headless=true",
    "-Djava.net.preferIPv4Stack=true",  # it binds "localhost" and we ask 127.0.0.1
    "-Dfile.encoding=UTF-8",
    "-Duser.language=en",  # messages must not depend on the computer's language
    "-Duser.country=US",
)
_READY_LINE = "Server started"
_PORT_TAKEN = "BindException"
_POLL_SECONDS = 0.03
_TAIL_LINES = 40
WARM_UP = "Hello Sarah, thanks for waiting. I have checked you're order and it will arrive on Monday."


class PortTaken(Exception):
    """Somebody took the port between our look and the server's start."""


class Server:
    """One server process in a process group of its own; start it from the main thread (see launch.py)."""

    def __init__(self, folder: Path, java: Java, *, environ: Mapping[str, str], state: Path | None = None) -> None:
        """Prepare for the install in `folder`; `state` is where the note of the process goes (None: nowhere)."""
        self.folder, self.java, self.environ, self.state = folder, java, environ, state
        self.pid: int | None = None
        self.started: str | None = None
        self.port = 0
        self.on_spawn: Callable[[Server], None] = lambda _server: None
        self._process: subprocess.Popen[bytes] | None = None
        self._tail: deque[str] = deque(maxlen=_TAIL_LINES)
        self._says_ready = threading.Event()
        self._reader: threading.Thread | None = None
        self._note: Path | None = None
        self._guard = threading.Lock()
        self._ended = False

    @property
    def url(self) -> str:
        """The address for the HTTP client."""
        return f"http://{HOST}:{self.port}/"

    def start(self) -> None:
        """Start the server, wait until it answers and check one text; raises CheckerUnavailable after 60 s."""
        self.spawn()
        self.wait_ready()

    def spawn(self, port: int | None = None) -> None:
        """Start the process and return at once; raises CheckerUnavailable when it cannot be started."""
        self.port = port or free_port()
        self._says_ready.clear()
        self._tail.clear()
        with self._guard:
            if self._ended:
                raise CheckerUnavailable("LanguageTool is being ended: start the command again.")
            self._process = self._popen()
            self.pid = self._process.pid
            self.started = start_time(self.pid)
        if self.state:
            self._note = leftovers.note(self.state, self.pid, self.started)
        self.on_spawn(self)
        self._reader = threading.Thread(target=self._read, args=(self._process,), name="server-log", daemon=True)
        self._reader.start()

    def wait_ready(self, seconds: float = START_SECONDS) -> None:
        """Wait until the server answers and has loaded its rules; tries other ports if this one is taken.

        Raises CheckerUnavailable with the server's last lines when it ends or `seconds` pass.
        """
        deadline = time.monotonic() + seconds
        for _ in range(PORT_TRIES):
            try:
                self._wait_answer(deadline)
                self._warm_up(deadline)
            except PortTaken:
                self._forget()
                self.spawn()
            except CheckerUnavailable:
                self._forget()
                raise
            else:
                return
        self._forget()
        raise CheckerUnavailable("LanguageTool found no free port on this computer: end other servers and try again.")

    def alive(self) -> bool:
        """Tell whether the process runs."""
        return self._process is not None and self._process.poll() is None

    def healthy(self, seconds: float = 1.0) -> bool:
        """Tell whether the server answers within `seconds`."""
        return self.alive() and self._ask("GET", "healthcheck", "", seconds) == http.client.OK

    def end(self) -> None:
        """Kill the process group and wait for its end; may be called twice, and from any thread."""
        with self._guard:
            self._ended = True
        self._forget()

    def _popen(self) -> subprocess.Popen[bytes]:
        arguments = [str(self.java.path), *FLAGS, "-cp", SERVER_JAR, MAIN_CLASS]
        arguments += ["--config", str(CONFIG), "--port", str(self.port)]
        if sys.platform == "linux":
            arguments = [sys.executable, "-I", "-S", str(LAUNCHER), str(os.getpid()), *arguments]
        try:
            return subprocess.Popen(  # noqa: S603 - our own command line
                arguments,
                cwd=self.folder,
                env=java_environ(self.environ),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            raise CheckerUnavailable(
                f"LanguageTool cannot be started ({error}): run `typetrainer doctor` to see why."
            ) from error

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        """Drain the server's output all its life (a full pipe would stop it), keeping the last lines."""
        if process.stdout is None:
            return
        with process.stdout as stream, suppress(OSError, ValueError):
            for raw in stream:
                line = raw.decode("utf-8", "replace").rstrip()
                self._tail.append(line)
                if line.endswith(_READY_LINE):
                    self._says_ready.set()

    def _wait_answer(self, deadline: float) -> None:
        """Wait for the server's own word and its answer: on a taken port somebody else would answer too."""
        while time.monotonic() < deadline:
            if not self.alive():
                self._raise_ended()
            if self._says_ready.wait(_POLL_SECONDS) and self.healthy():
                return
        raise CheckerUnavailable(self._failure("did not answer within a minute"))

    def _warm_up(self, deadline: float) -> None:
        """Have a first sentence checked, which loads the rules.

        On a busy computer that can take longer than the server allows a check; what it had loaded by then stays, so
        asking again goes on from there.
        """
        form = urllib.parse.urlencode({"language": "en-US", "text": WARM_UP})
        while self._ask("POST", "check", form, max(1.0, deadline - time.monotonic())) != http.client.OK:
            if not self.alive():
                self._raise_ended()
            if time.monotonic() >= deadline:
                raise CheckerUnavailable(self._failure("did not check its first sentence within a minute"))
            time.sleep(_POLL_SECONDS)

    def _ask(self, method: str, path: str, form: str, seconds: float) -> int | None:
        """Return the status of one request, None without an answer. http.client knows no proxies."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=seconds)
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request(method, f"/v2/{path}", form.encode() or None, headers)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException):
            return None
        else:
            return response.status
        finally:
            connection.close()

    def _raise_ended(self) -> None:
        if self._reader:
            self._reader.join(timeout=1)
        if any(_PORT_TAKEN in line for line in self._tail):
            raise PortTaken
        raise CheckerUnavailable(self._failure("ended at its start"))

    def _failure(self, what: str) -> str:
        lines = " | ".join([line for line in self._tail if line.strip()][-3:]) or "it said nothing"
        return f"LanguageTool {what} ({lines[:600]}): run `typetrainer doctor`, or `typetrainer setup` to mend it."

    def _forget(self) -> None:
        """End what runs and remove its note; the object can start again."""
        with self._guard:
            process, self._process = self._process, None
            pid, self.pid = self.pid, None
        if process is not None and pid is not None:
            end_group(pid, self.started)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
        if self._reader and self._reader is not threading.current_thread():
            self._reader.join(timeout=1)
        if self._note:
            with suppress(OSError):
                self._note.unlink(missing_ok=True)
            self._note = None


def free_port() -> int:
    """Return a port of the loopback address that is free now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
