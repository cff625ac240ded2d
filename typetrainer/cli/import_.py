"""`import`: read an exported history, or the results of another program."""

import click

from typetrainer.cli.lazy import example
from typetrainer.content.importers import RESULT_SOURCES
from typetrainer.env import Environment
from typetrainer.errors import InvalidFile

_LIMIT = 256 * 1024 * 1024
_SHOWN = 20


@click.command(
    "import",
    epilog=example(
        "typetrainer import history.jsonl",
        "typetrainer import - < history.jsonl",
        "typetrainer import --from keybr typing-data.json",
    ),
)
@click.argument("file")
@click.option(
    "--from", "source", type=click.Choice(RESULT_SOURCES),
    help="Read that program's results: keybr's JSON, monkeytype's CSV.",
)  # fmt: skip
@click.pass_obj
def command(env: Environment, file: str, source: str | None) -> None:
    """Read an exported history (JSON Lines), or another program's results: all of it or nothing.

    Attempts that are there already stay as they are. Another program's results are kept apart, for they were measured
    in other ways: `typetrainer history --from keybr` lists them, and no best or trend of yours is made of them.
    """
    from typetrainer.cli.foreign import read_file

    if source is not None:
        _import_results(env, file, source)
        return
    data, name = read_file(env, file, _LIMIT)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidFile(f"{name}, line {line}: not UTF-8; give a file that `typetrainer export` wrote.") from None
    try:
        done = env.open_store().import_json(text)
    except InvalidFile as error:
        raise InvalidFile(f"{name}: {error} Nothing was imported.") from None
    env.say(f"{done.added} added, {done.same} there already, {done.kept} differ and were left as they are.")


def _import_results(env: Environment, file: str, source: str) -> None:
    from typetrainer.cli.foreign import read_file, remark_lines
    from typetrainer.content.importers import parse_results
    from typetrainer.content.importers.results import MAX_BYTES

    data, name = read_file(env, file, MAX_BYTES)
    parsed = parse_results(source, data, name)
    done = env.open_store().elsewhere.add(parsed.records)
    env.say(f"{done.added} added, {done.same} there already, {len(parsed.left)} left.")
    for line in remark_lines(parsed.left, _SHOWN):
        env.say(line.replace("; --json lists all", ""))
    env.say(f"`typetrainer history --from {source}` lists them.")
