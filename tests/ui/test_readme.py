"""The screen in the README is the program's."""

from pathlib import Path

from ui_world import World, record_of

from typetrainer.content.loader import Library

README = Path(__file__).parents[2] / "README.md"
SLIPS = {"waived": "waved", "late fee": "late ffee", "twelve": "twleve"}


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def test_the_copy_drill_looks_like_that(world: World) -> None:
    world.context.library = Library(world.env.paths)
    item = "brightpath/refusal-03"
    world.context.store.history.insert(record_of(0, gap_us=226_000, item=item))
    world.copy(item=item, pace="best")
    text = world.screen.task.target
    for right, typed in SLIPS.items():
        text = text.replace(right, typed, 1)
    world.type(text[:170], gap_ms=228)
    assert lines(README.read_text(encoding="utf-8").split("```")[1]) == lines(world.text())
