"""The pure heart: text, log, alignment, session and every number. Standard library and wcwidth only."""
