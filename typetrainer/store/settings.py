"""The settings: what there is, in one table, and the TOML files they are kept in.

A file is edited line by line, never written anew, so that comments, the order and keys of a newer version stay.
"""

import math
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from typetrainer.core.log import POLICIES
from typetrainer.core.text import visible
from typetrainer.errors import InvalidFile, StorageProblem, UsageProblem
from typetrainer.store.atomic import read_optional, reason_of, write_atomic
from typetrainer.store.profiles import DEFAULT, Places, profile_name

Value = str | int | float | bool
Notice = Callable[[str], None]
MAX_BYTES = 1024 * 1024
_MAX_TEXT = 500


class Setting(NamedTuple):
    """One setting: its type is that of its default, which is allowed; `low` and `high` include themselves."""

    name: str
    default: Value
    about: str
    choices: tuple[str, ...] = ()
    low: float = -math.inf
    high: float = math.inf
    form: str = ""  # a regular expression for a text, and in `hint` its words
    hint: str = ""
    common_only: bool = False  # not in the file of a profile

    @property
    def kind(self) -> type[str | int | float | bool]:
        """The type of its values."""
        return type(self.default)

    @property
    def expected(self) -> str:
        """What a value should be, to be read after "should be"."""
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        if self.kind is bool:
            return "true or false"
        if self.kind is str:
            return self.hint or f"a text of at most {_MAX_TEXT} characters"
        noun = "a whole number" if self.kind is int else "a number"
        aside = f"{self.default} or " if self.default == 0 < self.low else ""
        return noun if self.high == math.inf else f"{aside}{noun} from {self.low:g} to {self.high:g}"

    def checked(self, value: object) -> Value | None:
        """Return the value in the setting's type, or None when it is not of its kind or out of range."""
        if self.kind is float and type(value) is int:
            value = float(value)
        if type(value) is not self.kind or not isinstance(value, str | int | float):
            return None
        if isinstance(value, str):
            fits = not self.choices or value in self.choices
            fits = fits and re.fullmatch(self.form or ".*", value, re.DOTALL) is not None
            return value if fits and len(value) <= _MAX_TEXT and visible(value) == value else None
        return value if self.low <= value <= self.high or value == self.default else None

    def parsed(self, text: str) -> Value:
        """Read a value as a person types it; raises UsageProblem saying what is expected."""
        words = {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}
        value: object = text.strip()
        if self.kind is bool:
            value = words.get(text.strip().lower())
        elif self.kind is not str:
            try:
                value = self.kind(text.strip())
            except ValueError:
                value = None
        if (result := self.checked(value)) is None:
            raise UsageProblem(f"{self.name} should be {self.expected}, not {visible(text)[:80]!r}.")
        return result


SETTINGS: tuple[Setting, ...] = (
    Setting("profile", DEFAULT, "Whose data and settings are used when --profile names none",
            form="[A-Za-z0-9][A-Za-z0-9_-]{0,39}", hint="a profile's name", common_only=True),
    Setting("policy", "free", "What happens at a wrong key: typed on, not let in, not erased, or the end", POLICIES),
    Setting("seconds", 0, "Seconds a copy drill takes, 5 to 1800; 0 for the whole item", low=5, high=1800),
    Setting("pack", "", "The pack drills are taken from; empty for all"),
    Setting("live_figures", True, "Speed and accuracy are shown while typing"),
    Setting("clock", True, "The time is shown while typing"),
    Setting("pace", "off", "Whose pace a mark shows in the text: none, the last run, the last ten, or the best",
            ("off", "last", "average", "best")),
    Setting("assistive", False, "Text comes in batches (dictation, switches, input methods): none of it is marked"),
    Setting("keyboard_layout", "", "The keyboard's layout, stored with each attempt"),
    Setting("background", "auto", "The terminal's background, for colours that can be read", ("auto", "dark", "light")),
    Setting("bell", False, "The terminal's bell rings at a wrong key"),
    Setting("language_checks", True, "Replies are checked by LanguageTool where it is installed"),
    Setting("server_url", "", "A running LanguageTool server to use; empty to start one",
            form="|https?://[^\\s/]+(/\\S*)?", hint="an address that begins with http:// or https://, or empty"),
)  # fmt: skip
BY_NAME: Mapping[str, Setting] = {setting.name: setting for setting in SETTINGS}


def setting(name: str) -> Setting:
    """Return the setting of that name; raises UsageProblem naming the nearest one."""
    if found := BY_NAME.get(name):
        return found
    raise UsageProblem(f"There is no setting {visible(name)[:60]!r}.{_nearest(name)}")


def _nearest(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, BY_NAME, 1)
    return f" Did you mean {near[0]}?" if near else ""


class Settings(Mapping[str, Value]):
    """Every setting with its value; those that no file gives have their default."""

    def __init__(self, given: Mapping[str, Value] | None = None) -> None:
        self._values: dict[str, Value] = {s.name: s.default for s in SETTINGS} | dict(given or {})

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    def __iter__(self) -> Any:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def text(self, name: str) -> str:
        """Return a text."""
        value = self._values[name]
        if not isinstance(value, str):
            raise TypeError(f"{name} is not a text")
        return value

    def number(self, name: str) -> int | float:
        """Return a number."""
        value = self._values[name]
        if isinstance(value, str | bool):
            raise TypeError(f"{name} is not a number")
        return value

    def flag(self, name: str) -> bool:
        """Return a boolean."""
        value = self._values[name]
        if not isinstance(value, bool):
            raise TypeError(f"{name} is not a boolean")
        return value


class SettingsStore:
    """The settings of one profile: those of the common file, over them those of its own. Reading makes nothing."""

    def __init__(self, places: Places, notice: Notice = lambda _: None) -> None:
        self._common = places.common_settings
        self._own = places.own_settings
        self._notice = notice

    def load(self) -> Settings:
        """Read the files. What is unknown, of a wrong type or out of range is named in a notice, and not used."""
        given = self._given(self._common)
        if self._own != self._common:
            given |= self._given(self._own)
        return Settings(given)

    def set(self, name: str, value: Value) -> None:
        """Store one setting. Raises UsageProblem for a wrong value, InvalidFile or StorageProblem for the file."""
        known = setting(name)
        if (checked := known.checked(value)) is None:
            raise UsageProblem(f"{name} should be {known.expected}, not {value!r}.")
        if name == "profile":
            checked = profile_name(str(checked))
        self._change(self._file_of(known), name, checked)

    def reset(self, name: str) -> None:
        """Take a setting out of the file, so that the common value or the default holds again."""
        self._change(self._file_of(setting(name)), name, None)

    def _file_of(self, known: Setting) -> Path:
        return self._common if known.common_only else self._own

    def _given(self, path: Path) -> dict[str, Value]:
        try:
            content = _parse(path, _text(path))
        except InvalidFile as error:
            self._notice(f"{error} Until then its settings are not used.")
            return {}
        given: dict[str, Value] = {}
        for name, value in content.items():
            known = BY_NAME.get(name)
            if known is None or (known.common_only and path != self._common):
                self._notice(f"{path}: the key {visible(name)[:60]!r} is not known and not used.{_nearest(name)}")
            elif (checked := known.checked(value)) is None:
                self._notice(f"{path}: {name} should be {known.expected}; {known.default!r} is used.")
            else:
                given[name] = checked
        return given

    def _change(self, path: Path, name: str, value: Value | None) -> None:
        text = _text(path)
        before = _parse(path, text)
        after = {key: old for key, old in before.items() if key != name}
        if value is not None:
            after[name] = value
        changed = edited(text, name, value)
        if _same(before, after) or (value is None and name not in before):
            return
        try:
            right = _same(tomllib.loads(changed), after)
        except tomllib.TOMLDecodeError:
            right = False
        if not right:
            raise StorageProblem(f"{path} is written in a way that cannot be changed safely: set {name} in it by hand.")
        try:
            target = path.resolve()  # a link into someone's own collection of settings stays a link
        except (OSError, RuntimeError) as error:
            raise StorageProblem(f"Cannot write {path}: {error}. Remove the link.") from error
        write_atomic(target, changed.encode("utf-8"))


def _same(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    return repr(sorted(left.items())) == repr(sorted(right.items()))  # == would take 1 for true, and nan for another


def _text(path: Path) -> str:
    try:
        data = read_optional(path.resolve(), MAX_BYTES)
    except (OSError, RuntimeError) as error:
        cause = reason_of(error) if isinstance(error, OSError) else str(error)
        raise StorageProblem(f"Cannot read {path}: {cause}. Permit it, or move it away.") from error
    try:
        return (data or b"").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidFile(f"{path} is not UTF-8 ({error.reason} at byte {error.start}): mend or delete it.") from error


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidFile(f"{path} is not valid TOML ({error}): mend or delete it.") from error


def toml_value(value: Value) -> str:
    """Write a text, number or boolean as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + "".join(_escaped(character) for character in value) + '"'
    return repr(value)


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character < " " or character == "\x7f":
        return f"\\u{ord(character):04X}"
    return character


def edited(text: str, name: str, value: Value | None) -> str:
    """Return the TOML `text` with the line of a top-level key replaced, added, or (None) taken out."""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)  # TOML ends lines there alone, not at U+0085 as splitlines() does
    top = next((n for n, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    key = re.compile(rf"""\s*(?:{re.escape(name)}|"{re.escape(name)}"|'{re.escape(name)}')\s*=""")
    at = next((n for n, line in enumerate(lines[:top]) if key.match(line)), None)
    fresh = [] if value is None else [f"{name} = {toml_value(value)}{newline}"]
    if at is not None:
        return "".join([*lines[:at], *fresh, *lines[at + 1 :]])
    if top and not lines[top - 1].endswith("\n"):
        lines[top - 1] += newline
    return "".join([*lines[:top], *fresh, *lines[top:]])
