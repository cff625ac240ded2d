"""The built wheel, installed in an environment of its own outside the tree, must run by itself."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from typetrainer.writing.languagetool.install import FOLDER_VARIABLE

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build and install the wheel; its dependencies are those of this environment, the project itself is not."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    clean = folder / "clean"
    venv.create(clean, with_pip=False, symlinks=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(clean), "platbase": str(clean)}))
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site)]
    subprocess.run([*install, "--disable-pip-version-check", str(wheel)], check=True, capture_output=True)
    # A folder named in a .pth file is searched, but its own .pth files are not run: our editable install stays out.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return clean / "bin" / "python"


def run(program: Path, home: Path, *arguments: str, given: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    environ = {"PATH": os.environ["PATH"], "HOME": str(home), "TYPETRAINER_HOME": str(home), "LANG": "C.UTF-8", **more}
    command = [str(program), "-m", "typetrainer", *arguments]
    return subprocess.run(
        command, cwd=home, env=environ, input=given, text=True, capture_output=True, timeout=120, check=False
    )


def test_the_wheel_is_the_one_that_runs(program: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [str(program), "-c", "import typetrainer; print(typetrainer.__file__)"],
        cwd=tmp_path, text=True, capture_output=True, check=True,
    )  # fmt: skip
    assert str(program.parent.parent) in where.stdout


def test_it_has_its_drills_and_schemas(program: Path, tmp_path: Path) -> None:
    listed = run(program, tmp_path, "drills", "list")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert len(listed.stdout.splitlines()) >= 80
    assert run(program, tmp_path, "explain", "wpm").returncode == 0


@pytest.mark.languagetool
def test_it_checks_a_text(program: Path, tmp_path: Path, languagetool_cache: Path) -> None:
    installed = {FOLDER_VARIABLE: str(languagetool_cache)}
    checked = run(program, tmp_path, "check", "-", given="I has a apple.\n", **installed)
    assert checked.returncode == 1, checked.stderr
    assert "has" in checked.stdout


def test_it_runs_a_drill(program: Path, tmp_path: Path) -> None:
    shown = run(program, tmp_path, "drills", "show", "brightpath/greeting-01", "--json")
    target = json.loads(shown.stdout)["target"]
    done = run(program, tmp_path, "drill", "copy", "--item", "brightpath/greeting-01", given=target)
    assert done.returncode == 0, done.stderr
    assert "100.0 per cent" in done.stdout
    assert "greeting-01" in run(program, tmp_path, "history").stdout
