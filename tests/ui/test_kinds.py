"""What the other kinds of writing do: which key sends, what is taken over, what is judged and kept."""

from pathlib import Path

import pytest
from scenes import SCENES
from scenes_written import MENDED, NOTE, lines
from ui_world import FakeChecker

from typetrainer.core.log import Mark, Put, encode_log
from typetrainer.core.log_reader import parse_log
from typetrainer.core.metrics import compute
from typetrainer.errors import InvalidFile
from typetrainer.ui.menu import MenuScreen
from typetrainer.ui.reply_drill import ReplyDrill
from typetrainer.ui.written_results import ReplyResults
from typetrainer.writing.answer import answer_of


@pytest.mark.parametrize(("key", "kind"), [
    ("f", "fix"), ("n", "note"), ("t", "triage"), ("/", "search"), ("a", "article"),
])  # fmt: skip
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


def test_practice_before_a_timed_test_shows_as_little_of_it_as_can_be(world):
    from typetrainer.content.loader import Library
    from typetrainer.ui.exam import practice_task

    world.context.library = Library(world.env.paths)
    request = world.request("copy", None, pack="brightpath", seconds=15.0, exam=True)
    task = world.tasks(request)[0]
    practice = practice_task(world.context, request, task)
    assert not {span.id for span in practice.spans} & {span.id for span in task.spans}


# --- triage and search ---


def marks(world, *names):
    """Return the marks of some names, in order."""
    return [(e.name, e.value) for e in world.screen.recorder.log().events if isinstance(e, Mark) and e.name in names]


def test_a_choice_can_be_changed_until_it_is_sent_and_the_last_one_counts(world):
    SCENES["triage_start"](world)
    world.press("right", "right", "left", "a-5", "a-2")
    assert marks(world, "action", "tier") == [
        ("action", "reply"), ("action", "ask"), ("action", "reply"), ("action", "escalate"), ("tier", "network"),
        ("action", "ask"),
    ]  # fmt: skip
    world.type("She has not said it.")
    world.press("enter")
    answer = answer_of(world.screen.recorder.log())
    assert (answer.action, answer.tier) == ("ask", "")


def test_text_goes_into_the_reason_wherever_the_arrows_are(world):
    SCENES["triage_start"](world)
    world.type("12 3")
    assert (world.screen.editor.text, world.screen.session.choices) == ("12 3", {})
    world.press("up", " ", "right", "left", "x")
    assert world.screen.editor.text == "12 3x"
    assert world.screen.session.choices == {"action": "escalate"}


def test_up_leads_from_the_first_row_only(world):
    SCENES["triage_written"](world)
    world.press("a-enter", "x", "up")
    assert world.screen.focus(80) is None
    world.press("up")
    assert world.screen.focus(80) is not None


def test_to_send_without_a_team_leads_to_the_teams(world):
    SCENES["triage_no_team"](world)
    assert isinstance(world.screen, ReplyDrill)
    assert world.screen.session.hint == "no_tier"
    world.press("right", "enter", "enter")
    assert isinstance(world.screen, ReplyResults)


def test_a_company_without_teams_escalates_to_nobody_in_particular(world):
    company = world.context.library.company("brook")
    world.context.library.company = lambda _pack: company._replace(tiers=())
    SCENES["triage_start"](world)
    world.press("left", "enter")
    world.type("It may be gas.")
    world.press("enter")
    assert isinstance(world.screen, ReplyResults)


def test_what_stood_for_a_second_was_searched_for(world):
    SCENES["search_start"](world)
    world.type("meter", gap_ms=100)
    world.program.wait(0.8)
    assert marks(world, "query") == []
    world.program.wait(0.5)
    assert marks(world, "query") == [("query", "meter")]
    world.press("c-u")
    world.program.wait(3)
    world.type("smart", gap_ms=100)
    world.press("enter", "backspace", "enter")
    assert marks(world, "query", "open") == [
        ("query", "meter"), ("query", "smart"), ("open", "smart-meters"), ("open", "smart-meters"),
    ]  # fmt: skip


def test_words_typed_at_an_article_are_a_new_search(world):
    SCENES["search_reading"](world)
    world.type(" smart")
    assert world.screen.place == "find"
    assert (world.screen.query.text, world.screen.editor.text) == ("smart", "")
    assert world.screen.hits[0].id == "smart-meters"


def test_a_paste_into_the_search_is_refused_and_does_not_count(world):
    SCENES["search_start"](world)
    world.paste()
    assert "A paste does not count here" in world.text()
    assert world.screen.session.pastes_refused == 0


def test_a_search_that_cannot_be_made_says_so(world):
    def refuses(_pack, _article):
        raise InvalidFile("visits.md is not text.")

    world.context.library.article = refuses
    SCENES["search_start"](world)
    assert "visits.md is not text." in world.text()


@pytest.mark.parametrize(("name", "said"), [
    ("triage_written", "● Alt-5 Network Control"), ("triage_chosen", "● Alt-3 escalate"),
    ("search_answer", "From Reading your meter"), ("search_opened", "Find  blakc digits"),
])  # fmt: skip
def test_choices_are_there_again_after_an_interruption(world, name, said):
    SCENES[name](world)
    world.program.wait(2)
    world.program.exit(130, by_choice=False)
    world.program.show(world.flow.menu_first())
    world.press("enter")
    assert said in world.text()


def test_choices_alone_are_kept_when_one_leaves(world):
    SCENES["triage_chosen"](world)
    world.program.exit(130)
    (record,) = world.context.store.history.all()
    assert (record["kind"], record["reason"]) == ("triage", "quit")


def test_the_attempt_before_is_that_of_the_same_item_only(world):
    SCENES["triage_wrong"](world)
    assert world.screen.earlier is None
    world.press("b")
    assert "both attempts" not in world.text()
    world.press("r", "a-2")
    world.type("Perhaps gas.")
    world.press("enter", "enter")
    assert world.screen.earlier is not None
    world.write("triage", "brook/which-meter")
    world.press("a-2")
    world.type("She has two meters.")
    world.press("enter")
    assert world.screen.earlier is None


def test_a_test_is_not_compared(world):
    for _ in range(2):
        world.write("triage", "brook/gas-smell", exam=True, out=Path("result.json"))
        world.press("a-2")
        world.type("Perhaps it is gas.")
        world.press("enter")
    assert world.screen.earlier is None
