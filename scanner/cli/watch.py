"""`kubeassay scan --cluster --watch`: findings kept current, and what changes in them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click
import msgspec

from scanner.catalog.model import Rule
from scanner.cli.inputs import repository, with_sources
from scanner.cli.live import live_options
from scanner.cli.metrics import Metrics
from scanner.cli.progress import Progress
from scanner.collect.interface import Collection
from scanner.errors import UsageError
from scanner.evaluate.absent import needs
from scanner.evaluate.interface import Engine
from scanner.evaluate.memory import RememberingEngine
from scanner.findings.changes import Changes, changes
from scanner.findings.model import Finding, ScanResult
from scanner.pipeline import ScanPlan
from scanner.pipeline import scan as run_scan
from scanner.text import one_line

if TYPE_CHECKING:
    from scanner.report.write import Output


def watch(
    options: dict[str, Any],
    plan: Callable[[Collection], ScanPlan],
    engine: Callable[[dict[str, Any]], Engine],
    outputs: Sequence[Output],
    rules: Sequence[Rule],
) -> int:
    """Scan, then scan again whenever the cluster changes, until interrupted.

    Files hold the newest result. Standard output gets the first result as a table and then what changes,
    or, as `json`, one line of changes for each scan. Raises UsageError when the options do not go together.
    """
    from scanner.cli.scan import report_options
    from scanner.collect.cluster import connect
    from scanner.collect.cluster.watch import ClusterWatch
    from scanner.collect.live import read_live
    from scanner.report.write import write

    shown = [output.format for output in outputs if output.path is None]
    if shown and shown[0] not in ("table", "json"):
        raise UsageError(f"--watch writes {shown[0]} to files alone", f"name one: --output {shown[0]}=FILE")
    files = [output for output in outputs if output.path is not None]
    metrics = Metrics(options["metrics"]) if options["metrics"] else None
    live = live_options(options)
    connection = connect(live.cluster)
    remembering = RememberingEngine(engine(options))
    before: ScanResult | None = None
    try:
        with Progress(enabled=not options["quiet"]) as progress:
            sources = repository(options, progress)
            rounds = ClusterWatch(
                connection,
                lambda: read_live(connection, live, progress),
                needs(rules),
                options["resync"],
            ).rounds()
            for collection in rounds:
                started = time.monotonic()
                collection = with_sources(collection, sources)
                result = run_scan(plan(collection), collection, remembering, progress)
                if metrics:
                    metrics.update(result, time.monotonic() - started)
                difference = changes(before, result)
                if before is None or difference:
                    write(result, files, report_options(options))
                    progress.wipe()
                    _show(shown, result, before, difference, options)
                before = result
    finally:
        connection.stop()
        remembering.close()
        if metrics:
            metrics.close()
    return 0


def _show(
    shown: Sequence[str],
    result: ScanResult,
    before: ScanResult | None,
    difference: Changes,
    options: dict[str, Any],
) -> None:
    from scanner.cli.scan import report_options
    from scanner.report.write import parse_outputs, write

    if shown == ["json"]:
        sys.stdout.buffer.write(as_json(difference) + b"\n")
        sys.stdout.buffer.flush()
    elif shown and before is None:
        write(result, parse_outputs(["table"]), report_options(options))
    elif shown:
        for line in as_text(difference):
            click.echo(line)
        sys.stdout.flush()


def as_text(difference: Changes) -> Iterator[str]:
    """Changes for people, a line each."""
    now = datetime.now(UTC).strftime("%H:%M:%S")
    for sign, findings in (("+", difference.appeared), ("-", difference.gone)):
        for finding in findings:
            yield one_line(f"{now} {sign} {_line(finding)}")
    for was, control in difference.controls:
        name = f"{control.framework.id}/{control.control.id}"
        yield one_line(f"{now} = {name} {was.value if was else 'new'} → {control.status.value}")


def _line(finding: Finding) -> str:
    status = finding.severity.value if finding.status.value == "fail" else finding.status.value
    return f"{status:<8} {finding.rule.id} {finding.subject}: {finding.message}"


def as_json(difference: Changes) -> bytes:
    """Changes for machines."""
    return msgspec.json.encode(
        {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "appeared": [_members(finding) for finding in difference.appeared],
            "gone": [_members(finding) for finding in difference.gone],
            "controls": [
                {
                    "framework": control.framework.id,
                    "id": control.control.id,
                    "was": was,
                    "status": control.status,
                }
                for was, control in difference.controls
            ],
        }
    )


def _members(finding: Finding) -> dict[str, Any]:
    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule.id,
        "status": finding.status,
        "severity": finding.severity,
        "subject": finding.subject,
        "message": finding.message,
        "location": {"uri": finding.location.uri, "start_line": finding.location.line},
    }
