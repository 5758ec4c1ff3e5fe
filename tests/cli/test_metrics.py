"""Metrics of a watched cluster."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.request import urlopen

import pytest

from scanner.cli.metrics import Metrics
from scanner.errors import UsageError
from scanner.findings.model import Status
from tests.report import build


@pytest.fixture
def metrics() -> Iterator[Metrics]:
    served = Metrics("127.0.0.1:0")
    yield served
    served.close()


def scraped(metrics: Metrics) -> dict[str, float]:
    with urlopen(f"http://127.0.0.1:{metrics.port}/metrics", timeout=5) as answer:
        lines = answer.read().decode().splitlines()
    samples = (line.rpartition(" ") for line in lines if not line.startswith("#"))
    return {name: float(value) for name, _, value in samples}


def test_the_newest_result_is_served(metrics: Metrics) -> None:
    findings = [build.finding(), build.finding(), build.finding(status=Status.UNKNOWN)]
    metrics.update(build.result(findings), 0.5)
    seen = scraped(metrics)
    assert seen['kubeassay_findings{severity="critical",status="fail"}'] == 2
    assert seen['kubeassay_findings{severity="critical",status="unknown"}'] == 1
    assert seen['kubeassay_controls{framework="pss-baseline",status="fail"}'] == 1
    assert seen["kubeassay_complete"] == 0
    assert seen["kubeassay_objects"] == 3
    assert seen["kubeassay_scan_duration_seconds"] == 0.5
    metrics.update(build.result([build.finding()]), 0.25)
    seen = scraped(metrics)
    assert seen['kubeassay_findings{severity="critical",status="fail"}'] == 1
    assert 'kubeassay_findings{severity="critical",status="unknown"}' not in seen
    assert seen["kubeassay_complete"] == 1
    assert seen["kubeassay_scans_total"] == 2


@pytest.mark.parametrize("address", ["here", "127.0.0.1:http", "127.0.0.1:99999"])
def test_no_address(address: str) -> None:
    with pytest.raises(UsageError):
        Metrics(address)


def test_a_port_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UsageError, match="cannot listen"):
            Metrics(f"127.0.0.1:{taken.getsockname()[1]}")
