"""The result file of a test: the log, the item, the metrics and the versions. `replay` computes every number anew."""

import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from typetrainer import __version__
from typetrainer.core.log import encode_log
from typetrainer.errors import StorageProblem, TypetrainerError
from typetrainer.ui.context import Context
from typetrainer.ui.recorder import Recorder
from typetrainer.ui.task import Task


def write_result(
    context: Context, task: Task, recorder: Recorder, assessment: Mapping[str, Any] | None = None
) -> tuple[str, ...]:
    """Write a test's result file and return what to say about it; nothing for an attempt that is no test."""
    if not task.exam or recorder.end is None:
        return ()
    from typetrainer.core.result import encode_result
    from typetrainer.store.atomic import write_atomic

    path = task.result_path or Path.cwd() / f"typetrainer-result-{recorder.id}.json"
    engine = assessment.get("engine") if assessment else None
    text = encode_result(
        encode_log(recorder.log()), task.record, app=f"typetrainer {__version__}",
        python=platform.python_version(), engine=engine, assessment=assessment,
    )  # fmt: skip
    for place in dict.fromkeys((path, context.store.places.data / path.name)):
        try:
            write_atomic(place, text.encode("utf-8"))
        except (StorageProblem, TypetrainerError, OSError) as error:
            problem = str(error)
            continue
        note = (f"The result file: {place}",)
        return note if place == path else (problem, *note)
    return (problem,)
