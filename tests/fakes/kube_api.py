"""An imitation of a Kubernetes API server on 127.0.0.1, for unit tests of what reads clusters.

    with KubeApi([deployment, secret]) as api:
        api.fault("/apis/apps/v1/deployments", status=429, headers={"Retry-After": "1"}, times=2)
        collect(api.kubeconfig(tmp_path / "config"))
        assert not api.writes()

It answers as the real one does where readers of clusters look: discovery in all three forms, pages and
revisions, selectors, metadata only, watches, reviews of access. The end-to-end tests hold the same code
against a real kube-apiserver.
"""

from __future__ import annotations

import base64
import copy
import json
import socket
import ssl
import sys
import threading
import time
from collections.abc import Iterable
from functools import cache
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import trustme

from tests.fakes.kube_faults import Fault, Request
from tests.fakes.kube_handler import Handler
from tests.fakes.kube_store import KINDS, Kind, Object, Store


class KubeApi:
    """The server. It listens as long as the `with` block lasts."""

    def __init__(
        self,
        objects: Iterable[Object] = (),
        *,
        kinds: Iterable[Kind] = KINDS,
        version: str = "v1.34.1",
        discovery: Iterable[str] = ("v2", "v2beta1"),
        tls: bool = True,
        token: str = "test-token",
        user: str = "system:serviceaccount:kubeassay:scanner",
    ) -> None:
        """`discovery` holds the forms of aggregated discovery that it knows; empty means an old server."""
        self.store = Store(kinds)
        self.version = version
        self.discovery = tuple(discovery)
        self.tls = tls
        self.token = token
        self.user = user
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.down: set[str] = set()
        """Groups and versions whose discovery fails, such as `metrics.k8s.io/v1beta1`."""
        self.configz: dict[str, Object] = {}
        """The kubelet's configuration by node, at nodes/<name>/proxy/configz."""
        self.watch_generation = 0
        self.stopping = False
        self._denied: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
        self._lock = threading.Lock()
        for obj in objects:
            self.store.apply(obj)
        self._server = _Server(("127.0.0.1", 0), Handler, bind_and_activate=False)
        self._server.api = self
        if tls:
            self._server.context = _certificates()[1]

    # -- life

    def __enter__(self) -> Self:
        self._server.server_bind()
        self._server.server_activate()
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping = True
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self._server.server_address[1]}"

    @property
    def ca(self) -> bytes:
        """The certificate of the authority that signed the server's, as PEM."""
        return _certificates()[0]

    def kubeconfig(
        self, path: Path, *, server: str = "", user: Object | None = None, context: str = "test"
    ) -> Path:
        """Write a kubeconfig for this server, or another address, with a token or another way to log in."""
        cluster: Object = {"server": server or self.url}
        if self.tls:
            cluster["certificate-authority-data"] = base64.b64encode(self.ca).decode()
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": context,
            "clusters": [{"name": "cluster", "cluster": cluster}],
            "users": [{"name": "user", "user": {"token": self.token} if user is None else user}],
            "contexts": [{"name": context, "context": {"cluster": "cluster", "user": "user"}}],
        }
        path.write_text(json.dumps(config, indent=2), encoding="utf-8")
        path.chmod(0o600)
        return path

    # -- what goes wrong

    def fault(self, path: str, **what: Any) -> Fault:
        """Let requests of a path fail; the first fault that hits counts."""
        self.faults.append(Fault(path, **what))
        return self.faults[-1]

    def forbid(
        self, *resources: str, verbs: Iterable[str] = ("get", "list", "watch"), except_in: Iterable[str] = ()
    ) -> None:
        """Take permissions from the account: `secrets`, `deployments.apps`, `nodes/proxy`, or `*`.

        In the namespaces of `except_in` it keeps them.
        """
        for name in resources:
            self._denied.append((name, tuple(verbs), tuple(except_in)))

    def end_watches(self) -> None:
        """Break the connection of every open watch, as a restarted server or a proxy does."""
        self.watch_generation += 1

    # -- what was asked

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

    # -- for the handler

    def allowed(self, verb: str, resource: str, namespace: str = "") -> bool:
        """Whether the account may do this."""
        return not any(
            name in (resource, "*") and verb in verbs and not (namespace and namespace in except_in)
            for name, verbs, except_in in self._denied
        )

    def received(self, request: Request) -> Fault | None:
        """Note a request, and say what goes wrong with it."""
        with self._lock:
            self.requests.append(request)
            fault = next((f for f in self.faults if f.hits(request)), None)
        if fault and fault.delay:
            end = time.monotonic() + fault.delay
            while time.monotonic() < end and not self.stopping:
                time.sleep(0.01)
        return copy.copy(fault)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    api: KubeApi
    context: ssl.SSLContext | None = None

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        if self.context:  # the handshake happens in the connection's own thread, at the first read
            connection = self.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
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
