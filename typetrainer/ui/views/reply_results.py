"""After a reply: the score, the text with every point at its place, readability, the writing itself."""

from dataclasses import dataclass

from typetrainer.core.metrics import Metrics
from typetrainer.core.text import visible, wrap_text
from typetrainer.ui.choices import Chosen
from typetrainer.ui.figures import number, percent
from typetrainer.ui.frame import BLANK, Frame, Row, Size, clock_text, fitted, layout
from typetrainer.ui.panes import article_pane
from typetrainer.ui.views.judgements import (
    Judgement,
    judgements,
    marked_text,
    next_time,
    point_rows,
    score_rows,
)
from typetrainer.writing.findings import Finding
from typetrainer.writing.result import CheckResult
from typetrainer.writing.rubric.assessment import Assessment

_ROOM = 76
LONG_SENTENCE = 25
GOOD_SENTENCE = 20


@dataclass(frozen=True, slots=True)
class ReplyOutcome:
    """What a sent reply came to. `check` is None while the language is being checked."""

    title: str
    text: str
    metrics: Metrics
    model: str
    check: CheckResult | None = None
    assessment: Assessment | None = None
    put_away: frozenset[str] = frozenset()  # keys of findings in the dictionary, or whose rule is off, since then
    disputed: frozenset[str] = frozenset()  # keys of points that the user finds wrong
    selected: int = 0
    show_model: bool = False
    said: str = ""  # the answer to what was done with the selected point
    notices: tuple[str, ...] = ()
    kind: str = "reply"
    chosen: Chosen | None = None
    score_aside: float | None = None  # without what is set aside; None where nothing is

    @property
    def hidden(self) -> frozenset[str]:
        """The keys of all points that are set aside."""
        return self.put_away | self.disputed

    @property
    def points(self) -> tuple[Judgement, ...]:
        """What is said of it, point by point."""
        return judgements(self.assessment, findings_of(self), self.chosen.said if self.chosen else {})


def findings_of(outcome: ReplyOutcome) -> tuple[Finding, ...]:
    """Return the findings, none while they are being made."""
    return outcome.check.findings or () if outcome.check else ()


def _body(outcome: ReplyOutcome, columns: int) -> tuple[list[Row], list[tuple[int, Row]]]:
    """Return the rows above the points, and the points."""
    points = outcome.points
    above = score_rows(outcome.assessment, columns, so_far=outcome.check is None) if outcome.assessment else []
    if outcome.score_aside is not None:
        above.append((("warn", f" {outcome.score_aside:.0f} of 100"), ("label", " without what you set aside")))
    above += [BLANK] if above else []
    if outcome.chosen is not None:
        above += [*chosen_rows(outcome.chosen, columns), BLANK]
    above += [*marked_text(outcome.text, points, outcome.selected, columns), BLANK]
    if outcome.assessment is not None and outcome.assessment.score is not None:
        do_next = next_time(points, outcome.hidden)
        above += [(("strong" if k == 0 else "", f" {line}"),) for k, line in enumerate(
            wrap_text(visible(do_next), columns - 4))]  # fmt: skip
    above += language_rows(outcome, columns)
    return above, point_rows(points, outcome.selected, outcome.hidden, outcome.said, columns)


def chosen_rows(chosen: Chosen, columns: int) -> list[Row]:
    """Return what was chosen, what would have been better, and why."""
    rows: list[Row] = []
    for line_number, (label, text) in enumerate(chosen.lines):
        first = line_number == 0
        style = ("good" if chosen.right else "bad") if first else "strong" if label == "Better" else ""
        mark = ("✓ " if chosen.right else "✗ ") if first else ""
        for part, line in enumerate(wrap_text(visible(mark + text), columns - 14)):
            rows.append((("label", f" {label if part == 0 else '':<10} "), (style, line)))
    return rows


def selected_rows(outcome: ReplyOutcome, columns: int) -> tuple[int, int]:
    """Return the first and the last row of the selected point in `reply_rows`."""
    above, below = _body(outcome, columns)
    places = [len(above) + k for k, (index, _row) in enumerate(below) if index == outcome.selected]
    return (places[0], places[-1]) if places else (0, 0)


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
    kept = [point.finding for point in outcome.points if point.finding and point.key not in outcome.hidden]
    counts = [
        f"{count} {name}{'' if count == 1 or name == 'typography' else 's'}"
        for name in ("error", "style", "typography")
        if (count := sum(f.severity == name for f in kept))
    ]
    aside = len(check.findings) - len(kept)
    said = ", ".join(counts).replace("styles", "style notes").replace("1 style", "1 style note") or "nothing found"
    said = f"{said if counts or not aside else 'nothing else'}{f', {aside} set aside' if aside else ''}"
    return [fitted((label, ("good" if not counts else "strong", said), ("dim", f"   {engine}")), columns)]


def reading_lines(outcome: ReplyOutcome) -> list[Row]:
    """Return readability and the figures of writing."""
    rows: list[Row] = []
    check = outcome.check
    judged = outcome.assessment is not None and "clarity" in outcome.assessment.parts  # it is said there then
    if check is not None and not judged:
        r = check.readability
        said = f"{number(r.words_per_sentence_mean)} words a sentence, the longest {r.words_per_sentence_max}"
        if r.words_per_sentence_max > LONG_SENTENCE:
            said += f" (over {LONG_SENTENCE}: split it)"
        rows.append((("label", " clarity    "), ("", said)))
    if check is not None and check.readability.long_words:
        rows.append((("label", " long words "), ("", visible(", ".join(check.readability.long_words[:6])))))
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


def model_rows(outcome: ReplyOutcome, columns: int) -> list[Row]:
    """Return the model answer, and after a search the article that it is from."""
    rows: list[Row] = [(("label", " A model answer. There are other good ones."),), BLANK]
    rows += [(("", "  " + line),) for line in wrap_text(outcome.model, min(columns - 4, _ROOM))]
    if outcome.chosen is None or outcome.chosen.article is None:
        return rows
    article = outcome.chosen.article
    return [*rows, BLANK, (("label", " The article"),), *article_pane(article, columns).rows]


def reply_rows(outcome: ReplyOutcome, columns: int) -> list[Row]:
    """Return the whole body of the results; it may be longer than the screen."""
    if outcome.show_model:
        return model_rows(outcome, columns)
    rows, points = _body(outcome, columns)
    rows += [row for _index, row in points]
    rows += [BLANK, *(fitted(row, columns) for row in reading_lines(outcome))]
    for notice in outcome.notices:
        rows += [(("warn", " " + line),) for line in wrap_text(notice, columns - 3)]
    return rows


def reply_results_view(outcome: ReplyOutcome, foot: Row, size: Size, scroll: int) -> Frame:
    """Return the results screen of a reply."""
    rows = reply_rows(outcome, size.columns)
    room = size.rows - 2 - 1
    composing = outcome.metrics["composing_s"]
    clock = clock_text(composing if isinstance(composing, float) else 0)
    score = outcome.assessment.score if outcome.assessment is not None else None
    clock = (
        f"sent after {clock}" if score is None else f"{score:.0f} of 100{' so far' if outcome.check is None else ''}"
    )
    shown = rows[scroll : scroll + room]
    if scroll + room < len(rows) and shown:
        shown[-1] = (("label", f" ↓ PgDn: {len(rows) - scroll - room + 1} more lines"),)
    return layout(outcome.title, ("", clock), shown, [foot], size)
