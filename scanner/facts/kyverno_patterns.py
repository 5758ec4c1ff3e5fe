"""Which dangers a pattern of Kyverno keeps out, for patterns as its own library of policies writes them.

Source: https://kyverno.io/docs/policy-types/cluster-policy/validate/#patterns : `=(key)` holds where the key
is there, `X(key)` forbids it, `(key)` makes the rest depend on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scanner.fields import field, mapping, values

_LISTS = ("containers", "initContainers", "ephemeralContainers")
_POD = {"host_pid": "hostPID", "host_ipc": "hostIPC", "host_network": "hostNetwork"}


def held(pattern: Any) -> frozenset[str]:
    """The dangers that no pod has which fits the pattern; none of a pattern with conditions."""
    if _is_conditional(pattern):
        return frozenset()
    return frozenset(_held(mapping(_plain(pattern), "spec")))


def _held(spec: Any) -> Iterator[str]:
    for danger, key in _POD.items():
        if _is_false(spec.get(key)):
            yield danger
    if field(spec, "volumes", 0, "hostPath") == "forbidden":
        yield "host_path"
    if _every(spec, "securityContext", "privileged"):
        yield "privileged"
    if _every(spec, "securityContext", "allowPrivilegeEscalation") and not _is_optional(spec):
        yield "privilege_escalation"
    if _every(spec, "securityContext", "windowsOptions", "hostProcess") and _is_false(
        field(spec, "securityContext", "windowsOptions", "hostProcess")
    ):
        yield "host_process"
    if all(field(spec, key, 0, "ports", 0, "hostPort") in (0, "0") for key in _LISTS):
        yield "host_ports"


def _every(spec: Any, *path: str) -> bool:
    """The containers of each list must say no."""
    return all(len(values(spec, key)) == 1 and _is_false(field(spec, key, 0, *path)) for key in _LISTS)


def _is_optional(spec: Any) -> bool:
    """A container may leave out what escalates unless it is forbidden."""
    return any("optional" in mapping(spec, key, 0, "securityContext") for key in _LISTS)


def _is_false(value: Any) -> bool:
    return value is False or value == "false"


def _is_conditional(pattern: Any) -> bool:
    if isinstance(pattern, dict):
        keys = any(str(key).startswith(("(", "<(", "+(", "^(")) for key in pattern)
        return keys or any(map(_is_conditional, pattern.values()))
    return isinstance(pattern, list) and any(map(_is_conditional, pattern))


def _plain(pattern: Any) -> Any:
    """The pattern with its keys as pods have them; `optional` marks what may be left out."""
    if isinstance(pattern, list):
        return [_plain(item) for item in pattern]
    if not isinstance(pattern, dict):
        return pattern
    out: dict[str, Any] = {}
    for key, item in pattern.items():
        if key.startswith("X("):
            out[key[2:-1]] = "forbidden"
        elif key.startswith("=("):
            name = key[2:-1]
            out[name] = _plain(item)
            if name in ("securityContext", "allowPrivilegeEscalation"):
                out["optional"] = True
                if isinstance(out[name], dict):
                    out[name]["optional"] = True
        else:
            out[key] = _plain(item)
    return out
