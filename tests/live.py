"""Objects as a live cluster shows them: with defaults, owners and what admission adds to pods."""

from __future__ import annotations

import copy
import hashlib
from typing import Any

from scanner.collect.interface import Location, Path, Resource

Body = dict[str, Any]


class LiveOrigin:
    """An object of a cluster, which has no lines."""

    def __init__(self, uri: str) -> None:
        self.uri = uri

    def locate(self, path: Path) -> Location:
        return Location(self.uri, approximate=True)


def live(body: Body) -> Resource:
    """The object with an origin of its own, as those of a live cluster have."""
    metadata = body["metadata"]
    place = f"{metadata['namespace']}/{metadata['name']}" if "namespace" in metadata else metadata["name"]
    return Resource(body, LiveOrigin(f"cluster/{body['kind']}/{place}"))


def container(name: str = "app", image: str = "registry.example.com/app:1.0", **more: Any) -> Body:
    """A container with the API server's defaults."""
    defaults = {
        "imagePullPolicy": "IfNotPresent",
        "resources": {},
        "terminationMessagePath": "/dev/termination-log",
        "terminationMessagePolicy": "File",
    }
    return {"name": name, "image": image, **defaults, **more}


def spec(*containers: Body, **more: Any) -> Body:
    """A pod's spec with the API server's defaults."""
    return {
        "containers": list(containers) or [container()],
        "dnsPolicy": "ClusterFirst",
        "restartPolicy": "Always",
        "schedulerName": "default-scheduler",
        "securityContext": {},
        "terminationGracePeriodSeconds": 30,
        **more,
    }


def uid(kind: str, namespace: str, name: str) -> str:
    digest = hashlib.sha256(f"{kind}/{namespace}/{name}".encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}"


def owner(body: Body) -> Body:
    """The reference of an owned object to its controller."""
    return {
        "apiVersion": body["apiVersion"],
        "kind": body["kind"],
        "name": body["metadata"]["name"],
        "uid": body["metadata"]["uid"],
        "controller": True,
        "blockOwnerDeletion": True,
    }


def made(
    kind: str, api_version: str, name: str, owned_by: Body | None = None, namespace: str = "shop", **body: Any
) -> Body:
    """An object of a kind, perhaps with a controller."""
    metadata: Body = {"name": name, "namespace": namespace, "uid": uid(kind, namespace, name)}
    metadata["labels"] = body.pop("labels", {})
    if owned_by is not None:
        metadata["ownerReferences"] = [owner(owned_by)]
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, **body}


def controller(
    kind: str, name: str, template_spec: Body, owned_by: Body | None = None, replicas: int = 1, **more: Any
) -> Body:
    """A Deployment, ReplicaSet, StatefulSet, DaemonSet or Job with a pod template."""
    api_version = "batch/v1" if kind == "Job" else "apps/v1"
    labels = more.pop("labels", {"app": name})
    template = {"metadata": {"labels": labels}, "spec": copy.deepcopy(template_spec)}
    body: Body = {"template": template, "selector": {"matchLabels": labels}, **more}
    if kind not in ("DaemonSet", "Job"):
        body["replicas"] = replicas
    return made(kind, api_version, name, owned_by, spec=body)


def replica_set(deployment: Body, mark: str = "6d4b75cb6d", replicas: int = 1) -> Body:
    """The ReplicaSet that a Deployment makes of its present template."""
    template = deployment["spec"]["template"]
    labels = {**template["metadata"]["labels"], "pod-template-hash": mark}
    name = f"{deployment['metadata']['name']}-{mark}"
    return controller(
        "ReplicaSet", name, template["spec"], owned_by=deployment, replicas=replicas, labels=labels
    )


def pod(of: Body, name: str, namespace: str = "shop", **more: Any) -> Body:
    """A pod that a controller made of its template, with what the API server and the scheduler add."""
    template = of["spec"]["template"]
    found = copy.deepcopy(template["spec"])
    volume = f"kube-api-access-{hashlib.sha256(name.encode()).hexdigest()[:5]}"
    for each in (*found["containers"], *found.get("initContainers", ())):
        each["volumeMounts"] = [
            *each.get("volumeMounts", ()),
            {"mountPath": "/var/run/secrets/kubernetes.io/serviceaccount", "name": volume, "readOnly": True},
        ]
    for claim in of["spec"].get("volumeClaimTemplates", ()):
        claim_name = claim["metadata"]["name"]
        source = {"claimName": f"{claim_name}-{name}"}
        found.setdefault("volumes", []).append({"name": claim_name, "persistentVolumeClaim": source})
    sources = [
        {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}},
        {"configMap": {"items": [{"key": "ca.crt", "path": "ca.crt"}], "name": "kube-root-ca.crt"}},
    ]
    found.setdefault("volumes", []).append(
        {"name": volume, "projected": {"defaultMode": 420, "sources": sources}}
    )
    found.update(
        {
            "enableServiceLinks": True,
            "nodeName": f"node-{len(name) % 3}",
            "preemptionPolicy": "PreemptLowerPriority",
            "priority": 0,
            "serviceAccount": found.get("serviceAccountName", "default"),
            "serviceAccountName": found.get("serviceAccountName", "default"),
            "tolerations": [
                {"effect": "NoExecute", "key": key, "operator": "Exists", "tolerationSeconds": 300}
                for key in ("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")
            ],
            **more,
        }
    )
    if of["kind"] == "StatefulSet":
        found["hostname"] = name
    labels = dict(template["metadata"]["labels"])
    if of["kind"] == "StatefulSet":
        labels["statefulset.kubernetes.io/pod-name"] = name
    status = {"phase": "Running", "podIP": "10.0.0.7"}
    return made("Pod", "v1", name, of, namespace, labels=labels, spec=found, status=status)
