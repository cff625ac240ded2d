"""`setup`: install LanguageTool, or remove it."""

import time
from pathlib import Path

import click

from typetrainer.cli.lazy import example
from typetrainer.env import Environment
from typetrainer.errors import UsageProblem

_SPARSE_SECONDS = 5.0
_BAR = 24


class Progress:
    """Says how an install goes on: a bar on a terminal, a line every few seconds elsewhere."""

    def __init__(self, env: Environment) -> None:
        self._env = env
        self._bar = env.stderr_is_tty and not env.plain
        self._last = -_SPARSE_SECONDS
        self._label = ""
        self._drawn = False

    def __call__(self, done: int, total: int, label: str) -> None:
        """Take note of bytes done, bytes in all, and what goes on."""
        share = done / total if total else 0.0
        if self._bar:
            full = round(share * _BAR)
            mega = f"{done / 1e6:5.1f} of {total / 1e6:.1f} MB"
            self._env.stderr.write(f"\r{'█' * full}{'░' * (_BAR - full)} {mega}  {label[:40]}\x1b[K")
            self._env.stderr.flush()
            self._drawn = True
            return
        now = time.monotonic()
        if label != self._label or now - self._last >= _SPARSE_SECONDS:
            self._last, self._label = now, label
            self._env.say(f"{label}: {share * 100:.0f} %")

    def end(self) -> None:
        """Leave the bar's line."""
        if self._drawn:
            self._env.stderr.write("\n")


@click.command("setup", epilog=example("typetrainer setup", "typetrainer setup --from /media/usb/languagetool"))
@click.option(
    "--from", "source", type=click.Path(path_type=Path), metavar="DIR", help="Install from a folder, without network."
)
@click.option("--remove", is_flag=True, help="Remove LanguageTool, and say how much that frees.")
@click.option("--if-needed", is_flag=True, help="Do and say nothing when it is there already.")
@click.pass_obj
def command(env: Environment, source: Path | None, remove: bool, if_needed: bool) -> None:
    """Install LanguageTool, or mend it; 84 MB come over the network."""
    if remove and (source is not None or if_needed):
        raise UsageProblem("--remove goes with no other option.")
    if source is not None and not source.is_dir():
        raise UsageProblem(f"There is no folder {source}; name one that holds LanguageTool's jars.")
    from typetrainer.writing.languagetool import install as lt

    if remove:
        freed = lt.remove(env.paths.cache)
        env.say(
            f"LanguageTool is removed, {freed / 1e6:.1f} MB are free." if freed else "LanguageTool is not installed."
        )
        return
    if if_needed and (found := lt.locate(env.paths, env.environ)) is not None and found.current:
        return
    if env.environ.get(lt.FOLDER_VARIABLE):
        raise UsageProblem(
            f"{lt.FOLDER_VARIABLE} names an install that is used as it is; unset it to install in the cache folder."
        )
    progress = Progress(env)
    try:
        installed = lt.install(env.paths.cache, source=source, progress=progress)
    finally:
        progress.end()
    env.say(f"LanguageTool {installed.version} is ready in {installed.folder}.")
