"""Reads frameworks: one YAML file each below `policies/benchmarks/`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scanner.catalog.model import Control, Framework, Rule
from scanner.catalog.validation import explain
from scanner.errors import UsageError, nearest

_MINOR = Field(default="", pattern=r"^(1\.\d+)?$")


class _Control(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(min_length=1)]
    title: Annotated[str, Field(min_length=1)]
    rules: tuple[str, ...] = ()
    assessment: Literal["automated", "manual"] = "automated"
    level: str = ""
    since: Annotated[str, _MINOR] = ""
    until: Annotated[str, _MINOR] = ""
    needs: Literal["", "node", "control-plane", "cluster"] = ""
    procedure: str = ""
    rationale: str = ""
    remediation: str = ""


class _Framework(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(pattern=r"^[a-z0-9.-]+$")]
    title: str
    version: str
    url: str = ""
    controls: tuple[_Control, ...]


def load_frameworks(folder: Path, rules: dict[str, Rule]) -> dict[str, Framework]:
    """Every framework, by id, cross-checked with the rules.

    Raises UsageError for a file that cannot be read, an unknown rule, or an id that stands twice.
    """
    found: dict[str, Framework] = {}
    for path in sorted(folder.rglob("*.yaml")):
        uri = path.relative_to(folder.parent).as_posix()
        framework = _read(path, uri)
        if framework.id in found:
            raise UsageError(f"{uri}: framework {framework.id!r} stands twice")
        _check(framework, rules, uri)
        found[framework.id] = framework
    return found


def _read(path: Path, uri: str) -> Framework:
    try:
        raw = _Framework.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UsageError(f"{uri}:{line}: {error.problem}", "mend the YAML") from error
    except ValidationError as error:
        message, remedy = explain(error, _Framework)
        raise UsageError(f"{uri}: {message}", remedy) from error
    controls = tuple(Control(**control.model_dump()) for control in raw.controls)
    return Framework(raw.id, raw.title, raw.version, raw.url, controls)


def _check(framework: Framework, rules: dict[str, Rule], uri: str) -> None:
    seen: set[str] = set()
    for control in framework.controls:
        if control.id in seen:
            raise UsageError(f"{uri}: control {control.id!r} stands twice")
        seen.add(control.id)
        for rule in control.rules:
            if rule not in rules:
                raise UsageError(f"{uri}: control {control.id}: unknown rule {rule!r}", nearest(rule, rules))
