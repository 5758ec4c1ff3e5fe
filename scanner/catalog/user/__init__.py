"""Users' own Rego: rules of our shape, conftest packages, Gatekeeper templates with their constraints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from scanner.catalog.model import Catalog, Module, Rule
from scanner.catalog.user import conftest, gatekeeper, ours
from scanner.errors import UsageError


def with_policies(catalog: Catalog, folders: Sequence[str]) -> Catalog:
    """The catalogue with the rules of the folders added.

    Raises UsageError for a folder that is not there or holds no rule, a file that cannot be read, and a
    rule whose name or identifier is already taken.
    """
    rules = dict(catalog.rules)
    for folder in folders:
        for rule in load_policies(folder, catalog.library):
            taken = rules.get(rule.name) or next((r for r in rules.values() if r.id == rule.id), None)
            if taken is not None:
                raise UsageError(
                    f"{rule.uri}: {rule.id} {rule.name} is already taken by {taken.uri}",
                    "give it a name and an identifier of its own",
                )
            rules[rule.name] = rule
    return replace(catalog, rules=rules)


def load_policies(folder: str, library: Sequence[Module]) -> list[Rule]:
    """Every rule in a folder, of all three kinds; `library` are our modules that they may import.

    Raises UsageError as `with_policies`.
    """
    path = Path(folder)
    if not path.exists():
        raise UsageError(f"{folder}: no such folder of policies")
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    modules = [_text(file) for file in files if file.suffix == ".rego" and not _is_test(file)]
    manifests = [_text(file) for file in files if file.suffix in (".yaml", ".yml", ".json")]
    rules = [
        *ours.rules(modules, folder, library),
        *conftest.rules(modules, folder),
        *gatekeeper.rules(manifests, folder),
    ]
    if not rules:
        raise UsageError(
            f"{folder}: no rule is found",
            "it may hold rules with # METADATA, conftest packages, or Gatekeeper templates with constraints",
        )
    return rules


def _is_test(file: Path) -> bool:
    return file.name.endswith("_test.rego")


def _text(file: Path) -> tuple[str, str]:
    try:
        return file.as_posix(), file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read: {error}", "policies are text in UTF-8") from error
