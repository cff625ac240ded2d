"""Where files live: platformdirs' folders, or all below TYPETRAINER_HOME."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from typetrainer.errors import StorageProblem

APP = "typetrainer"


@dataclass(frozen=True, slots=True)
class Paths:
    """The four folders of this user; none of them need exist yet.

    `data` keeps what cannot be made again (attempts, history, packs, dictionary), `config` the settings, `cache`
    what can be fetched again (LanguageTool), `state` what is only of use to running programs (locks, the server's pid).
    """

    data: Path
    config: Path
    cache: Path
    state: Path

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "Paths":
        """Find the folders; `TYPETRAINER_HOME` moves all four below one folder."""
        if home := environ.get("TYPETRAINER_HOME"):
            root = Path(home).expanduser().absolute()
            return cls(root / "data", root / "config", root / "cache", root / "state")
        from platformdirs import PlatformDirs

        dirs = PlatformDirs(APP, appauthor=False)
        return cls(dirs.user_data_path, dirs.user_config_path, dirs.user_cache_path, dirs.user_state_path)


def private_folder(folder: Path) -> Path:
    """Make `folder` (and its parents) readable by its owner only, and return it.

    Raises StorageProblem when it cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageProblem(
            f"Cannot make the folder {folder}: {error.strerror or error}. "
            "Free or permit it, or name another with TYPETRAINER_HOME."
        ) from error
    return folder
