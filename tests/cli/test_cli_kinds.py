"""The other kinds of writing on the command line: what is listed and shown, and what is judged anew."""

import shutil
from pathlib import Path

import pytest
from cli_world import golden, validate

PACK = Path(__file__).parent.parent / "ui" / "packs" / "brook"
ITEMS = ("late-fitting", "tripped-switch", "reset-switch", "poor-meter")


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


def test_drills_list(brook):
    ran = brook.run("drills", "list", "--json", "--pack", "brook")
    validate("drills-list", ran.lines)
    assert {line["kind"] for line in ran.lines} >= {"copy", "reply", "fix", "note", "article"}


@pytest.mark.parametrize("kind", ["fix", "note", "article"])
def test_a_drill_from_a_pipe_is_judged_and_in_the_history(brook, kind):
    ran = brook.run("drill", kind, "--pack", "brook", "--seed", "1", stdin=b"A switch tripped.\nThe toaster did it.\n")
    assert ran.status == 0, ran.err
    assert "Score:" in ran.out
    (record,) = brook.run("history", "--json").lines
    validate("history", [record])
    assert (record["kind"], record["metrics"]["words"]) == (kind, 7)
    assert brook.run("rescore", "--json").lines == []


@pytest.mark.parametrize("kind", ["fix", "note", "article"])
def test_help_has_an_example(world, kind):
    assert f"typetrainer drill {kind}" in world.run("drill", kind, "--help").out
