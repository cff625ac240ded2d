"""What keys do on the screens: where they lead, what is kept, when a screen wants to be woken."""

import pytest
from frame_rules import assert_in_order
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scenes import SCENES
from ui_world import SECOND, SMALL, FakeChecker, World, bill, record_of

from typetrainer.core.log import Block, Key, Mark, Paste
from typetrainer.store.settings import SETTINGS
from typetrainer.ui.copy_drill import CopyDrill
from typetrainer.ui.explain import ExplainScreen
from typetrainer.ui.frame import Size
from typetrainer.ui.keepsakes import HistoryScreen, SettingsScreen
from typetrainer.ui.menu import MenuScreen, OfferScreen, TextScreen
from typetrainer.ui.reply_drill import ReplyDrill
from typetrainer.ui.results import CopyResults
from typetrainer.ui.written_results import ReplyResults

NAMES = [setting.name for setting in SETTINGS]


# --- the way through ---


@pytest.mark.parametrize(
    ("key", "screen"),
    [("c", CopyDrill), ("1", CopyDrill), ("r", ReplyDrill), ("h", HistoryScreen), (",", SettingsScreen)],
)
def test_the_menu_leads(world, key, screen):
    SCENES["menu"](world)
    world.press(key)
    assert isinstance(world.screen, screen)


def test_the_menu_by_arrows(world):
    SCENES["menu"](world)
    world.press("up", "up", "enter")
    assert isinstance(world.screen, HistoryScreen)
    world.press("h", "down", "up", "enter")
    assert isinstance(world.screen, CopyDrill)


@pytest.mark.parametrize("key", ["q", "escape", "c-d"])
def test_the_menu_ends_the_program(world, key):
    SCENES["menu"](world)
    world.press(key)
    assert world.program.status == 0


@pytest.mark.parametrize(
    ("key", "screen"),
    [("enter", CopyDrill), ("n", CopyDrill), ("r", CopyDrill), ("h", MenuScreen), ("escape", MenuScreen),
     ("e", ExplainScreen)],
)  # fmt: skip
def test_copy_results_lead(world, key, screen):
    SCENES["results_first"](world)
    assert isinstance(world.screen, CopyResults)
    world.press(key)
    assert isinstance(world.screen, screen)
    if key == "e":
        world.press("x")
        assert isinstance(world.screen, CopyResults)


@pytest.mark.parametrize(("key", "screen"), [("enter", ReplyDrill), ("r", ReplyDrill), ("h", MenuScreen)])
def test_reply_results_lead(world, key, screen):
    SCENES["sent_findings"](world)
    assert isinstance(world.screen, ReplyResults)
    world.press(key)
    assert isinstance(world.screen, screen)


def test_the_mistakes_page_goes_back_to_the_results(world):
    SCENES["results_mistakes_page"](world)
    world.press("enter")
    assert isinstance(world.screen, CopyResults)
    assert "this run" in world.text()


def test_a_test_leads_through_practice_to_its_result(world):
    SCENES["exam_practice"](world)
    world.type("Thanks")
    world.program.wait(40)
    assert isinstance(world.screen, TextScreen)
    world.press("enter")
    assert world.screen.task.exam
    world.type("Thanks")
    world.press("tab", "c-r", "f1")
    assert world.screen.task.exam
    world.type(" for")
    world.program.wait(301)
    assert isinstance(world.screen, CopyResults)
    records = world.context.store.history.all()
    assert [record["exam"] for record in records] == [True]


# --- what is kept ---


def events(world: World, kind: type) -> list:
    return [event for event in world.screen.recorder.log().events if isinstance(event, kind)]


def test_keys_are_logged_with_their_times_and_batches(world):
    world.copy()
    shown = world.program.now
    world.type("T", gap_ms=1000)
    world.type("h", gap_ms=250, batch=3)
    world.press("backspace", gap_ms=500)
    world.paste(80)
    keys = events(world, Key)
    assert [(key.t, key.pos, key.deleted, key.inserted, key.batch) for key in keys] == [
        (1_000_000, 0, 0, "T", 1), (1_250_000, 1, 0, "h", 3), (1_750_000, 1, 1, "", 1)]  # fmt: skip
    assert [(paste.t, paste.n) for paste in events(world, Paste)] == [(1_750_000, 80)]
    assert world.program.now - shown == 1_750 * 1_000_000


def test_blocked_keys_are_logged(world):
    world.copy(policy="stop")
    world.type("Txh")
    assert [block.typed for block in events(world, Block)] == ["x"]


@pytest.mark.parametrize(("typed", "kept"), [("", 0), ("Thanks", 0), ("Thanks for waiting, Pr", 1)])
def test_starting_again_keeps_what_is_long_enough(world, typed, kept):
    world.copy()
    world.type(typed)
    world.press("c-r")
    assert isinstance(world.screen, CopyDrill)
    assert len(world.screen.session.alignment) == 0
    records = world.context.store.history.all()
    assert [record["reason"] for record in records] == ["quit"] * kept
    assert len(world.context.store.attempts.ids()) == kept + 1


@pytest.mark.parametrize(("by_choice", "in_history"), [(True, 1), (False, 0)])
@pytest.mark.parametrize("kind", ["copy", "reply"])
def test_leaving_keeps_what_was_typed(world, kind, by_choice, in_history):
    getattr(world, kind)()
    world.type("Thanks")
    world.program.exit(130, by_choice=by_choice)
    assert len(world.context.store.history.all()) == in_history
    assert len(world.context.store.attempts.interrupted()) == 1 - in_history
    assert len(world.context.farewell) == 1
    assert "Kept" in world.context.farewell[0]


@pytest.mark.parametrize("kind", ["copy", "reply"])
def test_leaving_an_empty_drill_keeps_nothing(world, kind):
    getattr(world, kind)()
    world.program.exit(130)
    assert world.context.store.attempts.ids() == []
    assert world.context.farewell == []


def test_leaving_practice_keeps_nothing(world):
    SCENES["exam_practice"](world)
    world.type("Thanks for waiting, Priya.")
    world.program.exit(130)
    assert world.context.store.attempts.ids() == []


def test_the_disk_is_asked_once_a_second_at_most(world):
    world.copy()
    world.program.hold = True
    world.type("x" * 40, gap_ms=100)
    assert 3 <= len(world.program.held) <= 4


# --- time ---


def test_a_limit_ends_the_drill_at_its_microsecond(world):
    world.copy(item=None, pack="brook", seconds=20.0)
    world.type("Tha", gap_ms=500)
    recorder = world.screen.recorder
    world.program.wait(30)
    assert isinstance(world.screen, CopyResults)
    assert (recorder.end.t, recorder.end.reason) == (20_500_000, "time")
    assert events(world, Mark)[-1].name == "loop_lag_ms_p99"


def test_a_key_after_the_limit_does_not_count(world):
    world.copy(item=None, pack="brook", seconds=20.0)
    world.type("T", gap_ms=500)
    recorder = world.screen.recorder
    world.program.now += 25 * SECOND  # the loop was busy: the key comes before the tick
    world.key("text", "h")
    assert recorder.end.t == 20_500_000
    assert recorder.log().final_text() == "T"


def test_the_clock_wakes_the_screen_when_its_digit_changes(world):
    world.copy()
    world.type("T", gap_ms=330)
    started = world.program.now
    shown = set()
    for _ in range(60):
        wake = world.screen.wake_at()
        assert wake > world.program.now
        world.program.now = wake
        world.screen.tick(wake)
        shown.add(((wake - started) // SECOND, world.text().split("\n")[0][-5:].strip()))
    assert all(text == f"{seconds // 60}:{seconds % 60:02d}" for seconds, text in shown)
    assert len(shown) >= 25


def test_without_clock_and_figures_only_the_disk_wakes_it(world):
    world.context.store.settings.set("clock", value=False)
    world.context.settings = world.context.store.settings.load()
    world.copy(figures=False)
    world.type("T", gap_ms=330)
    opened = world.program.now
    wakes = []
    for _ in range(5):
        world.program.now = world.screen.wake_at()
        wakes.append(world.program.now)
        world.screen.tick(world.program.now)
    assert wakes[4] - opened > 4 * SECOND - 1
    assert "0:" not in world.text().split("\n")[0]


@pytest.mark.parametrize("kind", ["copy", "reply"])
def test_a_pause_does_not_count(world, kind):
    getattr(world, kind)(**({"item": None, "pack": "brook"} if kind == "copy" else {}), seconds=30.0)
    drill = world.screen
    world.type("Thanks", gap_ms=100)
    world.screen.paused(world.program.now)
    assert [mark.name for mark in events(world, Mark)] == ["pause"]
    world.program.wait(100)
    assert world.screen is drill
    world.screen.resumed(world.program.now)
    world.program.wait(10)
    assert world.screen is drill
    world.program.wait(25)
    assert world.screen is not drill


@pytest.mark.parametrize("kind", ["copy", "reply"])
def test_a_test_is_never_paused(world, kind):
    getattr(world, kind)(**({"item": None, "pack": "brook"} if kind == "copy" else {}), seconds=30.0, exam=True)
    drill = world.screen
    world.type("Thanks", gap_ms=100)
    drill.paused(world.program.now)
    assert events(world, Mark) == []
    assert not drill.may_suspend
    world.program.wait(31)
    assert world.screen is not drill


# --- findings in sight ---


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.sampled_from(["down", "up", "pagedown", "pageup", "home", "end", "d", "x"]), max_size=25))
def test_the_selected_finding_is_in_sight_after_every_choice(tmp_path_factory, moves):
    world = World(tmp_path_factory.mktemp("home"))
    words = [f"wrod{chr(97 + n)}" for n in range(20)]
    findings = [
        (word, "error", f"MORFOLOGIK_RULE_{word}", "TYPOS", f"About {word}, " + "at length " * 20) for word in words
    ]
    world.checker = FakeChecker(findings)
    world.reply()
    world.type(" ".join(words), gap_ms=1)
    world.press("enter")
    for move in moves:
        world.press(move)
        if move in ("down", "up", "d", "x"):
            selected = world.screen.outcome.selected
            assert f"▸{selected + 1} error: {words[selected]}" in world.text()
            assert f"rule MORFOLOGIK_RULE_{words[selected]}" in world.text()
            if move in ("d", "x"):
                assert "this result stays as it is" in world.text().replace("\n     ", " ")


def test_what_is_put_away_goes_to_the_store(world):
    SCENES["sent_findings"](world)
    world.press("d", "down", "down", "x")
    assert world.context.store.dictionary.entries() == ["noone"]
    assert world.context.store.rules_off.entries() == ["MODAL_OF"]


def test_the_model_answer_keeps_its_hands_off_the_findings(world):
    SCENES["sent_findings"](world)
    world.press("m", "d", "x", "down")
    assert world.context.store.dictionary.entries() == []
    world.press("m")
    assert "▸1 error" in world.text()


# --- lists ---


def test_the_history_moves_and_opens_the_selected(world):
    world.context.store.history.insert(*[record_of(number, item=f"brook/{number}") for number in range(50)])
    world.program.show(HistoryScreen(world.context, world.flow.menu))
    for keys, item in ((["end"], 0), (["up"], 1), (["home"], 49), (["pagedown"], 49 - 19), (["j", "k", "k"], 31)):
        world.press(*keys)
        (line,) = [row for row in world.text().split("\n") if row.startswith(" ▸")]
        assert f"brook/{item} " in line
    world.press("enter")
    assert "brook/31" in world.text()
    world.press("x", "h")
    assert isinstance(world.screen, MenuScreen)


def test_settings_are_kept_at_once(world):
    SCENES["settings"](world)
    world.press(*["down"] * NAMES.index("policy"), "right")
    assert world.context.store.settings.load()["policy"] == "stop"
    world.press("left", "left")
    assert world.context.store.settings.load()["policy"] == "strict"
    world.press("backspace")
    assert world.context.store.settings.load()["policy"] == "free"
    world.press(*["down"] * (NAMES.index("seconds") - NAMES.index("policy")), "enter", "c-u", "9", "0", "enter")
    assert world.context.store.settings.load()["seconds"] == 90
    world.press("enter", "7", "escape")
    assert world.context.store.settings.load()["seconds"] == 90


@pytest.mark.parametrize(
    ("keys", "kept", "history"), [("l", 1, 0), ("k", 0, 1), ("dd", 0, 0), ("dxd", 1, 0), ("dl", 1, 0)]
)
def test_an_offer_is_settled(world, keys, kept, history):
    world.interrupted(0, typed=bill()[:30])
    world.program.show(world.flow.menu_first())
    world.press(*keys)
    assert isinstance(world.screen, OfferScreen if keys == "dxd" else MenuScreen)
    assert len(world.context.store.attempts.interrupted()) == kept
    assert len(world.context.store.history.all()) == history


def test_an_offer_is_not_answered_by_typing_ahead(world):
    world.interrupted(0, typed=bill()[:30])
    world.program.show(world.flow.menu_first())
    for letter in "dd":
        world.key("text", letter, batch=2)
    assert isinstance(world.screen, OfferScreen)
    assert len(world.context.store.attempts.interrupted()) == 1


# --- any keys at all ---

ANY = ["text", "enter", "c-j", "tab", "s-tab", "backspace", "delete", "escape", "up", "down", "left", "right", "home",
       "end", "pageup", "pagedown", "c-w", "c-u", "c-k", "c-_", "c-y", "c-a", "c-r", "f1", "f2", "c-left", "s-right",
       "s-up", "c-s-left", "c-home", "c-end", "a-d", "a-b", "a-enter", "a-backspace", "paste", "c-x", "c-f", "c-s",
       "a-1", "a-3", "a-5"]  # fmt: skip
_letters = st.sampled_from("aT e李\u0301🙂q,drhmkxb!")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    scene=st.sampled_from(["copy_start", "copy_exam", "reply_start", "sent_findings", "results_many_mistakes", "menu",
                           "settings", "history_one", "explain_copy", "offer", "exam_intro", "triage_start",
                           "triage_wrong", "both_long", "search_start", "search_reading", "search_answer"]),
    keys=st.lists(st.tuples(st.sampled_from(ANY), _letters, st.sampled_from([0, 1, 900])), max_size=40),
    size=st.sampled_from([SMALL, Size(120, 40)]),
)  # fmt: skip
def test_any_keys_on_any_screen(tmp_path_factory, scene, keys, size):
    """No key breaks a screen, and what is shown stays in order."""
    home = tmp_path_factory.mktemp("home")
    world = World(home, size)
    world.flow._request = None
    SCENES[scene](world)
    for name, text, wait in keys:
        world.program.wait(wait / 1000)
        if world.program.status is not None:
            break
        world.key(name, text if name == "text" else "", size=70 if name == "paste" else 0)
        if world.program.status is None:
            assert_in_order(world.frame(), size)
    if world.program.status is None:
        world.program.exit(130)


def test_a_judgement_that_is_wrong_is_kept_and_set_aside(world):
    SCENES["sent_findings"](world)
    world.press("down", "down", "down")
    assert "▸4 tone: it does not say what you do" in world.text()
    world.press("!")
    assert "Kept: you find this wrong" in world.text()
    assert "set aside" in world.text()
    (entry,) = world.context.store.disputes.entries()
    world.press("!")
    assert "Taken back" in world.text()
    assert world.context.store.disputes.entries() == []
    assert entry["rule"] == "tone-ownership"
    assert entry["text"].startswith("Hello Daniel")
    assert entry["item"] == world.flow.context.store.attempts.read(entry["attempt"]).log.header.item
