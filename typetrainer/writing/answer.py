"""What a log says was answered: text, time, and what was chosen. Results and `rescore` judge by this."""

from typetrainer.core.log import AttemptLog, Mark
from typetrainer.core.metrics import compute
from typetrainer.writing.rubric.judging import Answer


def answer_of(log: AttemptLog) -> Answer:
    """Return the answer of an attempt. In a drill with choices, one that was never made is an empty text: wrong."""
    metrics = compute(log)
    reading, composing = metrics.get("reading_s"), metrics.get("composing_s")
    seconds = reading + composing if isinstance(reading, float) and isinstance(composing, float) else 0.0
    text = log.final_text()
    if log.header.kind == "triage":
        action = _chosen(log, "action")
        return Answer(text, seconds or None, action, _chosen(log, "tier") if action == "escalate" else "")
    if log.header.kind == "search":
        return Answer(text, seconds or None, article=_chosen(log, "article"))
    return Answer(text, seconds or None)  # 0 s: it came from a pipe


def _chosen(log: AttemptLog, name: str) -> str:
    """Return the last choice of a name, or an empty text."""
    values = [event.value for event in log.events if isinstance(event, Mark) and event.name == name]
    return str(values[-1]) if values and values[-1] is not None else ""
