"""The library: finds packs, and reads of them only what is asked for. The format is contracts/packs.md."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from typetrainer.content import schema
from typetrainer.content.model import KINDS, Article, Company, CopyItem, Guideline, Kind, Pack, Policy, Tier
from typetrainer.content.tomlfile import ItemFile, read_table, read_text
from typetrainer.core.canonical import canonical_sha256
from typetrainer.errors import InvalidFile, StorageProblem, TypetrainerError, UsageProblem
from typetrainer.paths import Paths

if TYPE_CHECKING:
    from typetrainer.content.written import Item

T = TypeVar("T")
OWN_FOLDER = "packs"


def bundled_folder() -> Path:
    """Return the folder of the bundled packs: in the installed package, or else in the checkout around it.

    Raises StorageProblem when neither is there.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "drills", package.parent / "drills"):
        if folder.is_dir():
            return folder
    raise StorageProblem(f"The drills are missing beside {package}; install typetrainer again.")


def item_sha256(raw: Mapping[str, Any]) -> str:
    """Return the hash of an item's own table, 64 hex digits."""
    return canonical_sha256(dict(raw))


class Lazy(Sequence[T], Generic[T]):
    """A sequence whose members are read when they are asked for, each once. Members may raise InvalidFile."""

    def __init__(self, makers: Sequence[Callable[[], T]]) -> None:
        self._makers = list(makers)
        self._made: dict[int, T] = {}

    def __len__(self) -> int:
        """Return how many there are, without reading any."""
        return len(self._makers)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> "Lazy[T]": ...
    def __getitem__(self, index: int | slice) -> "T | Lazy[T]":
        """Read one member; a slice stays unread."""
        if isinstance(index, slice):
            return Lazy(self._makers[index])
        at = range(len(self))[index]
        if at not in self._made:
            self._made[at] = self._makers[at]()
        return self._made[at]


class Library:
    """The user's packs, then the bundled ones. A user's pack hides a bundled one of the same id.

    `problems` holds what was wrong with packs that were passed over while looking for others.
    """

    def __init__(self, paths: Paths, *, bundled: Path | None = None) -> None:
        self._own = paths.data / OWN_FOLDER
        self._bundled = bundled
        self._packs: dict[str, Pack | TypetrainerError] | None = None
        self._files: dict[tuple[str, Kind], ItemFile | None] = {}
        self.problems: list[TypetrainerError] = []

    # --- packs ---

    def packs(self) -> tuple[Pack, ...]:
        """Return all packs that can be read, the user's first; the others are in `problems`."""
        return tuple(pack for pack in self._found().values() if isinstance(pack, Pack))

    def pack(self, pack_id: str) -> Pack:
        """Return one pack. Raises UsageProblem when there is none, InvalidFile when it is broken."""
        found = self._found().get(pack_id)
        if found is None:
            raise UsageProblem(_unknown("pack", pack_id, list(self._found()), "`typetrainer drills list`"))
        if isinstance(found, TypetrainerError):
            raise found
        return found

    def _found(self) -> dict[str, Pack | TypetrainerError]:
        if self._packs is None:
            self._packs = {}
            bundled = self._bundled or bundled_folder()
            for folder, own in [*((f, True) for f in _folders(self._own)), *((f, False) for f in _folders(bundled))]:
                if folder.name not in self._packs:
                    self._packs[folder.name] = self._read_pack(folder, own=own)
        return self._packs

    def _read_pack(self, folder: Path, *, own: bool) -> Pack | TypetrainerError:
        try:
            record = read_table(folder / "pack.toml", schema.PACK)
            if record["id"] != folder.name:
                raise InvalidFile(
                    f"{folder / 'pack.toml'}: id should be the folder's name, {schema.shown(folder.name)}, "
                    f"not {schema.shown(record['id'])}."
                )
        except TypetrainerError as error:
            self.problems.append(error)
            return error
        return Pack(**{**record, "authors": tuple(record["authors"])}, folder=folder, own=own)

    # --- items ---

    def items(self, kind: Kind, pack: str | None = None) -> "Lazy[Item]":
        """Return the items of a kind, of one pack or of all, in the order of their files; read when asked for.

        Raises UsageProblem for an unknown pack; InvalidFile for the named pack's broken file, while without a name
        broken files are passed over and told in `problems`.
        """
        packs = self.packs() if pack is None else (self.pack(pack),)
        makers: list[Callable[[], Item]] = []
        for each in packs:
            try:
                file = self._file(each, kind)
            except TypetrainerError as error:
                if pack is not None:
                    raise
                if error not in self.problems:
                    self.problems.append(error)
                continue
            makers += [] if file is None else [_maker(each, kind, file, item_id) for item_id in file.ids]
        return Lazy(makers)

    def ids(self, kind: Kind | None = None, pack: str | None = None) -> list[str]:
        """Return the full ids of a kind, or of all, without reading the items."""
        result = []
        for each in self.packs() if pack is None else (self.pack(pack),):
            for one in KINDS if kind is None else (kind,):
                try:
                    file = self._file(each, one)
                except TypetrainerError:
                    continue
                result += [f"{each.id}/{item_id}" for item_id in (file.ids if file else ())]
        return result

    def has(self, kind: Kind, pack: str | None = None) -> bool:
        """Whether there is an item of a kind, in one pack or in any; nothing is read that need not be."""
        for each in self.packs() if pack is None else (self.pack(pack),):
            try:
                file = self._file(each, kind)
            except TypetrainerError:
                continue
            if file is not None and file.ids:
                return True
        return False

    def find(self, name: str, kind: Kind | None = None) -> "Item":
        """Return the item with a full id, or with a bare one where only one pack has it.

        Raises UsageProblem, with near names, when there is none or more than one; InvalidFile when it is broken.
        """
        pack_id, _, item_id = name.rpartition("/")
        packs = (self.pack(pack_id),) if pack_id else self.packs()
        hits = []
        for pack in packs:
            for one in KINDS if kind is None else (kind,):
                file = self._file(pack, one)
                if file is not None and item_id in file.ids:
                    hits.append((pack, one, file))
        if len({pack.id for pack, _, _ in hits}) > 1:
            raise UsageProblem(
                f"More than one pack has an item {item_id}; name it in full: "
                + " or ".join(f"{pack.id}/{item_id}" for pack, _, _ in hits) + "."
            )  # fmt: skip
        if hits:
            pack, one, file = hits[0]
            if len(hits) > 1:
                raise InvalidFile(f"{pack.folder}: the item id {item_id} is in {one}.toml and in another file as well.")
            return _maker(pack, one, file, item_id)()
        ids = self.ids(kind)
        known = ids if pack_id else [*ids, *(full.rpartition("/")[2] for full in ids)]
        raise UsageProblem(_unknown(f"{kind} item" if kind else "item", name, known, "`typetrainer drills list`"))

    def _file(self, pack: Pack, kind: Kind) -> ItemFile | None:
        at = (pack.id, kind)
        if at not in self._files:
            path = pack.folder / f"{kind}.toml"
            self._files[at] = ItemFile(path, schema.ITEMS[kind]) if path.exists() else None
        return self._files[at]

    # --- companies ---

    def company(self, pack: str) -> Company:
        """Return the company behind a pack. Raises UsageProblem or InvalidFile."""
        record = read_table(self.pack(pack).folder / "company.toml", schema.COMPANY)
        return Company(
            name=record["name"],
            trade=record["trade"],
            about=record["about"],
            currency=record["currency"],
            hours=record["hours"],
            words=tuple(record["words"]),
            voice=record["tone"]["voice"],
            guidelines=tuple(Guideline(**entry) for entry in record.get("guideline", ())),
            tiers=tuple(Tier(**entry) for entry in record.get("tier", ())),
            policies=tuple(Policy(**entry) for entry in record.get("policy", ())),
            senses=tuple((name, tuple(phrases)) for name, phrases in record.get("senses", {}).items()),
            weights=tuple(record.get("weights", {}).items()),
        )

    def article_ids(self, pack: str) -> tuple[str, ...]:
        """Return the ids of a pack's articles, sorted."""
        folder = self.pack(pack).folder / "articles"
        try:
            return tuple(sorted(path.stem for path in folder.glob("*.md") if schema.ID_PATTERN.fullmatch(path.stem)))
        except OSError as error:
            raise StorageProblem(f"Cannot list {folder}: {error.strerror or error}. Permit it.") from error

    def article(self, pack: str, article_id: str) -> Article:
        """Return one article. Raises UsageProblem when there is none, InvalidFile when it is not text."""
        known = self.article_ids(pack)
        if article_id not in known:
            raise UsageProblem(_unknown(f"article of {pack}", article_id, list(known), f"{pack}/articles"))
        text = read_text(self.pack(pack).folder / "articles" / f"{article_id}.md")
        heading = next((line.lstrip("# ").strip() for line in text.split("\n") if line.startswith("#")), "")
        return Article(pack, article_id, heading or article_id.replace("-", " "), text)


def _folders(root: Path) -> Iterator[Path]:
    try:
        yield from sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise StorageProblem(f"Cannot list {root}: {error.strerror or error}. Permit it.") from error


def _unknown(what: str, name: str, known: list[str], where: str) -> str:
    """Return the sentence for a name that is not known, with up to three near ones."""
    from difflib import get_close_matches

    near = list(dict.fromkeys(get_close_matches(name, known, 3, 0.6)))
    hint = f"did you mean {' or '.join(near)}?" if near else f"{where} shows all."
    return f"There is no {what} {schema.shown(name)}; {hint}"


def _maker(pack: Pack, kind: Kind, file: ItemFile, item_id: str) -> "Callable[[], Item]":
    return lambda: make_item(pack.id, kind, file[item_id])


def make_item(pack: str, kind: Kind, raw: Mapping[str, Any]) -> "Item":
    """Make an item of a table that the schema has accepted."""
    common = {
        "pack": pack,
        "id": raw["id"],
        "title": raw["title"],
        "tags": tuple(raw["tags"]),
        "words": tuple(raw.get("words", ())),
        "sha256": item_sha256(raw),
        "raw": raw,
    }
    if kind == "copy":
        return CopyItem(**common, text=raw["text"])
    from typetrainer.content.written import made_of

    return made_of(kind, raw, common)
