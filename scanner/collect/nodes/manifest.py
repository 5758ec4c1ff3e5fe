"""The objects that run `kubeassay node collect` on nodes, with no more rights than it needs.

uid 0, for only root may read what root alone may read; but with every capability dropped, so that it can
change nothing, not even read other users' private files. hostPID shows the arguments of the host's processes.
The folders are mounted read-only, and are such as every node has: a runtime creates a folder that is missing,
which would write to the node and make what is absent look present.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

ROOT = "/host"
"""Where the host's folders are in the container."""
FOLDERS = ("/etc", "/usr/lib", "/var/lib")
"""The folders that are read, on every distribution."""
_MORE_FOLDERS: Mapping[str, Sequence[str]] = {
    "microk8s": ("/var/snap",),
    "gke": ("/home/kubernetes",),
}
CONTAINER = "collect"
PART = "kubeassay-node-collector"
RUN_LABEL = "kubeassay.dev/run"
_TTL = 300


def folders(layout: str) -> tuple[str, ...]:
    """The folders of a node with a layout of files."""
    return (*FOLDERS, *_MORE_FOLDERS.get(layout, ()))


def namespace(name: str, run: str = "") -> dict[str, Any]:
    """The namespace for the pods: only `privileged` lets hostPID and hostPath in."""
    labels = {
        **_labels(run),
        "pod-security.kubernetes.io/enforce": "privileged",
        "pod-security.kubernetes.io/warn": "privileged",
        "pod-security.kubernetes.io/audit": "privileged",
    }
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}


def job(
    name: str,
    in_namespace: str,
    node: str,
    image: str,
    mounted: Sequence[str],
    timeout: float = 120.0,
    run: str = "",
) -> dict[str, Any]:
    """A Job that collects one node's facts, prints them, and is gone after five minutes whatever happens."""
    seconds = max(10, round(timeout))
    spec = {
        **_pod(mounted),
        "nodeName": node,
        "restartPolicy": "Never",
        "containers": [_container(image, ["--node-name", node], mounted, seconds)],
    }
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": name, "namespace": in_namespace, "labels": _labels(run)},
        "spec": {
            "activeDeadlineSeconds": seconds,
            "ttlSecondsAfterFinished": _TTL,
            "backoffLimit": 0,
            "template": {"metadata": {"labels": _labels(run)}, "spec": spec},
        },
    }


def daemon_set(name: str, in_namespace: str, image: str, mounted: Sequence[str]) -> dict[str, Any]:
    """A DaemonSet that collects the facts of every node once, in an init container whose log has them."""
    collecting = _container(image, ["--node-name", "$(NODE_NAME)"], mounted, 60)
    collecting["env"] = [{"name": "NODE_NAME", "valueFrom": {"fieldRef": {"fieldPath": "spec.nodeName"}}}]
    waiting = {
        "name": "wait",
        "image": image,
        "command": ["python3", "-c", "import signal; signal.pause()"],
        "securityContext": {**_SECURITY, "runAsUser": 65532, "runAsGroup": 65532, "runAsNonRoot": True},
        "resources": _RESOURCES,
    }
    return {
        "apiVersion": "apps/v1",
        "kind": "DaemonSet",
        "metadata": {"name": name, "namespace": in_namespace, "labels": _labels("")},
        "spec": {
            "selector": {"matchLabels": {"app.kubernetes.io/name": PART}},
            "template": {
                "metadata": {"labels": _labels("")},
                "spec": {
                    **_pod(mounted),
                    "nodeSelector": {"kubernetes.io/os": "linux"},
                    "initContainers": [collecting],
                    "containers": [waiting],
                },
            },
        },
    }


def access(in_namespace: str, account: str = "kubeassay") -> list[dict[str, Any]]:
    """The least that an account needs for `--nodes=job` in a namespace that is there.

    Whoever may create pods in a namespace that lets hostPath in can read every file of every node.
    """
    group = "rbac.authorization.k8s.io"
    subject = {"kind": "ServiceAccount", "name": account, "namespace": in_namespace}
    rules = [
        {"apiGroups": ["batch"], "resources": ["jobs"], "verbs": ["create", "get", "delete"]},
        {"apiGroups": [""], "resources": ["pods"], "verbs": ["list"]},
        {"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get"]},
        {"apiGroups": [""], "resources": ["events"], "verbs": ["list"]},
    ]
    found: list[dict[str, Any]] = []
    for kind, rules_of_kind, where in (
        ("Role", rules, {"namespace": in_namespace}),
        ("ClusterRole", [{"apiGroups": [""], "resources": ["nodes"], "verbs": ["list"]}], {}),
    ):
        metadata = {"name": PART, **where, "labels": _labels("")}
        found.append(
            {"apiVersion": f"{group}/v1", "kind": kind, "metadata": metadata, "rules": rules_of_kind}
        )
        reference = {"apiGroup": group, "kind": kind, "name": PART}
        found.append(
            {
                "apiVersion": f"{group}/v1",
                "kind": f"{kind}Binding",
                "metadata": metadata,
                "roleRef": reference,
                "subjects": [subject],
            }
        )
    return found


_SECURITY: dict[str, Any] = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]},
    "seccompProfile": {"type": "RuntimeDefault"},
}
_RESOURCES: dict[str, Any] = {
    "requests": {"cpu": "50m", "memory": "64Mi", "ephemeral-storage": "32Mi"},
    "limits": {"cpu": "500m", "memory": "256Mi", "ephemeral-storage": "64Mi"},
}


def _labels(run: str) -> dict[str, str]:
    labels = {"app.kubernetes.io/name": PART, "app.kubernetes.io/managed-by": "kubeassay"}
    return {**labels, RUN_LABEL: run} if run else labels


def _pod(mounted: Sequence[str]) -> dict[str, Any]:
    return {
        "hostPID": True,
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "terminationGracePeriodSeconds": 1,
        "tolerations": [{"operator": "Exists"}],
        "volumes": [
            {"name": _volume(each), "hostPath": {"path": each, "type": "Directory"}} for each in mounted
        ],
    }


def _container(image: str, arguments: Sequence[str], mounted: Sequence[str], seconds: int) -> dict[str, Any]:
    only = [part for each in mounted for part in ("--only", each)]
    command = ["kubeassay", "node", "collect", "--root", ROOT, *only, *arguments]
    return {
        "name": CONTAINER,
        "image": image,
        "command": [*command, "--timeout", str(max(5, seconds // 2))],
        "securityContext": {**_SECURITY, "runAsUser": 0, "runAsGroup": 65532},
        "resources": _RESOURCES,
        "volumeMounts": [
            {
                "name": _volume(each),
                "mountPath": ROOT + each,
                "readOnly": True,
                "recursiveReadOnly": "IfPossible",  # else what is mounted below could be written to
            }
            for each in mounted
        ],
    }


def _volume(folder: str) -> str:
    return folder.strip("/").replace("/", "-").replace(".", "-").replace("_", "-").lower() or "root"
