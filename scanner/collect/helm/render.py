"""The two ways to render a chart: the program `helm`, else the package `helm_python`."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from scanner.collect.process import TIMEOUT, Finished, ProgramError, run, run_all

_SOURCE = re.compile(r"^---\n# Source: (\S+)\n", re.MULTILINE)
_CRASH = re.compile(r"^(?:fatal error|runtime): (.*)$", re.MULTILINE)
_INVALID = "Use --debug flag to render out invalid YAML"


@dataclass(frozen=True, slots=True)
class Job:
    """One rendering of a chart."""

    chart: Path
    values: tuple[Path, ...]
    set: tuple[str, ...]
    release_name: str
    namespace: str
    kubernetes_version: str


@dataclass(frozen=True, slots=True)
class Rendering:
    """What came out."""

    templates: dict[str, str] = field(default_factory=dict)
    """Template, such as `notify/templates/api.yaml` → its output."""
    crds: tuple[str, ...] = ()
    """Files of custom resource definitions, such as `notify/crds/mail.yaml`, which are used as they are."""
    error: str = ""
    """Why it failed, in Helm's words; empty when it did not."""


class Renderer(Protocol):
    """A way to render charts."""

    def render(self, jobs: Sequence[Job], home: Path, timeout: float = TIMEOUT) -> list[Rendering]:
        """A rendering for each job; `home` is an empty folder to work in. Raises ProgramError."""


def find_renderer() -> Renderer | None:
    """`$KUBEASSAY_HELM`, `helm` of the PATH, or the package; None if there is none of them."""
    binary = os.environ.get("KUBEASSAY_HELM") or shutil.which("helm")
    if binary:
        return HelmBinary(binary)
    return HelmPackage() if importlib.util.find_spec("helm_python") else None


@dataclass(frozen=True, slots=True)
class HelmBinary:
    """`helm template`, of Helm 3 or 4."""

    binary: str

    def render(self, jobs: Sequence[Job], home: Path, timeout: float = TIMEOUT) -> list[Rendering]:
        """One process for each job."""
        commands = [self._command(job) for job in jobs]
        outcomes = run_all(commands, home, timeout=timeout)
        return [
            self._rendering(command, outcome, home, timeout)
            for command, outcome in zip(commands, outcomes, strict=True)
        ]

    def _command(self, job: Job) -> list[str]:
        return [
            *(self.binary, "template", job.release_name, str(job.chart), "--include-crds"),
            *("--namespace", job.namespace, "--kube-version", job.kubernetes_version),
            *(argument for file in job.values for argument in ("--values", str(file))),
            *(argument for expression in job.set for argument in ("--set", expression)),
        ]

    def _rendering(
        self, command: list[str], done: Finished | ProgramError, home: Path, timeout: float
    ) -> Rendering:
        if isinstance(done, ProgramError):
            raise done
        error = _message(done.stderr) if done.code else ""
        if done.code and _INVALID in done.stderr:
            done = run([*command, "--debug"], home, timeout=timeout)
        rendering = _split(done.stdout)
        return Rendering(rendering.templates, rendering.crds, error)


@dataclass(frozen=True, slots=True)
class HelmPackage:
    """Helm's library inside the package `helm_python`, in one process for all jobs."""

    def render(self, jobs: Sequence[Job], home: Path, timeout: float = TIMEOUT) -> list[Rendering]:
        """One process for all jobs."""
        tasks = [
            {
                "chart": str(job.chart),
                "values": [str(file) for file in job.values],
                "set": job.set,
                "options": {
                    "name": job.release_name,
                    "namespace": job.namespace,
                    "kube_version": job.kubernetes_version,
                },
            }
            for job in jobs
        ]
        worker = str(Path(__file__).with_name("worker.py"))
        environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        done = run([sys.executable, "-P", worker], home, json.dumps(tasks), environment, timeout)
        if done.code:
            raise ProgramError(f"helm_python broke: {_message(done.stderr)}")
        return [
            Rendering(result.get("templates", {}), tuple(result.get("crds", ())), result.get("error", ""))
            for result in json.loads(done.stdout)
        ]


def _split(output: str) -> Rendering:
    templates: dict[str, str] = {}
    crds: dict[str, None] = {}
    for start, following in _bounds(output):
        name, text = start[1], output[start.end() : following]
        if "/crds/" in name and "/templates/" not in name:
            crds[name] = None
        else:
            templates[name] = f"{templates[name]}---\n{text}" if name in templates else text
    return Rendering(templates, tuple(crds))


def _bounds(output: str) -> list[tuple[re.Match[str], int]]:
    starts = list(_SOURCE.finditer(output))
    ends = [*(each.start() for each in starts), len(output)]
    return list(zip(starts, ends[1:], strict=True))


def _message(stderr: str) -> str:
    if crash := _CRASH.search(stderr):
        return crash[1]
    _, _, message = stderr.rpartition("Error: ")
    return message.partition("\n\n" + _INVALID)[0].partition("\nhelm.go:")[0].strip()[-500:] or "it failed"
