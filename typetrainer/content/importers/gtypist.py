"""GNU Typist lessons (`.typ`), as the chapter "Script file commands" of its manual describes them.

A line is a letter, a colon and data; a blank in place of the letter continues the command above. Every exercise is
taken (`D d S s`), with the instruction (`I`) that stands above it on the screen; the commands that only lead a learner
through the lessons are read, so that a broken file is told, and left.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from typetrainer.content.importers.common import Gathering, Parsed, decoded
from typetrainer.content.schema import shown
from typetrainer.core.text import counted

_BLANKS = " \t\v\f"
_EXERCISES = "DdSs"
_CONTINUED = "TIM" + _EXERCISES
_ALL = "BTIDdSsM*GQYNKEFX"
_FUNCTION_KEYS = 12
_INSTRUCTION_LINES = 2
_PERCENT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{0,9})?|\.[0-9]{1,9}")
_LEFT = {
    "T": ("tutorial", "read in GNU Typist, not typed"),
    "Q": ("question", "leads through the lessons; here you choose items"),
    "M": ("menu", "leads through the lessons; here you choose items"),
    "K": ("key binding", "leads through the lessons; here you choose items"),
    "E": ("error limit", "a drill here has its own policies for errors"),
    "F": ("failure jump", "leads through the lessons; here you choose items"),
}


class _Command(NamedTuple):
    """A command with its lines: (number, data without blanks at its end)."""

    letter: str
    lines: list[tuple[int, str]]

    @property
    def line(self) -> int:
        return self.lines[0][0]

    @property
    def data(self) -> str:
        return self.lines[0][1]


def parse(data: bytes, name: str) -> Parsed:
    """Read a lesson file. Raises InvalidFile for a malformed line; a jump to a label that is missing is a note."""
    found = Gathering(name)
    commands = _commands(decoded(data, name), found)
    lesson = _Lesson(found)
    for command in commands:
        lesson.take(command)
    lesson.finish()
    return found.done()


def _commands(text: str, found: Gathering) -> list[_Command]:
    commands: list[_Command] = []
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip(_BLANKS)
        if not line or line[0] in "#!":  # comments may stand inside a continued command
            continue
        if line[1:2] != ":":
            raise found.wrong(number, f"{shown(line)} should be a letter, a colon and its data.")
        letter, rest = line[0], line[2:]
        if letter != " ":
            if letter not in _ALL:
                raise found.wrong(number, f"there is no command {shown(letter)}; there are {' '.join(_ALL)}.")
            commands.append(_Command(letter, [(number, rest)]))
        elif not commands:
            raise found.wrong(number, "it continues a command, and there is none above it.")
        elif commands[-1].letter not in _CONTINUED:
            raise found.wrong(number, f"it continues the command {commands[-1].letter}, which has one line only.")
        else:
            commands[-1].lines.append((number, rest))
    return commands


class _Lesson:
    """Reads commands one after the other, remembering what stands on the screen."""

    def __init__(self, found: Gathering) -> None:
        self._found = found
        self._labels: dict[str, int] = {}
        self._jumps: list[tuple[int, str, str]] = []
        self._counts: dict[str, tuple[int, int]] = {}
        self._banner = self._instruction = ""
        self._exercises = 0
        self._readers: dict[str, Callable[[_Command], None]] = {
            "B": self._show_banner, "T": self._clear, "I": self._instruct, "M": self._menu, "*": self._label,
            "G": self._jump, "Y": self._jump, "N": self._jump, "K": self._bind, "E": self._limit, "F": self._on_failure,
            **dict.fromkeys(_EXERCISES, self._exercise),
        }  # fmt: skip

    def take(self, command: _Command) -> None:
        """Read one command. Raises InvalidFile when it is malformed."""
        if command.letter in _LEFT:
            line, number = self._counts.get(command.letter, (command.line, 0))
            self._counts[command.letter] = (line, number + 1)
        reader = self._readers.get(command.letter)
        if reader is not None:
            reader(command)

    def finish(self) -> None:
        """Look whether all labels exist, and say what was left."""
        for line, letter, label in self._jumps:
            if label not in self._labels:
                self._found.note(line, f"command {letter}", f"it jumps to the label {shown(label)}, which is missing")
        for letter, (line, number) in self._counts.items():
            noun, why = _LEFT[letter]
            self._found.leave(line, counted(number, noun), why)

    def _show_banner(self, command: _Command) -> None:
        self._banner, self._instruction = command.data.strip(), ""

    def _clear(self, command: _Command) -> None:  # noqa: ARG002 - one form for all readers
        self._instruction = ""

    def _instruct(self, command: _Command) -> None:
        self._instruction = " ".join(data.strip() for _, data in command.lines).strip()
        if len(command.lines) > _INSTRUCTION_LINES:
            self._found.note(command.line, "instruction", "it has more than the two lines that GNU Typist allows")

    def _exercise(self, command: _Command) -> None:
        """Take an exercise: its lines joined by blanks, the blanks that a line begins with kept."""
        self._exercises += 1
        title = self._instruction or self._banner or f"Exercise {self._exercises}"
        text = " ".join(data for _, data in command.lines if data)
        self._found.add(command.line, f"exercise {command.letter}", title, text, keep_blanks=True)

    def _label(self, command: _Command) -> None:
        label = self._named(command, command.data)
        if label in self._labels:
            before = self._labels[label]
            raise self._found.wrong(command.line, f"the label {shown(label)} stands in line {before} already.")
        if " " in label:
            self._found.note(
                command.line, "label", f"{shown(label)} has a blank, which GNU Typist 2.9 and newer refuse"
            )
        self._labels[label] = command.line

    def _named(self, command: _Command, label: str) -> str:
        label = label.strip(_BLANKS)
        if not label:
            raise self._found.wrong(command.line, f"the command {command.letter} should name a label.")
        return label

    def _aim(self, command: _Command, label: str, line: int | None = None) -> None:
        name = self._named(command, label)
        self._jumps.append((line or command.line, command.letter, name))

    def _jump(self, command: _Command) -> None:
        self._aim(command, command.data)

    def _bind(self, command: _Command) -> None:
        number, colon, label = command.data.strip(_BLANKS).partition(":")
        if not colon or not re.fullmatch(r"[0-9]{1,2}", number) or not 1 <= int(number) <= _FUNCTION_KEYS:
            raise self._found.wrong(command.line, "K should have a number from 1 to 12, a colon and a label.")
        if label.strip(_BLANKS) not in ("NULL", "null"):
            self._aim(command, label)

    def _limit(self, command: _Command) -> None:
        value = command.data.strip(_BLANKS)
        value = value.removesuffix("*").rstrip(_BLANKS)
        if value in ("default", "Default"):
            return
        number = value.removesuffix("%").rstrip(_BLANKS)
        if number == value or not _PERCENT.fullmatch(number) or float(number) > 100:
            raise self._found.wrong(command.line, "E should have a number from 0 to 100 and %, or be default.")

    def _on_failure(self, command: _Command) -> None:
        label = command.data.strip(_BLANKS).removesuffix("*").rstrip(_BLANKS)
        if label not in ("NULL", "null"):
            self._aim(command, label)

    def _menu(self, command: _Command) -> None:
        """Read `[UP=label] "title"`, then a label and its description in quotes on each line."""
        self._instruction = ""
        for index, (number, data) in enumerate(command.lines):
            first, last = data.find('"'), data.rfind('"')
            head = data[:first].strip(_BLANKS)
            if first < 0 or first == last or data[last + 1 :].strip(_BLANKS):
                raise self._found.wrong(number, "a menu should have a text in double quotes at the end of each line.")
            if index:
                self._aim(command, head, number)
            elif head:
                self._up(command, head)

    def _up(self, command: _Command, head: str) -> None:
        if head[:3] not in ("up=", "UP="):
            raise self._found.wrong(
                command.line, "a menu should begin with its title in quotes, or with UP= and a label."
            )
        if head[3:] not in ("_exit", "_EXIT"):
            self._aim(command, head[3:])
