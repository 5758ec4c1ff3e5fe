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
from urllib.parse import quote, urlsplit

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

    A server of ours starts with all rules in a folder, since each module that is stored later makes OPA
    compile all of them anew; in a given one the modules of a group of rules are there only while it judges.

    Raises EngineError when the server cannot be reached or started, or refuses the rules; EngineLost
    when it goes away in the middle.
    """

    forkable = False

    def __init__(self, url: str = "", ca_file: str = "", token: str = "", binary: str = "") -> None:
        try:
            import opa_client.opa  # noqa: F401
        except ImportError as error:
            raise EngineError(
                "the package opa-python-client is not installed", "install kubeassay[opa]"
            ) from error
        self._prefix = f"kubeassay_{secrets.token_hex(6)}"
        self._server: _Server | None = None
        self._client: Any = None
        self._url = url
        self._stored: list[str] = []
        self._loaded: frozenset[str] = frozenset()
        """Rules that the server started with."""
        self._data: Mapping[str, Any] = {}
        self._binary = _find(binary, needed=not url)
        if url:
            self._connect(url, ca_file, token)
            self._version = self._ask_version()
        else:
            self._version = _version_of(self._binary)

    @property
    def name(self) -> str:
        """OPA and its version."""
        return f"OPA {self._version}"

    def _connect(self, url: str, ca_file: str = "", token: str = "") -> None:
        from opa_client.opa import OpaClient

        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise EngineError(f"{url!r} is no URL of an OPA server", "write http://HOST:PORT or https://…")
        if ca_file and not Path(ca_file).is_file():
            raise EngineError(f"{ca_file}: no such file of certificates", "check --opa-ca-file")
        secure = parts.scheme == "https"
        self._url = url
        self._client = OpaClient(
            host=parts.hostname,
            port=parts.port or (443 if secure else 8181),
            ssl=(ca_file or True) if secure else False,
            token=token or None,
            timeout=_TIMEOUT_SECONDS,
        )
        if ca_file:
            self._trust_alone(url)

    def _trust_alone(self, url: str) -> None:
        """Trust the certificates that were named, whatever bundle the environment names; keep its proxies."""
        from requests.utils import get_environ_proxies

        client: Any = self._client
        client._session.proxies = get_environ_proxies(url)
        client._session.trust_env = False

    def _ask_version(self) -> str:
        from requests.exceptions import RequestException

        try:
            version = self._client.ad_hoc_query("v := opa.runtime().version")
        except RequestException as error:
            raise EngineError(
                f"the OPA server at {self._url} does not answer: {_reason(error)}",
                "check --opa-url, --opa-ca-file and --opa-token-file",
            ) from error
        rows = version.get("result") or [{}]
        return str(rows[0].get("v", "server"))

    def load(self, data: Mapping[str, Any], rules: Sequence[Rule]) -> None:
        """Take the data, which go with every request; start our own server with our own rules."""
        self._data = data
        if self._client is not None:
            return
        ours = [rule for rule in rules if rule.bundle == "kubeassay"]
        modules = {module.uri: self._own(module.text) for rule in ours for module in rule.modules}
        self._server = _Server(self._binary, {**modules, _ENTRY: self._entry(ours)})
        self._loaded = frozenset(rule.name for rule in ours)
        self._connect(self._server.url)
        client: Any = self._client
        client._session.trust_env = False  # a proxy has no business on loopback

    def judge(self, rules: Sequence[Rule], inputs: Sequence[str]) -> Iterator[tuple[int, int, Outcome]]:
        """A request for every few hundred inputs; one by one where a request breaks."""
        if all(rule.name in self._loaded for rule in rules):
            yield from self._batches(rules, inputs)
            return
        self._store_all(list(dict.fromkeys(module for rule in rules for module in rule.modules)))
        self._store(Module(_ENTRY, self._entry(rules)))
        yield from self._batches(rules, inputs)
        self._remove()

    def _store_all(self, modules: Sequence[Module]) -> None:
        """Store modules in whichever order they compile: OPA wants what a module calls to be there."""
        while modules:
            left: list[Module] = []
            errors: list[EngineError] = []
            for module in modules:
                try:
                    self._store(module)
                except EngineLost:
                    raise
                except EngineError as error:
                    left.append(module)
                    errors.append(error)
            if len(left) == len(modules):
                raise errors[0]
            modules = left

    def _store(self, module: Module) -> None:
        from opa_client.errors import RegoParseError
        from requests.exceptions import RequestException

        endpoint = f"{self._prefix}/{quote(module.uri)}"
        text = _upgraded(module.text, self._binary) if module.v0 else self._own(module.text)
        try:
            self._client.update_policy_from_string(text, endpoint, rego_compat=True)
        except RegoParseError as error:
            remedy = "rewrite it for OPA 1.0: opa fmt --v0-v1" if module.v0 else "mend the Rego"
            raise EngineError(f"{module.uri} does not compile: {error}", remedy) from error
        except RequestException as error:
            raise EngineLost(f"the OPA server at {self._url} went away: {_reason(error)}") from error
        self._stored.append(endpoint)

    def _own(self, text: str) -> str:
        return _OURS.sub(f"{self._prefix}.", text)

    def _batches(self, rules: Sequence[Rule], inputs: Sequence[str]) -> Iterator[tuple[int, int, Outcome]]:
        for start in range(0, len(inputs), _BATCH):
            batch = [msgspec.json.decode(text) for text in inputs[start : start + _BATCH]]
            try:
                rows = self._run(batch, rules)
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
            for number, rule in enumerate(rules):
                try:
                    outcome = self._run([item], [rule])[0][0]
                except _RuleError as error:
                    yield index, number, Outcome(error=str(error))
                    continue
                if any(outcome.values()):
                    yield index, number, Outcome(**outcome)

    def _run(self, items: Sequence[Any], rules: Sequence[Rule]) -> list[list[dict[str, Any]]]:
        from requests.exceptions import HTTPError, RequestException

        question = {"items": items, "rules": [rule.name for rule in rules], "data": self._data}
        package = self._prefix if self._server is None or self._stored else f"{self._prefix}_started"
        try:
            answer = self._client.query_rule(
                question, f"{package}.judge", "judge", {"strict-builtin-errors": True}
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
        """A module that yields the outcomes of the rules asked for, for each item asked about."""
        started = self._client is None
        lines = [f"package {self._prefix}{'_started' if started else ''}.judge"]
        for rule in rules:
            members = ", ".join(f'"{outcome}": {self._own(reference)}' for outcome, reference in rule.entries)
            lines.append(f"outcomes[{rule.name!r}] := {{{members}}}".replace("'", '"'))
        lines.append(
            "judge := [row | some item in input.items; names := input.rules\n"
            "scan := input.data.scan; inventory := input.data.inventory\n"
            "row := [outcome | some name in names\n"
            "outcome := outcomes[name] with input as item"
            " with data.scan as scan with data.inventory as inventory]]"
        )
        return "\n".join(lines)

    def _remove(self) -> None:
        while self._stored:
            self._client.delete_policy(self._stored.pop())

    def close(self) -> None:
        """Remove what was stored, stop what was started."""
        if self._client is not None:
            with suppress(Exception):  # a server that went away has nothing of ours any more
                self._remove()
            self._client.close_connection()
        if self._server is not None:
            self._server.stop()


class _RuleError(Exception):
    """A rule ended in an error."""


def _find(binary: str, needed: bool) -> str:
    found = shutil.which(binary or "opa")
    if found is None and (needed or binary):
        raise EngineError(
            f"no {binary or 'opa'} binary is found",
            "put opa on PATH, name it with --opa-binary, or a server with --opa-url",
        )
    return found or ""


def _upgraded(text: str, binary: str) -> str:
    """A module of before OPA 1.0 as it is written since; as it was where no `opa` is at hand to do it."""
    if not binary:
        return text
    command = [binary, "fmt", "--v0-v1"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=30, check=False)
    return done.stdout if done.returncode == 0 else text


def _version_of(binary: str) -> str:
    said = subprocess.run([binary, "version"], capture_output=True, text=True, timeout=30, check=False).stdout
    return said.partition("Version:")[2].partition("\n")[0].strip() or "of unknown version"


class _Server:
    """An `opa` of ours on a loopback port, with modules that it loads from a folder."""

    def __init__(self, binary: str, modules: Mapping[str, str]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="kubeassay-opa-")
        policies = Path(self._folder.name, "policies")
        policies.mkdir()
        for number, text in enumerate(modules.values()):
            (policies / f"{number}.rego").write_text(text, encoding="utf-8")
        log = Path(self._folder.name, "log")
        address = f"127.0.0.1:{_free_port()}"
        self.url = f"http://{address}"
        command = [binary, "run", "--server", "--addr", address, "--disable-telemetry"]
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [*command, "--log-level", "error", str(policies)],
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
