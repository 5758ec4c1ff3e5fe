"""Gatekeeper: `ConstraintTemplate` objects (`spec.targets[].rego`) and the constraints that use them.

https://open-policy-agent.github.io/gatekeeper/website/docs/constrainttemplates : a template's Rego sees
`input.review` (an admission review) and `input.parameters`, and yields `violation` objects with `msg`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scanner.catalog.model import Module, Rule, Severity
from scanner.catalog.rego import module, package
from scanner.collect.interface import objects_in
from scanner.errors import UsageError
from scanner.fields import field
from scanner.yaml import read

TEMPLATES = "templates.gatekeeper.sh/"
CONSTRAINTS = "constraints.gatekeeper.sh/"
_SEVERITIES = {
    "deny": Severity.HIGH,
    "warn": Severity.MEDIUM,
    "dryrun": Severity.LOW,
    "scoped": Severity.HIGH,
}


def rules(manifests: Sequence[tuple[str, str]], bundle: str) -> list[Rule]:
    """One rule for each constraint.

    Raises UsageError for a template without Rego and a constraint without its template.
    """
    templates: dict[str, tuple[str, tuple[Module, ...], str]] = {}
    constraints: list[tuple[str, Mapping[str, Any]]] = []
    for uri, text in manifests:
        for document in read(text.encode()).documents:
            for body, _ in objects_in(document.value):
                if body["apiVersion"].startswith(TEMPLATES) and body["kind"] == "ConstraintTemplate":
                    kind, modules, title = _template(body, uri)
                    templates[kind] = (uri, modules, title)
                elif body["apiVersion"].startswith(CONSTRAINTS):
                    constraints.append((uri, body))
    return [_rule(uri, body, templates, bundle) for uri, body in constraints]


def _template(body: Mapping[str, Any], uri: str) -> tuple[str, tuple[Module, ...], str]:
    kind = field(body, "spec", "crd", "spec", "names", "kind")
    targets = field(body, "spec", "targets")
    target = targets[0] if isinstance(targets, list) and targets and isinstance(targets[0], dict) else {}
    source = target.get("rego") or next(
        (
            field(code, "source", "rego")
            for code in target.get("code") or []
            if isinstance(code, dict) and code.get("engine") == "Rego"
        ),
        None,
    )
    if not isinstance(kind, str) or not isinstance(source, str):
        raise UsageError(
            f"{uri}: the ConstraintTemplate has no Rego in spec.targets[].rego",
            "templates in CEL are not run: leave them out",
        )
    libs = target.get("libs") or []
    modules = [module(f"{uri}#{kind}", source)]
    modules += [module(f"{uri}#{kind}/lib{n}", lib) for n, lib in enumerate(libs) if isinstance(lib, str)]
    annotations = field(body, "metadata", "annotations")
    title = annotations.get("description") if isinstance(annotations, dict) else None
    return kind, tuple(modules), title if isinstance(title, str) else kind


def _rule(
    uri: str,
    body: Mapping[str, Any],
    templates: Mapping[str, tuple[str, tuple[Module, ...], str]],
    bundle: str,
) -> Rule:
    kind, name = body["kind"], str(field(body, "metadata", "name") or "")
    if kind not in templates:
        known = ", ".join(sorted(templates)) or "none"
        raise UsageError(
            f"{uri}: constraint {kind}/{name} has no ConstraintTemplate of that kind",
            f"put the template beside it; there are: {known}",
        )
    template_uri, modules, title = templates[kind]
    spec = body.get("spec")
    spec = spec if isinstance(spec, dict) else {}
    match, arguments = spec.get("match"), spec.get("parameters")
    return Rule(
        id=f"{kind}/{name}",
        name=f"gatekeeper.{kind}.{name}",
        title=title,
        description=f"The constraint {kind}/{name} of {uri}, by the template of {template_uri}.",
        severity=_SEVERITIES.get(str(spec.get("enforcementAction", "deny")), Severity.MEDIUM),
        over="review",
        reads=("the whole object",),
        remediation=f"See {uri}.",
        uri=uri,
        entries=(("fail", f"data.{package(modules[0].text)}.violation"),),
        modules=modules,
        bundle=bundle,
        match=match if isinstance(match, dict) else {},
        arguments=arguments if isinstance(arguments, dict) else {},
    )
