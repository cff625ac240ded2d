"""What is said of a reply, point by point: problems first, then what was good, each with its place and its reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType

from typetrainer.core.text import Row as Line
from typetrainer.core.text import cells, graphemes, visible, width, wrap, wrap_text
from typetrainer.ui.choices import Said
from typetrainer.ui.frame import Piece, Row
from typetrainer.writing.findings import Finding
from typetrainer.writing.rubric.assessment import Assessment, Evidence

TEXT_COLUMNS = 76
_LABEL = 9  # cells of a criterion before what was good in it
_BETWEEN = " · "
_COST = 5
CRITICAL_WHY = "It caps the score, however good the rest is."
# Why a fact was not found, as a person would say it.
REASONS = {
    "negated": "It reads as denied.",
    "not negated": "It reads as the opposite.",
    "asked": "It is only asked.",
    "not asked": "It is not asked.",
    "hedged": "It sounds unsure.",
    "conditional": "It holds only under a condition here.",
    "reported": "It reads as what the customer said.",
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One point: `head` is its line, `why` what is said when it is chosen, `place` (offset, length) or None.

    `lost` are the points it cost; `finding` is LanguageTool's, where it is one. `about` is what a dispute is about
    where there is no place: the choice that was made. `label` is the criterion that `head` begins with, where it does;
    `better` is what to do next time, where that is not in `head` or `why`.
    """

    rule: str
    good: bool
    head: str
    why: tuple[str, ...]
    place: tuple[int, int] | None = None
    lost: float = 0.0
    finding: Finding | None = None
    about: str = ""
    label: str = ""
    better: str = ""

    def words(self, text: str) -> str:
        """Return the words of the text that it is about, or what was chosen."""
        return text[self.place[0] : self.place[0] + self.place[1]] if self.place else self.about

    @property
    def key(self) -> str:
        """What tells it from the others of this reply."""
        return f"{self.rule}@{self.place[0] if self.place else '-'}"


def judgements(
    assessment: Assessment | None, findings: Sequence[Finding], said: Mapping[str, Said] = MappingProxyType({})
) -> tuple[Judgement, ...]:
    """Return all points, those to mend first, in the order of their weight; the good ones after them.

    `said` is what is told of choices, by the id of their check.
    """
    poor: list[Judgement] = []
    good: list[Judgement] = []
    capped: list[Judgement] = []
    if assessment is not None:
        for each in assessment.critical:
            at = None if each.offset is None or each.length is None else (each.offset, each.length)
            head = f"at most {each.cap:g}: {each.message}"
            capped.append(Judgement(f"critical.{each.id}", False, head, (CRITICAL_WHY,), at, 100))
        reasons = {fact.id: fact.why for fact in assessment.facts}
        for part in assessment.parts.values():
            for evidence in _told(part.evidence, capped=bool(capped)):
                made = _judgement(evidence, reasons, said.get(evidence.rule))
                (good if made.good else poor).append(made)
    poor.sort(key=lambda each: -each.lost)
    errors = [_finding(each) for each in findings if each.severity == "error"]
    notes = [_finding(each) for each in findings if each.severity != "error"]
    return (*capped, *errors, *poor, *notes, *good)


def _told(evidence: Sequence[Evidence], *, capped: bool) -> Iterator[Evidence]:
    """Yield what is told, each thing once: not LanguageTool's, which have their own lines.

    A lost `claim` is told by the claims made, or by what caps the score; a team that was not asked, because another
    action was chosen, by that action.
    """
    claims = [each for each in evidence if each.rule.startswith("claim.")]
    by_rule = {each.rule: each for each in evidence}
    whole, action, tier = by_rule.get("claim"), by_rule.get("action"), by_rule.get("tier")
    twice = action is not None and tier is not None and action.points < action.of and tier.points < tier.of
    for each in evidence:
        if each.rule.partition(".")[0] == "language" or (twice and each is tier):
            continue
        if each is whole and (claims or (capped and each.points < each.of)):
            continue
        lost = (whole.of - whole.points) / len(claims) if whole is not None and each in claims else 0.0
        if twice and tier is not None and each is action:
            lost = each.of + tier.of
        yield replace(each, of=lost) if lost else each


def _judgement(evidence: Evidence, reasons: dict[str, str], said: Said | None) -> Judgement:
    from typetrainer.writing.rubric.checks import BY_ID

    family, _, name = evidence.rule.partition(".")
    check = BY_ID.get(family)
    lost = max(evidence.of, 0.0) - evidence.points
    met = lost <= 0 and not (evidence.of == 0 and family == "claim")
    place = None if evidence.offset is None or evidence.length is None else (evidence.offset, evidence.length)
    if said is not None:
        why = said.why or ((check.why,) if check is not None and not met else ())
        return Judgement(evidence.rule, met, said.head, tuple(why), place, lost, about=said.about, better=said.better)
    told = [REASONS[reasons[name]]] if family == "fact" and reasons.get(name) in REASONS and not met else []
    if check is not None and not met:
        told.append(check.why)
    of_item = check is None or family in ("fact", "step", "claim", "flaw")
    label = "" if of_item or check is None else "time" if family == "responsiveness" else check.criterion
    head = f"{label}: {evidence.message}" if label else evidence.message
    return Judgement(evidence.rule, met, head, tuple(told), place, lost, label=label)


def _finding(finding: Finding) -> Judgement:
    replacement = f" ▸ {edged(finding.replacements[0])}" if finding.replacements else ""
    others = ", ".join(finding.replacements[1:])
    rule = f"rule {finding.rule}" + (f" · also: {others}" if others else "")
    head = f"{finding.severity}: {edged(finding.text) or 'here'}{replacement}"
    return Judgement(
        finding.rule, False, head, (finding.message, rule), (finding.offset, finding.length), 0.0, finding
    )  # fmt: skip


def edged(text: str) -> str:
    """Return a text whose blanks can be seen where they would be lost: at its ends."""
    inside = text.strip(" ")
    before, _, after = text.partition(inside) if inside else (text, "", "")
    return visible("␣" * len(before) + inside + "␣" * len(after))


def next_time(points: Sequence[Judgement], hidden: frozenset[str]) -> str:
    """Return the one thing that would help most next time, or that there is nothing."""
    poor = [each for each in points if not each.good and (each.lost > 0 or each.finding)]
    left = [each for each in poor if each.key not in hidden]
    if not left:
        return "Nothing else to mend." if poor else "Nothing to mend. A pleasure to read."
    return f"Next time: {_to_mend(max(left, key=lambda each: each.lost))}"


def _to_mend(first: Judgement) -> str:
    """Return what would mend a point."""
    says = first.head.removeprefix("Not found: ").removeprefix("Still there: ")
    if first.better:
        return first.better
    if first.rule.startswith("fact."):
        return f"say this as well. {says}"
    if first.rule.startswith("step."):
        return says[:1].lower() + says[1:]
    if first.rule.partition(".")[0] in ("flaw", "claim", "critical"):
        return says
    if first.finding is not None:
        better = [edged(each) for each in first.finding.replacements[:1]]
        said = f"should be “{better[0]}”." if better else "looks wrong."
        return f"read it once more before you send it: “{edged(first.finding.text)}” {said}"
    return first.why[-1] if first.why else first.head


# --- rows ---


def marked_text(text: str, points: Sequence[Judgement], chosen: int, columns: int) -> list[Row]:
    """Return the text in rows: what is to be mended underlined, its number below; the chosen point reversed."""
    clusters = graphemes(text)
    owner: dict[int, int] = {}  # grapheme -> number of its point
    picked: set[int] = set()
    starts: list[int] = []
    at = 0
    for cluster in clusters:
        starts.append(at)
        at += len(cluster)
    for index, point in enumerate(points):
        if point.place is None or (point.good and index != chosen):
            continue
        offset, length = point.place
        for g, start in enumerate(starts):
            if start < offset + max(length, 1) and start + len(clusters[g]) > offset:
                if not point.good:
                    owner.setdefault(g, index + 1)
                if index == chosen:
                    picked.add(g)
    rows: list[Row] = []
    for line in wrap(clusters, min(columns - 4, TEXT_COLUMNS)):
        rows += _marked_line(clusters, line, owner, picked)
    return rows


def _marked_line(clusters: list[str], line: Line, owner: dict[int, int], picked: set[int]) -> list[Row]:
    pieces: list[Piece] = [("", "  ")]
    below: list[Piece] = []
    column = filled = 0
    for g in range(line.start, line.end):
        number = owner.get(g)
        style = "selected" if g in picked else "span" if number else ""
        text = visible(clusters[g]) if clusters[g] != "\n" else ""
        if text == " " and number and not owner.get(g - 1) == number == owner.get(g + 1):
            text = "␣"  # inside, the line below is enough
        if pieces[-1][0] == style:
            pieces[-1] = (style, pieces[-1][1] + text)
        elif text:
            pieces.append((style, text))
        if number and owner.get(g - 1) != number and column >= filled:
            label = f"└{number}"
            below += [("", " " * (column - filled)), ("warn", label)]
            filled = column + len(label)
        column += cells(clusters[g]) if clusters[g] != "\n" else 0
    return [tuple(pieces), (("", "  "), *below)] if below else [tuple(pieces)]


def point_rows(
    points: Sequence[Judgement], chosen: int, hidden: frozenset[str], said: str, columns: int
) -> list[tuple[int, Row]]:
    """Return the list of points as (index, row), the chosen one with its reason below.

    What is good in a criterion stands in a row together, so that it takes less room than what is to be mended.
    """
    room = min(columns - 12, TEXT_COLUMNS)
    rows: list[tuple[int, Row]] = []
    for label, group in groupby(
        enumerate(points), lambda each: each[1].label if each[1].good and each[1].key not in hidden else ""
    ):
        together = list(group)
        if label:
            rows += _praise(label, together, chosen, room)
        for index, point in together:
            if not label:
                rows += [(index, row) for row in _point(point, index, index == chosen, point.key in hidden, room)]
            if index == chosen and said:
                rows += [(index, (("warn", f"     {line}"),)) for line in wrap_text(said, columns - 8)]
    return rows


def _praise(label: str, points: Sequence[tuple[int, Judgement]], chosen: int, room: int) -> Iterator[tuple[int, Row]]:
    """Yield the good points of a criterion, wrapped between them, the chosen one reversed."""
    lines: list[list[tuple[int, str]]] = [[]]
    used = 0
    for index, point in points:
        text = visible(point.head.removeprefix(f"{label}: "))
        if lines[-1] and used + width(text) > room + _COST - _LABEL:
            lines.append([])
            used = 0
        lines[-1].append((index, text))
        used += width(text) + len(_BETWEEN)
    for number, line in enumerate(lines):
        here = any(index == chosen for index, _ in line)
        mark = ("✓ " if number == 0 else "  ") + f"{label if number == 0 else '':{_LABEL}}"
        pieces: list[Piece] = [("good", f" {'▸' if here else ' '}{mark}")]
        for place, (index, text) in enumerate(line):
            pieces += [("label", _BETWEEN)] if place else []
            pieces.append(("selected" if index == chosen else "", text))
        yield chosen if here else line[0][0], tuple(pieces)


def _point(point: Judgement, index: int, chosen: bool, hidden: bool, room: int) -> Iterator[Row]:
    lead = "▸" if chosen else " "
    mark = "✓ " if point.good and not hidden else f"{index + 1} " if not point.good else "· "
    aside = " (set aside)" if hidden else ""
    style = "dim" if hidden else "strong" if chosen else ""
    cost = f"−{point.lost:.0f}" if point.lost >= 0.5 and point.lost < 100 and not hidden else ""
    first, *rest = wrap_text(visible(f"{point.head}{aside}"), room) or [""]
    lead_style = "good" if point.good and not hidden else style
    gap = " " * (room - width(first))
    yield ((lead_style, f" {lead}{mark}"), (style, first), *((("dim", f"{gap}{cost:>{_COST}}"),) if cost else ()))
    for line in rest:
        yield ((style, "    " + line),)
    for sentence in point.why if chosen else ():
        for line in wrap_text(visible(sentence), room):
            yield (("label", f"     {line}"),)


def score_rows(assessment: Assessment, columns: int, *, so_far: bool = False) -> list[Row]:
    """Return the score's parts, as many to a row as fit; `so_far` while the language is being checked."""
    pieces = [f"{name} {part.points:.0f}/{part.of:.0f}" for name, part in assessment.parts.items()]
    rows: list[Row] = []
    line = ""
    for piece in pieces:
        if len(line) + len(piece) + 2 > columns - 2:
            rows.append((("label", " " + line.rstrip()),))
            line = ""
        line += piece + "  "
    if line:
        rows.append((("label", " " + line.rstrip()),))
    if assessment.reason:
        rows += [(("warn", " " + text),) for text in wrap_text(visible(assessment.reason), columns - 3)]
    if assessment.partial and not so_far:
        rows.append((("dim", " partial: something could not be checked, and leaves the sum"),))
    return rows
