"""`history`: the attempts made so far."""

from collections.abc import Mapping
from typing import Any

import click

from typetrainer.cli.lazy import example, json_option
from typetrainer.cli.output import number, percent, print_json, print_table
from typetrainer.env import Environment


@click.command("history", epilog=example("typetrainer history --last 10 --kind copy"))
@click.option("--last", type=click.IntRange(min=1), metavar="N", help="Only the newest N.")
@click.option("--kind", metavar="KIND", help="Only this kind, such as copy or reply.")
@json_option
@click.pass_obj
def command(env: Environment, last: int | None, kind: str | None, as_json: bool) -> None:
    """List the attempts made so far, newest last."""
    store = env.open_store()
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
        str(record["started"])[:16].replace("T", " "),
        str(record["kind"]),
        str(record.get("item") or ""),
        number(speed),
        percent(metrics.get("accuracy")),
        number(record.get("score"), 0),
        str(record["id"]),
    )
