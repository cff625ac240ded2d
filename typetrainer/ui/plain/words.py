"""Results as sentences, for ears as well as eyes. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from typetrainer.core.align import Op, Step
from typetrainer.core.stats import band_wpm, percentile
from typetrainer.core.text import counted, visible
from typetrainer.ui.comparison import facts_of, lines_of
from typetrainer.ui.figures import drawable, number, percent
from typetrainer.ui.views.copy_results import CopyOutcome, slow_spots
from typetrainer.ui.views.judgements import next_time
from typetrainer.ui.views.lists import attempt_end, attempt_figures, attempt_when
from typetrainer.ui.views.reply_results import ReplyOutcome
from typetrainer.ui.written import TITLES

MAX_PHRASE = 60


def phrases(target: Sequence[str]) -> list[tuple[int, int]]:
    """Cut a target (graphemes) into phrases of at most MAX_PHRASE, at blanks and best after a punctuation mark.

    Return (start, end) pairs; the blank after a phrase belongs to none of them.
    """
    result: list[tuple[int, int]] = []
    start, size = 0, len(target)
    while start < size:
        end = min(start + MAX_PHRASE, size)
        if end < size:
            blanks = [k for k in range(start + 1, end + 1) if target[k] == " "]
            after_mark = [k for k in blanks if target[k - 1] in ".,;:!?" and k - start >= MAX_PHRASE // 4]
            if after_mark or blanks:
                end = (after_mark or blanks)[-1]
        result.append((start, end))
        start = end + 1 if end < size and target[end] == " " else end
    return result


def phrase_errors(steps: Sequence[Step], start: int, end: int, target: Sequence[str]) -> list[str]:
    """Return the wrong words of one phrase as sentences; `steps` are those of the whole alignment, in order.

    A word that `end` cuts is told whole.
    """
    sentences = []
    word_start = start
    count = 0
    while word_start < end:
        word_end = word_start
        while word_end < end and target[word_end] != " ":
            word_end += 1
        count += 1
        inside = [s for s in steps if word_start <= s.j < word_end or (s.j == word_end and s.op is Op.EXTRA)]
        if any(step.op is not Op.RIGHT for step in inside):
            typed = "".join(step.typed for step in inside).strip()
            whole = word_end
            while whole < len(target) and target[whole] != " ":
                whole += 1
            word = "".join(target[word_start:whole])
            said = f"typed {visible(typed)}" if typed else "left out"
            sentences.append(f"word {count}: {said}, expected {visible(word)}")
        word_start = word_end + 1
    return sentences


def seconds_said(seconds: object) -> str:
    """Return a time in words."""
    shown = number(seconds)
    return f"{shown} second" if shown == "1" else f"{shown} seconds"


def _spoken(text: str) -> str:
    """Return a piece of a text in words that can be heard."""
    if text.strip():
        return visible(text.strip())
    return "nothing" if not text else ("a blank" if text == " " else "blanks")


def attempt_sentence(record: Mapping[str, Any]) -> str:
    """Return an attempt of the history as a sentence."""
    what = f"{TITLES.get(str(record.get('kind')), 'Attempt')} {visible(str(record.get('item', '')))}"
    figures = attempt_figures(record).replace(" %", " per cent").replace(" wpm", " words a minute")
    told = [each.strip() for each in figures.split("  ") if each.strip()]
    return ", ".join([what, *told, *filter(None, [attempt_end(record)]), f"on {attempt_when(record)} UTC"]) + "."


def copy_sentences(outcome: CopyOutcome, *, from_pipe: bool = False) -> list[str]:
    """Return what a copy drill came to."""
    m = outcome.metrics
    said = []
    if from_pipe:
        said.append("Read from a pipe: there are no key times, so no speed.")
    elif m["wpm"] is not None:
        seconds = m["seconds"] if isinstance(m["seconds"], float) else 0.0
        band = band_wpm(seconds)
        trust = f", plus or minus {band:.0f}" if band else " (under 20 seconds it says little)"
        said.append(f"Speed {number(m['wpm'])} words a minute{trust}. Net {number(m['net_wpm'])}.")
        rank = percentile(m["wpm"] if isinstance(m["wpm"], float) else None)
        if rank is not None and band:
            said.append(f"Faster than {rank} per cent of 168,000 online volunteers (Dhakal 2018; not applicants).")
    left, fixed = m["INF"], m["IF"]
    accuracy = percent(m["accuracy"]).replace(" %", " per cent")
    said.append(f"Accuracy {accuracy}: {counted(left, 'error')} left, {fixed} corrected.")
    if not from_pipe and m["consistency"] is not None:
        said.append(f"Consistency {number(m['consistency'])} of 100.")
    past = [wpm for r in outcome.past if (wpm := drawable(r.get("metrics", {}).get("wpm"))) is not None]
    if past and not from_pipe:
        last = "one like this:" if len(past) == 1 else f"{len(past)} like this, on average:"
        said.append(f"Your last {last} {sum(past) / len(past):.0f} words a minute.")
    if outcome.best is not None and not from_pipe:
        said.append(f"Best: {number(outcome.best['metrics'].get('net_wpm'))} net.")
    if (slow := slow_spots(outcome.log)) and not from_pipe:
        said.append(f"Slow: {slow}.")
    if m["not_typed"] and not from_pipe:
        said.append(f"{m['not_typed']} characters came faster than fingers type. They are not judged.")
    if m["timing"] == "degraded":
        said.append("Timing: degraded; the program was late at times.")
    if m["pastes_refused"]:
        said.append(f"{counted(m['pastes_refused'], 'paste')} refused.")
    return [*said, *outcome.notices]


def _stopped(sentence: str) -> str:
    """Return a sentence with a mark at its end."""
    return sentence if sentence.rstrip('"').endswith((".", "!", "?")) else sentence + "."


def reply_sentences(outcome: ReplyOutcome, *, from_pipe: bool = False) -> list[str]:
    """Return what a text came to: its points by the numbers they have on the screen."""
    said = _score_said(outcome)
    if outcome.chosen is not None:
        verdict = "That is right." if outcome.chosen.right else "That is not the best."
        first, *rest = [f"{label}: {_stopped(text)}" for label, text in outcome.chosen.lines]
        said += [f"{first} {verdict}", *rest]
    said += _language_said(outcome)
    if outcome.check is not None:
        r = outcome.check.readability
        said.append(f"{number(r.words_per_sentence_mean)} words a sentence, the longest {r.words_per_sentence_max}.")
    m = outcome.metrics
    figures = f"{m['words']} words"
    if not from_pipe:
        times = [f"{what} {seconds_said(m[name])}" for what, name in (("read", "reading_s"), ("wrote", "composing_s"))]
        figures += f"; {', '.join(times)}"
    said.append(figures + ".")
    points = list(enumerate(outcome.points, 1))
    reasons: set[str] = set()  # each is said once
    for number_, point in points:
        if not point.good and point.finding is None and point.key not in outcome.hidden:
            why = () if point.about else point.why  # of a choice it was said above
            said.append(" ".join([f"To mend {number_}: {_stopped(point.head)}", *(w for w in why if w not in reasons)]))
            reasons.update(why)
    said += _praise(outcome)
    aside = [f"{number_}, {point.head.rstrip('.')}" for number_, point in points if point.key in outcome.hidden]
    if aside:
        said.append(f"Set aside, since you find it wrong: {_stopped('; '.join(aside))}")
    if outcome.assessment is not None and outcome.assessment.score is not None:
        said.append(_stopped(next_time(outcome.points, outcome.hidden)))
    return [*said, *outcome.notices]


def _praise(outcome: ReplyOutcome) -> list[str]:
    """Return what is good, a sentence for each criterion."""
    good: dict[str, list[str]] = {}
    for number_, point in enumerate(outcome.points, 1):
        if point.good and point.key not in outcome.hidden:
            head = point.head.removeprefix(f"{point.label}: ").rstrip(".")
            good.setdefault(point.label, []).append(f"{head} ({number_})")
    return [f"Good{f', {label}' if label else ''}: {_stopped('; '.join(each))}" for label, each in good.items()]


def _score_said(outcome: ReplyOutcome) -> list[str]:
    judged = outcome.assessment
    if judged is None or judged.score is None:
        return []
    aside = outcome.score_aside
    without = "" if aside is None else f" Without what you set aside it is {aside:.0f}."
    parts = "; ".join(f"{name} {part.points:.0f} of {part.of:.0f}" for name, part in judged.parts.items())
    said = [f"Score: {judged.score:.0f} of 100{', partial' if judged.partial else ''}.{without}"]
    return [*said, *([f"{parts}."] if parts else []), *([judged.reason] if judged.reason else [])]


def _language_said(outcome: ReplyOutcome) -> list[str]:
    check = outcome.check
    if check is None or check.findings is None:
        return [f"Language: not checked. {check.reason if check and check.reason else ''}".rstrip()]
    found = [(n, p.finding) for n, p in enumerate(outcome.points, 1) if p.finding and p.key not in outcome.hidden]
    engine = f" ({check.engine.name} {check.engine.version})" if check.engine else ""
    said = [f"Language: {len(found) or 'no'} finding{'' if len(found) == 1 else 's'}{engine}."]
    for index, finding in found:
        better = f", perhaps {_spoken(finding.replacements[0])}" if finding.replacements else ""
        said.append(f"{index}, {finding.severity}: {_spoken(finding.text)}{better}. {finding.message}")
    return said


def point_sentences(outcome: ReplyOutcome, index: int) -> list[str]:
    """Return one point with its reason and the words it is about."""
    point = outcome.points[index]
    words = point.words(outcome.text) if point.place else ""
    about = [f"It is about: {_spoken(words)}."] if words.strip() else []
    cost = [f"It cost {point.lost:.0f} points."] if 0.5 <= point.lost < 100 else []
    aside = ["You find this wrong: it is set aside."] if point.key in outcome.disputed else []
    aside += ["You put this aside."] if point.key in outcome.put_away else []
    return [" ".join([_stopped(point.head), *point.why, *about, *cost, *aside])]


_FOUND = {
    "Found now and not then": (False, True), "Found then and not now": (True, False),
    "Found both times": (True, True), "Found neither time": (False, False),
}  # fmt: skip


def both_sentences(then: ReplyOutcome, now: ReplyOutcome) -> list[str]:
    """Return two attempts at an item compared: numbers, facts, texts."""
    said = ["Both attempts, the one before first."]
    for line in lines_of(then, now):
        change = line.change
        tail = "" if change is None else ", the same" if not round(change) else ""
        if change is not None and round(change):
            tail = f", {abs(change):.0f} {'more' if change > 0 else 'fewer'}"
        if line.shares is not None:
            before, after = (f"{share:.0f}" for share in line.shares)
            tail = f", that is {before} per cent then and {after} now"
        said.append(f"{line.name}: {_of(line.then, line.of_then)} then, {_of(line.now, line.of_now)} now{tail}.")
    if then.chosen is not None and now.chosen is not None:
        said.append(f"You chose: {then.chosen.lines[0][1]} then, {now.chosen.lines[0][1]} now.")
    facts = facts_of(then, now)
    for head, found in _FOUND.items():
        says = [fact.says.rstrip(".") for fact in facts if (fact.then, fact.now) == found]
        said += [f"{head}: {_stopped('; '.join(says))}"] if says else []
    return [*said, "Your text then:", *then.text.split("\n"), "Your text now:", *now.text.split("\n")]


def _of(value: float | None, of: float | None) -> str:
    if value is None:
        return "none"
    return number(value) if of is None else f"{number(value)} of {number(of)}"
