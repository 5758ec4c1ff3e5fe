"""The kubelet's configuration: flags, the file that its process names, and the drop-ins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scanner.collect.nodes import flags, redact
from scanner.collect.nodes.documents import kind
from scanner.collect.nodes.processes import Process
from scanner.collect.nodes.root import Root, escaped
from scanner.collect.nodes.walk import below

_GROUP = "kubelet.config.k8s.io"


@dataclass(slots=True)
class Kubelet:
    """How the kubelet of a node is configured."""

    flags: dict[str, str] = field(default_factory=dict)
    """Its command line's flags, as `flags.parse` gives them."""
    config_file: dict[str, Any] | None = None
    """What the file holds that `--config` names; None where there is none or it cannot be read."""
    config_paths: list[str] = field(default_factory=list)
    """That file and the drop-ins."""
    unread: list[str] = field(default_factory=list)
    """Files and folders that it reads and we could not."""
    drop_ins: list[dict[str, Any]] = field(default_factory=list)
    """What the files in `--config-dir` hold, in the order in which the kubelet takes them."""

    def facts(self) -> dict[str, Any]:
        """The member `kubelet` of NodeFacts."""
        shown = flags.parse(["kubelet", *redact.arguments([f"--{k}={v}" for k, v in self.flags.items()])])
        return {
            "effective": {},
            "effectiveSource": "none",
            "configFile": redact.document(self.config_file),
            "dropIns": redact.document(self.drop_ins),
            "unread": [escaped(each) for each in self.unread],
            "flags": shown,
        }

    def client_ca(self) -> str:
        """The file of the authorities whose clients it believes."""
        return self._path("client-ca-file", "authentication", "x509", "clientCAFile")

    def static_pods(self) -> str:
        """The folder of manifests that it runs."""
        return self._path("pod-manifest-path", "staticPodPath")

    def _path(self, flag: str, *keys: str) -> str:
        """A setting of the flag, else of the last file that has it; empty where none has."""
        if self.flags.get(flag):
            return self.flags[flag]
        for config in reversed([self.config_file or {}, *self.drop_ins]):
            held: Any = config
            for key in keys:
                held = held.get(key) if isinstance(held, dict) else None
            if isinstance(held, str) and held:
                return held
        return ""


def from_flags(process: Process) -> Kubelet:
    """How a kubelet is configured as far as its flags tell; the files that they name are not read."""
    told = flags.parse(process.argv)
    return Kubelet(told, unread=[told[name] for name in ("config", "config-dir") if told.get(name)])


def read(root: Root, process: Process, errors: list[str]) -> Kubelet:
    """How a kubelet is configured; what cannot be read goes to `errors`."""
    found = Kubelet(flags.parse(process.argv))
    path = found.flags.get("config", "")
    if path:
        found.config_paths.append(path)
        found.config_file = kind(root, path, (_GROUP,), ("KubeletConfiguration",), errors)
        if found.config_file is None:
            found.unread.append(path)
    folder = found.flags.get("config-dir", "")
    if folder:
        before = len(errors)
        listed = list(below(root, folder, errors))
        if len(errors) > before:
            found.unread.append(folder)
        for file, each in listed:
            if each.type == "file" and file.endswith(".conf"):
                found.config_paths.append(file)
                document = kind(root, file, (_GROUP,), ("KubeletConfiguration",), errors)
                if document is None:
                    found.unread.append(file)
                else:
                    found.drop_ins.append(document)
    return found
