"""What the tests of the core share: short ways to say logs, sessions and editors, and naive models."""

import re
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

import typetrainer
from typetrainer.core.editor import Editor
from typetrainer.core.log import AttemptLog, Block, End, Event, Header, Key, Mark, Paste, Put
from typetrainer.core.session import CopySession
from typetrainer.core.text import ascii_twin, count_graphemes, nfc

CONTRACTS = Path(typetrainer.__file__).parent / "contracts"
GOLDEN = Path(__file__).parent / "golden"
DRILLS = Path(__file__).parents[2] / "drills"

# Letters, blanks, twins, marks that compose and reorder, Jamo, wide and joined characters, flags.
ALPHABET = [
    *"ab e'-\"", "’", "–", "“", "\u00a0", "é", "\u0301", "\u0323", "界", "ᄒ", "ᅡ", "ᆫ",
    "👍", "🏽", "👩", "\u200d", "👧", "🇩", "🇪", "🇫", "1", "\u0600",
]  # fmt: skip
raw_texts = st.lists(st.sampled_from(ALPHABET), max_size=24).map("".join)
texts = raw_texts.map(nfc)
pieces = st.lists(st.sampled_from(ALPHABET), min_size=1, max_size=4).map("".join).map(nfc)

HEADER = Header(
    id="w1",
    app="test",
    started="2026-11-23T12:00:00Z",
    kind="copy",
    item="test/abc",
    item_sha256="0" * 64,
    target="abc",
    limit_s=None,
    policy="free",
    settings={},
    terminal={"cols": 80, "rows": 24, "transport": "local"},
)


def examples(count):
    return settings(
        max_examples=count,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


# --- logs ---


def log_of(*events, target="abc", **header):
    """Return a log of the events; an End among them ends it. `target` None makes it a reply."""
    kind = {"kind": "reply", "policy": None} if target is None else {}
    head = HEADER._replace(target=target, **{**kind, **header})
    end = events[-1] if events and isinstance(events[-1], End) else None
    return AttemptLog(head, tuple(event for event in events if event is not end), end)


def typing(text, *times, batch=1, at=0):
    """Return a Key for each character of the text; times in seconds."""
    assert len(text) == len(times)
    return [Key(us(t), at + k, 0, c, batch) for k, (c, t) in enumerate(zip(text, times, strict=True))]


def us(seconds):
    return round(seconds * 1_000_000)


@st.composite
def foreign_logs(draw, target=texts, pauses=True):
    """Logs that obey the page, but not this program: splices anywhere, graphemes split, pauses that never end."""
    t = length = 0
    events: list[Event] = []
    for _ in range(draw(st.integers(0, 14))):
        t += draw(st.sampled_from([0, 1, 20_000, 150_000, 499_999, 1_000_000, 2_000_001, 7_000_000]))
        kind = draw(st.sampled_from(["key"] * 6 + ["block", "paste", "mark"]))
        if kind == "key":
            pos = draw(st.integers(0, length))
            deleted = draw(st.integers(0, length - pos))
            inserted = draw(pieces if not deleted else pieces | st.just(""))
            events.append(Key(t, pos, deleted, inserted, draw(st.sampled_from([1, 1, 1, 4, 5, 30]))))
            length += len(inserted) - deleted
        elif kind == "block" and target is None:
            pos = draw(st.integers(0, length))
            events.append(Put(t, pos, length - pos, draw(pieces)))
            length = pos + len(events[-1].inserted)
        elif kind == "block":
            events.append(Block(t, draw(pieces)))
        elif kind == "paste":
            events.append(Paste(t, draw(st.integers(0, 99))))
        else:
            names = ["pause", "resume", "gap", "x"] if pauses else ["gap", "x", "loop_lag_ms_p99"]
            events.append(Mark(t, draw(st.sampled_from(names)), draw(st.sampled_from([None, True, 3, 30.5, "é"]))))
    reason = draw(st.sampled_from([None, "done", "time", "quit", "error"]))
    if reason:
        events.append(End(t + draw(st.sampled_from([0, 400_000, 3_000_000])), reason))
    return log_of(*events, target=draw(target) if target is not None else None)


# --- alignment ---


def naive_distances(typed, target, *, typography=False):
    """Return the full matrix D[i][j] of the textbook."""
    same = (lambda a, b: a == b) if typography else (lambda a, b: ascii_twin(a) == ascii_twin(b))
    rows = [list(range(len(target) + 1))]
    for i, one in enumerate(typed, 1):
        row = [i]
        for j, other in enumerate(target, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (not same(one, other))))
        rows.append(row)
    return rows


# --- sessions ---

_KEYS = re.compile(r"<(bs|word|enter|paste|pause|resume|quit|tick)>|(.)", re.DOTALL)


class Play:
    """A session with a clock. Keys are written as they are typed, other things in angle brackets: "ab<bs>c<enter>".

    Each takes `step` seconds. A state is the text, then the expected grapheme in brackets, then the rest of the
    target, then what holds now: "ab[c]d", "ax[c]d blocked", "abcd[] done".
    """

    def __init__(self, target, policy="free", *, step=0.1, start=1.0, session=None, **options):
        self.session = session or CopySession(target, policy=policy, **options)
        self.t, self.step = us(start), us(step)
        self.events: list[Event] = []
        self.header = HEADER._replace(
            target=target, policy=policy, limit_s=options.get("limit_s"),
            settings={"typography": True} if options.get("typography") else {},
        )  # fmt: skip

    def __call__(self, keys):
        for name, character in _KEYS.findall(keys):
            self.do(name, character)
        return self.state

    def do(self, name, character=""):
        session, t = self.session, self.t
        match name:
            case "bs":
                came = session.erase(t)
            case "word":
                came = session.erase_word(t)
            case "paste":
                came = session.paste(t, 7)
            case "":
                came = session.type(t, character)
            case _:
                came = getattr(session, name)(t)
        self.events += came
        self.t += self.step
        return came

    def wait(self, seconds):
        self.t += us(seconds)
        return self

    @property
    def state(self):
        session = self.session
        target, at = session.alignment.target, session.alignment.cursor
        expected = "".join(target[at : at + 1])
        state = f"{session.text}[{expected}]{''.join(target[at + 1 :])}"
        words = [session.ended.reason if session.ended else "", session.hint or "", "paused" if session.paused else ""]
        return " ".join([state, *filter(None, words)])

    @property
    def log(self):
        return AttemptLog(self.header, tuple(e for e in self.events if not isinstance(e, End)), self.session.ended)


# --- editors ---


def editor(state):
    """Return the editor of a state such as "ab|c", or "a[bc|d" with the anchor of a selection."""
    made = Editor(state.replace("[", "").replace("|", ""))
    made.cursor = count_graphemes(state.replace("[", "").partition("|")[0])
    if "[" in state:
        made.anchor = count_graphemes(state.replace("|", "").partition("[")[0])
    return made


def state_of(made):
    signs = [(made.cursor, "|")] + ([] if made.selection is None else [(made.anchor, "[")])
    clusters = list(made.clusters)
    for at, sign in sorted(signs, reverse=True):
        clusters.insert(at, sign)
    return "".join(clusters)
