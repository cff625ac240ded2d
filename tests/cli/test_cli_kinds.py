"""The other kinds of writing on the command line: what is listed and shown, and what is judged anew."""

import shutil
from pathlib import Path

import pytest
from cli_world import golden, one_sentence, validate

from typetrainer.writing.findings import Engine
from typetrainer.writing.readability import measure
from typetrainer.writing.result import CheckResult

PACK = Path(__file__).parent.parent / "ui" / "packs" / "brook"
ITEMS = ("late-fitting", "tripped-switch", "reset-switch", "poor-meter", "gas-smell", "red-digits")


@pytest.fixture
def brook(world):
    shutil.copytree(PACK, world.home / "data" / "packs" / "brook")
    return world


@pytest.mark.parametrize("item", ITEMS)
def test_drills_show(brook, item):
    ran = brook.run("drills", "show", f"brook/{item}", "--json")
    validate("drills-show", ran.lines)
    golden(f"drills-show-{item}.jsonl", ran.out)
    golden(f"drills-show-{item}.txt", brook.run("drills", "show", f"brook/{item}").out)
    validate("drills-show", brook.run("drills", "show", f"brook/{item}", "--json", "--model").lines)
    assert "Model answer" in brook.run("drills", "show", f"brook/{item}", "--model").out


def test_the_model_shows_what_the_process_asks_and_what_must_not_be_said(brook):
    text = brook.run("drills", "show", "brightpath/second-late-fee", "--model").out
    item = brook.run("drills", "show", "brightpath/second-late-fee", "--json", "--model").lines[0]
    assert item["steps"]
    assert item["must_not"]
    for each in (*item["steps"], *item["must_not"]):
        assert f"  {each['id']}: {each['says'][:40]}" in text
    capped = next(each for each in item["must_not"] if each["kind"] == "promise")
    assert "at most 20 points" in text.partition(capped["id"])[2]
    hidden = brook.run("drills", "show", "brightpath/second-late-fee", "--json").lines[0]
    assert not {"steps", "must_not"} & hidden.keys()
    assert "Must not be said" not in brook.run("drills", "show", "brightpath/second-late-fee").out


def test_drills_list(brook):
    ran = brook.run("drills", "list", "--json", "--pack", "brook")
    validate("drills-list", ran.lines)
    assert {line["kind"] for line in ran.lines} == {"copy", "reply", "fix", "note", "triage", "search", "article"}


@pytest.mark.parametrize("kind", ["fix", "note", "article"])
def test_a_drill_from_a_pipe_is_judged_and_in_the_history(brook, kind):
    ran = brook.run("drill", kind, "--pack", "brook", "--seed", "1", stdin=b"A switch tripped.\nThe toaster did it.\n")
    assert ran.status == 0, ran.err
    assert "Score:" in ran.out
    (record,) = brook.run("history", "--json").lines
    validate("history", [record])
    assert (record["kind"], record["metrics"]["words"]) == (kind, 7)
    assert brook.run("rescore", "--json").lines == []


CHOICES = {
    "triage": ("brook/gas-smell", ("--action", "escalate", "--tier", "network"), b"It may be gas.\n"),
    "search": ("brook/red-digits", ("--article", "smart-meters"), b"Just the black digits, please.\n"),
}


@pytest.mark.parametrize("kind", CHOICES)
def test_choices_come_with_a_text_from_a_pipe(brook, kind):
    item, chosen, text = CHOICES[kind]
    ran = brook.run("drill", kind, "--item", item, *chosen, stdin=text)
    assert ran.status == 0, ran.err
    assert "That is right." in ran.out
    (record,) = brook.run("history", "--json").lines
    assert record["parts"]["solution"] == [30, 30]
    replayed = brook.run("replay", record["id"], "--json")
    assert (replayed.status, replayed.lines[0]["kind"]) == (0, kind)


@pytest.mark.parametrize(("kind", "options", "said"), [
    ("triage", (), "From a pipe, say with --action what you choose."),
    ("search", (), "From a pipe, say with --article what you choose."),
    ("triage", ("--action", "escalate"), "give both, or neither"),
    ("triage", ("--action", "reply", "--tier", "desk"), "give both, or neither"),
    ("triage", ("--action", "escalate", "--tier", "moon"), "there are desk, network."),
    ("search", ("--article", "visit"), "did you mean visits?"),
])  # fmt: skip
def test_choices_that_cannot_be(brook, kind, options, said):
    ran = brook.run("drill", kind, "--pack", "brook", *options, stdin=b"Text.\n")
    assert ran.status == 2
    assert one_sentence(ran.err)
    assert said in ran.err


def test_choices_are_made_on_the_screen_not_by_options(brook):
    ran = brook.run("drill", "triage", "--pack", "brook", "--action", "reply", tty=True)
    assert ran.status == 2
    assert "in a terminal you choose as you go" in ran.err


def test_rescore_judges_the_choices_again(brook):
    """Texts that could not be checked then are checked now, by what was chosen then."""
    item, chosen, text = CHOICES["search"]
    brook.run("drill", "search", "--item", item, *chosen, stdin=text)
    (record,) = brook.run("history", "--json").lines
    assert record["finding_counts"] is None
    ran = brook.run("rescore", checker_factory=lambda _env, _url: Checked())
    assert ran.status == 0, ran.err
    (again,) = brook.run("history", "--json").lines
    assert again["finding_counts"] == {}
    assert again["parts"]["solution"] == record["parts"]["solution"] == [30, 30]


class Checked:
    """A checker that finds nothing."""

    def check(self, text, **_):
        self.text = text
        return self

    def result(self):
        return CheckResult(Engine("LanguageTool", "6.8", "0" * 64), (), measure(self.text))

    def close(self): ...


@pytest.mark.parametrize("kind", ["fix", "note", "triage", "search", "article"])
def test_help_has_an_example(world, kind):
    assert f"typetrainer drill {kind}" in world.run("drill", kind, "--help").out
