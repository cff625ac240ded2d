"""`export`: the history as text."""

from pathlib import Path
from typing import Literal

import click

from typetrainer.cli.lazy import example
from typetrainer.cli.output import escaped
from typetrainer.env import Environment
from typetrainer.errors import StorageProblem, UsageProblem


@click.command("export", epilog=example("typetrainer export --format csv --out history.csv"))
@click.option(
    "--format", "form", type=click.Choice(["json", "csv"]), default="json", show_default=True,
    help="JSON Lines, which import reads again, or CSV for a spreadsheet.",
)  # fmt: skip
@click.option("--disputes", is_flag=True, help="The judgements you found wrong, as cases for the author of a pack.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write here in place of standard output.")
@click.option("--force", is_flag=True, help="Overwrite the file.")
@click.pass_obj
def command(env: Environment, form: Literal["json", "csv"], disputes: bool, out: Path | None, force: bool) -> None:
    """Write the history as JSON Lines or CSV."""
    store = env.open_store()
    if disputes:
        form, text = "json", store.disputes.exported()
    else:
        store.catch_up()
        text = store.export(form)
    if out is None:
        shown = _safe_csv(text) if form == "csv" and env.stdout.isatty() else text
        env.stdout.write(escaped(text) if form == "json" else shown)
        return
    if out.exists() and not force:
        raise UsageProblem(f"{out} exists already; --force overwrites it.")
    from typetrainer.store.atomic import write_atomic

    if not out.absolute().parent.is_dir():
        raise StorageProblem(f"There is no folder {out.absolute().parent}; make it, or name another file.")
    write_atomic(out.absolute(), text.encode("utf-8"))
    env.say(f"Written to {out}.")


def _safe_csv(text: str) -> str:
    """Return CSV that a terminal can show: every line made visible, its end kept."""
    from typetrainer.core.text import visible

    return "".join(visible(line) + "\r\n" for line in text.split("\r\n")[:-1])
