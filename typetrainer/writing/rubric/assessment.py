"""The result of judging a text: points by criterion, each with its evidence; what it says as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from typetrainer.errors import InvalidFile

RUBRIC_VERSION = 1


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a check gave `points` of `of`: `offset` and `length` in code points (None: no place), the words there."""

    rule: str
    points: float
    of: float
    message: str
    offset: int | None = None
    length: int | None = None
    text: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the fields, points to three decimals."""
        return {
            "rule": self.rule, "points": round(self.points, 3), "of": round(self.of, 3), "offset": self.offset,
            "length": self.length, "text": self.text, "message": self.message,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion."""

    points: float
    of: float
    evidence: tuple[Evidence, ...]

    def to_json(self) -> dict[str, Any]:
        """Return {"points", "of", "evidence"}."""
        return {
            "points": round(self.points, 3),
            "of": round(self.of, 3),
            "evidence": [evidence.to_json() for evidence in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class FactResult:
    """A fact: `conveyed` True, False (not found), or None where it cannot be looked for."""

    id: str
    says: str
    conveyed: bool | None
    why: str
    offset: int | None = None
    length: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the fields."""
        return {
            "id": self.id, "says": self.says, "conveyed": self.conveyed, "offset": self.offset, "length": self.length,
            "why": self.why,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ToneResult:
    """A line of the tone checklist: met, or for a warning, given; where it does not apply it is not here."""

    check: str
    met: bool
    offset: int | None = None
    length: int | None = None
    text: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the fields."""
        return {"check": self.check, "met": self.met, "offset": self.offset, "length": self.length, "text": self.text}


@dataclass(frozen=True, slots=True)
class CriticalResult:
    """What caps the score, and the words."""

    id: str
    cap: float
    message: str
    offset: int | None = None
    length: int | None = None
    text: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the fields."""
        return {
            "id": self.id, "cap": self.cap, "message": self.message, "offset": self.offset, "length": self.length,
            "text": self.text,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assessment:
    """All of it. `item` and `score` are None for a text without an item; `reason` says why a score is 0 or capped."""

    item: str | None
    score: float | None
    partial: bool
    parts: Mapping[str, Part]
    critical: tuple[CriticalResult, ...]
    facts: tuple[FactResult, ...]
    tone: tuple[ToneResult, ...]
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the object that `check --item --json` prints and the history keeps."""
        return {
            "rubric": RUBRIC_VERSION,
            "item": self.item,
            "score": self.score,
            "partial": self.partial,
            "reason": self.reason,
            "parts": {name: part.to_json() for name, part in self.parts.items()},
            "critical": [each.to_json() for each in self.critical],
            "facts": [each.to_json() for each in self.facts],
            "tone": [each.to_json() for each in self.tone],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Assessment":
        """Read what `to_json` wrote; raises InvalidFile."""
        try:
            return cls(
                data["item"],
                data["score"],
                bool(data["partial"]),
                {
                    name: Part(part["points"], part["of"], tuple(Evidence(**e) for e in part["evidence"]))
                    for name, part in data["parts"].items()
                },
                tuple(CriticalResult(**each) for each in data["critical"]),
                tuple(FactResult(**each) for each in data["facts"]),
                tuple(ToneResult(**each) for each in data["tone"]),
                str(data.get("reason", "")),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise InvalidFile(
                f"This is not an assessment ({error!r}): make it anew with `typetrainer rescore`."
            ) from error
