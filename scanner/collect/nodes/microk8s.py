"""MicroK8s: one process, kubelite, that reads the arguments of each component from a file."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from scanner.collect.nodes import flags
from scanner.collect.nodes.processes import Process
from scanner.collect.nodes.root import NotRead, Root, escaped

_FILES = {
    "apiserver-args-file": ("apiserver", "kube-apiserver"),
    "controller-manager-args-file": ("controller-manager", "kube-controller-manager"),
    "scheduler-args-file": ("scheduler", "kube-scheduler"),
    "kubelet-args-file": ("kubelet", "kubelet"),
    "proxy-args-file": ("kube-proxy", "kube-proxy"),
    "kube-proxy-args-file": ("kube-proxy", "kube-proxy"),
}
_VARIABLES = (("SNAP_DATA", "/var/snap/microk8s/current"), ("SNAP", "/snap/microk8s/current"))
_CONTROL_PLANE = {"apiserver", "controller-manager", "scheduler"}


def components(root: Root, argv: Sequence[str], errors: list[str]) -> list[Process]:
    """The components that kubelite is, with the arguments from the files that it names."""
    told = flags.parse(argv)
    found = []
    for name, (component, program) in _FILES.items():
        path = told.get(name)
        if path is None:
            continue
        if component in _CONTROL_PLANE and told.get("start-control-plane", "true") == "false":
            continue
        words = _words(root, path, component, errors)
        # a component of which nothing can be read runs all the same
        found.append(Process(component, [] if words is None else [program, *words]))
    return found


def _words(root: Root, path: str, component: str, errors: list[str]) -> list[str] | None:
    """The arguments in a file; None, with an error, if it cannot be read."""
    try:
        words = shlex.split(root.read(path).decode("utf-8", "surrogateescape"), comments=True)
    except NotRead as error:
        errors.append(f"{escaped(path)}: {error}: the arguments of {component} are not known")
        return None
    except ValueError:
        errors.append(f"{escaped(path)}: it cannot be read: a quotation mark is missing")
        return None
    for variable, value in _VARIABLES:
        words = [word.replace(f"${{{variable}}}", value).replace(f"${variable}", value) for word in words]
    return words
