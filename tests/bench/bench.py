"""Measures whole runs, ours and the peers': wall time, processor time and memory. `make bench`.

Inputs: the examples, generated clusters of 1,000, 2,000 and 4,000 Deployments of two containers, every
folder named in $BENCH_INPUTS (separated by `:`), and live clusters (a real API server, filled; this takes
minutes). `make bench BENCH="--only live"` measures only these, `--only network` who can reach whom in large
clusters and `network connections` of folders. Peers that cannot be had are named and left out. Each figure is
the median of three runs; of whole programs, after one that warms the caches.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.bench import live, network  # noqa: E402
from tests.bench.generate import deployments  # noqa: E402
from tests.tools import build  # noqa: E402

RUNS = 3
OURS = str(Path(sys.executable).with_name("kubeassay"))


@dataclass(frozen=True)
class Cost:
    """What one run took."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of all processes."""
    memory: float
    """MB, of the largest process."""


@dataclass(frozen=True)
class Tool:
    """One scanner."""

    name: str
    command: Sequence[str]
    """`{input}` stands for the folder."""


def measure(command: Sequence[str]) -> Cost:
    """One run. Raises RuntimeError when ours did not understand what to do, for then it measures nothing."""
    start = os.times()
    pid = os.posix_spawnp(
        command[0],
        command,
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ],
    )
    _, status, usage = os.wait4(pid, 0)
    if command[0] == OURS and os.waitstatus_to_exitcode(status) not in {0, 1, 3}:
        raise RuntimeError(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(os.times().elapsed - start.elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(command: Sequence[str]) -> Cost:
    """The median of some runs."""
    measure(command)
    costs = [measure(command) for _ in range(RUNS)]
    return Cost(
        statistics.median(c.wall for c in costs),
        statistics.median(c.cpu for c in costs),
        statistics.median(c.memory for c in costs),
    )


def tools() -> Iterator[Tool]:
    """Ours, and the peers that can be had here."""
    for form in ("json", "sarif"):
        yield Tool(f"kubeassay ({form})", [OURS, "scan", "{input}", "-q", "--output", f"{form}=/dev/null"])
    for name, arguments in (
        ("kube-score", ["score", "--output-format", "json", "{files}"]),
        (
            "conftest",
            ["test", "--policy", str(ROOT / "tests/catalog/policies/conftest"), "-o", "json", "{input}"],
        ),
    ):
        try:
            yield Tool(name, [str(build.build(name)), *arguments])
        except build.ToolError as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
    for name, arguments in (
        ("kube-linter", ["lint", "--format", "json", "{input}"]),
        ("trivy", ["config", "--skip-check-update", "--format", "json", "{input}"]),
        ("checkov", ["--quiet", "--framework", "kubernetes", "--output", "json", "-d", "{input}"]),
    ):
        if shutil.which(name):
            yield Tool(name, [name, *arguments])
        else:
            print(f"{name} is left out: it is not on PATH", file=sys.stderr)


def inputs(folder: Path) -> Iterator[tuple[str, Path]]:
    """Name and folder of each input."""
    yield "examples", ROOT / "examples" / "parcels" / "manifests"
    for extra in filter(None, os.environ.get("BENCH_INPUTS", "").split(":")):
        yield Path(extra).name, Path(extra)
    for count in (1_000, 2_000, 4_000):
        target = folder / f"{count}"
        target.mkdir()
        with (target / "cluster.yaml").open("w", encoding="utf-8") as file:
            file.writelines(deployments(count))
        yield f"{count:,} Deployments", target


def expand(command: Sequence[str], folder: Path) -> list[str]:
    """The command for an input."""
    out: list[str] = []
    for word in command:
        if word == "{files}":
            out += [str(path) for path in sorted(folder.rglob("*.yaml"))]
        else:
            out.append(word.replace("{input}", str(folder)))
    return out


def rows(only: str) -> Iterator[tuple[str, str, Cost]]:
    """Input, tool and cost, as they are measured."""
    if only in ("", "network"):
        for name, work, wall, cpu, memory in network.rows():
            yield name, work, Cost(wall, cpu, memory)
        with tempfile.TemporaryDirectory() as folder:
            for name, path in network.inputs(Path(folder)):
                command = [OURS, "network", "connections", "-q", str(path)]
                yield name, "kubeassay network connections", median(command)
    if only in ("", "files"):
        chosen = list(tools())
        with tempfile.TemporaryDirectory() as folder:
            for name, path in inputs(Path(folder)):
                for tool in chosen:
                    yield name, tool.name, median(expand(tool.command, path))
    if only in ("", "live"):
        for name, workloads, pods in live.names():
            with live.running(workloads, pods) as kubeconfig:
                for form in ("json", "sarif"):
                    command = [OURS, "scan", "--cluster", "--kubeconfig", str(kubeconfig), "-q"]
                    cost = median([*command, "--output", f"{form}=/dev/null"])
                    yield name, f"kubeassay --cluster ({form})", cost


def main() -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only", choices=("files", "live", "network"), default="", help="measure only these inputs"
    )
    only = parser.parse_args().only
    subprocess.run([sys.executable, "-c", "import scanner"], check=True)
    print("| input | tool | wall s | CPU s | peak MB |\n| --- | --- | --- | --- | --- |", flush=True)
    for name, tool, cost in rows(only):
        print(f"| {name} | {tool} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()
