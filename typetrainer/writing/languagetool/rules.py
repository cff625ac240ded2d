"""Our two files beside the server jar: own XML rules and own words; they are part of the engine's version."""

import hashlib
import os
from pathlib import Path

SOURCE = Path(__file__).with_name("rules")
# The server jar's manifest has `./` in its class path, so the server reads these below the install folder.
FILES = (
    "org/languagetool/resource/en/hunspell/spelling_custom.txt",
    "org/languagetool/rules/en/grammar_custom.xml",
)


def rules_sha256(folder: Path = SOURCE) -> str:
    """Return the hash (hex) of the rule files below `folder`; a missing file counts as an empty one."""
    digest = hashlib.sha256()
    for name in FILES:
        content = _content(folder / name)
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def rules_current(folder: Path) -> bool:
    """Tell whether the rules below `folder` are this package's."""
    return rules_sha256(folder) == rules_sha256()


def copy_rules(folder: Path) -> None:
    """Write this package's rule files below `folder`, each whole or not at all; raises OSError."""
    for name in FILES:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f"{target.name}.{os.getpid()}.tmp")
        try:
            temporary.write_bytes((SOURCE / name).read_bytes())
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
