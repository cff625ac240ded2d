"""A written text judged: its language checked, its points given, what was set aside before left aside. In a thread."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from typetrainer.core.log import AttemptLog
from typetrainer.core.text import visible
from typetrainer.errors import TypetrainerError
from typetrainer.store.disputes import Dispute
from typetrainer.ui.choices import chosen_of
from typetrainer.ui.context import Context
from typetrainer.ui.task import Task
from typetrainer.ui.views.judgements import Judgement
from typetrainer.ui.views.reply_results import ReplyOutcome
from typetrainer.writing.answer import answer_of
from typetrainer.writing.findings import is_spelling
from typetrainer.writing.result import CheckResult
from typetrainer.writing.rubric.assessment import Assessment

if TYPE_CHECKING:
    from typetrainer.writing.rubric.aside import Aside

ASSESSMENT_VERSION = 1
_OF_ITEM = ("data", "verification", "promise")  # what caps the score and is a claim that an item forbids


def checked_reply(context: Context, task: Task, text: str) -> CheckResult:
    """Have a reply's language checked and wait for it. Never raises for a missing checker."""
    checker = context.checker()
    if checker is None:
        from typetrainer.writing.checker import not_checked

        return not_checked(text, "language checks are switched off in the settings.")
    words = context.words_for(task.reply) if task.reply else frozenset()
    return checker.check(text, language=task.language, words=words, rules_off=context.rules_off()).result()


def patterns_read(context: Context, task: Task) -> Iterator[None]:
    """Read what a text will be judged by, in steps of a few milliseconds: while it is written, for afterwards."""
    if task.reply is None:
        return
    from typetrainer.writing.rubric.judging import read_ahead

    yield
    with suppress(TypetrainerError):  # told when the text is judged
        company = context.library.company(task.reply.pack)
        yield
        yield from read_ahead(task.reply, company, month_first=task.language == "en-US")


def so_far(text: str) -> CheckResult:
    """Return what is known of a text while its language is being checked."""
    from typetrainer.writing.checker import not_checked

    return not_checked(text, "")


def judged_reply(context: Context, task: Task, log: AttemptLog, outcome: ReplyOutcome) -> ReplyOutcome:
    """Return the outcome of a checked text, judged by its item; what is wrong with the item is in its notices."""
    if task.reply is None or outcome.check is None:
        return outcome
    from typetrainer.writing.rubric.assess import assess

    try:
        company = context.library.company(task.reply.pack)
        judged = assess(answer_of(log), outcome.check, task.reply, company, language=task.language)
        chosen = chosen_of(log, task.reply, context.library)
    except TypetrainerError as error:
        return replace(outcome, notices=(*outcome.notices, str(error)))
    return set_aside(context, task, log, replace(outcome, assessment=judged, chosen=chosen))


def set_aside(context: Context, task: Task, log: AttemptLog, outcome: ReplyOutcome) -> ReplyOutcome:
    """Return the outcome with what the writer finds wrong set aside, and the score without it beside the score."""
    try:
        respected = context.store.disputes.respected()
    except TypetrainerError as error:
        return replace(outcome, notices=(*outcome.notices, str(error)))

    def found_wrong(rule: str, words: str, good: bool) -> bool:
        return respected.covers(rule, words, task.item, task.sha256, good=good)

    aside = _with_what_goes_along(found_wrong, outcome)

    disputed = frozenset(each.key for each in outcome.points if aside(each.rule, each.words(outcome.text), each.good))
    outcome = replace(outcome, disputed=disputed, score_aside=None)
    if not disputed or task.reply is None or outcome.check is None or outcome.assessment is None:
        return outcome
    from typetrainer.writing.rubric.aside import score_without

    company = context.library.company(task.reply.pack)
    score = score_without(aside, answer_of(log), outcome.check, task.reply, company, language=task.language)
    return replace(outcome, score_aside=score if score != outcome.assessment.score else None)


def _with_what_goes_along(aside: "Aside", outcome: ReplyOutcome) -> "Aside":
    """Return `aside` for the points that are told by another one too: the team by its action, a claim by its cap."""
    told = {each.rule for each in outcome.points}
    action = next((each for each in outcome.points if each.rule == "action"), None)
    caps = [each for each in outcome.points if each.rule.removeprefix("critical.") in _OF_ITEM]

    def covers(rule: str, words: str, good: bool) -> bool:
        if rule == "tier" and rule not in told and action is not None:
            return aside(action.rule, action.about, action.good)
        if rule == "claim" and rule not in told and caps:
            return all(aside(each.rule, each.words(outcome.text), each.good) for each in caps)
        return aside(rule, words, good)

    return covers


def dispute(context: Context, task: Task, attempt: str, outcome: ReplyOutcome, point: Judgement) -> str:
    """Keep that the writer finds a judgement wrong, or take that back; return what to say of it."""
    words = point.words(outcome.text)
    try:
        if point.key in outcome.disputed:
            context.store.disputes.withdraw(point.rule, words, task.item, task.sha256, good=point.good)
            return "Taken back: it counts again."
        verdict = "good" if point.good else "poor"
        made = Dispute(attempt, task.item, task.sha256, point.rule, words, outcome.text, verdict)
        context.store.disputes.add(made, context.env.now())
    except TypetrainerError as error:
        return str(error)
    return "Kept: you find this wrong. `typetrainer export --disputes` hands it to the author."


def put_away(
    context: Context, outcome: ReplyOutcome, point: Judgement, *, dictionary: bool
) -> tuple[ReplyOutcome, str]:
    """Put a finding's word into the dictionary, or switch its rule off; return the outcome, and what to say of it."""
    finding = point.finding
    if finding is None:
        return outcome, "That is for LanguageTool's findings; ! says that a judgement is wrong."
    if dictionary and not is_spelling(finding.rule):
        return outcome, "Only a spelling finding goes into the dictionary; x switches its rule off."
    store = context.store
    target, entry = (store.dictionary, finding.text.strip()) if dictionary else (store.rules_off, finding.rule)
    try:
        target.add(entry)
    except TypetrainerError as error:
        return outcome, str(error)
    same = frozenset(
        each.key
        for each in outcome.points
        if (other := each.finding) is not None and (other.text.strip() if dictionary else other.rule) == entry
    )
    shown = visible(entry)
    what = f"“{shown}” is in your dictionary" if dictionary else f"The rule {shown} is off for you"
    return replace(outcome, put_away=outcome.put_away | same), f"{what} from now on; this result stays as it is."


def assessment_of(check: CheckResult, judged: Assessment | None = None) -> Mapping[str, Any]:
    """Return the JSON object that is kept beside the log."""
    data = {"version": ASSESSMENT_VERSION, **check.to_json()}
    return data if judged is None else {**data, "assessment": judged.to_json()}
