"""Errors that a user can mend. Each is one sentence: what, where, and what to do.

Exit statuses are fixed by the design: 1 is kept for `check` with findings, 130 for Ctrl-C.
"""

from typing import ClassVar


class TypetrainerError(Exception):
    """Something the user can mend; its text is shown as it is, without a traceback."""

    status: ClassVar[int] = 2


class UsageProblem(TypetrainerError):
    """An option, an argument or an id that cannot be used."""


class CheckerUnavailable(TypetrainerError):
    """LanguageTool or Java is missing, broken or did not answer."""

    status = 3


class StorageProblem(TypetrainerError):
    """A folder or file that cannot be read, locked or written."""

    status = 4


class InvalidFile(TypetrainerError):
    """A file whose content is not what it should be, or was altered."""

    status = 5
