"""Make the lock anew: ``python -m typetrainer.writing.languagetool.make_lock VERSION [FILE]``.

For maintainers, with network. Resolves the jars of an English server with jgo, fetches each once into a
temporary folder, and writes path, coordinate, size and SHA-256. Start the result once before it is committed.
"""

import hashlib
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

GROUP = "org.languagetool"
# English alone does not start: CommonWordsDetector names Spanish, Catalan and Portuguese.
ROOTS = ("languagetool-server", "language-en", "language-es", "language-ca", "language-pt")
# Only English is checked, so the dictionaries of the others are dead weight.
EXCLUDED = (
    (GROUP, "language-all"),
    (GROUP, "catalan-pos-dict"),
    ("org.softcatala", "catalan-pos-dict"),
    (GROUP, "spanish-pos-dict"),
    ("org.softcatala", "spanish-pos-dict"),
    (GROUP, "portuguese-pos-dict"),
    ("org.softcatala", "portuguese-pos-dict"),
)
HEAD = """\
# LanguageTool {version}, the jars of an English server, made by typetrainer.writing.languagetool.make_lock.
# path = where the server jar's own manifest expects the file, relative to the install directory.
# Each jar resolves by itself from its coordinates; no POM is needed once the list is locked.
"""
ENTRY = """
[[jar]]
path = "{path}"
coordinate = "{coordinate}"
size = {size}
sha256 = "{sha256}"
"""


def resolve(version: str, repo: Path) -> list[Any]:
    """Return jgo's artifacts of the server and all it needs at run time, fetched below `repo`."""
    from jgo.maven import MavenContext, PythonResolver

    # lenient: some POMs in the tree name profiles and parents that no repository serves any more.
    resolver = PythonResolver(lenient=True)
    context = MavenContext(resolver=resolver, repo_cache=repo, local_repos=[], timeout=60)
    exclusions = [context.project(group, artifact) for group, artifact in EXCLUDED]
    roots = [context.create_dependency(f"{GROUP}:{root}:{version}", exclusions) for root in ROOTS]
    inputs, transitive = resolver.resolve(roots)
    wanted = [dependency for dependency in transitive if dependency.scope in {None, "compile", "runtime"}]
    return [dependency.artifact for dependency in (*inputs, *wanted) if dependency.type == "jar"]


def lock_text(version: str, artifacts: Iterable[Any]) -> str:
    """Write the lock of these artifacts as TOML, sorted by path."""
    entries = {}
    for artifact in artifacts:
        content = artifact.resolve().read_bytes()
        name = f"{artifact.artifactId}.jar"
        path = name if artifact.artifactId == ROOTS[0] else f"libs/{name}"
        entries[path] = ENTRY.format(
            path=path,
            coordinate=f"{artifact.groupId}:{artifact.artifactId}:{artifact.version}",
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
    return HEAD.format(version=version) + "".join(entries[path] for path in sorted(entries))


def main(arguments: list[str]) -> int:
    """Write the lock of LanguageTool `arguments[0]` to the file `arguments[1]` or to stdout."""
    if len(arguments) not in {1, 2}:
        sys.stderr.write("Usage: python -m typetrainer.writing.languagetool.make_lock VERSION [FILE]\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        text = lock_text(arguments[0], resolve(arguments[0], Path(folder)))
    if len(arguments) == 1:
        sys.stdout.write(text)
    else:
        Path(arguments[1]).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
