"""Canonical JSON, of which the hashes of items are made (contracts/packs.md)."""

import hashlib
import json


def canonical_json(value: object) -> str:
    """Return JSON with sorted keys and without blanks. Raises ValueError for NaN, TypeError for what is not JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_sha256(value: object) -> str:
    """Return the hash of the canonical JSON in UTF-8, 64 hex digits."""
    return hashlib.sha256(canonical_json(value).encode("utf-8", "backslashreplace")).hexdigest()
