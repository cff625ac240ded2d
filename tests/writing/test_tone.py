"""The tone checklist on its cases (corpora/tone.toml) and on correct replies, which earn no reproach."""

import tomllib
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from typetrainer.writing.facts.match import Index
from typetrainer.writing.facts.reading import read
from typetrainer.writing.rubric.tone import CREDITED, CRITICAL, WARNED, look

CORPORA = Path(__file__).parent / "corpora"
UPSET = "angry"


@lru_cache(maxsize=1)
def cases() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in tomllib.loads((CORPORA / "tone.toml").read_text("utf-8"))["case"]:
        found[case["line"]].append(case)
    return found


@pytest.mark.parametrize("line", [each for each in (*CREDITED, *WARNED, *CRITICAL) if each != "name"])
def test_each_line_on_its_cases(line: str) -> None:
    mine = cases()[line]
    assert sum(case["met"] for case in mine) >= 10
    assert sum(not case["met"] for case in mine) >= 10
    wrong = [
        (case["met"], case["text"])
        for case in mine
        if bool(look(Index(read(case["text"])), line, mood=case.get("mood", UPSET))) is not case["met"]
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("text", "name", "met"),
    [
        ("Hello Mei-Ling, it is done.", "Mei-Ling Zhao", True),
        ("hello mei, it is done", "Mei-Ling Zhao", True),
        ("Dear Ms. Zhao, it is done.", "Mei-Ling Zhao", True),
        ("Hi Seán.", "Seán Ó Briain", True),
        ("Hello, it is done.", "Mei-Ling Zhao", False),
        ("Hello Annabel.", "Anna Bell", False),
        ("Meiling is a city.", "Mei-Ling Zhao", False),
        ("Dear customer", "Ann Lee", False),
        ("Thank you, Ann!", "Ann Lee", True),
        ("ANN, your order", "Ann Lee", True),
        ("That's all sorted, Mr Ó Briain.", "Seán Ó Briain", True),
        ("Hi Sean, it is on its way.", "Seán Ó Briain", True),
        ("Zoë’s order? It's yours, Zoë.", "Zoë Marchetti", True),
        ("Good morning Oluwaseun! I found it.", "Oluwaseun Adeyemi", True),
        ("We planned the visit for Monday.", "Ann Lee", False),
        ("The manager will leave early.", "Ann Lee", False),
        ("Please mark the box with a cross.", "Mark Jensen", False),
        ("It arrives in May.", "Maya Okonkwo", False),
        ("Hi Daniela, thank you.", "Dan Elamin", False),
        ("Your order is in the bag.", "Bagrat Petrosyan", False),
    ],
)
def test_the_name(text: str, name: str, met: bool) -> None:
    spans = look(Index(read(text)), "name", name=name)
    assert bool(spans) is met


def test_correct_replies_earn_no_reproach() -> None:
    """At most 2 % of 300 correct replies of several trades; the customer may be calm or not known."""
    replies = tomllib.loads((CORPORA / "correct.toml").read_text("utf-8"))["reply"]
    assert len(replies) == 300
    blamed = [
        (line, reply["text"])
        for reply in replies
        for line in (*WARNED, *CRITICAL)
        if look(Index(read(reply["text"], month_first=reply["language"] == "en-US")), line)
    ]
    assert len(blamed) <= 6, blamed
