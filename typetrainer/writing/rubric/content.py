"""Solution and process: what the text says, asks, claims, and in which order."""

from collections.abc import Sequence

from typetrainer.content.written import WrittenItem
from typetrainer.writing.facts.lexicon import stem
from typetrainer.writing.facts.match import Index, Match
from typetrainer.writing.readability import split_words
from typetrainer.writing.rubric import tone as tone_of
from typetrainer.writing.rubric.assessment import (
    CriticalResult,
    Evidence,
    FactResult,
)
from typetrainer.writing.rubric.checks import BY_ID, CRITICAL
from typetrainer.writing.rubric.judging import Judging

COPIED = 0.8  # of the answer's words in runs of five that stand in the message
_RUN = 5


def fact_result(name: str, says: str, match: Match | None) -> FactResult:
    if match is None:
        return FactResult(name, says, None, "no pattern: not checked")
    if not match.found:
        return FactResult(name, says, False, match.why)
    offset, end = match.spans[0][0], max(a + n for a, n in match.spans)
    return FactResult(name, says, True, "", offset, end - offset)


def unsaid(fact: FactResult) -> FactResult:
    return FactResult(fact.id, fact.says, False, "nothing was written")


def counts_for_nothing(text: str, item: WrittenItem) -> str:
    """Return why a text counts for nothing, or empty."""
    words = [word.lower().strip(".,;:!?") for word in split_words(text)]
    if not any(word.isalnum() or any(c.isalpha() for c in word) for word in words):
        return "There are no words in it."
    theirs = [word.lower().strip(".,;:!?") for word in split_words(item.message or item.poor)]
    runs = {tuple(theirs[k : k + _RUN]) for k in range(len(theirs) - _RUN + 1)}
    if item.kind == "fix" or len(words) < _RUN or not runs:
        return ""
    copied = {k + j for k in range(len(words) - _RUN + 1) if tuple(words[k : k + _RUN]) in runs for j in range(_RUN)}
    return "It is the customer's own message." if len(copied) >= COPIED * len(words) else ""


# --- solution and process ---


def solution(judging: Judging, item: WrittenItem, facts: Sequence[FactResult]) -> None:
    answer = judging.answer
    known = [fact for fact in facts if fact.conveyed is not None]
    whole = {"search": 20.0, "triage": 10.0}.get(item.kind, 30.0)
    for fact in known:
        spans = [(fact.offset, fact.length)] if fact.offset is not None and fact.length is not None else []
        met = fact.conveyed is True
        said = fact.says if met else f"Not found: {fact.says}"
        judging.add(
            "fact", float(met), met=met, of=whole / len(facts), rule=f"fact.{fact.id}", message=said, spans=spans
        )
    if item.kind == "triage" and answer.action is not None:
        judging.add("action", float(answer.action == item.action), met=answer.action == item.action)
        if item.action == "escalate":
            judging.add("tier", float(answer.tier == item.tier), met=answer.tier == item.tier)
    if item.kind == "search" and answer.article is not None:
        right = answer.article in (item.article, *item.accept)
        judging.add("source", float(right), met=right)
    judging.missing |= item.kind == "triage" and answer.action is None
    judging.missing |= item.kind == "search" and answer.article is None


def process(judging: Judging, item: WrittenItem, index: Index, facts: Sequence[FactResult]) -> None:
    steps = {step.id: judging.sought(step, index) for step in item.steps}
    places = {fact.id: fact.offset for fact in facts if fact.conveyed}
    places |= {name: match.offset for name, match in steps.items() if match is not None and match.found}
    for step in item.steps:
        match = steps[step.id]
        if match is None:
            continue
        late = [other for other in step.before if _before(places.get(other), places.get(step.id))]
        met = match.found and not late
        says = step.says if match.found else f"Not found: {step.says}"
        says = f"{step.says} It should come first." if late else says
        share = 1.0 if met else 0.5 if match.found else 0.0
        judging.add(
            "step", share, met=met, of=11 / len(item.steps), rule=f"step.{step.id}", message=says, spans=match.spans
        )
    _claims(judging, item, index, places)
    _flaws(judging, item, index)
    _order(judging, item, facts)
    _findable(judging, item)


def _before(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one < other


def _claims(judging: Judging, item: WrittenItem, index: Index, places: dict[str, int | None]) -> None:
    """Look for what must not be said: it costs the points of `claim`, and the critical kinds cap the score as well."""
    if not item.must_not:
        return
    made = False
    wrong: list[Evidence] = []
    for forbidden in item.must_not:
        match = judging.sought(forbidden, index)
        if match is None or not match.found:
            continue
        first = places.get(forbidden.unless) if forbidden.unless else None
        if first is not None and match.offset is not None and first < match.offset:
            continue
        made = True
        offset, length = match.spans[0]
        words = judging.text[offset : offset + length]
        if forbidden.kind in CRITICAL:
            row = CRITICAL[forbidden.kind]
            judging.critical.append(CriticalResult(row.id, row.cap, forbidden.says, offset, length, words))
        else:
            wrong.append(Evidence(f"claim.{forbidden.id}", 0, 0, forbidden.says, offset, length, words))
    of = {"note": 15.0, "article": 5.0}.get(item.kind, BY_ID["claim"].points)
    judging.add("claim", float(not made), met=not made, of=of)
    judging.parts["process"] += wrong


def _flaws(judging: Judging, item: WrittenItem, index: Index) -> None:
    for flaw in item.flaws:
        of = 15 / len(item.flaws)
        if flaw.check:
            still, spans = _flaw_by_check(judging, index, flaw.check)
        else:
            match = judging.sought(flaw, index)
            still, spans = (None, ()) if match is None else (match.found, match.spans)
        if still is None:
            judging.missing = True
            continue
        said = f"Still there: {flaw.says}" if still else f"Mended: {flaw.says}"
        judging.add("flaw", float(not still), met=not still, of=of, rule=f"flaw.{flaw.id}", message=said, spans=spans)


def _flaw_by_check(judging: Judging, index: Index, check: str) -> tuple[bool | None, Sequence[tuple[int, int]]]:
    """Whether a check of the rubric still finds its flaw (None: it could not be made), and where."""
    if check == "language":
        if judging.check.findings is None:
            return None, ()
        errors = [(f.offset, f.length) for f in judging.check.findings if f.severity == "error"]
        return bool(errors), errors
    if check.startswith("clarity"):
        found = judging.check.readability
        return found.words_per_sentence_mean > 25 or found.words_per_sentence_max > 45, ()
    line = check.removeprefix("tone-")
    mood = judging.item.mood if judging.item is not None else "calm"
    spans = tone_of.look(index, line, mood="angry" if line == "register" else mood)
    return bool(spans), spans


def _order(judging: Judging, item: WrittenItem, facts: Sequence[FactResult]) -> None:
    places = [fact.offset for name in item.order for fact in facts if fact.id == name and fact.offset is not None]
    if len(places) > 1:  # of fewer nothing can be said
        met = places == sorted(places)
        judging.add("order", float(met), met=met)


_SMALL = frozenset("a an the to of in on my is how do i can what why it for and not be with".split())


def _findable(judging: Judging, item: WrittenItem) -> None:
    """Whether the first line shares a word with two thirds of the questions that should lead to it."""
    if not item.questions:
        return
    line = judging.text.split("\n", 1)[0]
    title = _stems(line.lstrip("# ")) - {stem(word) for word in _SMALL}
    met = sum(bool(_stems(question) & title) for question in item.questions) * 3 >= len(item.questions) * 2
    judging.add("findable", float(met), met=met, spans=[(0, len(line))] if met else ())


def _stems(text: str) -> set[str]:
    return {stem(word.lower().strip(".,:;?!()\"'")) for word in split_words(text)}
