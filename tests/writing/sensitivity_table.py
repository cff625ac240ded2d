"""What one change to a reply does to its score: its own criterion falls, the others hold; a harmless one moves none.

For every reply item the replies are made from the item's own examples (sensitivity.py).
`python tests/writing/sensitivity_table.py` prints what is wrong until it can be asserted.
"""

import os
from functools import lru_cache
from pathlib import Path

from sensitivity import Change, base_reply, changes, said_once, sentences_of

from typetrainer.content.loader import Library
from typetrainer.content.written import WrittenItem
from typetrainer.paths import Paths
from typetrainer.writing.checker import Checker
from typetrainer.writing.rubric.assess import assess
from typetrainer.writing.rubric.assessment import Assessment
from typetrainer.writing.rubric.judging import Answer

LIBRARY = Library(Paths(*[Path("/nowhere")] * 4))
ANOTHER_NAME = "Oluwaseun Adeyemi"
HOLDS = 1.0  # points that another criterion may move
HARMLESS = 2.0  # points of the score that a harmless change may move


@lru_cache(maxsize=1)
def replies() -> tuple[WrittenItem, ...]:
    """All reply items of the packs that are made to be a proving ground."""
    items = [item for pack in ("brightpath", "kettlewick") for item in LIBRARY.items("reply", pack)]
    return tuple(item for item in items if isinstance(item, WrittenItem))


def judged(checker: Checker, item: WrittenItem, text: str) -> Assessment:
    company, language = LIBRARY.company(item.pack), LIBRARY.pack(item.pack).language
    words = frozenset([*item.words, *item.customer.name.split(), *company.words, *ANOTHER_NAME.split()])
    found = checker.check(text, language=language, words=words).result(timeout=100)
    assert found.findings is not None, found.reason
    return assess(Answer(text), found, item, company, language=language)


def against(change: Change, before: Assessment, after: Assessment) -> str:
    """Return what is wrong with how the scores moved, empty when nothing is."""
    if change.lowers is None:
        assert before.score is not None
        assert after.score is not None
        moved = abs(before.score - after.score)
        return f"the score moves by {moved:.1f}" if moved > HARMLESS else ""
    fell = {name: before.parts[name].points - after.parts[name].points for name in before.parts if name in after.parts}
    if not fell[change.lowers] > 0:
        return f"{change.lowers} does not fall"
    others = {name: round(by, 2) for name, by in fell.items() if name != change.lowers and abs(by) > HOLDS + 1e-9}
    return f"others move: {others}" if others else ""


def main() -> None:
    """Print what is wrong with each item, and how many changes moved what they should."""
    checker = Checker(Paths.of(os.environ), os.environ)
    made = right = 0
    try:
        for item in replies():
            company = LIBRARY.company(item.pack)
            facts, steps = sentences_of(item, company, month_first=LIBRARY.pack(item.pack).language == "en-US")
            base = judged(checker, item, base_reply(item, facts, steps))
            for change in changes(item, facts, steps, said_once(item, company, facts, steps)):
                problem = against(change, base, judged(checker, change.item, change.text))
                made, right = made + 1, right + (not problem)
                if problem:
                    print(f"{item.full_id} {change.name}: {problem}")
    finally:
        checker.close()
    print(f"{right} of {made} changes move what they should")


if __name__ == "__main__":
    main()
