"""JSON Schemas of a pack's files, for editors: made of the loader's own schema, so that both say the same.

Draft 7, which the editors' TOML extensions know. What it cannot say (an id that is used twice, a step named in
`before`) the loader says. The words shown beside a key are those of contracts/packs.md.
"""

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

from typetrainer.content import schema
from typetrainer.content.schema import Card, OneOf, Senses, Spec, Table, Tables, Text, Texts, Whole

FILES: dict[str, Table] = {
    "pack": schema.PACK,
    "company": schema.COMPANY,
    **{kind: Table({"item": Tables(table)}, frozenset({"item"})) for kind, table in schema.ITEMS.items()},
}
_LINE = r"^\S(?:[^\n]*\S)?$"
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


def editor_schema(name: str) -> dict[str, Any]:
    """Return the schema of `<name>.toml`: pack, company or a kind of item."""
    sections = {"pack": ("pack.toml",), "company": ("company.toml",)}.get(name, ("Items", "What is looked for"))
    meanings: dict[str, str] = {}
    for section in sections:
        meanings |= {key: said for key, said in _meanings(section).items() if key not in meanings}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"{name}.toml of a typetrainer pack",
        **_of(FILES[name], meanings, ""),
    }


@lru_cache(maxsize=8)
def _meanings(section: str) -> dict[str, str]:
    """Return what the page says of each key in the first table of a section."""
    page = (files("typetrainer") / "contracts" / "packs.md").read_text(encoding="utf-8")
    part = page.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    found: dict[str, str] = {}
    for line in part.split("\n"):
        if line.startswith("| `"):
            keys, *_, said = (cell.strip() for cell in line.strip("|").split(" |"))
            for key in re.findall(r"`([^`]+)`", keys):
                found.setdefault(key, _LINK.sub(r"\1", said).replace("`", ""))
    return {key: said for key, said in found.items() if said}


def _of(spec: Spec, meanings: dict[str, str], place: str) -> dict[str, Any]:
    """Return the schema of a value; `place` is its key as the page writes it, such as `tone.voice`."""
    match spec:
        case OneOf():
            return {"enum": list(spec.choices)}
        case Text():
            return {"type": "string", "pattern": _pattern(spec)}
        case Texts():
            return {"type": "array", "minItems": spec.least, "items": _of(spec.of, meanings, "")}
        case Whole():
            return {"type": "integer", "minimum": spec.low, "maximum": spec.high}
        case Card():
            detail = {"anyOf": [{"type": "string", "pattern": r"\S"}, {"type": "integer"}, {"type": "boolean"}]}
            name = {"type": "string", "pattern": r"\S"}
            return {
                "type": "object", "properties": {"name": name}, "required": ["name"], "additionalProperties": detail,
            }  # fmt: skip
        case Senses():
            phrases = {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": _LINE}}
            names = {"pattern": f"^(?:{schema.ID_PATTERN.pattern})$"}
            return {"type": "object", "propertyNames": names, "additionalProperties": phrases}
        case Tables():
            return {"type": "array", "minItems": spec.least, "items": _of(spec.of, meanings, place)}
        case Table():
            return _table(spec, meanings, place)
    raise TypeError(f"no schema for {type(spec).__name__}")


def _table(table: Table, meanings: dict[str, str], place: str) -> dict[str, Any]:
    before = f"{place}." if place and place != "item" else ""
    properties: dict[str, Any] = {}
    for key, spec in table.keys.items():
        # On the page, keys of what is looked for stand alone.
        said = meanings.get(f"{before}{key}") or meanings.get(key)
        properties[key] = {**({"description": said} if said else {}), **_of(spec, meanings, key)}
    made: dict[str, Any] = {
        "type": "object",
        "properties": properties,
        "required": [key for key in table.keys if key not in table.optional],
        "additionalProperties": False,
    }
    return made | _between(table)


def _between(table: Table) -> dict[str, Any]:
    """Return what one key asks of another."""
    if table is schema.FLAW:
        return {"anyOf": [{"required": ["check"]}, {"required": ["still", "mended"]}]}
    if table is schema.TRIAGE:
        escalates = {"properties": {"action": {"const": "escalate"}}, "required": ["action"]}
        return {"if": escalates, "then": {"required": ["tier"]}, "else": {"not": {"required": ["tier"]}}}
    return {}


def _pattern(text: Text) -> str:
    if text.pattern is not None:
        return f"^(?:{text.pattern.pattern})$"
    return r"\S" if text.lines else _LINE if text.trimmed else r"^[^\n]*\S[^\n]*$"
