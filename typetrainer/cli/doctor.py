"""`doctor`: look whether all is well, and say what to do where it is not."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

import click

from typetrainer import __version__
from typetrainer.cli.errors import INVALID, NOT_CHECKED, STORAGE
from typetrainer.cli.lazy import example, json_option
from typetrainer.cli.output import print_json, print_wrapped
from typetrainer.core.text import counted
from typetrainer.env import Environment
from typetrainer.errors import TypetrainerError

State = Literal["ok", "note", "problem"]
_LIBRARIES = ("click", "prompt-toolkit", "tinydb", "language-tool-python", "textstat", "wcwidth")
_NEEDED_BYTES = 200_000_000
_LITTLE_BYTES = 20_000_000
_ONE_LINE = 10_000  # cells: what is read by a program or a person's search is not cut into lines


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `advice` says what to do, None when nothing is; `status` is the exit status it asks for."""

    check: str
    state: State
    value: str
    advice: str | None = None
    status: int = 0


@click.command("doctor", epilog=example("typetrainer doctor --full"))
@click.option("--full", is_flag=True, help="Compare every file of LanguageTool by its hash.")
@json_option
@click.pass_obj
def command(env: Environment, full: bool, as_json: bool) -> int:
    """Look whether all is well, and say what to do where it is not."""
    status = 0
    for finding in findings(env, full=full):
        status = max(status, finding.status)
        if as_json:
            record = {"check": finding.check, "state": finding.state, "value": finding.value, "advice": finding.advice}
            print_json(env, record)
            continue
        sign = {"ok": "✓", "note": "·", "problem": "✗"}[finding.state]
        room = max(shutil.get_terminal_size().columns - 1, 40) if env.is_tty else _ONE_LINE
        print_wrapped(env, finding.value, label=f"{sign} {finding.check:14} ", room=room)
        if finding.advice:
            print_wrapped(env, finding.advice, indent=" " * 17, room=room)
    return status


def findings(env: Environment, *, full: bool = False) -> Iterator[Finding]:
    """Look at one thing after the other."""
    yield Finding("typetrainer", "ok", f"{__version__} on Python {sys.version.split()[0]}, {sys.platform}")
    yield _libraries()
    yield from _folders(env)
    yield _terminal(env)
    yield from _looked("drills", lambda: _drills(env))
    yield from _looked("settings", lambda: _settings(env))
    yield from _looked("history", lambda: _history(env))
    yield from _looked("java", lambda: _java(env))
    yield from _looked("languagetool", lambda: _languagetool(env, full=full))


def _looked(check: str, look: Callable[[], Finding]) -> Iterator[Finding]:
    """Yield what a look gives; an error of it is a finding too."""
    try:
        yield look()
    except TypetrainerError as error:
        yield Finding(check, "problem", str(error), None, error.status)


def _libraries() -> Finding:
    found, missing = [], []
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return Finding("libraries", "problem", f"missing: {', '.join(missing)}", "Install typetrainer again.", STORAGE)
    return Finding("libraries", "ok", ", ".join(found))


def _folders(env: Environment) -> Iterator[Finding]:
    for name in ("data", "config", "cache", "state"):
        folder: Path = getattr(env.paths, name)
        there = folder
        while not there.exists() and there != there.parent:
            there = there.parent
        if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
            advice = f"Permit {there}, or name another folder with TYPETRAINER_HOME."
            yield Finding(name, "problem", f"{folder} cannot be written", advice, STORAGE)
            continue
        free = shutil.disk_usage(there).free
        value = f"{folder}{'' if folder.exists() else ' (not made yet)'}, {free / 1e9:.1f} GB free"
        needed = _NEEDED_BYTES if name == "cache" and not folder.exists() else _LITTLE_BYTES
        if free < needed:
            yield Finding(name, "problem", value, f"Free {needed / 1e6:.0f} MB on that disk.", STORAGE)
        else:
            yield Finding(name, "ok", value)


def _terminal(env: Environment) -> Finding:
    term = env.environ.get("TERM") or "not named"
    encoding = env.stdout.encoding or "unknown"
    if not env.is_tty:
        return Finding("terminal", "note", f"none on standard input and output; TERM {term}, {encoding}",
                       "Drills need a terminal, or --plain.")  # fmt: skip
    size = shutil.get_terminal_size()
    value = f"{term}, {size.columns}×{size.lines}, {encoding}, {env.transport}"
    if size.columns < 80 or size.lines < 24:
        return Finding("terminal", "note", value, "Make the window 80×24 or larger.")
    if term == "dumb":
        return Finding("terminal", "note", value, "Drills run in plain lines; set TERM to paint the screen.")
    if not encoding.lower().replace("-", "").startswith("utf"):
        return Finding("terminal", "note", value, "Set LANG to a UTF-8 locale, such as en_US.UTF-8.")
    return Finding("terminal", "ok", value)


def _drills(env: Environment) -> Finding:
    packs = env.library.packs()
    items = env.library.ids()
    value = f"{len(items)} items in {', '.join(f'{pack.id} {pack.version}' for pack in packs) or 'no pack'}"
    if env.library.problems:
        return Finding("drills", "problem", value, " ".join(map(str, env.library.problems)), INVALID)
    return Finding("drills", "ok", value) if items else Finding("drills", "problem", value, "Install again.", STORAGE)


def _settings(env: Environment) -> Finding:
    from typetrainer.store.library import chosen_profile
    from typetrainer.store.profiles import places
    from typetrainer.store.settings import SettingsStore

    notices: list[str] = []
    name = chosen_profile(env.paths, env.profile)
    SettingsStore(places(env.paths, name), notices.append).load()
    value = f"profile {name}"
    return (
        Finding("settings", "problem", value, " ".join(notices), INVALID)
        if notices
        else Finding("settings", "ok", value)
    )


def _history(env: Environment) -> Finding:
    store = env.open_store()
    attempts, waiting = len(store.attempts.ids()), store.attempts.interrupted()
    value = counted(attempts, "attempt")
    if waiting:
        return Finding("history", "note", f"{value}, {len(waiting)} not finished",
                       "`typetrainer` goes on with them or discards them.")  # fmt: skip
    return Finding("history", "ok", value)


def _java(env: Environment) -> Finding:
    from typetrainer.writing.languagetool.java import find_java

    java = find_java(env.environ)
    return Finding("java", "ok", f"{java.major}, {java.path}")


def _languagetool(env: Environment, *, full: bool) -> Finding:
    from typetrainer.writing.languagetool.install import locate, verify

    if url := env.environ.get("TYPETRAINER_LT_URL"):
        return Finding("languagetool", "ok", f"the server at {url}")
    found = locate(env.paths, env.environ)
    if found is None:
        advice = "`typetrainer setup` installs it (84 MB); until then replies are not checked."
        return Finding("languagetool", "problem", "not installed", advice, NOT_CHECKED)
    wrong = verify(found.folder, full=full)
    value = f"{found.version}, {found.folder}, {'every hash' if full else 'every size'} right"
    if wrong:
        shown = f"{found.version}, {len(wrong)} files missing or altered, {wrong[0]} first"
        return Finding("languagetool", "problem", shown, "`typetrainer setup` mends it.", NOT_CHECKED)
    if not found.current:
        return Finding("languagetool", "note", value, "`typetrainer setup` brings this program's version.")
    return Finding("languagetool", "ok", f"{value}, rules {found.rules_sha256[:12]}")
