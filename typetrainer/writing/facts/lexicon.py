"""Words that the reading of a reply knows: forms, spellings, numbers and units."""

from functools import lru_cache
from typing import Any

_IRREGULAR = """
be am is are was were been being; have has had having; do does did done doing; go goes went gone; come came;
take took taken; give gave given; get got gotten; make made; send sent; pay paid; say said; tell told; see saw seen;
know knew known; find found; keep kept; leave left; lose lost; meet met; put put; read read; run ran; sell sold;
set set; show shown; speak spoke spoken; spend spent; stand stood; think thought; understand understood;
write wrote written; wrong wrong; bring brought; buy bought; break broke broken; build built; catch caught;
choose chose chosen; drive drove driven; fall fell fallen; feel felt; fly flew flown; forget forgot forgotten;
freeze froze frozen; grow grew grown; hear heard; hold held; let let; lie lay lain; light lit; mean meant;
ring rang rung; rise rose risen; seek sought; shut shut; sit sat; sleep slept; steal stole stolen; stick stuck;
teach taught; throw threw thrown; wake woke woken; wear wore worn; win won; withdraw withdrew withdrawn;
hide hid hidden; begin began begun; deal dealt; draw drew drawn; eat ate eaten; cost cost; cut cut; hit hit;
hurt hurt; pick picked; dispatch despatch despatched dispatched; mail mailed; post posted; child children;
person people; man men; woman women; half halves; good better best; bad worse worst; offer offered offering;
refer referred; reply replied replies; try tried tries; apply applied applies;
verify verified verification verifies verifying; cancel canceled canceling cancellation;
deliver delivery deliveries delivered; decide decision decided;
refund refunded reimburse reimbursed reimbursement reimburs; repeat repetition; decline declined; inform informed;
expire expired expiry expires; approve approval approved; arrive arrival; extend extension; exchange exchanged;
replace replacement; collect collection; assemble assembly; install installation installer;
pay payment payments payable; complain complaint complaints; move moved moving; safe safely; quick quickly;
free freely; automatic automatically; separate separately; direct directly; immediate immediately
"""
_SPELLINGS = {
    "colour": "color", "favour": "favor", "favourite": "favorite", "neighbour": "neighbor", "honour": "honor",
    "labour": "labor", "behaviour": "behavior", "centre": "center", "metre": "meter", "fibre": "fiber",
    "litre": "liter", "grey": "gray",
    "licence": "license", "defence": "defense", "cheque": "check", "catalogue": "catalog",
    "programme": "program", "apologise": "apologize", "organise": "organize", "recognise": "recognize",
    "realise": "realize", "authorise": "authorize", "customise": "customize", "analyse": "analyze", "tyre": "tire",
    "cancelled": "canceled", "cancelling": "canceling", "travelled": "traveled", "travelling": "traveling",
    "labelled": "labeled", "labelling": "labeling", "fulfil": "fulfill", "enquiry": "inquiry", "enquire": "inquire",
    "judgement": "judgment", "ageing": "aging", "jewellery": "jewelry", "mum": "mom", "storey": "story",
    "aluminium": "aluminum", "pyjamas": "pajamas", "ok": "okay", "wifi": "wifi", "email": "email",
}  # fmt: skip
_AS_IS = frozenset(("ours", "yours", "theirs", "hers", "likely", "unlikely", "hardly", "news", "this", "his", "us"))
CONTRACTIONS = {
    "won't": ("will", "not"), "can't": ("can", "not"), "shan't": ("shall", "not"), "cannot": ("can", "not"),
    "let's": ("let", "us"), "ain't": ("be", "not"), "y'all": ("you", "all"), "it's": ("it", "is"),
    "that's": ("that", "is"), "there's": ("there", "is"), "here's": ("here", "is"), "what's": ("what", "is"),
    "who's": ("who", "is"), "where's": ("where", "is"), "how's": ("how", "is"), "he's": ("he", "is"),
    "she's": ("she", "is"), "gonna": ("going", "to"), "wanna": ("want", "to"), "pls": ("please",), "plz": ("please",),
    "u": ("you",), "ur": ("your",), "thx": ("thanks",), "im": ("i", "am"), "ive": ("i", "have"),
    "youll": ("you", "will"), "thats": ("that", "is"), "youre": ("you", "are"), "theres": ("there", "is"),
}  # fmt: skip
for _verb in """
    do does did is are was were have has had would could should might must need
""".split():  # what is left of the apostrophe, or of its loss
    CONTRACTIONS[f"{_verb}n't"] = CONTRACTIONS[f"{_verb}nt"] = (_verb, "not")
CONTRACTIONS |= {"dont": ("do", "not"), "cant": ("can", "not"), "wont": ("will", "not")}
ENDINGS = {"'ll": "will", "'ve": "have", "'re": "are", "'d": "would", "'m": "am"}

NUMBERS = {
    name: value
    for value, name in enumerate(
        """
            zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
            sixteen seventeen eighteen nineteen
        """.split()
    )
} | {
    name: 10 * value
    for value, name in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
ORDINALS = {
    name: value
    for value, name in enumerate(
        """
            fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
            sixteenth seventeenth eighteenth nineteenth twentieth
        """.split(),
        4,
    )
} | {"thirtieth": 30}
UNIT_ORDINALS = {
    name: value
    for value, name in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"], 1
    )
}
MONTHS = {
    name: number
    for number, names in enumerate(
        ["january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"], 1)
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ["monday mondays mon", "tuesday tuesdays tue tues", "wednesday wednesdays wed weds",
         "thursday thursdays thu thur thurs", "friday fridays fri", "saturday saturdays sat", "sunday sundays sun"])
    for name in names.split()
}  # fmt: skip
AMBIGUOUS = frozenset({"may", "march", "mar", "sat", "sun", "wed", "dec", "mon", "jun", "jan"})
CURRENCIES = {
    "$": "$", "£": "GBP", "€": "EUR", "₹": "INR", "¥": "JPY", "dollar": "$", "dollars": "$", "buck": "$", "bucks": "$",
    "usd": "$", "aud": "$", "pound": "GBP", "pounds": "GBP", "quid": "GBP", "gbp": "GBP", "euro": "EUR", "euros": "EUR",
    "eur": "EUR", "rupee": "INR", "rupees": "INR", "rs": "INR", "inr": "INR",
}  # fmt: skip
SMALL_CURRENCIES = {"cent": "$", "cents": "$", "pence": "GBP", "penny": "GBP", "p": "GBP", "paise": "INR"}
# unit: (family, size in the family's smallest unit)
UNITS = {
    "second": ("s", 1), "seconds": ("s", 1), "sec": ("s", 1), "secs": ("s", 1),
    "minute": ("s", 60), "minutes": ("s", 60), "min": ("s", 60), "mins": ("s", 60),
    "hour": ("s", 3600), "hours": ("s", 3600), "hr": ("s", 3600), "hrs": ("s", 3600), "h": ("s", 3600),
    "day": ("s", 86400), "days": ("s", 86400), "night": ("s", 86400), "nights": ("s", 86400),
    "week": ("s", 604800), "weeks": ("s", 604800), "fortnight": ("s", 1209600), "fortnights": ("s", 1209600),
    "month": ("mo", 1), "months": ("mo", 1), "year": ("mo", 12), "years": ("mo", 12), "yr": ("mo", 12),
    "yrs": ("mo", 12),
}  # fmt: skip
BUSINESS = frozenset({"business", "working", "work"})
PARTS_OF_DAY = {"morning": "am", "afternoon": "pm", "evening": "pm", "night": "pm"}


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for line in _IRREGULAR.replace("\n", " ").split(";"):
        base, *others = line.split()
        for form in (base, *others):
            forms.setdefault(form, base)
    return forms


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    from snowballstemmer.english_stemmer import EnglishStemmer

    return EnglishStemmer()


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return what all forms of a lower-case word share, in the spelling of en-US."""
    if word in _AS_IS:
        return word
    word = _SPELLINGS.get(word, word)
    word = _forms().get(word, word)
    if word.find("is") > 2 and word.endswith(("ise", "ised", "ises", "ising", "isation")):  # not "raised"
        word = word.replace("is", "iz") if word.count("is") == 1 else word
    for british, american in (("our", "or"), ("lled", "led"), ("lling", "ling")):
        if word.endswith(british) and word[: -len(british)] + american in _SPELLINGS.values():
            word = word[: -len(british)] + american
    stemmed: str = _stemmer().stemWord(word)
    return _forms().get(stemmed, stemmed)
