"""An OPA server as the engine: one given by URL, or one that we start from an `opa` binary and stop.

A given server is left as it was: modules are stored under a prefix of this run's own (their packages too,
so that two runs, or two versions of the scanner, do not meet), data travel with each request, and what was
stored is removed at the end.
"""

from __future__ import annotations

import re
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from scanner.catalog.model import Module, Rule
from scanner.evaluate.interface import EngineError, EngineLost, Outcome

_BATCH = 500
_TIMEOUT_SECONDS = 60.0
_START_SECONDS = 20.0
_ENTRY = "judge.rego"
_OURS = re.compile(r"\bkubeassay\.(?=rules|lib)")


class OpaEngine:
    """Judges with an OPA server, many inputs in a request.

    Raises EngineError when the server cannot be reached or started, or refuses the rules; EngineLost
    when it goes away in the middle.
    """

    def __init__(self, url: str = "", ca_file: str = "", token: str = "", binary: str = "") -> None:
        try:
            from opa_client.opa import OpaClient
        except ImportError as error:
            raise EngineError(
                "the package opa-python-client is not installed", "install kubeassay[opa]"
            ) from error
        self._prefix = f"kubeassay_{secrets.token_hex(6)}"
        self._server: _Server | None = None
        self._stored: list[str] = []
        self._data: Mapping[str, Any] = {}
        if not url:
            self._server = _Server(binary)
            url = self._server.url
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise EngineError(f"{url!r} is no URL of an OPA server", "write http://HOST:PORT or https://…")
        secure = parts.scheme == "https"
        self._url = url
        self._client = OpaClient(
            host=parts.hostname,
            port=parts.port or (443 if secure else 8181),
            ssl=(ca_file or True) if secure else False,
            token=token or None,
            timeout=_TIMEOUT_SECONDS,
        )
        if self._server is not None:
            self._client._session.trust_env = False  # a proxy has no business on loopback
        self._version = self._ask_version()

    @property
    def name(self) -> str:
        """OPA and its version."""
        return f"OPA {self._version}"

    def _ask_version(self) -> str:
        from requests.exceptions import RequestException

        try:
            version = self._client.ad_hoc_query("v := opa.runtime().version")
        except RequestException as error:
            self.close()
            raise EngineError(
                f"the OPA server at {self._url} does not answer: {_reason(error)}",
                "check --opa-url, --opa-ca-file and --opa-token-file",
            ) from error
        rows = version.get("result") or [{}]
        return str(rows[0].get("v", "server"))

    def load(self, data: Mapping[str, Any]) -> None:
        """Take the data: they go with every request."""
        self._data = data

    def _store(self, module: Module) -> None:
        from opa_client.errors import RegoParseError
        from requests.exceptions import RequestException

        endpoint = f"{self._prefix}/{module.uri}"
        if endpoint in self._stored and module.uri != _ENTRY:
            return
        try:
            self._client.update_policy_from_string(self._own(module.text), endpoint, rego_compat=True)
        except RegoParseError as error:
            raise EngineError(f"{module.uri} does not compile: {error}", "mend the Rego") from error
        except RequestException as error:
            raise EngineLost(f"the OPA server at {self._url} went away: {_reason(error)}") from error
        self._stored.append(endpoint)

    def _own(self, text: str) -> str:
        return _OURS.sub(f"{self._prefix}.", text)

    def judge(self, rules: Sequence[Rule], inputs: Sequence[str]) -> Iterator[tuple[int, int, Outcome]]:
        """A request for every few hundred inputs; one by one where a request breaks."""
        kept = len(self._stored)
        for module in dict.fromkeys(module for rule in rules for module in rule.modules):
            self._store(module)
        self._store(Module(_ENTRY, self._entry(rules)))
        yield from self._batches(rules, inputs)
        if any(rule.bundle != "kubeassay" for rule in rules):
            # users' packages keep their names: two templates may bring the same library
            self._remove(kept)

    def _batches(self, rules: Sequence[Rule], inputs: Sequence[str]) -> Iterator[tuple[int, int, Outcome]]:
        for start in range(0, len(inputs), _BATCH):
            batch = [msgspec.json.decode(text) for text in inputs[start : start + _BATCH]]
            try:
                rows = self._run(batch, list(range(len(rules))))
            except _RuleError:
                yield from self._one_by_one(rules, batch, start)
                continue
            for index, row in enumerate(rows, start):
                for number, outcome in enumerate(row):
                    if any(outcome.values()):
                        yield index, number, Outcome(**outcome)

    def _one_by_one(
        self, rules: Sequence[Rule], batch: Sequence[Any], start: int
    ) -> Iterator[tuple[int, int, Outcome]]:
        for index, item in enumerate(batch, start):
            for number, _ in enumerate(rules):
                try:
                    outcome = self._run([item], [number])[0][0]
                except _RuleError as error:
                    yield index, number, Outcome(error=str(error))
                    continue
                if any(outcome.values()):
                    yield index, number, Outcome(**outcome)

    def _run(self, items: Sequence[Any], numbers: Sequence[int]) -> list[list[dict[str, Any]]]:
        from requests.exceptions import HTTPError, RequestException

        question = {"items": items, "rules": numbers, "data": self._data}
        try:
            answer = self._client.query_rule(
                question, f"{self._prefix}.judge", "judge", {"strict-builtin-errors": True}
            )
        except HTTPError as error:
            raise _RuleError(_reason(error)) from error
        except RequestException as error:
            raise EngineLost(f"the OPA server at {self._url} went away: {_reason(error)}") from error
        rows = answer.get("result")
        if not isinstance(rows, list) or len(rows) != len(items):
            raise _RuleError("the server gave no answer")
        return rows

    def _entry(self, rules: Sequence[Rule]) -> str:
        lines = [f"package {self._prefix}.judge"]
        for number, rule in enumerate(rules):
            members = ", ".join(f'"{outcome}": {self._own(reference)}' for outcome, reference in rule.entries)
            lines.append(f"outcomes[{number}] := {{{members}}}")
        lines.append(
            "judge := [row | some item in input.items; numbers := input.rules\n"
            "scan := input.data.scan; inventory := input.data.inventory\n"
            "row := [outcome | some number in numbers\n"
            "outcome := outcomes[number] with input as item"
            " with data.scan as scan with data.inventory as inventory]]"
        )
        return "\n".join(lines)

    def _remove(self, kept: int) -> None:
        while len(self._stored) > kept:
            self._client.delete_policy(self._stored.pop())

    def close(self) -> None:
        """Remove what was stored, stop what was started."""
        with suppress(Exception):
            if self._server is None:
                self._remove(0)
            self._client.close_connection()
        if self._server is not None:
            self._server.stop()


class _RuleError(Exception):
    """A rule ended in an error."""


class _Server:
    """An `opa` of ours on a loopback port."""

    def __init__(self, binary: str) -> None:
        found = shutil.which(binary or "opa")
        if found is None:
            raise EngineError(
                f"no {binary or 'opa'} binary is found",
                "put opa on PATH, name it with --opa-binary, or a server with --opa-url",
            )
        self._folder = tempfile.TemporaryDirectory(prefix="kubeassay-opa-")
        log = Path(self._folder.name, "log")
        address = f"127.0.0.1:{_free_port()}"
        self.url = f"http://{address}"
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [found, "run", "--server", "--addr", address, "--disable-telemetry", "--log-level", "error"],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self._folder.name,
                start_new_session=True,
            )
        self._wait(address, log)

    def _wait(self, address: str, log: Path) -> None:
        host, _, port = address.partition(":")
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            with suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
                return
            time.sleep(0.02)
        said = log.read_text(errors="replace").strip()[-500:]
        self.stop()
        raise EngineError(f"opa did not start: {said or 'no answer'}", "run it by hand to see why")

    def stop(self) -> None:
        """End the process; kill it when it does not go."""
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _reason(error: Exception) -> str:
    response = getattr(error, "response", None)
    if response is not None:
        with suppress(Exception):
            body = response.json()
            details = [str(e.get("message", "")) for e in body.get("errors", []) if isinstance(e, dict)]
            return "; ".join(filter(None, [body.get("message", ""), *details])) or str(error)
    return str(error)
