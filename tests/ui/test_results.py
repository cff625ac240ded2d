"""Keys that were meant for the drill and reach its results, and how points stand there."""

import pytest
from scenes_reply import FINDINGS, FLAWED, GOOD
from ui_world import MS, FakeChecker, World

from typetrainer.ui.comparison import Line
from typetrainer.ui.copy_drill import CopyDrill
from typetrainer.ui.input import TEXT
from typetrainer.ui.reply_drill import ReplyDrill
from typetrainer.ui.results import CopyResults
from typetrainer.ui.views.judgements import Judgement, next_time, point_rows
from typetrainer.ui.written_results import ReplyResults
from typetrainer.writing.findings import Finding


def sent(world: World) -> None:
    world.reply()
    world.type(GOOD, gap_ms=100)
    world.press("enter")
    assert isinstance(world.screen, ReplyResults)


@pytest.mark.parametrize(("after_ms", "screen"), [(0, ReplyResults), (299, ReplyResults), (300, ReplyDrill)])
def test_a_second_enter_does_not_skip_the_results(world, after_ms, screen):
    sent(world)
    world.program.now += after_ms * MS
    world.key("enter")
    assert isinstance(world.screen, screen)


def test_a_second_enter_does_not_skip_the_results_of_copying(world):
    world.copy("Hi")
    world.type("Hi")
    world.key("enter")
    assert isinstance(world.screen, CopyResults)
    world.press("enter")
    assert isinstance(world.screen, CopyDrill)


@pytest.mark.parametrize("gap_ms", [90, 900])
def test_who_types_on_after_the_clock_stopped_gives_no_commands(world, gap_ms):
    world.copy(seconds=10.0)
    world.type("T")
    world.program.wait(10)
    assert isinstance(world.screen, CopyResults)
    for letter in "hrqnem":
        world.program.now += gap_ms * MS
        world.key(TEXT, letter)
    assert isinstance(world.screen, CopyResults)
    assert world.program.status is None
    world.program.now += 1000 * MS
    world.key(TEXT, "r")
    assert isinstance(world.screen, CopyDrill)


def test_what_needs_no_checker_is_told_at_once_and_the_chosen_point_stays(world):
    world.checker = FakeChecker(FINDINGS)
    world.reply()
    world.type(FLAWED, gap_ms=100)
    world.program.hold_awaited = True
    world.press("enter")
    so_far = world.screen.outcome
    assert so_far.check is None
    assert so_far.assessment.partial
    assert "language" not in so_far.assessment.parts
    assert f"{so_far.assessment.score:.0f} of 100 so far" in world.text()
    assert "is being checked" in world.text()
    world.press("down", "down", "down")
    chosen = world.screen.outcome.points[3].key
    world.program.release()
    final = world.screen.outcome
    assert "language" in final.assessment.parts
    assert "so far" not in world.text()
    assert final.points[final.selected].key == chosen
    assert len(final.points) > len(so_far.points)


def test_the_first_judgement_is_not_what_is_kept(world):
    world.checker = FakeChecker(FINDINGS)
    world.reply()
    world.type(FLAWED, gap_ms=100)
    world.program.hold_awaited = True
    world.press("enter")
    attempt = world.screen.recorder.id
    assert world.context.store.attempts.read(attempt).assessment is None
    world.program.release()
    assert "language" in world.context.store.attempts.read(attempt).assessment["assessment"]["parts"]


def test_coming_back_to_results_needs_no_patience(world):
    sent(world)
    world.press("e", "escape")
    world.key("enter")
    assert isinstance(world.screen, ReplyDrill)


def test_what_is_good_in_a_criterion_stands_together_and_each_can_be_chosen():
    heads = ["by name", "apologised", "the trouble is recognised", "asked politely", "taken on", "thanked"]
    points = [Judgement(f"tone-{n}", True, f"tone: {head}", (), label="tone") for n, head in enumerate(heads)]
    rows = point_rows(points, 4, frozenset(), "", 80)
    texts = ["".join(text for _, text in row) for _, row in rows]
    assert texts == [
        "  ✓ tone     by name · apologised · the trouble is recognised",
        " ▸  " + " " * 9 + "asked politely · taken on · thanked",
    ]
    assert [index for index, _ in rows] == [0, 4]
    assert ("selected", "taken on") in rows[1][1]


def test_what_is_set_aside_leaves_its_criterion():
    points = [Judgement(f"tone-{head}", True, f"tone: {head}", (), label="tone") for head in ("one", "two", "three")]
    rows = point_rows(points, 0, frozenset({"tone-two@-"}), "Kept.", 80)
    assert ["".join(text for _, text in row) for _, row in rows] == [
        " ▸✓ tone     one", "     Kept.", "  · tone: two (set aside)", "  ✓ tone     three",
    ]  # fmt: skip


def test_costs_stand_below_one_another():
    points = [
        Judgement("fact.a", False, "Not found: " + "word " * 30, (), lost=7.5),
        Judgement("b", False, "b", (), lost=10),
    ]
    first, *_, last = ["".join(text for _, text in row) for _, row in point_rows(points, 1, frozenset(), "", 80)]
    assert first.endswith("−8")
    assert last.endswith("−10")
    assert len(first) == len(last) <= 79


def slip(better: tuple[str, ...]) -> Judgement:
    return Judgement("R", False, "error: of", ("m",), finding=Finding("R", "G", "m", 0, 2, "of", better, "error"))


def test_next_time_says_when_nothing_is_left():
    point = Judgement("tone-name", False, "tone: the name is not used", ("Once.",), lost=2)
    assert next_time([point], frozenset()) == "Next time: Once."
    assert next_time([point], frozenset({point.key})) == "Nothing else to mend."
    assert next_time([slip(()), slip(("have",))], frozenset({slip(()).key})) == "Nothing else to mend."
    assert next_time([slip(("have",))], frozenset()).endswith("“of” should be “have”.")
    assert next_time([slip(())], frozenset()).endswith("“of” looks wrong.")
    assert next_time([], frozenset()) == "Nothing to mend. A pleasure to read."


@pytest.mark.parametrize(("line", "shares"), [
    (Line("tone", 14, 2, 15, 13), (93, 15)),
    (Line("tone", 14, 2, 15, 15), None),
    (Line("tone", None, 2, None, 13), None),
    (Line("words", 14, 2), None),
])  # fmt: skip
def test_points_of_different_sums_are_compared_by_their_share(line, shares):
    assert (None if line.shares is None else tuple(round(share) for share in line.shares)) == shares
