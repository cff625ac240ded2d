"""Whether a reply conveys what it should: the grammar and its worked examples are contracts/facts.md."""
