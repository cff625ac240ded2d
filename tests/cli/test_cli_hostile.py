"""Property: whatever is done to a log or a result, replay answers with numbers or with one sentence."""

import os
import random
import re
import tempfile
from pathlib import Path

from cli_world import CONTRACTS, World, one_sentence
from hypothesis import given, settings
from hypothesis import strategies as st

LOG = re.search(r"```jsonl log=stop-abc\n(.*?)```", (CONTRACTS / "attempt-log.md").read_text("utf-8"), re.DOTALL)[1]
RESULT = re.search(r"```json result=abc\n(.*?)```", (CONTRACTS / "result.md").read_text("utf-8"), re.DOTALL)[1]
PIECES = (
    b"null",
    b"-1",
    b"1e400",
    b"[]",
    b"{}",
    b'"',
    b"\\u0000",
    b"\\ud800",
    b"\xff",
    b"\x1b[2J",
    b"9" * 25,
    b"true",
    b",",
    b"\n",
)


def mutated(text: str, seed: int) -> bytes:
    chance = random.Random(seed)
    data = bytearray(text.encode())
    for _ in range(chance.randint(1, 3)):
        numbers = list(re.finditer(rb"\d+|null|\"[a-z]*\"", data))
        if chance.random() < 0.6 and numbers:
            spot = chance.choice(numbers)
            data[spot.start() : spot.end()] = chance.choice(PIECES)
        else:
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 20)] = chance.choice(PIECES)
    return bytes(data)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([LOG, RESULT]))
def test_replay_answers(seed, text):
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "x"
        path.write_bytes(mutated(text, seed))
        for options in ((), ("--json",)):
            ran = World(Path(home)).run("replay", *options, path)
            assert ran.status in (0, 5), ran.err
            for line in ran.out.splitlines():
                assert line.isprintable()
            if ran.status == 5:
                assert all(one_sentence(line) for line in ran.err.splitlines(keepends=True))
                assert os.fspath(path) in ran.err
