"""What the other kinds of writing do: which key sends, what is taken over, what is judged and kept."""

import pytest
from scenes import SCENES
from scenes_written import MENDED, NOTE, lines
from ui_world import FakeChecker

from typetrainer.core.log import Put, encode_log
from typetrainer.core.log_reader import parse_log
from typetrainer.core.metrics import compute
from typetrainer.ui.menu import MenuScreen
from typetrainer.ui.reply_drill import ReplyDrill
from typetrainer.ui.written_results import ReplyResults
from typetrainer.writing.answer import answer_of


@pytest.mark.parametrize(("key", "kind"), [("f", "fix"), ("n", "note"), ("a", "article")])
def test_the_menu_leads(world, key, kind):
    SCENES["menu"](world)
    world.press(key)
    assert isinstance(world.screen, ReplyDrill)
    assert world.screen.task.kind == kind


def test_a_kind_without_items_is_not_offered(world):
    world.context.library.has = lambda kind, pack=None: kind != "note"
    SCENES["menu"](world)
    assert "Fix" in world.text()
    assert "Note" not in world.text()
    world.press("n")
    assert isinstance(world.screen, MenuScreen)


def test_the_pack_of_the_settings_decides_what_is_offered(world):
    world.context.store.settings.set("pack", "nowhere")
    world.context.settings = world.context.store.settings.load()
    SCENES["menu"](world)
    assert "Fix" not in world.text()


def test_enter_begins_a_line_in_a_note_and_ctrl_s_finishes_it(world):
    SCENES["note_start"](world)
    lines(world, NOTE[:2])
    world.press("c-j")
    assert world.screen.editor.text == f"{NOTE[0]}\n{NOTE[1]}\n"
    world.press("c-s")
    assert isinstance(world.screen, ReplyResults)


def test_ctrl_s_is_nothing_in_a_reply(world):
    world.reply()
    world.type("Hello you there")
    world.press("c-s")
    assert isinstance(world.screen, ReplyDrill)


def test_the_next_one_is_of_the_same_kind(world):
    SCENES["note_sent"](world)
    world.press("n")
    assert world.screen.task.kind == "note"


def test_what_is_taken_over_replays_and_is_not_typed(world):
    SCENES["fix_taken_over"](world)
    log = world.screen.recorder.log()
    assert parse_log(encode_log(log)) == log
    assert log.final_text() == world.screen.editor.text
    assert isinstance(log.events[0], Put)
    assert compute(log)["inserted"] == len("Hello Tolu. ")
    world.press("c-_", "c-y", "c-a", "backspace", "f5")
    assert world.screen.recorder.log().final_text() == world.screen.editor.text == world.screen.item.poor


def test_nothing_is_taken_over_twice_or_where_nothing_is_poor(world):
    SCENES["fix_start"](world)
    world.press("f5", "f5")
    assert sum(isinstance(event, Put) for event in world.screen.recorder.log().events) == 1
    SCENES["note_start"](world)
    world.press("f5")
    assert world.screen.recorder.log().events == ()


def test_the_flaws_are_told_in_the_results(world):
    SCENES["fix_sent"](world)
    heads = [point.head for point in world.screen.outcome.points]
    assert any(head.startswith("Still there: It blames her") for head in heads)
    assert any(head.startswith("Still there: It gives no date") for head in heads)
    world.press("r")
    world.type(MENDED, gap_ms=50)
    world.press("enter")
    heads = [point.head for point in world.screen.outcome.points]
    assert any(head.startswith("Mended: It gives no date") for head in heads)


def test_the_record_has_the_score(world):
    world.checker = FakeChecker([])
    SCENES["fix_sent_well"](world)
    (record,) = world.context.store.history.all()
    assert record["kind"] == "fix"
    assert record["score"] == world.screen.outcome.assessment.score


@pytest.mark.parametrize("name", ["fix_taken_over", "note_written", "article_written"])
def test_an_interrupted_attempt_goes_on(world, name):
    SCENES[name](world)
    text, kind = world.screen.editor.text, world.screen.task.kind
    world.program.exit(130, by_choice=False)
    world.program.show(world.flow.menu_first())
    world.press("enter")
    assert isinstance(world.screen, ReplyDrill)
    assert (world.screen.task.kind, world.screen.editor.text) == (kind, text)
    assert answer_of(world.screen.recorder.log()).text == text
    world.press("c-end")
    world.type(" And so on.")
    world.press(world.screen.writing.sender[0].lower().replace("ctrl-", "c-"))
    assert isinstance(world.screen, ReplyResults)
    assert len(world.context.store.history.all()) == 1


def test_practice_is_another_item(world):
    from typetrainer.ui.exam import practice_task

    request = world.request("article", "brook/reset-switch", exam=True)
    task = world.tasks(request)[0]
    assert practice_task(world.context, request, task).item == "brook/poor-meter"
