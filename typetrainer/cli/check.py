"""`check`: language, readability, tone and clarity of any text; with an item, its whole assessment."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from typetrainer.cli.errors import FOUND_ERRORS, NOT_CHECKED
from typetrainer.cli.lazy import example, json_option
from typetrainer.cli.output import print_json, print_line, print_wrapped
from typetrainer.core.text import counted
from typetrainer.env import Environment
from typetrainer.errors import StorageProblem, TypetrainerError, UsageProblem

if TYPE_CHECKING:
    from concurrent.futures import Future

    from typetrainer.content.model import Company
    from typetrainer.content.written import WrittenItem
    from typetrainer.store.disputes import Respected
    from typetrainer.writing.checker import CheckResult
    from typetrainer.writing.findings import Finding
    from typetrainer.writing.readability import Readability
    from typetrainer.writing.rubric.aside import Aside
    from typetrainer.writing.rubric.assessment import Assessment

MAX_BYTES = 1024 * 1024
LONG_SENTENCE = 25  # words; the target is 20
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_LINE_END = re.compile("\r\n|\n|\r")
_ROOM = 76


@click.command(
    "check",
    epilog=example(
        "typetrainer check reply.txt",
        'echo "I has a question." | typetrainer check --json',
        "typetrainer check --item second-technician --fail-under 80 reply.txt",
    ),
)
@click.argument("files", metavar="[FILE|-]...", nargs=-1)
@click.option("--language", metavar="CODE", help="A variety of English; the item's, or en-US.")
@click.option("--item", metavar="ID", help="Judge the text as an answer to this item.")
@click.option("--rubric", type=click.Path(path_type=Path), metavar="FILE", help="Your own weights (TOML, [weights]).")
@click.option("--fail-under", type=click.FloatRange(0, 100), metavar="SCORE", help="Status 1 under this score only.")
@click.option("--server", metavar="URL", help="Use this running LanguageTool server.")
@json_option
@click.pass_obj
def command(env: Environment, /, **options: Any) -> int:
    """Check texts: language, readability, clarity and tone; with --item, the whole assessment as its answer.

    Offsets count code points of the file as it stands, byte order mark and line ends included. The status is 1 when
    an error was found, 3 when LanguageTool could not be asked.
    """
    subject, files = _subject(env, options), options["files"]
    language = subject.language
    if not _LANGUAGE.fullmatch(language) or not language.startswith("en"):
        raise UsageProblem(f"The language {language[:40]!r} cannot be checked; give one such as en-US, en-GB or en-AU.")
    from typetrainer.writing.checker import checked_as

    if (known := checked_as(language)) != language:
        env.say(f"LanguageTool has no dictionary for {language}; checked as {known}.")
    if not files and env.stdin.isatty():
        raise UsageProblem("Name a file, or - to read from the keyboard until Ctrl-D.")
    status = 0
    texts: list[tuple[str, str]] = []
    for name in files or ("-",):
        try:
            texts.append((name, read_text(env, name)))
        except TypetrainerError as error:
            env.say(str(error))
            status = max(status, error.status)
    return (
        max(status, _check_all(env, texts, subject, options["server"], as_json=options["as_json"])) if texts else status
    )


class _Subject(NamedTuple):
    """What texts are judged by."""

    language: str
    item: "WrittenItem | None" = None
    company: "Company | None" = None
    fail_under: float | None = None

    def words(self) -> frozenset[str]:
        """Return the names and words of the scenario."""
        if self.item is None or self.company is None:
            return frozenset()
        return frozenset([*self.item.words, *self.item.customer.name.split(), *self.company.words])

    def judge(self, text: str, result: "CheckResult") -> "Assessment":
        """Judge one text. Raises PatternError when the item's patterns are wrong."""
        from typetrainer.writing.rubric.assess import assess
        from typetrainer.writing.rubric.judging import Answer

        return assess(Answer(text), result, self.item, self.company, language=self.language)

    def aside(self, respected: "Respected") -> "Aside":
        """Return what tells whether a judgement is one that the writer found wrong before."""
        item, sha256 = (self.item.full_id, self.item.sha256) if self.item is not None else ("", "")
        return lambda rule, words, good: respected.covers(rule, words, item, sha256, good=good)

    def score_without(self, text: str, result: "CheckResult", judged: "Assessment", aside: "Aside") -> float | None:
        """Return the score without what is set aside; None where that is the score, or there is none."""
        if self.item is None or self.company is None:
            return None
        from typetrainer.writing.rubric.aside import score_without
        from typetrainer.writing.rubric.judging import Answer

        score = score_without(aside, Answer(text), result, self.item, self.company, language=self.language)
        return None if score == judged.score else score

    def status(self, result: "CheckResult", judged: "Assessment", aside: "Aside") -> int:
        """Return the exit status for one text: an error that is set aside is none."""
        if result.findings is None:
            return NOT_CHECKED
        if self.fail_under is not None:
            return FOUND_ERRORS if (judged.score or 0.0) < self.fail_under else 0
        errors = (found for found in result.findings if found.severity == "error")
        return FOUND_ERRORS if any(not aside(found.rule, found.text, False) for found in errors) else 0


def _subject(env: Environment, options: Mapping[str, Any]) -> _Subject:
    """Read what the options name. Raises UsageProblem and InvalidFile."""
    given = options["language"]
    if options["item"] is None:
        for name in ("rubric", "fail_under"):
            if options[name] is not None:
                raise UsageProblem(f"--{name.replace('_', '-')} is for a score: give --item with it.")
        return _Subject(given or "en-US")
    from typetrainer.content.model import CopyItem

    item = env.library.find(options["item"])
    if isinstance(item, CopyItem):
        raise UsageProblem(f"{item.full_id} is a text to copy: `typetrainer drills list` shows what can be answered.")
    company = env.library.company(item.pack)
    if options["rubric"] is not None:
        from typetrainer.cli.judged import read_weights

        company = company._replace(weights=tuple(read_weights(options["rubric"]).items()))
    return _Subject(given or env.library.pack(item.pack).language, item, company, options["fail_under"])


def read_text(env: Environment, name: str) -> str:
    """Read a UTF-8 file, or standard input for `-`, as it stands. Raises a TypetrainerError that names it."""
    from typetrainer.content.own import decode_text, read_limited

    if name == "-":
        data = read_limited(env.stdin_bytes, "standard input", MAX_BYTES)
    else:
        try:
            with Path(name).open("rb") as stream:
                data = read_limited(stream, name, MAX_BYTES)
        except FileNotFoundError:
            raise UsageProblem(f"There is no file {name}; give the path of a text, or - for standard input.") from None
        except IsADirectoryError:
            raise UsageProblem(f"{name} is a folder; give the path of a text in it.") from None
        except (OSError, ValueError) as error:
            raise StorageProblem(f"Cannot read {name}: {getattr(error, 'strerror', None) or error}.") from error
    decode_text(data, "standard input" if name == "-" else name, MAX_BYTES)
    return data.decode("utf-8")


def _check_all(
    env: Environment, texts: list[tuple[str, str]], subject: _Subject, server: str | None, *, as_json: bool
) -> int:
    store = env.open_store()
    url = server or (
        None if env.environ.get("TYPETRAINER_LT_URL") else store.settings.load().text("server_url") or None
    )
    words, off = subject.words() | frozenset(store.dictionary.entries()), frozenset(store.rules_off.entries())
    aside = subject.aside(store.disputes.respected())
    checker = env.make_checker(url)
    status = 0
    reason: str | None = None
    try:
        asked: list[Future[CheckResult]] = [
            checker.check(text, language=subject.language, words=words, rules_off=off, timeout=90 + len(text) / 2000)
            for _, text in texts
        ]
        for index, ((name, text), future) in enumerate(zip(texts, asked, strict=True)):
            result = future.result()
            judged = subject.judge(text, result)
            if as_json:
                print_json(env, record(name, result, judged, _set_aside(text, result, judged, aside)))
            else:
                if index:
                    print_line(env)
                without = subject.score_without(text, result, judged, aside)
                _print(env, name, text, result, judged, aside, without)
            env.stdout.flush()
            status = max(status, subject.status(result, judged, aside))
            reason = reason or (result.reason if result.findings is None else None)
    finally:
        checker.close()
    if status == NOT_CHECKED:
        env.say(f"The language was not checked: {reason or 'LanguageTool did not answer.'}")
    return status


def _set_aside(text: str, result: "CheckResult", judged: "Assessment", aside: "Aside") -> list[tuple[str, int | None]]:
    from typetrainer.writing.rubric.aside import set_aside
    from typetrainer.writing.rubric.judging import Answer

    return set_aside(judged, result, Answer(text), aside)


def record(
    name: str, result: "CheckResult", judged: "Assessment", set_aside: Sequence[tuple[str, int | None]] = ()
) -> dict[str, Any]:
    """Return the JSON object of one file; `set_aside` only where something is."""
    data: dict[str, Any] = {**result.to_json(), "assessment": judged.to_json()}
    if set_aside:
        data["set_aside"] = [{"rule": rule, "offset": offset} for rule, offset in set_aside]
    return {key: value for key, value in {"file": name, **data}.items() if key != "reason"}


class Lines:
    """Where the lines of a text are; a byte order mark takes no column."""

    def __init__(self, text: str) -> None:
        self.text = text
        ends = list(_LINE_END.finditer(text))
        self.starts = [0, *(end.end() for end in ends)]
        self.stops = [*(end.start() for end in ends), len(text)]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1, of a code point."""
        row = bisect_right(self.starts, offset) - 1
        return row + 1, offset - self._first(row) + 1

    def _first(self, row: int) -> int:
        start = self.starts[row]
        return start + 1 if row == 0 and self.text.startswith("\ufeff") else start

    def marked(self, offset: int, length: int) -> list[str]:
        """Return the part of the line around a span, and below it marks under the span; safe to show."""
        from typetrainer.core.text import visible, width

        row = bisect_right(self.starts, offset) - 1
        first, stop = self._first(row), self.stops[row]
        end = min(offset + length, stop)
        low = max(first, offset - 30)
        if low > first and (blank := self.text.rfind(" ", first, low + 1)) > low - 15:
            low = blank + 1
        high = min(stop, max(end, low + _ROOM - 6), end + _ROOM)
        before = ("…" if low > first else "") + visible(self.text[low:offset].replace("\t", " "))
        inside = visible(self.text[offset:end].replace("\t", " "))
        after = visible(self.text[end:high].replace("\t", " ")) + ("…" if high < stop else "")
        return [before + inside + after, " " * width(before) + "^" * max(width(inside), 1)]


def _print(
    env: Environment, name: str, text: str, result: "CheckResult", judged: "Assessment", aside: "Aside",
    without: float | None,
) -> None:  # fmt: skip
    shown = "standard input" if name == "-" else name
    lines = Lines(text)
    for finding in result.findings or ():
        _print_finding(env, shown, lines, finding, aside=aside(finding.rule, finding.text, False))
    if result.findings is None:
        print_line(env, f"{shown}: language not checked")
    elif not result.findings:
        print_line(env, f"{shown}: nothing found in the language")
    else:
        kept = [finding for finding in result.findings if not aside(finding.rule, finding.text, False)]
        errors = sum(finding.severity == "error" for finding in kept)
        left = len(result.findings) - len(kept)
        said = f"{counted(errors, 'error')}, {counted(len(kept) - errors, 'note')}"
        print_line(env, f"{shown}: {said}{f', {left} set aside' if left else ''}")
    for line in readability_lines(result.readability):
        print_line(env, f"  {line}")
    from typetrainer.cli.judged import print_assessment

    print_assessment(env, judged, aside, without)


def _print_finding(env: Environment, shown: str, lines: Lines, finding: "Finding", *, aside: bool) -> None:
    row, column = lines.place(finding.offset)
    left = " (set aside)" if aside else ""
    print_line(env, f"{shown}:{row}:{column}: {finding.severity} {finding.rule}{left}")
    for line in lines.marked(finding.offset, finding.length):
        print_line(env, f"    {line}")
    print_wrapped(env, " ".join(finding.message.split()), indent="    ")
    if finding.replacements:
        print_wrapped(env, "better: " + " | ".join(finding.replacements), indent="    ")
    print_line(env)


def readability_lines(found: "Readability") -> list[str]:
    """Return what is said of a text's readability."""
    counts = f"{counted(found.words, 'word')} in {counted(found.sentences, 'sentence')}"
    mean = f"{found.words_per_sentence_mean:g} a sentence (aim for 20 or fewer)"
    lines = [f"{counts}, {mean}, the longest {found.words_per_sentence_max}"]
    if found.words_per_sentence_max > LONG_SENTENCE:
        lines.append(f"A sentence of over {LONG_SENTENCE} words is hard to follow: cut it in two.")
    if found.long_words:
        more = f" and {len(found.long_words) - 8} more" if len(found.long_words) > 8 else ""
        lines.append(f"long words: {', '.join(found.long_words[:8])}{more}")
    if found.flesch_reading_ease is not None and found.flesch_kincaid_grade is not None:
        lines.append(
            f"Flesch reading ease {found.flesch_reading_ease:.0f} of 100, "
            f"grade {found.flesch_kincaid_grade:.1f} (aim for 5 to 8)"
        )
    return lines
