"""The other kinds of writing in plain lines, as transcripts; and from a pipe."""

import pytest
from test_plain import from_pipe, said
from ui_world import FakeChecker, golden

from typetrainer.core.log import Put

MENDED = "Hello Tolu, I'm sorry: our fitter was ill. You can have 9 June."
NOTE = "Issue: half the house had no power.<enter>Cause: toaster."
SCRIPTS = {
    "fix_sent": ("fix", "brook/late-fitting", MENDED + "<enter>"),
    "fix_taken_over": (
        "fix", "brook/late-fitting", "<f5><c-w><c-w><c-w>fitter was ill. You can have 9 June.<f5><f3><enter>",
    ),
    "note_sent": ("note", "brook/tripped-switch", "<c-s>Oh<c-s>" + NOTE + "<f3><f2><c-s>"),
    "note_functions": ("note", "brook/tripped-switch", "Issue<f1><tab><f4><f5><paste 80>"),
    "article_sent": ("article", "brook/reset-switch", "A switch has tripped<enter>1. Unplug.<enter>2. Push it.<c-s>"),
    "article_poor": ("article", "brook/poor-meter", "<f5><f3><c-c>"),
}  # fmt: skip


@pytest.mark.parametrize("name", SCRIPTS)
def test_kinds(world, name):
    kind, item, script = SCRIPTS[name]
    world.checker = FakeChecker([])
    golden(f"plain/{name}.txt", said(world, script, world.request(kind, item)))


def test_the_menu_begins_each_kind(world):
    for key, first in (("f", "Fix ·"), ("n", "Note ·"), ("a", "Article ·")):
        assert first in said(world, key + "x<c-c>")


def test_a_text_that_was_taken_over_is_in_the_log(world):
    said(world, "<f5><enter>", world.request("fix", "brook/late-fitting"))
    (attempt,) = [world.context.store.attempts.read(name) for name in world.context.store.attempts.ids()]
    assert [type(event) for event in attempt.log.events] == [Put]
    assert attempt.log.final_text().startswith("As I said")


def test_from_a_pipe(world):
    text = from_pipe(world, "Issue: half the house had no power.\nCause: toaster.\n",
                     world.request("note", "brook/tripped-switch"))  # fmt: skip
    golden("plain/pipe_note.txt", text)
