"""The screen is back in step within three keys after any slip, at every place of every text of the packs."""

import tomllib

import pytest
from core_samples import DRILLS, examples
from hypothesis import given
from hypothesis import strategies as st

from typetrainer.core.align import Alignment
from typetrainer.core.text import graphemes

ITEMS = [
    item
    for path in sorted(DRILLS.glob("*/copy.toml"))
    for item in tomllib.loads(path.read_text(encoding="utf-8"))["item"]
]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
WITHIN = 3  # keys after the one that shows the slip
WATCHED = 12  # keys after it in which the cursor must stay where it should be


def slips(text, place):
    """Yield (kind, what is typed instead of the text, where in the target the typist is after i keys)."""
    head, here, tail = text[:place], text[place], text[place + 1 :]
    yield "dropped", head + tail, lambda i: i if i <= place else i + 1
    yield "doubled", [*head, here, here, *tail], lambda i: i if i <= place + 1 else i - 1
    wrong = [LETTERS[(7 * place) % 26], *tail[:1], *head[-1:]]  # any letter, the next one, the one before
    for letter in dict.fromkeys(wrong):
        if letter != here:
            yield "wrong", [*head, letter, *tail], lambda i: i
    if tail and tail[0] != here:
        yield "swapped", [*head, tail[0], here, *tail[1:]], lambda i: i


def first_difference(typed, text):
    """Return the index of the first key that is not the expected one; None when the slip cannot be seen."""
    return next((k for k, (a, b) in enumerate(zip(typed, text, strict=False)) if a != b), None)


def cursors(alignment, typed, stop):
    """Type up to `stop` keys, on from what the alignment has; return the cursor after each number of keys."""
    found = {}
    for cluster in typed[len(alignment) : stop]:
        alignment.push(cluster)
        found[len(alignment)] = alignment.cursor
    return found


def verdict(found, place_after, visible):
    """Return what is wrong after a slip that the key number `visible` (from 1) shows, or None."""
    in_step = [found[i] == place_after(i) for i in sorted(found) if i >= visible]
    if not all(in_step[WITHIN:]):
        return "late"
    first = in_step.index(True) if True in in_step else len(in_step)
    return None if all(in_step[first:]) else "flickers"


def back_to(alignment, text, place):
    while len(alignment) > place:
        alignment.pop()
    alignment.extend(text[len(alignment) : place])


def test_there_are_texts():
    assert len(ITEMS) >= 60
    assert len({item["id"] for item in ITEMS}) == len(ITEMS)


@pytest.mark.parametrize("text", [item["text"] for item in ITEMS], ids=[item["id"] for item in ITEMS])
def test_in_step_within_three_keys_after_any_slip(text):
    """One dropped, doubled, wrong or swapped character at every place of the text.

    The typist's true place after i keys is known from the slip. A slip can be seen from the first key that differs
    from the text: a dropped or doubled letter of a run ("ll") is the same slip at every place of the run, and shows at
    the run's end. That key is not counted: after at most three more the cursor stands where the typist is, it stays
    there, and whenever it has come there before, it does not leave again.

    Nothing is left out, but for what cannot be seen at all: the text's last character dropped (nothing more is typed)
    or doubled (the drill is over by then), and two equal neighbours swapped.
    """
    target = graphemes(text)
    alignment = Alignment(target)
    faults, unseen = [], []
    for place in range(len(target)):
        for kind, typed, place_after in slips(target, place):
            shows = first_difference(typed, target)
            if shows is None:
                unseen.append((kind, place))
                continue
            back_to(alignment, target, place)
            found = cursors(alignment, typed, shows + 1 + WATCHED)
            if problem := verdict(found, place_after, shows + 1):
                faults.append((problem, kind, place, "".join(typed[max(place - 8, 0) : place + 10])))
            back_to(alignment, target, max(place - 1, 0))
    assert faults == []
    run = len(target) - next(k for k in reversed(range(len(target))) if target[k] != target[-1]) - 1
    assert unseen == [
        (kind, place) for place in range(len(target) - run, len(target)) for kind in ("dropped", "doubled")
    ]


@pytest.mark.parametrize(
    ("found", "place_after", "says"),
    [
        ({1: 1, 2: 2, 3: 3, 4: 4}, 0, None),
        ({1: 1, 2: 2, 3: 4, 4: 5, 5: 6}, 1, None),  # dropped, back in step at the second key after
        ({1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 7}, 1, "late"),
        ({1: 2, 2: 2, 3: 4, 4: 5}, 1, "flickers"),
        ({1: 1, 2: 2}, 1, None),  # the text is over before three keys
    ],
)
def test_the_verdict_can_be_bad(found, place_after, says):
    assert verdict(found, lambda i: i + place_after, 1) == says


@pytest.mark.parametrize("typed", ["lals calm", "$4.000. Ther", " eevenings", " ssee", "oGod morning"])
def test_a_swap_before_a_double_letter_does_not_move_the_cursor(typed):
    right = {"l": "alls calm", "$": "$40.00. Ther", "o": "Good morning"}.get(typed[0])
    right = right or {" e": "e evenings", " s": "s see"}[typed[:2]]
    alignment = Alignment(right)
    assert list(cursors(alignment, typed, len(typed)).values()) == list(range(1, len(typed) + 1))


words = st.text("abcde", min_size=2, max_size=6)


@examples(60)
@given(st.lists(words, min_size=6, max_size=9), st.data())
def test_the_end_of_the_text_is_found_after_slips_far_apart(parts, data):
    """Whatever the text, a slip in it costs one error (a swap two), and the drill still ends at its end."""
    target = graphemes(" ".join(parts) + " zzzz.")
    place = data.draw(st.integers(0, len(target) - 8))
    for kind, typed, _ in slips(target, place):
        alignment = Alignment(target)
        alignment.extend(typed)
        assert alignment.cursor == len(target)
        assert alignment.distance(len(typed), len(target)) <= (2 if kind == "swapped" else 1)
