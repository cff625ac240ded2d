"""Profiles keep the people on one computer apart: data and settings of each in folders and files of its own."""

import re
from pathlib import Path
from typing import NamedTuple

from typetrainer.errors import StorageProblem, UsageProblem
from typetrainer.paths import Paths
from typetrainer.store.atomic import reason_of

DEFAULT = "default"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def profile_name(name: str) -> str:
    """Return the name as it is stored: lower case, since file systems differ in telling cases apart.

    Raises UsageProblem for one that cannot name a folder.
    """
    folded = name.lower()
    if not _NAME.fullmatch(folded):
        raise UsageProblem(
            f"{name[:60]!r} cannot name a profile: use up to 40 of a-z, 0-9, '-' and '_', none of the two first."
        )
    return folded


class Places(NamedTuple):
    """Where the files of one profile are; none need exist."""

    data: Path
    common_settings: Path
    own_settings: Path

    @property
    def attempts(self) -> Path:
        """One folder for each attempt."""
        return self.data / "attempts"

    @property
    def history(self) -> Path:
        """The summaries."""
        return self.data / "history.json"

    @property
    def disputes(self) -> Path:
        """Judgements that the writer finds wrong."""
        return self.data / "disputes.jsonl"

    @property
    def elsewhere(self) -> Path:
        """Results of other programs."""
        return self.data / "elsewhere.jsonl"

    @property
    def dictionary(self) -> Path:
        """Words that are spelt right."""
        return self.data / "dictionary.txt"

    @property
    def rules_off(self) -> Path:
        """Rules of the language checker that are not wanted."""
        return self.data / "rules-off.txt"


def places(paths: Paths, name: str = DEFAULT) -> Places:
    """Return where a profile's files are. The default one has its settings in the common file."""
    name = profile_name(name)
    common = paths.config / "settings.toml"
    own = common if name == DEFAULT else paths.config / "profiles" / f"{name}.toml"
    return Places(paths.data / "profiles" / name, common, own)


def list_profiles(paths: Paths) -> list[str]:
    """Return the names of the profiles in use; the default one is always there, and first."""
    found = {path.stem for path in _inside(paths.config / "profiles") if path.suffix == ".toml"}
    found |= {path.name for path in _inside(paths.data / "profiles") if path.is_dir() and not path.is_symlink()}
    return [DEFAULT, *sorted(name for name in found - {DEFAULT} if _NAME.fullmatch(name))]


def _inside(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise StorageProblem(f"Cannot list {folder}: {reason_of(error)}. Permit it.") from error
