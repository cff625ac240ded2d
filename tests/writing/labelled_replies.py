"""Facts in replies that nobody tuned to: refused where they were not conveyed, found where they were.

`python tests/writing/labelled_replies.py [SET]` prints the table by phenomenon, and with -v every wrong one.
"""

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from typetrainer.content.loader import Library
from typetrainer.content.model import Company
from typetrainer.content.written import WrittenItem
from typetrainer.core.stats import wilson
from typetrainer.paths import Paths
from typetrainer.writing.facts.match import Index, find
from typetrainer.writing.facts.reading import read
from typetrainer.writing.rubric.judging import claim_of

FOLDER = Path(__file__).parent / "labelled"
NOWHERE = Paths(*[Path("/nowhere")] * 4)
Row = tuple[str, str, str, bool, str]


@cache
def bank() -> Library:
    """Return the packs that come with the program: read once, for all sets."""
    return Library(NOWHERE)


@cache
def company_of(pack: str) -> Company:
    """Return the company of a pack: read once, too."""
    return bank().company(pack)


def judged(name: str) -> Iterator[Row]:
    """Yield item, fact, label, whether it was found, and the text, for all labels of a set."""
    library = bank()
    for reply in tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["reply"]:
        item = library.find(reply["item"])
        assert isinstance(item, WrittenItem)
        company = company_of(item.pack)
        month_first = library.pack(item.pack).language == "en-US"
        index = Index(read(reply["text"], month_first=month_first))
        facts: dict[str, Any] = {fact.id: fact for fact in item.facts}
        assert set(facts) == set(reply["facts"])
        for fact_id, label in reply["facts"].items():
            found = find(index, claim_of(facts[fact_id], company, month_first=month_first))
            yield item.full_id, fact_id, label, found.found, reply["text"]


def rates(rows: list[Row]) -> tuple[float, float, int, int]:
    """Return the shares of unconveyed facts refused and of conveyed ones found, and how many there were of each."""
    refused = [not found for _i, _f, label, found, _t in rows if label.startswith("-")]
    found_ = [found for _i, _f, label, found, _t in rows if label.startswith("+")]
    return sum(refused) / len(refused), sum(found_) / len(found_), len(refused), len(found_)


def main() -> None:
    names = [a for a in sys.argv[1:] if not a.startswith("-")] or sorted(path.stem for path in FOLDER.glob("*.toml"))
    rows = [row for name in names for row in judged(name)]
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for item, fact, label, found, text in rows:
        total[label] += 1
        right[label] += found == label.startswith("+")
        if "-v" in sys.argv and found != label.startswith("+"):
            print(f"{item} {fact} {label}\n    {text.strip()}")
    for label in sorted(total):
        print(f"{label:15} {right[label]:4} of {total[label]:4}  {100 * right[label] / total[label]:5.1f} %")
    refused, found_share, n, m = rates(rows)
    for what, share, count in (("refused", refused, n), ("found", found_share, m)):
        low, high = wilson(round(share * count), count)
        print(f"{what:15} {100 * share:5.1f} % of {count} (95 %: {100 * low:.1f} to {100 * high:.1f})")


if __name__ == "__main__":
    main()
