"""typetrainer: a terminal trainer and timed test for the skills of live-chat support work."""

__version__ = "0.1.0"
