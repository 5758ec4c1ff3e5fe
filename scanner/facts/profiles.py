"""The annotations of a pod template that choose a security profile.

Few templates have one, so a rule that is given these alone, and not all annotations, judges the rest once.
"""

from __future__ import annotations

from scanner.collect.interface import Path
from scanner.facts.index import Index
from scanner.facts.subject import Subject, workload_of

_APPARMOR = "container.apparmor.security.beta.kubernetes.io/"
_SECCOMP = "container.seccomp.security.alpha.kubernetes.io/"
_SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod"


def apparmor(_: Index, unit: Subject) -> dict[str, str]:
    """AppArmor's, by key."""
    return {key: value for key, value in _annotations(unit).items() if key.startswith(_APPARMOR)}


def apparmor_containers(index: Index, unit: Subject) -> list[Path]:
    """The paths of the containers whose AppArmor profile an annotation chooses."""
    names = {key.removeprefix(_APPARMOR) for key in apparmor(index, unit)}
    return [c.path for c in workload_of(unit).containers if c.name in names] if names else []


def seccomp(_: Index, unit: Subject) -> dict[str, str]:
    """Seccomp's of the pod and of the containers that it has, by key."""
    keys = {_SECCOMP + container.name for container in workload_of(unit).containers} | {_SECCOMP_POD}
    return {key: value for key, value in _annotations(unit).items() if key in keys}


def _annotations(unit: Subject) -> dict[str, str]:
    annotations = workload_of(unit).metadata.get("annotations")
    if not isinstance(annotations, dict):
        return {}
    return {key: value for key, value in annotations.items() if isinstance(value, str)}
