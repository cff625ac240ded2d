"""The user's own packs: a folder is put there whole, or not at all."""

import secrets
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from typetrainer.content.loader import OWN_FOLDER
from typetrainer.errors import StorageProblem, UsageProblem
from typetrainer.paths import Paths
from typetrainer.store.atomic import fsync_dir, locked, private_dir, reason_of, replace_file


def own_pack(paths: Paths, pack_id: str) -> Path:
    """Return the folder of a user's pack, which need not exist."""
    return paths.data / OWN_FOLDER / pack_id


def put_pack(
    paths: Paths, pack_id: str, files: Mapping[str, bytes], check: Callable[[Path], None], *, replace: bool = False
) -> Path:
    """Put a pack among the user's own and return its folder, as `put_folder` does."""
    return put_folder(own_pack(paths, pack_id), files, check, replace=replace)


def put_folder(
    folder: Path, files: Mapping[str, bytes], check: Callable[[Path], None], *, replace: bool = False
) -> Path:
    """Put a pack's files into a folder of its own and return it; `check` reads it before it is in its place.

    Raises UsageProblem when there is such a pack already and `replace` is not given, or it holds files that would be
    lost; StorageProblem when it cannot be written. A pack in its way is replaced at once, or stays as it is.
    """
    with locked(folder) as forget_lock:
        forget_lock()
        try:
            _restore(folder)
            there = folder.is_symlink() or folder.exists()
            if there:
                _may_be_replaced(folder, set(files), replace=replace)
            new = folder.with_name(f".new-{folder.name}-{secrets.token_hex(4)}")
            try:
                _write(new, files)
                check(new)
                _swap(new, folder, there=there)
            finally:
                shutil.rmtree(new, ignore_errors=True)
        except OSError as error:
            raise StorageProblem(
                f"Cannot write {folder}: {reason_of(error)}. Free or permit it, or name another with TYPETRAINER_HOME."
            ) from error
    return folder


def _may_be_replaced(folder: Path, names: set[str], *, replace: bool) -> None:
    """Raise UsageProblem unless the pack may go; files that no import wrote are somebody's work."""
    if not replace:
        raise UsageProblem(f"There is a pack {folder.name} already; --replace puts this one in its place.")
    others = [] if folder.is_symlink() or not folder.is_dir() else [p.name for p in folder.iterdir()]
    if folder.is_symlink() or not folder.is_dir() or set(others) - names:
        raise UsageProblem(f"{folder} holds more than an import writes; choose another name, or move it away.")


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    private_dir(folder)
    for name, data in files.items():
        private_dir((folder / name).parent)
        replace_file(folder / name, data)


def _swap(new: Path, folder: Path, *, there: bool) -> None:
    """Rename the new folder into place. The old one is first set aside under a name from which `_restore` takes it."""
    aside = _aside(folder)
    if there:
        folder.rename(aside)
    try:
        new.rename(folder)
    except OSError:
        if there:
            aside.rename(folder)
        raise
    fsync_dir(folder.parent)
    if there:
        shutil.rmtree(aside, ignore_errors=True)


def _aside(folder: Path) -> Path:
    return folder.with_name(f".old-{folder.name}")


def _restore(folder: Path) -> None:
    """Mend what a kill between two renames left: the old pack comes back; what is left of one that went, goes."""
    aside = _aside(folder)
    if not aside.is_dir():
        return
    if folder.exists():
        shutil.rmtree(aside, ignore_errors=True)
    else:
        with suppress(FileNotFoundError):
            aside.rename(folder)
