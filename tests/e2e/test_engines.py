"""Both engines give the same findings: every fixture of every rule, the examples, and users' own Rego."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import requests
import trustme

from scanner.catalog import catalog as catalogs
from scanner.catalog.model import Catalog
from scanner.cli.app import run
from scanner.evaluate.embedded import EmbeddedEngine
from scanner.evaluate.interface import EngineError
from scanner.evaluate.opa import OpaEngine, _free_port, _Server
from scanner.findings.model import ScanResult
from tests.rules.conftest import Fixture, fixtures
from tests.rules.junk import scan_junk

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).parent.parent.parent
POLICIES = Path(__file__).parent.parent / "catalog" / "policies"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalogs.load()


@pytest.fixture(scope="module")
def server(opa: Path) -> Iterator[_Server]:
    started = _Server(str(opa), {})
    yield started
    started.stop()


def summary(result: ScanResult) -> list[tuple[str, ...]]:
    return sorted((f.rule.id, f.status, f.fingerprint, f.message, str(f.location)) for f in result.findings)


@pytest.mark.parametrize("fixture", fixtures(), ids=lambda f: f"{f.rule}/{f.path.stem}")
def test_fixture_in_both_engines(fixture: Fixture, catalog: Catalog, server: _Server) -> None:
    rules = [catalog.rules[fixture.rule]]
    engine = OpaEngine(server.url)
    try:
        theirs = fixture.scan(catalog, rules, engine)
    finally:
        engine.close()
    fixture.check(theirs)
    assert summary(theirs) == summary(fixture.scan(catalog, rules, EmbeddedEngine()))


@pytest.mark.parametrize(("minor", "snapshot"), [(18, True), (25, False), (33, True), (37, False)])
def test_junk_in_both_engines(opa: Path, catalog: Catalog, minor: int, snapshot: bool) -> None:
    engine = OpaEngine(binary=str(opa))
    try:
        theirs = scan_junk(catalog, engine, minor, snapshot, count=400)
    finally:
        engine.close()
    ours = scan_junk(catalog, EmbeddedEngine(), minor, snapshot, count=400)
    assert summary(theirs) == summary(ours)
    assert looked(theirs) == looked(ours)


def looked(result: ScanResult) -> list[tuple[str, ...]]:
    return [(one.rule.id, one.status, one.reason, str(len(one.resources))) for one in result.looked]


def scan(folder: Path, tmp_path: Path, *options: str) -> dict[str, object]:
    out = tmp_path / "result.json"
    assert run(["scan", str(folder), "--exit-zero", "-q", "--output", f"json={out}", *options]) == 0
    result = json.loads(out.read_text())
    del result["tool"]
    return result


@pytest.mark.parametrize("snapshot", [[], ["--snapshot"]])
def test_examples_in_both_engines(tmp_path: Path, server: _Server, snapshot: list[str]) -> None:
    embedded = scan(ROOT / "examples", tmp_path, *snapshot)
    assert (
        scan(ROOT / "examples", tmp_path, "--engine", "opa", "--opa-url", server.url, *snapshot) == embedded
    )


@pytest.mark.parametrize("kind", ["conftest", "gatekeeper", "ours"])
def test_own_rego_in_both_engines(tmp_path: Path, server: _Server, opa: Path, kind: str) -> None:
    options = ["--policy", str(POLICIES / kind)]
    theirs = ["--engine", "opa", "--opa-url", server.url, "--opa-binary", str(opa)]
    embedded = scan(ROOT / "examples", tmp_path, *options)
    assert scan(ROOT / "examples", tmp_path, *theirs, *options) == embedded


def test_a_given_server_is_left_as_it_was(tmp_path: Path, server: _Server) -> None:
    scan(ROOT / "examples", tmp_path, "--engine", "opa", "--opa-url", server.url)
    assert requests.get(f"{server.url}/v1/policies", timeout=10).json()["result"] == []
    assert requests.get(f"{server.url}/v1/data", timeout=10).json()["result"] == {}


def test_started_server_is_stopped(tmp_path: Path, opa: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[_Server] = []

    class Watched(_Server):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments)  # type: ignore[arg-type]
            started.append(self)

    monkeypatch.setattr("scanner.evaluate.opa._Server", Watched)
    scan(ROOT / "examples", tmp_path, "--engine", "opa", "--opa-binary", str(opa))
    (ours,) = started
    assert ours._process.poll() is not None
    assert not Path(ours._folder.name).exists()


def test_server_that_dies_in_the_middle_leaves_unknown_not_pass(
    opa: Path, catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying = _Server(str(opa), {})
    store = OpaEngine._store
    stored = 0

    def dies_later(self: OpaEngine, module: object) -> None:
        nonlocal stored
        stored += 1
        if stored == 20:
            dying.stop()
        store(self, module)  # type: ignore[arg-type]

    monkeypatch.setattr(OpaEngine, "_store", dies_later)
    out = tmp_path / "result.json"
    options = ["-q", "--fail-on", "none", "--engine", "opa", "--opa-url", dying.url]
    code = run(["scan", str(ROOT / "examples"), *options, "--output", f"json={out}"])
    result = json.loads(out.read_text())
    assert code == 3
    assert not result["complete"]
    assert any("went away" in note["message"] for note in result["notifications"])
    assert not [c for c in result["controls"] if c["id"] == "hostPorts" and c["status"] == "pass"]


@pytest.fixture
def guarded(opa: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """An OPA server that speaks TLS alone and lets in who has the token: its URL and the CA's file."""
    (tmp_path / "authz.rego").write_text(
        'package system.authz\n\ndefault allow := false\n\nallow if input.identity == "open-sesame"\n'
    )
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    certificate = authority.issue_cert("127.0.0.1")
    certificate.cert_chain_pems[0].write_to_path(tmp_path / "server.pem")
    certificate.private_key_pem.write_to_path(tmp_path / "server.key")
    port = _free_port()
    tls = ["--tls-cert-file", "server.pem", "--tls-private-key-file", "server.key"]
    guard = ["--authentication", "token", "--authorization", "basic", "authz.rego"]
    process = subprocess.Popen(
        [opa, "run", "--server", "--addr", f"127.0.0.1:{port}", "--disable-telemetry", *tls, *guard],
        cwd=tmp_path,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    for _ in range(200):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            break
        time.sleep(0.05)
    yield f"https://127.0.0.1:{port}", tmp_path / "ca.pem"
    process.kill()
    process.wait()


def test_server_with_tls_and_token(guarded: tuple[str, Path], tmp_path: Path) -> None:
    url, authority = guarded
    token = tmp_path / "token"
    token.write_text("open-sesame\n")
    folder = ROOT / "examples" / "parcels" / "manifests"
    options = ["--engine", "opa", "--opa-url", url, "--framework", "pss-baseline"]
    theirs = scan(folder, tmp_path, *options, "--opa-ca-file", str(authority), "--opa-token-file", str(token))
    assert theirs == scan(folder, tmp_path, "--framework", "pss-baseline")


@pytest.mark.parametrize("missing", ["authority", "token"])
def test_server_that_is_not_trusted_or_lets_nobody_in(
    guarded: tuple[str, Path], tmp_path: Path, missing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    url, authority = guarded
    token = tmp_path / "token"
    token.write_text("wrong\n" if missing == "token" else "open-sesame\n")
    options = ["--engine", "opa", "--opa-url", url, "--opa-token-file", str(token)]
    trusted = ["--opa-ca-file", str(authority)] if missing == "token" else []
    assert run(["scan", "-q", str(ROOT / "examples" / "parcels" / "manifests"), *options, *trusted]) == 2
    said = capsys.readouterr().err
    assert "--opa-token-file" in said
    assert "open-sesame" not in said


def test_dead_server_is_an_error_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["scan", str(ROOT / "examples"), "-q", "--engine", "opa", "--opa-url", "http://127.0.0.1:9"])
    assert code == 2
    assert "does not answer" in capsys.readouterr().err


def test_missing_binary_names_the_remedy() -> None:
    with pytest.raises(EngineError) as error:
        OpaEngine(binary="no-such-opa")
    assert "--opa-url" in error.value.remedy
