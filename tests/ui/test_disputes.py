"""Every judgement of every kind: it says why, it can be found wrong, and is set aside in the next attempt."""

from dataclasses import replace

import pytest
from scenes_choices import ANSWER, REASON
from ui_world import FakeChecker, World

from typetrainer.core.text import graphemes
from typetrainer.ui.choices import Chosen, Said

FINDING = ("of come", "error", "MODAL_OF", "GRAMMAR", "A modal verb is followed by have.", "have come")
BLAME = "As I said, you should have told us. At some point in June."
# rule -> kind, item, keys before the text, text, findings
SAID: dict[str, tuple[str, str, tuple[str, ...], str, tuple[tuple[str, ...], ...]]] = {
    "fact.ill": ("fix", "late-fitting", (), "Hello Tolu, thanks for waiting.", ()),
    "flaw.no-date": ("fix", "late-fitting", (), BLAME, ()),
    "flaw.blame": ("fix", "late-fitting", (), BLAME, ()),
    "tone-blame": ("fix", "late-fitting", (), BLAME, ()),
    "tone-apology": ("fix", "late-fitting", (), BLAME, ()),
    "closing-help": ("fix", "late-fitting", (), BLAME, ()),
    "MODAL_OF": ("reply", "missed-visit", (), "Hello Daniel, we should of come.", (FINDING,)),
    "claim.smell": ("note", "tripped-switch", (), "No power in half of it. A silly mistake with the toaster.", ()),
    "clarity-length": ("note", "tripped-switch", (), "The toaster did it again. " * 20, ()),
    "order": ("article", "reset-switch", (), "No power in half the house\nPush the switch up. Unplug everything.", ()),
    "findable": ("article", "reset-switch", (), "Toasters\nUnplug everything in that room. Push the switch up.", ()),
    "critical.secret": ("reply", "missed-visit", (), "Hello Daniel, please tell me your password.", ()),
    "action": ("triage", "gas-smell", ("a-1",), REASON, ()),
    "tier": ("triage", "gas-smell", ("a-4",), REASON, ()),
    "source": ("search", "red-digits", ("down", "enter", "enter"), ANSWER, ()),
    "responsiveness": ("triage", "gas-smell", ("a-5",), REASON * 12, ()),
}  # fmt: skip


def sent(world: World, rule: str) -> None:
    """Begin the item, write the text that earns a judgement, and send it."""
    kind, item, _before, _text, world.checker.findings = SAID[rule]
    world.write(kind, f"brook/{item}")
    written(world, rule)


def written(world: World, rule: str) -> None:
    """Write the text into the drill that is shown, and send it."""
    kind, _item, before, text, _findings = SAID[rule]
    world.press(*before)
    for cluster in graphemes(text):
        if cluster == "\n":
            world.press("enter")
        else:
            world.type(cluster, gap_ms=100)
    world.press("c-s" if kind in ("note", "article") else "enter")


def chosen(world: World, rule: str) -> object:
    """Choose the judgement of a rule, and return it."""
    points = world.screen.outcome.points
    number = next(n for n, point in enumerate(points) if point.rule == rule and not point.good)
    for _ in range(number - world.screen.outcome.selected):
        world.press("down")
    return points[number]


@pytest.mark.parametrize("rule", SAID)
def test_a_judgement_says_why_and_what_is_wrong_is_set_aside_and_respected(world, rule):
    sent(world, rule)
    point = chosen(world, rule)
    assert any(sentence.strip() for sentence in point.why), point
    before = world.screen.outcome.assessment.score
    world.press("!")
    outcome = world.screen.outcome
    assert point.key in outcome.disputed
    assert "set aside" in world.text()
    assert "! take back" in world.text()
    assert outcome.assessment.score == before
    if point.lost or point.finding:
        assert outcome.score_aside is None or outcome.score_aside > before
    (entry,) = world.context.store.disputes.entries()
    assert (entry["rule"], entry["text"], entry["verdict"]) == (rule, outcome.text, "poor")
    assert rule in world.context.store.disputes.exported()
    world.press("r")
    written(world, rule)
    assert rule in {each.rule for each in world.screen.outcome.points if each.key in world.screen.outcome.disputed}


def test_praise_can_be_wrong_as_well(world):
    sent(world, "tone-blame")
    points = world.screen.outcome.points
    number = next(n for n, point in enumerate(points) if point.good)
    for _ in range(number):
        world.press("down")
    world.press("!")
    (entry,) = world.context.store.disputes.entries()
    assert entry["verdict"] == "good"
    assert points[number].key in world.screen.outcome.disputed
    assert world.screen.outcome.score_aside < world.screen.outcome.assessment.score


def test_a_cap_that_is_set_aside_is_lifted_in_the_other_score(world):
    sent(world, "critical.secret")
    assert world.screen.outcome.assessment.score == 0
    chosen(world, "critical.secret")
    world.press("!")
    assert world.screen.outcome.score_aside > 40
    assert "of 100 without what you set aside" in world.text()


def test_a_broken_file_of_disputes_is_said_and_nothing_is_lost(world):
    world.context.store.places.disputes.parent.mkdir(parents=True, exist_ok=True)
    world.context.store.places.disputes.write_text("{\n", encoding="utf-8")
    sent(world, "tone-blame")
    assert any("not valid JSON" in notice for notice in world.screen.outcome.notices)
    assert world.screen.outcome.assessment is not None


def test_a_finding_is_respected_in_another_item(world):
    sent(world, "MODAL_OF")
    chosen(world, "MODAL_OF")
    world.press("!")
    world.checker = FakeChecker((FINDING,))
    world.reply("brook/long-story")
    world.context._checker = None
    world.type("Hello Ulla, we should of come.", gap_ms=100)
    world.press("enter")
    assert "1 set aside" in world.text()


def test_what_is_said_of_a_choice_names_what_is_right(world):
    sent(world, "tier")
    made: Chosen = world.screen.outcome.chosen
    assert made.said["tier"] == Said(
        "Another team handles this: Network Control",
        ("Network Control: Anything dangerous: the smell of gas, sparks, water on a meter.",), "desk",
        "escalate to Network Control.",
    )  # fmt: skip
    assert not made.right


def test_a_wrong_action_is_one_reproach_that_holds_what_the_team_cost(world):
    sent(world, "action")
    points = world.screen.outcome.points
    assert [point.rule for point in points if point.rule in ("action", "tier")] == ["action"]
    (action,) = (point for point in points if point.rule == "action")
    assert action.lost == 20
    chosen(world, "action")
    before = world.screen.outcome.assessment.score
    world.press("!")
    assert world.screen.outcome.score_aside == pytest.approx(before + 50)  # 20 of the 40 that count


def test_what_caps_the_score_is_not_said_a_second_time(world):
    item = world.context.library.find("brook/tripped-switch", "note")
    promise = replace(item.must_not[0], kind="promise")
    task = replace(world.write("note", "brook/tripped-switch"), reply=replace(item, must_not=(promise,)))
    world.program.show(world.flow.drill(task))
    written(world, "claim.smell")
    outcome = world.screen.outcome
    assert [p.rule for p in outcome.points if p.rule.partition(".")[0] in ("claim", "critical")] == ["critical.promise"]
    world.press("!")
    whole = sum(part.of for part in outcome.assessment.parts.values())
    lost = sum(point.lost for point in outcome.points if not point.good and point.rule != "critical.promise")
    assert world.screen.outcome.score_aside == pytest.approx(100 - 100 * lost / whole, abs=0.1)
