"""Drills of mending, notes and articles, each brought to the moment that its golden screen shows."""

from ui_world import FakeChecker, World, scene

MENDED = (
    "Hello Tolu, I'm sorry that nobody came or told you: our fitter was ill on 3 June. You can have 9 June between "
    "8 and 12, or 11 June between 12 and 16. Which of the two suits you?"
)
NOTE = (
    "Issue: half the house without power since 7.",
    "Cause: toaster tripped the kitchen switch.",
    "Action: customer unplugged it; power is back. Next: I ring him on 5 June at 10.",
)
ARTICLE = ("No power in half the house: a switch has tripped", "", "1. Unplug everything in that room.",
           "2. Push the switch up.")  # fmt: skip


def lines(world: World, texts: tuple[str, ...], gap_ms: int = 100) -> None:
    """Type lines, Enter between them."""
    for number, text in enumerate(texts):
        if number:
            world.press("enter")
        world.type(text, gap_ms=gap_ms)


@scene
def fix_start(world: World) -> None:
    world.write("fix", "brook/late-fitting")


@scene
def fix_written(world: World) -> None:
    fix_start(world)
    world.type(MENDED, gap_ms=100)


@scene
def fix_taken_over(world: World) -> None:
    fix_start(world)
    world.press("f5")
    world.type("Hello Tolu. ")


@scene
def fix_taken_too_late(world: World) -> None:
    fix_start(world)
    world.type("Hello")
    world.press("f5")


@scene
def fix_keys(world: World) -> None:
    fix_start(world)
    world.press("f1")


@scene
def fix_sent(world: World) -> None:
    world.checker = FakeChecker([])
    fix_start(world)
    world.press("f5")
    world.press("c-end")
    world.type(" You can have 9 June.")
    world.press("enter")


@scene
def fix_sent_well(world: World) -> None:
    fix_written(world)
    world.press("enter")


@scene
def note_start(world: World) -> None:
    world.write("note", "brook/tripped-switch")


@scene
def note_card(world: World) -> None:
    note_start(world)
    world.press("tab")


@scene
def note_written(world: World) -> None:
    note_start(world)
    lines(world, NOTE)


@scene
def note_too_long(world: World) -> None:
    note_start(world)
    lines(world, (*NOTE, *NOTE))


@scene
def note_nothing(world: World) -> None:
    note_start(world)
    world.press("c-s")


@scene
def note_short(world: World) -> None:
    note_start(world)
    world.type("Power back")
    world.press("c-s")


@scene
def note_limit(world: World) -> None:
    world.write("note", "brook/tripped-switch", seconds=120.0)
    world.type("Issue")


@scene
def note_sent(world: World) -> None:
    note_written(world)
    world.press("c-s")


@scene
def article_start(world: World) -> None:
    world.write("article", "brook/reset-switch")


@scene
def article_written(world: World) -> None:
    article_start(world)
    lines(world, ARTICLE)


@scene
def article_poor(world: World) -> None:
    world.write("article", "brook/poor-meter")


@scene
def article_poor_taken(world: World) -> None:
    article_poor(world)
    world.press("f5")


@scene
def article_sent(world: World) -> None:
    article_written(world)
    world.press("c-s")


@scene
def article_model(world: World) -> None:
    article_sent(world)
    world.press("m")


@scene
def article_exam(world: World) -> None:
    world.write("article", "brook/reset-switch", exam=True)
    lines(world, ARTICLE[:1])
