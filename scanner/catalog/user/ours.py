"""Users' rules of our own shape: a package `kubeassay.rules.…` with a `# METADATA` comment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scanner.catalog.model import Module, Rule
from scanner.catalog.rules import read_rule
from scanner.catalog.user.rego import package

OURS = "kubeassay."
_IMPORT = re.compile(r"^import\s+data\.(kubeassay\.[\w.]+)", re.MULTILINE)


def rules(modules: Sequence[tuple[str, str]], bundle: str) -> list[Rule]:
    """The rules among the modules, each with the modules beside it that it imports."""
    library = {package(text): Module(uri, text) for uri, text in modules if package(text).startswith(OURS)}
    found = []
    for uri, text in modules:
        if package(text).startswith("kubeassay.rules."):
            rule = read_rule(text, uri, bundle)
            imported = [library[name] for name in _IMPORT.findall(text) if name in library]
            found.append(replace(rule, modules=(*rule.modules, *imported)))
    return found
