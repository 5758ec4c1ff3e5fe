"""An imitation of an API server with nodes on which Jobs run.

    with JobApi([node("n1")]) as api:
        api.hosts["n1"] = fake_root
        api.outcomes["n2"] = "pull"

It takes namespaces and Jobs, and has pods' logs. A Job's container is really run, as a process of this
machine, with the node's fake root in place of /host.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.fakes.kube_api import KubeApi
from tests.fakes.kube_handler import Handler, Refused
from tests.fakes.kube_listener import Request
from tests.fakes.kube_store import Object


class JobApi(KubeApi):
    """The server, with its nodes."""

    def __init__(self, objects: Iterable[Object] = (), **options: Any) -> None:
        super().__init__(objects, **options)
        self._server.RequestHandlerClass = _JobHandler
        self.hosts: dict[str, Path] = {}
        """The fake root of a node."""
        self.outcomes: dict[str, str] = {}
        """What becomes of the Job of a node: `run` (the default), `pull`, `fail`, `pending`, `no-pod`,
        `evicted`, or the text that its container prints."""
        self.logs: dict[str, bytes] = {}
        self.most_at_once = 0
        self.flagz: dict[str, dict[str, str]] = {}
        """The flags of kubelets that show them, by node."""

    def found(self, kind: str) -> list[Object]:
        """The objects of a kind that are there."""
        [known] = [each for each in self.store.kinds if each.kind == kind and each.version == "v1"]
        return list(self.store.at((known.group, known.resource), self.store.revision).values())

    def started(self, job: Object) -> None:
        """A Job was created: its pod runs, or does not."""
        name, spec = job["metadata"]["name"], job["spec"]["template"]["spec"]
        self.most_at_once = max(self.most_at_once, len(self.found("Job")))
        outcome = self.outcomes.get(spec["nodeName"], "run")
        status: Object = {"phase": "Succeeded"}
        container = {"name": "collect"}
        if outcome == "no-pod":
            self._event(name, "FailedCreate", "violates PodSecurity")
            job["status"] = {"conditions": [{"type": "Failed", "status": "True"}]}
            self.store.apply(job)
            return
        if outcome == "pull":
            waiting = {"reason": "ImagePullBackOff", "message": "not found"}
            status = {"phase": "Pending", "containerStatuses": [{**container, "state": {"waiting": waiting}}]}
        elif outcome == "pending":
            status = {"phase": "Pending"}
            self._event(f"{name}-abc", "FailedMount", "hostPath type check failed: /etc is not a directory")
        elif outcome == "evicted":
            status = {"phase": "Failed", "reason": "OutOfcpu", "message": "Node didn't have enough"}
        elif outcome == "fail":
            ended = {"reason": "OOMKilled", "exitCode": 137}
            status = {"phase": "Failed", "containerStatuses": [{**container, "state": {"terminated": ended}}]}
            self.logs[f"{name}-abc"] = b"last words\n"
        elif outcome == "run":
            self.logs[f"{name}-abc"] = self._run(spec)
        else:
            self.logs[f"{name}-abc"] = outcome.encode()
        self.store.apply(
            {
                "apiVersion": "v1",
                "kind": "Pod",
                "metadata": {
                    "name": f"{name}-abc",
                    "namespace": job["metadata"]["namespace"],
                    "labels": {"job-name": name},
                },
                "spec": spec,
                "status": status,
            }
        )

    def _run(self, spec: Object) -> bytes:
        [container] = spec["containers"]
        mounted = {each["name"]: each["hostPath"]["path"] for each in spec["volumes"]}
        for mount in container["volumeMounts"]:
            assert mount["mountPath"] == "/host" + mounted[mount["name"]]
        command = [
            str(self.hosts[spec["nodeName"]]) if word == "/host" else word
            for word in container["command"][1:]
        ]
        command += ["--only", "/proc"]  # of the fake root: this machine may run components of its own
        done = subprocess.run([sys.executable, "-m", "scanner", *command], capture_output=True, check=True)
        return done.stdout

    def _event(self, name: str, reason: str, message: str) -> None:
        self.store.apply(
            {
                "apiVersion": "v1",
                "kind": "Event",
                "metadata": {"name": f"{name}.1", "namespace": "default"},
                "type": "Warning",
                "involvedObject": {"name": name},
                "reason": reason,
                "message": message,
            }
        )


class _JobHandler(Handler):
    """Takes what the collector of node facts creates and deletes, and answers for nodes and pods."""

    api: JobApi  # type: ignore[assignment]

    def _answer(self, request: Request) -> None:
        parts = request.path.strip("/").split("/")
        reviews = parts[-1].startswith("selfsubject")
        if request.headers.get("authorization") != f"Bearer {self.api.token}" or reviews:
            return super()._answer(request)
        if request.method == "POST":
            return self._create(request, parts)
        if request.method == "DELETE":
            return self._delete(parts)
        if parts[-1] == "log":
            return self._send(200, self.api.logs[parts[-2]], "text/plain")
        if parts[2:3] == ["nodes"] and len(parts) > 4:
            return self._kubelet(parts[3], parts[4], parts[-1])
        if parts[-1] == "events":
            request = Request(request.method, request.path.replace(parts[3], "default"), {}, request.headers)
        return super()._answer(request)

    def _create(self, request: Request, parts: list[str]) -> None:
        resource = parts[-1]
        self._demand("create", resource + (".batch" if resource == "jobs" else ""), "")
        kind = {"namespaces": "Namespace", "jobs": "Job"}[resource]
        wanted: Object = json.loads(request.body)
        if any(each["metadata"]["name"] == wanted["metadata"]["name"] for each in self.api.found(kind)):
            raise Refused(409, "already exists")
        stored = self.api.store.apply(wanted)
        if kind == "Job":
            self.api.started(stored)
        self._send(201, json.dumps(stored).encode())

    def _delete(self, parts: list[str]) -> None:
        resource, name = parts[-2:]
        self._demand("delete", resource + (".batch" if resource == "jobs" else ""), "")
        kind = {"namespaces": "Namespace", "jobs": "Job"}[resource]
        there = [each for each in self.api.found(kind) if each["metadata"]["name"] == name]
        if not there:
            raise Refused(404, "not found")
        self.api.store.delete(there[0])
        for kind in ("Job", "Pod"):
            for each in self.api.found(kind):
                metadata = each["metadata"]
                own = name in (metadata.get("labels") or {}).values()
                if own or (resource == "namespaces" and metadata.get("namespace") == name):
                    self.api.store.delete(each)
        self._send(200, b"{}")

    def _kubelet(self, node: str, subresource: str, page: str) -> None:
        self._demand("get", f"nodes/{subresource}", "")
        answers: dict[str, Object | None] = {
            "configz": {"kubeletconfig": self.api.configz[node]} if node in self.api.configz else None,
            "flagz": {"kind": "Flagz", "flags": self.api.flagz[node]} if node in self.api.flagz else None,
        }
        if subresource != "proxy" or answers.get(page) is None:  # as of Kubernetes 1.37, there is no other
            raise Refused(404, "the server could not find the requested resource")
        self._send(200, json.dumps(answers[page]).encode())


def node(name: str, version: str = "v1.34.1", **metadata: Any) -> Object:
    """A Node."""
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": name, **metadata},
        "status": {
            "nodeInfo": {
                "kubeletVersion": version,
                "operatingSystem": "linux",
                "osImage": "Debian GNU/Linux 12 (bookworm)",
                "kernelVersion": "6.1.0",
            }
        },
    }
