"""What a drill is started with: everything decided and read before the screen opens."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from typetrainer.content.draw import GRAPHEMES_PER_SECOND, Joined, draw, joined
from typetrainer.content.loader import Library
from typetrainer.content.model import CopyItem, Kind, Pack
from typetrainer.core.canonical import canonical_sha256
from typetrainer.core.log import ItemSpan, Policy
from typetrainer.errors import UsageProblem

if TYPE_CHECKING:
    from typetrainer.content.difficulty import Level
    from typetrainer.content.own import OwnText
    from typetrainer.content.written import Item, WrittenItem

Pace = Literal["off", "last", "average", "best"]
OWN_TITLE = "your own text"


class CopyTask(NamedTuple):
    """One attempt at copy typing. `item`, `sha256`, `target` and `spans` go into the log's header as they are.

    `spans` is empty unless the target was joined; `shown` is what the attempt's folder keeps of the item.
    """

    item: str
    sha256: str
    title: str
    target: str
    spans: tuple[ItemSpan, ...] = ()
    shown: Mapping[str, Any] = MappingProxyType({})


class ReplyTask(NamedTuple):
    """One attempt at answering a customer."""

    item: str
    sha256: str
    title: str
    reply: "WrittenItem"
    shown: Mapping[str, Any] = MappingProxyType({})


class Manner(NamedTuple):
    """How a drill is run. None means: as the settings say. `choices` are those of a text from a pipe, by name."""

    policy: Policy | None = None
    plain: bool = False
    pace: Pace | float | None = None
    figures: bool | None = None
    exam: bool = False
    out: Path | None = None
    text_from_stdin: bool = False
    choices: Mapping[str, str] = {}


AS_SET = Manner()


class DrillRequest(NamedTuple):
    """A drill of one or more attempts, one after the other.

    `pack` is None for the user's own text; `title` is the pack's. `limit_s` (seconds) holds for each attempt.
    `seed` alone draws the same items again; None when it does not. `level` is what the items were asked to be.
    """

    kind: Kind
    pack: str | None
    title: str
    language: str
    tasks: tuple[CopyTask | ReplyTask, ...]
    limit_s: float | None = None
    seed: int | None = None
    manner: Manner = AS_SET
    level: "Level | None" = None


def task_of(item: "Item") -> CopyTask | ReplyTask:
    """Return the attempt at one item."""
    shown = {"kind": item.kind, "id": item.full_id, "sha256": item.sha256, "item": dict(item.raw)}
    if isinstance(item, CopyItem):
        return CopyTask(item.full_id, item.sha256, item.title, item.text, (), shown)
    return ReplyTask(item.full_id, item.sha256, item.title, item, shown)


def joined_task(pack: str, title: str, text: Joined) -> CopyTask:
    """Return the attempt at a joined text; its id is `<pack>/*`, its hash that of the ids and hashes of its items."""
    parts = [{"id": item.full_id, "sha256": item.sha256} for item, _ in text.spans]
    sha256 = canonical_sha256(parts)
    spans = tuple(ItemSpan(item.full_id, item.sha256, start) for item, start in text.spans)
    shown = {
        "kind": "copy",
        "id": f"{pack}/*",
        "sha256": sha256,
        "items": [
            {"id": item.full_id, "sha256": item.sha256, "start": start, "item": dict(item.raw)}
            for item, start in text.spans
        ],
    }
    return CopyTask(f"{pack}/*", sha256, title, text.text, spans, shown)


def request_for(
    library: Library,
    kind: Kind,
    *,
    seed: int,
    item: str | None = None,
    pack: str | None = None,
    seconds: float | None = None,
    count: int | None = None,
    level: "Level | None" = None,
    recent: Sequence[str] = (),
    manner: Manner | None = None,
) -> DrillRequest:
    """Choose items of the packs and return the drill.

    With `item` it is that one; a copy drill with `seconds` is a text joined from items drawn by `seed`; otherwise
    `count` items (default 1) are drawn, of `level` where one is asked for. Items in `recent` (full ids, newest last)
    come after all others, the newest last; never in a test, whose draw depends on nothing but the seed and the packs.
    Raises UsageProblem or InvalidFile.
    """
    manner = manner or AS_SET
    if item is not None:
        found = library.find(item, kind)
        home = _allowed(library.pack(found.pack), manner)
        return _request(kind, home, (task_of(found),), seconds, None, manner)
    home, pool = _pool(library, kind, pack, seed, manner, level, count or 1)
    last = [] if manner.exam else _places(pool.ids, recent)
    if kind == "copy" and seconds is not None:
        text = joined(_copies(pool.items), seed, round(seconds * GRAPHEMES_PER_SECOND), last)
        tasks: tuple[CopyTask | ReplyTask, ...] = (joined_task(home.id, home.title, text),)
    else:
        tasks = tuple(task_of(each) for each in draw(pool.items, seed, 1 if count is None else count, last))
    return _request(kind, home, tasks, seconds, None if last else seed, manner)._replace(level=level)


def request_for_text(
    text: "OwnText", *, seconds: float | None = None, count: int | None = None, manner: Manner | None = None
) -> DrillRequest:
    """Return the drill of a user's own text, in its order: all paragraphs, the first `count`, or joined by time.

    Raises UsageProblem when it has fewer paragraphs than asked for.
    """
    manner = manner or AS_SET
    if seconds is not None:
        whole = joined(text.items, None, round(seconds * GRAPHEMES_PER_SECOND))
        tasks: tuple[CopyTask | ReplyTask, ...] = (joined_task("own", text.name, whole),)
    else:
        tasks = tuple(task_of(item) for item in draw(text.items, None, len(text.items) if count is None else count))
    return DrillRequest("copy", None, OWN_TITLE, "en-US", tasks, seconds, None, manner)


class _Pool(NamedTuple):
    """What is drawn from: items and, in the same order, their full ids."""

    items: "Sequence[Item]"
    ids: list[str]


def _pool(
    library: Library, kind: Kind, pack: str | None, seed: int, manner: Manner, level: "Level | None", count: int
) -> tuple[Pack, _Pool]:
    """Return the pack to draw from and its items: the named pack, or one that has such items, by seed.

    Where a level is asked for, only a pack with at least `count` items of it is taken.
    """
    if pack is not None:
        home = _allowed(library.pack(pack), manner)
        found = _of_level(library, kind, pack, level)
        if not found.ids:
            which = f"{level} {kind}" if level else kind
            raise UsageProblem(f"The pack {pack} has no {which} items; `typetrainer drills list` shows what there is.")
        return home, found
    owners = [each for each in library.packs() if library.has(kind, each.id)]
    kept = [each for each in owners if each.hiring]
    chosen = kept if kept and manner.exam else [each for each in owners if not each.hiring]
    for home in draw(chosen, seed, len(chosen)):
        found = _of_level(library, kind, home.id, level)
        if len(found.ids) >= (count if level else 1):
            return home, found
    what = f"{level} {kind} items" if level else f"{kind} items"
    many = f"{count} {what}" if level and count > 1 else what
    raise UsageProblem(f"No pack has {many}; `typetrainer drills list` shows what there is.")


def _of_level(library: Library, kind: Kind, pack: str, level: "Level | None") -> _Pool:
    """Return a pack's items of a kind; where a level is asked for, all are read to know theirs."""
    items: Sequence[Item] = library.items(kind, pack)
    if level is None:
        return _Pool(items, library.ids(kind, pack))
    from typetrainer.content.difficulty import difficulty_of

    items = [item for item in items if difficulty_of(item).level == level]
    return _Pool(items, [item.full_id for item in items])


def _places(ids: Sequence[str], recent: Sequence[str]) -> list[int]:
    """Return where the recent ones of `ids` stand, the newest last."""
    newest = {full_id: number for number, full_id in enumerate(recent)}
    return sorted((at for at, each in enumerate(ids) if each in newest), key=lambda at: newest[ids[at]])


def _allowed(pack: Pack, manner: Manner) -> Pack:
    """Return the pack, unless it is kept for tests and this is none. Raises UsageProblem."""
    if pack.hiring and not manner.exam:
        raise UsageProblem(f"The pack {pack.id} is kept for hiring tests; start it with --exam, or practise another.")
    return pack


def _copies(items: "Sequence[Item]") -> Sequence[CopyItem]:
    return items  # type: ignore[return-value] # a library's "copy" items are CopyItems


def _request(
    kind: Kind,
    pack: Pack,
    tasks: tuple[CopyTask | ReplyTask, ...],
    seconds: float | None,
    seed: int | None,
    manner: Manner,
) -> DrillRequest:
    return DrillRequest(kind, pack.id, pack.title, pack.language, tasks, seconds, seed, manner)
