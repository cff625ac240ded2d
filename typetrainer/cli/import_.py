"""`import`: read an exported history."""

from pathlib import Path

import click

from typetrainer.cli.lazy import example
from typetrainer.env import Environment
from typetrainer.errors import InvalidFile, StorageProblem, UsageProblem

_LIMIT = 256 * 1024 * 1024


@click.command("import", epilog=example("typetrainer import history.jsonl", "typetrainer import - < history.jsonl"))
@click.argument("file")
@click.pass_obj
def command(env: Environment, file: str) -> None:
    """Read an exported history (JSON Lines): all of it or nothing.

    Attempts that are there already stay as they are.
    """
    from typetrainer.content.own import read_limited

    try:
        if file == "-":
            data = read_limited(env.stdin_bytes, "standard input", _LIMIT)
        else:
            with Path(file).open("rb") as stream:
                data = read_limited(stream, file, _LIMIT)
    except FileNotFoundError:
        raise UsageProblem(f"There is no file {file}; give the path of an exported history.") from None
    except (OSError, ValueError) as error:
        raise StorageProblem(f"Cannot read {file}: {getattr(error, 'strerror', None) or error}.") from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidFile(f"{file}, line {line}: not UTF-8; give a file that `typetrainer export` wrote.") from None
    try:
        done = env.open_store().import_json(text)
    except InvalidFile as error:
        raise InvalidFile(f"{file}: {error} Nothing was imported.") from None
    env.say(f"{done.added} added, {done.same} there already, {done.kept} differ and were left as they are.")
