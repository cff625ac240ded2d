"""The other kinds of writing in plain lines, as transcripts; and from a pipe."""

import pytest
from test_plain import from_pipe, said
from ui_world import FakeChecker, changed, golden

from typetrainer.core.log import Mark, Put

MENDED = "Hello Tolu, I'm sorry: our fitter was ill. You can have 9 June."
NOTE = "Issue: half the house had no power.<enter>Cause: toaster."
TRIAGE = "why<enter>32<f4>It may be gas.<f3><f6>2<f6>3<enter>2<enter>1<enter>1!<enter>9<enter>m<enter><enter>"
TWICE = "1She forgot her password.<enter>2<enter>2!<enter>r<enter>32It may be gas.<enter>b<enter><enter>"
SEARCH = (
    "<enter>zzz<enter>blakc digitz<enter>1<enter><enter>Just the black digits, please, Rhys.<f4><f6>displau<backspace>y"
    "<c-w>smart<enter>1<enter><enter><f3><enter>b<enter><enter>"
)
SCRIPTS = {
    "fix_sent": ("fix", "brook/late-fitting", MENDED + "<enter><enter>"),
    "fix_taken_over": (
        "fix", "brook/late-fitting", "<f5><c-w><c-w><c-w>fitter was ill. You can have 9 June.<f5><f3><enter><enter>",
    ),
    "note_sent": ("note", "brook/tripped-switch", "<c-s>Oh<c-s>" + NOTE + "<f3><f2><c-s><enter>"),
    "note_functions": ("note", "brook/tripped-switch", "Issue<f1><tab><f4><f5><paste 80>"),
    "article_sent": (
        "article", "brook/reset-switch", "A switch has tripped<enter>1. Unplug.<enter>2. Push it.<c-s><enter>",
    ),
    "triage_sent": ("triage", "brook/gas-smell", TRIAGE),
    "triage_wrong": ("triage", "brook/gas-smell", TWICE),
    "triage_functions": ("triage", "brook/which-meter", "<f1><f2><f3><tab><paste 80>2Two meters<paste 80><c-c>"),
    "search_sent": ("search", "brook/red-digits", SEARCH),
    "search_functions": ("search", "brook/red-digits", "met<f1><f2><f4><tab><paste 80>er<c-u><c-j><f3><c-c>"),
    "article_poor": ("article", "brook/poor-meter", "<f5><f3><c-c>"),
}  # fmt: skip


@pytest.mark.parametrize("name", SCRIPTS)
def test_kinds(world, name):
    kind, item, script = SCRIPTS[name]
    world.checker = FakeChecker([])
    golden(f"plain/{name}.txt", said(world, script, world.request(kind, item)))


def test_the_menu_begins_each_kind(world):
    for key, first in (("f", "Fix ·"), ("n", "Note ·"), ("t", "Triage ·"), ("/", "Search ·"), ("a", "Article ·")):
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


@pytest.mark.parametrize(("kind", "item", "script", "gone_on"), [
    ("triage", "brook/gas-smell", "32It may", "You chose: escalate to Network Control."),
    ("triage", "brook/gas-smell", "3", "To whom? Press a digit."),
    ("search", "brook/red-digits", "black digits<enter>1<enter><enter>Just", "Your source: Smart meters."),
    ("search", "brook/red-digits", "black digits<enter>", "Search the articles"),
])  # fmt: skip
def test_choices_are_there_after_an_interruption(world, kind, item, script, gone_on):
    said(world, script, world.request(kind, item))
    text = said(world, "<enter>")
    assert gone_on in text.partition("was interrupted")[2]


def test_choices_alone_are_kept_when_one_leaves(world):
    text = said(world, "32<c-c>", world.request("triage", "brook/gas-smell"))
    assert "is in the history" in text


def test_a_dispute_is_respected_the_next_time(world):
    request = world.request("reply", "brook/missed-visit")
    said(world, "Hello you there my friend<enter>1!<enter><enter>", request)
    (entry,) = world.context.store.disputes.entries()
    text = said(world, "Hello you again my friend<enter>1!<enter><enter>", request)
    assert "Set aside, since you find it wrong: 1, " in text
    assert "Taken back: it counts again." in text
    assert world.context.store.disputes.entries() == []
    assert entry["item"] == "brook/missed-visit"


@pytest.mark.parametrize(("kind", "item", "choices", "text"), [
    ("triage", "brook/gas-smell", {"action": "escalate", "tier": "network"}, "It may be gas.\n"),
    ("triage", "brook/gas-smell", {"action": "ask"}, "It may be gas.\n"),
    ("search", "brook/red-digits", {"article": "smart-meters"}, "Just the black digits, please.\n"),
])  # fmt: skip
def test_choices_with_a_text_from_a_pipe(world, kind, item, choices, text):
    request = world.request(kind, item)
    request = changed(request, manner=request.manner._replace(choices=choices))
    golden(f"plain/pipe_{kind}_{'_'.join(choices.values())}.txt", from_pipe(world, text, request))
    (attempt,) = [world.context.store.attempts.read(name) for name in world.context.store.attempts.ids()]
    assert {e.name: e.value for e in attempt.log.events if isinstance(e, Mark)}.items() >= choices.items()


def test_a_word_goes_into_the_dictionary_and_a_rule_is_switched_off(world):
    slips = (
        ("teh", "error", "MORFOLOGIK_RULE_EN_US", "TYPOS", "Possible spelling mistake found.", "the"),
        ("noo", "error", "MORFOLOGIK_RULE_EN_US", "TYPOS", "Possible spelling mistake found.", "no"),
        ("should of", "error", "MODAL_OF", "GRAMMAR", "A modal verb is followed by have.", "should have"),
    )
    world.checker = FakeChecker(slips)
    script = (
        "Hello, teh van had noo way, we should of called.<enter>1d<enter>3d<enter>3 x<enter>4d<enter>1<enter><enter>"
    )
    text = said(world, script, world.request("reply", "brook/missed-visit"))
    assert "with d that its word goes into your" in text
    assert world.context.store.dictionary.entries() == ["teh"]
    assert world.context.store.rules_off.entries() == ["MODAL_OF"]
    assert "“teh” is in your dictionary from now on" in text
    assert "Only a spelling finding goes into the dictionary" in text
    assert "The rule MODAL_OF is off for you from now on" in text
    assert "That is for LanguageTool's findings" in text
    assert "You put this aside." in text


def test_what_there_is_nothing_of_is_not_offered(world):
    world.checker = FakeChecker([])
    text = said(world, "Hello Daniel, sorry.<enter>1d<enter><enter>", world.request("reply", "brook/missed-visit"))
    assert "dictionary" not in text.partition("1d")[0]
    assert world.context.store.dictionary.entries() == []


def test_the_keys_are_said_once_in_a_sitting(world):
    text = said(world, "rHello there you<enter><enter>rHi<c-c>")
    assert text.count("Enter sends.") == 1
    assert text.count("F1 says the keys.") == 1
