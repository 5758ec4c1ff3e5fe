"""Where an object of a live cluster is said to stand: a stable path, and lines of its redacted YAML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from scanner.collect.interface import Location, Path, Resource
from scanner.yaml import Document, Locator

_RUN = re.compile(r"-\d{6,}$")
"""What a CronJob puts behind its name for each of its Jobs: the minute."""
_SAFE = "!$&'()*+,;=:@~-._"


@dataclass(slots=True, eq=False)
class ClusterOrigin:
    """An object of a cluster; its text is made only when asked for."""

    cluster: str
    body: dict[str, Any]
    _text: str = field(default="", init=False)
    _locator: Locator | None = field(default=None, init=False)

    @property
    def uri(self) -> str:
        """`cluster/<cluster>/<namespace or _cluster>/<Kind.group>/<name>.yaml`, percent-encoded.

        It has no part that changes when a pod is replaced.
        """
        metadata = self.body.get("metadata")
        metadata = metadata if isinstance(metadata, dict) else {}
        group = str(self.body.get("apiVersion") or "").rpartition("/")[0]
        kind = str(self.body.get("kind") or "")
        parts = (
            self.cluster,
            str(metadata.get("namespace") or "_cluster"),
            f"{kind}.{group}" if group else kind,
            f"{stable_name(metadata)}.yaml",
        )
        return "/".join(("cluster", *(_segment(part) for part in parts)))

    def locate(self, path: Path) -> Location:
        """The line of the field in the rendering; of its nearest ancestor where it is not shown."""
        if self._locator is None:
            from scanner.collect.cluster.rendering import as_yaml, shown  # scans of files need none of it

            copy = shown(self.body)
            self._text = as_yaml(copy)
            self._locator = Locator(Document(copy, 1, self._text))
        span = self._locator.find(path)
        snippet = self._text.split("\n")[span.line - 1]
        return Location(self.uri, span.line, span.column, span.end_line, span.end_column, snippet=snippet)

    def release(self) -> None:
        """Let go of the text and its lines; they can be made again."""
        self._locator = None
        self._text = ""


def rendered(resource: Resource) -> str:
    """The YAML that `ClusterOrigin` counts lines of: sorted, without status, credentials redacted."""
    from scanner.collect.cluster.rendering import as_yaml, shown

    return as_yaml(shown(resource.body))


def stable_name(metadata: dict[str, Any]) -> str:
    """The name, without what was generated at its end: of pods, and of what their controllers own."""
    name, prefix = str(metadata.get("name") or ""), metadata.get("generateName")
    generated = isinstance(prefix, str) and prefix != "" and (not name or name.startswith(prefix))
    if generated:
        name = str(prefix).rstrip("-.")
    owners = metadata.get("ownerReferences")
    kinds = (
        {each.get("kind") for each in owners if isinstance(each, dict)} if isinstance(owners, list) else ()
    )
    if generated or kinds:
        labels = metadata.get("labels")
        pod_hash = labels.get("pod-template-hash") if isinstance(labels, dict) else None
        name = name.removesuffix(f"-{pod_hash}") if isinstance(pod_hash, str) and pod_hash else name
    if "CronJob" in kinds or (generated and "Job" in kinds):
        name = _RUN.sub("", name) or name
    return name


def _segment(text: str) -> str:
    encoded = quote(text, safe=_SAFE) or "_"
    return re.sub(r"^\.+$", lambda dots: "%2E" * len(dots[0]), encoded)
