"""What a chat takes for granted and LanguageTool does not know: names, products, both spellings, lists, signatures.

Every question here is answered from the text and the finding alone, so the same text keeps the same findings.
"""

import re

PACK = "TT_"
_MIN_NAME = 3
_LONG_WORD = 8
# A capital in the middle of a sentence is a name's, unless the word is one of these with a slip.
_COMMON = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april august september october
    november december english british american america england germany france australia canada europe google
    account accounts address agent answer balance billing business cancel cancelled card center centre charge chat
    check computer contact continue customer customers customer's delivery department device discount download email
    error hello help however information internet invoice issue item items learn login manager message minutes mobile
    monthly morning network number online option options order orders package parcel password payment payments phone
    please plan problem product products profile receipt refund regards remove replace report request reset restart
    return router sale save screen search security select send service services settings shipping shop sorry status
    store submit subscription support system team technical terms thank thanks ticket today tomorrow total track
    tracking transfer upgrade update user website welcome window yesterday your
    absolutely actually additionally also alternatively although certainly currently finally firstly fortunately
    furthermore good great hopefully lastly luckily meanwhile okay otherwise perfect really regarding secondly sincerely
    sure therefore unfortunately usually
    """.split()
)
# Who owns things: "the customers order" lacks an apostrophe. Any other plural says which kind ("the claims manager").
_OWNERS = frozenset(
    """
    agents applicants authors babies banks boys brothers buyers callers cats children clients colleagues companys cooks
    couriers cousins customers daughters dentists developers directors doctors dogs drivers employees employers
    engineers fathers friends girls grandmothers guests husbands installers kids landlords managers manufacturers
    mechanics mothers neighbors neighbours nurses officers owners parents passengers patients persons pharmacists
    plumbers receptionists recipients retailers sellers senders shoppers sisters sons students subscribers suppliers
    surveyors teachers technicians tenants travellers tutors uncles vets waiters wifes
    months todays tomorrows tonights weeks years yesterdays
    """.split()
)
_VARIETY = re.compile(r"\W is (American|British|Canadian|Australian|New Zealand|South African) English\b")
_DOUBLED = re.compile(
    r"(cancel|channel|counsel|dial|equal|fuel|initial|label|level|model|parcel|refuel|signal|total|travel|tunnel|woo)"
    r"l?(ed|ing|er|ers|en)",
    re.IGNORECASE,
)
_SENTENCE_END = '.!?:;…"“„«(*•|>-–—'
_ITEM = re.compile(r"\s*([-–—•*·>#]|\d{1,2}[.)]|[a-h]\))\s*\S")
_QUOTED = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”|‘[^’\n]*’|`[^`\n]*`")
_SHORT_LINE = 4
_LINE_RULES = ("TT_END_MARK",)


def other_variety(word: str, message: str) -> bool:
    """Tell whether a spelling finding is about a word that is right in another English."""
    return bool(_VARIETY.search(message) or _DOUBLED.fullmatch(word))


def is_name(text: str, offset: int, length: int, replacements: tuple[str, ...]) -> bool:
    """Tell whether an unknown word looks like the name of a person or product rather than a slip."""
    word = text[offset : offset + length].removesuffix("'s").removesuffix("’s")
    if len(word) < _MIN_NAME or not word[0].isalpha() or any(char.isspace() for char in word):
        return False
    if not word[0].isupper():
        return _mixed(word)
    if re.fullmatch(r"[^\W\d_]{2}[a-z]{2,}", word) and word[:2].isupper():
        return False  # "THis": a finger stayed on the shift key
    if word.isupper():
        return not _shouted(text) and not _slip(word)
    if _mixed(word):
        return True
    if _begins(text, offset) and not _stands_alone(text, offset + length):
        limit = 2 if len(word) >= _LONG_WORD else 1
        return all(_distance(word.lower(), other.lower()) > limit for other in replacements)
    return not _slip(word)


def in_case(replacement: str, text: str) -> str:
    """Return a replacement of our pack with the capital the replaced text has.

    LanguageTool gives one to every suggestion of a rule whose context begins a sentence, wherever the finding lies.
    """
    if text[:1].islower() and (replacement[1:2].islower() or replacement.startswith("A ")):
        return replacement[0].lower() + replacement[1:]
    return replacement


def kind_of_thing(word: str) -> bool:
    """Tell whether a plural before a noun names a kind, as in "claims manager", rather than an owner."""
    return word.lower() not in _OWNERS


def layout_explains(rule: str, text: str, offset: int, length: int) -> bool:
    """Tell whether line ends, a list, a signature or quotes explain what a rule of our pack found.

    LanguageTool sees tokens without the line ends between them.
    """
    if not rule.startswith(PACK):
        return False
    end = offset + length
    if rule in _LINE_RULES:
        return _not_prose(text, offset, end)
    if "\n" in text[offset:end]:
        return True
    return any(found.start() <= offset and end <= found.end() for found in _QUOTED.finditer(text))


def _not_prose(text: str, offset: int, end: int) -> bool:
    """Tell whether a last word ends an item of a list, a signature or a link, or a list follows it."""
    begin = text.rfind("\n", 0, offset) + 1
    line = text[begin : _line_end(text, end)]
    if re.search(r"[./@:_\\]\S*$", text[begin:end]):
        return True  # a link, an address, the name of a file
    before = text[:begin].rstrip()
    last_before = before[before.rfind("\n") + 1 :]
    after = text[_line_end(text, end) :].lstrip()
    return (
        bool(_ITEM.match(line) or _ITEM.match(after))
        or len(line.split()) < _SHORT_LINE
        # An item of a list that goes on over two lines.
        or bool(_ITEM.match(last_before) and not text[len(before) : begin].count("\n") > 1)
    )


def _line_end(text: str, start: int) -> int:
    at = text.find("\n", start)
    return len(text) if at < 0 else at


def _mixed(word: str) -> bool:
    """Tell whether capitals or digits stand inside a word: BrightHub, eSIM, KX77."""
    return any(char.isupper() or char.isdigit() for char in word[1:])


def _shouted(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return sum(char.isupper() for char in letters) * 2 > len(letters)


def _begins(text: str, offset: int) -> bool:
    """Tell whether a word is the first of its sentence or line."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset].rstrip()
    return not line or line[-1] in _SENTENCE_END


def _stands_alone(text: str, end: int) -> bool:
    """Tell whether a comma or the end of the line follows: "Chidi, your order", or a signature."""
    rest = text[end : _line_end(text, end)].lstrip("'’s ")
    return not rest or rest[0] == ","


def _slip(word: str) -> bool:
    """Tell whether a word is a common one with a letter missing, doubled or swapped; a changed letter makes names."""
    small = word.lower()
    return any(len(small) != len(other) or sorted(small) == sorted(other) for other in _near(small))


def _near(word: str) -> list[str]:
    return [other for other in _COMMON if abs(len(other) - len(word)) <= 1 and _distance(word, other) == 1]


def _distance(one: str, other: str) -> int:
    """Return how many letters are added, left out, changed or swapped between two words."""
    rows = [list(range(len(other) + 1))]
    for i, char in enumerate(one, start=1):
        row = [i]
        for j, another in enumerate(other, start=1):
            cost = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (char != another))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == another:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
