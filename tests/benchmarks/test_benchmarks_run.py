"""The benchmarks run and print rows; what they measure is asserted nowhere."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
WITHOUT_SERVER = ("help", "first-frame", "echo", "memory", "check", "assessment", "send-to-findings", "install", "hot")


@pytest.mark.pty
def test_every_benchmark_that_needs_no_server_prints_rows(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(HERE), "--quick", "--json", *WITHOUT_SERVER],
        env={**os.environ, "TYPETRAINER_LT_DIR": str(tmp_path / "none")}, cwd=tmp_path,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {name.split("-")[0] for name in WITHOUT_SERVER if name != "hot"} <= {
        row["name"].replace(",", " ").replace("-", " ").split()[0] for row in rows
    }
    assert all(row["ours"] > 0 or row["note"] for row in rows if row["ours"] is not None)
    assert not [row["note"] for row in rows if "could not run" in row["note"]]


def test_a_name_that_is_none_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, str(HERE), "faster"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "there is no faster" in done.stderr
