"""`drills import`, and `import --from`: foreign texts become a pack, foreign results stand beside the history."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cli_world import one_sentence, validate

sys.path.append(str(Path(__file__).parents[1] / "content" / "importers"))
from import_samples import KEYBR, MONKEYTYPE, RESULTS, TEXTS

from typetrainer.content.importers import TEXT_FORMATS


@pytest.fixture
def put(tmp_path):
    def write(name: str, text: str) -> str:
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
        return name

    return write


@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_each_format_becomes_a_pack_that_can_be_practised(world, put, form):
    ran = world.run("drills", "import", form, put("f.x", TEXTS[form]), "--as", "mine", "--json")
    assert (ran.status, ran.err) == (0, "")
    validate("drills-import", ran.lines)
    report = ran.lines[0]
    listed = world.run("drills", "list", "--pack", "mine", "--json").lines
    assert [item["id"] for item in listed] == [item["id"] for item in report["taken"]]
    assert all(item["tags"] == ["imported", form] for item in listed)
    shown = world.run("drills", "show", report["taken"][0]["id"], "--json").lines[0]
    assert len(shown["target"]) == report["taken"][0]["characters"]


def test_the_report_says_what_was_left_and_why(world, put):
    ran = world.run("drills", "import", "gtypist", put("lesson.typ", TEXTS["gtypist"] + "\nG:GONE"), "--as", "mine")
    assert ran.out.splitlines() == [
        "mine: 4 items taken from lesson.typ.",
        "Left:",
        "  line 6, 1 tutorial: read in GNU Typist, not typed",
        "  line 20, 2 error limits: a drill here has its own policies for errors",
        "  line 21, 2 failure jumps: leads through the lessons; here you choose items",
        "  line 27, 2 key bindings: leads through the lessons; here you choose items",
        "  line 29, 1 question: leads through the lessons; here you choose items",
        "  line 32, 1 menu: leads through the lessons; here you choose items",
        "Notes:",
        '  line 38, command G: it jumps to the label "GONE", which is missing',
        "Licence: LicenseRef-unknown. Practise with `typetrainer drill copy --pack mine`.",
    ]


def test_the_pack_says_whose_it_is(world, put):
    file = put("f.txt", "Hello.\n")
    world.run("drills", "import", "text", file, "--as", "mine")
    text = (world.home / "data" / "packs" / "mine" / "pack.toml").read_text()
    assert 'licence = "LicenseRef-unknown"' in text
    assert 'title = "f"' in text
    options = ("--licence", "CC0-1.0", "--language", "en-GB", "--title", "My \x1b[2J letters", "--replace")
    assert world.run("drills", "import", "text", file, "--as", "mine", *options).status == 0
    text = (world.home / "data" / "packs" / "mine" / "pack.toml").read_text()
    assert 'licence = "CC0-1.0"' in text
    assert 'language = "en-GB"' in text
    assert 'title = "My [2J letters"' in text


def test_by_line_and_from_a_pipe(world):
    ran = world.run("drills", "import", "text", "-", "--as", "mine", "--by", "line", "--json", stdin=b"One.\nTwo.\n")
    assert [item["line"] for item in ran.lines[0]["taken"]] == [1, 2]
    assert ran.lines[0]["file"] == "standard input"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["text", "f.txt", "--as", "brightpath"], 2, "would hide a pack that comes with typetrainer"),
        (["text", "f.txt", "--as", "own"], 2, "would hide a pack"),
        (["text", "f.txt", "--as", "../x"], 2, "cannot be a pack's id"),
        (["text", "f.txt", "--as", "a" * 41], 2, "cannot be a pack's id"),
        (
            ["text", "f.txt", "--as", "mine", "--language", "English"],
            2,
            "--language should be a language such as en-US",
        ),
        (["text", "f.txt", "--as", "mine", "--licence", " "], 2, "--licence is empty"),
        (["tt", "f.txt", "--as", "mine", "--by", "line"], 2, "--by is for plain text"),
        (["text", "gone.txt", "--as", "mine"], 2, "no file gone.txt"),
        (["text", ".", "--as", "mine"], 2, "is a folder"),
        (["text", "f.txt"], 2, "--as"),
        (["nothing", "f.txt", "--as", "mine"], 2, "gtypist"),
        (["gtypist", "f.txt", "--as", "mine"], 5, "f.txt, line 1: "),
        (["tt", "f.txt", "--as", "mine"], 5, "f.txt, line 1: a JSON list was expected"),
        (["monkeytype-quotes", "de.json", "--as", "mine"], 2, 'calls its language "german", which may not be English'),
    ],
)
def test_what_cannot_be_imported_is_one_sentence_and_leaves_nothing(world, put, arguments, status, said):
    put("f.txt", "Hello.\n")
    put("de.json", '{"language": "german", "quotes": [{"text": "Guten Tag."}]}')
    ran = world.run("drills", "import", *arguments)
    assert ran.status == status
    assert ran.out == ""
    assert said in ran.err
    assert one_sentence(ran.err)
    assert not (world.home / "data" / "packs" / "mine").exists()


def test_never_over_a_pack(world, put):
    assert world.run("drills", "import", "text", put("a.txt", "One."), "--as", "mine").status == 0
    ran = world.run("drills", "import", "text", put("b.txt", "Two."), "--as", "mine")
    assert ran.status == 2
    assert "There is a pack mine already; --replace" in ran.err
    assert world.run("drills", "import", "text", "b.txt", "--as", "mine", "--replace").status == 0
    assert [line["title"] for line in world.run("drills", "list", "--pack", "mine", "--json").lines] == ["Two."]
    assert world.run("drills", "import", "tt", "b.txt", "--as", "mine", "--replace").status == 5
    assert len(world.run("drills", "list", "--pack", "mine", "--json").lines) == 1


def test_a_file_names_nothing_that_is_opened(world, put):
    opened = []
    sys.addaudithook(lambda event, arguments: opened.append(str(arguments[0])) if event == "open" and live else None)
    live = True
    put("f.typ", "B:/etc/passwd\nI:../../etc/passwd\n*:../x\nD:/etc/passwd\nG:../x\n")
    world.run("drills", "import", "gtypist", "f.typ", "--as", "mine", "--title", "../../../etc/passwd")
    live = False
    assert any("f.typ" in name for name in opened)
    assert not any("passwd" in name for name in opened)


def test_a_hostile_file_never_reaches_the_terminal(world, put):
    name = put("a\x1b[2J\u202e.typ", "I:\x1b[2JType\x07 this\u202e\nD:ab\x1bc\u200bd\nG:\x1b[31mX\n")
    for more in ([], ["--replace", "--json"]):
        ran = world.run("drills", "import", "gtypist", name, "--as", "mine", *more)
        assert ran.status == 0
        assert all(line.isprintable() for line in ran.out.splitlines())
    assert ran.lines[0]["taken"][0]["characters"] == 4


def test_help_and_start(world):
    ran = world.run("drills", "import", "--help")
    assert "  typetrainer drills import gtypist lesson.typ --as lesson" in ran.out
    program = (
        "import sys\nfrom typetrainer.env import Environment\nfrom typetrainer.cli.main import run\n"
        "run(Environment.of_process(), ['drills', 'import', '--help'])\nsys.stderr.write(' '.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert "typetrainer.content.importers.common" not in loaded
    assert "typetrainer.store.packs" not in loaded


# --- results ---


@pytest.mark.parametrize("source", RESULTS)
def test_results_stand_beside_the_history(world, put, source):
    world.attempt()
    before = world.run("history", "--json").out, world.run("export").out
    ran = world.run("import", "--from", source, put("r", RESULTS[source]))
    assert (ran.status, ran.out) == (0, "")
    number = {"keybr": 3, "monkeytype": 4}[source]
    assert ran.err.splitlines() == [
        f"{number} added, 0 there already, 0 left.", f"`typetrainer history --from {source}` lists them.",
    ]  # fmt: skip
    listed = world.run("history", "--from", source, "--json")
    validate("history-elsewhere", listed.lines)
    assert len(listed.lines) == number
    assert (world.run("history", "--json").out, world.run("export").out) == before
    assert f"0 added, {number} there already" in world.run("import", "--from", source, "r").err
    assert len(world.run("history", "--from", source, "--last", "2", "--json").lines) == 2
    table = world.run("history", "--from", source).out.splitlines()
    assert table[0].split() == ["when", "(UTC)", "measured", "by", "wpm", "accuracy", "seconds"]
    assert f"  {source}" in table[1]


def test_what_was_left_is_said(world, put):
    lessons = json.loads(KEYBR)
    lessons[1]["speed"] = "fast"
    ran = world.run("import", "--from", "keybr", put("r", json.dumps(lessons, indent=1)))
    assert ran.err.splitlines()[0] == "2 added, 0 there already, 1 left."
    assert ran.err.splitlines()[1].endswith("lesson 2: speed is not a number")


@pytest.mark.parametrize(("source", "text"), [("keybr", MONKEYTYPE), ("monkeytype", KEYBR), ("keybr", "[]")])
def test_another_file_imports_nothing(world, put, source, text):
    ran = world.run("import", "--from", source, put("r", text))
    assert ran.status == 5
    assert one_sentence(ran.err)
    assert not (world.home / "data").exists()


def test_forgetting_all_forgets_them(world, put):
    world.run("import", "--from", "keybr", put("r", KEYBR))
    assert "3 records" in world.run("forget", "--all", "--yes").err
    assert world.run("history", "--from", "keybr", "--json").out == ""
    assert "No results of keybr yet" in world.run("history", "--from", "keybr").err
    assert not (world.home / "data" / "profiles" / "default").exists()


def test_history_from_elsewhere_has_no_kinds(world):
    assert world.run("history", "--from", "keybr", "--kind", "copy").status == 2
    assert world.run("history", "--from", "nothing").status == 2
