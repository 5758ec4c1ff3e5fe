"""A real cluster's control plane on this machine: etcd and kube-apiserver, and kwok where it is wanted.

There is no kubelet, no scheduler and no controller manager: what these would make, tests make themselves
(see objects.py). Everything else is as in a careful cluster: TLS everywhere, Node and RBAC authorization,
structured configuration of authentication, an audit log, encrypted Secrets.
"""

from __future__ import annotations

import base64
import json
import ssl
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.e2e.cluster import settings
from tests.e2e.cluster.certificates import Certificates
from tests.e2e.cluster.client import Client
from tests.e2e.cluster.processes import Process, Workshop, free_ports

Object = dict[str, Any]


@dataclass(frozen=True)
class Tools:
    """The programs."""

    kube_apiserver: Path
    etcd: Path
    kwok: Path | None = None


class Cluster:
    """The control plane, as long as the `with` block lasts."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self.workshop = Workshop()
        self.folder = self.workshop.folder
        self.port, self.etcd_port, peer_port = free_ports(3)
        self.url = f"https://127.0.0.1:{self.port}"
        self.certificates = Certificates(self.folder)
        self.etcd_flags = self._etcd_flags(peer_port)
        self.flags = self._flags()
        """Every flag of kube-apiserver, without its dashes."""
        self.admin_certificate = self.certificates.client("admin", "admin", "system:masters")
        self.admin = Client("127.0.0.1", self.port, self.certificates.ca, self.admin_certificate)
        etcd_client = self.certificates.client("etcd-client", "kube-apiserver", "etcd")
        self._etcd = Client("127.0.0.1", self.etcd_port, self.certificates.ca, etcd_client)
        self._apiserver: Process | None = None

    def __enter__(self) -> Self:
        try:
            etcd = self.workshop.start("etcd", [str(self.tools.etcd), *arguments(self.etcd_flags)])
            etcd.wait_until(
                lambda: self._answers(f"https://127.0.0.1:{self.etcd_port}/health", "etcd-client")
            )
            self.start_apiserver()
        except BaseException:
            self.workshop.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.workshop.close()

    # -- the API server's life

    def start_apiserver(self) -> None:
        """Start kube-apiserver, again after it was killed, and wait until it is ready."""
        command = [str(self.tools.kube_apiserver), *arguments(self.flags)]
        self._apiserver = self.workshop.start("kube-apiserver", command)
        self._apiserver.wait_until(lambda: self._answers(f"{self.url}/readyz"))

    def kill_apiserver(self) -> None:
        """Kill kube-apiserver at once, in the middle of whatever it does."""
        if self._apiserver:
            self.workshop.stop(self._apiserver)
            self._apiserver = None

    def restart_apiserver(self) -> None:
        """Kill kube-apiserver and start it again."""
        self.kill_apiserver()
        self.start_apiserver()

    def _answers(self, url: str, client: str = "") -> bool:
        context = ssl.create_default_context(cafile=str(self.certificates.ca))
        if client:
            context.load_cert_chain(self.folder / f"{client}.crt", self.folder / f"{client}.key")
        try:
            with urllib.request.urlopen(url, timeout=5, context=context) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    # -- accounts

    def kubeconfig(
        self,
        name: str,
        *,
        token: str = "",
        certificate: tuple[Path, Path] | None = None,
        server: str = "",
        ca: Path | None = None,
    ) -> Path:
        """Write a kubeconfig, for the administrator unless a token or another certificate is given.

        `server` and `ca` name another way to the API server, such as a proxy.
        """
        if token:
            user: Object = {"token": token}
        else:
            crt, key = certificate or self.admin_certificate
            user = {"client-certificate-data": _encoded(crt), "client-key-data": _encoded(key)}
        cluster = {
            "server": server or self.url,
            "certificate-authority-data": _encoded(ca or self.certificates.ca),
        }
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": name,
            "clusters": [{"name": "local", "cluster": cluster}],
            "users": [{"name": name, "user": user}],
            "contexts": [{"name": name, "context": {"cluster": "local", "user": name}}],
        }
        path = self.folder / f"{name}.kubeconfig"
        path.write_text(json.dumps(config, indent=2), encoding="utf-8")
        path.chmod(0o600)
        return path

    def token(self, namespace: str, account: str) -> str:
        """A token of a service account, good for an hour."""
        path = f"/api/v1/namespaces/{namespace}/serviceaccounts/{account}/token"
        asked = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest"}
        spec = {"expirationSeconds": 3600}
        return str(self.admin.json("POST", path, {**asked, "spec": spec})["status"]["token"])

    # -- what the servers know

    def audit(self, user: str) -> Iterator[Object]:
        """The entries of the audit log about one user, all of what was answered until now."""
        mark = f"/version?mark={uuid.uuid4()}"
        self.admin.get(mark)
        log = self.folder / "audit.log"
        end = time.monotonic() + 10  # the server notes a request after it answered it
        while mark not in log.read_text(encoding="utf-8") and time.monotonic() < end:
            time.sleep(0.05)
        with log.open(encoding="utf-8") as lines:
            for line in lines:
                event = json.loads(line)
                if event["user"].get("username") == user:
                    yield event

    def stored(self, key: str) -> bytes | None:
        """What etcd itself holds under a key, such as `/registry/secrets/default/name`."""
        asked = {"key": _base64(key.encode())}
        found = self._etcd.json("POST", "/v3/kv/range", asked).get("kvs", [])
        return base64.b64decode(found[0]["value"]) if found else None

    def compact(self) -> None:
        """Let etcd forget all older revisions, as it does in real clusters every five minutes.

        The API server itself remembers the latest lists of most kinds for a while, of ConfigMaps it does not.
        """
        self._etcd.json("POST", "/v3/kv/put", {"key": _base64(b"compacted"), "value": ""})
        revision = self._etcd.json("POST", "/v3/kv/range", {"key": "AA=="})["header"]["revision"]
        self._etcd.json("POST", "/v3/kv/compaction", {"revision": revision, "physical": True})

    # -- kwok

    def start_kwok(self) -> Process:
        """Let kwok keep every node alive and every pod running; the objects change all the time then."""
        if self.tools.kwok is None:
            raise ValueError("no kwok was given")
        kubeconfig, stages = self.kubeconfig("kwok"), Path(__file__).with_name("stages.yaml")
        command = [str(self.tools.kwok), "--manage-all-nodes", "--kubeconfig", str(kubeconfig)]
        return self.workshop.start("kwok", [*command, "--config", str(stages), "--v=WARN"])

    def settle(self) -> None:
        """Let kwok bring every node and pod into the state of a cluster that runs, and stop it again."""
        kwok = self.start_kwok()
        kwok.wait_until(lambda: not self._unsettled(), seconds=900)
        self.workshop.stop(kwok)

    def _unsettled(self) -> bool:
        pending = self.admin.get("/api/v1/pods?fieldSelector=status.phase%3DPending&limit=1")["items"]
        nodes = self.admin.get("/api/v1/nodes")["items"]
        return bool(pending) or not all(node["status"].get("conditions") for node in nodes)

    # -- flags

    def _etcd_flags(self, peer_port: int) -> dict[str, str]:
        certificate, key = self.certificates.server("etcd-server")
        url, peer = f"https://127.0.0.1:{self.etcd_port}", f"http://127.0.0.1:{peer_port}"
        return {
            "name": "only",
            "data-dir": str(self.folder / "etcd"),
            "listen-client-urls": url,
            "advertise-client-urls": url,
            "listen-peer-urls": peer,
            "initial-advertise-peer-urls": peer,
            "initial-cluster": f"only={peer}",
            "client-cert-auth": "true",
            "trusted-ca-file": str(self.certificates.ca),
            "cert-file": str(certificate),
            "key-file": str(key),
            "log-level": "warn",
            "unsafe-no-fsync": "true",
        }

    def _flags(self) -> dict[str, str]:
        certificate, key = self.certificates.server("kube-apiserver")
        etcd_certificate, etcd_key = self.certificates.client("apiserver-etcd", "kube-apiserver", "etcd")
        signing_key, signing_certificate = self.certificates.signing_key("service-account")
        configured = {flag: str(path) for flag, path in settings.write(self.folder).items()}
        return {
            "advertise-address": "127.0.0.1",
            "allow-privileged": "true",
            "bind-address": "127.0.0.1",
            "secure-port": str(self.port),
            "tls-cert-file": str(certificate),
            "tls-private-key-file": str(key),
            "tls-min-version": "VersionTLS12",
            "client-ca-file": str(self.certificates.ca),
            "etcd-servers": f"https://127.0.0.1:{self.etcd_port}",
            "etcd-cafile": str(self.certificates.ca),
            "etcd-certfile": str(etcd_certificate),
            "etcd-keyfile": str(etcd_key),
            "service-account-issuer": "https://kubernetes.default.svc",
            "service-account-signing-key-file": str(signing_key),
            "service-account-key-file": str(signing_certificate),
            "service-cluster-ip-range": "10.96.0.0/16",
            "endpoint-reconciler-type": "none",
            "watch-cache-sizes": "configmaps#0",
            "enable-admission-plugins": "NodeRestriction",
            "profiling": "false",
            "audit-log-path": str(self.folder / "audit.log"),
            "audit-log-maxage": "30",
            "audit-log-maxbackup": "10",
            "audit-log-maxsize": "1000",
            **configured,
        }


def arguments(flags: Mapping[str, str]) -> list[str]:
    """Flags as a program takes them."""
    return [f"--{name}={value}" for name, value in flags.items()]


def _encoded(path: Path) -> str:
    return _base64(path.read_bytes())


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
