"""Writes the pages of docs/ that are made from the rules, frameworks and options: `make docs`.

A test compares them with what is committed.
"""

from __future__ import annotations

import json
import runpy
from collections import defaultdict
from pathlib import Path
from typing import Any

import click
import yaml

from scanner.catalog import catalog as catalogs
from scanner.catalog.model import Catalog, Rule
from scanner.cli.app import cli

DOCS = Path(__file__).parent
CIS = runpy.run_path(str(DOCS / "cis_page.py"))
AREAS = {
    "workload": "Workloads",
    "rbac": "RBAC",
    "network": "Networks and exposure",
    "namespace": "Namespaces",
    "secrets": "Secrets",
    "supply_chain": "Supply chain",
    "control_plane": "Admission and control plane",
    "node": "Nodes",
}
LATER = {
    "signatures": "signatures and attestations",
    "vulnerabilities": "packages and vulnerabilities",
    "network": "reachability",
    "upgrade": "the upgrade check",
}
NEEDS = {"node": "node facts", "control-plane": "control-plane facts", "cluster": "live clusters"}


def rules_page(catalog: Catalog) -> str:
    """Every rule, by area."""
    areas: dict[str, list[Rule]] = defaultdict(list)
    for rule in sorted(catalog.rules.values(), key=lambda rule: rule.id):
        areas[rule.area].append(rule)
    lines = [
        "# Rules",
        "",
        f"{len(catalog.rules)} rules. `kubeassay explain ID` says why one matters, what it looks at and how",
        "to mend what it finds, and shows a bad and a good example. *Snapshot* rules judge what is absent,",
        "and run only with `--snapshot` or on a cluster.",
    ]
    for area in sorted(areas, key=lambda name: list(AREAS).index(name) if name in AREAS else 99):
        lines += [
            "",
            f"## {AREAS.get(area, area)}",
            "",
            "| id | rule | severity | finds |",
            "| --- | --- | --- | --- |",
        ]
        for rule in areas[area]:
            mark = " *Snapshot.*" if rule.snapshot_only else ""
            lines.append(f"| {rule.id} | `{rule.name}` | {rule.severity} | {_cell(rule.title)}.{mark} |")
    return "\n".join(lines) + "\n"


def frameworks_page(catalog: Catalog) -> str:
    """Every framework and control, with the rules that decide it."""
    lines = [
        "# Frameworks",
        "",
        "A control without rules is never called passed: it is `manual` or `unknown`.",
        "The CIS benchmarks have [a page of their own](cis.md).",
    ]
    for framework in catalog.frameworks.values():
        if framework.id.startswith(CIS["FAMILY"]):
            continue
        decided = sum(bool(control.rules) for control in framework.controls)
        lines += [
            "",
            f"## {framework.title} (`{framework.id}`)",
            "",
            f"{decided} of {len(framework.controls)} controls are decided by rules. <{framework.url}>",
            "",
            "| control | title | decided by |",
            "| --- | --- | --- |",
        ]
        for control in framework.controls:
            lines.append(f"| {control.id} | {_cell(control.title)} | {_decided_by(control)} |")
    return "\n".join(lines) + "\n"


def _decided_by(control: Any) -> str:
    window = ""
    if control.since or control.until:
        window = f" ({control.since or '1.0'} to {'before ' + control.until if control.until else 'now'})"
    if control.rules:
        return ", ".join(f"`{rule}`" for rule in control.rules) + window
    if control.assessment == "manual":
        return "a person"
    return f"later: {NEEDS.get(control.needs, control.needs)}" if control.needs else "nothing yet"


def coverage_page(catalog: Catalog) -> str:
    """What other scanners check, and where it is here."""
    folder = catalogs.data_folder("policies") / "coverage"
    ids = {rule.name: rule.id for rule in catalog.rules.values()}
    body: list[str] = []
    totals: dict[str, int] = defaultdict(int)
    for path in sorted(folder.glob("*.yaml")):
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
        body += ["", f"## {table['tool']}", "", "| check | about | here |", "| --- | --- | --- |"]
        for check in table["checks"]:
            kind, text = _here(check, ids)
            totals[kind] += 1
            body.append(f"| {check['id']} | {_cell(check['title'])} | {text} |")
    head = [
        "# Coverage",
        "",
        "Where the checks of other scanners are found here: the rule that holds it, the later work that",
        "will, or why it is none of ours. *Without* says what of a check is left out.",
        "",
        f"{sum(totals.values())} checks: {totals['rule']} by a rule, {totals['later']} later, "
        f"{totals['not']} not taken.",
    ]
    return "\n".join(head + body) + "\n"


def _here(check: dict[str, Any], ids: dict[str, str]) -> tuple[str, str]:
    if "rules" in check:
        rules = ", ".join(f"{ids[name]} `{name}`" for name in check["rules"])
        return "rule", f"{rules}; without {_cell(check['without'])}" if "without" in check else rules
    if "later" in check:
        return "later", f"later: {LATER[check['later']]}"
    return "not", f"not taken: {_cell(check['not'])}"


def cli_page() -> str:
    """The help text of every command."""
    lines = ["# Command line", ""]
    for name, command in _commands("kubeassay", cli):
        context = click.Context(command, info_name=name, max_content_width=100, terminal_width=100)
        lines += [f"## `{name}`", "", "```", command.get_help(context), "```", ""]
    return "\n".join(lines)


def _commands(name: str, command: click.Command) -> list[tuple[str, click.Command]]:
    found = [(name, command)]
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for child in command.list_commands(context):
            sub = command.get_command(context, child)
            if sub is not None:
                found += _commands(f"{name} {child}", sub)
    return found


def config_schema() -> str:
    """The JSON Schema of kubeassay.yaml."""
    from scanner.config import Settings

    return json.dumps(Settings.model_json_schema(), indent=2) + "\n"


def result_schema() -> str:
    """The JSON Schema of `--output json`."""
    from scanner.report.document import json_schema

    return json.dumps(json_schema(), indent=2) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").rstrip(".")


def pages() -> dict[Path, str]:
    """Every generated page."""
    catalog = catalogs.load()
    return {
        DOCS / "rules.md": rules_page(catalog),
        DOCS / "frameworks.md": frameworks_page(catalog),
        DOCS / "cis.md": CIS["page"](catalog),
        DOCS / "coverage.md": coverage_page(catalog),
        DOCS / "cli.md": cli_page(),
        DOCS / "schemas" / "config.v1.json": config_schema(),
        DOCS / "schemas" / "result.v1.json": result_schema(),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
