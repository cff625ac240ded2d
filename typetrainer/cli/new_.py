"""`drills new`: a small pack to begin with."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from typetrainer.cli.lazy import example
from typetrainer.cli.output import print_line
from typetrainer.content.model import KINDS, Kind
from typetrainer.content.schema import ID_PATTERN, PACK, SchemaError, nearest, shown
from typetrainer.env import Environment
from typetrainer.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

_RESERVED = ("own",)  # the pack of texts that are typed without being imported
_LONGEST_ID = 40


@click.command(
    "new",
    epilog=example(
        "typetrainer drills new mypack",
        'typetrainer drills new mypack --title "My shop" --language en-GB --kinds reply,triage',
    ),
)
@click.argument("pack", metavar="PACK")
@click.option("--title", metavar="TEXT", help="The pack's title.  [default: PACK]")
@click.option("--language", metavar="CODE", default="en-US", show_default=True, help="A variety of English.")
@click.option(
    "--kinds", metavar="KIND,...", default="copy,reply", show_default=True, help="What to begin with, or all."
)
@click.option(
    "--dir", "parent", metavar="FOLDER", type=click.Path(path_type=Path), help="Put it there, not among your packs."
)
@click.pass_obj
def command(env: Environment, pack: str, title: str | None, language: str, kinds: str, parent: Path | None) -> None:
    """Write a small pack to begin with: it can be played at once, and its comments say what is what.

    PACK is its id and its folder's name: small letters, digits and '-'. Nothing that is there is written over.
    """
    from typetrainer.authoring.starter import starter_files
    from typetrainer.store.packs import own_pack, put_folder

    _check_id(env, pack, bundled_too=parent is None)
    chosen = _kinds(kinds)
    _check(title if title is not None else pack, language)
    if parent is not None and not parent.is_dir():
        raise UsageProblem(f"There is no folder {shown(str(parent))}; make it first.")
    folder = own_pack(env.paths, pack) if parent is None else parent.absolute() / pack
    if folder.is_symlink() or folder.exists():
        raise UsageProblem(f"{folder} is there already, and nothing is written over it; choose another name.")
    put_folder(folder, starter_files(pack, title or pack, language, chosen), _readable)
    print_line(env, str(folder))
    _say_what_next(env, pack, chosen, folder, own=parent is None)


def _check_id(env: Environment, pack: str, *, bundled_too: bool) -> None:
    if not ID_PATTERN.fullmatch(pack) or len(pack) > _LONGEST_ID:
        raise UsageProblem(
            f"{shown(pack)} cannot be a pack's id: use up to {_LONGEST_ID} small letters, digits and single '-'."
        )
    if bundled_too and (pack in _RESERVED or any(each.id == pack and not each.own for each in env.library.packs())):
        raise UsageProblem(f"{pack} would hide a pack that comes with typetrainer; choose another id.")


def _kinds(names: str) -> tuple[Kind, ...]:
    """Return the kinds of a list with commas, in the usual order. Raises UsageProblem."""
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    if wanted == ["all"]:
        return KINDS
    for name in wanted:
        if name not in KINDS:
            near = nearest(name, list(KINDS))
            hint = f"did you mean {near}?" if near else f"there are {', '.join(KINDS)}, and all."
            raise UsageProblem(f"There is no kind {shown(name)}; {hint}")
    if not wanted:
        raise UsageProblem(f"--kinds names none; there are {', '.join(KINDS)}, and all.")
    return tuple(kind for kind in KINDS if kind in wanted)


def _check(title: str, language: str) -> None:
    for key, value in (("title", title), ("language", language)):
        try:
            PACK.keys[key].check(f"--{key}", value)
        except SchemaError as error:
            raise UsageProblem(f"{error.sentence}.") from None
    if language.partition("-")[0] != "en":
        raise UsageProblem(f"--language {language}: its texts are English; give one such as en-US, en-GB or en-IN.")


def _readable(folder: Path) -> None:
    """Read the new pack as the library will. Raises InvalidFile."""
    from typetrainer.content.schema import COMPANY, ITEMS
    from typetrainer.content.tomlfile import ItemFile, read_table

    read_table(folder / "pack.toml", PACK)
    if (folder / "company.toml").exists():
        read_table(folder / "company.toml", COMPANY)
    for kind in KINDS:
        if (folder / f"{kind}.toml").exists():
            items = ItemFile(folder / f"{kind}.toml", ITEMS[kind])
            for item_id in items.ids:
                items[item_id]


def _say_what_next(env: Environment, pack: str, kinds: "Sequence[Kind]", folder: Path, *, own: bool) -> None:
    if not own:
        env.say(f"Look it over: typetrainer drills lint {folder}")
        env.say(f"To play it, move it into {env.paths.data / 'packs'}.")
        return
    env.say(f"See what is in it:   typetrainer drills list --pack {pack}")
    env.say(f"Play it:             typetrainer drill {'reply' if 'reply' in kinds else kinds[0]} --pack {pack}")
    env.say(f"Change it, then:     typetrainer drills lint {pack}")
