"""`drills list`, `show` and `try`: what there is to practise, and why its patterns match."""

from typing import Any

import click

from typetrainer.cli.lazy import example, json_option
from typetrainer.cli.output import print_json, print_line, print_table, print_wrapped
from typetrainer.cli.try_ import command as try_item
from typetrainer.content.model import KINDS, CopyItem, Item, Kind, WrittenItem
from typetrainer.env import Environment
from typetrainer.errors import TypetrainerError


@click.group(epilog=example("typetrainer drills list --kind reply", "typetrainer drills show brightpath/greeting-01"))
def command() -> None:
    """List and show what there is to practise; try its patterns."""


command.add_command(try_item)


@command.command("list", epilog=example("typetrainer drills list --kind copy --tag amounts"))
@click.option("--kind", type=click.Choice(KINDS), help="Only this kind.")
@click.option("--pack", metavar="ID", help="Only this pack.")
@click.option("--tag", metavar="TAG", help="Only items that train this.")
@json_option
@click.pass_obj
def list_items(env: Environment, kind: Kind | None, pack: str | None, tag: str | None, as_json: bool) -> int:
    """List the items: id, kind, what they train, title."""
    library = env.library
    items: list[Item] = []
    problems: list[TypetrainerError] = []
    for one in KINDS if kind is None else (kind,):
        found = _readable(library.items(one, pack), problems)
        items += [item for item in found if tag is None or tag in item.tags]
    if as_json:
        for item in items:
            print_json(
                env,
                {
                    "id": item.full_id,
                    "kind": item.kind,
                    "pack": item.pack,
                    "title": item.title,
                    "tags": list(item.tags),
                },
            )
    elif items:
        print_table(env, [(item.full_id, item.kind, " ".join(item.tags), item.title) for item in items])
    problems = [*library.problems, *problems]
    for problem in problems:
        env.say(str(problem))
    if not items and not problems:
        env.say("No item is like that; `typetrainer drills list` shows all.")
    return max((problem.status for problem in problems), default=0)


def _readable(items: Any, problems: list[TypetrainerError]) -> list[Item]:
    found: list[Item] = []
    for index in range(len(items)):
        try:
            found.append(items[index])
        except TypetrainerError as error:
            if str(error) not in map(str, problems):
                problems.append(error)
    return found


@command.command("show", epilog=example("typetrainer drills show brightpath/greeting-01"))
@click.argument("item_id", metavar="ID")
@click.option("--model", is_flag=True, help="Show the model answer and the examples of a reply item as well.")
@json_option
@click.pass_obj
def show(env: Environment, item_id: str, model: bool, as_json: bool) -> None:
    """Show one item as the drill would."""
    item = env.library.find(item_id)
    if as_json:
        print_json(env, shown(item, model=model))
        return
    print_line(env, f"{item.full_id} · {item.kind} · {item.title}")
    print_line(env, f"trains: {', '.join(item.tags)}")
    print_line(env)
    if isinstance(item, CopyItem):
        print_wrapped(env, item.text)
    else:
        _print_reply(env, item, model=model)


def shown(item: Item, *, model: bool = False) -> dict[str, Any]:
    """Return an item as `drills show --json` prints it."""
    record: dict[str, Any] = {
        "id": item.full_id,
        "kind": item.kind,
        "pack": item.pack,
        "title": item.title,
        "tags": list(item.tags),
        "words": list(item.words),
        "sha256": item.sha256,
    }
    if isinstance(item, CopyItem):
        return {**record, "target": item.text}
    record |= {
        "customer": {"name": item.customer.name, **dict(item.customer.details)},
        "message": item.message,
        "know": list(item.know),
        "articles": list(item.articles),
        "policies": list(item.policies),
        "band_s": item.band_s,
        "facts": [_fact(fact, model=model) for fact in item.facts],
    }
    return {**record, "model": item.model} if model else record


def _fact(fact: Any, *, model: bool) -> dict[str, Any]:
    record: dict[str, Any] = {"id": fact.id, "says": fact.says}
    if model:
        record |= {"conveys": list(fact.conveys), "not_conveys": list(fact.not_conveys)}
    return record


def _print_reply(env: Environment, item: WrittenItem, *, model: bool) -> None:
    print_line(env, " · ".join((item.customer.name, *item.customer.card())))
    print_wrapped(env, item.message, indent="  ")
    print_line(env)
    print_line(env, "You know")
    for line in item.know:
        print_wrapped(env, line, indent="  ")
    if item.articles:
        print_line(env, f"Articles: {', '.join(item.articles)}")
    if item.policies:
        print_line(env, f"Policies: {', '.join(item.policies)}")
    print_line(env)
    print_line(env, "The reply should say")
    for fact in item.facts:
        print_wrapped(env, f"{fact.id}: {fact.says}", indent="  ")
    if model:
        print_line(env)
        print_line(env, "Model answer")
        print_wrapped(env, item.model, indent="  ")
