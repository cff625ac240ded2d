"""`drills lint`: looks over packs before they are handed out."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from typetrainer.cli.errors import FOUND_ERRORS, NOT_CHECKED
from typetrainer.cli.lazy import example, json_option
from typetrainer.cli.output import print_json, print_line, print_table, print_wrapped
from typetrainer.content.model import KINDS
from typetrainer.env import Environment

if TYPE_CHECKING:
    from typetrainer.authoring.lint_found import Problem, Subject
    from typetrainer.authoring.lint_language import Language

_CACHE = "lint-language.json"


@click.command(
    "lint",
    epilog=example(
        "typetrainer drills lint",
        "typetrainer drills lint mypack",
        "typetrainer drills lint --no-language ./drafts/mypack",
    ),
)
@click.argument("names", metavar="[PACK|PATH]...", nargs=-1)
@click.option("--no-language", is_flag=True, help="Leave LanguageTool out.")
@click.option("--hand-out", is_flag=True, hidden=True)  # for us: what was found in the bundled texts goes beside them
@json_option
@click.pass_obj
def command(env: Environment, names: tuple[str, ...], no_language: bool, hand_out: bool, as_json: bool) -> int:
    """Look over packs: their form, patterns, answers, language and texts that are alike.

    Without a name all bundled packs are looked at. The status is 1 when there is an error; warnings leave it 0. It
    is 3 when LanguageTool could not be asked.
    """
    from typetrainer.authoring.lint import counts, lint

    problems: list[Problem] = []
    subjects, others = _subjects(env, names, problems)
    tell = env.say if env.stderr_is_tty else (lambda _: None)
    if no_language:
        problems += lint(subjects, others=others, tell=tell)
        reason = ""
    else:
        with closing(_language(env)) as language:
            problems += lint(subjects, language, others=others, tell=tell)
        reason = language.reason
        if hand_out:
            if names or problems or reason:
                env.say("Nothing was handed out: that takes all bundled packs, read, and nothing wrong with them.")
            else:
                language.hand_out()
    problems.sort(key=lambda problem: (problem.pack, str(problem.file), problem.line or 0))
    rows = counts(subjects)
    if as_json:
        _print_json(env, problems, rows, checked=not no_language and not reason)
    else:
        _print(env, problems, rows, unchecked=bool(reason))
    if not no_language and not reason:
        known = language.texts - language.read_now
        before = f"; {known} it had read before, as they are and by the same rules" if known else ""
        env.say(f"LanguageTool read {language.read_now} of {language.texts} texts{before}.")
    if no_language:
        env.say("The language was not checked, and scores are those of faultless texts.")
    if reason:
        env.say(f"The language was not checked: {reason}")
    found = FOUND_ERRORS if any(problem.severity == "error" for problem in problems) else 0
    return NOT_CHECKED if reason else found


def _subjects(
    env: Environment, names: Sequence[str], problems: "list[Problem]"
) -> "tuple[list[Subject], list[Subject]]":
    """Read the packs that are named, and the others that are there. Raises UsageProblem, InvalidFile, StorageProblem.

    A name with a separator, or that is no pack but a folder, is a path.
    """
    from typetrainer.authoring.lint_load import load, packs_at
    from typetrainer.content.loader import bundled_folder

    chosen = []
    for name in names or (str(bundled_folder()),):
        if _is_path(env, name):
            library, packs = packs_at(Path(name), problems)
            chosen += [(library, pack) for pack in packs]
        else:
            chosen.append((env.library, env.library.pack(name)))
    subjects = [load(library, pack, problems) for library, pack in dict.fromkeys(chosen)]
    folders = {subject.pack.folder.resolve() for subject in subjects}
    taken = {subject.pack.id for subject in subjects}  # a draft stands in for the pack of its name
    ignored: list[Problem] = []
    others = [
        load(env.library, pack, ignored)
        for pack in env.library.packs()
        if pack.id not in taken and pack.folder.resolve() not in folders
    ]
    return subjects, others


def _is_path(env: Environment, name: str) -> bool:
    if os.sep in name or name in (".", ".."):
        return True
    return Path(name).is_dir() and name not in {pack.id for pack in env.library.packs()}


def _language(env: Environment) -> "Language":
    """Make what has texts checked, and keeps what was found for the next time, but for an own server's findings."""
    from typetrainer.authoring.lint_language import READ, Cache, Language, engine_of
    from typetrainer.content.loader import bundled_folder
    from typetrainer.writing.checker import URL_VARIABLE
    from typetrainer.writing.languagetool.install import locate

    url = None
    installed = None
    if not env.environ.get(URL_VARIABLE):
        url = env.open_store().settings.load().text("server_url") or None
        installed = None if url else locate(env.paths, env.environ)
    cache = Cache(None)
    if installed is not None:
        engine = engine_of(installed.version, installed.rules_sha256)
        cache = Cache(env.paths.cache / _CACHE, engine, shipped=bundled_folder() / READ)
    return Language(lambda running: env.make_checker(url or running), cache)


# --- what is printed ---


def _print(env: Environment, problems: "Sequence[Problem]", rows: Sequence[dict[str, Any]], *, unchecked: bool) -> None:
    for problem in problems:
        where = f"{_shown(problem.file)}:{problem.line}" if problem.line else _shown(problem.file)
        print_line(env, f"{where}: {problem.severity} {problem.check}")
        place = ", ".join(part for part in (problem.item, problem.place) if part)
        print_wrapped(env, f"{place}: {problem.message}" if place else problem.message, indent="    ")
    if problems:
        print_line(env)
    print_table(env, list(_table(rows)), right=frozenset(range(1, 2 + len(KINDS))))
    severities = Counter(problem.severity for problem in problems)
    print_line(env)
    said = ", ".join(
        f"{severities[each]} {each}{'' if severities[each] == 1 else 's'}" for each in ("error", "warning")
    )
    nothing = "Nothing was found wrong, as far as it could be checked." if unchecked else "Nothing was found wrong."
    print_line(env, said if problems else nothing)


def _shown(file: Path) -> str:
    """Return a path as seen from here, where it is below."""
    try:
        return str(file.relative_to(Path.cwd()))
    except ValueError:
        return str(file)


def _table(rows: Sequence[dict[str, Any]]) -> Iterator[list[str]]:
    """Yield the counts: a line for each pack, then for each difficulty, and all."""
    yield ["", *KINDS, "all"]
    packs = list(dict.fromkeys(row["pack"] for row in rows))
    for name, key, chosen in [
        *((pack, "items", [row for row in rows if row["pack"] == pack]) for pack in packs),
        *((level, level, list(rows)) for level in ("easy", "middle", "hard")),
        ("all", "items", list(rows)),
    ]:
        by_kind = [sum(row[key] for row in chosen if row["kind"] == kind) for kind in KINDS]
        yield [name, *(str(count) if count else "–" for count in by_kind), str(sum(by_kind))]


def _print_json(
    env: Environment, problems: "Sequence[Problem]", rows: Sequence[dict[str, Any]], *, checked: bool
) -> None:
    for problem in problems:
        print_json(
            env,
            {
                "record": "problem",
                "check": problem.check,
                "severity": problem.severity,
                "pack": problem.pack,
                "file": str(problem.file),
                "line": problem.line,
                "item": problem.item or None,
                "place": problem.place or None,
                "message": problem.message,
            },
        )
    for row in rows:
        print_json(env, {"record": "count", **row})
    errors = sum(problem.severity == "error" for problem in problems)
    print_json(
        env,
        {"record": "summary", "errors": errors, "warnings": len(problems) - errors, "language_checked": checked},
    )
