"""Every screen as text, at two sizes, and in order at all. TYPETRAINER_GOLDEN=write in the environment writes anew."""

import pytest
from frame_rules import SIZES, assert_in_order, assert_no_colour_alone
from scenes import NARROW, SCENES
from ui_world import GOLDEN, LARGE, SMALL, World, golden

from typetrainer.ui.frame import too_small

SCROLLED = ("reply_long_message_down", "reply_long_message_end")  # a large window shows all, and the place is lost


@pytest.mark.parametrize("name", SCENES)
def test_screen(name, tmp_path):
    shown = []
    for size in SIZES:
        world = World(tmp_path / str(size.columns), size)
        SCENES[name](world)
        frame = world.frame()
        assert_in_order(frame, size)
        assert_no_colour_alone(frame)
        assert str(tmp_path) not in frame.text()
        if size in (SMALL, LARGE):
            cursor = "" if frame.cursor is None else f" cursor {frame.cursor[0]},{frame.cursor[1]}"
            shown.append(f"===== {size.columns}x{size.rows}{cursor}\n{frame.text()}\n")
        if size == SMALL:
            assert_survives_resizes(world, name)
    golden(f"{name}.txt", "".join(shown))


def assert_survives_resizes(world: World, name: str) -> None:
    """The window changes under a screen, and comes back: what another size left behind must not matter."""
    first = world.frame()
    for size in [*SIZES[1:], SMALL]:
        world.program.columns_rows = size
        assert_in_order(world.frame(), size)
    assert first.text() == world.frame().text() or name in SCROLLED


def test_too_small():
    golden("too_small.txt", "".join(f"===== {s.columns}x{s.rows}\n{too_small(s).text()}\n" for s in NARROW))


def test_no_golden_file_is_left_over():
    files = {path.stem for path in GOLDEN.glob("*.txt")}
    assert files == {*SCENES, "too_small"}
