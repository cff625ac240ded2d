"""Drills with choices, triage and search, and both attempts at an item: each at the moment its golden screen shows."""

from scenes_reply import GOOD
from ui_world import FakeChecker, World, scene

REASON = "It may be gas, and S-1 says: at once, without verification."
ANSWER = "Good morning Rhys, just the black digits, please. Could you send them here?"


@scene
def triage_start(world: World) -> None:
    world.write("triage", "brook/gas-smell")


@scene
def triage_chosen(world: World) -> None:
    """The arrows choose; a team is asked for where the message goes to one."""
    triage_start(world)
    world.press("left", "enter", "right")


@scene
def triage_written(world: World) -> None:
    triage_start(world)
    world.press("a-5")
    world.type(REASON, gap_ms=100)


@scene
def triage_digits_are_text(world: World) -> None:
    triage_start(world)
    world.type("3 things smell")


@scene
def triage_nothing_chosen(world: World) -> None:
    triage_digits_are_text(world)
    world.press("enter")


@scene
def triage_no_team(world: World) -> None:
    triage_digits_are_text(world)
    world.press("a-3", "enter")


@scene
def triage_teams(world: World) -> None:
    triage_start(world)
    world.press("tab")


@scene
def triage_exam(world: World) -> None:
    world.write("triage", "brook/gas-smell", seconds=60.0, exam=True)
    world.press("a-2")


@scene
def triage_right(world: World) -> None:
    triage_written(world)
    world.press("enter")


@scene
def triage_wrong(world: World) -> None:
    triage_start(world)
    world.press("a-1")
    world.type("She forgot her password.")
    world.press("enter")


@scene
def triage_wrong_team(world: World) -> None:
    triage_start(world)
    world.press("a-4")
    world.type(REASON)
    world.press("enter", "down")


@scene
def search_start(world: World) -> None:
    world.write("search", "brook/red-digits")


@scene
def search_found(world: World) -> None:
    search_start(world)
    world.type("blakc digits")


@scene
def search_second(world: World) -> None:
    search_found(world)
    world.press("down")


@scene
def search_nothing(world: World) -> None:
    search_start(world)
    world.type("zzz")
    world.press("enter")


@scene
def search_long_query(world: World) -> None:
    search_start(world)
    world.type("which of the digits of the meter are the ones that you want to hear from me, 李娜 " * 2)


@scene
def search_reading(world: World) -> None:
    search_second(world)
    world.press("enter")


@scene
def search_reading_hint(world: World) -> None:
    search_reading(world)
    world.press("x")


@scene
def search_opened(world: World) -> None:
    search_reading(world)
    world.press("backspace")


@scene
def search_answer(world: World) -> None:
    search_reading(world)
    world.press("enter")
    world.type(ANSWER, gap_ms=100)


@scene
def search_case_again(world: World) -> None:
    search_answer(world)
    world.press("tab")


@scene
def search_source_in_the_list(world: World) -> None:
    search_answer(world)
    world.press("c-f")


@scene
def search_without_an_article(world: World) -> None:
    search_start(world)
    world.press("c-f")
    world.type(ANSWER)
    world.press("enter")


@scene
def search_keys(world: World) -> None:
    search_start(world)
    world.press("f1")


@scene
def search_exam(world: World) -> None:
    world.write("search", "brook/red-digits", seconds=120.0, exam=True)
    world.type("met")


@scene
def search_right(world: World) -> None:
    search_answer(world)
    world.press("enter")


@scene
def search_wrong(world: World) -> None:
    search_start(world)
    world.type("password")
    world.press("enter", "enter")
    world.type(ANSWER)
    world.press("enter")


@scene
def search_model(world: World) -> None:
    search_wrong(world)
    world.press("m")


# --- again, and what is wrong ---


@scene
def both_attempts(world: World) -> None:
    triage_wrong(world)
    world.press("r", "a-5")
    world.type(REASON, gap_ms=100)
    world.press("enter", "b")


@scene
def both_long(world: World) -> None:
    """Two long texts: one page at 80 columns does not hold them."""
    world.checker = FakeChecker([])
    world.write("fix", "brook/late-fitting")
    world.press("f5", "enter", "r")
    world.type("Hello Tolu, I'm sorry: our fitter was ill. You can have 9 June or 11 June.")
    world.press("a-enter", "a-enter")
    world.type("Which of the two suits you? " + GOOD)
    world.press("enter", "b")


@scene
def both_long_down(world: World) -> None:
    both_long(world)
    world.press("pagedown")


@scene
def set_aside(world: World) -> None:
    triage_wrong(world)
    world.press("!", "down", "!")


@scene
def set_aside_again(world: World) -> None:
    """What was found wrong before is set aside in the next attempt, and can be taken back."""
    set_aside(world)
    world.press("r", "a-1")
    world.type("It is her password.")
    world.press("enter")
