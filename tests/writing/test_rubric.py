"""The rubric: the page's table is the code's, its worked example comes out, and an assessment survives any text."""

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from typetrainer.content.loader import make_item
from typetrainer.content.model import Company
from typetrainer.content.written import WrittenItem
from typetrainer.writing.findings import Finding
from typetrainer.writing.readability import measure
from typetrainer.writing.result import CheckResult
from typetrainer.writing.rubric.assess import assess
from typetrainer.writing.rubric.assessment import Assessment
from typetrainer.writing.rubric.checks import BY_ID, CHECKS, CRITICAL
from typetrainer.writing.rubric.judging import Answer

PAGE = (Path(__file__).parents[2] / "typetrainer" / "contracts" / "scoring.md").read_text("utf-8")
COMPANY = Company("Brook Energy", "energy", "about", "GBP", "9-5", (), "calm", (), (), ())
FACT = {"conveys": ["a", "b", "c"], "not_conveys": ["d", "e", "f"]}
RAW: dict[str, Any] = {
    "id": "missed", "title": "Missed", "tags": ["angry"], "words": ["Okafor"],
    "customer": {"name": "Daniel Okafor", "verified": False},
    "message": "Nobody came today. I took a day off work for this. What are you going to do about it?",
    "know": ["The van broke down"], "band_s": 100, "model": "m", "mood": "angry", "fault": "ours",
    "fact": [
        {"id": "cause", "says": "The van broke down.", "match": ["van & break down"], **FACT},
        {"id": "credit", "says": "He gets a credit of $25.", "match": ["$25 & credit"], **FACT},
        {"id": "slot", "says": "Free is May 14, 8-10 AM.", "match": ["May 14 & 8-10 AM"], "form": "offer", **FACT},
        {"id": "call", "says": "The lead calls an hour before.", "match": ["call & 1 hour"], **FACT},
    ],
    "step": [
        {"id": "verify", "says": "Verify first.", "match": ["link & verify"], "form": "any", "before": ["credit"],
         **FACT},
        {"id": "choice", "says": "Ask whether it suits.", "match": ["suit"], "form": "ask", **FACT},
    ],
    "must_not": [
        {"id": "fifty", "says": "Do not say that it is $50.", "kind": "claim", "match": ["$50"], **FACT},
        {"id": "never", "says": "Do not promise it won't happen again.", "kind": "promise",
         "match": ["-happen again"], **FACT},
        {"id": "acted", "says": "Do not act before verifying.", "kind": "verification", "unless": "verify",
         "match": ["$25 & credit"], **FACT},
        {"id": "wife", "says": "Do not share his wife's data.", "kind": "data", "match": ["wife & address"], **FACT},
    ],
}  # fmt: skip
GOOD = (
    "Hello Daniel, I'm sorry; a day off work for nothing is more than annoying. Today our van broke down. I've sent "
    "you a link to verify that it's you. After that there is a credit of $25 on your account. We can come on May 14, "
    "between 8 and 10 AM, and our lead will call an hour before. Would that suit you?"
)


def item(kind: str = "reply", **changes: Any) -> WrittenItem:
    raw = {key: value for key, value in (RAW | changes).items() if value is not None}
    made = make_item("brook", kind, raw)  # type: ignore[arg-type]
    assert isinstance(made, WrittenItem)
    return made


def checked(text: str, errors: int | None = 0) -> CheckResult:
    found = None if errors is None else tuple(
        Finding("RULE", "GRAMMAR", "message", 0, 1, text[:1], (), "error") for _ in range(errors)
    )  # fmt: skip
    return CheckResult(None, found, measure(text))


def judge(text: str, errors: int | None = 0, made: WrittenItem | None = None, **answer: Any) -> Assessment:
    return assess(Answer(text, **answer), checked(text, errors), made or item(), COMPANY)


def test_the_pages_table_is_the_codes() -> None:
    rows = {}
    for line in PAGE.partition("## Checks")[2].partition("## Critical")[0].splitlines():
        if line.startswith("| `"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            rows[cells[0].strip("`")] = (cells[1], cells[2])
    assert rows == {c.id: (c.criterion, f"{c.points:g}{' shared' if c.shared else ''}") for c in CHECKS}
    caps = re.findall(r"^\| `(\w+)` \| (\d+) \|", PAGE.partition("## Critical")[2], re.MULTILINE)
    assert {name: float(cap) for name, cap in caps} == {row.id: row.cap for row in CRITICAL.values()}


def test_the_worked_example() -> None:
    text = (
        "Hello Daniel, I'm sorry; a whole day off work for nothing is more than annoying. Today our van broke down on "
        "the way to you. I have sent you a link to your phone, so that you can verify that it is really you. After "
        "that there is a credit of $25 on your account. We can come on May 14, between 8 and 10 AM in the morning. "
        "Would that suit you well, or is another day better for you, please?"
    )
    result = judge(text, errors=1)
    assert result.parts["solution"].points == 22.5
    assert result.parts["solution"].of == 30
    assert (result.parts["process"].points, result.parts["process"].of) == (15, 15)
    assert (result.parts["clarity"].points, result.parts["clarity"].of) == (10, 10)
    words = measure(text).words
    assert result.parts["language"].points == pytest.approx(15 - 3 * 60 / words)
    assert (result.parts["tone"].points, result.parts["tone"].of) == (14, 15)
    assert (result.parts["closing"].points, result.parts["closing"].of) == (3, 3)
    total = sum(part.points for part in result.parts.values())
    assert result.score == round(100 * total / 88, 1)
    assert not result.partial
    assert "15 − 3 · 60/80 = 12.75" in PAGE


def test_every_point_names_its_words_or_its_reason() -> None:
    result = judge(GOOD, errors=2, seconds=80.0)
    for part in result.parts.values():
        for evidence in part.evidence:
            assert evidence.message
            assert BY_ID.get(evidence.rule.partition(".")[0]) is not None
            if (
                evidence.offset is not None
                and evidence.length is not None
                and not evidence.rule.startswith("language.")
            ):
                assert GOOD[evidence.offset : evidence.offset + evidence.length] == evidence.text
        assert 0 <= part.points <= part.of + 1e-9
    assert result.score is not None
    assert result.score > 90


@pytest.mark.parametrize(
    ("text", "cap", "name"),
    [
        ("It will not happen again.", 20, "promise"),
        ("Your wife's address is 5 Elm Street.", 0, "data"),
        ("Please send me your PIN.", 0, "secret"),
        ("You are such an idiot.", 40, "abuse"),
    ],
)
def test_a_critical_finding_caps_the_score_and_says_so(text: str, cap: float, name: str) -> None:
    result = judge(f"{GOOD} {text}")
    assert [each.id for each in result.critical] == [name]
    assert result.score == cap
    assert f"At most {cap:g}" in result.reason
    if name in ("promise", "verification", "data"):  # no praise for claiming nothing
        assert [e.points for e in result.parts["process"].evidence if e.rule == "claim"] == [0]


def test_acting_before_verifying_is_critical_and_after_it_is_not() -> None:
    assert not judge(GOOD).critical
    early = GOOD.replace(" I've sent you a link to verify that it's you.", "")
    assert [each.id for each in judge(early).critical] == ["verification"]
    late = early + " I've sent you a link to verify that it's you."
    result = judge(late)
    assert [each.id for each in result.critical] == ["verification"]
    assert any(e.rule == "step.verify" and e.points == 5.5 / 2 for e in result.parts["process"].evidence)


def test_a_wrong_claim_costs_the_claims_points_only() -> None:
    before, after = judge(GOOD), judge(f"{GOOD} The credit is $50.")
    assert before.parts["process"].points - after.parts["process"].points == 4
    assert not after.critical


def test_what_was_not_checked_leaves_the_sum_and_is_said() -> None:
    full, without = judge(GOOD), judge(GOOD, errors=None)
    assert without.partial
    assert not full.partial
    assert "language" not in without.parts
    assert without.score is not None


def test_a_fact_without_a_pattern_is_not_checked() -> None:
    facts = [{key: value for key, value in RAW["fact"][0].items() if key != "match"}, *RAW["fact"][1:]]
    result = judge(GOOD, made=item(fact=facts))
    assert result.facts[0].conveyed is None
    assert result.partial
    assert result.parts["solution"].of == 22.5


def test_an_empty_answer_and_the_customers_own_message_score_nothing() -> None:
    for text in ("", "   \n", "...", "🎉🎉", str(RAW["message"]), f"Hi. {RAW['message']}"):
        result = judge(text)
        assert result.score == 0
        assert result.reason
        assert not any(fact.conveyed for fact in result.facts)


def test_speed_counts_up_to_the_band_and_falls_after_it() -> None:
    points = {s: judge(GOOD, seconds=float(s)).parts["responsiveness"].points for s in (5, 100, 150, 200, 300, 900)}
    assert points == {5: 10, 100: 10, 150: 7.5, 200: 5, 300: 0, 900: 0}


def test_weights_change_the_sum_and_never_the_evidence() -> None:
    text, own = GOOD, COMPANY._replace(weights=(("tone", 30), ("closing", 0)))
    before = assess(Answer(text), checked(text), item(), COMPANY)
    after = assess(Answer(text), checked(text), item(), own)
    assert after.parts["tone"].of == 2 * before.parts["tone"].of
    assert after.parts["closing"].of == 0
    assert [e.message for e in after.parts["tone"].evidence] == [e.message for e in before.parts["tone"].evidence]


def test_the_same_text_gives_the_same_bytes_and_json_reads_back() -> None:
    first, second = (json.dumps(judge(GOOD, errors=1).to_json()) for _ in range(2))
    assert first == second
    assert json.dumps(Assessment.from_json(json.loads(first)).to_json()) == first


def test_without_an_item_only_clarity_and_tone_are_told() -> None:
    result = assess(Answer("You should have read the terms!!!"), checked("You should have read the terms!!!"))
    assert (result.item, result.score, set(result.parts)) == (None, None, {"clarity"})
    assert {"tone-blame", "tone-exclamation"} <= {line.check for line in result.tone}


SURVIVE = {
    "long": GOOD * 130, "emoji": "🎉 🙂 👍🏽 " * 40, "controls": "\x00\x1b[31m\x07 " * 30 + "text",
    "cjk": "我们会退款给您。" * 60,
    "polish": "Dzień dobry, bardzo przepraszam za kłopot z wizytą technika. " * 10,
    "arabic": "شكرا لك على انتظارك " * 20,
    "one word": "ok", "no end": "a" * 40_000, "lines": "\n\n\n" * 200 + "x", "numbers": "1 2 3 4 5 " * 400,
    "marks": "!?.,;:-()" * 400, "combining": "e\u0301" * 2000,
    "rtl": "\u202eabc\u202c " * 50, "quotes": "\"'“”‘’" * 300,
}  # fmt: skip


@pytest.mark.parametrize("name", SURVIVE)
@pytest.mark.parametrize("errors", [None, 0])
def test_it_survives_any_text(name: str, errors: int | None) -> None:
    text = SURVIVE[name]
    result = judge(text, errors)
    assert result.score is None or 0 <= result.score <= 100
    json.dumps(result.to_json())


def test_it_survives_pieces_of_itself() -> None:
    """A reply broken off anywhere, and shuffled, is judged without an error."""
    chance = random.Random(4)
    words = GOOD.split()
    for end in range(0, len(GOOD), 7):
        judge(GOOD[:end])
    for _ in range(60):
        chance.shuffle(words)
        judge(" ".join(words))


@pytest.mark.parametrize(
    ("answer", "points"),
    [({"action": "escalate", "tier": "tier-2"}, 30), ({"action": "escalate", "tier": "tier-3"}, 25),
     ({"action": "reply"}, 10)],
)  # fmt: skip
def test_triage(answer: dict[str, str], points: float) -> None:
    fact = [{"id": "why", "says": "It is a fee.", "match": ["fee"], **FACT}]
    made = item("triage", fact=fact, step=None, must_not=None, action="escalate", tier="tier-2", why="Because.",
                mood=None, fault=None)  # fmt: skip
    result = judge("The fee is beyond my limit.", made=made, **answer)
    assert (result.parts["solution"].points, result.parts["solution"].of) == (points, 30)
    assert set(result.parts) == {"solution"}


def test_search_wants_the_article() -> None:
    made = item("search", article="visits", accept=["moves"], step=None, must_not=None)
    for chosen, points in (("visits", 10), ("moves", 10), ("bills", 0)):
        result = judge(GOOD, made=made, article=chosen)
        assert next(e for e in result.parts["solution"].evidence if e.rule == "source").points == points
    assert result.parts["solution"].of == 30


def test_a_note_is_short_and_private() -> None:
    facts = [{"id": "issue", "says": "No visit.", "part": "issue", "match": ["visit"], **FACT}]
    forbidden = [{"id": "rude", "says": "Leave opinions out.", "kind": "claim", "match": ["rude"], **FACT}]
    made = item("note", fact=facts, must_not=forbidden, step=None, mood=None, fault=None, message=None, max_words=10,
                transcript=["Daniel: Nobody came."])  # fmt: skip
    short, long = (
        judge("Missed visit. Booked a new one.", made=made),
        judge("Missed visit. " + "More words. " * 8, made=made),
    )
    assert short.parts["clarity"].points == 5
    assert long.parts["clarity"].points == 0
    assert judge("Missed visit. The customer was rude.", made=made).parts["process"].points == 0
    assert "tone" not in short.parts


def test_a_fix_mends_its_flaws() -> None:
    flaws = [
        {"id": "blame", "says": "It blames.", "check": "tone-blame"},
        {"id": "wrong", "says": "It says $50.", "match": ["$50"], "still": ["a", "b", "c"], "mended": ["d", "e", "f"]},
    ]
    made = item("fix", poor="You should have read the terms. You get $50.", flaw=flaws, step=None, must_not=None)
    assert judge(GOOD, made=made).parts["process"].points == 15
    assert judge(f"{GOOD} You should have read the terms. You get $50.", made=made).parts["process"].points == 0


def test_an_article_keeps_its_order_and_is_found() -> None:
    facts = [{"id": name, "says": name, "match": [name], **FACT} for name in ("unplug", "wait", "press")]
    made = item("article", fact=facts, step=None, must_not=None, mood=None, fault=None, message=None, customer=None,
                max_words=80, order=["unplug", "wait", "press"],
                questions=["router restart", "restart hub", "no wifi"])  # fmt: skip
    right = "# Restart the router\nUnplug it. Wait. Press the button."
    wrong = "# Good to know\nPress the button. Wait. Unplug it."
    rules = lambda text: {e.rule: e.points for e in judge(text, made=made).parts["process"].evidence}  # noqa: E731
    assert rules(right) == {"order": 5, "findable": 5}
    assert rules(wrong) == {"order": 0, "findable": 0}
    assert rules("# Restart the router\nUnplug it.") == {"findable": 5}, "one fact is in no order"
