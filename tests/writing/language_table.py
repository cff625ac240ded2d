"""The language checks measured: planted errors found, false alarms on correct replies and on learners' sentences.

`python tests/writing/language_table.py [-v]` prints the table beside LanguageTool without our rules and profile; the
corpora were written apart from the rules. `measured` is what tests/writing/test_language.py asserts on.
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
from typetrainer.writing.languagetool.install import FOLDER_VARIABLE, find

CORPORA = Path(__file__).parent / "corpora"
OWN_RULE = "TT_"


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
        if any(_touches(entry, finding) for finding in findings):
            found[entry["class"]] += 1
        else:
            missed.append((entry["class"], entry["wrong"]))
    alarms = [(e["text"], f) for e, f in zip(correct, errors_of(checker, correct, "text"), strict=True) if f]
    learner_alarms = [(e["text"], f) for e, f in zip(learner, errors_of(checker, learner, "text"), strict=True) if f]
    return Measured(
        found, Counter(e["class"] for e in planted), missed, alarms, len(correct), learner_alarms, len(learner)
    )  # fmt: skip


def _touches(entry: dict[str, Any], finding: Finding) -> bool:
    """Whether a finding lies on the planted words, or beside them."""
    at = entry["wrong"].find(entry["span"])
    return finding.offset <= at + len(entry["span"]) + 1 and finding.offset + finding.length >= at - 1


def _bare(folder: Path) -> Path:
    """Return a copy of an install without our rules and words."""
    bare = Path(tempfile.mkdtemp()) / "languagetool"
    shutil.copytree(folder, bare)
    shutil.rmtree(bare / "org", ignore_errors=True)
    return bare


def _run(folder: Path | None, home: str) -> Measured:
    environ = {**os.environ, "TYPETRAINER_HOME": home}
    if folder is not None:
        environ[FOLDER_VARIABLE] = str(folder)
    checker = Checker(Paths.of(environ), environ)
    try:
        return measured(checker)
    finally:
        checker.close()


def main() -> None:
    """Print the table."""
    install = find(Paths.of(os.environ).cache)
    assert install is not None, "`typetrainer setup` first"
    with tempfile.TemporaryDirectory() as home:
        ours = _run(install.folder, home)
    total = sum(ours.planted.values())
    for name in ours.planted:
        print(f"{name:20} {ours.found[name]:3} of {ours.planted[name]:3}")
    for what, hits, count in (
        ("found", sum(ours.found.values()), total),
        ("false alarms", len(ours.alarms), ours.replies),
        ("learner alarms", len(ours.learner_alarms), ours.sentences),
        ("  by our rules only", sum(all(f.rule.startswith(OWN_RULE) for f in fs) for _t, fs in ours.learner_alarms),
         ours.sentences),
    ):  # fmt: skip
        low, high = wilson(hits, count)
        print(f"{what:20} {hits:3} of {count:3}: {100 * hits / count:.1f} % ({100 * low:.1f} to {100 * high:.1f})")
    if "-v" in sys.argv:
        for name, text in ours.missed:
            print("MISSED", name, "|", text.replace("\n", "\\n"))
        for label, rows in (("ALARM", ours.alarms), ("LEARNER", ours.learner_alarms)):
            for text, findings in rows:
                print(label, [(f.rule, f.text) for f in findings], "|", text.replace("\n", "\\n")[:300])


if __name__ == "__main__":
    main()
