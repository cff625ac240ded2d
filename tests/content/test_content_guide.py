"""contracts/authoring.md, followed from top to bottom: its files are written, its commands print what it shows."""

import io
import os
import re
import shlex
from pathlib import Path

import pytest
from page_blocks import blocks, page, put, section

from typetrainer.cli.main import run
from typetrainer.env import Environment
from typetrainer.writing.facts.match import Claim, Index, find
from typetrainer.writing.facts.pattern import parse_way
from typetrainer.writing.facts.reading import read

GUIDE = page("authoring.md")
PACK = "pinfold"
MOST_WORDS = 2400  # outside its files and outputs: about ten minutes


class Author:
    """A home with the pack as far as the guide has come."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "data" / "packs" / PACK

    def run(self, command: str) -> str:
        """Run a command of the guide; return what it prints, errors last."""
        said, _, rest = command.partition(" | ")
        typed = shlex.split(said)[1] + "\n" if rest else ""
        program, *arguments = shlex.split(rest or said)
        assert program == "typetrainer"
        stdin = io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8")
        out, err = io.StringIO(), io.StringIO()
        environ = {"TYPETRAINER_HOME": str(self.home), "PATH": os.defpath}
        run(Environment(stdin, out, err, environ=environ, seed=1), arguments)
        return out.getvalue() + err.getvalue()

    def follow(self, until: str | None = None) -> list[tuple[str, str, str]]:
        """Write the guide's files and run its commands; return each command with what is shown and what it printed."""
        ran = []
        for block in blocks(GUIDE.partition(until)[0] if until else GUIDE):
            if block.language == "console":
                command, _, shown = block.text.partition("\n")
                ran.append((command, shown, self.run(command.removeprefix("$ "))))
            elif block.file:
                put(block, self.folder)
            elif added := re.match(r"# at the end of (\S+)\n", block.text):
                with (self.folder / added[1]).open("a", encoding="utf-8") as file:
                    file.write(block.text[added.end() :])
        return ran


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path)


def fits(shown: str, printed: str) -> bool:
    """Whether an output is the one that is shown; `…` alone in a line stands for any lines."""
    parts = [re.escape(part) for part in re.split(r"^…\n", shown, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*?".join(parts), printed) is not None


def test_the_guide_can_be_followed(author: Author) -> None:
    ran = author.follow()
    assert len(ran) == 6
    for command, shown, printed in ran:
        assert fits(shown, printed), f"{command}\n{printed}"
    assert "All 50 come out right." in author.run("typetrainer drills try not-ready")  # with the weights, too


def test_the_smallest_pack_is_a_drill(author: Author) -> None:
    author.follow("## The case")
    assert "Rosa Lindqvist" in author.run("typetrainer drills show --model not-ready")
    assert "cause: The brake cable came late." in author.run("typetrainer drills show not-ready")


def cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


PATTERNS = [cells(line) for line in section(GUIDE, "Facts").split("\n") if re.match(r"\| `.*[✓✗]", line)]


@pytest.mark.parametrize(("pattern", "sentence", "mark", "why"), PATTERNS)
def test_a_pattern_finds_what_the_guide_says(pattern: str, sentence: str, mark: str, why: str) -> None:
    way = parse_way(pattern.strip("`"), month_first=False)
    found = find(Index(read(sentence, month_first=False)), Claim((way,), "tell", frozenset(), 2)).found
    assert found is (mark == "✓"), why


ERRORS = [cells(line) for line in section(GUIDE, "When it says that something is wrong").split("\n") if " → " in line]


@pytest.mark.parametrize(("change", "said", "so"), ERRORS)
def test_an_error_is_the_one_that_the_guide_shows(author: Author, change: str, said: str, so: str) -> None:
    author.follow("## Try replies you did not write")
    old, new = (part.strip("`").replace("\\n", "\n") if part != "nothing" else "" for part in change.split(" → "))
    path = author.folder / "reply.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert said in author.run("typetrainer drills list --pack pinfold") + author.run("typetrainer drills try not-ready")
    assert so


def test_tables_were_read() -> None:
    assert len(PATTERNS) >= 10
    assert len(ERRORS) >= 10


def test_the_guide_is_read_in_ten_minutes() -> None:
    prose = re.sub(r"^```.*?^```$", "", GUIDE, flags=re.MULTILINE | re.DOTALL)
    assert len(re.findall(r"\w+", prose)) <= MOST_WORDS


def test_links_lead_somewhere() -> None:
    from page_blocks import CONTRACTS

    for name in ("authoring.md", "packs.md"):
        for link in re.findall(r"\]\(([^)#]+)\)", page(name)):
            assert (CONTRACTS / link).is_file(), link
