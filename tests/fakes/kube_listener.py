"""A server on 127.0.0.1 that notes every request and lets some go wrong, as a test tells it."""

from __future__ import annotations

import contextlib
import copy
import fnmatch
import socket
import ssl
import sys
import threading
import time
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

import trustme


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    method: str
    path: str
    """Without the query."""
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes = b""

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
    then: Callable[[], object] | None = None
    """Done before the answer: something changes in the middle of what the client does."""

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
        if self.times == 0:
            return False
        if self.times:
            self.times -= 1
        return True


class Listener:
    """The server. It listens as long as the `with` block lasts."""

    def __init__(self, handler: type[BaseHTTPRequestHandler], tls: bool) -> None:
        self.tls = tls
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.stopping = False
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), handler, bind_and_activate=False)
        self._server.listener = self
        if tls:
            self._server.context = _certificates()[1]

    def __enter__(self) -> Self:
        self._server.server_bind()
        self._listen()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping = True
        self.go_away()

    def go_away(self) -> None:
        """Refuse connections from now on, as a machine on which nothing listens."""
        self._server.shutdown()
        self._server.server_close()

    def come_back(self) -> None:
        """Listen again where it listened before."""
        self._server.socket = socket.socket(self._server.address_family, self._server.socket_type)
        self._server.server_bind()
        self._listen()

    def drop_connections(self) -> None:
        """Break every open connection, watches among them, as a proxy does that is restarted."""
        for connection in list(self._server.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _listen(self) -> None:
        self._server.server_activate()
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self._server.server_address[1]}"

    @property
    def ca(self) -> bytes:
        """The certificate of the authority that signed the server's, as PEM."""
        return _certificates()[0]

    def fault(self, path: str, **what: Any) -> Fault:
        """Let requests of a path fail; the first fault that hits counts."""
        self.faults.append(Fault(path, **what))
        return self.faults[-1]

    def received(self, request: Request) -> Fault | None:
        """Note a request, and say what goes wrong with it."""
        with self._lock:
            self.requests.append(request)
            fault = copy.copy(next((f for f in self.faults if f.hits(request)), None))
        if fault:
            if fault.then:
                fault.then()
            end = time.monotonic() + fault.delay
            while time.monotonic() < end and not self.stopping:
                time.sleep(0.01)
        return fault

    def writes(self) -> list[Request]:
        """Requests that were not mere reading. Reviews of one's own access change nothing."""
        reviews = ("selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews")
        return [
            r
            for r in self.requests
            if r.method != "GET" and not (r.method == "POST" and r.path.endswith(reviews))
        ]

    def secret_reads(self) -> list[Request]:
        """Requests that would have brought the values of Secrets."""
        return [r for r in self.requests if "/secrets" in r.path and not r.metadata_only]

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [r.path for r in self.requests]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    listener: Listener
    context: ssl.SSLContext | None = None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.connections: weakref.WeakSet[socket.socket] = weakref.WeakSet()

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        if self.context:  # the handshake happens in the connection's own thread, at the first read
            connection = self.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        self.connections.add(connection)
        return connection, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError | ValueError):  # clients that leave are no news
            super().handle_error(request, client_address)


@cache
def _certificates() -> tuple[bytes, ssl.SSLContext]:
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return authority.cert_pem.bytes(), context
