"""Reads frameworks: one YAML file each below `policies/benchmarks/`.

A framework may be made from others, so that a vendor's benchmark states only what differs:

    extends: cis-kubernetes-1.12        # all of its controls …
    without: ["4.2.15"]                 # … but these
    controls:
      - id: "4.1.10"                    # a control of another number, title and text …
        title: Minimize access to the proxy sub-resource of Node objects
        like: cis-kubernetes-1.12/5.1.10    # … and in all else like this one
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scanner.catalog.model import Control, Framework, Rule
from scanner.catalog.validation import explain
from scanner.errors import UsageError, nearest

_MINOR = Field(default="", pattern=r"^(1\.\d+)?$")
Distribution = Literal["eks", "gke", "aks", "rke2", "k3s", "openshift", "openshift-hosted", "kubeadm"]
_Remedies = dict[Distribution | Literal["default"], Annotated[str, Field(min_length=1)]]


class _Control(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(min_length=1)]
    like: str = ""
    title: Annotated[str, Field(min_length=1)] | None = None
    rules: tuple[str, ...] = ()
    assessment: Literal["automated", "manual"] = "automated"
    level: str = ""
    since: Annotated[str, _MINOR] = ""
    until: Annotated[str, _MINOR] = ""
    needs: Literal["", "node", "control-plane", "cluster", "provider"] = ""
    procedure: str = ""
    evidence: str = ""
    rationale: str = ""
    remediation: str | _Remedies = ""


class _Range(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    since: Annotated[str, _MINOR] = ""
    until: Annotated[str, _MINOR] = ""


class _Framework(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(pattern=r"^[a-z0-9.-]+$")]
    title: str
    version: str
    url: str = ""
    kubernetes: _Range = _Range()
    distributions: tuple[Distribution, ...] = ()
    instead_of: str = ""
    on_request: bool = False
    manual: tuple[str, ...] | None = None
    sections: dict[str, str] = {}
    extends: str = ""
    without: tuple[str, ...] = ()
    controls: tuple[_Control, ...] = ()


def load_frameworks(folder: Path, rules: dict[str, Rule]) -> dict[str, Framework]:
    """Every framework, by id, cross-checked with the rules and with those that it is made from.

    Raises UsageError for a file that cannot be read, an unknown rule, framework or control, frameworks
    that are made from each other in a circle, or an id that stands twice.
    """
    written: dict[str, tuple[_Framework, str]] = {}
    for path in sorted(folder.rglob("*.yaml")):
        uri = path.relative_to(folder.parent).as_posix()
        framework = _read(path, uri)
        if framework.id in written:
            raise UsageError(f"{uri}: framework {framework.id!r} stands twice")
        written[framework.id] = (framework, uri)
    maker = _Maker(written)
    made = {name: maker.framework(name) for name in written}
    families = {framework.family for framework in made.values()}
    for name, made_of_it in made.items():
        _check(made_of_it, rules, families, written[name][1])
    return made


def _read(path: Path, uri: str) -> _Framework:
    try:
        return _Framework.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UsageError(f"{uri}:{line}: {error.problem}", "mend the YAML") from error
    except ValidationError as error:
        message, remedy = explain(error, _Framework)
        raise UsageError(f"{uri}: {message}", remedy) from error


class _Maker:
    """Makes frameworks from what is written, each once."""

    def __init__(self, written: dict[str, tuple[_Framework, str]]) -> None:
        self._written = written
        self._made: dict[str, dict[str, Control]] = {}
        self._at_work: list[str] = []

    def framework(self, name: str) -> Framework:
        raw, _ = self._written[name]
        return Framework(
            raw.id,
            raw.title,
            raw.version,
            raw.url,
            tuple(self.controls(name).values()),
            raw.kubernetes.since,
            raw.kubernetes.until,
            raw.distributions,
            raw.instead_of,
            self._sections(name),
            raw.on_request,
        )

    def _sections(self, name: str) -> dict[str, str]:
        raw, uri = self._written[name]
        numbers = self.controls(name)
        for section in raw.sections:
            if not any(number.startswith(f"{section}.") for number in numbers):
                raise UsageError(f"{uri}: sections: no control begins with {section!r}", "mend the number")
        return (self._sections(raw.extends) if raw.extends else {}) | raw.sections

    def controls(self, name: str) -> dict[str, Control]:
        """The controls of a framework, by id."""
        if name in self._made:
            return self._made[name]
        raw, uri = self._written[name]
        if name in self._at_work:
            circle = " → ".join([*self._at_work[self._at_work.index(name) :], name])
            raise UsageError(f"{uri}: frameworks are made from each other: {circle}", "break the circle")
        self._at_work.append(name)
        made = self._assemble(raw, uri)
        self._at_work.pop()
        self._made[name] = made
        return made

    def _assemble(self, raw: _Framework, uri: str) -> dict[str, Control]:
        made: dict[str, Control] = {}
        if raw.extends:
            made.update(self._others(raw.extends, f"{uri}: extends"))
        elif raw.without:
            raise UsageError(f"{uri}: 'without' leaves out controls of nothing", "say what it extends")
        for each in raw.without:
            if made.pop(each, None) is None:
                missing = f"{uri}: without: {raw.extends} has no control {each!r}"
                raise UsageError(missing, nearest(each, made))
        seen: set[str] = set()
        for control in raw.controls:
            if control.id in seen:
                raise UsageError(f"{uri}: control {control.id!r} stands twice")
            seen.add(control.id)
            made[control.id] = self._control(control, raw, uri)
        if not made:
            raise UsageError(f"{uri}: has no controls", "list them, or say what it extends")
        if raw.manual is not None:
            made = _stated(made, raw.manual, uri)
        return dict(sorted(made.items(), key=lambda item: _order(item[0]))) if raw.extends else made

    def _control(self, raw: _Control, framework: _Framework, uri: str) -> Control:
        stated: dict[str, Any] = {
            name: getattr(raw, name) for name in raw.model_fields_set if name not in ("like", "remediation")
        }
        if "remediation" in raw.model_fields_set:
            stated |= _remedies(raw.remediation)
        if raw.like:
            where = f"{uri}: control {raw.id}: like"
            name, slash, number = raw.like.rpartition("/")
            controls = self._others(name if slash else framework.extends, where)
            if number not in controls:
                raise UsageError(f"{where}: no control {raw.like!r}", nearest(number, controls))
            made_from = f"{name if slash else framework.extends}/{number}"
            return replace(controls[number], like=made_from, **stated)
        if raw.title is None:
            raise UsageError(f"{uri}: control {raw.id}: 'title' is missing", "add it, or say what it is like")
        return Control(**stated)

    def _others(self, name: str, where: str) -> dict[str, Control]:
        if name not in self._written:
            remedy = nearest(name, self._written) or "write <framework>/<control>"
            raise UsageError(f"{where}: unknown framework {name!r}", remedy)
        return self.controls(name)


def _remedies(remediation: str | dict[Any, str]) -> dict[str, Any]:
    """One remedy for all, or one for each distribution, with `default` for those that are not named."""
    if isinstance(remediation, str):
        return {"remediation": remediation, "remedies": {}}
    by_distribution = {name: text for name, text in remediation.items() if name != "default"}
    return {"remediation": remediation.get("default", ""), "remedies": by_distribution}


def _stated(controls: dict[str, Control], manual: Iterable[str], uri: str) -> dict[str, Control]:
    """The controls, with what the text of the benchmark says of each: automated or manual."""
    listed = set(manual)
    for each in sorted(listed - controls.keys()):
        raise UsageError(f"{uri}: manual: no control {each!r}", nearest(each, controls))
    return {
        name: replace(control, stated="manual" if name in listed else "automated")
        for name, control in controls.items()
    }


def _order(number: str) -> tuple[tuple[int, str], ...]:
    """5.1.9 stands before 5.1.10."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in number.split("."))


def _check(framework: Framework, rules: dict[str, Rule], families: set[str], uri: str) -> None:
    if framework.instead_of and framework.instead_of not in families:
        missing = f"{uri}: instead_of: no framework is of the family {framework.instead_of!r}"
        raise UsageError(missing, nearest(framework.instead_of, families))
    for control in framework.controls:
        for rule in control.rules:
            if rule not in rules:
                raise UsageError(f"{uri}: control {control.id}: unknown rule {rule!r}", nearest(rule, rules))
