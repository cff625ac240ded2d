"""`drills lint`: what it prints and returns, with the real LanguageTool and without."""

import json
import sys
from pathlib import Path

import pytest
from cli_world import World, one_sentence, validate

from typetrainer.writing.languagetool.install import FOLDER_VARIABLE

sys.path.append(str(Path(__file__).parents[1] / "authoring"))
from pack_world import write

FAULT = ("reply.toml", "crack|break", "crack||break")
SPELLING = ("copy.toml", "this morning", "this mornning")


def test_a_clean_pack_is_told_so_with_its_counts(world: World, tmp_path: Path) -> None:
    ran = world.run("drills", "lint", "--no-language", write(tmp_path))
    assert ran.status == 0
    assert ran.err == "The language was not checked, and scores are those of faultless texts.\n"
    head, kiln, *levels, everything, blank, last = ran.out.splitlines()
    assert head.split() == ["copy", "reply", "fix", "note", "triage", "search", "article", "all"]
    assert kiln.split() == ["kiln", "2", "1", "1", "1", "1", "1", "1", "8"]
    assert [line.split()[0] for line in levels] == ["easy", "middle", "hard"]
    assert everything.split() == ["all", "2", "1", "1", "1", "1", "1", "1", "8"]
    assert (blank, last) == ("", "Nothing was found wrong.")


def test_a_fault_is_told_with_its_file_line_item_and_place(world: World, tmp_path: Path) -> None:
    ran = world.run("drills", "lint", "--no-language", write(tmp_path, FAULT))
    assert ran.status == 1
    first, second, *_ = ran.out.splitlines()
    assert first == "kiln/reply.toml:2: error pattern"
    assert second.startswith('    kiln-cracked-bowl, fact "cause"')
    assert ran.out.endswith("1 error, 0 warnings\n")


def test_as_json(world: World, tmp_path: Path) -> None:
    ran = world.run("drills", "lint", "--no-language", "--json", write(tmp_path, FAULT))
    validate("drills-lint", ran.lines)
    problem, *counts, summary = ran.lines
    assert (problem["check"], problem["item"], problem["line"]) == ("pattern", "kiln-cracked-bowl", 2)
    assert {count["record"] for count in counts} == {"count"}
    assert summary == {"record": "summary", "errors": 1, "warnings": 0, "language_checked": False}


def test_a_pack_of_the_users_own_is_named_by_its_id(world: World) -> None:
    write(world.home / "data" / "packs", FAULT)
    assert world.run("drills", "lint", "--no-language", "kiln").status == 1


def test_a_draft_beside_its_older_self_is_looked_at_alone(world: World, tmp_path: Path) -> None:
    write(world.home / "data" / "packs", FAULT)
    assert world.run("drills", "lint", "--no-language", write(tmp_path)).status == 0


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [("nowhere", 2, "nowhere"), ("./nowhere", 5, "is no pack and holds none"), ("empty", 5, "holds none")],
)
def test_what_is_no_pack(world: World, tmp_path: Path, name: str, status: int, said: str) -> None:
    (tmp_path / "empty").mkdir()
    ran = world.run("drills", "lint", "--no-language", name)
    assert (ran.status, ran.out) == (status, "")
    assert one_sentence(ran.err)
    assert said in ran.err


def test_control_characters_of_a_strangers_pack_are_shown_not_sent(world: World, tmp_path: Path) -> None:
    ran = world.run("drills", "lint", "--no-language", write(tmp_path, ("copy.toml", "[[item]]", "[[it\x1b[31mem]]")))
    assert ran.status == 1
    assert "\x1b" not in ran.out + ran.err


# --- with LanguageTool ---


@pytest.fixture
def checked(world: World, languagetool_cache: Path) -> World:
    world.environ[FOLDER_VARIABLE] = str(languagetool_cache)
    return world


@pytest.mark.languagetool
def test_the_language_is_checked_and_what_was_found_is_kept(checked: World, tmp_path: Path) -> None:
    folder = write(tmp_path, SPELLING)
    ran = checked.run("drills", "lint", folder)
    assert (ran.status, ran.err) == (1, "LanguageTool read 9 of 9 texts.\n")
    first, second, *_ = ran.out.splitlines()
    assert first == "kiln/copy.toml:2: error language"
    assert '"mornning"' in second
    kept = checked.home / "cache" / "lint-language.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert len(json.loads(kept.read_text("utf-8"))["texts"]) == 9  # eight items and an article

    def none(_env: object, _url: str | None) -> None:
        raise AssertionError("LanguageTool was started for texts that were checked before")

    again = checked.run("drills", "lint", "--json", folder, checker_factory=none)
    assert again.lines[0]["check"] == "language"
    assert again.err == "LanguageTool read 0 of 9 texts; 9 it had read before, as they are and by the same rules.\n"
    assert again.lines[-1] == {"record": "summary", "errors": 1, "warnings": 0, "language_checked": True}
    kept.write_text("{broken", encoding="utf-8")
    assert checked.run("drills", "lint", folder).status == 1


@pytest.mark.languagetool
def test_many_texts_are_asked_by_two_checkers_of_one_server(checked: World, tmp_path: Path, monkeypatch) -> None:
    from typetrainer.authoring import lint_language
    from typetrainer.writing.checker import Checker

    monkeypatch.setattr(lint_language, "SECOND", 4)
    monkeypatch.setattr(lint_language.os, "cpu_count", lambda: 2)
    urls = []

    def make(env: object, url: str | None) -> Checker:
        urls.append(url)
        return Checker(env.paths, env.environ, server_url=url)  # type: ignore[attr-defined]

    ran = checked.run("drills", "lint", "--json", write(tmp_path, SPELLING), checker_factory=make)
    assert [line["check"] for line in ran.lines if line["record"] == "problem"] == ["language"]
    assert urls[0] is None
    assert urls[1].startswith("http://127.0.0.1:")
    assert len(urls) == 2


def test_without_languagetool_the_rest_is_told_and_so_is_that(world: World, tmp_path: Path) -> None:
    world.environ[FOLDER_VARIABLE] = str(tmp_path / "gone")
    ran = world.run("drills", "lint", "--json", write(tmp_path, FAULT))
    assert ran.status == 3
    assert ran.lines[0]["check"] == "pattern"
    assert ran.lines[-1]["language_checked"] is False
    assert ran.err.startswith("The language was not checked: ")
    clean = world.run("drills", "lint", write(tmp_path / "clean"))
    assert (clean.status, clean.out.splitlines()[-1]) == (3, "Nothing was found wrong, as far as it could be checked.")
