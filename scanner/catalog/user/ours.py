"""Users' rules of our own shape: a package `kubeassay.rules.…` with a `# METADATA` comment."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.catalog.model import Module, Rule
from scanner.catalog.rego import package
from scanner.catalog.rules import by_package, read_rule, with_imports

OURS = "kubeassay."


def rules(modules: Sequence[tuple[str, str]], bundle: str, library: Sequence[Module]) -> list[Rule]:
    """The rules among the modules, each with what it imports from beside it and from our library."""
    beside = [Module(uri, text) for uri, text in modules if package(text).startswith(OURS)]
    packages = by_package([*library, *beside])
    return [
        with_imports(read_rule(module.text, module.uri, bundle), packages)
        for module in beside
        if package(module.text).startswith("kubeassay.rules.")
    ]
