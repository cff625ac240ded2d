"""After a reply: the text with what LanguageTool found at its place, readability, the writing itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from typetrainer.core.metrics import Metrics
from typetrainer.core.text import Row as Line
from typetrainer.core.text import cells, graphemes, visible, wrap, wrap_text
from typetrainer.ui.figures import number, percent
from typetrainer.ui.frame import BLANK, Frame, Piece, Row, Size, clock_text, fitted, layout
from typetrainer.writing.findings import Finding
from typetrainer.writing.result import CheckResult

_ROOM = 76
LONG_SENTENCE = 25
GOOD_SENTENCE = 20


@dataclass(frozen=True, slots=True)
class ReplyOutcome:
    """What a sent reply came to. `check` is None while the language is being checked."""

    title: str
    text: str
    metrics: Metrics
    says: Sequence[str]
    model: str
    check: CheckResult | None = None
    hidden: frozenset[int] = frozenset()  # findings that the user has put away by dictionary or rule
    selected: int = 0
    show_model: bool = False
    said: str = ""  # the answer to what was done with the selected finding
    notices: tuple[str, ...] = ()


def findings_of(outcome: ReplyOutcome) -> tuple[Finding, ...]:
    """Return the findings, none while they are being made."""
    return outcome.check.findings or () if outcome.check else ()


def marked_text(text: str, findings: Sequence[Finding], columns: int) -> list[Row]:
    """Return the text in rows, each finding underlined, its number in a row below."""
    clusters = graphemes(text)
    starts: list[int] = []  # code point offset of each grapheme
    at = 0
    for cluster in clusters:
        starts.append(at)
        at += len(cluster)
    owner: dict[int, int] = {}  # grapheme -> number of its finding
    for index, finding in enumerate(findings, 1):
        for g, start in enumerate(starts):
            if start < finding.offset + max(finding.length, 1) and start + len(clusters[g]) > finding.offset:
                owner.setdefault(g, index)
    rows: list[Row] = []
    for line in wrap(clusters, min(columns - 4, _ROOM)):
        rows += _marked_line(clusters, line, owner)
    return rows


def _marked_line(clusters: list[str], line: Line, owner: dict[int, int]) -> list[Row]:
    pieces: list[Piece] = [("", "  ")]
    below: list[Piece] = []
    column = filled = 0
    for g in range(line.start, line.end):
        number_ = owner.get(g)
        style = "span" if number_ else ""
        text = visible(clusters[g]) if clusters[g] != "\n" else ""
        if text == " " and number_ and not owner.get(g - 1) == number_ == owner.get(g + 1):
            text = "␣"  # inside, the line below is enough
        if pieces[-1][0] == style:
            pieces[-1] = (style, pieces[-1][1] + text)
        elif text:
            pieces.append((style, text))
        if number_ and owner.get(g - 1) != number_ and column >= filled:
            label = f"└{number_}"
            below += [("", " " * (column - filled)), ("warn", label)]
            filled = column + len(label)
        column += cells(clusters[g]) if clusters[g] != "\n" else 0
    return [tuple(pieces), (("", "  "), *below)] if below else [tuple(pieces)]


def finding_rows(outcome: ReplyOutcome, columns: int) -> list[Row]:
    """Return the list of findings, the selected one marked."""
    return [row for index in range(len(findings_of(outcome))) for row in _finding(outcome, index, columns)]


def selected_rows(outcome: ReplyOutcome, columns: int) -> tuple[int, int]:
    """Return the first and the last row of the selected finding in `reply_rows`."""
    above = len(marked_text(outcome.text, findings_of(outcome), columns)) + 1 + len(language_rows(outcome, columns))
    first = above + outcome.selected
    return first, first + len(_finding(outcome, outcome.selected, columns)) - 1


def _finding(outcome: ReplyOutcome, index: int, columns: int) -> list[Row]:
    finding = findings_of(outcome)[index]
    selected = index == outcome.selected
    lead = "▸" if selected else " "
    replacement = f" ▸ {_edged(finding.replacements[0])}" if finding.replacements else ""
    put_away = " (put away)" if index in outcome.hidden else ""
    head = f" {lead}{index + 1} {finding.severity}: {_edged(finding.text) or 'here'}{replacement}{put_away}"
    style = "dim" if index in outcome.hidden else ("strong" if selected else "")
    rows: list[Row] = [fitted(((style, head),), columns)]
    if selected:
        rows += [(("label", f"     {line}"),) for line in wrap_text(finding.message, columns - 8)]
        others = ", ".join(finding.replacements[1:])
        rule = visible(f"     rule {finding.rule}" + (f" · also: {others}" if others else ""))
        rows.append(fitted((("dim", rule),), columns))
        if outcome.said:
            rows += [(("warn", f"     {line}"),) for line in wrap_text(outcome.said, columns - 8)]
    return rows


def _edged(text: str) -> str:
    """Return a text whose blanks can be seen where they would be lost: at its ends."""
    inside = text.strip(" ")
    before, _, after = text.partition(inside) if inside else (text, "", "")
    return visible("␣" * len(before) + inside + "␣" * len(after))


def language_rows(outcome: ReplyOutcome, columns: int) -> list[Row]:
    """Return how the language check stands: a line, or more for why there was none."""
    check = outcome.check
    label = ("label", " language   ")
    if check is None:
        return [(label, ("", "is being checked …"))]
    if check.findings is None:
        first, *rest = wrap_text("not checked: " + (check.reason or ""), columns - 14)
        said = first.removeprefix("not checked: ")
        return [(label, ("warn", "not checked: "), ("", said)), *((("", " " * 12 + line),) for line in rest)]
    engine = visible(f"{check.engine.name} {check.engine.version}") if check.engine else ""
    counts = [
        f"{count} {name}{'' if count == 1 or name == 'typography' else 's'}"
        for name in ("error", "style", "typography")
        if (count := sum(f.severity == name for f in check.findings))
    ]
    said = ", ".join(counts).replace("styles", "style notes").replace("1 style", "1 style note") or "nothing found"
    return [fitted((label, ("good" if not counts else "strong", said), ("dim", f"   {engine}")), columns)]


def reading_lines(outcome: ReplyOutcome) -> list[Row]:
    """Return readability and the figures of writing."""
    rows: list[Row] = []
    check = outcome.check
    if check is not None:
        r = check.readability
        said = f"{number(r.words_per_sentence_mean)} words a sentence, the longest {r.words_per_sentence_max}"
        if r.words_per_sentence_max > LONG_SENTENCE:
            said += f" (over {LONG_SENTENCE}: split it)"
        rows.append((("label", " clarity    "), ("", said)))
        if r.long_words:
            rows.append((("label", "            "), ("", "long words: " + visible(", ".join(r.long_words[:6])))))
    m = outcome.metrics
    composing = m["composing_s"]
    parts = [
        f"{m['words']} words",
        f"read {number(m['reading_s'])} s",
        f"wrote {clock_text(composing) if isinstance(composing, float) else '–'}",
        f"{number(m['final_wpm'])} wpm in all",
        f"pauses {percent(m['pause_share'])}",
    ]
    rows.append((("label", " writing    "), ("", " · ".join(parts))))
    return rows


def self_check(outcome: ReplyOutcome, columns: int) -> list[Row]:
    """Return what the reply should have conveyed, for the writer to compare: nothing here is judged."""
    rows: list[Row] = [(("label", " Did your reply say this? Compare for yourself; it is not judged yet."),)]
    for says in outcome.says:
        for part, line in enumerate(wrap_text(says, columns - 8)):
            rows.append((("", "   □ " if part == 0 else "     "), ("", line)))
    return rows


def reply_rows(outcome: ReplyOutcome, columns: int) -> list[Row]:
    """Return the whole body of the results; it may be longer than the screen."""
    if outcome.show_model:
        rows: list[Row] = [(("label", " A model answer. There are other good ones."),), BLANK]
        return [*rows, *((("", "  " + line),) for line in wrap_text(outcome.model, min(columns - 4, _ROOM)))]
    rows = marked_text(outcome.text, findings_of(outcome), columns)
    rows += [BLANK, *language_rows(outcome, columns), *finding_rows(outcome, columns)]
    rows += [fitted(row, columns) for row in reading_lines(outcome)]
    rows += [BLANK, *self_check(outcome, columns)]
    for notice in outcome.notices:
        rows += [(("warn", " " + line),) for line in wrap_text(notice, columns - 3)]
    return rows


def reply_results_view(outcome: ReplyOutcome, foot: Row, size: Size, scroll: int) -> Frame:
    """Return the results screen of a reply."""
    rows = reply_rows(outcome, size.columns)
    room = size.rows - 2 - 1
    composing = outcome.metrics["composing_s"]
    clock = f"sent after {clock_text(composing if isinstance(composing, float) else 0)}"
    shown = rows[scroll : scroll + room]
    if scroll + room < len(rows) and shown:
        shown[-1] = (("label", f" ↓ PgDn: {len(rows) - scroll - room + 1} more lines"),)
    return layout(outcome.title, ("", clock), shown, [foot], size)
