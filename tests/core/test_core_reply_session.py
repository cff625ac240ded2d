"""The reply's session: what is logged is what stands there, the clock runs from the message, sending asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typetrainer.core.log import AttemptLog, End, Header, Key, Mark, Paste, Put, encode_log
from typetrainer.core.log_reader import parse_log
from typetrainer.core.metrics import compute
from typetrainer.core.reply_session import MAX_GRAPHEMES, ReplySession

HEADER = Header("r1", "test", "2026-11-23T12:00:00Z", "reply", "p/i", "0" * 64, None, 60, None)
OPERATIONS = ("backspace", "delete", "delete_word_back", "delete_to_line_start", "undo", "redo")
MOVES = ("left", "right", "word_left", "word_right", "select_all")
TEXT = st.sampled_from([*"ab c.\n", "é", "e", "\u0301", "👩‍👩‍👧", "漢", "🇩", "🇪"])


def steps():
    return st.lists(
        st.tuples(
            st.integers(0, 3_000_000),
            st.one_of(
                TEXT.map(lambda text: ("insert", text)),
                st.sampled_from(OPERATIONS).map(lambda name: ("change", name)),
                st.sampled_from(MOVES).map(lambda name: ("move", name)),
                st.sampled_from(["paste", "pause", "resume", "send", "tick", "take"]).map(lambda name: (name, "")),
            ),
        ),
        max_size=60,
    )


def play(session, todo, t=0):
    events = []
    for wait, (name, value) in todo:
        t += wait
        match name:
            case "insert":
                events += session.insert(t, value)
            case "change":
                events += session.change(t, getattr(session.editor, value))
            case "move":
                if not session.paused:
                    getattr(session.editor, value)()
            case "take":
                events += session.take(t, "A poor é.\nVery.")
            case "paste":
                events += session.paste(t, 99)
            case "send":
                events += session.send(t)
            case _:
                events += getattr(session, name)(t)
    return events, t


def log_of(events):
    ended = events[-1] if events and isinstance(events[-1], End) else None
    return AttemptLog(HEADER, tuple(e for e in events if not isinstance(e, End)), ended)


@given(steps())
def test_the_log_is_valid_and_leads_to_the_same_text(todo):
    session = ReplySession(limit_s=60)
    events, _ = play(session, todo)
    log = parse_log(encode_log(log_of(events)))
    assert log.final_text() == session.editor.text
    assert compute(log)["characters"] == session.size
    assert (log.end is not None) == (session.ended is not None)
    assert compute(log)["pastes_refused"] == session.pastes_refused


@given(steps(), steps())
def test_restored_goes_on_with_the_same_text_and_time(first, then):
    session = ReplySession(limit_s=60)
    events, t = play(session, first)
    again = ReplySession.restored(log_of(events))
    assert again.editor.text == session.editor.text
    assert (again.paused, again.deadline(), again.ended, again.last_t) == (
        session.paused, session.deadline(), session.ended, session.last_t,
    )  # fmt: skip
    session.editor.move_to(session.size)
    plain = [step for step in then if step[1][0] not in ("change", "send")]
    assert play(session, plain, t)[0] == play(again, plain, t)[0]


def test_the_limit_runs_from_the_message_and_stands_in_a_pause():
    session = ReplySession(limit_s=10)
    assert session.elapsed(4_000_000) == 4.0
    assert session.pause(4_000_000) == [Mark(4_000_000, "pause")]
    assert session.tick(20_000_000) == []
    assert session.resume(20_000_000) == [Mark(20_000_000, "resume")]
    assert session.deadline() == 26_000_000
    assert session.insert(25_999_999, "a") == [Key(25_999_999, 0, 0, "a", 1)]
    assert session.insert(26_000_005, "b") == [End(26_000_000, "time")]
    assert session.editor.text == "a"


def test_sending():
    session = ReplySession()
    assert session.send(1) == []
    assert session.hint == "empty"
    for n, letter in enumerate("Hi you"):
        session.insert(2 + n, letter)
    assert session.send(20) == []
    assert session.hint == "send_again"
    session.insert(21, "!")
    assert session.hint is None, "going on with the reply takes the question back"
    assert session.send(22) == []
    assert session.send(23) == [End(23, "done")]
    assert session.insert(24, "x") == []


def test_a_paste_is_refused_and_counted():
    session = ReplySession()
    assert session.paste(5, 1000) == [Paste(5, 1000)]
    assert (session.pastes_refused, session.size, session.hint) == (1, 0, "paste_refused")


def test_a_reply_has_an_end():
    session = ReplySession()
    session.insert(1, "a" * MAX_GRAPHEMES)
    assert session.insert(2, "b") == []
    assert (session.hint, session.size) == ("full", MAX_GRAPHEMES)


def test_a_text_that_is_taken_over_is_never_typed():
    session = ReplySession()
    events = session.take(1_000_000, "Wait, please.")
    assert events == [Put(1_000_000, 0, 0, "Wait, please.")]
    assert session.editor.cursor == 0
    events += session.insert(2_000_000, "Oh. ")
    assert session.take(2_500_000, "Again.") == []
    assert session.hint == "not_empty"
    session.editor.select_all()
    events += session.change(3_000_000, session.editor.backspace)
    events += session.change(4_000_000, session.editor.undo)
    assert events[-1] == Put(4_000_000, 0, 0, "Oh. Wait, please.")
    events += session.change(5_000_000, session.editor.undo)
    events += session.change(6_000_000, session.editor.redo)
    assert events[-1] == Put(6_000_000, 0, 0, "Oh. ")
    events += session.send(9_000_000)
    found = compute(log_of(events))
    assert (found["inserted"], found["characters"], found["final_wpm"]) == (4, 17, 0.0)
    assert found["revision_ratio"] == 1.0, "only what was typed can be taken back"
    assert (found["reading_s"], found["composing_s"]) == (1.0, 8.0)


def test_without_a_text_taken_over_what_comes_back_is_logged_as_ever():
    session = ReplySession()
    session.insert(1, "a")
    session.change(2, session.editor.undo)
    assert session.change(3, session.editor.redo) == [Key(3, 0, 0, "a", 1)]


def test_choices_are_marks_and_come_back():
    session = ReplySession(limit_s=10)
    events = (
        session.choose(5, "action", "escalate") + session.choose(6, "tier", "net") + session.choose(7, "tier", "tv")
    )
    assert events == [Mark(5, "action", "escalate"), Mark(6, "tier", "net"), Mark(7, "tier", "tv")]
    assert ReplySession.restored(log_of(events)).choices == {"action": "escalate", "tier": "tv"}
    assert session.choose(10_000_001, "action", "reply") == [End(10_000_000, "time")]
    assert session.choices["action"] == "escalate"


def test_a_restored_session_knows_that_a_text_was_taken_over():
    session = ReplySession()
    again = ReplySession.restored(log_of(session.take(1, "Poor.")))
    again.change(2, again.editor.backspace)
    again.editor.move_to(again.size)
    again.change(3, again.editor.backspace)
    assert isinstance(again.change(4, again.editor.undo)[0], Put)


@pytest.mark.parametrize(("kind", "choices", "teams", "missing"), [
    ("reply", {}, True, ""),
    ("triage", {}, True, "action"),
    ("triage", {"action": "ask"}, True, ""),
    ("triage", {"action": "escalate"}, True, "tier"),
    ("triage", {"action": "escalate"}, False, ""),
    ("triage", {"tier": "net"}, True, "action"),
    ("triage", {"action": "escalate", "tier": "net"}, True, ""),
    ("search", {"query": "x", "open": "a"}, True, "article"),
    ("search", {"article": "a"}, True, ""),
])  # fmt: skip
def test_nothing_is_sent_before_what_must_be_chosen(kind, choices, teams, missing):
    session = ReplySession(kind=kind)
    session.teams = teams
    session.insert(1, "because it is so")
    for t, (name, value) in enumerate(choices.items(), 2):
        session.choose(t, name, value)
    assert session.missing == missing
    assert bool(session.send(20)) == (not missing)
    assert session.hint == (f"no_{missing}" if missing else None)


def test_a_choice_alone_is_worth_keeping():
    session = ReplySession(kind="triage")
    assert not session.begun
    session.choose(1, "action", "ask")
    assert session.begun
