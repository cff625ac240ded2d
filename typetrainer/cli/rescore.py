"""`rescore`: compute the history again, and have replies checked that could not be checked then."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from typetrainer.cli.errors import NOT_CHECKED
from typetrainer.cli.lazy import example, json_option
from typetrainer.cli.output import number, print_json, print_table
from typetrainer.core.text import counted
from typetrainer.env import Environment
from typetrainer.errors import TypetrainerError

if TYPE_CHECKING:
    from typetrainer.store.attempts import Attempt
    from typetrainer.store.library import Store
    from typetrainer.writing.checker import Checker
    from typetrainer.writing.result import CheckResult


@click.command("rescore", epilog=example("typetrainer rescore --dry-run"))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@json_option
@click.pass_obj
def command(env: Environment, dry_run: bool, as_json: bool) -> int:
    """Compute all numbers of the history again from the logs.

    What moved is printed. Replies whose language could not be checked are checked now, where LanguageTool is there.
    """
    store = env.open_store()
    store.catch_up()
    moves = store.rescore(apply=not dry_run)
    if as_json:
        for move in moves:
            print_json(env, {"id": move.id, "metric": move.metric, "old": move.old, "new": move.new})
    elif moves:
        rows = [("id", "number", "was", "is"), *((m.id, m.metric, number(m.old, 3), number(m.new, 3)) for m in moves)]
        print_table(env, rows)
    env.say(f"{counted(len(moves), 'number')} {'would move' if dry_run else 'moved'}.")
    return 0 if dry_run else _fill_in(env, store)


def _fill_in(env: Environment, store: "Store") -> int:
    """Check the texts that were not checked; return the exit status."""
    waiting = _unchecked(store)
    if not waiting:
        return 0
    checker = env.make_checker(store.settings.load().text("server_url") or None)
    try:
        for done, attempt in enumerate(waiting):
            if reason := _check(env, store, checker, attempt):
                env.say(f"{done} of {len(waiting)} replies checked. {reason}")
                return NOT_CHECKED
    finally:
        checker.close()
    env.say(f"{len(waiting)} repl{'y' if len(waiting) == 1 else 'ies'} checked.")
    return 0


def _unchecked(store: "Store") -> "list[Attempt]":
    found = []
    for record in store.history.all():
        if record["kind"] == "copy" or record.get("finding_counts") is not None:
            continue
        try:
            attempt = store.attempts.read(record["id"])
        except TypetrainerError:  # said by rescore already, or there is no log to it
            continue
        if (attempt.assessment or {}).get("findings") is None:
            found.append(attempt)
    return found


def _check(env: Environment, store: "Store", checker: "Checker", attempt: "Attempt") -> str | None:
    """Check one reply and store its assessment; return why when it could not be checked."""
    from typetrainer.store.migrations import ASSESSMENT_VERSION

    language, scene = _scene(env, attempt)
    result = checker.check(
        attempt.log.final_text(),
        language=language,
        words=scene | frozenset(store.dictionary.entries()),
        rules_off=frozenset(store.rules_off.entries()),
    ).result()
    if result.findings is None:
        return result.reason or "LanguageTool did not answer."
    assessment = {**(attempt.assessment or {}), **result.to_json(), "version": ASSESSMENT_VERSION}
    assessment.pop("reason", None)
    judged = _judge(env, attempt, result, language)
    if judged is not None:
        assessment["assessment"] = judged
    store.attempts.write_assessment(attempt.id, assessment)
    store.add(attempt.id)
    return None


def _judge(env: Environment, attempt: "Attempt", result: "CheckResult", language: str) -> dict[str, Any] | None:
    """Judge the text anew by the item that is kept beside it; None where there is none that can be read."""
    from typetrainer.content.loader import make_item
    from typetrainer.content.model import KINDS
    from typetrainer.content.written import WrittenItem
    from typetrainer.writing.answer import answer_of
    from typetrainer.writing.rubric.assess import assess

    kept, header = attempt.item or {}, attempt.log.header
    pack = header.item.partition("/")[0]
    kind = next((kind for kind in KINDS if kind == header.kind), None)
    try:
        item = make_item(pack, kind, kept["item"]) if kind is not None else None
        if not isinstance(item, WrittenItem):
            return None
        answer = answer_of(attempt.log)
        return assess(answer, result, item, env.library.company(pack), language=language).to_json()
    except (TypetrainerError, KeyError, TypeError, AttributeError):
        return None  # the pack is gone, or its item is of another make


def _scene(env: Environment, attempt: "Attempt") -> tuple[str, frozenset[str]]:
    """Return the language of an attempt's pack, and the words of its scene: the item's and the company's."""
    raw: Any = (attempt.item or {}).get("item")
    words: list[object] = []
    if isinstance(raw, dict):
        card, given = raw.get("customer"), raw.get("words")
        words = [*(given if isinstance(given, list) else ()), card.get("name") if isinstance(card, dict) else None]
    pack = attempt.log.header.item.partition("/")[0]
    language = "en-US"
    with suppress(TypetrainerError):  # a pack that is gone or broken must not stop the check
        language = env.library.pack(pack).language
        words += env.library.company(pack).words
    return language, frozenset(word for word in words if isinstance(word, str))
