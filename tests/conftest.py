"""Fixtures for all tests. pytest puts this folder on the path, so every test may import what lies beside it."""

from lt_fixture import checker, languagetool_cache

__all__ = ["checker", "languagetool_cache"]
