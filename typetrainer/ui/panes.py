"""What is shown above the editor: the case first, then all else that the writer may look up."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from typetrainer.content.model import Article
from typetrainer.content.written import WrittenItem
from typetrainer.ui.reading import for_eyes
from typetrainer.ui.views.reply import Pane, case_pane, poor_pane, text_pane, transcript_pane
from typetrainer.ui.written import Writing

if TYPE_CHECKING:
    from typetrainer.content.loader import Library


def make_panes(
    item: WrittenItem, library: "Library", keys_help: str, columns: int, *, articles: Sequence[str] | None = None
) -> list[Pane]:
    """Return the panes of an item at a width, in the order of Tab. Raises the errors of the library.

    `articles` stand in place of the item's own, where those would give the answer away.
    """
    panes = list(_case(item, columns))
    shown = item.articles if articles is None else articles
    panes += [article_pane(library.article(item.pack, article_id), columns) for article_id in shown]
    company = library.company(item.pack)
    rules = [f"{p.id}  {p.title}: {p.text}" for p in map(company.policy, item.policies) if p is not None]
    style = [company.voice, "", *(f"· {guideline.text}" for guideline in company.guidelines)]
    if rules:
        panes.append(text_pane("policies", "Policies of this case", "\n\n".join(rules), columns))
    panes.append(text_pane("how we write", f"How {company.name} writes", "\n".join(style), columns))
    panes.append(text_pane("keys", "Keys", keys_help, columns))
    return panes


def card_line(item: WrittenItem) -> str:
    """Return the customer's card as a line; empty where there is no customer."""
    return "" if item.customer.name == "-" else " · ".join([item.customer.name, *item.customer.card()])


def _case(item: WrittenItem, columns: int) -> Iterator[Pane]:
    """Yield what the task is about: the transcript, the case, the poor text."""
    card = card_line(item)
    if item.transcript:
        yield transcript_pane("transcript", item.transcript, columns)
    if item.kind == "article" and item.poor:
        yield poor_pane("poor article", item.poor, columns)
    if item.kind not in ("note", "article"):
        yield case_pane(card, item.message, item.know, columns, poor=item.poor)
    elif card or item.message or item.know:
        yield case_pane(card, item.message, item.know, columns)._replace(name="card" if card else "case")


def tiers_pane(item: WrittenItem, library: "Library", columns: int) -> list[Pane]:
    """Return who handles what, where the company says so. Raises the errors of the library."""
    handled = "\n\n".join(f"{tier.name}: {tier.handles}" for tier in library.company(item.pack).tiers)
    return [text_pane("teams", "Who handles what", handled, columns)] if handled else []


def article_pane(article: Article, columns: int) -> Pane:
    """Return an article as a pane."""
    return text_pane("article", article.title, for_eyes(body_of(article), columns - 3), columns)


def body_of(article: Article) -> str:
    """Return an article's text without its title."""
    return article.text.split("\n", 1)[-1] if article.text.startswith("# ") else article.text


def keys_help(kind: str, writing: Writing, *, poor: bool = False, exam: bool = False) -> str:
    """Return what the keys do, for the pane of F1. A test can be neither begun anew nor suspended."""
    noun = writing.noun
    send = (
        f"Ctrl-S finishes the {noun}; Enter begins a new line."
        if writing.lines
        else f"Enter sends the {noun}; Alt-Enter or Ctrl-J begins a new line."
    )
    take = "\nF5 takes the poor text over, as long as nothing is written." if poor else ""
    first = _FIRST.get(kind, "")
    return (
        f"{first}{send}{take}\n"
        "Tab shows the next pane up here: articles, policies, how the company writes. PgUp and PgDn scroll it.\n"
        "Ctrl-_ takes back, Ctrl-Y does again. Ctrl-A selects all; Shift with an arrow selects.\n"
        "Ctrl-Left and Ctrl-Right move by words; Ctrl-W deletes the word before the cursor, Alt-D the one after it.\n"
        f"Home and End go to the ends of the row, Ctrl-Home and Ctrl-End to those of the {noun}.\n"
        "Ctrl-U and Ctrl-K delete to the start and to the end of the line.\n"
        f"{'' if exam else 'Ctrl-R starts again. Ctrl-Z suspends. '}Ctrl-C leaves; what you wrote is kept."
    )


_FIRST = {
    "triage": "Left and right choose what to do and to whom; up and down go from line to line. Alt with a digit "
    "chooses from anywhere. Until you send it, a choice can be changed.\n",
    "search": "Ctrl-F goes to the search and back. Up and down choose an article, Enter opens it, Enter again answers "
    "with it. Until you send the answer, another article can be chosen.\n",
}
