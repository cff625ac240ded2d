import errno
import subprocess
import sys

import click
import pytest
from cli_world import Stream, one_sentence

from typetrainer import __version__
from typetrainer.cli.errors import guarded, judged
from typetrainer.cli.main import COMMANDS, run
from typetrainer.errors import CheckerUnavailable, InvalidFile, StorageProblem, UsageProblem


def test_help_lists_every_command_with_its_line(world):
    ran = world.run("--help")
    assert ran.status == 0
    assert ran.err == ""
    for name, (_, line) in COMMANDS.items():
        assert f"  {name} " in ran.out
        assert line in ran.out


def _commands():
    for name in COMMANDS:
        yield (name,)
    yield from [("drill", "copy"), ("drill", "reply"), ("drills", "list"), ("drills", "show")]
    yield from [("settings", "list"), ("settings", "get"), ("settings", "set"), ("settings", "reset")]


@pytest.mark.parametrize("names", list(_commands()), ids=" ".join)
def test_every_command_has_help_with_an_example(world, names):
    ran = world.run(*names, "--help")
    assert ran.status == 0
    assert "Example:" in ran.out
    assert f"  typetrainer {' '.join(names)}" in ran.out or f"| typetrainer {names[0]}" in ran.out


def test_the_table_says_what_the_commands_say():
    from importlib import import_module

    for module, line in COMMANDS.values():
        command = import_module(module).command
        assert isinstance(command, click.Command)
        first = command.help.split("\n\n")[0].replace("\n", " ")
        assert first[:5] == line[:5], command.name


def test_version(world):
    assert world.run("--version").out == f"typetrainer, version {__version__}\n"


def test_the_bare_command_prints_help_where_there_is_no_terminal(world):
    ran = world.run()
    assert (ran.status, ran.err) == (0, "")
    assert "Commands:" in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "no command 'chek'; did you mean check?"),
        (["xyz"], "no command 'xyz'; there are drill, check"),
        (["--nope"], "No such option '--nope'"),
        (["history", "--last", "0"], "--last"),
        (["history", "--last", "x"], "--last"),
        (["drills", "show"], "ID"),
        (["drills", "show", "a", "b"], "extra argument"),
        (["replay"], "LOG"),
        (["explain", "wmp"], "did you mean wpm"),
        (["settings", "set", "polcy", "free"], "policy"),
        (["settings", "set", "policy", "loose"], "policy should be one of"),
        (["--profile", "../x", "history"], "cannot name a profile"),
        (["--profile", "", "history"], "cannot name a profile"),
        (["forget"], "Give the id of an attempt, or --all"),
        (["forget", "nothing"], "no attempt nothing"),
        (["forget", "../../etc"], "no attempt"),
        (["setup", "--remove", "--if-needed"], "--remove goes with no other option"),
        (["setup", "--from", "/nonexistent"], "no folder /nonexistent"),
        (["import", "/nonexistent"], "no file /nonexistent"),
        (["check", "--language", "de"], "cannot be checked"),
        (["check", "--language", "en-US; rm"], "cannot be checked"),
        (["check", "nonexistent.txt"], "no file nonexistent.txt"),
        (["check", "."], "folder"),
        (["\x1b[2J"], "no command"),
    ],
)
def test_wrong_usage_is_one_sentence_and_status_2(world, arguments, said):
    ran = world.run(*arguments)
    assert ran.status == 2
    assert ran.out == ""
    assert said in ran.err
    assert one_sentence(ran.err)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UsageProblem("U."), 2),
        (CheckerUnavailable("C."), 3),
        (StorageProblem("S."), 4),
        (InvalidFile("I."), 5),
        (click.UsageError("u"), 2),
        (click.ClickException("c"), 2),
        (OSError(errno.ENOSPC, "No space left on device"), 4),
        (RuntimeError("odd"), 70),
        (RecursionError(), 70),
    ],
)
def test_errors_have_their_status(world, error, status):
    assert judged(error)[0] == status

    def work():
        raise error

    env = world.env()
    assert guarded(env, work) == status
    assert one_sentence(env.stderr.text())


def test_a_traceback_only_with_debug(world):
    def work():
        raise RuntimeError("odd")

    env = world.env()
    guarded(env, work)
    assert "--debug" in env.stderr.text()
    env = world.env()
    guarded(env, work, debug=True)
    assert "Traceback" in env.stderr.text()
    assert "Traceback" in world.run("--debug", "drills", "show", "nothing").err


@pytest.mark.parametrize("stop", [KeyboardInterrupt, click.Abort])
def test_ctrl_c_is_130(world, stop):
    def work():
        raise stop

    assert guarded(world.env(), work) == 130


def test_a_reader_that_leaves_is_no_error(world):
    class Closed(Stream):
        def write(self, text):
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    env = world.env().using(stdout=Closed())
    assert run(env, ["drills", "list"]) == 0
    assert env.stderr.text() == ""


def test_a_full_disk_behind_stdout_is_a_storage_problem(world):
    class Full(Stream):
        def write(self, text):
            raise OSError(errno.ENOSPC, "No space left on device")

    env = world.env().using(stdout=Full())
    assert run(env, ["drills", "list"]) == 4
    assert one_sentence(env.stderr.text())


def test_head_ends_the_program_quietly():
    program = f"{sys.executable} -m typetrainer drills list --json | head -1; echo ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[1] == "0"
    assert ran.stderr == ""


HEAVY = ("tinydb", "textstat", "language_tool_python", "jgo", "requests", "prompt_toolkit")


# What a copy drill does not need before its first frame.
LATER = (
    "typetrainer.content.written", "typetrainer.core.log_reader", "typetrainer.store.history",
    "typetrainer.ui.results", "typetrainer.ui.reply_drill", "typetrainer.writing.checker",
)  # fmt: skip


def _modules_after(code: str, tmp_path) -> set[str]:
    program = f"import sys\n{code}\nsys.stderr.write(' '.join(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"TYPETRAINER_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    return set(ran.stderr.split())


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("from typetrainer.cli.main import run", ("wcwidth", "tomllib", "typetrainer.cli.drill")),
        ("import typetrainer.cli.drill", ("wcwidth",)),
        ("ARGS:--help", ("wcwidth", "tomllib", "platformdirs", *(module for module, _ in COMMANDS.values()))),
        ("ARGS:drills list", ()),
        ("ARGS:drill copy --help", ("wcwidth", "tomllib", "shutil")),
        ("ARGS:explain wpm", ("tomllib",)),
    ],
)
def test_the_start_stays_light(tmp_path, code, more):
    if code.startswith("ARGS:"):
        arguments = code.removeprefix("ARGS:").split()
        code = (
            "from typetrainer.env import Environment\nfrom typetrainer.cli.main import run\n"
            f"run(Environment.of_process(), {arguments!r})"
        )
    loaded = _modules_after(code, tmp_path)
    assert not loaded.intersection((*HEAVY, *more))


def test_a_copy_drill_starts_light(tmp_path):
    code = (
        "import typetrainer.ui.app, typetrainer.ui.context, typetrainer.ui.flow\n"
        "from typetrainer.env import Environment\nfrom typetrainer.content.request import request_for\n"
        "env = Environment.of_process()\nrequest_for(env.library, 'copy', seed=1, item='greeting-01')\nenv.open_store()"
    )
    assert not _modules_after(code, tmp_path).intersection((*HEAVY[:-1], *LATER))


def test_completion_names_the_commands(world, monkeypatch):
    world.environ["_TYPETRAINER_COMPLETE"] = "bash_complete"
    monkeypatch.setenv("COMP_WORDS", "typetrainer dr")
    monkeypatch.setenv("COMP_CWORD", "1")
    ran = world.run()
    assert ran.status == 0
    assert ran.out.split() == ["plain,drill", "plain,drills"]


def test_a_terminal_gets_the_chooser(world, monkeypatch):
    import typetrainer.ui.run

    seen = []
    monkeypatch.setattr(typetrainer.ui.run, "run_chooser", lambda env: seen.append(env) or 0)
    assert world.run("--profile", "ana", "--plain", tty=True).status == 0
    assert (seen[0].profile, seen[0].plain) == ("ana", True)
