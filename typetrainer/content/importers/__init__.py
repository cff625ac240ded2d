"""Texts and results of other programs: one module for each format, each a pure function of a file's bytes.

A parser takes the bytes and the name to be used in errors. It opens nothing: whatever a file names stays a name.
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typetrainer.content.importers.common import Parsed
    from typetrainer.content.importers.results import ParsedResults

_TEXTS = {
    "gtypist": "gtypist",
    "monkeytype-quotes": "monkeytype_quotes",
    "monkeytype-words": "monkeytype_words",
    "ttyper": "ttyper",
    "tt": "tt",
    "text": "text",
}
_RESULTS = {"keybr": "keybr", "monkeytype": "monkeytype_results"}
TEXT_FORMATS = tuple(_TEXTS)
RESULT_SOURCES = tuple(_RESULTS)


def _parser(module: str) -> Callable[..., Any]:
    parse: Callable[..., Any] = import_module(f"{__name__}.{module}").parse
    return parse


def parse_texts(form: str, data: bytes, name: str, *, by_line: bool = False) -> "Parsed":
    """Read texts to type; `by_line` makes an item of each line of a plain text in place of each paragraph.

    Raises InvalidFile, naming `name` and the line, for what is not in the format or holds nothing to type.
    """
    options = {"by_line": by_line} if form == "text" else {}
    parsed: Parsed = _parser(_TEXTS[form])(data, name, **options)
    return parsed


def parse_results(source: str, data: bytes, name: str) -> "ParsedResults":
    """Read results of another program. Raises InvalidFile, naming `name` and the line."""
    parsed: ParsedResults = _parser(_RESULTS[source])(data, name)
    return parsed
