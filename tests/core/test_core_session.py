"""Copy sessions, told as states: see Play for how keys and states are written."""

import pytest
from core_samples import Play, us

from typetrainer.core.log import Block, End, Key, Mark, Paste
from typetrainer.core.metrics import compute
from typetrainer.core.session import CopySession


def told(target, policy, *pairs, **options):
    """Play keys one after another and compare the state after each."""
    play = Play(target, policy, **options)
    assert [(keys, play(keys)) for keys, _ in pairs] == list(pairs)
    return play


# --- the four policies ---


def test_free_lets_errors_in_and_ends_with_the_last_grapheme():
    play = told(
        "abcd", "free",
        ("", "[a]bcd"), ("a", "a[b]cd"), ("x", "ax[c]d"), ("<bs>", "a[b]cd"), ("b", "ab[c]d"), ("cd", "abcd[] done"),
    )  # fmt: skip
    assert [type(event) for event in play.events] == [Key] * 6 + [End]
    assert play.events[2] == Key(us(1.2), 1, 1, "", 1)


def test_free_goes_on_over_a_wrong_last_grapheme_until_it_is_right():
    told("abcd", "free", ("abcx", "abcx[]"), ("y", "abcxy[]"), ("<bs><bs>", "abc[d]"), ("d", "abcd[] done"))


def test_free_finds_its_way_over_a_dropped_letter():
    told("Hello there, you", "free", ("Helo", "Helo[o] there, you"), (" th", "Helo th[e]re, you"),
         ("ere, you", "Helo there, you[] done"))  # fmt: skip


def test_stop_keeps_wrong_keys_out():
    play = told(
        "abc", "stop",
        ("x", "[a]bc blocked"), ("a", "a[b]c"), ("c", "a[b]c blocked"), ("a", "a[b]c blocked"), ("b", "ab[c]"),
        ("<bs>", "a[b]c"), ("bc", "abc[] done"),
    )  # fmt: skip
    assert [event.typed for event in play.events if isinstance(event, Block)] == ["x", "c", "a"]
    assert play.session.started_at == us(1)


def test_no_backspace_refuses_and_marks():
    play = told(
        "abcd", "no-backspace",
        ("<bs>", "[a]bcd no_backspace"), ("ax", "ax[c]d"), ("<bs>", "ax[c]d no_backspace"),
        ("<word>", "ax[c]d no_backspace"), ("cd", "axcd[] done"),
    )  # fmt: skip
    marks = [event for event in play.events if isinstance(event, Mark)]
    assert [mark.name for mark in marks] == ["backspace_refused"] * 3
    assert play.session.started_at == us(1.1)  # a refused Backspace starts no clock


def test_strict_ends_with_the_first_error_and_logs_it():
    play = told("abc", "strict", ("ab", "ab[c]"), ("<bs>", "a[b]c"), ("x", "ax[c] error"))
    assert play.events[-2:] == [Key(us(1.3), 1, 0, "x", 1), End(us(1.3), "error")]
    assert play.do("", "c") == []


@pytest.mark.parametrize("policy", ["free", "stop", "no-backspace", "strict"])
def test_typed_right_every_policy_is_done(policy):
    play = told("a b", policy, ("a b", "a b[] done"))
    assert play.events[-1] == End(us(1.2), "done")
    assert compute(play.log)["accuracy"] == 1.0


def test_batches_are_kept():
    session = CopySession("abc", policy="stop")
    assert session.type(5, "a", 7) == [Key(5, 0, 0, "a", 7)]
    assert session.type(6, "x", 3) == [Block(6, "x", 3)]


# --- erasing ---


def test_erasing_graphemes_and_words():
    told(
        "one two, three", "free",
        ("one two, th", "one two, th[r]ee"), ("<word>", "one two, [t]hree"), ("<word>", "one [t]wo, three"),
        ("tw<word>", "one [t]wo, three"), ("<bs>", "one[ ]two, three"), ("<word>", "[o]ne two, three"),
        ("<word><bs>", "[o]ne two, three"),
    )  # fmt: skip


def test_erasing_a_family_is_one_splice_of_its_code_points():
    family = "👩\u200d👩\u200d👧"
    play = Play(f"a{family}b")
    play.session.type(play.t, "a")
    assert play.session.type(play.t, family) == [Key(us(1), 1, 0, family, 1)]
    assert play.session.erase(play.t) == [Key(us(1), 1, 5, "", 1)]
    assert play.state == f"a[{family}]b"


def test_erasing_blanks_takes_the_word_before_them():
    told("one two", "free", ("one  ", "one  [w]o"), ("<word>", "[o]ne two"))


# --- Enter and quitting ---


def test_enter_before_the_first_key_does_nothing():
    told("abc", "free", ("<enter>", "[a]bc"), ("<enter>", "[a]bc"))


def test_enter_before_the_last_word_asks_and_then_quits():
    told(
        "one two", "free",
        ("on<enter>", "on[e] two enter_again"), ("e", "one[ ]two"), ("<enter>", "one[ ]two enter_again"),
        ("<enter>", "one[ ]two quit"),
    )  # fmt: skip


def test_enter_within_the_last_word_is_done():
    told("one two", "free", ("one <enter>", "one [t]wo done"))
    told("one two", "free", ("one tw<enter>", "one tw[o] done"))
    told("one two.", "free", ("one twox<enter>", "one twox[] done"))
    told("abc", "free", ("a<enter>", "a[b]c done"))
    told("one two ", "free", ("one t<enter>", "one t[w]o  done"))


@pytest.mark.parametrize("other", ["<bs>", "<word>", "<paste>", "e"])
def test_another_key_between_two_enters_takes_the_question_back(other):
    play = Play("one two")
    play(f"on<enter>{other}<enter>")
    assert play.session.ended is None
    assert play.session.hint == "enter_again"


def test_enter_in_a_blocked_drill_asks_too():
    told("one two", "stop", ("o<enter>x", "o[n]e two blocked"), ("<enter><enter>", "o[n]e two quit"))


def test_quit_at_any_time_once():
    play = told(
        "abc", "free", ("<quit>", "[a]bc quit"), ("a<quit><enter><bs><paste><pause><resume><tick>", "[a]bc quit")
    )
    assert play.events == [End(us(1), "quit")]


# --- paste ---


def test_a_paste_is_refused_and_counted():
    play = told("abc", "free", ("<paste>", "[a]bc paste_refused"), ("a", "a[b]c"), ("<paste>", "a[b]c paste_refused"))
    assert play.events[0] == Paste(us(1), 7)
    assert (play.session.pastes_refused, play.session.started_at) == (2, us(1.1))


# --- the clock ---


def test_a_limit_runs_from_the_first_key_and_ends_exactly():
    play = Play("abcdef", limit_s=1, start=5)
    assert play.session.deadline() is None
    assert play.session.tick(us(100)) == []
    play("ab")
    assert play.session.deadline() == us(6)
    assert play.session.tick(us(6) - 1) == []
    assert play.session.tick(us(6.25)) == [End(us(6), "time")]
    assert play.session.elapsed(us(9)) == 1.0
    assert compute(play.log)["seconds"] == 1.0
    assert play.session.tick(us(7)) == []


@pytest.mark.parametrize("key", ["c", "<bs>", "<word>", "<enter>", "<paste>", "<pause>", "<quit>"])
def test_a_key_after_the_deadline_is_too_late_even_before_the_tick(key):
    play = Play("one abcdef", limit_s=1)
    play("on")
    text = play.session.text
    play.wait(0.8)(key)
    assert play.events[-1] == End(us(2), "time")
    assert (play.session.text, play.session.pastes_refused, play.session.paused) == (text, 0, False)


def test_a_blocked_key_starts_the_clock_too():
    play = Play("abc", "stop", limit_s=1)
    play("x")
    assert (play.session.started_at, play.session.deadline()) == (us(1), us(2))


def test_a_key_at_the_deadline_is_too_late_and_one_before_counts():
    session = CopySession("abc", limit_s=1)
    session.type(0, "a")
    assert session.type(999_999, "b") == [Key(999_999, 1, 0, "b", 1)]
    assert session.type(1_000_000, "c") == [End(1_000_000, "time")]


def test_done_before_the_deadline_is_done():
    play = told("ab", "free", ("ab", "ab[] done"), limit_s=1)
    assert play.session.tick(us(9)) == []


# --- pause and resume ---


def test_paused_nothing_is_typed_and_time_stands():
    play = told(
        "one abc", "free",
        ("on", "on[e] abc"), ("<pause>", "on[e] abc paused"),
        ("e<bs><word><enter><enter><paste><pause>", "on[e] abc paused"),
    )  # fmt: skip
    assert play.session.elapsed(us(50)) == 0.2
    assert play.session.tick(us(50)) == []
    play.t = us(50)
    assert play("<resume>") == "on[e] abc"
    assert [event.name for event in play.events if isinstance(event, Mark)] == ["pause", "resume"]
    assert play.session.elapsed(us(51)) == 1.2
    assert play("<resume>e") == "one[ ]abc"
    assert play.session.pastes_refused == 0


def test_a_pause_moves_the_deadline():
    play = Play("abcdef", limit_s=2)
    play("a<pause>")
    play.wait(100)("<resume>b")
    assert play.session.deadline() == us(1 + 2 + 100.1)
    play.wait(60)("<tick>")
    assert play.events[-1] == End(us(103.1), "time")
    assert compute(play.log)["seconds"] == pytest.approx(2.0, abs=1e-9)


def test_a_pause_before_the_first_key_costs_nothing():
    play = Play("abcdef", limit_s=2)
    play("<pause>").endswith("paused")
    play.wait(30)("<resume>a")
    assert play.session.deadline() == play.session.started_at + us(2)
    assert play.session.elapsed(play.session.started_at + us(1)) == 1.0
    assert compute(play.log)["start_delay"] == pytest.approx(1.1)


def test_quitting_in_a_pause():
    play = Play("abc def", limit_s=2)
    play("a<pause>")
    assert play.wait(100)("<quit>").startswith("a[b]c def quit")
    assert compute(play.log)["seconds"] == 0.0


# --- live figures ---


def test_live_figures():
    play = Play("abcdef", step=0.5)
    assert play.session.live(us(9)).wpm is None
    assert play.session.live(us(9)).accuracy is None
    play("ax")
    live = play.session.live(us(1.9))
    assert (live.wpm, live.accuracy) == (None, 0.5)
    live = play.session.live(us(3))
    assert (live.wpm, live.accuracy) == (6.0, 0.5)
    play("<bs>bc")
    assert play.session.live(us(3)).accuracy == 0.75


def test_live_speed_counts_the_first_key_unless_it_was_let_in():
    """The worked example "with the block first" of contracts/metrics.md, ten times as slow."""
    play = Play("abc", "stop", step=2)
    play("xabc")
    assert play.session.live(play.session.ended.t).wpm == pytest.approx(6)
    assert compute(play.log)["wpm"] == pytest.approx(6)
    assert play.session.live(play.session.ended.t).accuracy == compute(play.log)["accuracy"] == 0.75


def test_the_clock_stands_after_the_end():
    play = Play("one two", step=1)
    play("one <enter>")
    assert play.session.ended == End(us(5), "done")
    assert play.session.elapsed(us(100)) == 4.0
    assert play.session.live(us(100)) == play.session.live(us(5))


# --- combining marks and other keyboards ---


def test_free_composes_marks_with_their_base():
    play = told(
        "été", "free", ("e", "e[t]é"), ("\u0301", "é[t]é"), ("t", "ét[é]"), ("e", "éte[]"), ("\u0301", "été[] done")
    )
    assert play.events[1] == Key(us(1.1), 0, 1, "é", 1)
    assert [event.deleted for event in play.events[:-1]] == [0, 1, 0, 0, 1]
    found = compute(play.log)
    assert (found["inserted"], found["IF"], found["accuracy"], found["kspc"]) == (3, 0, 1.0, 1.0)


@pytest.mark.parametrize("policy", ["stop", "strict"])
def test_a_base_that_wants_its_mark_is_let_in(policy):
    told("ét", policy, ("e", "e[t]"), ("\u0301", "é[t]"), ("t", "ét[] done"))


def test_stop_does_not_go_on_from_a_base_without_its_mark():
    told("ét", "stop", ("e", "e[t]"), ("t", "e[t] blocked"), ("\u0300", "e[t] blocked"), ("\u0301t", "ét[] done"))


def test_strict_ends_when_a_base_does_not_get_its_mark():
    told("ét", "strict", ("e", "e[t]"), ("t", "et[] error"))


def test_two_marks_in_either_order():
    for marks in ("\u0323\u0301", "\u0301\u0323"):
        play = told("ẹ́a", "free", (f"e{marks}", "ẹ́[a]"))
        assert play.session.text == "ẹ\u0301"


def test_a_mark_on_a_right_letter_is_wrong_under_stop():
    told("ea", "stop", ("e", "e[a]"), ("\u0301", "e[a] blocked"), ("a", "ea[] done"))


def test_jamo_become_a_syllable():
    told("한글", "stop", ("ᄒ", "ᄒ[글]"), ("ᅡ", "하[글]"), ("ᆫ", "한[글]"))


def test_twins_are_right_unless_trained():
    told("“it’s”", "stop", ('"it\'s"', '"it\'s"[] done'))
    told("“it’s”", "stop", ('"', "[“]it’s” blocked"), ("“it", "“it[’]s”"), typography=True)


def test_a_composed_string_counts_its_graphemes():
    play = Play("漢字だ", "stop")
    assert play.session.type(us(1), "漢字") == [Key(us(1), 0, 0, "漢字", 1)]
    assert play.state == "漢字[だ]"
    assert play.session.type(us(2), "だよ") == [Block(us(2), "だよ", 1)]
    assert play.session.type(us(3), "だ")[-1] == End(us(3), "done")


def test_flags_keep_apart():
    told("🇩🇪🇫🇷!", "free", ("🇩🇪", "🇩🇪[🇫🇷]!"), ("🇫🇷", "🇩🇪🇫🇷[!]"), ("<bs>", "🇩🇪[🇫🇷]!"))


def test_a_target_that_is_not_nfc_is_made_so():
    assert CopySession("e\u0301").target == "é"


def test_an_empty_target_does_not_fail():
    session = CopySession("")
    assert session.type(1, "a") == [Key(1, 0, 0, "a", 1)]
    assert session.enter(2) == [End(2, "done")]
