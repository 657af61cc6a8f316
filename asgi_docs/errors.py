"""The errors that a person may see; hosts and the command line show each in their own way."""

from __future__ import annotations


class AsgiDocsError(Exception):
    """Something went wrong that the author can mend; the text says what, where and what to do."""


class BlockError(AsgiDocsError):
    """A live block is not right.

    Attributes:
        line: 1-based line of the code that is at fault, or None for the block as a whole.
        subtype: the part at fault: `"option"`, `"file"`, `"app"`, `"request"` or `"answer"`; hosts
            name the warning by it.
        option: the option at fault as the author wrote it; hosts use it to find its line.
    """

    def __init__(
        self, message: str, *, subtype: str, line: int | None = None, option: str | None = None
    ) -> None:
        super().__init__(message)
        self.subtype = subtype
        self.line = line
        self.option = option


class NoApplicationError(BlockError):
    """The code may be right, but it has no application."""


class LockError(AsgiDocsError):
    """The packages of an environment cannot be resolved, or its lock file cannot be used."""


class OutdatedLockError(LockError):
    """A lock file was made for something else; the text, without a full stop, says for what."""


class RecordError(AsgiDocsError):
    """A file of recorded answers cannot be read; the text names file and line."""


class PackageError(AsgiDocsError):
    """The built site cannot be packaged: a tool, a download or a file is missing."""


class FullDiskError(PackageError):
    """There is no room for a file."""
