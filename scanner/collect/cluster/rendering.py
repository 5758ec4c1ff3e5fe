"""How an object of a cluster is written for people."""

from __future__ import annotations

import re
from typing import Any

import yaml

from scanner.collect.cluster.redact import shown as shown

_AMBIGUOUS = re.compile(r"(?i)[-+.]?[.\d]|(?:y|n|yes|no|on|off|true|false|null)\Z")


def as_yaml(body: dict[str, Any]) -> str:
    """The object as YAML that every reader understands alike."""
    text: str = yaml.dump(
        body, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110, default_flow_style=False
    )
    return text


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes strings so that every reader of YAML takes them for strings."""

    def represent_text(self, text: str) -> Any:
        """Blocks for text of several lines, quotes for what some readers take for another type."""
        style = "|" if "\n" in text else "'" if _AMBIGUOUS.match(text) else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _Dumper.represent_text)
