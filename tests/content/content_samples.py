"""Small packs for tests, and a folder to put them in."""

from pathlib import Path

from typetrainer.paths import Paths

PACK = """\
id = "shop"
title = "Corner Shop"
language = "en-GB"
version = "1.0.0"
licence = "CC0-1.0"
authors = ["A. Tester"]
"""
COPY = """\
# what there is to type

[[item]]
id = "hello-01"
title = "Hello"
tags = ["greeting"]
words = ["Zoë"]
text = "Hello Zoë, thanks for waiting."

[[item]]
id = "hello-02"
title = "Hello again"
tags = ["greeting", "amounts"]
text = "That makes £12.50 in all."
"""
REPLY = '''\
[[item]]
id = "late"
title = "A late parcel"
tags = ["delivery"]
customer = { name = "Ana", since = 2020, verified = true }
message = """
Where is it?

[[item]] is what the tracking says."""
know = ["It comes on Monday."]
band_s = 120
model = "Hello Ana, it comes on Monday."

[[item.fact]]
id = "when"
says = "It comes on Monday."
conveys = ["It comes on Monday.", "Monday is the day.", "You get it on Monday."]
not_conveys = ["It comes on Tuesday.", "Soon.", "Does it come on Monday?"]
'''
COMPANY = """\
name = "Corner Shop"
trade = "groceries"
about = "A shop."
currency = "GBP"
hours = "Always."
words = ["Zoë"]

[tone]
voice = "Kind."

[[policy]]
id = "R-1"
title = "Refunds"
text = "Within 14 days."
"""


def put_pack(root: Path, name: str = "shop", **files: str) -> Path:
    """Write a pack below `root`; keyword `copy="…"` stands for copy.toml."""
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    content = {"pack": PACK.replace('id = "shop"', f'id = "{name}"'), "copy": COPY, "company": COMPANY, **files}
    for stem, text in content.items():
        (folder / f"{stem}.toml").write_text(text, encoding="utf-8")
    return folder


def paths_in(home: Path) -> Paths:
    return Paths.of({"TYPETRAINER_HOME": str(home)})
