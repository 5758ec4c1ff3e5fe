"""What a pod was meant to be: its spec without what the API server, the scheduler and controllers add.

A live pod never equals the template that it was made from word for word. What is left out here is what every
pod gets (the volume with the service account's token, the node's name, defaults), and what decides only where
and when it runs; what remains was put there by somebody, as by a mutating webhook or `kubectl debug`.

Source: https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/ and the defaults of
`k8s.io/kubernetes/pkg/apis/core/v1`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from scanner.fields import entries, mapping, text, values

_SCHEDULING = frozenset(
    {
        "affinity",
        "hostname",
        "imagePullSecrets",
        "nodeName",
        "nodeSelector",
        "overhead",
        "preemptionPolicy",
        "priority",
        "priorityClassName",
        "resources",
        "schedulerName",
        "schedulingGates",
        "subdomain",
        "tolerations",
        "topologySpreadConstraints",
    }
)
"""Fields of a pod's spec that choose its node and its turn, or that admission plugins always fill in."""
_DEFAULTS: Mapping[str, tuple[Any, ...]] = {
    "apiVersion": ("v1",),
    "defaultMode": (420,),
    "divisor": ("0",),
    "dnsPolicy": ("ClusterFirst",),
    "failureThreshold": (3,),
    "imagePullPolicy": ("Always", "IfNotPresent"),
    "periodSeconds": (10,),
    "procMount": ("Default",),
    "protocol": ("TCP",),
    "scheme": ("HTTP",),
    "successThreshold": (1,),
    "terminationGracePeriodSeconds": (30,),
    "terminationMessagePath": ("/dev/termination-log",),
    "terminationMessagePolicy": ("File",),
    "timeoutSeconds": (1,),
}
"""Values that say nothing, wherever in a pod's spec they stand."""
_CONTAINERS = ("containers", "initContainers", "ephemeralContainers")
TOKEN_MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"  # noqa: S105 - a path
_TOKEN_VOLUME = re.compile(r"kube-api-access-[a-z0-9]{5}|.+-token-[a-z0-9]{5}")
_APPARMOR = "container.apparmor.security.beta.kubernetes.io/"


def plain(spec: Mapping[str, Any], claims: frozenset[str] = frozenset()) -> dict[str, Any]:
    """A pod's spec without what every pod is given; quick, and enough for pods of most controllers.

    `claims` are the volumes that the pod's controller adds for its own claims.
    """
    out = {key: value for key, value in spec.items() if key not in _SCHEDULING}
    if out.get("enableServiceLinks") is True:
        del out["enableServiceLinks"]
    account = out.pop("serviceAccount", None)
    if out.setdefault("serviceAccountName", account) in (None, "", "default"):
        del out["serviceAccountName"]
    volumes = values(spec, "volumes")
    token = next((volume for volume in reversed(volumes) if _is_token(volume)), None)
    if token is None and not claims:
        return out
    left = [volume for volume in volumes if volume is not token and text(volume, "name") not in claims]
    if left:
        out["volumes"] = left
    else:
        out.pop("volumes", None)
    if token is None:
        return out
    name = token["name"]
    for key in _CONTAINERS:
        if isinstance(listed := out.get(key), list):
            out[key] = [_unmounted(container, name) for container in listed]
    return out


def _is_token(volume: Any) -> bool:
    """The volume that the ServiceAccount admission plugin adds; before Kubernetes 1.22 a Secret."""
    if not isinstance(volume, dict) or not ("projected" in volume or "secret" in volume):
        return False
    name = volume.get("name")
    return isinstance(name, str) and _TOKEN_VOLUME.fullmatch(name) is not None


def _unmounted(container: Any, volume: str) -> Any:
    mounts = container.get("volumeMounts") if isinstance(container, dict) else None
    if not isinstance(mounts, list):
        return container
    left = [m for m in mounts if not (isinstance(m, dict) and m.get("name") == volume and _at_token(m))]
    if len(left) == len(mounts):
        return container
    out = {**container, "volumeMounts": left}
    if not left:
        del out["volumeMounts"]
    return out


def _at_token(mount: Mapping[str, Any]) -> bool:
    return mount.get("mountPath") == TOKEN_MOUNT


def settled(spec: Mapping[str, Any], metadata: Mapping[str, Any], claims: frozenset[str]) -> dict[str, Any]:
    """A pod's spec in a form in which equal ones are equal, however they were written."""
    own = plain(spec, claims)
    out: dict[str, Any] = {}
    host_network = own.get("hostNetwork") is True
    profiles = apparmor(metadata)
    for key in _CONTAINERS:
        for _, container in entries(own, key):
            name = text(container, "name")
            out[f"{key}/{name}"] = _container(container, host_network, profiles.get(name))
        own.pop(key, None)
    volumes = {text(volume, "name"): _without_defaults(volume) for _, volume in entries(own, "volumes")}
    own.pop("volumes", None)
    if own.get("restartPolicy") == "Always":
        del own["restartPolicy"]
    return out | {"volumes": volumes, "pod": _without_defaults(own)}


def apparmor(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Name of a container → the AppArmor profile that an annotation chooses for it."""
    annotations = mapping(metadata, "annotations")
    return {
        key.removeprefix(_APPARMOR): value for key, value in annotations.items() if key.startswith(_APPARMOR)
    }


def _container(container: Mapping[str, Any], host_network: bool, profile: Any) -> Any:
    own = {key: value for key, value in container.items() if key != "resources"}
    if host_network and isinstance(own.get("ports"), list):
        own["ports"] = [_port(port) for port in own["ports"]]
    own["env"] = [variable for _, variable in entries(own, "env") if not _is_index(variable)]
    context = mapping(own, "securityContext")
    if profile is not None or "appArmorProfile" in context:
        # the API server keeps the annotation and the field of a pod alike, in a template it does not
        own["securityContext"] = {key: value for key, value in context.items() if key != "appArmorProfile"}
        own["apparmor"] = _profile(context.get("appArmorProfile")) or profile
    return _without_defaults(own)


def _profile(field: Any) -> str:
    kind = text(field, "type")
    local = f"localhost/{text(field, 'localhostProfile')}"
    return {"RuntimeDefault": "runtime/default", "Unconfined": "unconfined", "Localhost": local}.get(kind, "")


def _port(port: Any) -> Any:
    """On the host's network every port is the host's: the API server says so in pods, not in templates."""
    if isinstance(port, dict) and port.get("hostPort") == port.get("containerPort"):
        return {key: value for key, value in port.items() if key != "hostPort"}
    return port


def _is_index(variable: Mapping[str, Any]) -> bool:
    """The variable that the Job controller gives the pods of an indexed Job."""
    return text(variable, "name") == "JOB_COMPLETION_INDEX" and "valueFrom" in variable


def _without_defaults(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_defaults(item) for key, item in value.items() if not _is_default(key, item)}
        return {key: item for key, item in kept.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [_without_defaults(item) for item in value]
    return value


def _is_default(key: Any, value: Any) -> bool:
    return isinstance(value, (str, int)) and value in _DEFAULTS.get(key, ())


def without_host_ports(spec: Mapping[str, Any]) -> Mapping[str, Any]:
    """A pod's spec without the host ports that the API server filled in; lists keep their positions."""
    if spec.get("hostNetwork") is not True:
        return spec
    out = dict(spec)
    for key in _CONTAINERS:
        if isinstance(listed := spec.get(key), list):
            out[key] = [
                {**container, "ports": [_port(port) for port in container["ports"]]}
                if isinstance(container, dict) and isinstance(container.get("ports"), list)
                else container
                for container in listed
            ]
    return out
