"""What the imitation of an API server holds: kinds, objects by revision, and who may read what.

Every change is an entry of one log, so a list at an older revision, the next page of a list and a watch
are all readings of that log, as they are with etcd.
"""

from __future__ import annotations

import base64
import binascii
import copy
import json
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Object = dict[str, Any]

READ_WRITE = ("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch")


@dataclass(frozen=True)
class Kind:
    """One resource in one version of its group."""

    group: str
    version: str
    kind: str
    resource: str
    namespaced: bool = True
    verbs: tuple[str, ...] = READ_WRITE
    subresources: tuple[str, ...] = ()
    custom: bool = False
    """Whether a CustomResourceDefinition defines it: items of such lists carry apiVersion and kind."""

    @property
    def group_version(self) -> str:
        """As in `apiVersion`."""
        return f"{self.group}/{self.version}" if self.group else self.version

    @property
    def name(self) -> str:
        """As the API server names it in messages: `deployments.apps`."""
        return f"{self.resource}.{self.group}" if self.group else self.resource


def _kinds() -> Iterator[Kind]:
    table = {
        "v1": "Pod,Service,ConfigMap,Secret,ServiceAccount,Event,Endpoints,LimitRange,PersistentVolumeClaim,"
        "PodTemplate,ReplicationController,ResourceQuota,Namespace*,Node*,PersistentVolume*",
        "apps/v1": "Deployment,ReplicaSet,DaemonSet,StatefulSet,ControllerRevision",
        "batch/v1": "Job,CronJob",
        "autoscaling/v2": "HorizontalPodAutoscaler",
        "autoscaling/v1": "HorizontalPodAutoscaler",
        "coordination.k8s.io/v1": "Lease",
        "discovery.k8s.io/v1": "EndpointSlice",
        "events.k8s.io/v1": "Event",
        "networking.k8s.io/v1": "NetworkPolicy,Ingress,IngressClass*",
        "policy/v1": "PodDisruptionBudget",
        "rbac.authorization.k8s.io/v1": "Role,RoleBinding,ClusterRole*,ClusterRoleBinding*",
        "admissionregistration.k8s.io/v1": "MutatingWebhookConfiguration*,ValidatingWebhookConfiguration*,"
        "ValidatingAdmissionPolicy*,ValidatingAdmissionPolicyBinding*",
        "apiextensions.k8s.io/v1": "CustomResourceDefinition*",
        "apiregistration.k8s.io/v1": "APIService*",
        "scheduling.k8s.io/v1": "PriorityClass*",
        "storage.k8s.io/v1": "StorageClass*,CSIDriver*",
        "certificates.k8s.io/v1": "CertificateSigningRequest*",
    }
    for group_version, names in table.items():
        group, _, version = group_version.rpartition("/")
        for word in names.split(","):
            kind = word.rstrip("*")
            subresources = ("status",) if kind in {"Pod", "Deployment", "Node", "Namespace"} else ()
            verbs = tuple(v for v in READ_WRITE if (kind, v) != ("Namespace", "deletecollection"))
            yield Kind(group, version, kind, plural(kind), not word.endswith("*"), verbs, subresources)
    for review in ("SelfSubjectAccessReview", "SelfSubjectRulesReview"):
        yield Kind("authorization.k8s.io", "v1", review, review.lower() + "s", False, ("create",))
    yield Kind("authentication.k8s.io", "v1", "SelfSubjectReview", "selfsubjectreviews", False, ("create",))


def plural(kind: str) -> str:
    """The resource of a kind of Kubernetes' own."""
    word = kind.lower()
    if word.endswith("y"):
        return word[:-1] + "ies"
    if word.endswith("endpoints"):
        return word
    return word + ("es" if word.endswith("s") else "s")


KINDS = tuple(_kinds())
"""The kinds that most clusters have, some that cannot be listed among them."""


@dataclass(frozen=True)
class Event:
    """One change."""

    revision: int
    type: str
    resource: tuple[str, str]
    """Group and resource."""
    object: Object


class Gone(Exception):
    """The revision or continue token was compacted away: 410."""


class Store:
    """Objects, by revision."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self.kinds: list[Kind] = list(kinds)
        self.revision = 1000
        self.compacted = 0
        self.log: list[Event] = []
        self.changed = threading.Condition()

    def find(self, group: str, version: str, resource: str) -> Kind | None:
        """The kind served there."""
        for kind in self.kinds:
            if (kind.group, kind.version, kind.resource) == (group, version, resource):
                return kind
        return None

    def kind_of(self, obj: Object) -> Kind:
        """The kind of an object; one that nobody declared is an error of the test."""
        for kind in self.kinds:
            if (kind.group_version, kind.kind) == (obj["apiVersion"], obj["kind"]):
                return kind
        raise LookupError(f"no Kind is declared for {obj['apiVersion']} {obj['kind']}")

    def apply(self, obj: Object) -> Object:
        """Create or replace an object. A CustomResourceDefinition brings the kind that it defines."""
        stored = copy.deepcopy(obj)
        kind = self.kind_of(stored)
        with self.changed:
            self.revision += 1
            meta = stored.setdefault("metadata", {})
            if kind.namespaced:
                meta.setdefault("namespace", "default")
            meta.setdefault("uid", f"00000000-0000-4000-8000-{self.revision:012d}")
            meta.setdefault("creationTimestamp", "2026-01-01T00:00:00Z")
            meta["resourceVersion"] = str(self.revision)
            resource = (kind.group, kind.resource)
            known = _key(stored) in self.at(resource, self.revision)
            self.log.append(Event(self.revision, "MODIFIED" if known else "ADDED", resource, stored))
            if kind.kind == "CustomResourceDefinition":
                self.kinds += [k for k in _defined(stored) if k not in self.kinds]
            self.changed.notify_all()
        return stored

    def delete(self, obj: Object) -> None:
        """Delete an object by its names. The kind that a CustomResourceDefinition defines goes with it."""
        kind = self.kind_of(obj)
        resource = (kind.group, kind.resource)
        with self.changed:
            last = copy.deepcopy(self.at(resource, self.revision)[_key(obj)])
            self.revision += 1
            last["metadata"]["resourceVersion"] = str(self.revision)
            self.log.append(Event(self.revision, "DELETED", resource, last))
            if kind.kind == "CustomResourceDefinition":
                gone = list(_defined(last))
                self.kinds = [k for k in self.kinds if k not in gone]
            self.changed.notify_all()

    def bookmark(self) -> None:
        """Send a bookmark to every watch that allows them."""
        with self.changed:
            self.revision += 1
            self.log.append(Event(self.revision, "BOOKMARK", ("", "*"), {}))
            self.changed.notify_all()

    def compact(self) -> None:
        """Forget the past: older revisions and continue tokens are gone from now on."""
        with self.changed:
            self.revision += 1
            self.compacted = self.revision

    def at(self, resource: tuple[str, str], revision: int) -> dict[tuple[str, str], Object]:
        """The objects of a resource at a revision, by namespace and name, in order."""
        found: dict[tuple[str, str], Object] = {}
        for event in list(self.log):
            if event.resource == resource and event.revision <= revision:
                if event.type == "DELETED":
                    found.pop(_key(event.object), None)
                else:
                    found[_key(event.object)] = event.object
        return dict(sorted(found.items()))

    def page(self, kind: Kind, namespace: str, query: Mapping[str, str]) -> tuple[list[Object], Object]:
        """One page of a list, and the list's metadata. Raises Gone."""
        revision, after = self.revision, ("", "")
        if token := query.get("continue"):
            revision, after = read_token(token)
        elif query.get("resourceVersionMatch") == "Exact":
            revision = int(query["resourceVersion"])
        if revision < self.compacted:
            raise Gone
        objects = [
            obj
            for key, obj in self.at((kind.group, kind.resource), revision).items()
            if key > after and namespace in ("", key[0]) and selected(obj, query)
        ]
        limit = int(query.get("limit") or 0)
        meta: Object = {"resourceVersion": str(revision)}
        if limit and len(objects) > limit:
            meta["continue"] = write_token(revision, _key(objects[limit - 1]))
            if not (query.get("labelSelector") or query.get("fieldSelector")):
                meta["remainingItemCount"] = len(objects) - limit
            objects = objects[:limit]
        return objects, meta

    def watch(self, kind: Kind, since: int, timeout: float) -> Iterator[Event | None]:
        """The changes after a revision, until the timeout; None when there were none for now. Raises Gone."""
        end = time.monotonic() + timeout
        while (left := end - time.monotonic()) > 0:
            with self.changed:
                if since < self.compacted:
                    raise Gone
                news = [e for e in self.log if e.revision > since]
                if not news:
                    self.changed.wait(min(left, 0.1))
            for event in news:
                since = event.revision
                if event.type == "BOOKMARK" or event.resource == (kind.group, kind.resource):
                    yield event
            if not news:
                yield None


def _key(obj: Object) -> tuple[str, str]:
    return obj["metadata"].get("namespace", ""), obj["metadata"]["name"]


def _defined(definition: Object) -> Iterator[Kind]:
    spec = definition["spec"]
    names = spec["names"]
    for version in spec["versions"]:
        if version.get("served", True):
            namespaced = spec["scope"] == "Namespaced"
            yield Kind(
                spec["group"], version["name"], names["kind"], names["plural"], namespaced, custom=True
            )


def write_token(revision: int, after: tuple[str, str]) -> str:
    """A continue token."""
    return base64.urlsafe_b64encode(json.dumps([revision, *after]).encode()).decode()


def read_token(token: str) -> tuple[int, tuple[str, str]]:
    """The revision of a continue token, and the object that it goes on behind."""
    try:
        revision, namespace, name = json.loads(base64.urlsafe_b64decode(token))
    except (binascii.Error, ValueError) as error:
        raise ValueError("continue key is not valid") from error
    return revision, (namespace, name)


def selected(obj: Object, query: Mapping[str, str]) -> bool:
    """Whether an object meets the selectors of a request. Raises LookupError on a field that no index has."""
    labels = obj["metadata"].get("labels") or {}
    for term in filter(None, query.get("labelSelector", "").split(",")):
        name, equal, value = term.replace("==", "=").partition("=")
        if name.endswith("!"):
            if labels.get(name[:-1].strip()) == value.strip():
                return False
        elif equal:
            if labels.get(name.strip()) != value.strip():
                return False
        elif (name.strip().lstrip("!") in labels) == name.strip().startswith("!"):
            return False
    for term in filter(None, query.get("fieldSelector", "").split(",")):
        name, _, value = term.replace("==", "=").partition("=")
        negated, name = name.endswith("!"), name.rstrip("!")
        fields = {
            "metadata.name": obj["metadata"]["name"],
            "metadata.namespace": obj["metadata"].get("namespace", ""),
            "type": obj.get("type", ""),
            "spec.nodeName": obj.get("spec", {}).get("nodeName", "") if name == "spec.nodeName" else "",
            "status.phase": obj.get("status", {}).get("phase", "") if name == "status.phase" else "",
        }
        if name not in fields:
            raise LookupError(f'field label not supported: "{name}"')
        if (fields[name] == value) == negated:
            return False
    return True
