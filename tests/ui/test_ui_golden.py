"""Every screen as text, at both sizes. TYPETRAINER_GOLDEN=write in the environment writes the files anew."""

import pytest
from scenes import NARROW, SCENES
from ui_world import GOLDEN, LARGE, SMALL, World, golden

from typetrainer.ui.frame import too_small


@pytest.mark.parametrize("name", SCENES)
def test_screen(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = []
    for size in (SMALL, LARGE):
        world = World(tmp_path / str(size.columns), size)
        SCENES[name](world)
        frame = world.frame()
        cursor = "" if frame.cursor is None else f" cursor {frame.cursor[0]},{frame.cursor[1]}"
        shown.append(f"===== {size.columns}x{size.rows}{cursor}\n{frame.text()}\n")
        assert str(tmp_path) not in frame.text()
    golden(f"{name}.txt", "".join(shown))


def test_too_small():
    golden("too_small.txt", "".join(f"===== {s.columns}x{s.rows}\n{too_small(s).text()}\n" for s in NARROW))


def test_no_golden_file_is_left_over():
    files = {path.stem for path in GOLDEN.glob("*.txt")}
    assert files == {*SCENES, "too_small"}
