"""Lint of what an item names and of its patterns: ids, articles, policies, tiers, and the author's own examples."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from typetrainer.authoring.lint_found import Problem, Subject, short
from typetrainer.authoring.trying import Trial, Trier
from typetrainer.content.written import Flaw, WrittenItem
from typetrainer.writing.facts.pattern import PatternError


def ids(subjects: Sequence[Subject], others: Mapping[str, Iterable[str]]) -> Iterator[Problem]:
    """Find ids that are used twice; `others` are the ids of packs that are not looked at, by pack."""
    seen: dict[str, str] = {}
    for pack, names in others.items():
        seen |= dict.fromkeys(names, pack)
    for subject in subjects:
        own: dict[str, str] = {}
        for item in subject.items:
            if item.id in own:
                yield subject.problem("id-twice", f"{own[item.id]}.toml has an item of this id as well", item)
            elif item.id in seen:
                yield subject.problem("id-twice", f"the pack {seen[item.id]} has an item of this id as well", item)
            own.setdefault(item.id, item.kind)
        seen |= dict.fromkeys(own, subject.pack.id)


def names(subject: Subject) -> Iterator[Problem]:
    """Look up the articles, policies and tiers that items name."""
    articles = {article.id for article in subject.articles}
    policies = {policy.id for policy in subject.company.policies} if subject.company else None
    tiers = {tier.id for tier in subject.company.tiers} if subject.company else None
    for item in subject.written:
        wanted = [("articles", name) for name in item.articles] + [("accept", name) for name in item.accept]
        wanted += [("article", item.article)] if item.article else []
        for key, name in wanted:
            if name not in articles:
                message = f"there is no articles/{name}.md{_near(name, articles)}"
                yield subject.problem("unknown-article", message, item, key)
        for name in item.policies:
            if policies is not None and name not in policies:
                message = f"company.toml has no policy {name}{_near(name, policies)}"
                yield subject.problem("unknown-policy", message, item, "policies")
        if item.tier and tiers is not None and item.tier not in tiers:
            message = f"company.toml has no tier {item.tier}{_near(item.tier, tiers)}"
            yield subject.problem("unknown-tier", message, item, "tier")


def _near(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(known), 1)
    return f"; did you mean {near[0]}?" if near else ""


def patterns(subject: Subject, item: WrittenItem) -> Iterator[Problem]:
    """Parse an item's patterns, look for what has none, and try all examples, the model and the poor text."""
    for what in (*item.facts, *item.steps, *item.must_not, *item.flaws):
        if not what.match and not (isinstance(what, Flaw) and what.check):
            yield subject.problem("no-pattern", "has no match, so it is never checked", item, _place(item, what))
    try:
        trier = Trier(item, subject.company, language=subject.pack.language)
    except PatternError as error:
        place, _, message = str(error).removeprefix(f'item "{item.id}", ').partition(": ")
        yield subject.problem("pattern", message, item, place)
        return
    for trial in trier.examples():
        if trial.right is False:
            yield _wrong(subject, item, trial)


def _place(item: WrittenItem, what: object) -> str:
    for label, things in (
        ("fact", item.facts), ("step", item.steps), ("must_not", item.must_not), ("flaw", item.flaws)
    ):  # fmt: skip
        for thing in things:
            if thing is what:
                return f'{label} "{thing.id}"'
    return ""


def _wrong(subject: Subject, item: WrittenItem, trial: Trial) -> Problem:
    sample = trial.sample
    check = sample.source if sample.source in ("model", "poor") else "example"
    place = f'{trial.thing.label} "{trial.thing.what.id}"'
    place += f", {sample.source} {sample.number}" if sample.number is not None else f", {sample.source}"
    if trial.late_for and sample.expected:
        message = f"comes too late: it should stand before {' and '.join(trial.late_for)}"
    elif sample.expected:
        why = f" ({trial.why})" if trial.why not in ("", "not found") else ""
        message = f"should be found{why}"
    else:
        words = " … ".join(f'"{short(trial.words(span), 60)}"' for span in trial.spans)
        message = f"should not be found; found {words}"
    text = f': "{short(sample.text)}"' if check == "example" else ""
    return subject.problem(check, message + text, item, place)
