from pathlib import Path

import pytest
from content_samples import paths_in, put_pack

from typetrainer.content.loader import Library
from typetrainer.content.own import own_text
from typetrainer.content.request import Manner, request_for, request_for_text
from typetrainer.core.canonical import canonical_sha256
from typetrainer.core.log import AttemptLog, End, Header, Key, encode_log
from typetrainer.core.result import encode_result, parse_result, verify
from typetrainer.core.text import count_graphemes
from typetrainer.errors import UsageProblem


@pytest.fixture
def library():
    return Library(paths_in(Path("/nonexistent")))


def test_one_item(library):
    request = request_for(library, "copy", seed=1, item="greeting-01")
    (task,) = request.tasks
    assert (request.kind, request.pack, request.title) == ("copy", "brightpath", "Brightpath Broadband")
    assert (task.item, task.spans, request.seed, request.limit_s) == ("brightpath/greeting-01", (), None, None)
    assert task.shown["item"]["text"] == task.target
    assert canonical_sha256(task.shown["item"]) == task.sha256


def test_a_timed_drill_never_runs_out(library):
    request = request_for(library, "copy", seed=5, pack="brightpath", seconds=300, manner=Manner(policy="stop"))
    (task,) = request.tasks
    assert count_graphemes(task.target) >= 300 * 20
    assert task.item == "brightpath/*"
    assert [task.target[span.start :][:1] for span in task.spans]
    assert task.sha256 == canonical_sha256([{"id": span.id, "sha256": span.sha256} for span in task.spans])
    assert [part["id"] for part in task.shown["items"]] == [span.id for span in task.spans]
    assert request == request_for(library, "copy", seed=5, pack="brightpath", seconds=300, manner=Manner(policy="stop"))
    assert request.tasks != request_for(library, "copy", seed=6, pack="brightpath", seconds=300).tasks


def test_several_replies(library):
    request = request_for(library, "reply", seed=2, count=3, seconds=240)
    assert len({task.item for task in request.tasks}) == 3
    assert request.limit_s == 240
    assert request.tasks[0].reply.full_id == request.tasks[0].item


def test_too_many_or_unknown(library):
    with pytest.raises(UsageProblem, match="There are only"):
        request_for(library, "reply", seed=2, count=100)
    with pytest.raises(UsageProblem, match="no pack"):
        request_for(library, "copy", seed=2, pack="nopack")
    with pytest.raises(UsageProblem, match="no copy item"):
        request_for(library, "copy", seed=2, item="second-technician")


def hiring_library(root: Path, **files: str) -> Library:
    put_pack(root / "bundled", "shop", **files)
    folder = put_pack(root / "bundled", "kept", **files)
    description = folder / "pack.toml"
    description.write_text(description.read_text("utf-8") + 'use = "hiring"\n', "utf-8")
    return Library(paths_in(root), bundled=root / "bundled")


def test_practice_never_draws_from_a_pack_that_is_kept_for_tests(tmp_path):
    library = hiring_library(tmp_path)
    assert [pack.hiring for pack in library.packs()] == [True, False]
    assert {request_for(library, "copy", seed=seed).pack for seed in range(30)} == {"shop"}
    for named in ({"pack": "kept"}, {"item": "kept/hello-01"}):
        with pytest.raises(UsageProblem, match="kept for hiring tests; start it with --exam"):
            request_for(library, "copy", seed=1, **named)
        assert request_for(library, "copy", seed=1, manner=Manner(exam=True), **named).pack == "kept"


def test_a_test_draws_from_what_is_kept_for_tests_where_it_can(tmp_path):
    test = Manner(exam=True)
    library = hiring_library(tmp_path)
    assert {request_for(library, "copy", seed=seed, manner=test).pack for seed in range(30)} == {"kept"}
    put_pack(tmp_path / "practice" / "bundled", "shop")
    only = Library(paths_in(tmp_path / "practice"), bundled=tmp_path / "practice" / "bundled")
    assert request_for(only, "copy", seed=1, manner=test).pack == "shop"


def test_own_text(library):
    own = own_text(b"One.\n\nTwo.\n\nThree.", "n")
    assert [task.target for task in request_for_text(own).tasks] == ["One.", "Two.", "Three."]
    assert [task.target for task in request_for_text(own, count=2).tasks] == ["One.", "Two."]
    timed = request_for_text(own, seconds=5).tasks[0]
    assert timed.target.startswith("One. Two. Three. One. Two.")
    assert timed.item == "own/*"
    with pytest.raises(UsageProblem):
        request_for_text(own, count=4)


@pytest.mark.parametrize("options", [{"item": "greeting-01"}, {"seconds": 60}], ids=["whole", "joined"])
def test_what_a_drill_shows_verifies_in_its_result_file(library, options):
    (task,) = request_for(library, "copy", seed=5, **options).tasks
    header = Header(
        "a1",
        "test",
        "2026-11-23T12:00:00Z",
        "copy",
        task.item,
        task.sha256,
        task.target,
        None,
        "free",
        items=task.spans,
    )
    log = encode_log(AttemptLog(header, (Key(0, 0, 0, "G"),), End(10, "quit")))
    text = encode_result(log, task.shown, app="test", python="3")
    assert verify(parse_result(text.encode())) == []
    altered = text.replace("Amara", "Amira") if "Amara" in text else text.replace('"title": "', '"title": "x', 1)
    assert "hash" in " ".join(verify(parse_result(altered.encode())))
