"""What holds for copy sessions whatever is typed: the log is valid, agrees with the screen, and restores them."""

import math
import unicodedata

from core_samples import Play, examples, foreign_logs
from hypothesis import given
from hypothesis import strategies as st

from typetrainer.core.log import POLICIES, AttemptLog, Block, End, Key, Mark, encode_log, spliced
from typetrainer.core.log_reader import parse_log
from typetrainer.core.metrics import compute, without_pauses
from typetrainer.core.session import CopySession
from typetrainer.core.text import graphemes, nfc

TARGETS = ["abc", "a b", "ab ab, ba", "été ou là", "it’s “ok” – so", "👩\u200d👧 🇩🇪!", "한글 ab", "aa aa aa aa aa aa"]
KEYS = [*"ab te'-\"", "\u0301", "\u0323", "é", "’", "👩", "\u200d", "👧", "🇩", "🇪", "ᄒ", "ᅡ", "ᆫ", "ok", "글 a"]
OTHERS = ["bs", "bs", "word", "enter", "paste", "pause", "resume", "quit", "tick"]


@st.composite
def actions(draw):
    """Yield (seconds since the one before, name, character). Half of the keys are the expected one."""
    wait = draw(st.sampled_from([0, 0.001, 0.2, 0.2, 0.7, 1.5, 30]))
    if draw(st.integers(0, 9)) < 8:
        return wait, "", draw(st.sampled_from([None, None, *KEYS]))
    return wait, draw(st.sampled_from(OTHERS)), ""


plays = st.tuples(
    st.sampled_from(TARGETS),
    st.sampled_from(POLICIES),
    st.sampled_from([None, None, 1, 5]),
    st.booleans(),
    st.lists(actions(), max_size=40),
)


def act(play, action):
    wait, name, character = action
    play.t += round(wait * 1e6)
    if not name and character is None:
        alignment = play.session.alignment
        character = "".join(alignment.target[alignment.cursor : alignment.cursor + 1]) or "a"
    return play.do(name, character)


def begin(target, policy, limit, typography):
    return Play(target, policy, step=0, limit_s=limit, typography=typography)


def state(session):
    """Return everything that decides what a session does next, but for the hint, which no log has."""
    return {
        "text": session.text,
        "typed": list(session.alignment.typed),
        "cursor": session.alignment.cursor,
        "size": session.alignment.size,
        "started_at": session.started_at,
        "last_t": session.last_t,
        "paused": (session._paused_at, session._paused),
        "counts": (session._inserted, session._blocked, session._free_key, session.pastes_refused),
        "ended": session.ended,
        "deadline": session.deadline(),
        "conditions": (session.target, session.policy, session.limit_us),
        "live": [session.live(session.last_t + by) for by in (0, 10**6, 10**8)],
    }


@examples(250)
@given(plays)
def test_what_is_logged_is_what_was_typed(played):
    *conditions, keys = played
    play = begin(*conditions)
    for action in keys:
        act(play, action)
        session = play.session
        assert "".join(session.alignment.typed) == session.text == nfc(session.text)
        assert session.alignment.typed == graphemes(session.text)
        assert session.in_last_word or session.ended is None or session.ended.reason != "done"
        assert session.last_t <= play.t
    log = parse_log(encode_log(play.log))
    assert log == play.log
    assert (log.final_text(), log.last_t) == (play.session.text, play.session.last_t)
    found = compute(log)
    assert (found["inserted"], found["blocked"]) == (play.session._inserted, play.session._blocked)
    assert found["pastes_refused"] == play.session.pastes_refused
    assert found["IF"] == found["inserted"] - found["characters"] + found["blocked"]  # never below zero in our logs
    assert found["revision_ratio"] is None or found["revision_ratio"] <= 1
    if log.end is not None and log.end.reason == "time":
        assert math.isclose(found["seconds"], log.header.limit_s, abs_tol=1e-9)


@examples(150)
@given(plays)
def test_live_figures_are_the_metrics_of_the_log_so_far(played):
    """Speed always; accuracy wherever the cursor stands at the nearest prefix, so always when a drill is typed out."""
    *conditions, keys = played
    play = begin(*conditions)
    for action in keys:
        came = act(play, action)
        session = play.session
        if not came or not isinstance(came[0], Key | Block):
            continue
        found = compute(play.log)
        now = session.live(came[0].t)
        if found["seconds"] >= 1:
            assert math.isclose(now.wpm, found["wpm"], abs_tol=1e-9)
        if session.ended is not None:
            assert session.ended.reason in ("done", "error")
        if session.alignment.cursor == found["compared"]:
            assert math.isclose(now.accuracy or 0, found["accuracy"] or 0, abs_tol=1e-9)
        else:
            assert session.ended is None or session.ended.reason == "error"


@examples(200)
@given(plays, st.data())
def test_restored_is_as_it_was_and_goes_on_alike(played, data):
    *conditions, keys = played
    play = begin(*conditions)
    states = {0: state(play.session)}
    for action in keys:
        act(play, action)
        states[len(play.events)] = state(play.session)
    for count, expected in states.items():
        assert state(CopySession.restored(log_until(play, count))) == expected
    cut = data.draw(st.integers(0, len(keys)))
    first = begin(*conditions)
    for action in keys[:cut]:
        act(first, action)
    second = begin(*conditions)
    second.session, second.t = CopySession.restored(log_until(first, len(first.events))), first.t
    first.session.hint = None
    for action in keys[cut:]:
        assert act(first, action) == act(second, action)
        assert state(first.session) == state(second.session)
        assert first.session.hint == second.session.hint


def log_until(play, count):
    """Return the log as it is after so many events, written and read."""
    events = play.events[:count]
    end = events.pop() if events and isinstance(events[-1], End) else None
    return parse_log(encode_log(AttemptLog(play.header, tuple(events), end)))


@examples(150)
@given(foreign_logs(target=st.sampled_from(TARGETS)))
def test_a_foreign_log_is_restored_to_its_text_and_counts(log):
    session = CopySession.restored(log)
    found = compute(log)
    assert session.text == log.final_text()
    assert session.alignment.typed == graphemes(log.final_text())
    assert (session._inserted, session._blocked) == (found["inserted"], found["blocked"])
    assert (session.pastes_refused, session.ended, session.last_t) == (found["pastes_refused"], log.end, log.last_t)
    opened = CopySession.restored(log._replace(end=None))
    if opened.paused:
        opened.resume(log.last_t + 5)
    before = opened.text
    came = opened.type(log.last_t + 9, "z")
    assert came
    assert opened.text == (spliced(before, came[0]) if isinstance(came[0], Key) else before)


@examples(100)
@given(plays, st.integers(1, 10**9))
def test_a_pause_and_resume_between_any_two_actions_change_no_metric(played, length):
    *conditions, keys = played
    keys = [action for action in keys if action[1] not in ("pause", "resume", "quit", "tick")]
    plain, paused = begin(*conditions), begin(*conditions)
    for k, action in enumerate(keys):
        act(plain, action)
        act(paused, action)
        if k % 3 == 0:
            paused.events += paused.session.pause(paused.t)
            if paused.session.paused:
                paused.t += length
                paused.events += paused.session.resume(paused.t)
    assert compute(plain.log) == compute(paused.log)
    parse_log(encode_log(paused.log))


@examples(60)
@given(st.sampled_from(TARGETS), st.sampled_from(POLICIES), st.integers(0, 3))
def test_every_target_can_be_typed_out_code_point_by_code_point(target, policy, slips):
    """With combining keys too: every grapheme is typed in pieces, as decomposed as a keyboard may send it."""
    play = Play(target, policy)
    for cluster in graphemes(target):
        if policy in ("stop", "free") and slips:
            play("x")
            if policy == "free":
                play("<bs>")
        for character in unicodedata.normalize("NFD", cluster):
            play.do("", character)
    assert play.state == f"{nfc(target)}[] done"
    found = compute(play.log)
    assert found["INF"] == 0
    assert found["IF"] == (len(graphemes(target)) if policy in ("stop", "free") and slips else 0)


def test_the_marks_of_a_pause_are_at_the_same_time_once_cut():
    play = Play("abcdef")
    play("ab<pause>")
    play.wait(100)("<resume>c")
    moved, _ = without_pauses(play.log)
    assert [event.t for event in moved if isinstance(event, Mark)] == [1_200_000, 1_200_000]
