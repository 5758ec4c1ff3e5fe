"""Live objects and repositories to match them with."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml

from scanner.collect.discover import discover
from scanner.collect.helm.options import HelmOptions
from scanner.collect.interface import Collection, Location, Resource
from scanner.collect.interface import Path as FieldPath
from scanner.collect.match import Repository, SourceOrigin, match

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: prod
spec:
  replicas: 2
  template:
    metadata:
      labels: {app: api}
    spec:
      containers:
        - name: web
          image: example.com/web:1.0
          resources:
            limits: {cpu: 1000m, memory: 1Gi}
          securityContext:
            privileged: true
            capabilities:
              add: [NET_ADMIN, SYS_TIME]
        - name: log
          image: example.com/log:2.0
          env:
            - name: LEVEL
              value: debug
            - name: COLOUR
              value: blue
"""


class Live:
    """The origin of an object in the cluster."""

    def __init__(self, uri: str) -> None:
        self.uri = uri

    def locate(self, path: FieldPath) -> Location:
        return Location(self.uri)


def live(body: dict[str, Any]) -> Resource:
    """An object as the cluster has it."""
    metadata = body["metadata"]
    return Resource(body, Live(f"cluster/{metadata.get('namespace', '_cluster')}/{metadata['name']}.yaml"))


def deployment(**changes: Any) -> dict[str, Any]:
    """The deployment as the API server gives it back: with defaults, and its containers in another order."""
    body: dict[str, Any] = yaml.safe_load(DEPLOYMENT)
    containers = body["spec"]["template"]["spec"]["containers"]
    for container in containers:
        container |= {"imagePullPolicy": "IfNotPresent", "terminationMessagePath": "/dev/termination-log"}
    containers[0]["resources"]["limits"]["cpu"] = "1"
    containers.reverse()
    containers[0]["env"].reverse()
    body["spec"]["template"]["spec"] |= {"dnsPolicy": "ClusterFirst", "restartPolicy": "Always"}
    body["metadata"] |= {"uid": "d-1", "resourceVersion": "7"} | changes
    return body


def owned(kind: str, name: str, owner: dict[str, Any], **spec: Any) -> dict[str, Any]:
    """An object that another one controls."""
    return {
        "apiVersion": "v1" if kind == "Pod" else "batch/v1" if kind == "Job" else "apps/v1",
        "kind": kind,
        "metadata": {
            "name": name,
            "namespace": owner["metadata"].get("namespace"),
            "uid": f"{kind}-{name}",
            "ownerReferences": [
                {
                    "apiVersion": owner["apiVersion"],
                    "kind": owner["kind"],
                    "name": owner["metadata"]["name"],
                    "uid": owner["metadata"].get("uid", ""),
                    "controller": True,
                }
            ],
        },
        "spec": copy.deepcopy(spec),
    }


def matched(
    root: Path, *bodies: dict[str, Any], paths: tuple[str, ...] = (".",), **options: Any
) -> Collection:
    """What becomes of live objects when the files of a folder are given as their source."""
    found = Collection([live(body) for body in bodies])
    return match(found, Repository(discover(paths, cwd=root), HelmOptions(**options), root))


def place(collection: Collection, name: str, *path: str | int) -> str:
    """`file:line text`, with `?` when it is approximate and the drift, of a field of an object."""
    [resource] = [each for each in collection.resources if each.name == name]
    found = resource.origin.locate(path)
    marks = "?" * found.approximate + f" {found.drift}" * bool(found.drift)
    return f"{found.uri}:{found.line}{marks}"


def is_matched(resource: Resource) -> bool:
    """Whether the object's source was found."""
    return isinstance(resource.origin, SourceOrigin)


def write(root: Path, **files: str) -> None:
    """Files below a folder; `__` stands for `/`, and all are YAML."""
    for name, text in files.items():
        file = root / f"{name.replace('__', '/')}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
