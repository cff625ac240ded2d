"""The result of a check, as the handle returns it and as it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from typetrainer.errors import InvalidFile
from typetrainer.writing.findings import Engine, Finding
from typetrainer.writing.readability import Readability


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What is known of a text. `findings` None means not checked; `reason` then says why and what mends it."""

    engine: Engine | None
    findings: tuple[Finding, ...] | None
    readability: Readability
    reason: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return {"engine", "findings", "readability"}, and "reason" when the text was not checked."""
        data: dict[str, Any] = {
            "engine": self.engine.to_json() if self.engine else None,
            "findings": None if self.findings is None else [found.to_json() for found in self.findings],
            "readability": self.readability.to_json(),
        }
        return data if self.reason is None else {**data, "reason": self.reason}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "CheckResult":
        """Read what `to_json` wrote; raises InvalidFile."""
        try:
            engine, findings, reason = data["engine"], data["findings"], data.get("reason")
            readability = data["readability"]
        except (KeyError, TypeError, AttributeError) as error:
            raise InvalidFile(f"This is not the result of a check ({error!r}): make the assessment anew.") from error
        return cls(
            engine=None if engine is None else Engine.from_json(engine),
            findings=None if findings is None else tuple(Finding.from_json(found) for found in findings),
            readability=Readability.from_json(readability),
            reason=None if reason is None else str(reason),
        )
