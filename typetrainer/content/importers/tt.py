"""tt: a JSON list of quotes, each with `text` and `attribution`. Its plain files are of the format `text`."""

from typetrainer.content.importers.common import Gathering, Parsed, decoded
from typetrainer.content.importers.jsonlist import read_list, text_of


def parse(data: bytes, name: str) -> Parsed:
    """Read the quotes; where one came from becomes its title. Raises InvalidFile."""
    found = Gathering(name)
    for number, (line, quote) in enumerate(read_list(decoded(data, name), name).entries, 1):
        text = text_of(quote, "text")
        if text is None:
            found.leave(line, f"quote {number}", 'it has no "text"')
        else:
            found.add(line, f"quote {number}", text_of(quote, "attribution") or "", text)
    return found.done()
