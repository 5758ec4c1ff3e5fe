"""`kubeassay rules`, `explain` and `frameworks`: what the scanner looks for."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import click

from scanner.catalog import catalog as catalogs
from scanner.catalog.account import way
from scanner.catalog.catalog import find_framework, find_rule
from scanner.catalog.model import Catalog, Control, Framework, Rule
from scanner.cli import controls
from scanner.cli.selection import select


@click.group()
def rules() -> None:
    """List the rules."""


@rules.command("list")
@click.option("--framework", "frameworks", multiple=True, metavar="ID", help="Only rules of this framework.")
@click.option("--format", "output", type=click.Choice(["table", "json"]), default="table", help="Form.")
def list_rules(frameworks: tuple[str, ...], output: str) -> None:
    """List identifier, severity, name and title of every rule."""
    catalog = catalogs.load()
    chosen = select(catalog, {}, frameworks, (), (), None).rules
    if output == "json":
        click.echo(json.dumps([_as_json(rule, catalog) for rule in chosen], indent=1))
        return
    width = max((len(rule.name) for rule in chosen), default=0)
    for rule in chosen:
        click.echo(f"{rule.id:<11}{rule.severity:<10}{rule.name:<{width + 2}}{rule.title}")


@click.command()
@click.argument("name", metavar="RULE|CONTROL")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", help="Form.")
def explain(name: str, output: str) -> None:
    """Say why a rule (its id or name) or a control (FRAMEWORK/ID) matters, and how to mend what is found.

    Of a rule, what it looks at; of a control, what decides it, and when nothing can.
    """
    catalog = catalogs.load()
    found = controls.find_control(catalog, name)
    if found is not None:
        framework, control = found
        if output == "json":
            click.echo(json.dumps(_control_as_json(framework, control), indent=1))
        else:
            click.echo(controls.explanation(framework, control, catalog))
        return
    rule = find_rule(catalog, name)
    if output == "json":
        click.echo(json.dumps(_as_json(rule, catalog), indent=1))
    else:
        click.echo(explanation(rule, catalog))


@click.command()
@click.argument("name", metavar="[ID]", required=False)
def frameworks(name: str | None) -> None:
    """List the benchmarks and standards; with ID, the controls of one and what decides them."""
    catalog = catalogs.load()
    lines = controls.listing(catalog) if name is None else controls.details(find_framework(catalog, name))
    for line in lines:
        click.echo(line)


def _control_as_json(framework: Framework, control: Control) -> dict[str, object]:
    return {
        "framework": framework.id,
        "id": control.id,
        "title": control.title,
        "level": control.level,
        "assessment": control.stated or control.assessment,
        "decided_by": way(control),
        "rules": control.rules,
        "needs": control.needs,
        "rationale": control.rationale,
        "procedure": control.procedure,
        "remediation": control.remediation,
        "remediation_by_distribution": control.remedies,
    }


def explanation(rule: Rule, catalog: Catalog) -> str:
    """What there is to say of a rule, as text."""
    parts = [
        f"{rule.id} {rule.name}  [{rule.severity}]",
        rule.title,
        "",
        _wrap(rule.description),
        "",
        "Remedy",
        _wrap(rule.remediation, "  "),
        "",
        "Looks at",
        f"  {rule.over}: {', '.join(rule.reads)}" + (f" of {', '.join(rule.kinds)}" if rule.kinds else ""),
    ]
    if rule.snapshot_only:
        parts.append("  judges what is absent: only in a cluster or with --snapshot")
    for name, parameter in rule.parameters.items():
        parts += ["", f"Parameter {name} (default {json.dumps(parameter.default)})"]
        parts.append(_wrap(parameter.description, "  "))
    served = _controls(rule, catalog)
    if served:
        parts += ["", "Controls", *(f"  {control}  {title}" for control, title in served)]
    for heading, file in (("Bad", "fail.yaml"), ("Good", "pass.yaml")):
        example = _example(rule, file)
        if example:
            parts += ["", heading, textwrap.indent(example, "  ")]
    if rule.references:
        parts += ["", "See also", *(f"  {reference}" for reference in rule.references)]
    return "\n".join(parts)


def _wrap(text: str, indent: str = "") -> str:
    return textwrap.fill(" ".join(text.split()), 96, initial_indent=indent, subsequent_indent=indent)


def _controls(rule: Rule, catalog: Catalog) -> list[tuple[str, str]]:
    return [
        (f"{framework.id}/{control.id}", control.title)
        for framework in catalog.frameworks.values()
        for control in framework.controls
        if rule.name in control.rules
    ]


def _example(rule: Rule, name: str) -> str:
    folder = catalogs.data_folder("rego").parent / Path(rule.uri).parent / "fixtures"
    path = folder / name
    return path.read_text(encoding="utf-8").strip() if rule.bundle == "kubeassay" and path.exists() else ""


def _as_json(rule: Rule, catalog: Catalog) -> dict[str, object]:
    return {
        "id": rule.id,
        "name": rule.name,
        "title": rule.title,
        "severity": rule.severity,
        "description": rule.description,
        "remediation": rule.remediation,
        "over": rule.over,
        "reads": rule.reads,
        "kinds": rule.kinds,
        "snapshot_only": rule.snapshot_only,
        "parameters": {
            name: {"default": parameter.default, "description": parameter.description}
            for name, parameter in rule.parameters.items()
        },
        "references": rule.references,
        "controls": [control for control, _ in _controls(rule, catalog)],
    }
