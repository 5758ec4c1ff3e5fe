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
import json
from collections.abc import Iterable
from pathlib import Path

from tests.fakes.kube_handler import Handler
from tests.fakes.kube_listener import Listener
from tests.fakes.kube_store import KINDS, Kind, Object, Store


class KubeApi(Listener):
    """The server, with its objects."""

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
        super().__init__(Handler, tls)
        self.store = Store(kinds)
        self.version = version
        self.discovery = tuple(discovery)
        self.token = token
        self.user = user
        self.down: set[str] = set()
        """Groups and versions whose discovery fails, such as `metrics.k8s.io/v1beta1`."""
        self.configz: dict[str, Object] = {}
        """The kubelet's configuration by node, at nodes/<name>/proxy/configz."""
        self.watch_generation = 0
        self._denied: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
        for obj in objects:
            self.store.apply(obj)

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

    def allowed(self, verb: str, resource: str, namespace: str = "") -> bool:
        """Whether the account may do this."""
        return not any(
            name in (resource, "*") and verb in verbs and not (namespace and namespace in except_in)
            for name, verbs, except_in in self._denied
        )
