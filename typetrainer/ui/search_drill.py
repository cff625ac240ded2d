"""The drill `search` on the screen: find the article, read it, choose it as the source, answer with it."""

from collections.abc import Callable
from typing import Literal

from typetrainer.core.editor import Editor
from typetrainer.core.log import AttemptLog, Mark
from typetrainer.core.text import counted, wrap
from typetrainer.errors import TypetrainerError
from typetrainer.ui.context import Context
from typetrainer.ui.editing import changes_of, move
from typetrainer.ui.finder import MAX_QUERY, Finder, load_finder
from typetrainer.ui.frame import Frame, Row, Size, rule
from typetrainer.ui.input import PASTE, TEXT, KeyEvent
from typetrainer.ui.panes import article_pane, keys_help, make_panes
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.reply_drill import ReplyDrill
from typetrainer.ui.task import Task
from typetrainer.ui.views.reply import MIN_EDITOR_ROWS, Pane, ReplyPicture, pane_room, reply_view
from typetrainer.ui.views.search import LEAST_FIND, READ_ROWS, Found, find_view, read_view, source_row
from typetrainer.writing.search import Hit

QUERY_STANDS_US = 1_000_000  # what stood so long was searched for (contracts/attempt-log.md)
_WIDE = 1_000_000  # the search field is one row


class SearchDrill(ReplyDrill):
    """One place at a time: `find` has the search field, `read` an article and no field, `answer` the reply's editor."""

    def __init__(
        self,
        context: Context,
        task: Task,
        *,
        done: Callable[[ReplyDrill], None],
        again: Callable[[], None],
        resumed: tuple[Recorder, AttemptLog] | None = None,
    ) -> None:
        super().__init__(context, task, done=done, again=again, resumed=resumed)
        choices = self.session.choices
        self.place: Literal["find", "read", "answer"] = "answer" if self.source or self.session.size else "find"
        self.query = Editor(str(choices.get("query") or ""))
        self.hits: tuple[Hit, ...] = ()
        self._finder: Finder | None = None
        self._selected = 0
        self._note = ""
        self._article = ""  # that is read
        self._others: dict[int, list[Pane]] = {}  # the panes but the article's, by width
        self._opened = _opened(resumed[1]) if resumed else set()
        self._asked = self.query.text  # what was logged last
        self._asked_at = 0  # when the query changed, microseconds

    @property
    def source(self) -> str:
        """The id of the article that the answer is from, or an empty text."""
        return str(self.session.choices.get("article") or "")

    def opened(self) -> None:
        super().opened()
        self.program.work(self._load, self._loaded)

    def _load(self) -> Finder | str:
        try:
            return load_finder(self.context.library, self.item.pack)
        except TypetrainerError as error:
            return str(error)

    def _loaded(self, finder: Finder | str) -> None:
        if isinstance(finder, str):
            self._note = finder
            return
        self._finder = finder
        self._panes = {}  # the source of a resumed attempt can be shown now
        self._search()

    def _search(self) -> None:
        self.hits = self._finder.find(self.query.text) if self._finder is not None else ()
        self._selected = 0

    # --- what was searched for ---

    def next_change(self, now: int) -> int | None:
        change = super().next_change(now)
        if not self._unlogged():
            return change
        due = self._shown_at + (self._asked_at + QUERY_STANDS_US) * 1000
        return due if change is None else min(change, due)

    def tick(self, now: int) -> None:
        super().tick(now)
        t = self.t(now)
        if not self.over and self._unlogged() and t - self._asked_at >= QUERY_STANDS_US:
            self._log_query(t)

    def _unlogged(self) -> bool:
        return self.query.text.strip() not in ("", self._asked.strip())

    def _log_query(self, t: int) -> None:
        if self._unlogged():
            self._asked = self.query.text
            self.record(self.session.choose(t, "query", self._asked.strip()))

    # --- keys ---

    def chosen_by(self, key: KeyEvent, t: int) -> bool:
        self._note = ""
        if key.name == "c-f":
            self._go("find" if self.place != "find" else "answer")
            return True
        if key.name in ("c-r", "tab", "s-tab", "pageup", "pagedown", "f1") or self.place == "answer":
            return False
        if self.place == "read":
            self._read(key, t)
        else:
            self._find(key, t)
        return True

    def _go(self, place: Literal["find", "read", "answer"]) -> None:
        self.place = place
        self._panes, self._pane, self._scroll = {}, 0, 0

    def _find(self, key: KeyEvent, t: int) -> None:
        match key.name:
            case "up" | "down" if self.hits:
                step = 1 if key.name == "down" else -1
                self._selected = max(0, min(self._selected + step, len(self.hits) - 1))
            case "enter" if self.hits:
                self._open(self.hits[self._selected].id, t)
            case "enter":
                self._note = "Nothing is found; try other words."
            case name if name == PASTE:
                self._note = "A paste does not count here: type what you look for."
            case name:
                self._change_query(key.text if name == TEXT else "", name, t)

    def _change_query(self, text: str, name: str, t: int) -> None:
        """Type into the search field, or edit it."""
        before = self.query.text
        if text and len(self.query.clusters) < MAX_QUERY:
            self.query.insert(text)
        elif change := changes_of(self.query).get(name):
            change()
        elif name not in ("up", "down"):
            move(self.query, name, wrap(self.query.clusters, _WIDE))
        if self.query.text != before:
            self._asked_at = t
            self._search()

    def _open(self, article: str, t: int) -> None:
        self._log_query(t)
        self.record(self.session.choose(t, "open", article))
        self._article = article
        self._opened.add(article)
        self._go("read")

    def _read(self, key: KeyEvent, t: int) -> None:
        if key.name == "enter":
            if self.source != self._article:
                self.record(self.session.choose(t, "article", self._article))
            self._go("answer")
        elif key.name in ("backspace", "left"):
            self._go("find")
        elif key.name in ("up", "down"):
            self._scroll = max(0, self._scroll + (1 if key.name == "down" else -1))
        elif key.name == TEXT and key.text != " ":  # other words: a new search
            self._go("find")
            self.query = Editor()
            self._change_query(key.text, TEXT, t)
        else:
            self._note = "Enter answers with this article, Backspace goes back to the search."

    # --- picture ---

    def make_panes(self, columns: int) -> list[Pane]:
        if columns not in self._others:  # read from disk once: places change with a key
            told = keys_help(self.item.kind, self.writing, exam=self.task.exam)
            self._others = {columns: make_panes(self.item, self.context.library, told, columns, articles=())}
        shown = {"find": "", "read": self._article, "answer": self.source}[self.place]
        known = self._finder.articles if self._finder is not None else {}
        return [*([article_pane(known[shown], columns)] if shown in known else []), *self._others[columns]]

    def least_rows(self) -> int:
        return LEAST_FIND if self.place == "find" else MIN_EDITOR_ROWS

    def _pane_room(self, size: Size, pane: Pane) -> int:
        if self.place == "read":
            return size.rows - READ_ROWS
        return pane_room(size, pane, self.least_rows() + len(self.above(size.columns)))

    def above(self, columns: int) -> tuple[Row, ...]:
        return (source_row(self._title(self.source), columns), rule(columns)) if self.place == "answer" else ()

    def _title(self, article: str) -> str:
        known = self._finder.articles if self._finder is not None else {}
        return known[article].title if article in known else article

    def picture_view(self, picture: ReplyPicture, size: Size) -> Frame:
        if self.place == "answer":
            return reply_view(picture, size)
        picture = picture._replace(left=self._left(), heed=False)
        if self.place == "read":
            return read_view(picture, size)
        remarks = dict.fromkeys(self._opened, "opened") | ({self.source: "● your source"} if self.source else {})
        found = Found(self.query, self._finder, self.hits, self._selected, remarks)
        return find_view(picture, found, size)

    def _left(self) -> str:
        if self.place == "read":
            return "Is it the answer? Enter answers with it; other words search again."
        if self._finder is None:
            return "The articles are being read …"
        if not self.query.text.strip():
            return f"Type to search {counted(len(self.hits), 'article')}."
        return f"{counted(len(self.hits), 'article')} found" if self.hits else "Nothing is found; try other words."

    def _hint(self) -> str:
        return self._note or super()._hint()

    def keys_shown(self) -> list[tuple[str, str]]:
        match self.place:
            case "find":
                return [("Enter", "open"), ("↑↓", "choose"), ("Ctrl-F", "reply")]
            case "read":
                return [("Enter", "answer"), ("Backspace", "search")]
            case _:
                return [self.writing.sender, ("Ctrl-F", "search")]


def _opened(log: AttemptLog) -> set[str]:
    """Return the articles that were opened so far."""
    return {str(event.value) for event in log.events if isinstance(event, Mark) and event.name == "open"}
