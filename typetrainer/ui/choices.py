"""What can be chosen in `triage` and `search`, what was, and what is right: for the screen and for plain lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from typetrainer.content.model import Article, Tier
from typetrainer.content.written import WrittenItem
from typetrainer.core.log import AttemptLog, Mark
from typetrainer.core.metrics import without_pauses
from typetrainer.core.text import counted
from typetrainer.writing.answer import answer_of

if TYPE_CHECKING:
    from typetrainer.content.loader import Library

ACTIONS: Mapping[str, str] = {"reply": "reply", "ask": "ask first", "escalate": "escalate"}
_NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a choice in the results, in place of the table's words.

    `about` is what a dispute is about; `better` is what to do next time, where the choice was wrong.
    """

    head: str
    why: tuple[str, ...]
    about: str
    better: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen: lines of (label, text), whether it was right, and what is said of each check by its id.

    `article` is the one that answers a search, to be read with the model answer.
    """

    lines: tuple[tuple[str, str], ...]
    right: bool
    said: Mapping[str, Said] = field(default_factory=dict)
    article: Article | None = None


def tiers_of(library: "Library", item: WrittenItem) -> Sequence[Tier]:
    """Return the teams of an item's company. Raises the errors of the library."""
    return library.company(item.pack).tiers


def chosen_of(log: AttemptLog, item: WrittenItem | None, library: "Library") -> Chosen | None:
    """Return what was chosen in an attempt; None for the kinds without choices. Raises the errors of the library."""
    if item is None or item.kind not in ("triage", "search"):
        return None
    return _triage(log, item, library) if item.kind == "triage" else _search(log, item, library)


# --- triage ---


def _triage(log: AttemptLog, item: WrittenItem, library: "Library") -> Chosen:
    answer = answer_of(log)
    tiers = {tier.id: tier for tier in tiers_of(library, item)}
    action, tier = answer.action or "", answer.tier or ""
    was, best = _done(action, tiers.get(tier)), _done(item.action or "", tiers.get(item.tier))
    right_action, right_tier = action == item.action, item.action != "escalate" or tier == item.tier
    team = tiers.get(item.tier) if item.action == "escalate" else None
    handles = (f"{team.name}: {team.handles}",) if team is not None else ()
    if right_action:
        said = {"action": Said(f"The right action: {ACTIONS.get(item.action or '', '')}", (), action or _NOTHING)}
    else:
        said = {"action": Said(f"Another action fits better: {best}", handles, action or _NOTHING, f"{best}.")}
    if team is not None:
        head = f"The right team: {team.name}" if right_tier else f"Another team handles this: {team.name}"
        said["tier"] = Said(head, handles, tier or _NOTHING, "" if right_tier else f"{best}.")
    right = right_action and right_tier
    return Chosen(_lines(was, best, item.why, right=right), right, said)


def _done(action: str, tier: Tier | None) -> str:
    name = ACTIONS.get(action, action) or _NOTHING
    return f"{name} to {tier.name}" if action == "escalate" and tier is not None else name


def _lines(was: str, best: str, why: str, *, right: bool) -> tuple[tuple[str, str], ...]:
    better = () if right else (("Better", best),)
    return (("You chose", was), *better, *((("Because", why),) if why else ()))


# --- search ---


def _search(log: AttemptLog, item: WrittenItem, library: "Library") -> Chosen:
    source = answer_of(log).article or ""
    right = source in (item.article, *item.accept)
    was = _title(library, item.pack, source) if source else _NOTHING
    best = _title(library, item.pack, item.article)
    head = f"The right article: {was}" if right else f"Another article answers this: {best}"
    lines = (*_lines(was, best, "", right=right), ("Found", _way(log)))
    key = library.article(item.pack, item.article) if item.article in library.article_ids(item.pack) else None
    better = "" if right else f'the article "{best}" answers this.'
    return Chosen(lines, right, {"source": Said(head, (), source or _NOTHING, better)}, key)


def _title(library: "Library", pack: str, article: str) -> str:
    return library.article(pack, article).title if article in library.article_ids(pack) else article


def _way(log: AttemptLog) -> str:
    """Return how the article was found: when, after how many searches and articles."""
    marks = list(_marks(log))
    queries = sum(name == "query" for name, _ in marks)
    opened = len({value for name, value in marks if name == "open"})
    when = _chosen_after(log)
    after = "" if when is None else f"after {when:.0f} s, "
    return f"{after}{counted(queries, 'search').replace('searchs', 'searches')}, {counted(opened, 'article')} opened"


def _marks(log: AttemptLog) -> Iterator[tuple[str, object]]:
    for event in log.events:
        if isinstance(event, Mark):
            yield event.name, event.value


def _chosen_after(log: AttemptLog) -> float | None:
    """Return the seconds until the article was chosen for the last time, without pauses; None where it never was."""
    events, _end = without_pauses(log)
    times = [event.t for event in events if isinstance(event, Mark) and event.name == "article"]
    return times[-1] / 1e6 if times else None
