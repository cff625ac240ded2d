"""monkeytype quotes: `{"language", "groups", "quotes": [{"id", "text", "source", "length"}]}`."""

from typetrainer.content.importers.common import Gathering, Parsed, decoded
from typetrainer.content.importers.jsonlist import read_list, text_of


def parse(data: bytes, name: str) -> Parsed:
    """Read the quotes; the source becomes the title. `groups` and `length` follow from the texts and are not needed.

    Raises InvalidFile.
    """
    found = Gathering(name)
    listed = read_list(decoded(data, name), name, "quotes")
    for number, (line, quote) in enumerate(listed.entries, 1):
        what = f"quote {number}"
        text = text_of(quote, "text")
        if text is None:
            found.leave(line, what, 'it has no "text"')
            continue
        length = quote.get("length")
        if (
            type(length) is int
            and length != len(text)
            and length != len(text.encode("utf-16-le", "surrogatepass")) // 2
        ):
            found.note(line, what, f"its length should be {length:,} and is {len(text):,}")
        found.add(line, what, text_of(quote, "source") or "", text)
    return found.done(language=text_of(listed.others, "language"))
