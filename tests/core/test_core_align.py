"""The alignment against the textbook: distances, nearest prefixes, traces, and growing and shrinking."""

import pytest
from core_samples import examples, naive_distances, pieces, texts
from hypothesis import given
from hypothesis import strategies as st

from typetrainer.core.align import Alignment, Op, Step, compare, edit_distance
from typetrainer.core.log import Key, spliced
from typetrainer.core.text import graphemes

# Few letters, so that there are many ties; twins in both spellings; a grapheme of several code points.
clusters = st.lists(st.sampled_from(["a", "b", "c", " ", "'", "’", "👩‍👧"]), max_size=14)
# Longer than a machine word and than a byte of it.
long_clusters = st.lists(st.sampled_from(["a", "b", "c"]), min_size=60, max_size=80)
both = st.booleans()


def aligned(target, typed, **options):
    alignment = Alignment(target, **options)
    alignment.extend(typed)
    return alignment


def cost(steps):
    return sum({Op.RIGHT: 0, Op.SWAPPED: 2}.get(step.op, 1) for step in steps)


def state(alignment):
    places = range(len(alignment.target) + 1)
    return (
        list(alignment.typed),
        alignment.size,
        alignment.cursor,
        [[alignment.distance(i, j) for j in places] for i in range(len(alignment) + 1)],
        list(alignment.steps_back()),
    )


@examples(250)
@given(clusters, clusters, both)
def test_every_distance_of_every_pair_of_prefixes_is_exact(target, typed, typography):
    alignment = aligned(target, typed, typography=typography)
    naive = naive_distances(typed, target, typography=typography)
    assert state(alignment)[3] == naive


@examples(15)
@given(long_clusters, long_clusters)
def test_long_texts_are_exact_too(target, typed):
    alignment = aligned(target, typed)
    naive = naive_distances(typed, target)
    assert state(alignment)[3] == naive
    assert compare(target, typed) == best_prefix(naive)


def best_prefix(naive):
    """Return (length, distance): the least distance, then the length nearest to what was typed, then the longer."""
    i = len(naive) - 1
    value, _, negative = min((value, abs(j - i), -j) for j, value in enumerate(naive[-1]))
    return -negative, value


@examples(300)
@given(clusters, clusters, both)
def test_the_nearest_prefix_and_its_ties(target, typed, typography):
    naive = naive_distances(typed, target, typography=typography)
    found = best_prefix(naive)
    alignment = aligned(target, typed, typography=typography)
    assert (alignment.best_prefix(), alignment.distance(len(typed), alignment.best_prefix())) == found
    assert compare(target, typed, typography=typography) == found
    assert compare(target, typed, typography=typography, whole=True) == (len(target), naive[-1][-1])


@pytest.mark.parametrize(
    ("target", "typed", "length"),
    [
        ("abc", "", 0),
        ("", "abc", 0),
        ("abc", "abc", 3),
        ("abcdef", "abd", 3),  # an omission at the very end is a substitution: abc and abcd tie, abc is nearer
        ("the quick brown fox", "the qick b", 11),
        ("xab", "b", 1),  # "" and "x" tie at 1: the nearest length
        ("abab", "aab", 4),  # "ab" and "abab" tie at 1 and are as near: the longer
        ("ab", "axb", 2),
        ("abcb", "ab", 2),
        ("aba", "ba", 3),  # "a" and "aba"
    ],
)
def test_nearest_prefixes_by_hand(target, typed, length):
    assert aligned(target, typed).best_prefix() == length


def check_trace(steps, typed, target, distance):
    assert "".join(step.typed for step in steps) == "".join(typed)
    assert "".join(step.expected for step in steps) == "".join(target)
    assert cost(steps) == distance
    i = j = 0
    for step in steps:
        assert (step.i, step.j) == (i, j)
        sizes = {Op.EXTRA: (1, 0), Op.MISSING: (0, 1), Op.SWAPPED: (2, 2)}.get(step.op, (1, 1))
        assert "".join(typed[i : i + sizes[0]]) == step.typed
        assert "".join(target[j : j + sizes[1]]) == step.expected
        i, j = i + sizes[0], j + sizes[1]
        if step.op is Op.SWAPPED:
            assert step.typed != step.expected
    assert (i, j) == (len(typed), len(target))


@examples(250)
@given(clusters, clusters, both)
def test_traces_are_faithful_and_cost_the_distance(target, typed, typography):
    alignment = aligned(target, typed, typography=typography)
    for j in (None, *range(len(target) + 1)):
        end = alignment.cursor if j is None else j
        check_trace(alignment.trace(j), typed, target[:end], alignment.distance(len(typed), end))
    steps = list(alignment.steps_back())[::-1]
    check_trace(steps, typed, target[: alignment.cursor], alignment.distance(len(typed), alignment.cursor))
    for step in steps:
        right = alignment.matches(step.typed, step.j) if step.op in (Op.RIGHT, Op.WRONG) else None
        assert right in (None, step.op is Op.RIGHT)


@examples(200)
@given(clusters, st.lists(st.sampled_from(["a", "b", "c", " ", "’", None]), max_size=24), both)
def test_pushing_and_popping_is_building_anew(target, keys, read_between):
    alignment, typed = Alignment(target), []
    for key in keys:
        if key is not None:
            alignment.push(key)
            typed.append(key)
        elif typed:
            assert alignment.pop() == typed.pop()
        if read_between:
            list(alignment.steps_back())  # it remembers, and must forget what was popped
    assert state(alignment) == state(aligned(target, typed))
    assert len(alignment) == len(typed)


@examples(100)
@given(clusters, clusters)
def test_the_way_back_stays_where_it_was(target, typed):
    """A key changes only the end of what the screen shows, up to the first earlier cursor on the new way."""
    alignment = Alignment(target)
    for cluster in typed:
        before = {(step.i, step.j, step.op) for step in alignment.steps_back()}
        alignment.push(cluster)
        steps = list(alignment.steps_back())
        kept = [k for k, step in enumerate(steps) if (step.i, step.j, step.op) in before]
        if kept:
            assert kept == list(range(kept[0], len(steps)))


def test_popping_from_nothing_raises():
    with pytest.raises(IndexError):
        Alignment("abc").pop()


@examples(200)
@given(texts, st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), pieces | st.just("")), max_size=8))
def test_splices_anywhere_are_building_anew(target, splices):
    alignment, text = Alignment(graphemes(target)), ""
    for where, much, inserted in splices:
        pos = round(where * len(text))
        deleted = round(much * (len(text) - pos))
        gone = alignment.splice(pos, deleted, inserted)
        assert gone == text[pos : pos + deleted]
        text = spliced(text, Key(0, pos, deleted, inserted))
        assert "".join(alignment.typed) == text
        assert alignment.size == len(text)
    assert state(alignment) == state(aligned(graphemes(target), graphemes(text)))


# --- twins ---

TWINS = {
    "'": "‘’‚‛",
    '"': "“”„‟",
    "-": "‐‑‒–—―−",
    " ": "\u00a0\u202f\u2007",
}


@pytest.mark.parametrize(("key", "twin"), [(key, twin) for key, twins in TWINS.items() for twin in twins])
def test_typographic_signs_equal_their_ascii_twins_unless_they_are_trained(key, twin):
    for target, typed in ((twin, key), (key, twin), (twin, twin)):
        assert aligned([target], [typed]).distance(1, 1) == 0
        assert compare([target], [typed], whole=True) == (1, 0)
        assert aligned([target], [typed], typography=True).distance(1, 1) == (target != typed)
    assert edit_distance([key], [twin]) == 1


@pytest.mark.parametrize(("a", "b"), [("'", '"'), ("–", "_"), ("…", "."), ("é", "e"), ("`", "'"), ("´", "'")])
def test_what_is_no_twin(a, b):
    assert aligned([a], [b]).distance(1, 1) == 1


@examples(150)
@given(clusters, clusters)
def test_edit_distance_is_exact_and_symmetric(first, second):
    assert edit_distance(first, second) == naive_distances(first, second, typography=True)[-1][-1]
    assert edit_distance(first, second) == edit_distance(second, first)


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [("", "", 0), ("kitten", "sitting", 3), ("ab", "ba", 2), ("", "abc", 3), ("flaw", "lawn", 2), ("👩‍👧", "👩", 1)],
)
def test_edit_distances_by_hand(a, b, distance):
    assert edit_distance(graphemes(a), graphemes(b)) == distance


# --- what is shown ---


def shown(target, typed):
    return [(step.op.value, step.typed, step.expected) for step in aligned(target, typed).trace()]


@pytest.mark.parametrize(
    ("target", "typed", "faults"),
    [
        ("abcdef", "abcdef", []),
        ("abcdef", "abxdef", [("wrong", "x", "c")]),
        ("abcdef", "abdef", [("missing", "", "c")]),
        ("abcdef", "abccdef", [("extra", "c", "")]),
        ("abcdef", "abdcef", [("swapped", "dc", "cd")]),
        ("balls ", "blals ", [("swapped", "la", "al")]),
        ("abcdef", "", []),
        ("ab", "abxy", [("extra", "x", ""), ("extra", "y", "")]),
    ],
)
def test_one_slip_is_one_mark(target, typed, faults):
    assert [step for step in shown(target, typed) if step[0] != "right"] == faults


def test_a_step_says_where_it_is():
    assert aligned("abc", "acb").trace(3) == [Step(Op.RIGHT, 0, 0, "a", "a"), Step(Op.SWAPPED, 1, 1, "cb", "bc")]


@pytest.mark.parametrize("typography", [False, True])
def test_an_empty_target(typography):
    alignment = aligned([], "ab", typography=typography)
    assert (alignment.cursor, alignment.best_prefix(), alignment.distance(2, 0)) == (0, 0, 2)
    assert [step.op for step in alignment.trace()] == [Op.EXTRA, Op.EXTRA]
    assert not alignment.matches("a", 0)
    assert not alignment.matches("a", -1)
    assert compare([], list("ab")) == (0, 2)
