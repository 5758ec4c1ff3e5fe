"""Reads rules: the `# METADATA` comment at the head of a module is the only source of what a rule is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scanner.catalog.model import Module, Parameter, Rule, Severity
from scanner.catalog.rego import package
from scanner.catalog.validation import explain
from scanner.errors import UsageError

_PACKAGE = re.compile(r"^package\s+kubeassay\.rules\.([\w.]+)\s*$", re.MULTILINE)
_OUTCOME = re.compile(r"^(fail|unknown|manual|not_applicable)\s+contains\b", re.MULTILINE)
_IMPORT = re.compile(r"^import\s+data\.([\w.]+)", re.MULTILINE)
_READ = re.compile(r"^[A-Za-z_][\w./-]*$")
_NONEMPTY = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Parameter(_Strict):
    default: Any
    description: _NONEMPTY


class _Custom(_Strict):
    id: Annotated[str, Field(pattern=r"^[A-Z]{2,}-[A-Z]+-\d{4}$")]
    severity: Severity
    over: Annotated[str, Field(pattern="^(workload|object|namespace|cluster|component|node)$")]
    reads: Annotated[tuple[str, ...], Field(min_length=1)]
    remediation: _NONEMPTY
    kinds: tuple[str, ...] = ()
    snapshot_only: bool = False
    parameters: dict[str, _Parameter] = {}
    tags: tuple[str, ...] = ()


class _Reference(_Strict):
    ref: str
    description: str = ""


class _Metadata(_Strict):
    title: _NONEMPTY
    description: _NONEMPTY
    scope: Annotated[str, Field(pattern="^package$")]
    custom: _Custom
    related_resources: tuple[_Reference, ...] = ()


def read_rule(text: str, uri: str, bundle: str) -> Rule:
    """One rule from its module's text.

    Raises UsageError, with file and line, when the metadata are missing, unreadable or contrary.
    """
    found = _PACKAGE.search(text)
    if found is None:
        raise UsageError(
            f"{uri}:1: no package kubeassay.rules.<area>.<fault>", "a rule's package names its area and fault"
        )
    header, line = _header(text[: found.start()])
    if header is None:
        raise UsageError(f"{uri}:1: no # METADATA comment", "see `kubeassay explain KA-W-0001` for one")
    try:
        metadata = _Metadata.model_validate(yaml.safe_load(header))
    except yaml.MarkedYAMLError as error:
        at = line + (error.problem_mark.line if error.problem_mark else 0)
        raise UsageError(f"{uri}:{at}: metadata: {error.problem}", "the comment holds YAML") from error
    except ValidationError as error:
        message, remedy = explain(error, _Metadata)
        raise UsageError(f"{uri}:{line}: metadata: {message}", remedy) from error
    custom = metadata.custom
    _check_reads(custom.reads, f"{uri}:{line}")
    return Rule(
        id=custom.id,
        name=found.group(1),
        title=metadata.title.strip(),
        description=metadata.description.strip(),
        severity=custom.severity,
        over=custom.over,
        reads=tuple(sorted(custom.reads)),
        remediation=custom.remediation.strip(),
        kinds=custom.kinds,
        snapshot_only=custom.snapshot_only,
        parameters={name: Parameter(p.default, p.description) for name, p in custom.parameters.items()},
        references=tuple(reference.ref for reference in metadata.related_resources),
        tags=custom.tags,
        uri=uri,
        entries=tuple(
            (outcome, f"data.kubeassay.rules.{found.group(1)}.{outcome}")
            for outcome in sorted(set(_OUTCOME.findall(text)))
        ),
        modules=(Module(uri, text),),
        bundle=bundle,
    )


def _check_reads(reads: tuple[str, ...], where: str) -> None:
    for read in reads:
        if not _READ.match(read):
            raise UsageError(f"{where}: reads: {read!r} is no dotted path")
        shorter = next((r for r in reads if read.startswith(f"{r}.") and r != "containers"), None)
        if shorter:
            raise UsageError(f"{where}: reads: {read!r} is already part of {shorter!r}", "keep one of them")


def _header(head: str) -> tuple[str | None, int]:
    lines = head.splitlines()
    for number, line in enumerate(lines):
        if line.strip() == "# METADATA":
            comment = []
            for text in lines[number + 1 :]:
                if not text.startswith("#"):
                    break
                comment.append(text[1:].removeprefix(" "))
            return "\n".join(comment), number + 2
    return None, 1


def load_rules(folder: Path, bundle: str) -> dict[str, Rule]:
    """Every `rule.rego` below a folder, by name.

    Raises UsageError for a rule that cannot be read and for an identifier that stands twice.
    """
    rules: dict[str, Rule] = {}
    ids: dict[str, str] = {}
    for path in sorted(folder.rglob("rule.rego")):
        uri = path.relative_to(folder.parent.parent).as_posix()
        rule = read_rule(path.read_text(encoding="utf-8"), uri, bundle)
        if rule.name in rules or rule.id in ids:
            raise UsageError(
                f"{uri}: {rule.id} {rule.name} is already used by {ids.get(rule.id, rule.name)}",
                "identifiers are permanent and unique: take the next free number",
            )
        rules[rule.name] = rule
        ids[rule.id] = rule.name
    return rules


def with_imports(rule: Rule, library: Mapping[str, Module]) -> Rule:
    """The rule with the modules that it imports, each after those that it imports; `library` is by package.

    A package is imported whole, or one rule of it, which spares the interpreter the others.
    """
    modules: dict[Module, None] = {}
    seen: set[Module] = set()

    def add(module: Module) -> None:
        if module in seen:
            return
        seen.add(module)
        for name in _IMPORT.findall(module.text):
            imported = library.get(name) or library.get(name.rpartition(".")[0])
            if imported is not None:
                add(imported)
        modules[module] = None

    for module in rule.modules:
        add(module)
    return replace(rule, modules=tuple(modules))


def by_package(library: Iterable[Module]) -> dict[str, Module]:
    """Modules by the package that they are."""
    return {package(module.text): module for module in library}


def load_library(folder: Path) -> tuple[Module, ...]:
    """The modules that rules import; tests are left out."""
    return tuple(
        Module(path.relative_to(folder.parent.parent).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.rego"))
        if not path.name.endswith("_test.rego")
    )
