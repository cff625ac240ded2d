import re
import tomllib
from pathlib import Path

import pytest
from content_samples import COPY, REPLY, paths_in, put_pack

import typetrainer
from typetrainer.content.loader import Library, bundled_folder, item_sha256
from typetrainer.content.model import KINDS, CopyItem
from typetrainer.content.written import WrittenItem
from typetrainer.core.canonical import canonical_json
from typetrainer.errors import InvalidFile, UsageProblem

PAGE = Path(typetrainer.__file__).parent / "contracts" / "packs.md"


@pytest.fixture
def library(tmp_path):
    put_pack(tmp_path / "bundled")
    return Library(paths_in(tmp_path), bundled=tmp_path / "bundled")


def test_the_page_and_the_code_agree_on_hashes():
    page = PAGE.read_text(encoding="utf-8")
    table = re.search(r"Worked: the item `\{(.*?)\}`", page, re.DOTALL)[1]
    pairs = re.findall(r'(\w+) = (\[.*?\]|".*?")', table)
    raw = tomllib.loads("\n".join(f"{key} = {value}" for key, value in pairs))
    assert canonical_json(raw) == re.search(r"```\n(\{.*\})\n```", page)[1]
    assert item_sha256(raw) == re.search(r"sha256 `([0-9a-f]{64})`", page)[1]


def test_a_copy_item_is_read(library):
    item = library.find("shop/hello-01")
    assert isinstance(item, CopyItem)
    assert (item.full_id, item.kind, item.tags, item.words) == ("shop/hello-01", "copy", ("greeting",), ("Zoë",))
    assert item.text == "Hello Zoë, thanks for waiting."
    assert item.sha256 == item_sha256(item.raw)
    assert library.find("hello-02").text == "That makes £12.50 in all."


def test_a_reply_item_is_read(tmp_path):
    put_pack(tmp_path / "bundled", reply=REPLY)
    item = Library(paths_in(tmp_path), bundled=tmp_path / "bundled").find("late", "reply")
    assert isinstance(item, WrittenItem)
    assert item.customer.name == "Ana"
    assert item.customer.card() == ("since 2020", "verified")
    assert item.message == "Where is it?\n\n[[item]] is what the tracking says."
    assert [fact.id for fact in item.facts] == ["when"]
    assert len(item.facts[0].conveys) == 3


def test_a_head_inside_a_text_does_not_cut_an_item(tmp_path):
    tricky = REPLY.replace("[[item]] is what the tracking says.", '\n[[item]]\nid = "fake"\n')
    put_pack(tmp_path / "bundled", reply=tricky)
    library = Library(paths_in(tmp_path), bundled=tmp_path / "bundled")
    assert library.ids("reply") == ["shop/late"]
    assert library.find("late").message.endswith('[[item]]\nid = "fake"')


def test_only_the_items_asked_for_are_parsed(tmp_path):
    put_pack(tmp_path / "bundled", copy=COPY.replace('title = "Hello again"', "title = 5"))
    library = Library(paths_in(tmp_path), bundled=tmp_path / "bundled")
    assert library.items("copy")[0].id == "hello-01"
    with pytest.raises(InvalidFile, match=r'copy\.toml, line 12, item "hello-02": title should be a text'):
        library.items("copy")[1]


def test_pieces_give_what_the_whole_file_gives():
    library = Library(paths_in(Path("/nonexistent")))
    for pack in library.packs():
        for path in pack.folder.glob("*.toml"):
            if path.stem in KINDS:
                whole = tomllib.loads(path.read_text(encoding="utf-8"))["item"]
                assert [dict(item.raw) for item in library.items(path.stem, pack.id)] == whole
        assert library.ids(pack=pack.id)


def test_the_bundled_packs_are_whole():
    library = Library(paths_in(Path("/nonexistent")))
    packs = library.packs()
    assert "brightpath" in [pack.id for pack in packs]
    assert library.problems == []
    for pack in packs:
        company, articles = library.company(pack.id), library.article_ids(pack.id)
        policies = {policy.id for policy in company.policies}
        ids = library.ids(pack=pack.id)
        assert len(ids) == len(set(ids))
        for kind in KINDS[1:]:
            for item in library.items(kind, pack.id):
                assert {*item.articles, *item.accept, item.article} - {""} <= set(articles), item.id
                assert set(item.policies) <= policies, item.id
                assert item.tier in ("", *(tier.id for tier in company.tiers)), item.id
        for article in articles:
            assert library.article(pack.id, article).title


def test_the_users_packs_come_first_and_hide(tmp_path):
    put_pack(tmp_path / "bundled")
    put_pack(tmp_path / "bundled", "zoo")
    put_pack(tmp_path / "data" / "packs", copy=COPY.replace("Hello Zoë, thanks", "Hi Zoë, thanks"))
    library = Library(paths_in(tmp_path), bundled=tmp_path / "bundled")
    assert [(pack.id, pack.own) for pack in library.packs()] == [("shop", True), ("zoo", False)]
    assert library.find("shop/hello-01").text.startswith("Hi Zoë")
    with pytest.raises(UsageProblem, match="shop/hello-01 or zoo/hello-01"):
        library.find("hello-01")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("shop/hello-1", "did you mean shop/hello-01"),
        ("helo-01", "did you mean hello-01"),
        ("shap/hello-01", 'no pack "shap"; did you mean shop'),
        ("", "no item"),
        ("/", "no item"),
        ("../../etc/passwd", "no pack"),
        ("\x1b[2J", "no item"),
    ],
)
def test_unknown_names_are_answered_with_near_ones(library, name, said):
    with pytest.raises(UsageProblem, match=re.escape(said)) as caught:
        library.find(name)
    assert "\x1b" not in str(caught.value)


def test_a_broken_pack_does_not_stop_the_others(tmp_path):
    put_pack(tmp_path / "bundled")
    (put_pack(tmp_path / "data" / "packs", "broken") / "pack.toml").write_text("id = \n")
    library = Library(paths_in(tmp_path), bundled=tmp_path / "bundled")
    assert [pack.id for pack in library.packs()] == ["shop"]
    assert "pack.toml, line 1, column 6" in str(library.problems[0])
    with pytest.raises(InvalidFile, match=r"pack\.toml"):
        library.pack("broken")


def test_company_and_articles(tmp_path):
    folder = put_pack(tmp_path / "bundled")
    (folder / "articles").mkdir()
    (folder / "articles" / "a-b.md").write_text("# Title\n\nText\n")
    library = Library(paths_in(tmp_path), bundled=tmp_path / "bundled")
    assert library.company("shop").policy("R-1").title == "Refunds"
    assert library.company("shop").policy("R-2") is None
    assert library.article_ids("shop") == ("a-b",)
    assert library.article("shop", "a-b").title == "Title"
    with pytest.raises(UsageProblem, match="did you mean a-b"):
        library.article("shop", "a-c")
    with pytest.raises(UsageProblem):
        library.article("shop", "../copy")


def test_the_bundled_folder_is_found():
    assert (bundled_folder() / "brightpath" / "pack.toml").is_file()


def test_a_copy_drill_reads_two_files_only(tmp_path, monkeypatch):
    from typetrainer.content import tomlfile

    opened = []
    real = tomlfile.read_text
    monkeypatch.setattr(tomlfile, "read_text", lambda path: opened.append(path.name) or real(path))
    put_pack(tmp_path / "bundled", reply=REPLY)
    library = Library(paths_in(tmp_path), bundled=tmp_path / "bundled")
    assert library.items("copy")[0]
    assert opened == ["pack.toml", "copy.toml"]
