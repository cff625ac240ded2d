"""What a sitting draws: nothing twice while there is something else."""

import pytest
from ui_world import World


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def test_nothing_repeats_in_a_sitting_while_there_is_something_else(world):
    items = world.env.library.ids("reply")
    assert len(items) > 1
    shown = []
    for _ in items:
        world.flow._start("reply")
        shown.append(world.screen.task.item)
    assert sorted(shown) == sorted(items)
    world.flow._start("reply")
    assert world.screen.task.item == shown[0]


def test_what_the_last_sitting_reached_comes_last_in_the_next(world, tmp_path):
    world.flow._start("copy", 60.0)
    first, second = world.screen.task.spans[:2]
    world.type(world.screen.task.target[: second.start - 1])
    world.screen.leaving()
    later = World(tmp_path)
    for _ in range(3):
        later.flow._start("copy", 60.0)
        spans = [span.id for span in later.screen.task.spans]
        pool = len(later.env.library.ids("copy", first.id.partition("/")[0]))
        assert spans.index(first.id) >= pool - 3
    assert later.screen.task.settings.get("seed") is None


def test_the_next_one_is_as_difficult_as_was_asked_for(world):
    world.flow._start("reply", None, "easy")
    task = world.screen.task
    assert task.title.endswith(" · easy")
    world.flow._onward(task)
    assert world.screen.task.title.endswith(" · easy")
    world.flow._start("reply")
    assert "easy" not in world.screen.task.title
