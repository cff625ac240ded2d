"""Values as people of several countries write them."""

import pytest

from typetrainer.writing.facts.tokens import scan, tokenize

AM, PM = 0, 12 * 60


def values(text: str, *, month_first: bool = True) -> list[tuple[object, ...]]:
    tokens = tokenize(scan(text), month_first=month_first)
    return [(token.value.kind, *token.value.data) for token in tokens if token.value is not None]


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("at 11.40", 11 * 60 + 40),
        ("It arrives at 13.42 in your street.", 13 * 60 + 42),
        ("open until 9.30", 9 * 60 + 30),
        ("7.30 in the morning", 7 * 60 + 30),
        ("10.45 tonight", PM + 10 * 60 + 45),
        ("8.45 this evening", PM + 8 * 60 + 45),
        ("4.45 in the afternoon", PM + 4 * 60 + 45),
        ("two o'clock this afternoon", PM + 2 * 60),
        ("8.30pm", PM + 8 * 60 + 30),
        ("10 tomorrow morning", AM + 10 * 60),
        ("twenty to three in the afternoon", PM + 2 * 60 + 40),
        ("five past four pm", PM + 4 * 60 + 5),
        ("twenty-five to six this evening", PM + 5 * 60 + 35),
        ("at ten to nine in the morning", 8 * 60 + 50),
    ],
)
def test_times_with_a_dot_and_parts_of_the_day(text: str, minute: int) -> None:
    assert [(each[0], each[1]) for each in values(text)] == [("time", minute)]


@pytest.mark.parametrize("text", ["five to seven days", "twenty to thirty minutes", "ten to twelve of them"])
def test_a_range_in_words_is_no_time(text: str) -> None:
    assert [each[0] for each in values(text)] == ["range"]


@pytest.mark.parametrize(
    "text", ["reduced by 12.50", "at 12.50 %", "at 4.50 euros each", "at 3.75 per cent", "version 9.30", "at 1.255"]
)
def test_a_number_with_a_dot_is_no_time(text: str) -> None:
    assert "time" not in [each[0] for each in values(text)]


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("Rs 130", 130, "INR"),
        ("Rs. 130", 130, "INR"),
        ("Rs.130/-", 130, "INR"),
        ("INR 1,25,000", 125_000, "INR"),
        ("₹1,25,000.50", 125_000.5, "INR"),
        ("₹1,250", 1250, "INR"),
        ("one lakh twenty-five thousand rupees", 125_000, "INR"),
        ("twenty-five quid", 25, "GBP"),
        ("$1,250,000", 1_250_000, "$"),
    ],
)
def test_money_of_several_countries(text: str, amount: float, currency: str) -> None:
    assert values(text) == [("money", amount, currency)]


def test_the_rest_of_the_day_stays_a_word() -> None:
    tokens = tokenize(scan("We call at 8.45 this evening."), month_first=False)
    assert [token.low for token in tokens] == ["we", "call", "at", "#time", "this", "evening", "."]


def test_rs_ends_no_sentence() -> None:
    from typetrainer.writing.facts.reading import read

    assert len(read("We refund Rs. 130 to your wallet. It takes a day.", month_first=False).sentences) == 2


def test_a_day_of_every_week() -> None:
    assert values("We are closed on Sundays.") == [("weekday", 6)]
