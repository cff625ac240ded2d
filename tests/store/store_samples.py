"""Samples that the tests of the store share."""

from typetrainer.core.log import Header

HEADER = Header(
    id="20261123-120000-000000-00000001",
    app="typetrainer test",
    started="2026-11-23T12:00:00Z",
    kind="copy",
    item="support/greeting",
    item_sha256="0" * 64,
    target="abc",
    limit_s=None,
    policy="free",
)
ITEM = {"id": "greeting", "text": "abc"}
