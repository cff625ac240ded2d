"""What the commands that read a foreign file share: opening it, and saying what was left."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from typetrainer.env import Environment
from typetrainer.errors import StorageProblem, UsageProblem

if TYPE_CHECKING:
    from typetrainer.content.importers.common import Remark

STDIN = "standard input"


def read_file(env: Environment, file: str, limit: int) -> tuple[bytes, str]:
    """Return the bytes of a file, or of standard input for `-`, and what errors call it.

    Raises UsageProblem when there is none, StorageProblem when it cannot be read, InvalidFile over `limit` bytes.
    """
    from typetrainer.content.own import read_limited

    if file == "-":
        return read_limited(env.stdin_bytes, STDIN, limit), STDIN
    try:
        if Path(file).is_dir():
            raise UsageProblem(f"{file} is a folder; give the path of a file.")
        with Path(file).open("rb") as stream:
            return read_limited(stream, file, limit), file
    except FileNotFoundError:
        raise UsageProblem(f"There is no file {file}; give the path of a file, or - for standard input.") from None
    except (OSError, ValueError) as error:
        raise StorageProblem(f"Cannot read {file}: {getattr(error, 'strerror', None) or error}.") from error


def remark_records(remarks: "Iterable[Remark]") -> list[dict[str, object]]:
    """Return remarks as JSON has them."""
    return [{"line": remark.line, "what": remark.what, "why": remark.why} for remark in remarks]


def remark_lines(remarks: "Iterable[Remark]", most: int) -> list[str]:
    """Return remarks as lines for people, at most `most` and how many more there are."""
    lines = [f"  line {remark.line}, {remark.what}: {remark.why}" for remark in remarks]
    return lines if len(lines) <= most else [*lines[:most], f"  and {len(lines) - most:,} more; --json lists all"]
