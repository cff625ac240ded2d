"""Timed texts are balanced, nothing repeats too early, and a test depends on its seed and the packs alone."""

from itertools import islice
from pathlib import Path
from statistics import mean

import pytest
from content_samples import paths_in
from hypothesis import given, settings
from hypothesis import strategies as st

from typetrainer.content.difficulty import LEVELS, difficulty_of, typing_cost
from typetrainer.content.draw import GRAPHEMES_PER_SECOND, balanced, draw, joined
from typetrainer.content.loader import Library, bundled_folder
from typetrainer.content.model import KINDS, CopyItem
from typetrainer.content.request import Manner, request_for
from typetrainer.errors import UsageProblem

SEEDS = range(500)
SECONDS = 180
PACKS = sorted(path.parent.name for path in bundled_folder().glob("*/copy.toml"))


@pytest.fixture(scope="module")
def library():
    return Library(paths_in(Path("/nonexistent")))


def cost(text: str) -> float:
    return typing_cost(text) / len(text)


def furthest(costs: list[float]) -> float:
    """Return how far, as a fraction, the draw furthest from the mean of all is."""
    return max(abs(each / mean(costs) - 1) for each in costs)


@pytest.mark.parametrize("pack", PACKS)
def test_500_draws_of_three_minutes_are_equally_difficult(library, pack):
    items = list(library.items("copy", pack))
    texts = [joined(items, seed, SECONDS * GRAPHEMES_PER_SECOND).text for seed in SEEDS]
    whole = [cost(text) for text in texts]
    assert furthest(whole) < 0.01
    assert max(whole) / min(whole) < 1.05
    assert furthest([cost(text[:900]) for text in texts]) < 0.03
    assert furthest([cost(text[:600]) for text in texts]) < 0.05
    pool = sum(typing_cost(item.text) + 200 for item in items) / sum(len(item.text) + 1 for item in items)
    assert mean(whole) == pytest.approx(pool, rel=0.02)
    assert len(set(texts)) > len(SEEDS) / 2  # and yet they are different texts


def test_500_tests_without_a_named_pack_are_equally_difficult(library):
    tasks = [request_for(library, "copy", seed=s, seconds=SECONDS, manner=Manner(exam=True)).tasks[0] for s in SEEDS]
    assert {task.item for task in tasks} == {f"{pack.id}/*" for pack in library.packs() if pack.hiring}
    whole = [cost(task.target) for task in tasks]
    assert furthest(whole) < 0.05
    assert max(whole) / min(whole) < 1.05
    assert furthest([cost(task.target[:900]) for task in tasks]) < 0.05


def item(number: int, text: str) -> CopyItem:
    return CopyItem("p", f"i-{number}", "T", ("t",), text, (), "0" * 64, {})


texts = st.lists(st.text("aeQ7é £&", min_size=1, max_size=30).map(lambda t: f"x{t.strip()}"), min_size=1, max_size=9)


@settings(max_examples=200)
@given(texts, st.integers(0, 2**64), st.data())
def test_each_comes_once_before_any_comes_again_and_the_recent_last(parts, seed, data):
    items = [item(n, text) for n, text in enumerate(parts)]
    recent = data.draw(st.lists(st.sampled_from(range(len(items))), unique=True))
    order = balanced(items, seed, recent)
    last = None
    for number in range(3):
        round_ = [next(order) for _ in items]
        assert sorted(round_) == list(range(len(items)))
        assert len(items) == 1 or round_[0] != last
        if number == 0:
            assert round_[len(items) - len(recent) :] == recent
        last = round_[-1]


def test_the_same_seed_draws_the_same_everywhere():
    words = ("plain", "A&B", "seven 7", "the dish", "QX-70", "it is so")
    items = [item(n, f"{word} " * 20 + "x") for n, word in enumerate(words)]
    assert list(islice(balanced(items, 7), 9)) == [2, 0, 1, 5, 4, 3, 2, 0, 1]  # fixed: logs name their seed


def test_recent_items_come_last():
    assert draw("abcdefgh", 7, 5) == ["g", "h", "c", "e", "a"]
    assert draw("abcdefgh", 7, 5, [6, 2]) == ["h", "e", "a", "d", "b"]
    assert draw("abcdefgh", 7, 8, [6, 2])[6:] == ["g", "c"]


@pytest.mark.parametrize("options", [{}, {"seconds": 60.0}, {"pack": "larkwing", "count": 3}], ids=str)
def test_a_tests_draw_knows_no_history(library, options):
    exam = Manner(exam=True)
    recent = [each for pack in library.packs() for each in library.ids("copy", pack.id)]
    for seed in range(30):
        plain = request_for(library, "copy", seed=seed, manner=exam, **options)
        assert plain == request_for(library, "copy", seed=seed, manner=exam, recent=recent[seed:], **options)
        assert plain.seed == seed


def test_practice_goes_through_a_pack_before_it_repeats(library):
    seen: list[str] = []
    for seed in range(11):
        request = request_for(library, "reply", seed=seed, pack="larkwing", recent=seen)
        assert request.seed == (None if seen else 0)  # the seed alone would draw others
        seen.append(request.tasks[0].item)
    assert len(set(seen)) == len(library.items("reply", "larkwing"))
    assert request_for(library, "reply", seed=99, pack="larkwing", recent=seen).tasks[0].item == seen[0]


def test_a_timed_text_begins_with_what_was_not_typed_lately(library):
    ids = library.ids("copy", "larkwing")
    recent = ids[5:15]
    spans = [span.id for span in request_for(
        library, "copy", seed=3, pack="larkwing", seconds=SECONDS, recent=["other/x", *recent]
    ).tasks[0].spans]  # fmt: skip
    assert set(spans[: len(ids) - 10]) == set(ids) - set(recent)
    assert spans[len(ids) - 10 : len(ids)] == recent[: len(spans) - len(ids) + 10]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("level", LEVELS)
def test_a_level_is_drawn_where_it_is_asked_for(library, kind, level):
    for seed in range(5):
        request = request_for(library, kind, seed=seed, level=level)
        (task,) = request.tasks
        assert difficulty_of(library.find(task.item)).level == request.level == level
        assert not library.pack(request.pack).hiring


def test_a_timed_text_of_a_level_has_only_such_items(library):
    (task,) = request_for(library, "copy", seed=1, pack="brightpath", seconds=SECONDS, level="hard").tasks
    assert {difficulty_of(library.find(span.id)).level for span in task.spans} == {"hard"}


def test_a_level_that_a_pack_does_not_have(library):
    assert len(request_for(library, "triage", seed=1, level="easy", count=2).tasks) == 2
    with pytest.raises(UsageProblem, match="No pack has 99 hard reply items; `typetrainer drills list`"):
        request_for(library, "reply", seed=1, level="hard", count=99)
