"""What is an address of a page or a mailbox, and not two sentences without a blank between ("yet.we")."""

_TOP_LEVEL = frozenset("com org net example co uk au in io app edu gov info".split())


def is_address(token: str) -> bool:
    """Whether a token such as `shop.example/help` is an address; punctuation around it has been taken away."""
    if "@" in token or "://" in token:
        return True
    host = token.partition("/")[0]
    return host.count(".") > 1 or host.rpartition(".")[2].lower() in _TOP_LEVEL
