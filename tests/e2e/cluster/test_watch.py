"""`--watch` against a real cluster: what changes is said soon, whatever becomes of the connection."""

from __future__ import annotations

import json
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.cluster import accounts
from tests.e2e.cluster.harness import Cluster
from tests.e2e.cluster.proxy import Proxy
from tests.e2e.cluster.test_cli import COMMAND, environment

pytestmark = pytest.mark.e2e

SECONDS = 120


def config_map(name: str) -> dict[str, Any]:
    metadata = {"name": name, "namespace": "watched"}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata}


def daemon_set(name: str) -> dict[str, Any]:
    labels = {"app": name}
    container = {"name": "c", "image": "registry.example.com/c:1", "securityContext": {"privileged": True}}
    template = {"metadata": {"labels": labels}, "spec": {"containers": [container]}}
    return {
        "apiVersion": "apps/v1",
        "kind": "DaemonSet",
        "metadata": {"name": name, "namespace": "watched"},
        "spec": {"selector": {"matchLabels": labels}, "template": template},
    }


class Watching:
    """A scan that goes on."""

    def __init__(self, kubeconfig: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [
                *COMMAND,
                "scan",
                "--cluster",
                "--watch",
                "--kubeconfig",
                str(kubeconfig),
                "-o",
                "json",
                *arguments,
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
        )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)

    def until(self, list_: str, name: str) -> None:
        """Wait until a privileged workload of this name is told to have appeared, or to be gone."""
        end = time.monotonic() + SECONDS
        while (left := end - time.monotonic()) > 0:
            changes = json.loads(self._lines.get(timeout=left))
            for finding in changes[list_]:
                if (finding["rule"], finding["subject"]["name"]) == ("KA-W-0001", name):
                    return
        raise AssertionError(f"{name} never was {list_}")

    def first(self) -> dict[str, Any]:
        """What the first scan found."""
        return dict(json.loads(self._lines.get(timeout=SECONDS)))


@pytest.fixture
def watching(cluster: Cluster, through: Callable[[str], Path], tmp_path: Path) -> Iterator[Watching]:
    cluster.admin.create({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "watched"}})
    running = Watching(through(accounts.READER), "-o", f"sarif={tmp_path / 'out.sarif'}")
    yield running
    running.process.kill()
    running.process.wait()
    for name in ("one", "two", "three"):
        cluster.admin.delete(daemon_set(name))


def test_changes_are_told_soon_whatever_becomes_of_the_connection(
    cluster: Cluster, proxy: Proxy, watching: Watching, tmp_path: Path
) -> None:
    assert watching.first()["appeared"]
    cluster.admin.create(daemon_set("one"))
    watching.until("appeared", "one")
    # connections break while something changes
    proxy.go_away()
    proxy.drop_connections()
    cluster.admin.create(daemon_set("two"))
    cluster.admin.delete(daemon_set("one"))
    proxy.come_back()
    watching.until("gone", "one")
    # the server restarts and has forgotten what lies between
    proxy.go_away()
    proxy.drop_connections()
    cluster.admin.create(daemon_set("three"))
    cluster.compact()
    cluster.restart_apiserver()
    proxy.come_back()
    watching.until("appeared", "three")
    file = json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))
    text = json.dumps(file)
    assert "DaemonSet watched/three" in text or "watched/DaemonSet.apps/three" in text
    assert not proxy.writes()
    assert not proxy.secret_reads()
    watching.process.send_signal(signal.SIGTERM)
    assert watching.process.wait(20) == 130
    assert watching.process.stderr
    assert "Traceback" not in watching.process.stderr.read()
