import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from lt_fixture import clean_environ

from typetrainer.errors import CheckerUnavailable, InvalidFile, StorageProblem
from typetrainer.writing.languagetool import fetch, install, rules
from typetrainer.writing.languagetool.lock import SERVER_JAR, Jar, Lock, our_lock, read_lock

NAMES = (SERVER_JAR, "libs/one.jar", "libs/two.jar", "libs/three.jar")


def make_lock(folder: Path, version: str = "9.9", salt: bytes = b"") -> Lock:
    """Write four small jars with a list of them, laid out as an install is, and return the list."""
    entries = []
    for name in NAMES:
        content = name.encode() * 3000 + salt
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        artifact = Path(name).stem
        entries.append(
            f'[[jar]]\npath = "{name}"\ncoordinate = "org.example:{artifact}:{version}"\n'
            f'size = {len(content)}\nsha256 = "{hashlib.sha256(content).hexdigest()}"\n'
        )
    path = folder / "list.toml"
    path.write_text("\n".join(entries), encoding="utf-8")
    return read_lock(path)


def current_lock() -> Lock:
    """The list in force, which a test may have replaced."""
    lock: Lock = vars(install)["our_lock"]()
    return lock


@pytest.fixture
def jars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a small list's jars, in force as if it were the package's."""
    folder = tmp_path / "jars"
    lock = make_lock(folder)
    monkeypatch.setattr(install, "our_lock", lambda: lock)
    monkeypatch.setattr(fetch, "BACK_OFF_SECONDS", 0.01)
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "cache"
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def broken(*_: object) -> None:
    raise CheckerUnavailable("it does not start")


def test_the_package_has_its_lock() -> None:
    lock = our_lock()
    assert lock.version == "6.8"
    assert len(lock.jars) == 125
    assert 80_000_000 < lock.size < 90_000_000
    assert all("\\" not in jar.path and ".." not in jar.path for jar in lock.jars)


def test_a_real_install_from_an_install(languagetool_cache: Path, cache: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    made = install.install(cache, source=languagetool_cache, progress=lambda *step: seen.append(step))
    assert install.find(cache) == made
    assert made.current
    assert install.verify(made.folder) == install.verify(made.folder, full=True) == []
    assert made.rules_sha256 == rules.rules_sha256()
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
    assert seen[-1][:2] == (our_lock().size, our_lock().size)
    assert not list(cache.glob("*.part"))
    assert install.remove(cache) > our_lock().size
    assert install.find(cache) is None


def test_flat_folder_with_mavens_names(jars: Path, cache: Path, tmp_path: Path) -> None:
    flat = tmp_path / "flat"
    flat.mkdir()
    for jar in current_lock().jars:
        shutil.copy(jars / jar.path, flat / jar.file_names[1])
    assert install.verify(install.install(cache, source=flat).folder, full=True) == []


def test_missing_jar_is_named_and_the_rest_is_kept(jars: Path, cache: Path) -> None:
    (jars / "libs/two.jar").rename(jars / "away")
    with pytest.raises(InvalidFile, match=r"lacks two-9\.9\.jar.*typetrainer setup"):
        install.install(cache, source=jars, threads=1)
    assert install.find(cache) is None
    (part,) = cache.glob("*.part")
    kept = {path: path.stat().st_mtime_ns for path in part.rglob("*.jar")}
    assert kept
    (jars / "away").rename(jars / "libs/two.jar")
    folder = install.install(cache, source=jars).folder
    for path, written in kept.items():
        assert (folder / path.relative_to(part)).stat().st_mtime_ns == written


def test_wrong_hash_names_the_jar(jars: Path, cache: Path) -> None:
    path = jars / "libs/three.jar"
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(InvalidFile, match=r"three\.jar has a wrong SHA-256"):
        install.install(cache, source=jars)
    assert install.find(cache) is None


def test_an_altered_install_is_mended(jars: Path, cache: Path) -> None:
    folder = install.install(cache, source=jars).folder
    good = (folder / "libs/one.jar").stat().st_mtime_ns
    (folder / "libs/two.jar").write_bytes(b"x" * (folder / "libs/two.jar").stat().st_size)
    (folder / "libs/three.jar").write_bytes(b"short")
    assert install.verify(folder) == ["libs/three.jar"]
    assert install.verify(folder, full=True) == ["libs/two.jar", "libs/three.jar"]
    assert install.find(cache) is None
    assert install.install(cache, source=jars).folder == folder
    assert install.verify(folder, full=True) == []
    assert (folder / "libs/one.jar").stat().st_mtime_ns == good


def test_changed_rules_are_copied_without_fetching(jars: Path, cache: Path, tmp_path: Path) -> None:
    made = install.install(cache, source=jars)
    (made.folder / rules.FILES[0]).write_text("old", encoding="utf-8")
    shutil.rmtree(jars)
    assert made.rules_sha256 != rules.rules_sha256()
    install.renew_rules(made)
    assert made.rules_sha256 == rules.rules_sha256()
    (made.folder / rules.FILES[1]).unlink()
    nowhere = tmp_path / "empty"
    nowhere.mkdir()
    assert install.install(cache, source=nowhere).rules_sha256 == rules.rules_sha256()


def test_older_version_stays_until_the_new_one_answers(
    jars: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = install.install(cache, source=jars)
    newer = tmp_path / "newer"
    lock = make_lock(newer, "10.0", b"new")
    monkeypatch.setattr(install, "our_lock", lambda: lock)
    found = install.find(cache)
    assert found == install.Installed(old.folder, "9.9", current=False)
    with pytest.raises(CheckerUnavailable, match="older one was kept"):
        install.install(cache, source=newer, prove=broken)
    assert old.folder.is_dir()
    proved: list[Path] = []
    made = install.install(cache, source=newer, prove=proved.append)
    assert proved == [made.folder]
    assert not old.folder.exists()


@pytest.mark.languagetool
def test_an_install_is_proved_by_a_start(languagetool_cache: Path) -> None:
    install._prove_by_start(languagetool_cache)


def test_a_second_install_waits_and_finds_it_done(jars: Path, cache: Path) -> None:
    cache.mkdir()
    seen: list[str] = []
    with FileLock(cache / install.LOCK_NAME):
        second = threading.Thread(
            target=install.install,
            args=(cache,),
            kwargs={"source": jars, "progress": lambda _done, _total, label: seen.append(label)},
        )
        second.start()
        while not seen:
            second.join(0.01)
        assert "another typetrainer" in seen[0]
    second.join(20)
    assert install.find(cache) is not None


def test_a_passing_failure_is_tried_again(jars: Path, tmp_path: Path) -> None:
    (jar, *_) = current_lock().jars
    source = fetch.FolderSource(jars)
    counted: list[int] = []
    tries: list[int] = []

    class Flaky:
        def get(self, jar: Jar, target: Path, count: fetch.Count) -> None:
            tries.append(1)
            if len(tries) == 1:
                count(5)
                raise fetch.NotFetched("no connection")
            if len(tries) == 2:
                target.write_bytes(b"half")
                count(4)
            else:
                source.get(jar, target, count)

    fetch.fetch_jar(jar, tmp_path / "part", Flaky(), counted.append, threading.Event())
    assert len(tries) == 3
    assert sum(counted) == jar.size
    assert fetch.is_right(jar, tmp_path / "part")


@pytest.mark.faults
def test_no_network_names_the_way_out(
    cache: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nobody listens there
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setattr(fetch, "BACK_OFF_SECONDS", 0.01)
    with pytest.raises(CheckerUnavailable, match=r"proxy refuses.*typetrainer setup --from DIR"):
        install.install(cache)
    assert install.find(cache) is None
    assert capfd.readouterr() == ("", "")


KILLED = """
import os, pathlib, sys
from typetrainer.writing.languagetool import fetch, install
copy, done = fetch.FolderSource.get, []
def get(self, jar, target, count):
    done.append(jar)
    if len(done) > 60:
        target.write_bytes(b"half")
        os.kill(os.getpid(), 9)
    copy(self, jar, target, count)
fetch.FolderSource.get = get
install.install(pathlib.Path(sys.argv[1]), source=pathlib.Path(sys.argv[2]), threads=1)
"""


@pytest.mark.faults
def test_killed_in_the_middle_goes_on_where_it_stopped(languagetool_cache: Path, cache: Path) -> None:
    run = subprocess.run([sys.executable, "-c", KILLED, str(cache), str(languagetool_cache)], check=False)
    assert run.returncode == -9
    assert install.find(cache) is None
    (part,) = cache.glob("*.part")
    kept = {path.relative_to(part): path.stat().st_mtime_ns for path in part.rglob("*.jar")}
    assert len(kept) == 60
    folder = install.install(cache, source=languagetool_cache).folder
    assert {path: (folder / path).stat().st_mtime_ns for path in kept} == kept
    assert not list(folder.rglob("*.tmp"))


FULL = """
import pathlib, resource, sys
from typetrainer.errors import StorageProblem
from typetrainer.writing.languagetool import install
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
try:
    install.install(pathlib.Path(sys.argv[1]), source=pathlib.Path(sys.argv[2]))
except StorageProblem as error:
    print(error)
"""


@pytest.mark.faults
def test_disk_full(languagetool_cache: Path, cache: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(cache), str(languagetool_cache)], check=True, capture_output=True, text=True
    )
    assert "is full: free about 200 MB" in run.stdout
    assert run.stderr == ""
    assert install.find(cache) is None


@pytest.mark.faults
def test_too_little_room_is_told_before(jars: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "_SPARE_BYTES", 10**18)
    with pytest.raises(StorageProblem, match="MB free and LanguageTool needs"):
        install.install(cache, source=jars)


@pytest.mark.faults
def test_a_cache_that_cannot_be_written(jars: Path, tmp_path: Path) -> None:
    # Tests may run as root, whom no permission stops: a file stands where the folder should be.
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StorageProblem, match="TYPETRAINER_HOME"):
        install.install(tmp_path / "file" / "cache", source=jars)
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / (current_lock().folder_name + install.PART)).write_text("x", encoding="utf-8")
    with pytest.raises(StorageProblem, match="TYPETRAINER_HOME"):
        install.install(cache, source=jars)


def test_from_something_that_is_no_folder(jars: Path, cache: Path) -> None:
    with pytest.raises(InvalidFile, match="is not a folder"):
        install.install(cache, source=jars / SERVER_JAR)


def test_make_lock_explains_itself() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "typetrainer.writing.languagetool.make_lock"],
        check=False,
        capture_output=True,
        text=True,
        env=clean_environ(Path(os.devnull)),
    )
    assert run.returncode == 2
    assert "make_lock VERSION" in run.stderr
