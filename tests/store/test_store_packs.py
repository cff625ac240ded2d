"""A pack of one's own is there whole, or not at all."""

import os
import stat

import pytest

from typetrainer.errors import InvalidFile, StorageProblem, UsageProblem
from typetrainer.paths import Paths
from typetrainer.store.packs import own_pack, put_pack

FILES = {"pack.toml": b"one\n", "copy.toml": b"two\n"}


@pytest.fixture
def paths(tmp_path) -> Paths:
    return Paths.of({"TYPETRAINER_HOME": str(tmp_path)})


def nothing(folder):
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == FILES


def put(paths, files=FILES, check=lambda folder: None, **options):
    return put_pack(paths, "mine", files, check, **options)


def listed(paths):
    return sorted(path.name for path in own_pack(paths, "x").parent.iterdir())


def test_a_pack_is_checked_then_put_in_place(paths):
    folder = put(paths, check=nothing)
    assert folder == own_pack(paths, "mine")
    nothing(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert listed(paths) == ["mine"]


def test_what_does_not_pass_the_check_leaves_nothing(paths):
    def broken(folder):
        raise InvalidFile("broken")

    with pytest.raises(InvalidFile):
        put(paths, check=broken)
    assert listed(paths) == []
    put(paths)
    with pytest.raises(InvalidFile):
        put(paths, {"pack.toml": b"new", "copy.toml": b""}, broken, replace=True)
    nothing(own_pack(paths, "mine"))
    assert listed(paths) == ["mine"]


def test_never_over_a_pack_unless_told(paths):
    folder = put(paths)
    with pytest.raises(UsageProblem, match="There is a pack mine already; --replace"):
        put(paths, {"pack.toml": b"new"})
    nothing(folder)
    put(paths, {"pack.toml": b"new", "copy.toml": b""}, replace=True)
    assert (folder / "pack.toml").read_bytes() == b"new"
    assert listed(paths) == ["mine"]


@pytest.mark.parametrize("name", ["reply.toml", "articles"])
def test_somebodys_work_is_not_replaced(paths, name):
    folder = put(paths)
    (folder / name).mkdir() if name == "articles" else (folder / name).write_text("work")
    with pytest.raises(UsageProblem, match="holds more than an import writes"):
        put(paths, replace=True)
    assert (folder / name).exists()


def test_a_link_is_not_followed(paths, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    own_pack(paths, "x").parent.mkdir(parents=True)
    own_pack(paths, "mine").symlink_to(other)
    for replace in (False, True):
        with pytest.raises(UsageProblem):
            put(paths, replace=replace)
    assert list(other.iterdir()) == []


@pytest.mark.parametrize("step", range(1, 7))
def test_a_failure_at_any_step_leaves_the_old_pack(paths, monkeypatch, step):
    folder = put(paths)
    calls = 0
    real_rename, real_fsync = type(folder).rename, os.fsync

    def failing(real):
        def call(*arguments):
            nonlocal calls
            calls += 1
            if calls == step:
                raise OSError(28, "No space left on device")
            return real(*arguments)

        return call

    monkeypatch.setattr(type(folder), "rename", failing(real_rename))
    monkeypatch.setattr(os, "fsync", failing(real_fsync))
    try:
        put(paths, {"pack.toml": b"new", "copy.toml": b"new"}, replace=True)
        assert (folder / "copy.toml").read_bytes() == b"new"
    except StorageProblem:
        nothing(folder)
    assert listed(paths) == ["mine"]


def test_a_kill_between_the_renames_is_mended(paths):
    folder = put(paths)
    folder.rename(folder.with_name(".old-mine"))
    with pytest.raises(UsageProblem, match="There is a pack mine already"):
        put(paths)
    nothing(folder)
    folder.rename(folder.with_name(".old-mine"))
    put(paths, {"pack.toml": b"new", "copy.toml": b""}, replace=True)
    assert listed(paths) == ["mine"]


def test_a_folder_that_cannot_be_written(paths, tmp_path):
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(StorageProblem):
        put(paths)
