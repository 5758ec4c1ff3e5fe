"""`kubeassay policy`: check and test your own Rego."""

from __future__ import annotations

from pathlib import Path

import click

from scanner.catalog import catalog as catalogs
from scanner.catalog.catalog import data_folder
from scanner.catalog.model import Module
from scanner.catalog.rego import module as as_module
from scanner.catalog.user import with_policies
from scanner.errors import UsageError
from scanner.evaluate.embedded import EmbeddedEngine
from scanner.evaluate.lint import negated_references


@click.group()
def policy() -> None:
    """Check and test your own Rego rules."""


@policy.command()
@click.argument("folder")
def check(folder: str) -> int:
    """Check the rules in FOLDER: metadata, compilation, built-ins, and traps between engines.

    Exits with 1 when there is a warning, with 2 when a rule cannot be used.
    """
    catalog = with_policies(catalogs.load(), [folder])
    engine = EmbeddedEngine()
    warned = 0
    rules = [rule for rule in catalog.rules.values() if rule.bundle == folder]
    data = {"scan": {"kubernetes": {"major": 1, "minor": 0}, "snapshot": False, "parameters": {}}}
    engine.load(data | {"inventory": {}})
    for rule in rules:
        for _, _, outcome in engine.judge([rule], ["{}"]):
            if outcome.error:
                warned += 1
                click.echo(f"{rule.uri}: {rule.id}: {outcome.error}")
                if "could not find function" in outcome.error:
                    click.echo("  → the embedded engine has no such built-in: use --engine opa")
    for module in dict.fromkeys(module for rule in rules for module in rule.modules):
        for warning in negated_references(module, engine):
            warned += 1
            click.echo(f"{warning.uri}:{warning.line}: {warning.message}\n  → {warning.remedy}")
    click.echo(f"{len(rules)} rules, {warned} warnings")
    return 1 if warned else 0


@policy.command()
@click.argument("folder")
def test(folder: str) -> int:
    """Run the tests in FOLDER: every `test_…` rule of its `*_test.rego` files.

    Exits with 1 when a test fails, with 2 when there is none.
    """
    path = Path(folder)
    if not path.is_dir():
        raise UsageError(f"{folder}: no such folder")
    modules = [
        as_module(file.as_posix(), file.read_text(encoding="utf-8")) for file in sorted(path.rglob("*.rego"))
    ]
    inside = path.resolve().is_relative_to(data_folder("rego").resolve())
    library: tuple[Module, ...] = () if inside else catalogs.load().library
    failed = total = 0
    for reference, why in EmbeddedEngine().run_tests([*modules, *library], {"scan": {}, "inventory": {}}):
        total += 1
        if why:
            failed += 1
            click.echo(f"FAIL {reference}: {why}")
    if not total:
        raise UsageError(f"{folder}: no test is found", "tests are rules `test_…` in files `*_test.rego`")
    click.echo(f"{total - failed} passed, {failed} failed")
    return 1 if failed else 0
