"""The language checks measured: planted errors found, false alarms on correct replies and on learners' sentences.

`python tests/writing/language_table.py [-v]` prints one table with our rule pack and without it: the same LanguageTool
and the same filters (profile.py), only our rules and words left out. The corpora were written apart from the rules, so
whoever works on the rules runs it without -v, which tells what was missed. tests/writing/test_language.py asserts on
the same measure.
"""

import os
import shutil
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from typetrainer.core.stats import wilson
from typetrainer.paths import Paths
from typetrainer.writing.checker import Checker
from typetrainer.writing.findings import Finding
from typetrainer.writing.languagetool.install import FOLDER_VARIABLE, LIST_NAME, find

CORPORA = Path(__file__).parent / "corpora"


class Measured(NamedTuple):
    """What came of the corpora: hits by class, and the texts with alarms."""

    found: Counter[str]
    planted: Counter[str]
    missed: list[tuple[str, str]]
    alarms: list[tuple[str, list[Finding]]]
    replies: int
    learner_alarms: list[tuple[str, list[Finding]]]
    sentences: int


def corpus(name: str, key: str) -> list[dict[str, Any]]:
    """Return one of the corpora."""
    entries: list[dict[str, Any]] = tomllib.loads((CORPORA / f"{name}.toml").read_text("utf-8"))[key]
    return entries


def errors_of(checker: Checker, entries: Iterable[dict[str, Any]], key: str) -> list[list[Finding]]:
    """Return the errors (no style notes) found in each entry's text."""
    asked = [
        checker.check(entry[key], language=entry["language"], words=frozenset(entry.get("words", ())), timeout=600)
        for entry in entries
    ]
    results = [future.result() for future in asked]
    assert all(result.findings is not None for result in results), [r.reason for r in results if r.findings is None][:1]
    return [[f for f in result.findings or () if f.severity == "error"] for result in results]


def measured(checker: Checker) -> Measured:
    """Have all corpora checked."""
    planted, correct, learner = corpus("errors", "error"), corpus("correct", "reply"), corpus("learner", "sentence")
    found: Counter[str] = Counter()
    missed = []
    for entry, findings in zip(planted, errors_of(checker, planted, "wrong"), strict=True):
        at = entry["wrong"].find(entry["span"])
        if any(touches(finding, at, at + len(entry["span"])) for finding in findings):
            found[entry["class"]] += 1
        else:
            missed.append((entry["class"], entry["wrong"]))
    alarms = [(e["text"], f) for e, f in zip(correct, errors_of(checker, correct, "text"), strict=True) if f]
    learner_alarms = [(e["text"], f) for e, f in zip(learner, errors_of(checker, learner, "text"), strict=True) if f]
    return Measured(
        found, Counter(e["class"] for e in planted), missed, alarms, len(correct), learner_alarms, len(learner)
    )  # fmt: skip


def touches(finding: Finding, begin: int, end: int) -> bool:
    """Whether a finding lies on the words from `begin` to `end`, or beside them."""
    return finding.offset <= end + 1 and finding.offset + finding.length >= begin - 1


def bare_copy(folder: Path, parent: Path) -> Path:
    """Return a copy, below `parent`, of an install without our rules and words."""
    bare = parent / "languagetool"
    shutil.copytree(folder, bare, ignore=lambda at, _names: ["org"] if Path(at) == folder else [])
    # A list of its own makes it another install than this package's, whose rules are not renewed at each start.
    with (bare / LIST_NAME).open("a", encoding="utf-8") as file:
        file.write("# without our rules\n")
    return bare


def run(folder: Path, home: Path) -> Measured:
    """Have all corpora checked by the install in `folder`; `home` is where the checker keeps its things."""
    environ = {**os.environ, "TYPETRAINER_HOME": str(home), FOLDER_VARIABLE: str(folder)}
    checker = Checker(Paths.of(environ), environ)
    try:
        return measured(checker)
    finally:
        checker.close()


def share(hits: int, count: int) -> str:
    """Return a share as "97 of 150  64.7 % (57 to 72)", with its 95 % interval."""
    low, high = wilson(hits, count)
    return f"{hits:3} of {count:3} {100 * hits / count:5.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def table(ours: Measured, bare: Measured) -> list[str]:
    """Return the lines of the table: classes, then the totals with intervals."""
    lines = [f"{'':20} {'with our pack':31} without it"]
    lines += [
        f"{name:20} {f'{ours.found[name]:3} of {count:3}':31} {bare.found[name]:3} of {count:3}"
        for name, count in ours.planted.items()
    ]
    rows = (
        ("found", [(sum(one.found.values()), sum(one.planted.values())) for one in (ours, bare)]),
        ("false alarms", [(len(one.alarms), one.replies) for one in (ours, bare)]),
        ("learner alarms", [(len(one.learner_alarms), one.sentences) for one in (ours, bare)]),
    )
    return lines + [f"{what:20} {share(*first):31} {share(*second)}" for what, (first, second) in rows]


def main() -> None:
    """Print the table."""
    install = find(Paths.of(os.environ).cache)
    assert install is not None, "`typetrainer setup` first"
    with tempfile.TemporaryDirectory() as place:
        ours = run(install.folder, Path(place) / "ours")
        bare = run(bare_copy(install.folder, Path(place)), Path(place) / "bare")
    print("\n".join(table(ours, bare)))
    if "-v" in sys.argv:
        for name, text in ours.missed:
            print("MISSED", name, "|", text.replace("\n", "\\n"))
        for label, alarmed in (("ALARM", ours.alarms), ("LEARNER", ours.learner_alarms)):
            for text, findings in alarmed:
                print(label, [(f.rule, f.text) for f in findings], "|", text.replace("\n", "\\n")[:300])


if __name__ == "__main__":
    main()
