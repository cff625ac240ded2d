"""What is told of another case than the customer's: another person, order, shop or time."""

from typetrainer.writing.facts import cues
from typetrainer.writing.facts.clauses import Clause, opening, word_places
from typetrainer.writing.facts.phrases import Stretch, by_first, phrase_at, phrase_in
from typetrainer.writing.facts.tokens import Token

_CASES, _LATER, _SCENES = by_first(cues.OTHER_CASES), by_first(cues.OTHER_AFTER_ALL), by_first(cues.SCENES)
_FRONT = 3  # words of a clause among which its scene is set
_SCENE_CLAUSES = frozenset("when after because whenever".split())
_JOINED = frozenset("but and so because as though although".split())
_COMPARED = frozenset("like as than unlike same".split())
_SINGULAR = frozenset("a one some".split())
_COLLEAGUES = ("colleague", "neighbor", "neighbour", "friend")
_MET_WITH = ("who", "had", "got", "was", "received", "paid")
_OTHERS = frozenset("another other different previous earlier".split())
_PAST = frozenset("was were had did got went came paid took gave left made sent told found".split())
_NOT_PAST = frozenset("be is are will have has been can get to being".split())
_OWN = frozenset("you your yours we our i".split())
_BEFORE_SOME = frozenset("and but or only just that".split())
_PERSONAL = cues.OTHER_NOUNS | {"a", "one", "some"}
_MOST = 4  # cues kept at once
_TURNS = frozenset("but while whereas so yet though although".split())
_BACK = frozenset("he she they his her hers their theirs".split())
_TOOLS = frozenset("card account number address email method one link code".split())


def elsewhere(tokens: list[Token], clauses: list[Clause]) -> None:
    """Note in each clause what says that it is told of another case, this cue's reach being its sentence's rest."""
    reach: list[Stretch] = []
    for clause in clauses:
        words = opening(tokens, clause, 2)
        turns = bool(words) and words[0] in _TURNS
        if turns or tokens[clause.first - 1 if clause.first else 0].low in (";", "\n"):
            reach = []
        elif words and words[0] in _OWN:  # what is said of the reader is not of another, but may be of another time
            reach = [cue for cue in reach if tokens[cue.first].low not in _PERSONAL]
        reach = (reach + _Cues(tokens, clause).found())[-_MOST:]
        clause.elsewhere = [*clause.elsewhere, *reach]
        if reach and words and words[0] in _SCENE_CLAUSES and clause.first > clauses[0].first:
            clauses[0].elsewhere = [*clauses[0].elsewhere, *reach][-_MOST:]  # "it was free when you moved in 2022"
    whole = phrase_in(tokens, clauses[0].first, clauses[-1].last, _LATER)
    if whole is not None and (tokens[whole.first - 1].kind == "mark" or tokens[whole.first - 1].low in _JOINED):
        for clause in clauses:
            clause.elsewhere.append(whole)
    for clause in clauses:
        clause.parts += _parts(tokens, clause)


class _Cues:
    """What in one clause says that it is told of another case."""

    def __init__(self, tokens: list[Token], clause: Clause) -> None:
        self.tokens, self.first, self.last = tokens, clause.first, clause.last
        self.words = word_places(tokens, clause)
        lows = [tokens[k].low for k in self.words[:_FRONT]]
        self.front = len(self.words) if lows and lows[0] in _SCENE_CLAUSES else _FRONT
        self.past = any(_is_past(tokens, k) for k in self.words)
        self.ours = not self.past and bool({"i", "we"} & set(lows))  # what we do for others, or refuse

    def found(self) -> list[Stretch]:
        """Return the cues."""
        return [
            cue for place, k in enumerate(self.words) if (cue := self._at(k, fronted=place < self.front)) is not None
        ]

    def _at(self, k: int, *, fronted: bool) -> Stretch | None:
        phrase = phrase_at(self.tokens, k, self.last, _CASES)
        if phrase is None and fronted and self.tokens[k - 1].low not in _COMPARED:
            phrase = phrase_at(self.tokens, k, self.last, _SCENES)
        if phrase is not None and not _counts_now(self.tokens, k, k + len(phrase)):
            return Stretch(k, k + len(phrase))
        after = [self.tokens[j].low for j in range(k + 1, min(k + 4, self.last))]
        if not after:
            return None
        return self._of_another(k, after) or self._of_another_time(k, after, fronted=fronted)

    def _of_another(self, k: int, after: list[str]) -> Stretch | None:
        """Return what speaks of another person, order or shop at token `k`."""
        low = self.tokens[k].low
        compared = bool(_COMPARED & {token.low for token in self.tokens[max(0, k - 3) : k]})
        if low in _OTHERS:
            other = next((j for j, word in enumerate(after[:2]) if word in cues.OTHER_NOUNS), None)
            return None if other is None or compared or self.ours else Stretch(k + other + 1, k + other + 2)
        owns = self.tokens[k].end - self.tokens[k].start == len(low) + len("'s")
        if low in _COLLEAGUES and owns and not compared and not self.ours:
            return Stretch(k, k + 1)
        if self._visitor(k, after):
            return Stretch(k + 1, k + 2)
        some = cues.SOME if low == "some" else cues.STRANGERS
        return Stretch(k, k + 2) if low in _SINGULAR and after[0] in some else None

    def _visitor(self, k: int, after: list[str]) -> bool:
        """Whether what happened to somebody is told: "a guest had …", "a guest who …", "someone else got …"."""
        low = self.tokens[k].low
        if low in ("someone", "somebody"):
            return after[0] == "else" and self.past and k < self.first + _FRONT
        following = self.tokens[k + 2].low if k + 2 < len(self.tokens) else ""
        return low == "a" and after[0] in cues.VISITORS and following in _MET_WITH

    def _of_another_time(self, k: int, after: list[str], *, fronted: bool) -> Stretch | None:
        """Return what sets the scene in another time at token `k`, or says what is no longer, or never was, so."""
        low = self.tokens[k].low
        if fronted and (self._dated(k, after) or self._last_one(k, after)):
            return Stretch(k, k + 1)
        if low == "used" and after[0] == "to" and _is_past_habit(self.tokens, k, self.first):
            return Stretch(k, k + 2)
        if low in ("was", "were") and len(after) == 3 and _was_to(after):
            return Stretch(k, k + 3)
        return None

    def _dated(self, k: int, after: list[str]) -> bool:
        """Whether a value dates something long past: "two years ago", "in 2021 we …", "in March a crew went …"."""
        value, within = self.tokens[k].value, self.tokens[k].before == "in"
        if value is None:
            return False
        if value.kind == "duration" and value.data[0] == "mo":
            return after[0] == "ago"
        year = value.data[0] if value.kind == "number" else 0
        dated = (value.kind == "date" and value.data[2] == 0) or (isinstance(year, float) and 1990 <= year <= 2100)
        return dated and within and self.past

    def _last_one(self, k: int, after: list[str]) -> bool:
        """Whether the scene is the time before: "on your last flight you had", "until last month it was"."""
        if self.tokens[k].low in ("on", "at", "during", "for", "with"):
            return self.past and after[:2] == ["your", "last"]
        return self.past and self.tokens[k].low in ("until", "till") and k <= self.first + 1 and after[0] == "last"


def _was_to(after: list[str]) -> bool:
    """Whether what follows "was" tells of a plan: "due to leave", not of a cause: "due to the storm"."""
    plan = after[0] in ("due", "supposed", "meant", "going") and after[1] == "to"
    return plan and after[2] not in cues.DETERMINERS and not after[2].endswith("ing")


def _counts_now(tokens: list[Token], k: int, end: int) -> bool:
    """Whether "the first time" counts what happens now: "for …", "it is …", "… you wear it"."""
    now = (k > 0 and tokens[k - 1].low in ("for", "is")) or (end < len(tokens) and tokens[end].low == "you")
    return tokens[end - 1].low == "time" and now


def _is_past(tokens: list[Token], k: int) -> bool:
    low = tokens[k].low
    if low in _PAST:
        return True
    return low.endswith("ed") and len(low) > 4 and not any(t.low in _NOT_PAST for t in tokens[max(0, k - 2) : k])


def _is_past_habit(tokens: list[Token], k: int, first: int) -> bool:
    """Whether "used to" says what is no longer so; not "the card you used to pay", "to be used to"."""
    before = [tokens[j].low for j in range(max(first, k - 3), k)]
    return bool(before) and before[-1] not in cues.AUXILIARIES | {"get", "you", "being"} and not _TOOLS & set(before)


def _parts(tokens: list[Token], clause: Clause) -> list[tuple[int, Stretch]]:
    """Return the wholes of which a part is told: "£39" in "£20 of your £39", "the mugs" in "two of the mugs"."""
    found = []
    for k in range(clause.first, clause.last - 2):
        if tokens[k + 1].low != "of" or tokens[k + 2].low not in (
            "your",
            "the",
            "these",
            "those",
            "them",
            "it",
            "this",
        ):
            continue
        amount = tokens[k]
        figure = amount.value is not None and amount.value.kind in ("money", "percent")
        if (figure or amount.low in cues.PARTS) and k + 3 < clause.last:
            # What is a part of a sum is another sum; of things, it is said of some of them.
            found.append((k, Stretch(k + 3, k + 4) if figure else Stretch(clause.first, clause.last)))
        elif (
            amount.value is not None
            and amount.value.kind == "number"
            and amount.value.data[0] != 1
            and (k == clause.first or tokens[k - 1].low in _BEFORE_SOME)
        ):  # not "section 4 of the rules"
            found.append((k, Stretch(clause.first, clause.last)))
    return found


def goes_on_elsewhere(tokens: list[Token], clauses: tuple[Clause, ...], before: tuple[Clause, ...]) -> None:
    """Carry another case over to a sentence that speaks of the same: "In her case …", "They …"."""
    reach = before[-1].elsewhere
    if not reach:
        return
    words = opening(tokens, clauses[0], 3)
    same = bool(words) and (words[0] in _BACK or (words[0] == "in" and words[-1] == "case" and words[1] in _BACK))
    if same:
        for clause in clauses:
            clause.elsewhere = [*clause.elsewhere, *reach]
