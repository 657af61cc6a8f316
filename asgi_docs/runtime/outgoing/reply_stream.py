"""A reply as the file that blocking clients read."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .request import BlockingReply


class ReplyStream(io.RawIOBase):
    """The bytes of a reply's body; the reply ends with it."""

    def __init__(self, reply: BlockingReply, *, head: bytes = b"", has_body: bool = True) -> None:
        """Read a reply.

        Args:
            reply: what is read.
            head: bytes that come before its body.
            has_body: whether there is more than the head.
        """
        self._reply = reply
        self._part = head
        self._ended = not has_body

    def readable(self) -> bool:
        """It is for reading only."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as there are bytes; 0 at the end."""
        if not self._part and not self._ended:
            self._part = self._reply.read()
            self._ended = not self._part
        size = min(len(buffer), len(self._part))
        buffer[:size], self._part = self._part[:size], self._part[size:]
        return size

    def close(self) -> None:
        """Nobody wants the rest."""
        if not self.closed:
            self._reply.close()
        super().close()
