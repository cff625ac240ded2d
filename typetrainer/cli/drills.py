"""`drills list`, `show` and `try`: what there is to practise, and why its patterns match."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from typetrainer.cli.drills_import import command as import_pack
from typetrainer.cli.lazy import example, json_option
from typetrainer.cli.lint_ import command as lint_packs
from typetrainer.cli.new_ import command as new_pack
from typetrainer.cli.output import print_json, print_line, print_table, print_wrapped
from typetrainer.cli.schema_ import command as print_schema
from typetrainer.cli.senses_ import command as print_senses
from typetrainer.cli.try_ import command as try_item
from typetrainer.content.difficulty import LEVELS, Difficulty, Level, difficulty_of
from typetrainer.content.model import KINDS, CopyItem, Kind, Tier
from typetrainer.content.written import Flaw, Forbidden, Item, Sought, Step, WrittenItem
from typetrainer.env import Environment
from typetrainer.errors import TypetrainerError
from typetrainer.writing.rubric.checks import CRITICAL


@click.group(epilog=example("typetrainer drills list --kind reply", "typetrainer drills show brightpath/greeting-01"))
def command() -> None:
    """List and show what there is to practise; write, try, look over and import packs."""


command.add_command(try_item)
command.add_command(lint_packs)
command.add_command(new_pack)
command.add_command(print_schema)
command.add_command(print_senses)
command.add_command(import_pack)


@command.command(
    "list",
    epilog=example("typetrainer drills list --kind copy --tag amounts", "typetrainer drills list --difficulty hard"),
)
@click.option("--kind", type=click.Choice(KINDS), help="Only this kind.")
@click.option("--pack", metavar="ID", help="Only this pack.")
@click.option("--tag", metavar="TAG", help="Only items that train this.")
@click.option(
    "--difficulty", "level", type=click.Choice(LEVELS), help="Only items that are so difficult for their kind."
)
@json_option
@click.pass_obj
def list_items(
    env: Environment, kind: Kind | None, pack: str | None, tag: str | None, level: Level | None, as_json: bool
) -> int:
    """List the items: id, kind, how difficult, what they train, title."""
    library = env.library
    items: list[tuple[Item, Difficulty]] = []
    problems: list[TypetrainerError] = []
    for one in KINDS if kind is None else (kind,):
        found = _readable(library.items(one, pack), problems)
        rated = [(item, difficulty_of(item)) for item in found if tag is None or tag in item.tags]
        items += [(item, rating) for item, rating in rated if level in (None, rating.level)]
    if as_json:
        for item, rating in items:
            print_json(
                env,
                {
                    "id": item.full_id,
                    "kind": item.kind,
                    "pack": item.pack,
                    "title": item.title,
                    "tags": list(item.tags),
                    "difficulty": {"level": rating.level, "score": rating.score},
                },
            )
    elif items:
        print_table(env, [(i.full_id, i.kind, rating.level, " ".join(i.tags), i.title) for i, rating in items])
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
@click.option("--model", is_flag=True, help="Show the model answer, the key, steps and forbidden claims as well.")
@json_option
@click.pass_obj
def show(env: Environment, item_id: str, model: bool, as_json: bool) -> None:
    """Show one item as the drill would."""
    item = env.library.find(item_id)
    tiers = env.library.company(item.pack).tiers if item.kind == "triage" else ()
    if as_json:
        print_json(env, shown(item, tiers, model=model))
        return
    print_line(env, f"{item.full_id} · {item.kind} · {item.title}")
    print_line(env, f"trains: {', '.join(item.tags)}")
    _print_difficulty(env, difficulty_of(item), item.kind)
    print_line(env)
    if isinstance(item, CopyItem):
        print_wrapped(env, item.text)
    else:
        _print_written(env, item, tiers, model=model)


def shown(item: Item, tiers: Sequence[Tier] = (), *, model: bool = False) -> dict[str, Any]:
    """Return an item as `drills show --json` prints it."""
    record: dict[str, Any] = {
        "id": item.full_id,
        "kind": item.kind,
        "pack": item.pack,
        "title": item.title,
        "tags": list(item.tags),
        "words": list(item.words),
        "sha256": item.sha256,
        "difficulty": _rated(difficulty_of(item)),
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
        "facts": [_sought(fact, model=model) for fact in item.facts],
        **_of_kind(item, tiers, model=model),
    }
    return {**record, "model": item.model} if model else record


def _rated(rating: Difficulty) -> dict[str, Any]:
    parts = [{"name": part.name, "amount": part.amount, "adds": round(part.adds, 2)} for part in rating.parts]
    return {"level": rating.level, "score": rating.score, "value": rating.value, "parts": parts}


def _print_difficulty(env: Environment, rating: Difficulty, kind: Kind) -> None:
    """Print the level, the score and what makes it, the most first."""
    unit = " ms a character" if kind == "copy" else " points"
    parts = sorted(rating.parts, key=lambda part: -part.adds)
    made = ", ".join(f"{part.name} {part.adds:.1f}" for part in parts)
    print_wrapped(env, f"difficulty: {rating.level}, {rating.score} of 100 ({rating.value:.1f}{unit}: {made})")


def _of_kind(item: WrittenItem, tiers: Sequence[Tier], *, model: bool) -> dict[str, Any]:
    """Return what only some kinds have; the key of triage and search only where the model is asked for."""
    record: dict[str, Any] = {
        "transcript": list(item.transcript),
        "poor": item.poor,
        "flaws": [_sought(flaw, model=model) for flaw in item.flaws],
        "max_words": item.max_words,
        "tiers": [tier._asdict() for tier in tiers],
    }
    if model:
        record |= {
            "steps": [_step(step) for step in item.steps],
            "must_not": [_forbidden(claim) for claim in item.must_not],
            "action": item.action,
            "tier": item.tier,
            "why": item.why,
            "article": item.article,
            "accept": list(item.accept),
            "questions": list(item.questions),
            "order": list(item.order),
        }
    return {name: value for name, value in record.items() if value}


def _step(step: Step) -> dict[str, Any]:
    before = {"before": list(step.before)} if step.before else {}
    return {**_sought(step, model=True), **before}


def _forbidden(claim: Forbidden) -> dict[str, Any]:
    unless = {"unless": claim.unless} if claim.unless else {}
    return {**_sought(claim, model=True), "kind": claim.kind, **unless}


def _sought(sought: Sought, *, model: bool) -> dict[str, Any]:
    record: dict[str, Any] = {"id": sought.id, "says": sought.says}
    if not model:
        return record
    found, not_found = ("still", "mended") if isinstance(sought, Flaw) else ("conveys", "not_conveys")
    return {**record, found: list(sought.conveys), not_found: list(sought.not_conveys)}


def _print_written(env: Environment, item: WrittenItem, tiers: Sequence[Tier], *, model: bool) -> None:
    if item.customer.name != "-":
        print_line(env, " · ".join((item.customer.name, *item.customer.card())))
    if item.message:
        print_wrapped(env, item.message, indent="  ")
    for line in item.transcript:
        print_wrapped(env, line, indent="  ")
    if item.poor:
        if item.message or item.transcript:
            print_line(env)
        print_line(env, "To mend")
        print_wrapped(env, item.poor, indent="  ")
    if item.know:
        print_line(env)
        print_line(env, "You know")
    for line in item.know:
        print_wrapped(env, line, indent="  ")
    if item.articles:
        print_line(env, f"Articles: {', '.join(item.articles)}")
    if item.policies:
        print_line(env, f"Policies: {', '.join(item.policies)}")
    if item.max_words:
        print_line(env, f"Words: {item.max_words} at most")
    _print_list(env, "Who handles what", [f"{tier.name}: {tier.handles}" for tier in tiers])
    _print_list(env, "The flaws", [f"{flaw.id}: {flaw.says}" for flaw in item.flaws])
    should = {"note": "The note", "article": "The article", "triage": "The reason"}.get(item.kind, "The reply")
    _print_list(env, f"{should} should say", [f"{fact.id}: {fact.says}" for fact in item.facts])
    if model:
        _print_list(env, "The process asks", [f"{step.id}: {_step_said(step)}" for step in item.steps])
        _print_list(env, "Must not be said", [f"{claim.id}: {_claim_said(claim)}" for claim in item.must_not])
        _print_list(env, "The key", [*_key(item, tiers)])
        _print_list(env, "Model answer", [item.model])


def _step_said(step: Step) -> str:
    return f"{step.says} (before {', '.join(step.before)})" if step.before else step.says


def _claim_said(claim: Forbidden) -> str:
    """Return what is wrong with a claim, what it does to the score, and when it is allowed."""
    cap = CRITICAL.get(claim.kind)
    notes = [f"at most {cap.cap:g} points"] if cap is not None else []
    notes += [f"allowed after {claim.unless}"] if claim.unless else []
    return f"{claim.says} ({'; '.join(notes)})" if notes else claim.says


def _key(item: WrittenItem, tiers: Sequence[Tier]) -> Iterator[str]:
    """Yield what is right in triage and search."""
    if item.action is not None:
        tier = next((f" to {tier.name}" for tier in tiers if tier.id == item.tier), "")
        yield f"{item.action}{tier}: {item.why}"
    if item.article:
        yield " or ".join((item.article, *item.accept))


def _print_list(env: Environment, head: str, entries: Sequence[str]) -> None:
    """Print a heading and what belongs to it, or nothing."""
    if entries:
        print_line(env)
        print_line(env, head)
    for entry in entries:
        print_wrapped(env, entry, indent="  ")
