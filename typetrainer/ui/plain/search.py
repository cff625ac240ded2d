"""The drill `search` in plain lines: words find articles, a number opens one, Enter answers with it."""

from typetrainer.content.loader import Library
from typetrainer.core.editor import Editor
from typetrainer.core.log import AttemptLog
from typetrainer.core.text import cells, counted
from typetrainer.ui.finder import MAX_QUERY, load_finder, snippet
from typetrainer.ui.input import PASTE, TEXT, KeyEvent
from typetrainer.ui.plain.reply import PlainReply
from typetrainer.ui.plain.terminal import PlainTerminal
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.task import Task
from typetrainer.writing.search import Hit

_READ_OUT = 5  # articles of a list: more are no help to an ear
_SNIPPET = 120


class PlainSearch(PlainReply):
    """Lines are searches until an article is chosen; then the reply is typed as ever."""

    def __init__(
        self,
        terminal: PlainTerminal,
        task: Task,
        recorder: Recorder,
        library: Library,
        resumed: AttemptLog | None = None,
    ) -> None:
        super().__init__(terminal, task, recorder, library, resumed)
        self._finder = load_finder(library, self.item.pack)
        self._line = Editor()
        self._hits: tuple[Hit, ...] = ()
        self._read = ""  # the article that was read last
        self._searching = False

    def begin_text(self, said: str = "") -> None:
        """Search first; with a source, say which it is, and go on with the reply."""
        source = str(self.session.choices.get("article") or "")
        self._searching = not source
        if not source:
            self._ask()
            return
        self.terminal.end_line()
        known = self._finder.articles.get(source)
        self.terminal.say(f"Your source: {known.title if known else source}. F6 goes back to the search.")
        super().begin_text(said)

    def _ask(self) -> None:
        self.terminal.end_line()
        self.terminal.say("Search the articles: type words, then Enter.")
        self.terminal.echo(self._line.text)

    def chosen_by(self, key: KeyEvent, t: int) -> bool:
        """Take a line while searching; F6 begins that again."""
        if key.name == "f6":
            self._searching = True
            self._read, self._line = "", Editor()
            self._ask()
            return True
        if not self._searching:
            return False
        match key.name:
            case name if name == TEXT:
                if len(self._line.clusters) < MAX_QUERY and self._line.insert(key.text) is not None:
                    self.terminal.echo(key.text)
            case "backspace" | "c-w" | "c-u":
                self._erase(key.name)
            case "enter":
                self._enter(t)
            case name if name == PASTE:
                self.interject("A paste does not count here: type what you look for.")
            case name:
                return name in ("a-enter", "c-j", "c-_", "f3")
        return True

    def _erase(self, name: str) -> None:
        before = list(self._line.clusters)
        erase = {"backspace": self._line.backspace, "c-w": self._line.delete_word_back}
        erase.get(name, self._line.delete_to_line_start)()
        self.terminal.rub_out(sum(cells(cluster) for cluster in before[len(self._line.clusters) :]))

    def _enter(self, t: int) -> None:
        line, self._line = self._line.text.strip(), Editor()
        self.terminal.end_line()
        if line.isdecimal() and 0 < int(line) <= len(self._hits):
            self._open(t, self._hits[int(line) - 1].id)
        elif line:
            self.record(self.session.choose(t, "query", line))
            self._hits = self._finder.find(line)[:_READ_OUT]
            self._say_hits()
        elif self._read:
            self.record(self.session.choose(t, "article", self._read))
            self.begin_text()
        else:
            self._ask()

    def _say_hits(self) -> None:
        if not self._hits:
            self.terminal.say("Nothing is found. Type other words, then Enter.")
            return
        found = [
            f"{n}: {hit.title}. {''.join(text for _, text in snippet(self._finder, hit, _SNIPPET))}"
            for n, hit in enumerate(self._hits, 1)
        ]
        self.terminal.say(
            f"{counted(len(found), 'article')}:", *found,
            "Type a number and Enter to read one, or other words.",
        )  # fmt: skip

    def _open(self, t: int, article: str) -> None:
        self.record(self.session.choose(t, "open", article))
        self._read = article
        self.terminal.say(*self.article_lines(article), "", "Enter answers with this article; or type other words.")

    def go_on(self) -> None:
        """Say the search as far as it is typed, or the reply."""
        if self._searching:
            self.terminal.echo(self._line.text)
        else:
            super().go_on()

    def looked_up(self) -> list[str]:
        """Return the article that the answer is from, or that was read last."""
        shown = str(self.session.choices.get("article") or self._read)
        return self.article_lines(shown) if shown else ["No article is chosen yet."]
