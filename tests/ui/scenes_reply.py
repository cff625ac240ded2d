"""Reply drills and their results, each brought to the moment that its golden screen shows."""

from pathlib import Path

from ui_world import FakeChecker, World, scene

GOOD = (
    "Hello Daniel, I'm sorry that nobody came, and that you lost a day's work for it. The van broke down on the way, "
    "and we should of called you."
)
FLAWED = (
    "Hello Daniel,\nI'm sorry that noone came , and that you lost a days work for it. The van broke down on the way, "
    "and we should of called you, which would of course have been the least that we could of done for you in this "
    "situation at that point in time.\n\nBest regards"
)
FINDINGS = (
    ("noone", "error", "MORFOLOGIK_RULE_EN_GB", "TYPOS", "Possible spelling mistake found.", "no one", "none", "noon"),
    (" ,", "typography", "COMMA_PARENTHESIS_WHITESPACE", "TYPOGRAPHY", "Put a space after the comma.", ","),
    ("days work", "error", "POSSESSIVE_APOSTROPHE", "TYPOS", "An apostrophe may be missing.", "day's work"),
    ("should of", "error", "MODAL_OF", "GRAMMAR",
     "A modal verb such as should, could or would is followed by have, never by of, however it sounds.", "should have"),
    ("at that point in time", "style", "AT_THIS_POINT_IN_TIME", "REDUNDANCY", "Shorter: now.", "then", "now"),
)  # fmt: skip


@scene
def reply_start(world: World) -> None:
    world.reply()


@scene
def reply_written(world: World) -> None:
    world.reply()
    world.type(GOOD, gap_ms=100)


@scene
def reply_article(world: World) -> None:
    world.reply()
    world.type("Hello Daniel,")
    world.press("tab")


@scene
def reply_policies(world: World) -> None:
    world.reply()
    world.press("tab", "tab")


@scene
def reply_company(world: World) -> None:
    world.reply()
    world.press("tab", "tab", "tab")


@scene
def reply_keys(world: World) -> None:
    world.reply()
    world.press("f1")


@scene
def reply_long_message(world: World) -> None:
    world.reply("brook/long-story")


@scene
def reply_long_message_down(world: World) -> None:
    world.reply("brook/long-story")
    world.type("Hello Ulla,")
    world.press("pagedown")


@scene
def reply_long_message_end(world: World) -> None:
    world.reply("brook/long-story")
    world.press("pagedown", "pagedown", "pagedown")


@scene
def reply_long_reply(world: World) -> None:
    world.reply("brook/long-story")
    for number in range(1, 30):
        world.type(f"Line {number}")
        world.press("a-enter")
    world.type("the end")


@scene
def reply_selection(world: World) -> None:
    world.reply()
    world.type("Hello Daniel,")
    world.press("a-enter")
    world.type("I'm sorry. 李娜")
    world.press("s-up", "s-left")


@scene
def reply_nothing_to_send(world: World) -> None:
    world.reply()
    world.press("enter")


@scene
def reply_short_send(world: World) -> None:
    world.reply()
    world.type("Hello Daniel")
    world.press("enter")


@scene
def reply_again(world: World) -> None:
    world.reply()
    world.type(GOOD, gap_ms=100)
    world.press("c-r")


@scene
def reply_paste(world: World) -> None:
    world.reply()
    world.type("Hello")
    world.paste()


@scene
def reply_limit(world: World) -> None:
    world.reply(seconds=180.0)
    world.type("Hello")


@scene
def reply_exam(world: World) -> None:
    world.reply(seconds=180.0, exam=True)
    world.type("Hello")


@scene
def reply_exam_leave(world: World) -> None:
    reply_exam(world)
    assert not world.screen.may_leave()


# --- results ---


def _sent(world: World, checker: FakeChecker, text: str = FLAWED, *, hold: bool = False) -> None:
    world.checker = checker
    world.reply()
    for line in text.split("\n"):
        if line != text.split("\n", 1)[0]:
            world.press("a-enter")
        world.type(line, gap_ms=100)
    world.program.hold = hold
    world.press("enter")


@scene
def sent_checking(world: World) -> None:
    _sent(world, FakeChecker(FINDINGS), hold=True)


@scene
def sent_so_far(world: World) -> None:
    world.program.hold_awaited = True
    _sent(world, FakeChecker(FINDINGS))


@scene
def sent_findings(world: World) -> None:
    _sent(world, FakeChecker(FINDINGS))


@scene
def sent_findings_down(world: World) -> None:
    _sent(world, FakeChecker(FINDINGS))
    world.press("down", "down", "down", "pagedown")


@scene
def sent_dictionary(world: World) -> None:
    _sent(world, FakeChecker(FINDINGS))
    world.press("d", "end")


@scene
def sent_rule_off(world: World) -> None:
    _sent(world, FakeChecker(FINDINGS))
    world.press("down", "down", "down", "down", "x")


@scene
def sent_not_a_word(world: World) -> None:
    """The dictionary takes only spelling findings."""
    _sent(world, FakeChecker(FINDINGS[3:]), GOOD.replace("called you.", "called at that point in time."))
    world.press("d")


@scene
def sent_nothing_found(world: World) -> None:
    _sent(world, FakeChecker([]), GOOD)


@scene
def sent_not_checked(world: World) -> None:
    _sent(world, FakeChecker(None, "LanguageTool is not installed; `typetrainer setup` installs it."), GOOD)


@scene
def sent_model(world: World) -> None:
    _sent(world, FakeChecker([]), GOOD)
    world.press("m")


@scene
def sent_exam(world: World) -> None:
    world.checker = FakeChecker([])
    world.reply(exam=True, out=Path("result.json"))
    world.type(GOOD, gap_ms=100)
    world.press("enter")


@scene
def sent_short(world: World) -> None:
    _sent(world, FakeChecker([]), "Ok thanks")
    world.press("enter")
