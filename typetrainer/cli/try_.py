"""`drills try`: shows the author of a pack why each pattern of an item matched a text, or did not."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from typetrainer.cli.errors import FOUND_ERRORS
from typetrainer.cli.lazy import example, json_option
from typetrainer.cli.output import print_json, print_line, print_wrapped
from typetrainer.content.model import CopyItem
from typetrainer.content.written import WrittenItem
from typetrainer.env import Environment
from typetrainer.errors import InvalidFile, UsageProblem

if TYPE_CHECKING:
    from typetrainer.authoring.trying import Trial, TriedGroup, TriedWay, Trier
    from typetrainer.writing.facts.reading import Clause, Reading

_MOST_SHOWN = 240  # code points of an example or of matched words


@click.command(
    "try",
    epilog=example(
        "typetrainer drills try brightpath/second-technician",
        "typetrainer drills try second-technician reply.txt",
        'echo "You get $25 off." | typetrainer drills try --readings second-technician -',
    ),
)
@click.argument("item_id", metavar="ID")
@click.argument("name", metavar="[FILE|-]", required=False)
@click.option("--readings", is_flag=True, help="Show how texts were read: clauses, words and values.")
@json_option
@click.pass_obj
def command(env: Environment, item_id: str, name: str | None, readings: bool, as_json: bool) -> int:
    """Show why each pattern of an item matches a text or not; without a text, try the item's own examples.

    Of its examples those are shown that come out wrong, and the status is 1 if there are any: `conveys` must be
    found, `not_conveys` must not, and the model answer must say all facts and steps and nothing that is forbidden.
    """
    item = env.library.find(item_id)
    if isinstance(item, CopyItem):
        raise UsageProblem(f"{item.full_id} is a text to copy, without patterns; try one that is answered.")
    trier = _trier(env, item)
    if name is None:
        trials = list(trier.examples())
    else:
        from typetrainer.cli.check import read_text

        trials = list(trier.text(read_text(env, name)))
    if as_json:
        for record in records(item, trials, name, readings=readings):
            print_json(env, record)
    elif name is None:
        _print_examples(env, item, trials, readings=readings)
    else:
        _print_text(env, item, trials, name, readings=readings)
    return _verdict(env, trials) if name is None else 0


def _trier(env: Environment, item: WrittenItem) -> "Trier":
    """Parse the item's patterns. Raises InvalidFile with file, item and what carries the pattern."""
    from typetrainer.authoring.trying import Trier
    from typetrainer.writing.facts.pattern import PatternError

    pack = env.library.pack(item.pack)
    try:
        return Trier(item, env.library.company(item.pack), language=pack.language)
    except PatternError as error:
        raise InvalidFile(f"{pack.folder / item.kind}.toml, {error}") from None


def _verdict(env: Environment, trials: "list[Trial]") -> int:
    """Say how many came out wrong and what has no pattern; return the exit status."""
    tried = [trial for trial in trials if trial.right is not None]
    wrong = sum(trial.right is False for trial in tried)
    without = len({(t.thing.label, t.thing.what.id) for t in trials if t.found is None})
    if without:
        env.say(f"Without a pattern, so not tried: {without}.")
    if tried:
        env.say(f"{wrong} of {len(tried)} come out wrong." if wrong else f"All {len(tried)} come out right.")
    return FOUND_ERRORS if wrong else 0


# --- for people ---


def _heading(trial: "Trial") -> str:
    return f"{trial.thing.label} {trial.thing.what.id}"


def _without(trial: "Trial") -> str:
    """Return what is said of a thing that has no pattern."""
    check = getattr(trial.thing.what, "check", "")
    return f"{_heading(trial)}: no pattern" + (f" (the check {check} looks for it)" if check else "")


def _print_text(env: Environment, item: WrittenItem, trials: "list[Trial]", name: str, *, readings: bool) -> None:
    print_wrapped(env, f"{item.full_id} · {'standard input' if name == '-' else name}")
    if readings and trials and trials[0].reading is not None:
        _print_reading(env, trials[0].reading, indent="  ")
    for trial in trials:
        if trial.found is None:
            print_wrapped(env, _without(trial))
            continue
        print_wrapped(env, f"{_heading(trial)}: {_result(trial)}")
        print_wrapped(env, trial.thing.what.says, indent="    ")
        _print_ways(env, trial, trial.ways)


def _result(trial: "Trial") -> str:
    """Return what became of a thing: found, with its words, or why not."""
    if not trial.found:
        return "not found" + (f" ({trial.why})" if trial.why not in ("", "not found") else "")
    words = " … ".join(f'"{_short(trial.words(span))}"' for span in trial.spans)
    late = f"; it should come before {' and '.join(trial.late_for)}" if trial.late_for else ""
    allowed = f"; allowed after {trial.allowed_by}" if trial.allowed_by else ""
    return f"found {words}{late}{allowed}"


def _short(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"


def _print_ways(env: Environment, trial: "Trial", ways: "Iterable[TriedWay]", indent: str = "    ") -> None:
    for way in ways:
        why = f" ({way.why})" if way.why not in ("", "not found") else ""
        print_wrapped(env, f"{way.text}: {'found' if way.found else 'not found'}{why}", indent=indent)
        for group in way.groups:
            print_wrapped(env, f"{group.text}: {_reason(trial, group)}", indent=indent + "  ")


def _reason(trial: "Trial", group: "TriedGroup") -> str:
    words = f'"{_short(trial.words(group.span))}"' if group.span is not None else ""
    if not group.met:
        return " ".join(filter(None, (group.why, words)))
    return words or ("not there, as it should be" if group.text.startswith("!") else "not needed")


def _print_examples(env: Environment, item: WrittenItem, trials: "list[Trial]", *, readings: bool) -> None:
    print_line(env, f"{item.full_id} · its own examples")
    for _, of_thing in groupby(trials, key=lambda trial: (trial.thing.label, trial.thing.what.id)):
        own = list(of_thing)
        if own[0].found is None:
            print_wrapped(env, _without(own[0]))
            continue
        wrong = [trial for trial in own if not trial.right]
        print_wrapped(env, f"{_heading(own[0])}: {len(own) - len(wrong)} of {len(own)} right")
        for trial in wrong:
            _print_wrong(env, trial)
            if readings and trial.reading is not None:
                _print_reading(env, trial.reading, indent="      ")


def _print_wrong(env: Environment, trial: "Trial") -> None:
    sample = trial.sample
    where = " ".join(filter(None, (sample.source.replace("_", " "), str(sample.number or ""))))
    should = "should be found" if sample.expected else "should not be found"
    if trial.late_for:
        should = "comes too late"
    print_wrapped(env, f'{where} {should}: "{_short(" ".join(sample.text.split()))}"', indent="  ")
    print_wrapped(env, _result(trial), indent="    ")
    _print_ways(env, trial, [way for way in trial.ways if way.found or not trial.found])


def _print_reading(env: Environment, reading: "Reading", *, indent: str) -> None:
    """Print clause by clause how a text was read: its words as stems, its values in braces."""
    from typetrainer.authoring.trying import said, value_of

    for number, sentence in enumerate(reading.sentences, 1):
        for clause in sentence.clauses:
            tokens = [token for token in reading.tokens[clause.first : clause.last] if token.kind != "mark"]
            if tokens:
                shown = (f"{{{value_of(t)}}}" if t.kind == "value" else t.stem or t.low for t in tokens)
                print_wrapped(env, f"{number} {', '.join(said(clause))}: {' '.join(shown)}", indent=indent)


# --- for programs ---


def records(
    item: WrittenItem, trials: "Iterable[Trial]", name: str | None, *, readings: bool
) -> Iterator[dict[str, Any]]:
    """Yield an object for each thing and text; with `readings` the first of each text has how it was read."""
    read: set[str] = set()
    for trial in trials:
        thing, sample = trial.thing, trial.sample
        record: dict[str, Any] = {
            "item": item.full_id,
            "thing": thing.label,
            "id": thing.what.id,
            "says": thing.what.says,
            "pattern": thing.claim is not None,
            "source": sample.source or None,
            "number": sample.number,
            "text": (sample.text or None) if name is None else None,
            "file": name,
            "found": trial.found,
            "expected": sample.expected,
            "right": trial.right,
            "why": trial.why,
            "spans": [_span(trial, span) for span in trial.spans],
            "ways": [_way(trial, way) for way in trial.ways],
            "late_for": list(trial.late_for),
            "allowed_by": trial.allowed_by or None,
        }
        if readings and trial.reading is not None and sample.text not in read:
            read.add(sample.text)
            record["reading"] = _reading(trial.reading)
        yield record


def _span(trial: "Trial", span: tuple[int, int]) -> dict[str, Any]:
    return {"offset": span[0], "length": span[1], "words": trial.words(span)}


def _way(trial: "Trial", way: "TriedWay") -> dict[str, Any]:
    groups = [
        {
            "group": group.text,
            "met": group.met,
            "why": group.why,
            "span": None if group.span is None else _span(trial, group.span),
        }
        for group in way.groups
    ]
    return {"way": way.text, "found": way.found, "why": way.why, "groups": groups}


def _reading(reading: "Reading") -> list[dict[str, Any]]:
    return [
        {"sentence": number, **_clause(reading, clause)}
        for number, sentence in enumerate(reading.sentences, 1)
        for clause in sentence.clauses
    ]


def _clause(reading: "Reading", clause: "Clause") -> dict[str, Any]:
    from typetrainer.authoring.trying import said, value_of

    tokens = reading.tokens[clause.first : clause.last]
    return {
        "said": list(said(clause)),
        "offset": tokens[0].start,
        "length": tokens[-1].end - tokens[0].start,
        "tokens": [
            {
                "kind": token.kind,
                "offset": token.start,
                "length": token.end - token.start,
                "stem": token.stem,
                "value": value_of(token) or None,
            }
            for token in tokens
        ],
    }
