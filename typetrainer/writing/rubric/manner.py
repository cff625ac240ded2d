"""Clarity, language, tone, time and closing: how the text says it."""

from collections.abc import Sequence

from typetrainer.content.written import WrittenItem
from typetrainer.core.text import counted
from typetrainer.writing.facts.match import Claim, Index, find
from typetrainer.writing.facts.reading import read
from typetrainer.writing.readability import split_sentences, split_words
from typetrainer.writing.rubric import tone as tone_of
from typetrainer.writing.rubric.assessment import (
    CriticalResult,
    Evidence,
    FactResult,
    ToneResult,
)
from typetrainer.writing.rubric.checks import BY_ID, CRITICAL
from typetrainer.writing.rubric.judging import CONVERSATIONS, Judging

_LEAST_WORDS = 60
_ERROR_COST = 3.0


# --- clarity and language ---


def _falling(value: float, full: float, nothing: float) -> float:
    """Return 1 up to `full`, 0 from `nothing`, falling evenly between."""
    return min(1.0, max(0.0, (nothing - value) / (nothing - full)))


def clarity(judging: Judging, facts: Sequence[FactResult]) -> None:
    item, readability = judging.item, judging.check.readability
    kind = item.kind if item is not None else "reply"
    if not readability.words:
        return
    if kind not in ("triage", "note"):
        mean, longest = readability.words_per_sentence_mean, readability.words_per_sentence_max
        share = _falling(mean, 20, 30)
        judging.add(
            "clarity-sentences", share, met=share == 1, message=f"{counted(round(mean), 'word')} a sentence on average"
        )
        share = _falling(longest, 30, 45)
        said = f"the longest sentence has {counted(longest, 'word')}"
        spans = () if share == 1 else _longest(judging.text)
        judging.add("clarity-longest", share, met=share == 1, message=said, spans=spans)
    if kind in CONVERSATIONS:
        asked = _questions(judging.text)
        share = 1.0 if asked <= 2 else 0.5 if asked == 3 else 0.0
        judging.add("clarity-questions", share, met=share == 1)
        offsets = [fact.offset for fact in facts if fact.offset is not None]
        if offsets and item is not None:
            sentence = len(split_sentences(judging.text[: min(offsets)] + " x")) if min(offsets) else 1
            share = _falling(sentence, 3, 5)
            judging.add("clarity-early", share, met=share == 1)
    if kind != "triage" and readability.words >= 20:
        names = {w.lower() for word in (item.words if item else ()) for w in word.split()}
        long = [word for word in readability.long_words if word not in names]
        met = len(long) * 8 <= readability.words
        judging.add("clarity-words", float(met), met=met, message="" if met else f"long words: {', '.join(long[:5])}")
    if item is not None and item.max_words:
        share = _falling(readability.words, item.max_words, item.max_words * 1.5)
        judging.add(
            "clarity-length",
            share,
            met=share == 1,
            message=f"{counted(readability.words, 'word')}, {item.max_words} allowed",
        )


def _longest(text: str) -> list[tuple[int, int]]:
    sentence = max(split_sentences(text), key=lambda s: len(split_words(s)), default="")
    at = text.find(sentence[:40]) if sentence else -1
    return [(at, len(sentence))] if at >= 0 else []


_HELP = ("anything else", "something else", "other question", "any question", "more question", "further help")


def _questions(text: str) -> int:
    """Return how many questions are asked, offers of further help aside."""
    return sum(s.rstrip(")\"'").endswith("?") and not any(h in s.lower() for h in _HELP) for s in split_sentences(text))


def language(judging: Judging) -> None:
    item, findings = judging.item, judging.check.findings
    if item is None or item.kind == "triage":
        return
    if findings is None:
        judging.missing = True
        return
    errors = [finding for finding in findings if finding.severity == "error"]
    words = max(judging.check.readability.words, _LEAST_WORDS)
    cost = _ERROR_COST * len(errors) * _LEAST_WORDS / words
    whole = BY_ID["language"].points
    said = "no errors found" if not errors else f"{len(errors)} error{'s' if len(errors) > 1 else ''}"
    judging.add("language", max(0.0, whole - cost) / whole, met=not errors, message=said)
    judging.parts["language"] += [
        Evidence(f"language.{e.rule}", 0, 0, e.message, e.offset, e.length, e.text) for e in errors
    ]


# --- tone, closing, time ---


def tone(judging: Judging, index: Index) -> None:
    item = judging.item
    mood = item.mood if item is not None else "calm"
    name = item.customer.name if item is not None else ""
    for line in (*tone_of.CREDITED, *tone_of.WARNED):
        applies = item is None or _applies(line, item, index)
        if not applies:
            continue
        spans = tone_of.look(index, line, name=name, mood=mood)
        if line == "polite-request" and not spans:
            spans = _first_question(index)
        met = bool(spans)
        warning = line in tone_of.WARNED
        if (met or not warning) and (item is not None or met):
            offset, length = spans[0] if spans else (None, None)
            words = judging.text[offset : offset + length] if offset is not None and length is not None else ""
            judging.tone.append(ToneResult(f"tone-{line}", met, offset, length, words))
        if item is not None and (met or not warning):
            judging.add(f"tone-{line}", float(met != warning), met=met != warning, spans=spans)


def _applies(line: str, item: WrittenItem, index: Index) -> bool:
    match line:
        case "acknowledge":
            return item.mood != "calm" or item.fault == "ours"
        case "apology":
            return item.fault == "ours"
        case "thanks" | "ownership":
            return item.kind in ("reply", "fix")
        case "polite-request":
            return _asks(index)
        case "name":
            return item.customer.name not in ("", "-")
        case "register":
            return item.mood in tone_of.UPSET
    return True


def _first_question(index: Index) -> tuple[tuple[int, int], ...]:
    """Return where the first question stands: to ask is polite enough."""
    tokens = index.reading.tokens
    for sentence in index.reading.sentences:
        for clause in sentence.clauses:
            if clause.asked and tokens[sentence.last - 1].low == "?":
                first, last = tokens[clause.first], tokens[clause.last - 1]
                return ((first.start, last.end - first.start),)
    return ()


def _asks(index: Index) -> bool:
    """Whether something is asked of the customer: a question, a request, an order; not "if in doubt, just write"."""
    return any(
        c.asked or (c.request and not any(each.conditional for each in s.clauses))
        for s in index.reading.sentences for c in s.clauses
    )  # fmt: skip


def critical_words(judging: Judging, index: Index) -> None:
    """Look for what caps a score. Only who writes to a customer asks for secrets; an article tells steps."""
    lines = [("abuse", CRITICAL["abuse"])]
    if judging.item is None or judging.item.kind in CONVERSATIONS:
        lines.insert(0, ("asks-secret", CRITICAL["secret"]))
    for line, row in lines:
        for offset, length in tone_of.look(index, line)[:1]:
            words = judging.text[offset : offset + length]
            judging.critical.append(CriticalResult(row.id, row.cap, row.said, offset, length, words))


def responsiveness(judging: Judging) -> None:
    item, seconds = judging.item, judging.answer.seconds
    if item is None or seconds is None or not item.band_s:
        return
    share = _falling(seconds, item.band_s, 3 * item.band_s)
    judging.add(
        "responsiveness",
        share,
        met=share == 1,
        message=f"{seconds:.0f} s; a practised agent takes {item.band_s} s or less",
    )


def closing(judging: Judging, index: Index) -> None:
    sentences = [
        s for s in index.reading.sentences if any(t.kind != "mark" for t in index.reading.tokens[s.first : s.last])
    ]
    asks = bool(sentences) and any(c.asked or c.request for s in sentences[-2:] for c in s.clauses)
    step = find(index, tone_of.lines()["closing-next"])
    judging.add(
        "closing-next",
        float(step.found or asks),
        met=step.found or asks,
        spans=_last_of(index, tone_of.lines()["closing-next"]) or step.spans,
    )
    last_asks = bool(sentences) and any(c.asked for c in sentences[-1].clauses)
    offered = find(index, tone_of.lines()["closing-help"])
    if offered.found or not last_asks:
        judging.add("closing-help", float(offered.found), met=offered.found, spans=offered.spans)


def _last_of(index: Index, claim: Claim) -> Sequence[tuple[int, int]]:
    """Return the spans of the last sentence that carries the claim, for showing it where it closes."""
    for sentence in reversed(index.reading.sentences):
        first, last = index.reading.tokens[sentence.first], index.reading.tokens[sentence.last - 1]
        part = read(index.reading.text[first.start : last.end])
        found = find(Index(part), claim)
        if found.found:
            return [(first.start, last.end - first.start)]
    return ()
