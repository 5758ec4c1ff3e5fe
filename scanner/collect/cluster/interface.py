"""What the parts that read need of a connection."""

from __future__ import annotations

from typing import Protocol

JSON = "application/json"
TRIES = 5
"""How often a request is sent before it is given up."""
MAX_BYTES = 64 << 20
"""The largest answer that is read, once unpacked."""


class Getter(Protocol):
    """Something that reads from an API server."""

    def get(
        self,
        path: str,
        accept: str = JSON,
        *,
        tries: int = TRIES,
        timeout: float | None = None,
        max_bytes: int = MAX_BYTES,
        **query: object,
    ) -> bytes:
        """The body of an answer, whole. Raises ApiError; TooLargeError for more than `max_bytes`."""
