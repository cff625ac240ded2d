"""The menu, offers, a test's pages, the history, the settings and the definitions."""

from ui_world import World, bill, record_of, scene

from typetrainer.store.settings import SETTINGS
from typetrainer.ui.exam import Exam
from typetrainer.ui.explain import ExplainScreen
from typetrainer.ui.frame import Size
from typetrainer.ui.keepsakes import HistoryScreen, SettingsScreen

NAMES = [setting.name for setting in SETTINGS]


@scene
def menu(world: World) -> None:
    world.program.show(world.flow.menu_first())


@scene
def menu_notes(world: World) -> None:
    world.flow.notes = [
        "The pack own-words cannot be read: copy.toml, line 12, has no text. It is passed over until that is mended.",
    ]
    menu(world)
    world.press("down", "down")


@scene
def offer(world: World) -> None:
    world.interrupted(0, typed=bill()[:80])
    menu(world)


@scene
def offer_more(world: World) -> None:
    world.interrupted(0, typed=bill()[:80])
    world.interrupted(1, typed=bill()[:8], kind="reply", target=None, policy=None, item="brook/missed-visit")
    menu(world)


@scene
def offer_discard_asks(world: World) -> None:
    offer(world)
    world.press("d")


@scene
def offer_then_menu(world: World) -> None:
    world.interrupted(0, typed=bill()[:80])
    menu(world)
    world.press("l")


def _exam(world: World, **more: object) -> None:
    request = world.request(exam=True, **more)
    world.flow._take(request)
    world.program.show(Exam(world.flow, request, world.flow._tasks[0]).first())


@scene
def exam_intro(world: World) -> None:
    _exam(world, item=None, pack="brook", seconds=300.0)


@scene
def exam_intro_reply(world: World) -> None:
    _exam(world, kind="reply", item="brook/missed-visit")


@scene
def exam_ready(world: World) -> None:
    exam_intro(world)
    world.press("s")


@scene
def exam_ready_reply(world: World) -> None:
    exam_intro_reply(world)
    world.press("s")


@scene
def exam_practice(world: World) -> None:
    exam_intro(world)
    world.press("enter")


def _history(world: World) -> None:
    world.program.show(HistoryScreen(world.context, world.flow.menu))


@scene
def history_loading(world: World) -> None:
    world.program.hold = True
    _history(world)


@scene
def history_empty(world: World) -> None:
    _history(world)


@scene
def history_one(world: World) -> None:
    world.past(0)
    _history(world)


@scene
def history_many(world: World) -> None:
    records = []
    for number in range(44):
        if number % 5 == 4:
            records.append(record_of(number, typed="Hello Ulla, you owe nothing.", kind="reply", target=None,
                                     policy=None, item="brook/long-story"))  # fmt: skip
        else:
            item = "own/a-text-with-a-very-long-name-01" if number % 7 == 6 else "brook/bill"
            gap = 260_000 - number * 2_000
            records.append(record_of(number, typed=bill()[:30], target=bill()[:30], gap_us=gap, item=item))
    world.context.store.history.insert(*records)
    _history(world)
    world.press("pagedown", "down", "down")


@scene
def history_ends(world: World) -> None:
    """Attempts that ended in every way."""
    for number, (text, how) in enumerate([
        ("Thanks", "done"), (bill()[:40], "quit"), ("Thanx", "error"), (bill()[:60], "time"),
    ]):  # fmt: skip
        world.copy(
            **({"policy": "strict"} if how == "error" else {}),
            **({"item": None, "pack": "brook", "seconds": 20.0} if how == "time" else {}),
        )
        if how == "done":
            world.type(bill())
            continue
        world.type(text)
        world.press(*(["enter", "enter"] if how == "quit" else []))
        world.program.wait(30 if how == "time" else 1)
        assert number >= 0
    _history(world)


@scene
def history_opened(world: World) -> None:
    world.past(0, typed=bill().replace("checked", "chekced"))
    _history(world)
    world.press("enter")


@scene
def history_opened_down(world: World) -> None:
    history_opened(world)
    world.press("pagedown", "pagedown")


@scene
def settings(world: World) -> None:
    world.program.show(SettingsScreen(world.context, world.flow.menu))


@scene
def settings_choice(world: World) -> None:
    settings(world)
    world.press(*["down"] * NAMES.index("policy"), "right", *["down"] * (NAMES.index("pace") - NAMES.index("policy")))
    world.press("right", "right")


@scene
def settings_typing(world: World) -> None:
    settings(world)
    world.press(*["down"] * NAMES.index("seconds"), "enter", "backspace", "6", "0")


@scene
def settings_problem(world: World) -> None:
    settings(world)
    world.press(*["down"] * NAMES.index("server_url"), "enter", *"nonsense", "enter")


@scene
def settings_long(world: World) -> None:
    """A value longer than the window is wide."""
    settings(world)
    world.press(*["down"] * NAMES.index("server_url"), "enter")
    world.press(*("http://a-very-long-name.example/" + "path/" * 20), gap_ms=10)


@scene
def explain_copy(world: World) -> None:
    world.program.show(ExplainScreen("copy", world.flow.menu))


@scene
def explain_copy_end(world: World) -> None:
    explain_copy(world)
    world.press(*["pagedown"] * 20)


@scene
def explain_reply(world: World) -> None:
    world.program.show(ExplainScreen("reply", world.flow.menu))


NARROW = (Size(79, 24), Size(80, 23), Size(40, 10), Size(12, 2), Size(1, 1))
