"""Under which conditions a clause holds: those that bind, and those that are mere politeness ("if you like")."""

from typetrainer.writing.facts import cues
from typetrainer.writing.facts.clauses import Clause, opening, segments, word_places
from typetrainer.writing.facts.phrases import Stretch, by_first, listed, phrase_at, phrase_in
from typetrainer.writing.facts.tokens import Token

_CONDITIONS = by_first(cues.CONDITIONAL_PHRASES)
_POLITE = by_first(cues.POLITE_CONDITIONS)
_GROUPS = frozenset(
    """
    customers customer members member people person those anyone anybody everyone everybody orders order parcels
    learners travelers travellers players riders couples families teams companies
    subscribers clients households accounts buyers items bookings guests residents students seniors passengers patients
    """.split()
)
_RESTRICTS = frozenset("who whose with over above below under that from without which in on older younger".split())
_ONLY_ON = ("with", "after", "once", "where")
_CHOICES = frozenset("cancel leave go stop wait keep choose decide be are were do say have return change".split())
_CHOICE_WORDS, _POINTING_WORDS = 7, 8
_HARMLESS_WITHIN = 6
_IT = ("this", "that", "these", "those", "any")
_MORE = frozenset("also another only more and until".split())
_WHICH = ("that", "which", "who")
_THRESHOLDS = frozenset("above over below under".split())
_AGAIN = by_first(cues.IN_THAT_CASE)
_MOST = 8  # conditions kept: so that a text of conditions alone takes no longer than another
_OTHERS = by_first(listed("everyone else; everybody else; anyone else; all others; the others; the rest; others"))
_CONTRAST_STARTS = frozenset("otherwise else without below".split())
_CONTRASTS = frozenset("pay pays cost costs charge charged less half later fee more lose".split())
# What is as good as done, or up to the reader's word: "once you have said yes", "as soon as I know".
_SETTLED = frozenset(
    """
    say said yes tell told confirm confirmed reply replied answer answered okay ok choose chosen chose decide decided
    agree agreed ready done know let like want send sent have see hear make made
    """.split()
)
_SETTLED_WITHIN = 5
# "once a year", "once it is done", "once you are there": no condition, or the reader's next step.
_NOT_AWAITED = frozenset(
    "you it this that these those for in a an per every each and only again more within on".split()
)
_LIMITS = frozenset("after once to for in from with on by".split())
_HOLDS = frozenset("holds applies goes works counts".split())
_UNCHANGED = frozenset("stay stays remain remains".split())


def starts_condition(tokens: list[Token], clause: Clause, *, asks: bool) -> bool:
    """Whether a clause is a condition: it begins with "if", "unless", "provided", "only when", "should it …"."""
    words = word_places(tokens, clause)
    if not words:
        return False
    k = next((j for j in words if tokens[j].low not in ("and", "but", "so", "or")), words[0])
    low = tokens[k].low
    following = tokens[k + 1].low if k + 1 < clause.last else ""
    if low == "should" and k == words[0]:  # "should it be lost, …", not "only then should you book"
        inverted = not asks and following not in ("be", "not", "have", "still", "also")  # not "(11, should be 12)"
        return inverted and (k == 0 or tokens[k - 1].kind == "mark")
    if low == "only" and following in ("if", "when"):
        return True
    if low in cues.CONDITIONALS:
        return True
    for at in dict.fromkeys((words[0], k)):
        phrase = phrase_at(tokens, at, clause.last, _CONDITIONS)
        if phrase is not None:  # not "just in case", "for as long as 4 weeks"
            after = words[words.index(at) + len(phrase) :]
            return (len(words) > 2 or low != "in") and not (len(after) == 1 and tokens[after[0]].value is not None)
    return False


def conditions(tokens: list[Token], clauses: list[Clause]) -> None:
    """Note under which conditions of its sentence, or of its line in a list, each clause holds."""
    held: list[Clause] = []
    restricted: list[Stretch] = []
    contrast = any(_contrasts(tokens, clause) for clause in clauses)
    rest = next((found for clause in clauses if (found := _rest(tokens, clause)) is not None), None)
    for piece in segments(tokens, clauses):
        own = _binding(tokens, piece, contrast=contrast)[:_MOST]
        awaited = [found for clause in piece if (found := _awaited(tokens, clause)) is not None][:_MOST]
        only = [found for clause in piece if (found := _only(tokens, clause)) is not None][:_MOST]
        for clause, held_under in zip(piece, _shared(piece, own), strict=True):
            clause.conditions = held_under
            restricted = [s for s in restricted if s.last > clause.first] + _restrictions(tokens, clause)
            behind = [s for s in (*only, *([] if rest is None else [rest])) if s.first >= clause.first]
            clause.restricted = [*restricted, *behind, *(s for s in awaited if _waits(clause, s))]
        if own and all(clause.conditional for clause in piece):  # "it is free; only if …"
            for clause in held:
                clause.conditions = (clause.conditions + own)[:_MOST]
        held = piece


def _shared(piece: list[Clause], binding: list[Clause]) -> list[list[Clause]]:
    """Return for each clause the conditions it holds under: one of several is that of the clause it stands next to."""
    if len(binding) < 2:
        return [[] if clause.conditional else binding for clause in piece]
    held: list[list[Clause]] = []
    bound = {id(c) for c in binding}
    last = binding[:1]
    for clause, after in zip(piece, [*piece[1:], None], strict=True):
        if id(clause) in bound:
            last = [clause]
        next_to = [after] if after is not None and id(after) in bound else last
        held.append([] if clause.conditional else next_to)
    for number, clause in enumerate(piece):  # "as long as you like, provided that you write": under both
        following = piece[number + 1 : number + 3]
        if not clause.conditional and len(following) == 2 and all(id(c) in bound for c in following):
            held[number] = following
    return held


def _points_back(tokens: list[Token], clause: Clause) -> bool:
    """Whether a condition points back ("if you do", "if it still is"), or is the reader's choice: "if you go"."""
    words = [tokens[k].low for k in word_places(tokens, clause)]
    choice = (
        words[:2] == ["if", "you"]
        and len(words) <= _CHOICE_WORDS
        and words[2:3]
        and (words[2] in _CHOICES or words[2:4] == ["can", "not"])
    )
    if choice and not any(tokens[k].kind == "value" or tokens[k].low in _MORE for k in word_places(tokens, clause)):
        return True
    back = "still" in words or ("after" in words and words[-1] in _IT) or "afterwards" in words
    return (back and len(words) <= _POINTING_WORDS) or (
        len(words) <= 4 and words[-1] in cues.AUXILIARIES | {"not", "so"}
    )


def _binding(tokens: list[Token], piece: list[Clause], *, contrast: bool) -> list[Clause]:
    """Return the conditions of a piece that change what they stand beside."""
    binding = []
    for number, clause in enumerate(piece):
        if clause.conditional:
            if contrast or not _harmless(tokens, clause):
                clause.pointing = _points_back(tokens, clause)
                binding.append(clause)
        elif _only_behind(tokens, piece[max(0, number - 1) : number], clause, piece[number + 1 : number + 3]):
            binding.append(clause)
    return binding


def _harmless(tokens: list[Token], clause: Clause) -> bool:
    """Whether a condition binds nothing: "if you like", "if that helps"."""
    if phrase_in(tokens, clause.first, clause.last, _POLITE) is not None or tokens[clause.first - 1].low == "even":
        return True
    words = [tokens[k].low for k in word_places(tokens, clause)]
    if "only" in words[:2]:  # "only if you ask"
        return False
    if words[:2] == ["if", "you"] and words[2:] in (["can"], ["could"], ["would"]):
        return True
    of_reader = len(words) < 3 or words[1] not in cues.DETERMINERS | {"they", "he", "she", "we"} or words[1] in _IT
    known = cues.HARMLESS_CONDITIONS if of_reader else cues.SUITING
    return any(word in known for word in words[:_HARMLESS_WITHIN])  # not "if you ring your bank there and ask"


def _only_behind(tokens: list[Token], before: list[Clause], clause: Clause, behind: list[Clause]) -> bool:
    """Whether a when-clause is the condition of an "only" before it, or of "not before", "only then" behind it."""
    start = opening(tokens, clause, 1)
    if not start or start[0] not in ("when", "once", "after", "where") or len(word_places(tokens, clause)) < 3:
        return False  # not "come back only after that"
    only = any(tokens[k].low == "only" for c in before for k in range(c.first, c.last))
    if start[0] == "where":  # not "it is only 2 km from where you are"
        only = clause.first > 0 and tokens[clause.first - 1].low == "only"
    return only or any(opening(tokens, c, 2) in (["not", "before"], ["only", "then"]) for c in behind)


def _awaited(tokens: list[Token], clause: Clause) -> Stretch | None:
    """Return a clause that tells what must come first: "once your doctor has confirmed it", "as soon as it is paid"."""
    words = word_places(tokens, clause)
    lows = [tokens[k].low for k in words]
    lows = lows[1:] if lows[:1] in (["and"], ["but"], ["or"], ["so"]) else lows
    after = 1 if lows[:1] == ["once"] else 3 if lows[:3] == ["as", "soon", "as"] else 0
    if not after or len(lows) < after + 2 or tokens[words[-1]].kind == "value":
        return None
    settled = lows[after] in ("i", "we") and _SETTLED & set(lows[after : after + _SETTLED_WITHIN])
    if lows[after] in _NOT_AWAITED or settled:
        return None
    return Stretch(clause.first, clause.last)


def _waits(clause: Clause, awaited: Stretch) -> bool:
    """Whether a clause waits for what must come first: said before it, or right behind one that denies nothing."""
    return awaited.first < clause.first or (awaited.first == clause.last and not clause.cues)


def _only(tokens: list[Token], clause: Clause) -> Stretch | None:
    """Return an afterthought that restricts what stands before: "…, but only after a call", "that only holds for …"."""
    lows = [tokens[k].low for k in word_places(tokens, clause)]
    lows = lows[1:] if lows[:1] in (["but"], ["and"], ["though"]) else lows
    before = tokens[clause.first - 1] if clause.first else None
    behind = before is not None and (before.kind == "mark" or before.low in ("but", "and", "though"))
    limits = lows[:1] == ["only"] and len(lows) > 2 and lows[1] in _LIMITS and not lows[2].startswith("#")
    pointing = len(lows) > 3 and lows[0] in ("that", "this", "it", "which")
    holds = pointing and lows[1] == "only" and lows[2] in _HOLDS
    holds |= pointing and lows[1] in ("is", "be") and lows[2] == "only" and lows[3] in _LIMITS | {"if", "when"}
    return Stretch(clause.first, clause.last) if behind and (limits or holds) else None


def _rest(tokens: list[Token], clause: Clause) -> Stretch | None:
    """Return what begins a clause that says how all others fare: "everyone else pays", "the rest must go back"."""
    words = word_places(tokens, clause)
    phrase = phrase_at(tokens, words[0], clause.last, _OTHERS) if words and clause.first else None
    if phrase is None or not (clause.cues or _CONTRASTS & {tokens[k].low for k in words}):
        return None
    return Stretch(words[0], words[0] + len(phrase))


def _contrasts(tokens: list[Token], clause: Clause) -> bool:
    """Whether a clause says what is so when a condition is not met: "otherwise not", "without it you pay"."""
    words = [tokens[k].low for k in word_places(tokens, clause)]
    words = words[1:] if words[:1] in (["and"], ["but"], ["or"]) else words
    if not words or words[0] not in _CONTRAST_STARTS:
        return False
    if words[0] == "without" and (len(words) < 2 or words[1] not in ("it", "that", "this", "one")):
        return False
    return bool(clause.cues) or bool((_CONTRASTS | _UNCHANGED) & set(words))


def _restrictions(tokens: list[Token], clause: Clause) -> list[Stretch]:
    """Return what restricts a clause to some: "for customers who …", "above £500", "any of them that are chipped"."""
    found = []
    words = word_places(tokens, clause)
    for k in words:
        ahead = [tokens[j].low for j in range(k, min(k + 7, len(tokens)))]
        if ahead[0] in ("for", "to", "on") and len(ahead) > 2:
            at = next((j for j in range(1, min(4, len(ahead) - 1)) if ahead[j] in _GROUPS), 0)
            limits = _RESTRICTS if ahead[0] == "for" else _THRESHOLDS
            if at and ahead[at + 1] in limits and "like" not in ahead[at : at + 3]:
                found.append(Stretch(k, clause.last))
        if ahead[0] == "any" and ahead[1:2] == ["of"]:
            found += [Stretch(j, j + 3) for j in range(k + 3, k + len(ahead)) if tokens[j].low in _WHICH][:1]
        some = bool(_GROUPS & set(ahead[2:4])) or "who" in ahead
        if len(ahead) > 3 and ahead[0] == "only" and (ahead[1] in _ONLY_ON or (ahead[1] == "for" and some)):
            found.append(Stretch(k + 2, clause.last))
    if words and tokens[words[0]].low in _THRESHOLDS and len(words) > 1 and tokens[words[1]].kind == "value":
        found.append(Stretch(words[0], words[1] + 1))
    return found


def conditions_before(tokens: list[Token], clauses: tuple[Clause, ...], earlier: list[Clause]) -> None:
    """Put a sentence that begins with "in that case", "then", "otherwise" under the conditions of the one before it."""
    first = clauses[0]
    start = next(iter(word_places(tokens, first)), first.first)
    start += tokens[start].low in ("and", "but", "so") and start + 1 < first.last
    if earlier and phrase_at(tokens, start, first.last, _AGAIN) is not None:
        for clause in clauses:
            clause.conditions = (clause.conditions + earlier)[:_MOST]


def conditions_of(clauses: tuple[Clause, ...]) -> list[Clause]:
    """Return the conditions that bind in a sentence, each once."""
    found = {id(c): c for clause in clauses for c in clause.conditions}
    return list(found.values())[:_MOST]
