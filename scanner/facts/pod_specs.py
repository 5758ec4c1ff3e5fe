"""Which kinds carry pod templates, and where: one line a kind.

A location is a dotted path; `*` stands for every item of a list or every value of a mapping. It names a
pod template (an object with `metadata` and `spec`) unless it ends in `!spec`, which names a bare pod
spec. Adding a kind is adding a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scanner.collect.interface import Path

_NONE: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Carrier:
    """How one kind carries a pod template."""

    location: tuple[str, ...]
    bare: bool
    """The location is a pod spec, not a template with metadata."""
    renames: tuple[tuple[str, str], ...] = ()
    """Names of the pod spec's fields here → their names in a pod spec (`steps` → `containers`)."""

    def templates(
        self, body: Mapping[str, Any]
    ) -> Iterator[tuple[Path, Mapping[str, Any], Mapping[str, Any]]]:
        """Path, metadata and pod spec of each template in the object."""
        for path, found in _walk(body, self.location, ()):
            if not isinstance(found, dict):
                continue
            if self.bare:
                spec = self._normalise(found)
                if spec:
                    yield path, _NONE, spec
                continue
            metadata, spec = found.get("metadata"), found.get("spec")
            if isinstance(spec, dict):
                yield path, metadata if isinstance(metadata, dict) else _NONE, self._normalise(spec)

    def _normalise(self, spec: Mapping[str, Any]) -> Mapping[str, Any]:
        if not self.renames:
            return spec
        names = dict(self.renames)
        out: dict[str, Any] = {}
        for key, value in spec.items():
            name = names.get(key, key)
            if name in ("containers", "initContainers") and isinstance(value, dict):
                value = [value]
            if isinstance(value, list) and isinstance(out.get(name), list):
                value = [*out[name], *value]
            out[name] = value
        return out if "containers" in out or "initContainers" in out else _NONE

    def denormalise(self, base: Path, path: Path) -> Path:
        """The path in the object of a path in the normalised template at `base`."""
        if self.bare and path[:1] == ("spec",):
            path = path[1:]
            for here, there in self.renames:
                if path[:1] == (there,):
                    return (*base, here, *path[1:])
        return (*base, *path)


def _walk(value: object, location: tuple[str, ...], path: Path) -> Iterator[tuple[Path, object]]:
    if not location:
        yield path, value
        return
    key, rest = location[0], location[1:]
    if key == "*":
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from _walk(item, rest, (*path, index))
        elif isinstance(value, dict):
            for name, item in value.items():
                yield from _walk(item, rest, (*path, name))
    elif isinstance(value, dict) and key in value:
        yield from _walk(value[key], rest, (*path, key))


def _carrier(text: str, **renames: str) -> Carrier:
    location, mark, _ = text.partition("!spec")
    return Carrier(tuple(filter(None, location.split("."))), bool(mark), tuple(renames.items()))


_TEMPLATE = _carrier("spec.template")
_STEPS = {"steps": "containers", "sidecars": "initContainers"}

CARRIERS: Mapping[str, tuple[Carrier, ...]] = {
    "Pod": (_carrier(""),),
    "PodTemplate": (_carrier("template"),),
    "ReplicationController": (_TEMPLATE,),
    "Deployment.apps": (_TEMPLATE,),
    "ReplicaSet.apps": (_TEMPLATE,),
    "StatefulSet.apps": (_TEMPLATE,),
    "DaemonSet.apps": (_TEMPLATE,),
    "Deployment.extensions": (_TEMPLATE,),
    "ReplicaSet.extensions": (_TEMPLATE,),
    "DaemonSet.extensions": (_TEMPLATE,),
    "Job.batch": (_TEMPLATE,),
    "CronJob.batch": (_carrier("spec.jobTemplate.spec.template"),),
    # Argo
    "Rollout.argoproj.io": (_TEMPLATE,),
    # Knative
    "Service.serving.knative.dev": (_TEMPLATE,),
    "Configuration.serving.knative.dev": (_TEMPLATE,),
    "Revision.serving.knative.dev": (_carrier("spec!spec"),),
    # OpenShift
    "DeploymentConfig.apps.openshift.io": (_TEMPLATE,),
    # Tekton
    "Task.tekton.dev": (_carrier("spec!spec", **_STEPS),),
    # OpenKruise
    "CloneSet.apps.kruise.io": (_TEMPLATE,),
}
