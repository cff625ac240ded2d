"""Names, products, varieties and layout: what is filtered without asking a server."""

import pytest

from typetrainer.writing.findings import Finding, keep, severity_of
from typetrainer.writing.languagetool.profile import in_case, is_name, layout_explains, other_variety


def found(text: str, part: str, *replacements: str, rule: str = "MORFOLOGIK_RULE_EN_US", message: str = "m") -> Finding:
    return Finding(rule, "TYPOS", message, text.index(part), len(part), part, replacements, "error")


@pytest.mark.parametrize(
    ("text", "word", "replacements", "name"),
    [
        ("Hi Thabo, how are you?", "Thabo", ("That", "Their"), True),
        ("Hi Sundar, how are you?", "Sundar", ("Sunday",), True),
        ("I asked Oluwaseun about it.", "Oluwaseun", (), True),
        ("Chidi, your parcel is here.", "Chidi", ("Chide",), True),
        ("Okafor called.", "Okafor", ("Orator",), True),
        ("Kind regards,\nIfeoma", "Ifeoma", ("FEMA",), True),
        ("The BrightHub is here.", "BrightHub", ("Bright Hub",), True),
        ("Your eSIMx is here.", "eSIMx", (), True),
        ("The ZEFYR is here.", "ZEFYR", ("ZEPHYR",), True),
        ("Ask O'Brienne's team.", "O'Brienne's", (), True),
        ("The questoin is clear.", "questoin", ("question",), False),
        ("Recieved it today.", "Recieved", ("Received",), False),
        ("Unfortunatly, we are closed.", "Unfortunatly", ("Unfortunately",), False),
        ("It comes on Wendesday.", "Wendesday", ("Wednesday",), False),
        ("Open the Setings page.", "Setings", ("Settings",), False),
        ("PLEASE CHEKC THE BOX", "CHEKC", ("CHECK",), False),
        ("We know THiss now.", "THiss", ("This",), False),
        ("Thnks", "Thnks", ("Thanks",), False),
    ],
)
def test_names(text: str, word: str, replacements: tuple[str, ...], name: bool) -> None:
    one = found(text, word, *replacements)
    assert is_name(text, one.offset, one.length, replacements) is name
    assert (keep([one], text) == ()) is name


@pytest.mark.parametrize(
    ("word", "message", "other"),
    [
        ("colour", "Possible spelling mistake. ‘colour’ is British English.", True),
        ("favor", "Possible spelling mistake. 'favor' is American English.", True),
        ("canceled", "Did you mean cancelled, the past tense form of the verb 'cancel'?", True),
        ("Labelled", "Possible spelling mistake found.", True),
        ("controled", "Possible spelling mistake found.", False),
        ("colur", "Possible spelling mistake found.", False),
    ],
)
def test_varieties(word: str, message: str, other: bool) -> None:
    assert other_variety(word, message) is other
    text = f"It is {word} here."
    assert (keep([found(text, word, message=message)], text) == ()) is other


def test_a_name_may_lack_its_accent() -> None:
    text = "I asked Beyonce about it."
    assert keep([found(text, "Beyonce", "Beyoncé", rule="EN_DIACRITICS_REPLACE_ORTHOGRAPHY_BEYONCE")], text) == ()


@pytest.mark.parametrize(
    ("text", "part", "rule", "explained"),
    [
        ("Please try:\n- restart the router again", "again", "TT_END_MARK", True),
        ("1. You restart the router", "router", "TT_END_MARK", True),
        ("You can choose what you like\n\n- the first", "like", "TT_END_MARK", True),
        ("I have checked it.\nThanks again", "again", "TT_END_MARK", True),
        ("You can see it in guide.pdf", "pdf", "TT_END_MARK", True),
        ("I have sent it to you today", "today", "TT_END_MARK", False),
        ("Try this:\n1. Restart it.\n\nThen I can look at it", "it", "OTHER", False),
        ("Hi Sarah\nhow are you?", "Sarah\nhow", "TT_VOCATIVE_COMMA", True),
        ("Hi Sarah how are you?", "Sarah how", "TT_VOCATIVE_COMMA", False),
        ('Press "restart router" now.', "router", "TT_MISSING_ARTICLE", True),
        ("Press “restart router” now.", "router", "TT_MISSING_ARTICLE", True),
        ('The "old" one: restart router, "please".', "router", "TT_MISSING_ARTICLE", False),
    ],
)
def test_layout(text: str, part: str, rule: str, explained: bool) -> None:
    assert layout_explains(rule, text, text.index(part), len(part)) is explained


def test_severities_of_a_chat() -> None:
    assert severity_of("TYPOGRAPHY", "typographical", "SPURIOUS_APOSTROPHE") == "error"
    assert severity_of("AMERICAN_ENGLISH", "locale-violation", "TAKE_A_LOOK") == "style"
    assert severity_of("PUNCTUATION", "uncategorized", "MISSING_COMMA_WITH_NNP") == "style"
    assert severity_of("COMPOUNDING", "misspelling", "UP_TO_DATE_HYPHEN") == "style"
    assert severity_of("TYPOS", "misspelling", "EN_DIACRITICS_REPLACE_ORTHOGRAPHY_MATINEE") == "style"
    assert severity_of("CASING", "typographical", "TURKEY") == "style"
    assert severity_of("COMPOUNDING", "misspelling", "EVERY_BODY") == "error"


@pytest.mark.parametrize(
    ("text", "part", "kept"),
    [
        ("I asked the claims manager.", "claims", False),
        ("It is in the arrivals hall.", "arrivals", False),
        ("It is a customers order.", "customers", True),
        ("Yesterdays delivery was late.", "Yesterdays", True),
    ],
)
def test_a_plural_may_say_which_kind(text: str, part: str, kept: bool) -> None:
    assert bool(keep([found(text, part, rule="POSSESSIVE_APOSTROPHE")], text)) is kept


@pytest.mark.parametrize(
    ("replacement", "text", "right"),
    [
        ("The parcel", "parcel", "the parcel"),
        ("A photo", "photo", "a photo"),
        ("The parcel", "Parcel", "The parcel"),
        (". It", ", it", ". It"),
        ("I am", "i", "I am"),
        ("PDFs", "pdf's", "PDFs"),
    ],
)
def test_a_suggestion_keeps_the_capital_of_what_it_replaces(replacement: str, text: str, right: str) -> None:
    assert in_case(replacement, text) == right
