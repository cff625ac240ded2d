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
        reach = (reach + _cues(tokens, clause))[-_MOST:]
        clause.elsewhere = [*clause.elsewhere, *reach]
    whole = phrase_in(tokens, clauses[0].first, clauses[-1].last, _LATER)
    if whole is not None and (tokens[whole.first - 1].kind == "mark" or tokens[whole.first - 1].low in _JOINED):
        for clause in clauses:
            clause.elsewhere.append(whole)
    for clause in clauses:
        clause.parts += _parts(tokens, clause)


def _cues(tokens: list[Token], clause: Clause) -> list[Stretch]:
    found = []
    words = word_places(tokens, clause)
    front = len(words) if words and tokens[words[0]].low in _SCENE_CLAUSES else _FRONT
    for place, k in enumerate(words):
        phrase = phrase_at(tokens, k, clause.last, _CASES)
        if phrase is None and place < front and tokens[k - 1].low not in _COMPARED:
            phrase = phrase_at(tokens, k, clause.last, _SCENES)
        if phrase is not None and not _first_in_row(tokens, k, k + len(phrase)):
            found.append(Stretch(k, k + len(phrase)))
        low = tokens[k].low
        after = [tokens[j].low for j in range(k + 1, min(k + 4, clause.last))]
        other = next((j for j, w in enumerate(after[:2]) if w in cues.OTHER_NOUNS), None) if low in _OTHERS else None
        if other is not None:
            found += [] if _aside(tokens, k, clause) else [Stretch(k + other + 1, k + other + 2)]
        elif after and low in _SINGULAR and after[0] in (cues.SOME if low == "some" else cues.STRANGERS):
            found.append(Stretch(k, k + 2))
        elif place < _FRONT and _past_month(tokens, k, clause):
            found.append(Stretch(k, k + 1))
        elif low == "used" and after[:1] == ["to"] and _is_past_habit(tokens, k, clause):
            found.append(Stretch(k, k + 2))
        elif low in ("was", "were") and len(after) == 3 and _was_to(after):
            found.append(Stretch(k, k + 3))
    return found


def _was_to(after: list[str]) -> bool:
    """Whether what follows "was" tells of a plan: "due to leave", not of a cause: "due to the storm"."""
    plan = after[0] in ("due", "supposed", "meant", "going") and after[1] == "to"
    return plan and after[2] not in cues.DETERMINERS and not after[2].endswith("ing")


def _aside(tokens: list[Token], k: int, clause: Clause) -> bool:
    """Whether others are but compared with ("like other customers"), or the object of what we do or refuse."""
    if _COMPARED & {token.low for token in tokens[max(0, k - 3) : k]}:
        return True
    return bool({"i", "we"} & set(opening(tokens, clause))) and not any(
        _is_past(tokens, j) for j in word_places(tokens, clause)
    )


def _first_in_row(tokens: list[Token], k: int, end: int) -> bool:
    """Whether "the first time" counts what happens now: "for the first time", "the first time you wear it"."""
    now = (k > 0 and tokens[k - 1].low == "for") or (end < len(tokens) and tokens[end].low == "you")
    return tokens[end - 1].low == "time" and now


def _past_month(tokens: list[Token], k: int, clause: Clause) -> bool:
    """Whether a month without a day dates something past: "in March a crew went there"."""
    value = tokens[k].value
    if value is None or value.kind != "date" or value.data[2] != 0 or tokens[k].before != "in":
        return False
    return any(_is_past(tokens, j) for j in word_places(tokens, clause))


def _is_past(tokens: list[Token], k: int) -> bool:
    low = tokens[k].low
    if low in _PAST:
        return True
    return low.endswith("ed") and len(low) > 4 and not any(t.low in _NOT_PAST for t in tokens[max(0, k - 2) : k])


def _is_past_habit(tokens: list[Token], k: int, clause: Clause) -> bool:
    """Whether "used to" says what is no longer so; not "the card you used to pay", "to be used to"."""
    before = [tokens[j].low for j in range(max(clause.first, k - 3), k)]
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
