"""`drills import`: texts of other programs as a pack of one's own."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from typetrainer.cli.lazy import example, json_option
from typetrainer.content.importers import TEXT_FORMATS
from typetrainer.env import Environment
from typetrainer.errors import UsageProblem

if TYPE_CHECKING:
    from typetrainer.content.importers.common import Parsed
    from typetrainer.content.importers.packing import PackedItem, PackHead

_SHOWN = 20
_RESERVED = ("own",)  # the pack of texts that are typed without being imported
_LONGEST_ID = 40
_ENGLISH = ("english", "code", "en")  # how monkeytype calls what needs no --language: english_1k, code_python


@click.command(
    "import",
    epilog=example(
        "typetrainer drills import gtypist lesson.typ --as lesson",
        "typetrainer drills import text letters.txt --as letters --by line --language en-GB",
    ),
)
@click.argument("form", metavar="FORMAT", type=click.Choice(TEXT_FORMATS))
@click.argument("file", metavar="PATH")
@click.option("--as", "pack_id", metavar="PACK", required=True, help="The new pack's id.")
@click.option("--language", metavar="CODE", help="Of the texts, such as en-GB.  [default: en-US]")
@click.option("--licence", metavar="SPDX", help="Of the texts, if you know it.")
@click.option("--title", metavar="TEXT", help="The pack's title.")
@click.option(
    "--by",
    "unit",
    type=click.Choice(["paragraph", "line"]),
    help="Of plain text: what an item is.  [default: paragraph]",
)
@click.option("--replace", is_flag=True, help="Put it in the place of an imported pack of that id.")
@json_option
@click.pass_obj
def command(
    env: Environment,
    form: str,
    file: str,
    pack_id: str,
    language: str | None,
    licence: str | None,
    title: str | None,
    unit: Literal["paragraph", "line"] | None,
    replace: bool,
    as_json: bool,
) -> None:
    """Make a pack of copy drills from a file of another program: all of it or nothing.

    FORMAT is gtypist, monkeytype-quotes, monkeytype-words, ttyper, tt or text. What was left is said, and why.
    """
    from typetrainer.cli.foreign import read_file
    from typetrainer.content.importers import parse_texts
    from typetrainer.content.importers.common import MAX_BYTES
    from typetrainer.content.importers.packing import identified, pack_files, verify
    from typetrainer.store.packs import put_pack

    if unit is not None and form != "text":
        raise UsageProblem("--by is for plain text; the other formats say themselves what an item is.")
    _check_id(env, pack_id)
    data, name = read_file(env, file, MAX_BYTES)
    parsed = parse_texts(form, data, name, by_line=unit == "line")
    head = _head(parsed, pack_id, form, file, language=language, licence=licence, title=title)
    items = identified(parsed.drafts)
    folder = put_pack(env.paths, pack_id, pack_files(head, items, form, name), verify, replace=replace)
    _report(env, parsed, items, head, folder, form=form, name=name, as_json=as_json)


def _check_id(env: Environment, pack_id: str) -> None:
    """Raise UsageProblem for an id that no pack of one's own may have."""
    from typetrainer.content.schema import ID_PATTERN, shown

    if not ID_PATTERN.fullmatch(pack_id) or len(pack_id) > _LONGEST_ID:
        raise UsageProblem(
            f"--as {shown(pack_id)} cannot be a pack's id: "
            f"use up to {_LONGEST_ID} small letters, digits and single '-'."
        )
    if pack_id in _RESERVED or any(pack.id == pack_id and not pack.own for pack in env.library.packs()):
        raise UsageProblem(f"--as {pack_id} would hide a pack that comes with typetrainer; choose another id.")


def _head(
    parsed: "Parsed",
    pack_id: str,
    form: str,
    file: str,
    *,
    language: str | None,
    licence: str | None,
    title: str | None,
) -> "PackHead":
    """Return what the pack says of itself. Raises UsageProblem for an option that cannot stand there."""
    from typetrainer.content.importers.common import one_line, short
    from typetrainer.content.importers.packing import UNKNOWN_LICENCE, PackHead
    from typetrainer.content.schema import PACK, SchemaError, shown

    named = (parsed.language or _ENGLISH[0]).casefold().partition("_")[0]
    if language is None and named not in _ENGLISH:
        raise UsageProblem(
            f"The file calls its language {shown(short(parsed.language or ''))}, which may not be English; "
            "name it, such as --language de-DE or --language en-US."
        )
    own_title = short(title or "") or short(parsed.title or "") or short(Path(file).stem if file != "-" else "")
    head = PackHead(
        id=pack_id,
        title=own_title or pack_id,
        language=language or "en-US",
        licence=one_line(licence)[0] if licence is not None else UNKNOWN_LICENCE,
        authors=f"Unknown; imported from {form}",
    )
    for option in ("language", "licence"):
        try:
            PACK.keys[option].check(f"--{option}", getattr(head, option))
        except SchemaError as error:
            raise UsageProblem(f"{error.sentence}.") from None
    return head


def _report(
    env: Environment,
    parsed: "Parsed",
    items: "tuple[PackedItem, ...]",
    head: "PackHead",
    folder: Path,
    *,
    form: str,
    name: str,
    as_json: bool,
) -> None:
    from typetrainer.cli.foreign import remark_lines, remark_records
    from typetrainer.cli.output import print_json, print_line
    from typetrainer.core.text import counted

    if as_json:
        record = {
            "pack": head.id, "format": form, "file": name, "folder": str(folder), "language": head.language,
            "licence": head.licence,
            "taken": [
                {"line": item.draft.line, "id": f"{head.id}/{item.id}", "title": item.draft.title,
                 "characters": len(item.draft.text)}
                for item in items
            ],
            "left": remark_records(parsed.left),
            "notes": remark_records(parsed.notes),
        }  # fmt: skip
        print_json(env, record)
        return
    print_line(env, f"{head.id}: {counted(len(items), 'item')} taken from {name}.")
    for label, remarks in (("Left:", parsed.left), ("Notes:", parsed.notes)):
        for line in [label, *remark_lines(remarks, _SHOWN)] if remarks else ():
            print_line(env, line)
    print_line(env, f"Licence: {head.licence}. Practise with `typetrainer drill copy --pack {head.id}`.")
