"""contracts/packs.md and the schema say the same, and the items on the page can be loaded and tried."""

import re

import pytest
from content_samples import paths_in
from page_blocks import Row, blocks, page, put, rows, section

from typetrainer.authoring.trying import Trier
from typetrainer.content import schema
from typetrainer.content.loader import Library
from typetrainer.content.model import KINDS, CopyItem
from typetrainer.writing.rubric.checks import CHECKS

PAGE = page("packs.md")
SOUGHT = {"fact": schema.FACT, "step": schema.STEP, "must_not": schema.MUST_NOT, "flaw": schema.FLAW}
NAMED = {
    "a language": "language",
    "an ISO 4217": "currency",
    "a policy's id": "policy id",
    "an id of letters": "policy id",
}


def counted(least: int) -> str:
    return f", {least} or more" if least else ""


def type_of(spec: schema.Spec) -> str:
    """Return the word that the page has for a spec."""
    match spec:
        case schema.OneOf():
            words = [f"`{word}`" for word in spec.choices]
            return f"{', '.join(words[:-1])} or {words[-1]}"
        case schema.Text():
            if spec.pattern is schema.ID_PATTERN:
                return "id"
            named = [word for start, word in NAMED.items() if spec.expected.startswith(start)]
            return named[0] if named else "text" if spec.lines else "line"
        case schema.Texts():
            of = type_of(spec.of)
            return f"list of {of if '`' in of else of + 's'}" + counted(spec.least)
        case schema.Whole():
            return f"number, {spec.low} to {spec.high}"
        case schema.Senses():
            return "table of lists of lines, 1 or more each"
        case schema.Card():
            return "card"
        case schema.Tables():
            return "tables" + counted(spec.least)
        case schema.Table():
            return "table"
    raise AssertionError(spec)


def flat(table: schema.Table, before: str = "") -> dict[str, tuple[str, str]]:
    """Return every key of a table and of those in it, with type and whether it is needed."""
    found = {}
    for key, spec in table.keys.items():
        found[before + key] = (type_of(spec), "no" if key in table.optional else "yes")
        inner = spec.of if isinstance(spec, schema.Tables) else spec
        if isinstance(inner, schema.Table):
            found |= flat(inner, f"{before}{key}.")
    return found


@pytest.mark.parametrize(("title", "table"), [("pack.toml", schema.PACK), ("company.toml", schema.COMPANY)])
def test_a_files_keys_are_on_the_page(title: str, table: schema.Table) -> None:
    on_page = {key: (row.type, *row.cells) for row in rows(section(PAGE, title)) for key in row.keys}
    assert on_page == flat(table)


def names(cell: str, every: list[str]) -> list[str]:
    """Return the names in a cell of the page."""
    return every if cell == "all" else [] if cell == "–" else cell.split(", ")


def page_says(found: list[Row], every: list[str]) -> dict[tuple[str, str], tuple[str, str]]:
    """Return for each table and key its type and whether it is needed, as the page has it."""
    said: dict[tuple[str, str], tuple[str, str]] = {}
    for row in found:
        for cell, needed in zip(row.cells, ("yes", "no"), strict=True):
            for name in names(cell, every):
                for key in row.keys:
                    assert (name, key) not in said, f"{name}: {key} comes twice"
                    said[name, key] = (row.type, needed)
    return said


def schema_says(tables: dict[str, schema.Table]) -> dict[tuple[str, str], tuple[str, str]]:
    return {
        (name, key): (type_of(spec), "no" if key in table.optional else "yes")
        for name, table in tables.items()
        for key, spec in table.keys.items()
    }


def test_every_key_of_every_item_is_on_the_page() -> None:
    on_page = page_says(rows(section(PAGE, "Items")), list(KINDS))
    in_code = schema_says(schema.ITEMS)
    # A fix needs a flaw, a poor article may do without: the page says so in one row.
    assert in_code["fix", "flaw"] == ("tables, 1 or more", "yes")
    assert in_code["article", "flaw"] == ("tables", "no")
    in_code["fix", "flaw"] = ("tables, 1 or more in fix", "yes")
    in_code["article", "flaw"] = ("tables, 1 or more in fix", "no")
    assert on_page == in_code


def test_every_key_of_what_is_looked_for_is_on_the_page() -> None:
    assert page_says(rows(section(PAGE, "What is looked for")), list(SOUGHT)) == schema_says(SOUGHT)


def test_every_key_that_needs_a_word_of_meaning_has_one() -> None:
    plain = {"id", "authors", "name", "trade", "tone", "guideline.id", "guideline.text", "tier.id", "tier.name",
             "tier.handles", "policy.title", "policy.text"}  # fmt: skip
    for title in ("pack.toml", "company.toml", "Items", "What is looked for"):
        for row in rows(section(PAGE, title)):
            assert row.meaning or set(row.keys) <= plain or row.keys[0].startswith("weights."), row.keys


def test_a_flaws_checks_are_the_rubrics() -> None:
    warnings = {check.id for check in CHECKS if check.points < 0}
    assert set(schema.FLAW_CHECKS) == warnings | {"language", "clarity-sentences", "clarity-longest"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    home = tmp_path_factory.mktemp("page")
    for block in blocks(PAGE):
        if block.file:
            put(block, home / "data" / "packs" / "otterbeck")
    return Library(paths_in(home))


def test_the_pages_pack_is_whole(library: Library) -> None:
    company = library.company("otterbeck")
    policies, tiers = {policy.id for policy in company.policies}, {tier.id for tier in company.tiers}
    assert library.problems == []
    for kind in KINDS:
        (item,) = library.items(kind, "otterbeck")
        if not isinstance(item, CopyItem):
            assert set(item.policies) <= policies
            assert item.tier in ("", *tiers)
            assert {*item.articles, *item.accept, item.article} - {""} <= set(library.article_ids("otterbeck"))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "copy"])
def test_the_pages_items_come_out_right(library: Library, kind: str) -> None:
    (item,) = library.items(kind, "otterbeck")
    trials = list(Trier(item, library.company("otterbeck"), language="en-GB").examples())
    assert [(t.thing.what.id, t.sample) for t in trials if t.right is False] == []
    assert {t.thing.what.id for t in trials if t.found is None} == {f.id for f in item.flaws if f.check}


def test_the_page_has_each_file_once() -> None:
    files = [block.file for block in blocks(PAGE) if block.language == "toml"]
    assert sorted(files) == sorted({"pack.toml", "company.toml", *(f"{kind}.toml" for kind in KINDS)})
    assert re.findall(r"^## (\w+)\.toml$", PAGE, re.MULTILINE) == ["pack", "company", *KINDS]
