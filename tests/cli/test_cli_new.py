"""`drills new` and `drills schema`: a pack to begin with, and what an editor needs to help with it."""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from cli_world import World, one_sentence
from jsonschema import Draft7Validator

import typetrainer
from typetrainer.content.model import KINDS

sys.path.append(str(Path(__file__).parents[1] / "authoring"))
from pack_world import linted, write

DRILLS = Path(typetrainer.__file__).parents[1] / "drills"


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("kinds", "language"), [*((kind, "en-US") for kind in KINDS), ("reply, triage", "en-AU"), ("all", "en-IN")]
)
def test_a_new_pack_is_clean_and_has_what_was_asked_for(world: World, kinds: str, language: str) -> None:
    ran = world.run("drills", "new", "mine", "--kinds", kinds, "--language", language)
    folder = world.home / "data" / "packs" / "mine"
    assert (ran.status, ran.out) == (0, f"{folder}\n")
    wanted = set(KINDS) if kinds == "all" else {kind.strip() for kind in kinds.split(",")}
    assert {item["kind"] for item in world.run("drills", "list", "--pack", "mine", "--json").lines} == wanted
    assert {path.stem for path in folder.glob("*.toml")} - {"pack", "company"} == wanted
    linted = world.run("drills", "lint", "--no-language", "mine")
    assert (linted.status, linted.out.splitlines()[-1]) == (0, "Nothing was found wrong.")


def test_its_files_are_the_users_alone_and_hold_what_was_asked_for(world: World) -> None:
    ran = world.run("drills", "new", "mine", "--title", 'Pots "&" \\ Pans', "--language", "en-IN", "--kinds", "all")
    folder = world.home / "data" / "packs" / "mine"
    assert all(path.stat().st_mode & 0o077 == 0 for path in [folder, *folder.rglob("*")])
    pack = tomllib.loads((folder / "pack.toml").read_text("utf-8"))
    assert (pack["id"], pack["title"], pack["language"]) == ("mine", 'Pots "&" \\ Pans', "en-IN")
    assert tomllib.loads((folder / "company.toml").read_text("utf-8"))["currency"] == "INR"
    assert ran.err.splitlines() == [
        "See what is in it:   typetrainer drills list --pack mine",
        "Play it:             typetrainer drill reply --pack mine",
        "Change it, then:     typetrainer drills lint mine",
    ]


def test_the_examples_of_the_new_pack_come_out_right(world: World) -> None:
    world.run("drills", "new", "mine", "--kinds", "all")
    for item in world.run("drills", "list", "--pack", "mine", "--json").lines:
        if item["kind"] != "copy":
            ran = world.run("drills", "try", item["id"])
            assert ran.status == 0, ran.out
            assert "come out right" in ran.err


def test_it_may_be_put_elsewhere(world: World, tmp_path: Path) -> None:
    ran = world.run("drills", "new", "mine", "--dir", tmp_path)
    assert ran.out == f"{tmp_path / 'mine'}\n"
    assert files(tmp_path / "mine") == {"pack.toml", "company.toml", "copy.toml", "reply.toml"}
    assert "To play it, move it into" in ran.err
    assert world.run("drills", "lint", "--no-language", tmp_path / "mine").status == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Mine"], "cannot be a pack's id"),
        (["../mine"], "cannot be a pack's id"),
        (["m" * 41], "cannot be a pack's id"),
        (["own"], "would hide a pack"),
        (["brightpath"], "would hide a pack"),
        (["mine", "--kinds", "replies"], "did you mean reply?"),
        (["mine", "--kinds", ","], "names none"),
        (["mine", "--language", "fr"], "its texts are English"),
        (["mine", "--language", "english!"], "--language"),
        (["mine", "--title", ""], "--title"),
        (["mine", "--title", "a\x1b[31mb"], "--title"),
        (["mine", "--dir", "nowhere"], "There is no folder"),
    ],
)
def test_what_cannot_be(world: World, arguments: list[str], said: str) -> None:
    ran = world.run("drills", "new", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert one_sentence(ran.err)
    assert said in ran.err
    assert not (world.home / "data" / "packs").exists()


def test_nothing_is_written_over(world: World) -> None:
    world.run("drills", "new", "mine")
    file = world.home / "data" / "packs" / "mine" / "reply.toml"
    file.write_text("mine", encoding="utf-8")
    ran = world.run("drills", "new", "mine")
    assert (ran.status, file.read_text("utf-8")) == (2, "mine")
    assert "is there already" in ran.err
    assert {path.name for path in file.parents[1].iterdir() if not path.name.startswith(".")} == {"mine"}


def test_a_folder_that_cannot_be_written_leaves_nothing_half_done(world: World) -> None:
    (world.home / "data").mkdir(parents=True)
    (world.home / "data" / "packs").write_text("a file in its way", encoding="utf-8")
    ran = world.run("drills", "new", "mine")
    assert ran.status == 4
    assert one_sentence(ran.err)


# --- the editors' schema ---


def schema(world: World, name: str) -> Draft7Validator:
    ran = world.run("drills", "schema", name)
    assert (ran.status, ran.err) == (0, "")
    made = json.loads(ran.out)
    Draft7Validator.check_schema(made)
    return Draft7Validator(made)


@pytest.mark.parametrize("name", ["pack", "company", *KINDS])
def test_every_file_of_every_pack_is_valid(world: World, name: str) -> None:
    validator = schema(world, name)
    seen = 0
    for file in DRILLS.glob(f"*/{name}.toml"):
        validator.validate(tomllib.loads(file.read_text("utf-8")))
        seen += 1
    assert seen == 14


def described(made: dict[str, Any], place: str = "") -> dict[str, bool]:
    found = {}
    for key, value in made.get("properties", {}).items():
        found[f"{place}{key}"] = "description" in value
        found |= described(value.get("items", value), f"{place}{key}.")
    return found


@pytest.mark.parametrize("name", ["pack", "company", *KINDS])
def test_keys_are_explained_by_the_page(world: World, name: str) -> None:
    keys = described(dict(schema(world, name).schema))
    assert len(keys) >= 6
    assert {key for key, said in keys.items() if not said} <= {"item", "item.customer.name"}


FAULTS = [
    ("pack", "pack.toml", 'language = "en-GB"', "language = 3"),
    ("pack", "pack.toml", 'version = "0.1.0"', ""),
    ("company", "company.toml", 'id = "K-1"', 'ids = "K-1"'),
    ("reply", "reply.toml", "band_s = 150", "band_s = 0"),
    ("reply", "reply.toml", "band_s = 150", 'band_s = "150"'),
    ("reply", "reply.toml", 'mood = "worried"', 'mood = "upset"'),
    ("reply", "reply.toml", "[[item.step]]", "[item.step]"),
    ("reply", "reply.toml", 'kind = "claim"', 'kind = "lie"'),
    ("reply", "reply.toml", 'title = "A present with a crack"', 'title = "A\\nB"'),
    ("triage", "triage.toml", 'tier = "lead"', ""),
    ("triage", "triage.toml", 'action = "escalate"', 'action = "reply"'),
    ("fix", "fix.toml", 'check = "tone-blame"', ""),
    ("copy", "copy.toml", 'tags = ["greeting"]', "tags = []"),
]


@pytest.mark.parametrize(("name", "file", "old", "new"), FAULTS)
def test_what_the_loader_refuses_the_schema_refuses(
    world: World, tmp_path: Path, name: str, file: str, old: str, new: str
) -> None:
    folder = write(tmp_path, (file, old, new))
    assert "schema" in {problem.check for problem in linted(folder)}
    assert list(schema(world, name).iter_errors(tomllib.loads((folder / file).read_text("utf-8"))))


def test_a_schema_of_nothing(world: World) -> None:
    assert world.run("drills", "schema", "letters").status == 2


# --- senses ---


def test_senses_are_told(world: World) -> None:
    assert "free of charge" in world.run("drills", "senses", "@free").out.splitlines()
    listed = world.run("drills", "senses").out
    assert all(f"@{name}: " in listed for name in ("free", "choose", "refund"))
    assert "@firing" not in listed


def test_a_companys_own_senses_are_told_with_its_pack(world: World) -> None:
    world.run("drills", "new", "mine")
    assert world.run("drills", "senses", "firing", "--pack", "mine").out.splitlines()[0] == "kiln"


def test_a_sense_that_there_is_not(world: World) -> None:
    ran = world.run("drills", "senses", "fre")
    assert (ran.status, ran.err) == (2, 'There is no sense "@fre"; did you mean @free?\n')
