"""What holds for every picture, whatever is in it: its size, its first and last line, and no colour alone."""

import pytest
from frame_rules import MARKED, SIZES, assert_in_order, assert_no_colour_alone
from scenes import NARROW, SCENES
from ui_world import FakeChecker, changed, record_of

from typetrainer.ui.frame import Size, fitted, row_width, sides, too_small
from typetrainer.ui.keepsakes import HistoryScreen, SettingsScreen
from typetrainer.ui.menu import TextScreen
from typetrainer.ui.style import palette

NASTY = {
    "emoji": "👩‍👩‍👧‍👦 🇩🇪🇫🇷 👍🏽 ok 🙂🙃 " * 12,
    "cjk": "客服人員會盡快回覆您的問題,請稍候。" * 20,
    "combining": "e\u0301\u0323a\u0308\u0301 naïve Z\u0335\u0321\u031b\u0353a\u0325l\u0334g\u0337o\u0336 " * 12,
    "long words": "Donaudampfschifffahrtsgesellschaftskapitän" * 12 + " " + "x" * 700,
    "controls": "a\x1b[31mb\x07c\x00d \x9b2Je\u202ef\u2028g\ufeffh \x7f" * 6,
    "blanks": "a" + " " * 200 + "b\u00a0\u3000c",
    "arabic": "مرحبا، كيف يمكنني مساعدتك اليوم؟ שלום " * 12,
    "jamo": "\u1100\u1161\u11a8" * 30 + " " + "\u1100" * 6 + " x" * 40,
    "signs": '<b>&amp;</b> %s {0} \\x1b[1m "quoted" ' * 10,
}


def test_marks_differ_from_plain_text_without_colours():
    plain = palette("none")
    for style in MARKED:
        assert plain[style] not in (plain[""], plain["todo"], plain["label"]), style
    # what was typed is bright as well: next and wrong must differ from it too
    for style in ("wrong", "missing", "next", "span", "selected"):
        assert plain[style] != plain["typed"], style


def test_only_attributes_without_colours():
    for sequence in palette("none").values():
        codes = sequence.removeprefix("\x1b[").removesuffix("m").split(";")
        assert set(codes) <= {"0", "1", "4", "7"}, sequence


def test_the_chosen_line_carries_a_sign(world):
    for name in ("menu", "settings", "history_one", "sent_findings"):
        SCENES[name](world)
        assert sum("▸" in row for row in world.text().split("\n")[2:]) >= 1


# --- nasty contents ---


@pytest.fixture(params=NASTY)
def nasty(request) -> str:
    return NASTY[request.param]


@pytest.mark.parametrize("size", SIZES[:3])
def test_nasty_copy(world, nasty, size):
    world.program.columns_rows = size
    target = nasty.replace("\x1b", "").replace("\x07", "").replace("\x00", "").replace("\x9b", "").replace("\x7f", "")
    task = world.copy(target)
    world.screen.task = changed(task, title=nasty * 8)
    for text in ("", nasty[:40], "x" * 30, nasty[70:120]):
        for character in text:
            if character.isprintable():
                world.key("text", character)
        assert_in_order(world.frame(), size)
        assert_no_colour_alone(world.frame())
    world.press("f1")
    assert_in_order(world.frame(), size)
    world.press("x", "enter", "enter")
    assert_in_order(world.frame(), size)
    world.press("m")
    assert_in_order(world.frame(), size)


@pytest.mark.parametrize("size", SIZES[:3])
def test_nasty_reply(world, nasty, size):
    world.program.columns_rows = size
    world.reply()
    task = world.flow._tasks[0]
    item = changed(
        task.reply,
        message=nasty + "\n" + nasty * 5,
        know=(nasty, nasty),
        model=nasty,
        customer=changed(task.reply.customer, name=nasty[:60], details=(("plan", nasty),)),
        facts=tuple(changed(fact, says=nasty) for fact in task.reply.facts),
    )
    world.checker = FakeChecker([
        (nasty[:9], "error", nasty[:50], "TYPOS", nasty, nasty, nasty),
        ("x", "style", "B", "STYLE", "", ""),
    ])  # fmt: skip
    world.flow._tasks = [changed(task, reply=item, title="t" * 1000)]
    world.flow._begin()
    for number, character in enumerate(nasty + " x " + nasty[:50]):
        world.key("text", character)
        if number % 25 == 0:
            world.key("a-enter")
    for key in ("c-home", "c-s-right", "s-down", "s-end", "pagedown", "tab", "f1"):
        world.press(key)
        assert_in_order(world.frame(), size)
    world.press("enter", "enter")
    assert_in_order(world.frame(), size)
    for key in ("down", "x", "d", "up", "d", "pagedown", "end", "m"):
        world.press(key)
        assert_in_order(world.frame(), size)
        assert_no_colour_alone(world.frame())


@pytest.mark.parametrize("size", SIZES[:3])
def test_nasty_lists(world, nasty, size):
    world.program.columns_rows = size
    forged = record_of(1) | {"item": nasty, "kind": nasty, "started": nasty, "policy": nasty, "reason": nasty}
    forged["metrics"] = dict(forged["metrics"]) | {nasty[:30]: nasty, "wpm": nasty, "accuracy": None}
    world.context.store.history.all = lambda: [forged]
    world.program.show(HistoryScreen(world.context, world.flow.menu))
    assert_in_order(world.frame(), size)
    for key in ("enter", "pagedown", "pagedown"):
        world.press(key)
        assert_in_order(world.frame(), size)
    world.flow.notes = [nasty]
    world.program.show(world.flow.menu_first())
    assert_in_order(world.frame(), size)
    world.program.show(SettingsScreen(world.context, world.flow.menu))
    world.press(*["down"] * 3, "enter")
    for character in nasty[:190]:
        world.key("text", character)
        assert_in_order(world.frame(), size)
    world.press("enter")
    assert_in_order(world.frame(), size)


@pytest.mark.parametrize("size", SIZES[:3])
def test_nasty_offer(world, nasty, size):
    world.program.columns_rows = size
    world.interrupted(0, typed="abc", item=f"own/{nasty}", target=nasty)
    world.program.show(world.flow.menu_first())
    assert_in_order(world.frame(), size)
    world.press("enter")
    assert_in_order(world.frame(), size)


# --- the parts ---


def test_too_small_fits_itself():
    for size in [*NARROW, Size(0, 0), Size(79, 200), Size(300, 5)]:
        frame = too_small(size)
        assert len(frame.rows) <= size.rows
        assert all(row_width(row) <= size.columns for row in frame.rows)


@pytest.mark.parametrize("columns", range(81))
def test_rows_never_exceed_their_columns(columns):
    row = (("", " "), ("wrong", "李娜 abc"), ("", "é" * 50), ("key", "🙂" * 30))
    if columns:
        assert row_width(fitted(row, columns)) <= max(columns - 1, 0)
    assert fitted(row, 500) is row
    if columns > 12:
        assert row_width(sides(row, [("", "0:42")], columns)) == columns - 1


def test_what_was_cut_says_so():
    assert fitted((("", "abc"), ("wrong", "defgh")), 7) == (("", "abc"), ("wrong", "de…"))
    assert fitted((("", "abc"), ("wrong", "defgh")), 9) == (("", "abc"), ("wrong", "defgh"))


def test_text_screen_takes_its_keys():
    gone = []
    screen = TextScreen("T", [(("", " text"),)], [("Enter", "on", lambda: gone.append("on"))])
    frame = screen.view(Size(80, 24))
    assert_in_order(frame, Size(80, 24))
    assert frame.text().split("\n")[-1] == " Enter on   Ctrl-C leave"
