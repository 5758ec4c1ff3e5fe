"""Requests that the imitation of an API server received, and what goes wrong with them."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    method: str
    path: str
    """Without the query."""
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Names in lower case."""
    body: Any = None

    @property
    def metadata_only(self) -> bool:
        """Whether the client refused everything but metadata."""
        accepted = self.headers.get("accept", "").split(",")
        return all("as=PartialObjectMetadata" in form for form in accepted)


@dataclass
class Fault:
    """What goes wrong with the requests of some paths. Without a status, they are answered as usual."""

    path: str
    """A pattern of paths, as of the shell; `*` takes in `/`."""
    status: int = 0
    """Instead of the answer, a Status with this code: 401, 403, 404, 410, 429, 500, 503."""
    message: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Beside the usual ones, such as Retry-After."""
    delay: float = 0
    """Seconds before anything is answered."""
    body: bytes | None = None
    """Instead of the answer's body, with status 200: malformed JSON, for example."""
    cut: int | None = None
    """The connection breaks after so many bytes of the body."""
    query: Mapping[str, str] = field(default_factory=dict)
    """Only requests that carry these."""
    skip: int = 0
    """Requests that are answered as usual first."""
    times: int | None = None
    """How many requests are hit, then no more; None is all."""

    def hits(self, request: Request) -> bool:
        """Whether this request is hit. Counts it."""
        if (
            not fnmatch.fnmatchcase(request.path, self.path)
            or not self.query.items() <= request.query.items()
        ):
            return False
        if self.skip:
            self.skip -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return self.times is None or self.times >= 0
