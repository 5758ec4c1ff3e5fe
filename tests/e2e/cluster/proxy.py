"""Stands between the scanner and the API server, and lets requests go wrong as a test tells it.

Accounts must come with a token: a client certificate does not reach the server through it.
"""

from __future__ import annotations

import http.client
import ssl

from tests.e2e.cluster.harness import Cluster
from tests.fakes.kube_handler import Handler
from tests.fakes.kube_listener import Listener, Request

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "host", "content-length"}


class Proxy(Listener):
    """The proxy, as long as the `with` block lasts."""

    def __init__(self, cluster: Cluster) -> None:
        super().__init__(_Forwarder, tls=True)
        self.upstream = cluster.port
        self.answers: list[tuple[str, int]] = []
        """Path with query, and code, of every answer that came from the server itself."""
        self.context = ssl.create_default_context(cafile=str(cluster.certificates.ca))
        self.ca_file = cluster.folder / "proxy-ca.crt"
        """The authority that signed the proxy's certificate."""
        self.ca_file.write_bytes(self.ca)


class _Forwarder(Handler):
    """Passes one connection on."""

    _connection: http.client.HTTPSConnection | None = None

    def _answer(self, request: Request) -> None:
        proxy = self.server.listener  # type: ignore[attr-defined]
        if self._connection is None:
            self._connection = http.client.HTTPSConnection(
                "127.0.0.1", proxy.upstream, timeout=60, context=proxy.context
            )
        headers = {k: v for k, v in request.headers.items() if k not in HOP_BY_HOP}
        try:
            self._connection.request(self.command, self.path, request.body or None, headers)
            answer = self._connection.getresponse()
            proxy.answers.append((self.path, answer.status))
            self._pass_on(answer)
        except (OSError, http.client.HTTPException):  # the server is gone, and so is this connection
            self._connection = None
            self._break()

    def _pass_on(self, answer: http.client.HTTPResponse) -> None:
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        left = self.fault.cut if self.fault and self.fault.cut is not None else None
        while block := answer.read1(65536):
            if left is not None and len(block) >= left:
                self._chunk(block[:left])
                self._break()
                return
            left = None if left is None else left - len(block)
            self._chunk(block)
        self.wfile.write(b"0\r\n\r\n")
