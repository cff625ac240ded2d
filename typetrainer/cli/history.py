"""`history`: the attempts made so far, and the results of other programs."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from typetrainer.cli.lazy import example, json_option
from typetrainer.cli.output import number, percent, print_json, print_table
from typetrainer.content.importers import RESULT_SOURCES
from typetrainer.env import Environment
from typetrainer.errors import UsageProblem

if TYPE_CHECKING:
    from typetrainer.store.library import Store


@click.command("history", epilog=example("typetrainer history --last 10 --kind copy"))
@click.option("--last", type=click.IntRange(min=1), metavar="N", help="Only the newest N.")
@click.option("--kind", metavar="KIND", help="Only this kind, such as copy or reply.")
@click.option("--from", "source", type=click.Choice(RESULT_SOURCES), help="Results imported from that program instead.")
@json_option
@click.pass_obj
def command(env: Environment, last: int | None, kind: str | None, source: str | None, as_json: bool) -> None:
    """List the attempts made so far, newest last."""
    store = env.open_store()
    if source is not None:
        if kind is not None:
            raise UsageProblem("--kind is for attempts made here; the results of another program have none.")
        _list_elsewhere(env, store, source, last, as_json=as_json)
        return
    store.catch_up()
    records = [record for record in store.history.all() if kind is None or record["kind"] == kind]
    records = records[-last:] if last else records
    if as_json:
        for record in records:
            print_json(env, record)
        return
    if records:
        rows = [("when (UTC)", "kind", "item", "wpm", "accuracy", "score", "id"), *map(_row, records)]
        print_table(env, rows, right=frozenset({3, 4, 5}))
    else:
        env.say("No attempts yet; `typetrainer drill copy` makes the first." if kind is None else "No such attempts.")
    for attempt_id in store.attempts.interrupted():
        env.say(f"Not finished: {attempt_id}; `typetrainer` goes on with it or discards it.")


def _row(record: Mapping[str, Any]) -> tuple[str, ...]:
    metrics = record.get("metrics", {})
    speed = metrics.get("wpm", metrics.get("final_wpm"))
    return (
        _when(record),
        str(record["kind"]),
        str(record.get("item") or ""),
        number(speed),
        percent(metrics.get("accuracy")),
        number(record.get("score"), 0),
        str(record["id"]),
    )


def _when(record: Mapping[str, Any]) -> str:
    return str(record["started"])[:16].replace("T", " ")


def _list_elsewhere(env: Environment, store: "Store", source: str, last: int | None, *, as_json: bool) -> None:
    """List what another program measured, in its own way."""
    records = store.elsewhere.entries(source)
    records = records[-last:] if last else records
    if as_json:
        for record in records:
            print_json(env, record)
    elif records:
        rows = [("when (UTC)", "measured by", "wpm", "accuracy", "seconds")]
        rows += [
            (_when(r), source, number(r.get("wpm")), percent(r.get("accuracy")), number(r.get("seconds")))
            for r in records
        ]
        print_table(env, rows, right=frozenset({2, 3, 4}))
    else:
        env.say(f"No results of {source} yet; `typetrainer import --from {source} FILE` reads them.")
