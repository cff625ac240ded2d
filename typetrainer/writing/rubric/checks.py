"""The scoring table: every check with its criterion, points and wording. Its page is contracts/scoring.md."""

from typing import NamedTuple

CRITERIA = ("solution", "process", "clarity", "language", "tone", "responsiveness", "closing")


class Check(NamedTuple):
    """A row of the table. `good` and `poor` are what is said of a text that meets it or does not; `why` explains."""

    id: str
    criterion: str
    points: float
    shared: bool
    good: str
    poor: str
    why: str


def _check(row: str, good: str, poor: str, why: str) -> Check:
    name, criterion, points, *shared = row.split()
    return Check(name, criterion, float(points), bool(shared), good, poor, why)


CHECKS: tuple[Check, ...] = (
    _check("fact solution 30 shared", "said", "not found",
           "What the reader needs to know; each fact counts the same."),
    _check("action solution 15", "the right action", "another action fits better",
           "Whether the message can be answered, needs a question first, or belongs to another team."),
    _check("tier solution 5", "the right team", "another team handles this",
           "Which team handles what stands in the company's tiers."),
    _check("source solution 10", "the right article", "another article answers this",
           "The article that answers the customer's question."),
    _check("step process 11 shared", "done", "not found",
           "What the company's process asks of this reply, such as a choice offered or a check made first."),
    _check("claim process 4", "nothing that must not be said here", "something that must not be said here",
           "What must not be said here, because it is wrong or not yours to promise."),
    _check("flaw process 15 shared", "mended", "still there",
           "What was poor in the text that you were given."),
    _check("order process 5", "the steps in their order", "the steps are not found in their order",
           "Steps are followed one by one, so they stand in the order in which they are done."),
    _check("findable process 5", "the title will be found", "the title shares few words with what customers search for",
           "A good title uses the words in which customers ask."),
    _check("clarity-sentences clarity 3", "short sentences", "long sentences",
           "20 words a sentence or fewer, on average, are read at once; nothing is gained under that."),
    _check("clarity-longest clarity 2", "no sentence too long", "one sentence is very long",
           "A sentence of over 30 words is often read twice. Two sentences say the same."),
    _check("clarity-questions clarity 2", "one thing asked at a time", "many questions at once",
           "Customers answer the first or the last of several questions. Two are plenty."),
    _check("clarity-early clarity 2", "answered early", "the answer comes late",
           "The first fact in the first three sentences: the rest explains it."),
    _check("clarity-words clarity 1", "everyday words", "many long words",
           "Words of ten letters or more mostly have a shorter twin."),
    _check("clarity-length clarity 5", "short enough", "longer than asked for",
           "A note or an article is read in a hurry by the next person."),
    _check("language language 15", "no errors found", "errors found",
           "LanguageTool's errors in spelling, grammar and punctuation, by the text's length. Style costs nothing."),
    _check("tone-acknowledge tone 4", "the trouble is recognised", "the customer's trouble is not named",
           'One short sentence shows that you have read it: "A whole afternoon for nothing is annoying."'),
    _check("tone-apology tone 3", "apologised", "no apology, though the fault is ours",
           'Once, clearly, for what went wrong: "I\'m sorry that nobody came."'),
    _check("tone-thanks tone 1", "thanked", "the customer is not thanked",
           'A word for their time or patience: "Thanks for waiting."'),
    _check("tone-ownership tone 3", "it says what you do", "it does not say what you do",
           'Say in the first person what you do: "I\'ll check it with the warehouse now."'),
    _check("tone-polite-request tone 2", "asked politely", "asked like an order",
           '"Could you send me a photo?" or "Please send me a photo."'),
    _check("tone-name tone 2", "addressed by name", "the customer's name is not used",
           "Once, spelled as they spell it."),
    _check("tone-blame tone -5", "no blame", "sounds like blame",
           'Say what can be done, not what should have been: "You can change it until 6 pm."'),
    _check("tone-cold tone -5", "not cold", "sounds cold",
           "Give the reason in plain words, and what you can do."),
    _check("tone-register tone -3", "calm with an upset customer", "cheerful with an upset customer",
           "Calm and warm words; jokes and cheer can wait."),
    _check("tone-robotic tone -2", "plain words", "a canned phrase",
           'Say it as you would to a neighbour: "I\'ll write to you by Friday."'),
    _check("tone-capitals tone -2", "no capitals", "capitals read like shouting",
           "Put what matters first instead."),
    _check("tone-exclamation tone -2", "calm marks", "many exclamation marks",
           "One is warm; several read as excitement, or impatience."),
    _check("tone-over-apology tone -2", "apologised once", "apologised many times",
           "One clear apology weighs more than three."),
    _check("tone-negative-framing tone -1", "said what is possible", "says what is not possible",
           '"We open at 9" says the same as "We don\'t open until 9", and sounds better.'),
    _check("responsiveness responsiveness 10", "in good time", "took longer than the band",
           "Reading and composing within the item's band earns all; faster earns no more."),
    _check("closing-next closing 3", "the next step is clear", "no next step with a time",
           'Who does what by when: "I\'ll write to you by Friday at noon", or the one question they must answer.'),
    _check("closing-help closing 2", "further help offered", "no offer of further help",
           '"Just write back if anything is unclear."'),
)  # fmt: skip
BY_ID = {check.id: check for check in CHECKS}


class Critical(NamedTuple):
    """What caps the score, at how much, and what is said."""

    id: str
    cap: float
    said: str


CRITICAL = {
    row.id: row
    for row in (
        Critical("data", 0, "shares data of somebody else, or that must not be shared"),
        Critical("secret", 0, "asks for a password, PIN, code or full card number"),
        Critical("verification", 20, "acts or tells before the customer is verified"),
        Critical("promise", 20, "promises what policy forbids"),
        Critical("abuse", 40, "insults or threatens the customer"),
    )
}
