import pytest
from cli_world import one_sentence
from lt_fixture import clean_environ

from typetrainer.cli.setup import Progress


def test_remove_where_there_is_nothing(world):
    ran = world.run("setup", "--remove")
    assert (ran.status, ran.err) == (0, "LanguageTool is not installed.\n")


def test_a_folder_without_the_jars_is_refused(world, tmp_path):
    (tmp_path / "jars").mkdir()
    ran = world.run("setup", "--from", "jars")
    assert ran.status == 5
    assert one_sentence(ran.err.splitlines()[-1] + "\n")


@pytest.mark.languagetool
def test_nothing_is_done_where_nothing_is_needed(world, languagetool_cache, tmp_path):
    world.environ |= {"TYPETRAINER_LT_DIR": str(languagetool_cache)}
    ran = world.run("setup", "--if-needed")
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    assert world.run("setup").status == 2  # the named install is used as it is


@pytest.mark.languagetool
def test_install_from_a_folder_and_remove(world, languagetool_cache, tmp_path):
    world.environ |= {name: value for name, value in clean_environ(tmp_path).items() if name != "TYPETRAINER_HOME"}
    ran = world.run("setup", "--from", languagetool_cache)
    assert ran.status == 0
    assert "is ready in" in ran.err.splitlines()[-1]
    assert world.run("setup", "--if-needed").err == ""
    assert world.run("doctor", "--full", "--json").lines[-1]["state"] == "ok"
    assert "MB are free" in world.run("setup", "--remove").err


def test_progress_is_a_bar_on_a_terminal_and_sparse_lines_elsewhere(world):
    env = world.env(tty=True)
    bar = Progress(env)
    bar(0, 100, "fetching")
    bar(50, 100, "fetching")
    bar.end()
    assert env.stderr.text().count("\r") == 2
    env = world.env()
    lines = Progress(env)
    for done in range(100):
        lines(done, 100, "fetching")
    lines(100, 100, "done")
    lines.end()
    assert env.stderr.text() == "fetching: 0 %\ndone: 100 %\n"
