"""`--nodes=job`: a short-lived Job on every node reads its host, and is removed again."""

from __future__ import annotations

import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import msgspec

from scanner.collect.cluster import workers
from scanner.collect.cluster.errors import ApiError, StoppedError
from scanner.collect.cluster.origin import ClusterOrigin
from scanner.collect.interface import Collection, Problem, Resource
from scanner.collect.nodes import manifest
from scanner.collect.nodes.agentless import API_VERSION, layout_of, node_facts
from scanner.collect.nodes.api import nodes_not_listed
from scanner.collect.nodes.interface import JobOptions, Progress, Writer
from scanner.collect.nodes.job_pod import NotCollected, Pod
from scanner.collect.nodes.nodes import list_nodes
from scanner.errors import UsageError

_SHOWN = 5
_STALE = timedelta(hours=1)
_CLEANUP = 20.0
"""Seconds that removing may take before it is called a failure."""


class JobNodes:
    """Runs `kubeassay node collect` on nodes, and leaves nothing behind."""

    def __init__(
        self,
        connection: Writer,
        options: JobOptions,
        progress: Progress = lambda _step, _done, _total: None,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """Raises UsageError without an image."""
        if not options.image:
            raise UsageError(
                "--nodes=job needs the image that the Jobs run",
                "name it with --job-image; examples/node-collector has its Containerfile",
            )
        self._connection = connection
        self._options = options
        self._progress = progress
        self._sleep = sleep
        self._run = secrets.token_hex(4)
        self._namespace = options.namespace or f"kubeassay-{self._run}"
        self._creating = threading.Lock()
        self._ended = False
        self._jobs: set[str] = set()

    def collect(self) -> Collection:
        """NodeFacts of every node whose Job brought them; a problem for the others.

        All that was made is removed, also when this is interrupted; what cannot be removed is a problem.
        """
        try:
            nodes = list_nodes(self._connection, self._options.node_selector)
        except StoppedError:
            raise
        except ApiError as error:
            return Collection(problems=[nodes_not_listed(error)])
        collection = Collection()
        if not nodes:
            collection.problems.append(_no_nodes(self._options.node_selector))
            return collection
        try:
            collection.extend(self._all(nodes))
        finally:
            with _undisturbed():
                leftovers = self._remove_all()
        collection.problems += leftovers
        return collection

    def _all(self, nodes: Sequence[Mapping[str, Any]]) -> Collection:
        if not self._options.namespace:
            self._remove_stale()
            try:
                self._create("/api/v1/namespaces", manifest.namespace(self._namespace, self._run))
            except ApiError as error:
                return Collection(problems=[_no_namespace(error)])
        answers = workers.run(
            [lambda n=number, node=node: self._one(n, node) for number, node in enumerate(nodes)],  # type: ignore[misc]
            self._options.parallel,
            lambda done: self._progress("collecting nodes", done, len(nodes)),
        )
        collection = Collection()
        failed: dict[str, list[str]] = {}
        for node, answer in zip(nodes, answers, strict=True):
            if isinstance(answer, str):
                failed.setdefault(answer, []).append(node["metadata"]["name"])
            else:
                collection.resources.append(Resource(answer, ClusterOrigin(self._connection.name, answer)))
        collection.problems += [_problem(names, why) for why, names in failed.items()]
        return collection

    def _one(self, number: int, node: Mapping[str, Any]) -> dict[str, Any] | str:
        """The facts of a node, or why there are none."""
        name = str(node["metadata"]["name"])
        info = node.get("status", {}).get("nodeInfo", {})
        if info.get("operatingSystem") == "windows":
            return "it runs Windows, which is not looked at"
        job_name = f"kubeassay-{self._run}-{number}"
        body = manifest.job(
            job_name,
            self._namespace,
            name,
            self._options.image,
            tuple(self._options.folders) or manifest.folders(layout_of(node)),
            self._options.timeout,
            self._run,
        )
        try:
            self._jobs.add(job_name)
            self._create(f"{self._jobs_path()}", body)
            pod = Pod(self._connection, self._namespace, job_name, self._options.timeout, self._pause)
            return completed(pod.facts(), node)
        except StoppedError:
            raise
        except NotCollected as error:
            return str(error)
        except ApiError as error:
            return str(error).replace(job_name, "<job>")
        finally:
            self._remove_one(job_name)

    def _pause(self, seconds: float) -> None:
        self._sleep(seconds)
        if self._ended:
            raise StoppedError

    def _create(self, path: str, body: Mapping[str, Any]) -> None:
        """Create an object, unless everything is being removed."""
        with self._creating:
            if self._ended:
                raise StoppedError
            try:
                self._connection.write("POST", path, msgspec.json.encode(body))
            except ApiError as error:
                if (
                    error.status != 409
                ):  # an attempt whose answer was lost has made it; the name is ours alone
                    raise

    def _jobs_path(self, name: str = "") -> str:
        path = f"/apis/batch/v1/namespaces/{self._namespace}/jobs"
        return f"{path}/{name}" if name else path

    def _remove_stale(self) -> None:
        """Remove the namespaces of runs that were killed outright; what fails is left to the next run."""
        try:
            body = self._connection.get("/api/v1/namespaces", labelSelector=manifest.RUN_LABEL)
            for each in msgspec.json.decode(body)["items"]:
                metadata = each["metadata"]
                born = datetime.fromisoformat(metadata["creationTimestamp"])
                if datetime.now(UTC) - born > _STALE and metadata["labels"][manifest.RUN_LABEL]:
                    self._connection.write("DELETE", f"/api/v1/namespaces/{quote(metadata['name'], safe='')}")
        except StoppedError:
            raise
        except (ApiError, msgspec.DecodeError, KeyError, TypeError, ValueError):
            return

    def _remove_one(self, name: str) -> None:
        """Remove a Job and its pod; what fails here is tried again in the end."""
        if self._ended:
            return
        try:
            self._connection.write("DELETE", f"{self._jobs_path(name)}?propagationPolicy=Background")
        except ApiError as error:
            if error.status != 404:
                return
        self._jobs.discard(name)

    def _remove_all(self) -> list[Problem]:
        """Remove everything; a problem for what stays."""
        # no object may be made after this, by a thread that an interrupt did not reach
        locked = self._creating.acquire(timeout=_CLEANUP)
        self._ended = True
        if locked:
            self._creating.release()
        if not self._options.namespace:
            paths = [f"/api/v1/namespaces/{self._namespace}"]
        else:
            paths = [self._jobs_path(name) for name in sorted(self._jobs)]
        stays = []
        end = time.monotonic() + _CLEANUP
        for path in paths:
            if why := self._remove(path, end):
                stays.append(_leftover(path, why))
        return stays

    def _remove(self, path: str, end: float) -> str:
        """Why an object could not be removed; empty when it is gone or going."""
        while True:
            try:
                self._connection.write("DELETE", f"{path}?propagationPolicy=Background")
                return ""
            except ApiError as error:
                if error.status in (404, 409):  # gone, or going already
                    return ""
                if not error.is_transient or time.monotonic() > end:
                    return str(error)
            self._sleep(0.5)


def completed(facts: dict[str, Any], node: Mapping[str, Any]) -> dict[str, Any]:
    """Facts from a node, with what only its Node knows. The name is the Node's, whatever the facts say."""
    known = node_facts(node)
    facts["apiVersion"], facts["kind"] = API_VERSION, "NodeFacts"
    facts["metadata"] = known["metadata"]
    facts["kubernetesVersion"] = known["kubernetesVersion"] or facts.get("kubernetesVersion")
    if facts.get("distribution") in (None, "", "unknown"):
        facts["distribution"] = known["distribution"]
    if not facts.get("roles"):
        facts["roles"] = known["roles"]
    return facts


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let no second interrupt stop the removing; it is bounded in time."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _problem(names: Sequence[str], why: str) -> Problem:
    shown = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
    many = len(names) > 1
    return Problem(
        "node-not-collected",
        f"{len(names)} node{'s were' if many else ' was'} not collected ({shown}): {why}",
        remedy="mend the cause and scan again, or run `kubeassay node collect` on the node",
    )


def _no_nodes(selector: str) -> Problem:
    chosen = f" that the selector {selector!r} matches" if selector else ""
    return Problem("node-not-collected", f"the cluster has no node{chosen}", remedy="see `kubectl get nodes`")


def _no_namespace(error: ApiError) -> Problem:
    return Problem(
        "node-not-collected",
        f"no namespace can be made for the Jobs: {error}",
        remedy="name one that is there with --job-namespace; see `kubeassay node manifest --kind rbac`",
    )


def _leftover(path: str, why: str) -> Problem:
    name = path.rpartition("/")[2]
    kind = "namespace" if path.startswith("/api/v1/namespaces") else "job"
    where = "" if kind == "namespace" else f" -n {path.split('/')[5]}"
    return Problem(
        "node-job-left-behind",
        f"{kind} {name} could not be removed: {why}",
        remedy=f"remove it: kubectl delete {kind} {name}{where}",
    )
