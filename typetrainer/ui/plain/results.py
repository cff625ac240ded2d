"""After a written text in plain lines: why a judgement was made, that it is wrong, the model, both attempts."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from typetrainer.core.log import AttemptLog
from typetrainer.ui.context import Context
from typetrainer.ui.judging import dispute, put_away, set_aside
from typetrainer.ui.plain.terminal import PlainTerminal
from typetrainer.ui.plain.words import both_sentences, point_sentences
from typetrainer.ui.reading import for_ears
from typetrainer.ui.task import Task
from typetrainer.ui.views.reply_results import ReplyOutcome

_POINT = re.compile(r"(\d{1,3})\s?([!dx]?)")


@dataclass
class PlainResults:
    """One text's results. `earlier` is the attempt before at the same item, where there was one in this sitting."""

    context: Context
    terminal: PlainTerminal
    task: Task
    log: AttemptLog
    outcome: ReplyOutcome
    earlier: ReplyOutcome | None = None

    def ask(self) -> bool:
        """Answer questions until the user goes on; return whether the item is to be tried again."""
        self.terminal.say("", self._offer())
        while True:
            line = self.terminal.line().strip().lower()
            if not line:
                return False
            if line == "r" and not self.task.exam:
                return True
            self.terminal.say(*self._answer(line), "", "Enter goes on.")

    def _offer(self) -> str:
        both = " b both attempts;" if self.earlier is not None else ""
        again = "" if self.task.exam else " r tries again;"
        points = " a number says why, with ! after it that it is wrong;" if self.outcome.points else ""
        if any(point.finding is not None for point in self.outcome.points):
            points += " with d that its word goes into your dictionary, with x that its rule is switched off;"
        return f"Enter goes on. Before Enter:{points} m the model answer;{both}{again}".rstrip(";") + "."

    def _answer(self, line: str) -> list[str]:
        answers: dict[str, Callable[[], list[str]]] = {"m": self._model}
        if self.earlier is not None:
            earlier = self.earlier
            answers["b"] = lambda: both_sentences(earlier, self.outcome)
        if line in answers:
            return answers[line]()
        found = _POINT.fullmatch(line)
        if not found or not 0 < int(found[1]) <= len(self.outcome.points):
            return ["There is nothing like that.", self._offer()]
        return self._point(int(found[1]) - 1, found[2])

    def _model(self) -> list[str]:
        said = ["A model answer. There are other good ones.", *self.outcome.model.split("\n")]
        article = self.outcome.chosen.article if self.outcome.chosen is not None else None
        return said if article is None else [*said, "", "The article:", *for_ears(article.text)]

    def _point(self, index: int, wish: str) -> list[str]:
        point = self.outcome.points[index]
        if not wish:
            return point_sentences(self.outcome, index)
        if wish in "dx":
            self.outcome, said = put_away(self.context, self.outcome, point, dictionary=wish == "d")
            return [said]
        said = dispute(self.context, self.task, self.log.header.id, self.outcome, point)
        made = set_aside(self.context, self.task, self.log, self.outcome)
        self.outcome = replace(self.outcome, disputed=made.disputed, score_aside=made.score_aside)
        score = made.score_aside
        return [said, *([] if score is None else [f"Without what you set aside it is {score:.0f} of 100."])]
