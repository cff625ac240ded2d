"""Files of other programs' formats, written for these tests."""

import json

GTYPIST = """\
# Lessons of the front desk
! the other kind of comment

B:  Front desk, part one
*:START\x20\x20
T:Sit upright.
 :
 :Both hands on the home row.
I:Type this with the left hand:
D:asdf fdsa
 :  sad dad
# a comment within a drill
 :
! and another

 :fads fads
I:Once more,
 :without a limit:
d:asdf asdf
E:4.5%*
F:START*
S:Please hold the line
 :while I look that up.
E: default
F:NULL
s:Thanks for waiting, Zoë; your parcel left at 14:30.
K:12:START
K:1:NULL
Q:Again? [Y/N]
Y:START
N:BYE
M: UP=_EXIT "What "next"?"
 :START "from the beginning"
 :BYE   "enough"
G:BYE
*:BYE
X:whatever stands here"""
QUOTES = json.dumps(
    {
        "language": "english",
        "groups": [[0, 100], [101, 9999]],
        "quotes": [
            {"id": 1, "text": "A kind word costs nothing.", "source": "The front desk", "length": 26},
            {"id": 2, "text": "Ask first, then\nanswer: “What happened?” ", "source": "A trainer's notes", "length": 3},
            {"id": 3, "text": "Your refund of £12.50 is on its way. " * 40, "source": "Letters", "length": 1480},
        ],
    },
    indent=2,
    ensure_ascii=False,
)
WORDS = json.dumps(
    {"name": "english_desk", "words": [*"refund parcel order thanks sorry café".split(), *map(str, range(60))]},
    indent=1,
)
TTYPER = "refund\nparcel\n\nthanks\nfor each (x in list)\r\ninvoice\n"
TT = json.dumps(
    [
        {"text": "Say what you can do, not what you can't.", "attribution": "House style"},
        {"text": "One question at a time.", "attribution": "House style"},
    ],
    indent=1,
)
TEXT = "Hello Ana,\nthank you for writing.\n\n  Your order 4711 left today.\n\n\nKind regards\n"
TEXTS = {
    "gtypist": GTYPIST, "monkeytype-quotes": QUOTES, "monkeytype-words": WORDS, "ttyper": TTYPER, "tt": TT,
    "text": TEXT,
}  # fmt: skip

KEYBR = json.dumps(
    [
        {
            "layout": "en-us", "textType": "generated", "timeStamp": f"2025-03-0{day}T08:15:30.250Z", "length": 120,
            "time": 40_000, "errors": day, "speed": 180.0 + day,
            "histogram": [
                {"codePoint": 32, "hitCount": 20, "missCount": 1, "timeToType": 310},
                {"codePoint": 101, "hitCount": 18, "missCount": 0, "timeToType": 250.5},
            ],
        }
        for day in (1, 2, 3)
    ],
    indent=1,
)  # fmt: skip
MONKEYTYPE = (
    "_id,isPb,wpm,acc,rawWpm,consistency,charStats,mode,mode2,quoteLength,restartCount,testDuration,afkDuration,"
    "incompleteTestSeconds,punctuation,numbers,language,funbox,difficulty,lazyMode,blindMode,bailedOut,tags,timestamp\n"
    "a1,true,61.2,97.5,63,80.1,150;2;0;1,time,30,-1,0,30,0,0,false,false,english,none,normal,false,false,false,,"
    "1741421730000\n"
    "a2,false,58.4,95,60.1,74,140;3;0;1,words,25,-1,2,25.7,0,1.5,true,false,english,none,normal,false,false,false,"
    "desk,1741421830000\n"
    'a3,,70,100,70,88,175;0;0;0,quote,12,1,0,30,0,0,,,english,"mirror,nausea",normal,,,,,1741421930000\n'
    "a4,false,66.1,99,66.1,81,165;1;0;0,time,30,-1,0,30,0,0,false,false,english,mirror,nausea,normal,false,false,"
    "false,,1741422030000\n"
)
RESULTS = {"keybr": KEYBR, "monkeytype": MONKEYTYPE}
