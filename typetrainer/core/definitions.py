"""What every number means, in words: one table, held against contracts/metrics.md and the code by a test."""

from dataclasses import dataclass
from typing import Literal

LogKind = Literal["copy", "reply", "fix", "note", "triage", "search", "article"]
COPY: tuple[LogKind, ...] = ("copy",)
REPLY: tuple[LogKind, ...] = ("reply", "fix", "note", "triage", "search", "article")
BOTH: tuple[LogKind, ...] = (*COPY, *REPLY)

_SOUKOREFF = "Soukoreff & MacKenzie 2003"
_MACKENZIE = "MacKenzie 2002"
_OWN = "typetrainer"


@dataclass(frozen=True, slots=True)
class Definition:
    """One metric. `kinds` are those of the logs that have it; `formula` uses the letters of contracts/metrics.md."""

    name: str
    title: str
    kinds: tuple[LogKind, ...]
    unit: str
    meaning: str
    formula: str
    source: str
    trust: str


_SPEED_TRUST = (
    "The 95 % band is ± 1.96 · 6 / √(S / 60) WPM: ± 11.8 for one minute, ± 6.8 for three, ± 5.3 for five; it "
    "narrows with √k over k attempts. Under 20 s there is none. Measured on 2,329 typists."
)
_ERROR_TRUST = (
    "Weak over a short text: the accuracy of one minute has a test–retest r of .63 only. Look at many attempts."
)
_EXACT = "Exact: it is counted."
_RHYTHM = "Over SSH keys arrive in steps of 20 ms, so totals stand and rhythm does not; look at `timing` too."
_STYLE = "It describes how you worked, not how well; people and tasks differ."

DEFINITIONS: tuple[Definition, ...] = (
    Definition("wpm", "speed", COPY, "words (5 characters) a minute",
               "How fast text came onto the screen, right or wrong, erased text not counted.",
               "max(|T| − f, 0) / S · 12", _MACKENZIE, _SPEED_TRUST),
    Definition("net_wpm", "net speed", COPY, "words (5 characters) a minute",
               "Speed less one word a minute for each error a minute that stayed in the text.",
               "max(0, wpm − 60 · INF / S)", "gross less uncorrected errors a minute", _SPEED_TRUST),
    Definition("raw_wpm", "raw speed", COPY, "words (5 characters) a minute",
               "How fast keys came, those that were blocked or erased included.",
               "max(N + B − 1, 0) / S · 12", _OWN, _SPEED_TRUST),
    Definition("accuracy", "accuracy", COPY, "fraction, 0 to 1",
               "The share of what was typed that was right at once; an erased error still counts against it.",
               "C / (C + INF + IF)", _SOUKOREFF, _ERROR_TRUST),
    Definition("uncorrected_error_rate", "uncorrected errors", COPY, "fraction, 0 to 1",
               "The share of errors that stayed in the text.",
               "INF / (C + INF + IF)", _SOUKOREFF, _ERROR_TRUST),
    Definition("corrected_error_rate", "corrected errors", COPY, "fraction, 0 to 1",
               "The share of what was typed and then erased, or not let in.",
               "IF / (C + INF + IF)", _SOUKOREFF, _ERROR_TRUST),
    Definition("total_error_rate", "all errors", COPY, "fraction, 0 to 1",
               "Both error rates together; 1 less the accuracy.",
               "(INF + IF) / (C + INF + IF)", _SOUKOREFF, _ERROR_TRUST),
    Definition("kspc", "keystrokes per character", COPY, "keystrokes per character",
               "How many keys each character of the text took; 1 is without a correction.",
               "(N + B + D) / |T|", _SOUKOREFF, _EXACT),
    Definition("consistency", "consistency", COPY, "0 to 100",
               "How even the speed was from second to second; 100 is a metronome.",
               "k(SD / mean) of the inserted graphemes in 1-second buckets; k(c) = 100 · (1 − tanh(c + c³/3 + c⁵/5))",
               "the curve of monkeytype", f"Rough under a minute. {_RHYTHM}"),
    Definition("gap_ms_median", "median gap", COPY, "milliseconds",
               "The typical time from one key to the next.",
               "median of the gaps between consecutive keys", _OWN, _RHYTHM),
    Definition("pauses", "pauses", COPY, "count",
               "How often more than two seconds passed between two keys.",
               "number of gaps over 2 s", _OWN, _EXACT),
    Definition("seconds", "typing time", COPY, "seconds",
               "From the first key to the last, or to the time limit.", "S = t1 − t0", _OWN, _EXACT),
    Definition("start_delay", "start delay", COPY, "seconds",
               "From the text's appearance to the first key; it is not part of the speed.", "t0", _OWN, _EXACT),
    Definition("compared", "compared", COPY, "graphemes",
               "How much of the target the text is compared with: all of it when done, else the part reached.",
               "|P′|", _OWN, _EXACT),
    Definition("blocked", "blocked", COPY, "graphemes",
               "Wrong keys that the policy `stop` did not let in.", "B", _OWN, _EXACT),
    Definition("INF", "errors left", COPY, "count",
               "Errors that stayed in the text, by the least number of edits; two swapped letters are two.",
               "MSD(P′, T)", _SOUKOREFF, _EXACT),
    Definition("IF", "errors fixed", COPY, "count",
               "Characters that were typed and erased, or not let in.", "N − |T| + B", _SOUKOREFF, _EXACT),
    Definition("C", "right", COPY, "count",
               "Characters that are right.", "max(|P′|, |T|) − INF", _SOUKOREFF, _EXACT),
    Definition("characters", "characters", BOTH, "graphemes",
               "The length of the final text, as a reader counts characters.", "|T|", _OWN, _EXACT),
    Definition("inserted", "typed", BOTH, "graphemes",
               "Everything that was typed into the text, erased or not.", "N", _OWN, _EXACT),
    Definition("revision_ratio", "revision", BOTH, "fraction",
               "How much of what was typed was taken back.",
               "graphemes removed by splices that only delete / N", _OWN, _STYLE),
    Definition("reading_s", "reading", REPLY, "seconds",
               "From the message's appearance to the first key.", "shown → first key", _OWN, _EXACT),
    Definition("composing_s", "composing", REPLY, "seconds",
               "From the first key to sending.", "first key → end", _OWN, _EXACT),
    Definition("words", "words", REPLY, "count", "The words of the reply.", "runs without white space", _OWN, _EXACT),
    Definition("final_wpm", "writing speed", REPLY, "words (5 characters) a minute",
               "The length of the reply over the time of composing, thinking included.",
               "characters / composing_s · 12, less what was taken over", _OWN,
               "It says more about thinking than about fingers: do not compare it with the speed of copying."),
    Definition("bursts", "bursts", REPLY, "count",
               "Runs of keys without a break of over two seconds.", "number of runs", _OWN, _STYLE),
    Definition("burst_mean", "burst length", REPLY, "graphemes",
               "How much came in one go.", "mean of inserted graphemes per run", _OWN, _STYLE),
    Definition("pause_share", "pauses' share", REPLY, "fraction, 0 to 1",
               "The share of composing that was pauses of over two seconds.",
               "time in gaps over 2 s / composing_s", _OWN, _STYLE),
    Definition("pastes_refused", "pastes refused", BOTH, "count",
               "How often something was pasted; it never goes in.", "number of paste events", _OWN, _EXACT),
    Definition("interrupted", "interrupted", BOTH, "true or false",
               "Whether the attempt has no end: the program was killed.", "the end event is missing", _OWN, _EXACT),
    Definition("not_typed", "not typed", BOTH, "graphemes",
               "What came faster than fingers type: five or more in one read, or in a second of over 25 keys.",
               "graphemes of such events; 0 when `assistive` is set", _OWN,
               "It may be key repeat, dictation, an input method or a slow line: shown, never judged."),
    Definition("timing", "timing", BOTH, "ok, degraded or null",
               "Whether the program itself was quick enough for the times to be trusted.",
               "degraded when it was over 20 ms late at its 99th percentile", _OWN,
               "Null when nothing was recorded."),
)  # fmt: skip
BY_NAME: dict[str, Definition] = {definition.name: definition for definition in DEFINITIONS}
