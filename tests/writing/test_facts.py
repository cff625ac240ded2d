"""The fact grammar: the page's worked examples, values, clauses, errors, and time that grows with the text only."""

import re
import time
from pathlib import Path

import pytest

from typetrainer.writing.facts.match import Claim, Index, Match, find
from typetrainer.writing.facts.pattern import PatternError, parse_way
from typetrainer.writing.facts.reading import read

PAGE = Path(__file__).parents[2] / "typetrainer" / "contracts" / "facts.md"


def worked() -> list[tuple[str, str, bool, str]]:
    rows = []
    for line in PAGE.read_text("utf-8").partition("## Worked")[2].splitlines():
        if line.startswith("| `"):
            way, text, mark, why = (c.strip().replace("\\|", "|") for c in re.split(r"(?<!\\)\|", line)[1:-1])
            rows.append((way.strip("`"), text.replace("⏎", "\n"), mark == "✓", why))
    return rows


def look(way: str, text: str, *, form: str = "tell", allow: tuple[str, ...] = (), within: int = 2) -> Match:
    return find(Index(read(text)), Claim((parse_way(way),), form, frozenset(allow), within))


def test_the_page_has_its_examples() -> None:
    assert len(worked()) >= 28


@pytest.mark.parametrize(("way", "text", "conveyed", "why"), worked())
def test_worked_example(way: str, text: str, conveyed: bool, why: str) -> None:
    found = look(way, text)
    assert found.found is conveyed, found.tried
    if not conveyed:
        assert found.why in why or why in found.why


VALUES = [
    ("twenty-five dollars", "money", (25.0, "$")),
    ("$1,200.50", "money", (1200.5, "$")),
    ("5 dollars and 40 cents", "money", (5.4, "$")),
    ("80p", "money", (0.8, "GBP")),
    ("forty pounds", "money", (40.0, "GBP")),
    ("€20", "money", (20.0, "EUR")),
    ("a hundred and ten", "number", (110.0,)),
    ("two thousand five hundred", "number", (2500.0,)),
    ("20 %", "percent", (20.0,)),
    ("twenty percent", "percent", (20.0,)),
    ("sixty minutes", "duration", ("s", 3600.0)),
    ("an hour", "duration", ("s", 3600)),
    ("half an hour", "duration", ("s", 1800.0)),
    ("an hour and a half", "duration", ("s", 5400.0)),
    ("three working days", "duration", ("bd", 3.0)),
    ("a year", "duration", ("mo", 12)),
    ("14-day", "duration", ("s", 1209600.0)),
    ("May 14", "date", (0, 5, 14)),
    ("14 May 2026", "date", (2026, 5, 14)),
    ("the 14th of May", "date", (0, 5, 14)),
    ("2026-05-14", "date", (2026, 5, 14)),
    ("twenty-first", "date", (0, 0, 21)),
    ("Thursday", "weekday", (3,)),
    ("8 AM", "time", (480, "24")),
    ("8 in the evening", "time", (1200, "24")),
    ("20:00", "time", (1200, "24")),
    ("half past 8", "time", (510, "")),
    ("noon", "time", (720, "24")),
    ("12 AM", "time", (0, "24")),
    ("8-10 AM", "range", ("time", 480, 600, "24")),
    ("7am to 11", "range", ("time", 420, 660, "24")),
    ("11am to 3", "range", ("time", 660, 900, "24")),
    ("5 to 7 PM", "range", ("time", 1020, 1140, "24")),
    ("11am to 3pm", "range", ("time", 660, 900, "24")),
    ("10-1 PM", "range", ("time", 600, 780, "24")),
    ("three pounds ninety-five", "money", (3.95, "GBP")),
    ("five dollars forty", "money", (5.4, "$")),
    ("a quarter of an hour", "duration", ("s", 900.0)),
    ("three quarters of an hour", "duration", ("s", 2700.0)),
    ("two or three working days", "range", ("duration", 2.0, 3.0, "bd")),
    ("five to seven days", "range", ("duration", 432000.0, 604800.0, "s")),
    ("1-2 weeks", "range", ("duration", 604800.0, 1209600.0, "s")),
    ("3-5 business days", "range", ("duration", 3.0, 5.0, "bd")),
    ("$5-$7", "range", ("money", 5.0, 7.0, "$")),
]


@pytest.mark.parametrize(("text", "kind", "data"), VALUES)
def test_value(text: str, kind: str, data: tuple[object, ...]) -> None:
    for around in ("{}", "It is {}.", "So, {}, as I said"):
        whole = around.format(text)
        found = [t for t in read(whole).tokens if t.kind == "value"]
        assert [(t.value.kind, t.value.data) for t in found if t.value] == [(kind, data)]
        assert whole[found[0].start : found[0].end] in (text, text.removeprefix("the "), text.removeprefix("a "))


@pytest.mark.parametrize(("text", "month_first", "day"), [("5/6", True, (0, 5, 6)), ("5/6", False, (0, 6, 5))])
def test_a_date_in_figures_is_read_as_the_pack_writes_it(text: str, month_first: bool, day: tuple[int, ...]) -> None:
    (token,) = read(text, month_first=month_first).tokens
    assert token.value is not None
    assert token.value.data == day


@pytest.mark.parametrize(
    "text",
    [
        "24/7",
        "May I ask",
        "you may choose",
        "he sat down",
        "one of them may be",
        "BP-48731-H",
        "Q40/50",
        "44/50",
        "99/1",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert not [t for t in read(text).tokens if t.value and t.value.kind in ("date", "weekday")]


FLAGS = [
    ("You don't pay postage, and delivery takes 7 to 10 working days.", "delivery", ""),
    ("You don't pay postage, and customs.", "customs", "negated"),
    ("It could be some kind of hold, but that's a guess.", "hold", "hedged"),
    ("We credit $25, but I'd have to get that confirmed.", "credit", "hedged"),
    ("Flight mode helps, though I honestly don't know if it stops that.", "helps", "hedged"),
    ("If that's easier, our van can bring it back.", "bring", ""),
    ("It goes away by itself, but only if you ask your bank.", "goes", "conditional"),
    ("Would you believe that the first one is free?", "free", ""),
    ("Nobody but our team can decide.", "decide", ""),
    ("It starts on 1 October and not today.", "starts", ""),
    ("It is only 2 km from where you stand.", "2 km", ""),
    ("If you call your bank and ask them, it goes away.", "goes", "conditional"),
    ("They might ring you, but I can't be sure.", "ring", "hedged"),
    ("It dno't leave today.", "leave", "negated"),
    ("It is fre untli Friday.", "free", ""),
    ("If that depot has it, our van can bring it back.", "bring", "conditional"),
    ("It stays so as long as you wish, provided that you write each day.", "stays", "conditional"),
    ("We can't refund it, but we can replace it.", "replace", ""),
    ("We can't refund it, but we can replace it.", "refund", "negated"),
    ("I don't think that we sent it.", "sent", "negated"),
    ("Instead of a refund I offer a replacement.", "refund", "negated"),
    ("Instead of a refund I offer a replacement.", "replacement", ""),
    ("No problem, I have booked it.", "booked", ""),
    ("Don't worry, it is refunded.", "refunded", ""),
    ("We may refund it.", "refund", "hedged"),
    ("You may choose a refund.", "choose", ""),
    ("Let me check if the van left.", "left", "hedged"),
    ("If it is broken, we refund it.", "broken", "conditional"),
    ("If it is broken, we refund it.", "refund", "conditional"),
    ("If you like, we refund it.", "refund", ""),
    ("Home 500 may cost $54 a month.", "$54", "hedged"),
    ("The credit could be $5.40.", "$5.40", "hedged"),
    ("A replacement could be with you on Friday.", "replacement", ""),
    ("Your two pillows may be returned.", "returned", ""),
    ("Today's no-show was due to the van.", "van", ""),
    ("The van had trouble and no one picked up.", "van", ""),
    ("So no. With Steady Rate it costs $40.", "$40", ""),
    ("We need a copy of the death certificat.", "certificate", ""),
    ("Would you please report it, since this is possible without a PIN?", "possible", ""),
    ("Is it okay for you that the money comes tomorrow?", "money", ""),
    ("Is it true that the money comes tomorrow?", "money", "asked"),
    ("Shall I book it, or is it true that it costs $5?", "$5", "asked"),
    ("You want £20 back.", "back", "reported"),
    ("I can switch your bills at no cost.", "switch", ""),
    ("Don't forget to send it back.", "send", ""),
    ("We never say if someone is a customer, and we share nothing.", "customer", "negated"),
    ("I took it to no. 16 yesterday.", "took", ""),
    ("The package wasn't checked in until June 9.", "June 9", "negated"),
    ("I'd have a phone ready, just in case.", "phone", ""),
    ("If it can't be found you choose between a replacement and a refund.", "choose", "conditional"),
    ("Should it turn out to be yours, we charge it.", "charge", "conditional"),
    ("Every full 24 hours without service is credited.", "credited", ""),
    ("Every full 24 hours without service is credited.", "service", "negated"),
    ("That is not possible because anyone could know it.", "know", ""),
    ("I'm telling him what you wrote about it.", "him", ""),
    ("Your lawyer may write to us.", "write", ""),
    ("You mentioned that the parcel is lost.", "lost", "reported"),
    ("As you mentioned, the parcel is lost.", "lost", ""),
    ("The parcel is lost, is that right?", "lost", ""),
    ("Is the parcel lost?", "lost", "asked"),
    ("is the parcel lost", "parcel", ""),
    ("It's lost, but I don't know where.", "lost", ""),
    ("Neither Monday nor Tuesday is free.", "Tuesday", "negated"),
    ("We have no slot on Monday, May 4, 8-10 AM.", "8-10 AM", "negated"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "why"), FLAGS)
def test_how_a_clause_is_said(text: str, word: str, why: str) -> None:
    found = look(word, text)
    assert (found.found, found.why) == (not why, why)


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("@nosuch", "names the sense @nosuch"),
        ("@fre & $5", "Did you mean @free?"),
        ("a & & b", "is not a term"),
        ("a||b", "empty alternative"),
        ("~fee", "names nothing that must be said"),
        ("#monney", "should be one of #number"),
        (" & ".join("abcdefghi"), "9 groups; 8 are allowed"),
        ("|".join(f"w{i}" for i in range(121)), "121 phrases; 120 are allowed"),
        ("x" * 61, "is longer than 60 characters"),
        ("one two three four five six seven eight nine ten " * 2, "should have 1 to 8 terms"),
        ("fee(s)", "is not a term"),
        ("", "empty alternative"),
    ],
)
def test_a_wrong_way_is_named(way: str, said: str) -> None:
    with pytest.raises(PatternError, match=re.escape(said)):
        parse_way(way)


HOSTILE = {
    "words": "a ", "codes": "1-A", "fives": "5-", "quotes": "'", "brackets": "($", "dots": "a.a", "not": "not ",
    "numbers": "twenty ", "money": "$25 credit ", "typos": "credti creidt ", "lines": "\n", "if": "if ",
    "and": "and 5 ",
    "letters": "a", "emoji": "🎉", "combining": "e\u0301", "controls": "\x00\x1b", "you": "you say that ", "at": "a@",
    "slashes": "1/2/", "commas": ",5", "cjk": "字",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_text_only(name: str) -> None:
    """Twice the text takes at most about twice as long: 40,000 characters against 10,000, compared in one run."""
    way = parse_way("$25 & credit|a|5|not ... a & -take off|if ... if|and & ?$12.50")
    claim = Claim((way, parse_way("a a a a a a a a"), parse_way("credit ... credit ... credit")))

    def seconds(size: int) -> float:
        text = (HOSTILE[name] * size)[:size]
        best = 1e9
        for _ in range(2):
            read.cache_clear()
            start = time.process_time()
            find(Index(read(text)), claim)
            best = min(best, time.process_time() - start)
        return best

    small, large = seconds(10_000), seconds(40_000)
    assert large < max(9 * small, 0.3)  # 4 for a straight line, 16 for a square


def test_a_number_before_to_and_money_is_no_range() -> None:
    kinds = [t.value.kind for t in read("It brings Home 300 to $40.00 a month.").tokens if t.value]
    assert kinds[:2] == ["number", "money"]


def test_a_second_time_is_no_second() -> None:
    assert not [t for t in read("You needn't tell it a second time.").tokens if t.value]


def test_a_negation_named_beside_a_negated_group_still_negates() -> None:
    assert look("-cancel & can not|no longer", "I can't cancel it any more.").found


@pytest.mark.parametrize(
    "text", ["2 weeks to", "Monday to", "8-", "between 5 and", "open from 8 to", "$", "A$", "half past", "an", "may"]
)
def test_a_text_may_break_off_anywhere(text: str) -> None:
    whole = f"We are open on the 14th of May, 8-10 AM, for $5 to {text}"
    for end in range(len(whole) + 1):
        assert read(whole[:end]).text == whole[:end]


def test_a_month_alone_is_any_day_of_it() -> None:
    assert look("July", "It is on the July 1 bill.").found
    assert not look("July 1", "It is on the July bill.").found
    assert not look("July", "It is due on the 28th.").found


def test_lines_of_a_list_are_sentences_when_they_end_like_one() -> None:
    assert len(read("- There is no fee.\n- You get $59.00 back.").sentences) == 2
