"""The language checks on corpora that were written apart from the rules: what they find and whom they wrong.

The limits on false alarms are binding. The floor of what is found lies a little below what was measured (see
language_table.py): it tells of a rule that broke, not of one sentence more or less.
"""

from pathlib import Path

import pytest
from language_table import Measured, bare_copy, measured, run
from lt_fixture import clean_environ

from typetrainer.writing.checker import Checker

pytestmark = pytest.mark.languagetool

FOUND_FLOOR = 0.85
CLASS_FLOOR = 0.4
ALARMS_LIMIT = 0.02
LEARNERS_OVER_BARE = 0.01


@pytest.fixture(scope="module")
def ours(checker: Checker) -> Measured:
    return measured(checker)


def test_planted_errors_are_found(ours: Measured) -> None:
    assert sum(ours.found.values()) >= FOUND_FLOOR * sum(ours.planted.values()), ours.missed
    assert [name for name, count in ours.planted.items() if ours.found[name] < CLASS_FLOOR * count] == []


def test_correct_replies_are_left_alone(ours: Measured) -> None:
    assert len(ours.alarms) <= ALARMS_LIMIT * ours.replies, ours.alarms


def test_learners_are_not_wronged_more_than_without_our_pack(
    ours: Measured, languagetool_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in clean_environ(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    bare = run(bare_copy(languagetool_cache, tmp_path), tmp_path / "home")
    over = len(ours.learner_alarms) - len(bare.learner_alarms)
    assert over <= LEARNERS_OVER_BARE * ours.sentences, ours.learner_alarms
    # Without our rules much less is found: the pack, not only LanguageTool, is what is measured here.
    assert sum(ours.found.values()) > sum(bare.found.values()) + 30
