"""Lint: each check finds its fault, and nothing else, in a pack that is clean without it."""

from pathlib import Path

import pytest
from pack_world import linted, subjects, write

from typetrainer.authoring.lint import counts, lint
from typetrainer.authoring.lint_found import CHECKS
from typetrainer.errors import InvalidFile

DARK = """# Notwithstanding

Notwithstanding considerable organisational complications, comprehensive documentation regarding administrative
responsibilities, contractual obligations and supplementary precautionary considerations necessitates an
extraordinarily conscientious familiarisation with unquestionably indispensable organisational characteristics,
particularly whenever circumstances necessitate comprehensive reconsideration of previously established methodological
recommendations. Furthermore, notwithstanding aforementioned considerations, representatives are systematically
encouraged to demonstrate uncompromising professionalism throughout increasingly sophisticated communicational
interactions, irrespective of organisational hierarchies, departmental responsibilities, geographical peculiarities,
or technological infrastructures, in accordance with internationally acknowledged recommendations concerning
interdisciplinary collaboration, accountability, transparency, sustainability, and continuous improvement initiatives,
which representatives periodically acknowledge electronically.
"""


def test_a_clean_pack_is_found_clean(tmp_path: Path) -> None:
    assert linted(write(tmp_path)) == []


def test_the_counts_are_those_of_the_pack(tmp_path: Path) -> None:
    rows = counts(subjects(write(tmp_path), []))
    assert {(row["kind"], row["items"]) for row in rows} == {
        ("copy", 2), ("reply", 1), ("fix", 1), ("note", 1), ("triage", 1), ("search", 1), ("article", 1),
    }  # fmt: skip
    assert all(row["easy"] + row["middle"] + row["hard"] == row["items"] for row in rows)


FAULTS = [
    ("reply.toml", "band_s = 150", "band = 150", "schema", "kiln-cracked-bowl"),
    ("company.toml", 'name = "Clay and Company"', 'name = ""', "schema", ""),
    ("fix.toml", "[[item]]", "[[item]", "schema", ""),
    ("reply.toml", 'policies = ["K-1"]', 'policies = ["K-9"]', "unknown-policy", "policies"),
    ("search.toml", '"caring-for-glazed-pieces"', '"caring"', "unknown-article", "article"),
    ("search.toml", "band_s", 'accept = ["nowhere"]\nband_s', "unknown-article", "accept"),
    ("triage.toml", 'tier = "lead"', 'tier = "leads"', "unknown-tier", "tier"),
    ("reply.toml", "crack|break", "crack||break", "pattern", 'fact "cause"'),
    ("reply.toml", "match = [\"ready", "# match = [\"ready", "no-pattern", 'fact "ready"'),
    ("reply.toml", '  "It cracked in our kiln.",', '  "It cracked.",', "example", 'fact "cause", conveys 1'),
    ("reply.toml", '"Did it crack in the kiln?"', '"It broke in the kiln."', "example", 'fact "cause", not_conveys 3'),
    ("fix.toml", '"See you on Wednesday at seven."', '"Drop in whenever."', "example", 'flaw "no-time", mended 3'),
    ("reply.toml", "it cracked in our kiln. You", "it broke. You", "model", 'fact "cause", model'),
    ("reply.toml", "Just write back", "We refund the course fee. Just write back", "model", 'must_not "money", model'),
    ("reply.toml", "Would you like to come on Thursday? Then I'll", "I'll", "model", 'step "ask", model'),
    ("fix.toml", "the glaze evening on Wednesday", "us sometime. It's on Wednesday", "model", 'flaw "no-time", model'),
    ("fix.toml", "thanks for asking.", "you should have read the sign.", "model", 'flaw "blame"'),
    ("fix.toml", "own work. Come sometime.", "own work.", "poor", 'flaw "no-time", poor'),
    ("fix.toml", "You should have read the sign.", "There is a sign.", "poor", 'flaw "blame"'),
    ("reply.toml", "I'm sorry that your dad's bowl is broken: it", "It", "score", "model"),
    ("triage.toml", "Who pays for this?", "Who\u00a0pays for this?", "characters", "message"),
    ("reply.toml", "Hi, I came", "Hi \U0001f469\u200d\U0001f373, I came", "characters", "message"),
    ("articles/caring-for-glazed-pieces.md", "soft cloth", "soft\tcloth", "characters", ""),
    ("copy.toml", "little blue jug", "little blue jüg", "keyboard", "text"),
    ("copy.toml", "charge.", "charge…", "keyboard", "text"),
    ("copy.toml", "Come by and see it.", "Come by, and it costs 12 ₹.", "keyboard", "text"),
    ("reply.toml", "Just write back", "Clay is another £40. Just write back", "source", "model"),
    ("reply.toml", "Just write back", "Your number is KL-4471. Just write back", "source", "model"),
    ("reply.toml", "Just write back", "Ask for Petra on the day. Just write back", "source", "model"),
    ("reply.toml", "Just write back", "We close on 3 August. Just write back", "source", "model"),
    ("reply.toml", "Just write back", "We close at 9.45 pm. Just write back", "source", "model"),
    ("reply.toml", 'says = "The bowl cracked in the kiln."', 'says = "It cracked in kiln 77."', "source", "says"),
    ("reply.toml", "birthday on Sunday.", "birthday on Sunday 15 June 2026.", "calendar", "message"),
    ("articles/caring-for-glazed-pieces.md", "# Caring for glazed pieces", DARK, "grade", ""),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "check", "place"), FAULTS)
def test_a_fault_is_found(tmp_path: Path, file: str, old: str, new: str, check: str, place: str) -> None:
    found = [problem for problem in linted(write(tmp_path, (file, old, new))) if problem.check == check]
    assert found, check
    assert any(place in f"{problem.item} {problem.place}" for problem in found)
    assert all(problem.file.is_relative_to(tmp_path.resolve()) for problem in found)
    assert found[0].file.name == Path(file).name
    assert all("\n" not in problem.message for problem in found)


def test_every_check_has_a_fault_here_or_below() -> None:
    assert set(CHECKS) == {check for *_, check, _ in FAULTS} | {"id-twice", "twin", "language"}


def test_a_warning_is_no_error(tmp_path: Path) -> None:
    (warning,) = [p for p in linted(write(tmp_path, FAULTS[8][:3])) if p.check == "no-pattern"]
    assert warning.severity == "warning"


def test_a_problem_has_the_line_of_its_item_or_of_the_fault(tmp_path: Path) -> None:
    folder = write(tmp_path, ("reply.toml", "band_s = 150", "band = 150"), ("triage.toml", '"K-2"', '"K-3"'))
    by_check = {problem.check: problem for problem in linted(folder)}
    text = (folder / "reply.toml").read_text("utf-8")
    assert by_check["schema"].line == text[: text.index("band = ")].count("\n") + 1
    assert by_check["unknown-policy"].line == 2


def test_other_items_are_looked_at_when_one_is_broken(tmp_path: Path) -> None:
    folder = write(tmp_path, ("copy.toml", 'tags = ["greeting"]', "tags = []"), ("copy.toml", "at no", "ät no"))
    assert [problem.check for problem in linted(folder)] == ["schema", "keyboard"]


def test_a_tag_permits_what_the_keyboard_has_not(tmp_path: Path) -> None:
    edit = ("copy.toml", "little blue jug", "little blue jüg")
    assert linted(write(tmp_path, edit, ("copy.toml", '"greeting"', '"greeting", "accents"'))) == []
    assert (
        linted(write(tmp_path, ("copy.toml", "jug", "jug – yours –"), ("copy.toml", '"greeting"', '"typography"')))
        == []
    )


@pytest.mark.parametrize(("language", "sign"), [("en-GB", "£"), ("en-IN", "₹"), ("en-IE", "€"), ("en-US", "$")])
def test_a_country_has_its_sign_on_the_keyboard(tmp_path: Path, language: str, sign: str) -> None:
    folder = write(tmp_path, language=language)
    assert f"{sign}96" in (folder / "copy.toml").read_text("utf-8")
    assert linted(folder) == []


# --- ids and twins ---


def test_an_id_is_unique_over_packs_and_files(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, ("copy.toml", "second-copy-glaze", "kiln-copy-glaze"), pack="second")
    found = [problem for problem in linted(tmp_path) if problem.check == "id-twice"]
    assert [(problem.pack, problem.item) for problem in found] == [("second", "kiln-copy-glaze")]
    folder = write(tmp_path / "other", ("copy.toml", "kiln-copy-glaze", "kiln-cracked-bowl"))
    assert [problem.check for problem in linted(folder)] == ["id-twice"]


def test_a_text_with_other_names_and_amounts_is_a_twin(tmp_path: Path) -> None:
    evenings = "Nine evenings cost £120, clay and glaze included. Missed two? Make them up on any Friday, 7 pm to 9 pm."
    jug = "Hello Ines, your little blue jug came out of the kiln this morning, and the handle has held. Come by and"
    folder = write(tmp_path, ("copy.toml", f"{jug} see it.", evenings))
    (twin,) = linted(folder)
    assert (twin.check, twin.item, twin.place) == ("twin", "kiln-copy-eight-evenings", "text")
    assert "text of kiln/kiln-copy-glaze" in twin.message


def test_twins_are_found_in_packs_that_are_not_looked_at_but_the_others_are_not_reproached(tmp_path: Path) -> None:
    mine = subjects(write(tmp_path / "a"), [])
    others = subjects(write(tmp_path / "b", pack="second"), [])
    found = list(lint(mine, others=others))
    assert {problem.check for problem in found} == {"twin"}
    assert {problem.pack for problem in found} == {"kiln"}
    assert len(found) == 9  # eight items and an article, each once
    own = [subject.pack._replace(own=True) for subject in others]
    import dataclasses

    assert list(lint(mine, others=[dataclasses.replace(others[0], pack=own[0])])) == []


def test_a_folder_without_packs_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="is no pack and holds none"):
        linted(tmp_path)


def test_a_pack_whose_own_page_is_broken_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path, ("pack.toml", 'version = "0.1.0"', ""))
    (problem,) = linted(folder)
    assert (problem.check, problem.file) == ("schema", folder.resolve() / "pack.toml")
    assert "version is missing" in problem.message


# --- what the writer is told ---

TOLD = [
    ("It costs £40.", "You pay forty pounds.", True),
    ("It costs £40.", "You pay forty-one pounds.", False),
    ("It costs £40, and clay is £8.", "You pay £48 in all.", True),
    ("It costs £40, and clay is £8.", "You pay £32 without it.", True),
    ("It costs £40, and clay is £8.", "You pay £45 in all.", False),
    ("It costs £12.50 for each of 3 evenings.", "That is £37.50.", True),
    ("It costs £40, less 15%.", "That makes £34.", True),
    ("Today is Mon 8 June.", "Come until Monday 8 June.", True),
    ("Today is Mon 8 June. It takes 5 days.", "It is there by Saturday 13 June.", True),
    ("Today is Mon 8 June. It takes 5 days.", "It is there by 19 June.", False),
    ("Open 9 am to 5 pm.", "We are here until 17:00.", True),
    ("Open 9 am to 5 pm.", "We are here until 15:00.", False),
    ("It takes 3 to 5 working days.", "It takes up to five working days.", True),
    ("It takes 3 to 5 working days.", "It takes up to 9 working days.", False),
    ("It was fired for 14 hours.", "It was fired for 14 hours.", True),
    ("It was fired for a while.", "It was fired for 14 hours.", False),
    ("We keep it for 14 days.", "Today is day 14.", True),
    ("We keep it for 14 days.", "Today is day 15.", False),
    ("The shelf is B-17.", "Look at B17.", True),
    ("The shelf is B-17.", "Look at B-18.", False),
    ("Nia does the glazes.", "Ask Nia's class.", True),
    ("Somebody does the glazes.", "Ask Nia on the day.", False),
    ("There are two ways.", "I have two questions, and there are 3 ways.", True),
    ("It fits 30 pieces.", "It fits thirty pieces.", True),
    ("It fits many pieces.", "It fits 31 pieces.", False),
    ("It is ready on Friday.", "It is ready on Friday in the afternoon.", True),
    ("Nothing.", "That takes five minutes.", True),
]


@pytest.mark.parametrize(("known", "said", "told"), TOLD)
def test_what_is_said_must_be_told(tmp_path: Path, known: str, said: str, told: bool) -> None:
    folder = write(
        tmp_path,
        ("reply.toml", '  "The bowl cracked in our kiln",', f'  "The bowl cracked in our kiln",\n  "{known}",'),
        ("reply.toml", "Just write back", f"{said} Just write back"),
    )
    found = [problem.message for problem in linted(folder) if problem.check == "source"]
    assert (not found) is told, found


CALENDAR = [
    ("See you on Friday 12 June, or on Sunday 14 June.", 0),  # 2026
    ("See you on Friday 12 June, or on Sunday 15 June.", 1),
    ("From Tue 1 Dec 2026 to Fri 5 Feb 2027.", 0),
    ("From Tue 1 Dec to Fri 5 Feb.", 0),
    ("From Tue 1 Dec to Thu 11 Feb. Then Mon 7 Dec.", 0),
    ("Sunday is fine. 12 June as well. Friday, the 12 June.", 0),
    ("We met on Wednesday 12 June 2026.", 1),
    ("Sunday 30 February 2026", 1),
]


@pytest.mark.parametrize(("text", "wrong"), CALENDAR)
def test_weekdays_and_dates_are_of_one_year(tmp_path: Path, text: str, wrong: int) -> None:
    folder = write(tmp_path, ("reply.toml", "Hi, I came", f"{text} Hi, I came"))
    assert sum(problem.check == "calendar" for problem in linted(folder)) == wrong
