"""Prometheus metrics of a cluster that is watched. No label names an object, so that there are always few."""

from __future__ import annotations

import time
from collections import Counter

from scanner.errors import UsageError
from scanner.findings.model import ScanResult, Status


class Metrics:
    """Gauges of the newest result, served over HTTP.

    Raises UsageError when the package is missing or the address cannot be had.
    """

    def __init__(self, address: str) -> None:
        try:
            from prometheus_client import CollectorRegistry, Gauge, start_http_server
            from prometheus_client import Counter as Count
        except ImportError as error:
            raise UsageError(
                f"metrics need a package that is not installed: {error}", "install kubeassay[cluster]"
            ) from error
        registry = CollectorRegistry()

        def gauge(name: str, text: str, *labels: str) -> Gauge:
            return Gauge(f"kubeassay_{name}", text, labels, registry=registry)

        self._findings = gauge("findings", "Findings of the newest scan.", "status", "severity")
        self._controls = gauge("controls", "Controls by status.", "framework", "status")
        self._objects = gauge("objects", "Objects that were judged.")
        self._complete = gauge("complete", "1 when everything that was asked for was checked.")
        self._unread = gauge("unread", "Inputs that could not be read.")
        self._seconds = gauge("scan_duration_seconds", "How long the newest scan took.")
        self._time = gauge("scan_timestamp_seconds", "When the newest scan ended, in seconds since 1970.")
        self._scans = Count("kubeassay_scans", "Scans since the start.", registry=registry)
        host, _, port = address.rpartition(":")
        if not port.isdigit():
            raise UsageError(f"{address!r} is no address", "write HOST:PORT, such as 127.0.0.1:9090")
        try:
            self._server, self._thread = start_http_server(int(port), host or "127.0.0.1", registry)
        except (OSError, OverflowError) as error:
            raise UsageError(f"{address}: cannot listen: {error}", "choose another port") from error

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return int(self._server.server_port)

    def update(self, result: ScanResult, seconds: float) -> None:
        """Show a new result."""
        findings = Counter((f.status.value, f.severity.value) for f in result.findings)
        self._findings.clear()
        for (status, severity), number in findings.items():
            self._findings.labels(status, severity).set(number)
        for framework in result.frameworks:
            counts = Counter(c.status for c in result.controls if c.framework.id == framework.id)
            for each in (Status.FAIL, Status.PASS, Status.UNKNOWN, Status.MANUAL, Status.NOT_APPLICABLE):
                self._controls.labels(framework.id, each.value).set(counts[each])
        self._objects.set(result.objects)
        self._complete.set(result.complete)
        self._unread.set(len(result.problems))
        self._seconds.set(seconds)
        self._time.set(time.time())
        self._scans.inc()

    def close(self) -> None:
        """Stop to serve."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
