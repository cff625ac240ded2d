"""The whole command line in process: an Environment of buffers, a home folder, and golden files."""

import io
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

import typetrainer
from typetrainer.cli.main import run
from typetrainer.core.log import End, Header, Key
from typetrainer.env import Environment

GOLDEN = Path(__file__).parent / "golden"
SCHEMAS = Path(typetrainer.__file__).parent / "schemas"
CONTRACTS = Path(typetrainer.__file__).parent / "contracts"


class Stream(io.TextIOWrapper):
    """A stream in memory that may say it is a terminal."""

    def __init__(self, data: bytes = b"", *, tty: bool = False, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(data), encoding=encoding, newline="", errors="backslashreplace")
        self.tty = tty

    def isatty(self) -> bool:
        return self.tty

    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode(self.encoding)


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


class World:
    """A computer with an empty home. `run` runs the program on it."""

    def __init__(self, home: Path, **members: Any) -> None:
        self.home = home
        self.environ = {"TYPETRAINER_HOME": str(home), "TERM": "xterm", "PATH": os.defpath}
        self.members = members

    def env(self, stdin: bytes = b"", *, tty: bool = False, **more: Any) -> Environment:
        streams = (Stream(stdin, tty=tty), Stream(tty=tty), Stream(tty=tty))
        return Environment(*streams, environ=self.environ, seed=1, **{**self.members, **more})

    def run(self, *arguments: object, stdin: bytes = b"", tty: bool = False, **more: Any) -> Ran:
        env = self.env(stdin, tty=tty, **more)
        status = run(env, [str(argument) for argument in arguments])
        return Ran(status, env.stdout.text(), env.stderr.text())

    def attempt(self, number: int = 1, *, typed: str = "abc", target: str | None = "abc", end: bool = True) -> str:
        """Put an attempt on the computer, 0.2 s a key; return its id."""
        store = self.env().open_store()
        kind = "copy" if target is not None else "reply"
        header = Header(
            id=f"20261123-12000{number}-000000-0000000{number}",
            app="typetrainer test",
            started=f"2026-11-23T12:00:0{number}Z",
            kind=kind,
            item=f"page/{kind}",
            item_sha256="0" * 64,
            target=target,
            limit_s=None,
            policy="free" if target is not None else None,
        )
        journal = store.attempts.start(header, {"kind": kind, "id": header.item, "item": {"id": kind}})
        for n, letter in enumerate(typed):
            journal.write(Key(1_000_000 + n * 200_000, n, 0, letter))
        journal.close(End(1_000_000 + len(typed) * 200_000, "done") if end else None)
        if end:
            store.add(header.id)
        return header.id


def one_sentence(text: str) -> bool:
    """Whether this is an error as we say it: one line, safe to show, and no traceback."""
    return text.endswith("\n") and text.count("\n") == 1 and text[:-1].isprintable() and "Traceback" not in text


def validate(name: str, records: list[dict[str, Any]]) -> None:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert records
    for record in records:
        validator.validate(record)


def golden(name: str, text: str) -> None:
    """Compare with a golden file; TYPETRAINER_GOLDEN=write in the environment writes it anew."""
    path = GOLDEN / name
    if os.environ.get("TYPETRAINER_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
