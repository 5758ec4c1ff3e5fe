"""Imports point one way: along the steps of the scan, never back."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import scanner

ROOT = Path(scanner.__file__).parent
ORDER = [
    "base",
    "yaml",
    "collect",
    "facts",
    "network",
    "catalog",
    "evaluate",
    "findings",
    "report",
    "pipeline",
    "cli",
]
BASE = {"__init__", "__version__", "encode", "errors", "fields", "files", "text", "cache", "data", "parallel"}
CLI = {"cli", "config", "__main__"}


def layer(module: str) -> str:
    name = [*module.split("."), "__init__"][1]
    if name in BASE:
        return "base"
    return "cli" if name in CLI else name


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names if node.module == "scanner")
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return {name for name in found if name.split(".")[0] == "scanner" and name != "scanner"}


def test_imports_point_one_way() -> None:
    back = []
    for path in ROOT.rglob("*.py"):
        here = layer(".".join(("scanner", *path.relative_to(ROOT).with_suffix("").parts)))
        for module in imports(path):
            if ORDER.index(layer(module)) > ORDER.index(here):
                back.append(f"{path.relative_to(ROOT)} imports {module}")
    assert back == []


def loaded(code: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stdout.split())


def test_import_and_version_load_nothing_heavy() -> None:
    heavy = {"pydantic", "rich", "yaml", "libfyaml", "regorus", "requests", "opa_client", "click", "msgspec"}
    assert not heavy & loaded("import scanner")
    assert not heavy & loaded("sys.argv = ['kubeassay', '--version']; from scanner.cli import main; main()")
