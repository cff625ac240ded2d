"""`drill copy`, `drill reply` and the other kinds: check what was asked for, choose the items, and open the screen."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from typetrainer.cli.lazy import F, example
from typetrainer.env import Environment
from typetrainer.errors import StorageProblem, UsageProblem

if TYPE_CHECKING:
    from typetrainer.content.own import OwnText
    from typetrainer.content.request import DrillRequest, Manner

POLICIES = ("free", "stop", "no-backspace", "strict")
PACES = ("off", "last", "average", "best")
ACTIONS = ("reply", "ask", "escalate")
LEVELS = ("easy", "middle", "hard")
_MAX_SEED = 2**63 - 1


class Seconds(click.ParamType[float]):
    """Seconds from 5 to 1800, whole or with decimals."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number, or fail saying what is possible."""
        try:
            seconds = float(value)
        except (TypeError, ValueError):
            seconds = math.nan
        if not 5 <= seconds <= 1800:
            self.fail(f"{str(value)[:40]!r} should be seconds from 5 to 1800, such as 60", param, ctx)
        return round(seconds, 3)


class Whole(click.ParamType[int]):
    """A whole number from `low` to `high`."""

    name = "number"

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number, or fail saying what is possible."""
        text = str(value)
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else self.low - 1
        if not self.low <= number <= self.high:
            self.fail(f"{text[:40]!r} should be a whole number from {self.low} to {self.high}", param, ctx)
        return number


class Pace(click.ParamType[str | float]):
    """Whose pace a mark in the text shows, or a speed."""

    name = "pace"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str | float:
        """Return one of PACES or words per minute, or fail saying what is possible."""
        if value in PACES:
            return str(value)
        try:
            wpm = float(value)
        except (TypeError, ValueError):
            wpm = math.nan
        if not 5 <= wpm <= 300:
            self.fail(f"{str(value)[:40]!r} should be {', '.join(PACES)}, or 5 to 300 words a minute", param, ctx)
        return wpm


def _common(function: F) -> F:
    options = (
        click.option("--item", metavar="ID", help="This item, as `drills list` prints it."),
        click.option("--pack", metavar="ID", help="Draw from this pack only."),
        click.option("--difficulty", "level", type=click.Choice(LEVELS), help="Draw such items only."),
        click.option("--seconds", type=Seconds(), metavar="S", help="Time limit, 5 to 1800."),
        click.option("--items", "count", type=Whole(1, 100), metavar="N", help="How many, 1 to 100."),
        click.option("--seed", type=Whole(0, _MAX_SEED), metavar="N", help="Draw the same items again."),
        click.option(
            "--exam", is_flag=True, help="A test: no live figures, no restart, no pause; writes a result file."
        ),
        click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Where the test's result goes."),
        click.option("--plain", is_flag=True, help="Plain lines, for screen readers."),
        click.option("--no-figures", is_flag=True, help="Hide speed and accuracy while typing."),
    )
    for option in reversed(options):
        function = option(function)
    return function


@click.group(epilog=example("typetrainer drill copy --seconds 60", "typetrainer drill reply --item second-technician"))
def command() -> None:
    """Practise: type a text, answer a customer, mend a reply, route a message, find an article, write one or a note."""


@command.command(
    "copy",
    epilog=example(
        "typetrainer drill copy --seconds 60 --policy stop",
        "typetrainer drill copy --text notes.txt",
    ),
)
@_common
@click.option("--policy", type=click.Choice(POLICIES), help="What a wrong key does.")
@click.option("--text", metavar="FILE", help="Type your own text (UTF-8); - reads standard input.")
@click.option("--pace", type=Pace(), metavar="WHO", help="A mark to keep up with: last, average, best, off, or WPM.")
@click.pass_obj
def copy(env: Environment, /, **options: Any) -> int:
    """Type a text as it stands.

    For a time (--seconds), one text (--item), or several (--items). Without any of them the setting `seconds` holds.
    """
    _sensible(options)
    text = options["text"]
    if text is not None:
        _refuse(options, "--text", ("item", "pack", "level", "seed"))
        own = read_own(env, text)
        for notice in own.notices:
            env.say(notice)
        from typetrainer.content.request import request_for_text

        manner = _manner(env, options)
        return _run(env, request_for_text(own, seconds=options["seconds"], count=options["count"], manner=manner))
    return _run(env, _chosen(env, "copy", options))


@command.command("reply", epilog=example("typetrainer drill reply --item second-technician"))
@_common
@click.pass_obj
def reply(env: Environment, /, **options: Any) -> int:
    """Answer a customer, from what you know of the case.

    Enter sends, Alt-Enter begins a new line.
    """
    _sensible(options)
    return _run(env, _chosen(env, "reply", options))


def _written(kind: str, about: str) -> None:
    """Add the command of another kind of writing."""

    @command.command(kind, help=about, epilog=example(f"typetrainer drill {kind}"))
    @_common
    @click.pass_obj
    def run(env: Environment, /, **options: Any) -> int:
        _sensible(options)
        return _run(env, _chosen(env, kind, options))


_written(
    "fix",
    "Make a poor reply a good one: what the customer needs, without its flaws.\n\n"
    "Enter sends, Alt-Enter begins a new line, F5 takes the poor reply over.",
)
_written(
    "note", "Write the note after a chat: issue, cause, action, next step.\n\nCtrl-S finishes, Enter begins a line."
)
_written(
    "article",
    "Write a help article from a solved case, or mend a poor one; its first line is the title.\n\n"
    "Ctrl-S finishes, Enter begins a line.",
)


@command.command(
    "triage",
    epilog=example(
        "typetrainer drill triage",
        'echo "A medical device is offline" | typetrainer drill triage --item heart-monitor --action escalate '
        "--tier tier-3",
    ),
)
@_common
@click.option("--action", type=click.Choice(ACTIONS), help="What to do with the message, with a reason from a pipe.")
@click.option("--tier", metavar="ID", help="Which team an escalation goes to, with a reason from a pipe.")
@click.pass_obj
def triage(env: Environment, /, **options: Any) -> int:
    """Decide what a message needs: a reply, a question first, or another team; and say why in a line.

    Left and right choose, Alt with a digit chooses from anywhere, Enter sends.
    """
    return _with_choices(env, "triage", options, ("action", "tier"))


@command.command(
    "search",
    epilog=example(
        "typetrainer drill search",
        "typetrainer drill search --item awake-at-midnight --article parental-controls < reply.txt",
    ),
)
@_common
@click.option("--article", metavar="ID", help="The article that a reply from a pipe is from.")
@click.pass_obj
def search(env: Environment, /, **options: Any) -> int:
    """Find the article that answers a customer, then answer with it.

    Type to search, Enter opens an article, Enter again answers with it; Ctrl-F goes back to the search.
    """
    return _with_choices(env, "search", options, ("article",))


def _with_choices(env: Environment, kind: str, options: dict[str, Any], names: tuple[str, ...]) -> int:
    """Run a drill with choices: made on the screen, or for a text from a pipe by options. Raises UsageProblem."""
    given = {name: options[name] for name in names if options[name] is not None}
    piped = not env.stdin.isatty()
    if given and not piped:
        raise UsageProblem(f"--{next(iter(given))} goes with a text from a pipe; in a terminal you choose as you go.")
    if piped and names[0] not in given:
        raise UsageProblem(f"From a pipe, say with --{names[0]} what you choose.")
    if ("tier" in given) != (given.get("action") == "escalate"):
        raise UsageProblem("--tier names the team of --action escalate: give both, or neither.")
    _sensible(options)
    request = _chosen(env, kind, {**options, "choices": given})
    _known(env, request.pack or "", given)
    return _run(env, request)


def read_own(env: Environment, name: str) -> "OwnText":
    """Read a user's own text from a file, or for `-` from standard input. Raises the errors of `own_text`."""
    from typetrainer.content.own import own_text, read_limited

    if name == "-":
        return own_text(read_limited(env.stdin_bytes, "standard input"), "standard input")
    try:
        with Path(name).open("rb") as stream:
            return own_text(read_limited(stream, name), Path(name).name)
    except FileNotFoundError:
        raise UsageProblem(f"There is no file {name}; give the path of a text, or - for standard input.") from None
    except IsADirectoryError:
        raise UsageProblem(f"{name} is a folder; give the path of a text in it.") from None
    except (OSError, ValueError) as error:
        raise StorageProblem(f"Cannot read {name}: {getattr(error, 'strerror', None) or error}.") from error


def _sensible(options: dict[str, Any]) -> None:
    """Refuse combinations that contradict each other; raises UsageProblem."""
    if options["item"] is not None:
        _refuse(options, "--item", ("count", "level", "seed"))
        _refuse_other_pack(options)
    if options["seconds"] is not None and options["count"] is not None and "policy" in options:
        raise UsageProblem("--seconds and --items do not go together: a timed text is as long as it needs to be.")
    if options["exam"]:
        if (options["count"] or 1) > 1:
            raise UsageProblem("--exam is one attempt with one result: leave out --items.")
        if options.get("pace") not in (None, "off"):
            raise UsageProblem("--exam shows nothing while you type: leave out --pace.")
    elif options["out"] is not None:
        raise UsageProblem("--out names the result file of a test: give --exam with it.")


def _refuse(options: dict[str, Any], given: str, others: tuple[str, ...]) -> None:
    for name in others:
        if options[name] is not None:
            shown = {"count": "items", "level": "difficulty"}.get(name, name)
            raise UsageProblem(f"{given} and --{shown} do not go together: leave one of them out.")


def _refuse_other_pack(options: dict[str, Any]) -> None:
    pack, slash, _ = options["item"].rpartition("/")
    if options["pack"] is not None and slash and pack != options["pack"]:
        raise UsageProblem(f"--item {options['item']} is not of the pack {options['pack']}: leave --pack out.")
    if options["pack"] is not None and not slash:
        options["item"] = f"{options['pack']}/{options['item']}"


def _manner(env: Environment, options: dict[str, Any]) -> "Manner":
    from typetrainer.content.request import Manner

    return Manner(
        policy=options.get("policy"),
        plain=options["plain"] or env.plain,
        pace=options.get("pace"),
        figures=False if options["no_figures"] or options["exam"] else None,
        exam=options["exam"],
        out=_free(options["out"]),
        text_from_stdin=options.get("text") == "-",
        choices=options.get("choices", {}),
    )


def _free(out: Path | None) -> Path | None:
    """Make sure before the test that its result can be written; raises UsageProblem or StorageProblem."""
    if out is None:
        return None
    out = out.absolute()
    if out.exists():
        raise UsageProblem(f"{out} exists already and is not overwritten; name another file with --out.")
    import os

    if not out.parent.is_dir() or not os.access(out.parent, os.W_OK):
        raise StorageProblem(f"Cannot write into the folder {out.parent}; name another file with --out.")
    return out


def _apply_settings(env: Environment, kind: str, options: dict[str, Any]) -> None:
    """Let the settings choose the pack and the time where no option does."""
    if options["item"] is not None:
        return
    settings = env.open_store().settings.load()
    if options["pack"] is None:
        options["pack"] = settings.text("pack") or None
    if kind == "copy" and options["seconds"] is None and options["count"] is None:
        options["seconds"] = float(settings.number("seconds")) or None


def _chosen(env: Environment, kind: Any, options: dict[str, Any]) -> "DrillRequest":
    from typetrainer.content.request import request_for

    _apply_settings(env, kind, options)
    drawn = options["seed"] is None and options["item"] is None and not options["exam"]
    seed = options["seed"] if options["seed"] is not None else env.random.getrandbits(32)
    request = request_for(
        env.library,
        kind,
        seed=seed,
        item=options["item"],
        pack=options["pack"],
        seconds=options["seconds"],
        count=options["count"],
        level=options["level"],
        recent=env.open_store().practised() if drawn else (),
        manner=_manner(env, options),
    )
    for problem in env.library.problems:
        env.say(f"Passed over: {problem}")
    return request


def _known(env: Environment, pack: str, choices: Mapping[str, str]) -> None:
    """Make sure that the company has what was chosen; raises UsageProblem."""
    if "tier" in choices:
        tiers = [tier.id for tier in env.library.company(pack).tiers]
        if choices["tier"] not in tiers:
            raise UsageProblem(f"There is no team {choices['tier'][:40]!r} in {pack}; there are {', '.join(tiers)}.")
    if "article" in choices:
        env.library.article(pack, choices["article"])


def _run(env: Environment, request: "DrillRequest") -> int:
    from typetrainer.ui.run import run_drill

    return run_drill(env, request)
